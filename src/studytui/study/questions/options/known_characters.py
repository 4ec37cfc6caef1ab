"""What single characters tell of an answer: 铁链 is an `iron chain` to whoever knows 铁.

Such a question asks something only where other options have a character of the answer, too: 铁锅, 项链.
"""

from __future__ import annotations

from studytui.study.language import gloss
from studytui.study.language.word_kind import worded_as
from studytui.study.questions.options.right_answer import Right

ENOUGH = 2
"""So many of three wrong options must share a character with an answer that its characters tell."""


class TellingCharacters:
    """What the characters of an answer tell of the meaning that is shown."""

    def __init__(self, right: Right) -> None:
        self._right = right
        self._part = "" if right.expression else worded_as(right.lexicon, right.headword, right.note.glosses)
        shown = gloss.content(gloss.short_gloss(right.note.glosses))
        meant: dict[str, frozenset[str]] = {}
        if len(right.headword) > 1 and shown:
            for character in right.headword:
                texts = (text for entry in right.lexicon.entries(character) for text in entry.glosses)
                meant[character] = shown & frozenset().union(*map(gloss.content, texts))
        self.characters = frozenset(character for character, stems in meant.items() if stems)
        """Those of whose own meanings a word is seen in the answer's."""

    def __bool__(self) -> bool:
        return bool(self.characters)

    def is_near(self, headword: str) -> bool:
        """Whether a word has a character of the answer, and yet surely means something else.

        Verbs mostly mean the same then (拖长, 拖延; 革除, 删除); of adjectives no list tells, nor of what is
        done in four characters (东躲西藏).
        """
        if set(headword).isdisjoint(self._right.headword) or not self._right.differs(headword):
            return False
        if self._right.expression and gloss.is_verbal(gloss.short_gloss(self._right.note.glosses)):
            return self.characters.isdisjoint(headword)
        return self._right.expression or self._part == "n"

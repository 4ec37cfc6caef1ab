"""What single characters tell of an answer: 铁链 is an `iron chain` to whoever knows 铁.

Such a question asks something only where other options have a character of the answer, too: 铁锅, 项链.
"""

from __future__ import annotations

from studytui.study.language import gloss
from studytui.study.language.hypernyms import likeness
from studytui.study.language.synonyms import concepts
from studytui.study.language.word_kind import worded_as
from studytui.study.questions.options.right_answer import Right, field_of

_OTHER_SORT = 0.35
"""Verbs that are less alike than this (`hypernyms.likeness`) mean nothing near."""
ENOUGH = 2
"""So many of three wrong options must share a character with an answer that its characters tell."""


class Told:
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
        stems = frozenset().union(*meant.values())
        nominal = self._part == "n" and shown - stems
        self.shared = concepts(stems) if nominal else frozenset()
        """What the meaning of another thing may have in common with the answer's, since more is said than
        that (an iron chain, an iron pan); as `gloss.field` has it."""

    def __bool__(self) -> bool:
        return bool(self.characters)

    def is_near(self, headword: str) -> bool:
        """Whether a word has a character of the answer, and yet surely means something else.

        Verbs mostly mean the same then (拖长, 拖延) unless they are of two sorts; of adjectives no list
        tells, nor of what is done in four characters (东躲西藏).
        """
        if set(headword).isdisjoint(self._right.headword) or not self.differs(headword):
            return False
        if self._part == "v":
            alike = likeness(self._right.headword, headword, "v")
            return alike is not None and alike < _OTHER_SORT
        if self._right.expression and gloss.is_verbal(gloss.short_gloss(self._right.note.glosses)):
            return self.characters.isdisjoint(headword)
        return self._right.expression or self._part == "n"

    def differs(self, headword: str) -> bool:
        """Whether it is another word with another meaning, whatever both have of a character in common."""
        says_more = bool(field_of(self._right.lexicon, headword) - self.shared)
        return says_more and self._right.differs(headword, self.shared)

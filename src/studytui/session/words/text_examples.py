"""Sentences of the learner's own texts in which a word stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.study.notes.note import Example
from studytui.text.sentence import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytui.session.workspace import Workspace

MOST_CHARACTERS = 4_000_000
"""Of texts that are looked through, those opened last first: some 15 novels, in a tenth of a second."""
MOST_CUT = 60
"""Sentences that are cut into words, to see whether the characters are the word (not 和服 of 和服务)."""
OF_A_TEXT = 2
"""Sentences taken from one text, so that others have a turn."""
_LONGEST = 60
"""Characters of a sentence that are shown; what is farther from the word becomes `…`."""


class TextExamples:
    """Looks words up in the texts that were opened. Each is read once; which there are is asked anew."""

    def __init__(self, workspace: Workspace) -> None:
        """In a learner's texts."""
        self._workspace = workspace
        self._texts: dict[str, tuple[str, ...]] = {}
        """Id -> its paragraphs."""

    def of(self, forms: Iterable[str], limit: int = 5) -> tuple[Example, ...]:
        """Sentences with a word in one of its written forms, from the text opened last on."""
        wanted = [form for form in dict.fromkeys(forms) if form]
        found: list[Example] = []
        cut = 0
        for name, title, paragraphs in self._opened():
            here = 0
            for sentence, start, form in _places(paragraphs, wanted):
                if cut >= MOST_CUT:
                    return tuple(found)
                cut += 1
                if self._is_word(sentence, start, start + len(form)):
                    found.append(_shown(sentence, start, start + len(form), name, title))
                    here += 1
                if len(found) == limit:
                    return tuple(found)
                if here == OF_A_TEXT:
                    break
        return tuple(found)

    def _opened(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        left = MOST_CHARACTERS
        for record in self._workspace.collection.library.texts():
            if record.id not in self._texts:
                document = self._workspace.collection.library.sound_text(record.id)
                texts = () if document is None else tuple(each.text for each in document.paragraphs)
                self._texts[record.id] = texts
            paragraphs = self._texts[record.id]
            left -= sum(map(len, paragraphs))
            if left < 0:
                return
            yield record.id, record.title, paragraphs

    def _is_word(self, sentence: str, start: int, end: int) -> bool:
        """Whether the words of a sentence begin and end where these characters do."""
        edges = {0}
        for word in self._workspace.annotator.paragraph(sentence):
            edges.add(word.token.end)
        return start in edges and end in edges


def _places(paragraphs: Iterable[str], forms: list[str]) -> Iterator[tuple[str, int, str]]:
    """Each sentence that has one of some forms, where it begins in it, and which it is."""
    for text in paragraphs:
        if not any(form in text for form in forms):
            continue
        for start, end in sentence_spans(text):
            sentence = text[start:end].strip()
            for form in forms:
                if (at := sentence.find(form)) >= 0:
                    yield sentence, at, form
                    break


def _shown(sentence: str, start: int, end: int, document_id: str, title: str) -> Example:
    """The sentence, cut where it is too long."""
    first = max(0, start - _LONGEST // 2) if len(sentence) > _LONGEST else 0
    last = min(len(sentence), first + _LONGEST)
    before, after = "…" if first else "", "…" if last < len(sentence) else ""
    text = f"{before}{sentence[first:last]}{after}"
    shift = len(before) - first
    return Example(text, start + shift, min(end, last) + shift, document_id, title)

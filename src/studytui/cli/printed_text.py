"""A text as it is printed for a person without a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

from studytui.cli.output import say
from studytui.store.config import Phonetics
from studytui.study.language.gloss import in_a_line
from studytui.study.phrases.ranking import KeyPhrase
from studytui.text.pinyin import joined, separate
from studytui.text.pronunciation import zhuyin
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word


def say_text(
    text: AnnotatedDocument, phrases: tuple[KeyPhrase, ...], readings: Phonetics | None = None
) -> None:
    """The text with its key phrases in 【】, then the phrases with reading and gloss.

    With `readings` each sentence has a line of its own, and below it how it is read.
    """
    document = text.document
    at: dict[int, list[tuple[int, int]]] = {}
    for phrase in phrases:
        for index, start, end in phrase.occurrences:
            at.setdefault(index, []).append((start, end))
    say(document.title)
    say("=" * sum(2 if east_asian_width(each) in "WF" else 1 for each in document.title))
    for index, paragraph in enumerate(document.paragraphs):
        say()
        spans = sorted(at.get(index, []))
        if readings is None:
            say(_marked(paragraph.text, spans))
            continue
        for start, end in sentence_spans(paragraph.text):
            inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
            say(_marked(paragraph.text[start:end], inside).strip())
            words = [word for word in text.words[index] if start <= word.token.start < end]
            say(_read_aloud(words, readings))
    if phrases:
        say()
        say("Key phrases")
        say("-----------")
        for phrase in phrases:
            say(
                f"{phrase.phrase}  {separate(phrase.syllables)}  {in_a_line(phrase.gloss)}  [{phrase.count}x]"
            )


_PUNCTUATION = str.maketrans("，。！？：；、（）", ",.!?:;,()")


def _read_aloud(words: Sequence[Word], readings: Phonetics) -> str:
    """How the words of a sentence are read, its marks among them."""
    write: Callable[[Sequence[str]], str] = zhuyin.separate if readings == "zhuyin" else joined
    read = ""
    for word in words:
        told = write(word.syllables) or word.text.translate(_PUNCTUATION)
        glued = not read or word.token.kind == "punctuation" or read.endswith(("“", "‘", "(", "《", "「"))
        opens = told in ("“", "‘", "(", "《", "「", "—", "——")
        read += told if (glued and not opens) or not read else f" {told}"
    return read


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if start < done:
            continue
        pieces += [text[done:start], "【", text[start:end], "】"]
        done = end
    return "".join([*pieces, text[done:]])

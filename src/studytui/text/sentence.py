"""Where sentences begin and end."""

from __future__ import annotations

from studytui.text.punctuation import CLOSERS, PAUSES, STRAIGHT_QUOTES, ends_sentence

_CLOSERS = CLOSERS + STRAIGHT_QUOTES


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a paragraph as spans `[start, end)`; together they cover it.

    A sentence keeps the closing quotes and brackets after its end mark, and the spaces before the next
    sentence. A line break ends one too (verse). An end mark inside brackets or quotes that go on
    (`“好！”他说`) ends none when a comma or a speaker follows at once. What ends a sentence is said in
    `punctuation`: a point (3.5) and an abbreviation do not.
    """
    spans: list[tuple[int, int]] = []
    start = place = 0
    while place < len(text):
        if text[place] == "\n":
            place += 1
        elif ends_sentence(text, place):
            quoted = False
            while place < len(text) and ends_sentence(text, place):
                place += 1
            while place < len(text) and text[place] in _CLOSERS:
                quoted = True
                place += 1
            if quoted and place < len(text) and _goes_on(text, place):
                continue
            while place < len(text) and text[place] in " \u3000\t":
                place += 1
        else:
            place += 1
            continue
        spans.append((start, place))
        start = place
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(spans)


def _goes_on(text: str, place: int) -> bool:
    """Whether the sentence goes on after a quotation that has its own end mark."""
    ahead = text[place : place + 8]
    if ahead[0] in PAUSES or ahead[0] in "—)的":
        return True
    return any(ahead[: cut + 1].endswith(("说", "道", "问", "喊", "叫", "說", "問")) for cut in range(1, 5))

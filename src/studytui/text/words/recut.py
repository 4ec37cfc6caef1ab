"""The learner's own cuts: tokens merged or split where the segmenter was wrong.

A mend speaks of a stretch of text, not of positions, so that it survives a text that is opened again, wrapped
otherwise, or cut by a newer segmenter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from studytui.text.token import Token, TokenKind

Scope = Literal["place", "text", "everywhere"]

SCOPES: tuple[Scope, ...] = ("place", "text", "everywhere")

CONTEXT = 6
"""Characters kept on either side of a place; fewer at a paragraph's edge."""


@dataclass(frozen=True, slots=True)
class Mend:
    """How a stretch of text is cut. A merge has one part."""

    parts: tuple[str, ...]
    """The tokens, in order; none is empty."""
    scope: Scope = "everywhere"
    document_id: str | None = None
    """The text it holds in; None for everywhere."""
    before: str = ""
    """For a place: what stands before it, up to `CONTEXT` characters."""
    after: str = ""
    """For a place: what stands after it."""

    @property
    def text(self) -> str:
        """The stretch."""
        return "".join(self.parts)

    def holds_in(self, document_id: str | None) -> bool:
        """Whether it is to be looked for in a text at all."""
        return self.scope == "everywhere" or self.document_id == document_id


def mend_at(text: str, start: int, parts: tuple[str, ...], scope: Scope, document_id: str | None) -> Mend:
    """The mend that cuts `text` into `parts` from `start` on.

    Raises:
        ValueError: the parts are not what stands there.
    """
    end = start + sum(map(len, parts))
    if text[start:end] != "".join(parts) or not parts or not all(parts):
        raise ValueError("the parts are not the text")
    if scope == "everywhere":
        return Mend(parts)
    if scope == "text":
        return Mend(parts, scope, document_id)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Mend(parts, scope, document_id, before, after)


def mended(
    tokens: Sequence[Token], text: str, mends: Iterable[Mend], cut: Callable[[str], Sequence[Token]]
) -> tuple[Token, ...]:
    """A paragraph's tokens with the learner's cuts; joined, they are the paragraph still.

    Args:
        tokens: as the segmenter cut the paragraph.
        text: the paragraph.
        mends: those that hold in this text, the oldest first: a later one has the last word.
        cut: the segmenter, for what is left of a token that a place's mend cut in two.
    """
    result = list(tokens)
    for each in mends:
        for start in _places(text, each):
            result = _cut_at(result, start, each, cut)
    return tuple(result)


def _places(text: str, mend: Mend) -> Iterator[int]:
    """Where the stretch stands; for a place, with its surroundings."""
    if not mend.text:
        return
    place = mend.scope == "place"
    wanted = mend.before + mend.text + mend.after if place else mend.text
    at = text.find(wanted)
    while at >= 0:
        start = at + len(mend.before) if place else at
        # Fewer characters than CONTEXT were kept at a paragraph's edge: it must be the edge here, too.
        edge_before = len(mend.before) == CONTEXT or start == len(mend.before)
        end = start + len(mend.text)
        edge_after = len(mend.after) == CONTEXT or len(text) - end == len(mend.after)
        if not place or (edge_before and edge_after):
            yield start
        at = text.find(wanted, at + (1 if place else len(mend.text)))


def _cut_at(
    tokens: list[Token], start: int, mend: Mend, cut: Callable[[str], Sequence[Token]]
) -> list[Token]:
    end = start + len(mend.text)
    first = next((i for i, token in enumerate(tokens) if token.end > start), None)
    if first is None:
        return tokens
    last = next(i for i, token in enumerate(tokens) if token.end >= end)
    fits = tokens[first].start == start and tokens[last].end == end
    if not fits and mend.scope != "place":
        return tokens  # 发展中 was merged; in 发展|中国 it is not a word
    left, right = tokens[first], tokens[last]
    pieces: list[Token] = []
    if left.start < start:
        pieces += _moved(cut(left.text[: start - left.start]), left.start)
    place = start
    for part in mend.parts:
        pieces.append(Token(place, place + len(part), part, _kind(part, cut)))
        place += len(part)
    if right.end > end:
        pieces += _moved(cut(right.text[end - right.start :]), end)
    return [*tokens[:first], *pieces, *tokens[last + 1 :]]


def _moved(tokens: Sequence[Token], by: int) -> list[Token]:
    return [replace(token, start=token.start + by, end=token.end + by) for token in tokens]


def _kind(part: str, cut: Callable[[str], Sequence[Token]]) -> TokenKind:
    """What a part is: as the segmenter sees it alone, or a word, when the learner says it is one."""
    alone = cut(part)
    if len(alone) == 1:
        return alone[0].kind
    return "word" if any(token.kind in ("word", "name") for token in alone) else alone[0].kind


def alternatives(text: str, known: Callable[[str], bool]) -> tuple[tuple[str, ...], ...]:
    """Ways to cut a stretch, the likeliest first: as one; then in two or more words the dictionary has.

    Args:
        text: a token, or a token with the next one; at most 8 characters are cut in every way.
        known: whether the dictionary has a word.
    """
    ways: list[tuple[str, ...]] = [(text,)] if len(text) > 1 else []
    if len(text) <= 8:
        cuts = sorted(
            _ways(text),
            key=lambda parts: (
                sum(len(part) > 1 and not known(part) for part in parts),
                len(parts),
                max(map(len, parts)),
                tuple(-len(part) for part in parts),
            ),
        )
        ways += [parts for parts in cuts if len(parts) > 1]
    return tuple(ways)


def _ways(text: str) -> Iterator[tuple[str, ...]]:
    if not text:
        yield ()
    for end in range(1, len(text) + 1):
        for rest in _ways(text[end:]):
            yield (text[:end], *rest)

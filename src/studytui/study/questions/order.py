"""Sentence order: a sentence cut into pieces that go together in one way only."""

from __future__ import annotations

import random
from collections.abc import Sequence

from studytui.study.notes.note import Note
from studytui.study.questions.question import BLANK, Option, Question
from studytui.text.token import Word

SHORTEST, LONGEST = 10, 32
"""Characters of a sentence that is worth putting in order and still fits on a line."""
PIECES = 4
"""Pieces to be put in order, after the first one, which is given."""

_TRAILING_WORDS = "的 地 得 了 着 过 们 吗 呢 吧 啊 等 之 上 中 里 下 前 后 时 来 去 起来 出来 下来"
_LEADING_WORDS = """
不 没 很 最 更 太 都 也 就 才 还 又 再 在 从 对 把 被 向 为 给 跟 比 由 将 让 使 以 一 这 那 每 各 第
"""
_MOVABLE_WORDS = """
和 与 及 以及 或 或者 、 ， ； ： , ; : “ ” ‘ ’ 「 」 『 』 （ ） ( ) 《 》 —— …… …
"""
_TRAILING = frozenset(_TRAILING_WORDS.split())
_LEADING = frozenset(_LEADING_WORDS.split())
_MODIFYING = frozenset("的地之")
_MOVABLE = frozenset(_MOVABLE_WORDS.split())
"""Where one of these stands, the pieces around it could often change places."""


def order_question(words: Sequence[Word], note: Note, rng: random.Random) -> Question | None:
    """The sentence `words` (with its closing mark) as pieces in disorder; None if it does not lend itself.

    Only a sentence of one clause is taken, without an enumeration, quotation or parallel: what stands
    around a comma or 和 can often be exchanged, and there must be one right answer. The first piece is
    given, since time and subject may change places at the head of a Chinese sentence.
    """
    sentence = "".join(word.text for word in words).strip()
    if not SHORTEST <= len(sentence) <= LONGEST or note.headword not in sentence:
        return None
    if any(word.text in _MOVABLE or word.token.kind in ("latin", "number") for word in words):
        return None
    pieces = _pieces([word.text for word in words])
    if len(pieces) != PIECES + 1 or len(set(pieces)) != len(pieces):
        return None
    first, rest = pieces[0], pieces[1:]
    shown = list(rest)
    while shown == rest:
        rng.shuffle(shown)
    return Question(
        "order",
        "typed",
        "",
        note,
        first + BLANK * sum(map(len, rest)),
        "".join(rest),
        tuple(Option(piece, "piece") for piece in shown),
        ("Put the pieces in order, by their numbers.",),
        note.headword,
        sentence,
        (f"a sentence of one clause with {note.headword}, in {PIECES} pieces after the first",),
    )


def _pieces(texts: Sequence[str]) -> list[str]:
    """The words joined into five pieces of about one length; particles stay with what they belong to."""
    bound: list[str] = []
    joins = False
    for text in texts:
        trails = text in _TRAILING or not text[:1].isalnum()
        if bound and (joins or trails):
            bound[-1] += text
        elif text.strip():
            bound.append(text)
        # Whose or how a thing is could stand before another (正能量, 网上的, 口号): it stays with its own.
        joins = text in _LEADING or text in _MODIFYING
    while len(bound) > PIECES + 1:
        index = min(range(len(bound) - 1), key=lambda each: (len(bound[each]) + len(bound[each + 1]), each))
        bound[index : index + 2] = [bound[index] + bound[index + 1]]
    return bound

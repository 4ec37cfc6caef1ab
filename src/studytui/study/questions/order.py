"""Sentence order: a sentence cut into its constituents, where they go together in one way only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studytui.study.notes.note import Note
from studytui.study.questions.question import BLANK, Option, Question
from studytui.text.characters import is_han
from studytui.text.token import Word
from studytui.text.words.tagger import tags

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

SHORTEST, LONGEST = 10, 32
"""Characters of a sentence that is worth putting in order and still fits on a line."""
FEWEST, MOST = 3, 5
"""Pieces to be put in order, after the first one, which is given."""

_MOVABLE_WORDS = """
和 与 及 以及 或 或者 还是 又 也 、 ， ； ： , ; : “ ” ‘ ’ 「 」 『 』 （ ） ( ) 《 》 —— …… …
"""
_MOVABLE = frozenset(_MOVABLE_WORDS.split())
"""Where one of these stands, the pieces around it could often change places."""
_TRAILING_WORDS = """
了 着 过 们 吗 呢 吧 啊 等 上 中 里 下 前 后 时 来 去 起来 出来 下来 到 给 成 完 好 得
"""
_TRAILING = frozenset(_TRAILING_WORDS.split())
"""What belongs to the word before it."""
_PREPOSITIONS_WORDS = """
在 从 对 把 被 向 为 给 跟 比 由 将 让 使 叫 用 以 往 朝 冲 按 按照 根据 关于 为了
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_WORDS.split())
_ENDS = "。！？!?"

_PRONOUNS_WORDS = """
我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 大家 这 那 这里 那里 这儿 那儿 谁 什么
"""
_PRONOUNS = frozenset(_PRONOUNS_WORDS.split())
_HERE = frozenset(["这", "那", "每", "各", "某", "该", "本", "几", "两", "一", "第"])
"""What points or counts, and waits for its noun."""

_Kind = Literal["noun", "verb", "adjective", "adverb", "time", "preposition", "other"]
_KINDS: dict[str, _Kind] = {
    "n": "noun", "m": "noun", "v": "verb", "a": "adjective", "d": "adverb", "t": "time",
}  # fmt: skip
_BY_TAG: dict[str, _Kind] = {"r": "noun", "f": "noun", "s": "noun", "d": "adverb", "t": "time"}


@dataclass(slots=True)
class _Piece:
    """A constituent, while it grows."""

    text: str
    kind: _Kind


def order_question(
    words: Sequence[Word], note: Note, rng: random.Random, lexicon: Lexicon
) -> Question | None:
    """The sentence `words` (with its closing mark) as pieces in disorder; None if it does not lend itself.

    Only a whole sentence of one clause is taken, without an enumeration, quotation or parallel: what stands
    around a comma or 和 can often be exchanged, and there must be one right answer. What stands before the
    predicate is given, since time and subject may change places at the head of a Chinese sentence.
    """
    sentence = "".join(word.text for word in words).strip()
    if not SHORTEST <= len(sentence) <= LONGEST or note.headword not in sentence:
        return None
    if not is_han(sentence[0]) or sentence[-1] not in _ENDS:
        return None
    if any(word.text in _MOVABLE or word.token.kind in ("latin", "number") for word in words):
        return None
    parts = tags([word.token for word in words], [word.headword for word in words], lexicon)
    found = _pieces(words, parts, lexicon)
    if found is None:
        return None
    first, rest = found
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
        (f"a sentence of one clause with {note.headword}, in {len(rest)} pieces after the first",),
    )


def _pieces(words: Sequence[Word], parts: Sequence[str], lexicon: Lexicon) -> tuple[str, list[str]] | None:
    """What is given, and the pieces to be put after it; None where another order would be as good."""
    pieces = _constituents(words, parts, lexicon)
    if pieces is None:
        return None
    # Subject and time are given: they could change places.
    led = ("noun", "time", "other")
    head = next((place for place, piece in enumerate(pieces) if piece.kind not in led), 0)
    given, rest = pieces[: max(1, head)], pieces[max(1, head) :]
    kinds = ["verb" if piece.kind == "adjective" else piece.kind for piece in rest]
    free = kinds.count("adverb") + kinds.count("preposition")
    if "time" in kinds or "other" in kinds or free > 1:
        return None
    if all(piece.kind not in ("noun", "time") for piece in given):
        return None
    if any(len(one.text) == len(other.text) == 1 for one, other in pairwise(pieces)):
        return None  # 有 + 才: a name or a word that was not seen to be one
    if "verb" not in kinds or any(pair == ("noun", "noun") for pair in pairwise(kinds)):
        return None
    texts = _with_objects([piece.text for piece in rest], kinds)
    if not FEWEST <= len(texts) <= MOST:
        return None
    if len(set(texts)) != len(texts):
        return None
    return "".join(piece.text for piece in given), texts


def _with_objects(texts: Sequence[str], kinds: Sequence[_Kind]) -> list[str]:
    """The pieces; of several verbs each with its object, since one could take the other's."""
    if kinds.count("noun") < 2:
        return list(texts)
    joined: list[str] = []
    for place, text in enumerate(texts):
        if kinds[place] == "noun" and place and kinds[place - 1] == "verb":
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _constituents(words: Sequence[Word], parts: Sequence[str], lexicon: Lexicon) -> list[_Piece] | None:
    """The constituents of a clause; None where it cannot be told what belongs to what."""
    pieces: list[_Piece] = []
    joins = False
    """Whether the last piece waits for its noun: 一 + 个, 在 + 墙, 我的 + 书."""
    hung: list[_Piece] = []
    """Verbs whose object has a 的 behind it: 发现 + 我的书, unless 发现我 describes what follows."""
    for word, part in zip(words, parts, strict=True):
        text, kind = word.text, _KINDS.get(part, "other")
        last = pieces[-1] if pieces else None
        if part == "x":
            if last is not None:
                last.text += text.strip()
            continue
        if kind == "other":
            # What the tagger leaves together, the word lists tell apart: 我, 上面; 不, 为何.
            kind = _BY_TAG.get(lexicon.tag(word.headword)[:1], "other")
        if text in _PRONOUNS:
            kind = "noun"
        pointing = text in _HERE or part == "m" or (text[0] in _HERE and lexicon.is_measure(text[1:]))
        if text in ("的", "之"):
            if last is None or last.kind not in ("noun", "adjective"):
                return None  # 父亲追打的避风港: where what describes begins, is not to be seen
            before = pieces[-2] if len(pieces) > 1 else None
            if before is not None and before.kind == "preposition":
                return None
            if before is not None and before.kind == "verb":
                hung.append(before)
            last.text, last.kind, joins = last.text + text, "noun", True
        elif text == "地" and last is not None and last.kind in ("adjective", "adverb"):
            last.text, last.kind = last.text + text, "adverb"
        elif last is not None and text in _TRAILING and not joins:
            last.text += text
        elif last is not None and joins:
            if kind not in ("noun", "adjective") and not pointing and not lexicon.is_measure(word.headword):
                return None  # 他在 + 跑, 三 + 次
            last.text += text
            joins = kind == "adjective" or pointing or (len(text) == 1 and lexicon.is_measure(word.headword))
        elif last is not None and _goes_on(last, kind, word):
            last.text += text
            last.kind = kind if last.kind in ("adverb", "adjective", "other") else last.kind
        elif word.headword in _PREPOSITIONS and kind in ("other", "preposition", "adverb", "verb"):
            pieces.append(_Piece(text, "preposition"))
            joins = True
        else:
            pieces.append(_Piece(text, "noun" if pointing else kind))
            joins = pointing
    verbs = [piece for piece in pieces if piece.kind == "verb"]
    return None if joins or (hung and verbs != hung) else pieces


def _goes_on(last: _Piece, kind: _Kind, word: Word) -> bool:
    """Whether a word belongs to the piece before it."""
    if kind == "noun" and word.text not in _PRONOUNS:
        # 林业 + 工作, 向开源 + 项目, 很多 + 书: nothing but a verb or a pronoun is whole before a noun.
        return last.kind not in ("verb", "time") and last.text not in _PRONOUNS
    if last.kind == "adverb" and len(last.text) == 1:
        return True  # 不 + 明白
    # 追 + 打: two characters that are one word more often than not.
    return len(last.text) == len(word.text) == 1 and last.kind == kind == "verb"

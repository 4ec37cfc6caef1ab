"""Sentence order: a sentence cut into its constituents, with every order of them that is as right."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, product
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
_AFTER_VERBS = frozenset(["着", "过", "来", "去", "起来", "出来", "下来", "到", "给", "成", "完", "好", "得"])
"""Of these, what does so behind a verb alone."""
_PREPOSITIONS_WORDS = """
在 从 对 把 被 向 为 给 跟 比 由 将 让 使 叫 用 以 往 朝 冲 按 按照 根据 关于 为了
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_WORDS.split())
_ENDS = "。！？!?"
_WHOLE = "是有"
"""Verbs of one character that stand by themselves."""

_PRONOUNS_WORDS = """
我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 大家 这 那 这里 那里 这儿 那儿 谁 什么
"""
_PRONOUNS = frozenset(_PRONOUNS_WORDS.split())
_HERE = frozenset(["这", "那", "每", "各", "某", "该", "本", "几", "两", "一", "第"])
"""What points or counts, and waits for its noun."""
_DEFINITE = frozenset("这那每各该本")
"""An object that begins so is known to the hearer, and may stand before the verb."""
_DEGREES_WORDS = """
非常 十分 特别 更加 比较 相当 极其 格外 尤其 稍微 越来越
"""
_DEGREES = frozenset(_DEGREES_WORDS.split())
"""Adverbs that stay before what they measure."""
_FIXED_PAIRS = ((("从", "由"), ("到", "往", "向", "朝", "至")), (("把", "将"), ("给",)))
"""Phrases with these prepositions follow one another in this order."""
_NEGATIONS = ("不", "没", "别", "未")
_ADVERBIAL = ("adverb", "preposition", "time")

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
    around a comma or 和 can often be exchanged, and nobody could say in which ways. What stands before the
    predicate is given, since time and subject may change places at the head of a Chinese sentence. The other
    orders that are right (`Question.also`) are those of adverbials before one verb, and those with a definite
    object before the predicate.
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
    first, rest, also = found
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
        (),
        note.headword,
        sentence,
        (
            f"a sentence of one clause with {note.headword}, in {len(rest)} pieces after the first, "
            f"which have {len(also) + 1} right orders",
        ),
        also=also,
    )


def _pieces(
    words: Sequence[Word], parts: Sequence[str], lexicon: Lexicon
) -> tuple[str, list[str], tuple[str, ...]] | None:
    """What is given, the pieces to be put after it, and their other right orders.

    None where it cannot be told which orders are right.
    """
    pieces = _constituents(words, parts, lexicon)
    if pieces is None:
        return None
    # Subject and time are given: they could change places.
    led = ("noun", "time", "other")
    head = next((place for place, piece in enumerate(pieces) if piece.kind not in led), 0)
    given, rest = pieces[: max(1, head)], pieces[max(1, head) :]
    if not FEWEST <= len(rest) <= MOST:
        return None
    kinds = _roles(rest)
    objects = [at for at, pair in enumerate(pairwise(kinds)) if pair == ("verb", "noun")]
    if "other" in kinds or any("verb" in kinds[at + 2 :] for at in objects):
        return None  # 去商店 + 买东西: which comes first is a matter of what is meant
    if all(piece.kind not in ("noun", "time") for piece in given):
        return None
    if any(len(one.text) == len(other.text) == 1 for one, other in pairwise(pieces)):
        return None  # 有 + 才: a name or a word that was not seen to be one
    if "verb" not in kinds or any(pair == ("noun", "noun") for pair in pairwise(kinds)):
        return None
    texts = [piece.text for piece in rest]
    if len(set(texts)) != len(texts):
        return None
    if any(len(text.rstrip(_ENDS)) == 1 and text not in _WHOLE for text in texts):
        return None  # 年轻 + 时常 + 去, 城 + 内: one character is mostly a piece of a word
    return "".join(piece.text for piece in given), texts, _other_orders(texts, kinds)


def _roles(pieces: Sequence[_Piece]) -> list[_Kind]:
    """What the pieces are in the predicate: an adjective stands for a verb, or before one for an adverb."""
    kinds: list[_Kind] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        before_verb = following is not None and following.kind == "verb"
        kinds.append(("adverb" if before_verb else "verb") if piece.kind == "adjective" else piece.kind)
    return kinds


def _other_orders(texts: Sequence[str], kinds: Sequence[_Kind]) -> tuple[str, ...]:
    """The orders of the pieces that are as right as the one they stand in, joined.

    Adverbials before one verb may change places (终于在图书馆, 在图书馆终于). A definite object may stand
    before all of them (我 + 那本书 + 已经看完了).
    """
    runs: list[list[tuple[str, ...]]] = []
    place = 0
    while place < len(texts):
        end = place + 1
        if kinds[place] in _ADVERBIAL:
            while end < len(texts) and kinds[end] in _ADVERBIAL:
                end += 1
        run = texts[place:end]
        runs.append([order for order in permutations(run) if _may_follow(run, order)])
        place = end
    orders = [[text for run in chosen for text in run] for chosen in product(*runs)]
    if kinds.count("verb") == 1 and kinds[-1] == "noun" and texts[-1][0] in _DEFINITE:
        orders += [[order[-1], *order[:-1]] for order in orders]
    return tuple("".join(order) for order in orders if order != list(texts))


def _may_follow(run: Sequence[str], order: Sequence[str]) -> bool:
    """Whether adverbials may follow one another so: 从这里 + 往南, but not the other way round."""
    if any(text.startswith(_NEGATIONS) for text in run):
        return list(run) == list(order)  # 永远 + 不会 is not 不会 + 永远
    for firsts, seconds in _FIXED_PAIRS:
        first = next((text for text in run if text.startswith(firsts)), None)
        second = next((text for text in run if text.startswith(seconds)), None)
        if first is not None and second is not None and order.index(first) > order.index(second):
            return False
    return True


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
            if last is not None and text.strip()[:1] not in _ENDS:  # the end mark is no part of a piece
                last.text += text.strip()
            continue
        if kind == "other":
            # What the tagger leaves together, the word lists tell apart: 我, 上面; 不, 为何.
            kind = _BY_TAG.get(lexicon.tag(word.headword)[:1], "other")
        if kind == "verb" and lexicon.tag(word.headword) in ("a", "ad", "d"):
            kind = "adjective"  # 努力 is a verb of its own, but before another one says how
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
        elif last is not None and _trails(last, text) and not joins:
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


def _trails(last: _Piece, text: str) -> bool:
    """Whether a word belongs to the piece before it, whatever comes: 看 + 完, 墙 + 上; but 在家 + 给我."""
    return text in _TRAILING and (text not in _AFTER_VERBS or last.kind in ("verb", "adjective"))


def _goes_on(last: _Piece, kind: _Kind, word: Word) -> bool:
    """Whether a word belongs to the piece before it."""
    if kind == "noun" and word.text not in _PRONOUNS:
        # 林业 + 工作, 向开源 + 项目, 很多 + 书: nothing but a verb or a pronoun is whole before a noun.
        return last.kind not in ("verb", "time") and last.text not in _PRONOUNS
    if last.kind == "adverb" and (len(last.text) == 1 or last.text in _DEGREES):
        return True  # 不 + 明白
    # 追 + 打: two characters that are one word more often than not.
    return len(last.text) == len(word.text) == 1 and last.kind == kind == "verb"

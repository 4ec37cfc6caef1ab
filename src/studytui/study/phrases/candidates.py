"""Every stretch of a text that could be a phrase, with where it stands.

Four sources: single words; stretches over several tokens that a word list holds as one; four characters
put together as idioms are; and runs of content words, which only how they are used in this text can
justify (see `cohesion`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studytui.study.language.function_words import DUAL, FUNCTION_WORDS
from studytui.study.language.gloss import is_verbal
from studytui.study.language.word_kind import may_be_a_person
from studytui.study.language.word_tests import (
    PREFIXES,
    SUFFIXES,
    has_idiom_shape,
    is_attested,
    is_called,
    is_counted,
    is_doubled,
    is_glue,
    is_grammar,
    is_loose,
    is_misnamed_idiom,
    is_reduplicated,
    names_something,
    rarity,
    says_idiom,
    word_class,
)
from studytui.text.document import LOST
from studytui.text.reflow.line_marks import label
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

PhraseKind = Literal["word", "idiom", "phrase", "term"]
Origin = Literal["word", "listed", "shape", "run"]

LONGEST = 8
"""Characters of the longest phrase: what fits into a gap and into memory at once."""
_MOST_TOKENS = 4
_LONGEST_RUN = 6
"""Characters of the longest term that only this text shows to be one."""
_WEIGHTY = 0.5
_JOINED = 2
"""So often must two characters stand side by side to be one thing in a text."""
_COINED = 3
"""So often, to be a word that the text has coined."""
_COUNTED_BEFORE = frozenset("上下这那每第前后头另某各同")
"""After these 一 counts: 下 + 一句话 is no set phrase."""
_INSIDE = frozenset("上下里中内外前后间")
"""What may belong to the noun before a word instead: 课本上 + 学, not 上学."""
_WHERE = frozenset("在从到往向")
_BEFORE_NAMES, _SAYS = frozenset("小老阿"), frozenset("说问道答")
"""What stands before a surname, and what may stand after it."""
_INTO = frozenset("作成为到在给向于入")
"""Ends of verbs after which it is said what becomes of the object."""
_PERSONS = frozenset("员师长家者手")
"""Endings of words for people: 退休 + 邮递员 describes one, and is no term."""
_ADDRESS = frozenset(("先生", "女士", "小姐", "太太", "夫人", "同志", "阿姨", "叔叔", "大爷", "奶奶"))
"""Forms of address: with what stands before them they name somebody (蓝笔先生)."""
_PLAIN = frozenset("是说就的了过没")
"""Words of speech: 也就是说 is a set phrase, no idiom."""
_OF_PHRASEBOOK: dict[str, PhraseKind] = {
    "idiom": "idiom",
    "saying": "idiom",
    "expression": "phrase",
    "term": "term",
}
_SAY = frozenset(("说", "问", "答", "回答", "写道", "说道", "问道", "喊", "叫道"))
_COUNTING = frozenset(("一", "两", "几", "半", "数"))
_MEASURES = frozenset("个位名只条张把本件年月天日岁点分块元口种次号间座层句页")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a candidate stands."""

    paragraph: int
    first: int
    """Its first token, counted in tokens of the paragraph."""
    last: int
    """One past its last token."""
    start: int
    """Its first character, counted in characters of the paragraph."""
    end: int


@dataclass(slots=True)
class Candidate:
    """A stretch that could be a phrase; `places` grows while the text is gone through."""

    words: tuple[Word, ...]
    """Its tokens at its first place."""
    kind: PhraseKind
    source: Origin
    places: list[Occurrence] = field(default_factory=list)
    listed_as: str = ""
    """Its headword, where that is not what stands there: 钻空子 for 钻了空子."""

    @property
    def text(self) -> str:
        """As it stands in the text."""
        return "".join(word.text for word in self.words)

    @property
    def headword(self) -> str:
        """Its simplified form, as the dictionary lists it."""
        return self.listed_as or "".join(word.headword for word in self.words)

    @property
    def is_coined(self) -> bool:
        """Whether it begins with a short form that the text has coined (网信 + 事业)."""
        first = self.words[0].headword
        return self.source == "run" and len(first) == 1 and first not in PREFIXES


def candidates(document: AnnotatedDocument, lexicon: Lexicon) -> list[Candidate]:
    """Every candidate of the document, in order of first appearance.

    What is listed but does not stand there word by word is found by `studytui.study.phrases.separable`.
    """
    found: dict[tuple[str, int], Candidate] = {}
    verdicts: dict[str, tuple[PhraseKind, Origin] | None] = {}
    _leave_names(document, lexicon, verdicts)
    joined, coined = _joined_singles(document)
    labels = _labels(document)
    for index, words in enumerate(document.words):
        if document.document.paragraphs[index].kind == "aside":
            continue
        lost = _lost(document.document.paragraphs[index].text) + labels.get(index, [])
        for first in range(len(words)):
            if any(start <= words[first].token.start < end for start, end in lost):
                continue
            for last in range(first + 1, min(first + 2 * _MOST_TOKENS, len(words)) + 1):
                tokens = words[first:last]
                if (
                    not _may_stand_in_phrase(tokens[-1])
                    or tokens[-1].token.end - tokens[0].token.start > LONGEST
                ):
                    break
                _admit(
                    tokens,
                    Occurrence(index, first, last, tokens[0].token.start, tokens[-1].token.end),
                    words,
                    lexicon,
                    found,
                    verdicts,
                    coined,
                )
    for character in joined:
        found.pop((character, 1), None)
    return list(found.values())


def _labels(document: AnnotatedDocument) -> dict[int, list[tuple[int, int]]]:
    """Where a dialogue names who speaks, by paragraph: lines of one speaker come again."""
    found: list[tuple[int, int, str]] = []
    for index, paragraph in enumerate(document.document.paragraphs):
        start = 0
        for line in paragraph.text.split("\n"):
            if (speaker := label(line.lstrip())) is not None:
                found.append((index, start + len(line) - len(line.lstrip()), speaker))
            start += len(line) + 1
    times = Counter(speaker for _, _, speaker in found)
    spans: dict[int, list[tuple[int, int]]] = {}
    for index, start, speaker in found:
        if times[speaker] > 1:
            spans.setdefault(index, []).append((start, start + len(speaker)))
    return spans


def _lost(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph that have lost characters: what stands there may be half a word."""
    if LOST not in text:
        return []
    return [(start, end) for start, end in sentence_spans(text) if LOST in text[start:end]]


def _leave_names(
    document: AnnotatedDocument, lexicon: Lexicon, verdicts: dict[str, tuple[PhraseKind, Origin] | None]
) -> None:
    """What the text brings in as somebody's name is no phrase in it (我叫小雨, 铅笔问, 铅笔说)."""
    said: Counter[str] = Counter()
    for words in document.words:
        for before, word in pairwise(words):
            if word.headword in _SAY and before.token.kind == "word" and len(before.text) > 1:
                said[before.headword] += 1
            if before.headword == "告诉" and word.token.kind == "word" and len(word.text) > 1:
                said[word.headword] += 2  # nobody tells a thing anything (我告诉铅笔)
    for headword, times in said.items():
        if times > 1 and lexicon.classes(headword)[:1] == "n" and not may_be_a_person(headword, lexicon):
            verdicts[headword] = None
    texts = [paragraph.text for paragraph in document.document.paragraphs if "叫" in paragraph.text]
    for words, paragraph in zip(document.words, document.document.paragraphs, strict=True):
        if "叫" not in paragraph.text:
            continue
        for before, word in pairwise(words):
            if before.text in ("叫", "叫做", "叫作") and any(is_called(word.text, text) for text in texts):
                verdicts[word.headword] = None


def _joined_singles(document: AnnotatedDocument) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Single characters that this text mostly has beside the same other one: 蓝 and 笔 of 蓝笔.

    With them those pairs which it has so often that they are a word of its own (网信 for 网络 and 信息).
    """
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for words in document.words:
        row = [word.headword if len(word.text) == 1 and not is_glue(word) else "" for word in words]
        alone.update(filter(None, row))
        pairs.update(pair for pair in pairwise(row) if all(pair))
    mostly = {
        pair: count
        for pair, count in pairs.items()
        if count >= _JOINED and any(count * 2 > alone[character] for character in pair)
    }
    return (
        frozenset(
            character for pair, count in mostly.items() for character in pair if count * 2 > alone[character]
        ),
        frozenset(
            pair
            for pair, count in mostly.items()
            if count >= _COINED and all(count * 2 > alone[character] for character in pair)
        ),
    )


def _may_stand_in_phrase(word: Word) -> bool:
    """Chinese of any kind: idioms hold numerals (暮色四合), and what looks like names."""
    return word.token.kind in ("word", "name") or (
        word.token.kind == "number" and not word.text[0].isdecimal()
    )


def _admit(
    tokens: tuple[Word, ...],
    place: Occurrence,
    row: tuple[Word, ...],
    lexicon: Lexicon,
    found: dict[tuple[str, int], Candidate],
    verdicts: dict[str, tuple[PhraseKind, Origin] | None],
    coined: frozenset[tuple[str, str]],
) -> None:
    text = "".join(word.headword for word in tokens)
    key = text if len(tokens) == 1 else "|".join(word.headword for word in tokens)
    if key not in verdicts:
        verdicts[key] = (
            _judge_word(tokens[0], lexicon) if len(tokens) == 1 else _judge(tokens, lexicon, coined)
        )
    verdict = verdicts[key]
    if verdict is None:
        return
    kind, source = verdict
    if (len(tokens) == 1 and _is_measured(place, row)) or (source == "run" and _is_counted_out(place, row)):
        return
    if source != "run" and _is_miscut(text, place, row, lexicon):
        return
    if source == "shape" and (not _stands_alone(place, row) or _is_made_into(tokens, place, row)):
        return
    slot = (text, len(tokens))
    if slot not in found:
        found[slot] = Candidate(tokens, kind, source)
    found[slot].places.append(place)


def _judge_word(word: Word, lexicon: Lexicon) -> tuple[PhraseKind, Origin] | None:
    """What a single token is; None when it is no phrase."""
    text = word.headword
    if is_misnamed_idiom(word, lexicon):
        return "phrase", "shape"
    if is_glue(word) or (is_reduplicated(text) and word_class(text, lexicon) == "verb"):
        return None
    if text not in lexicon and len(text) < 4:
        return None
    if text[-1] == "是" and len(text) == 2:
        return None
    if text[-1] in "了着得地的" and word.hsk is None and len(text) < 4 and lexicon.classes(text)[:1] != "n":
        return None
    if is_counted(text, word.hsk, lexicon) or names_something(text, lexicon):
        return None
    if is_grammar(text, word.hsk, lexicon) or _is_named(word):
        return None
    if len(text) == 1 and (word.hsk is None or word_class(text, lexicon) in ("adverb", "other")):
        return None
    if len(text) >= 4:
        return kind_of_listed(text, (word,), lexicon), "word"
    return ("term" if _is_coined(text, word.hsk, lexicon) else "word"), "word"


def _is_coined(text: str, hsk: int | None, lexicon: Lexicon) -> bool:
    """Whether a noun of three characters is a word of two with a bound one (获得 + 感, 正 + 能量)."""
    if len(text) != 3 or (hsk is not None and hsk < 7):
        return False
    if word_class(text, lexicon) not in ("noun", "other"):
        return False
    return (text[2] in SUFFIXES and text[:2] in lexicon) or (text[0] in PREFIXES and text[1:] in lexicon)


def _is_named(word: Word) -> bool:
    """Whether some entry that no word list for learners has is a person or a place (歌德)."""
    return word.hsk is None and any(
        entry.syllables[0][:1].isupper() and len(entry.syllables) > 1 for entry in word.entries
    )


def kind_of_listed(text: str, tokens: tuple[Word, ...], lexicon: Lexicon) -> PhraseKind:
    """What a stretch that is in a word list is: an idiom, a set phrase, a term, or a long word."""
    tag = lexicon.tag(text)
    if phrase := lexicon.phrase(text):
        return _OF_PHRASEBOOK[phrase]
    if says_idiom(text, lexicon):
        return "idiom"
    if len(text) == 4 and tag[:1] in ("n", "v") and text[2] in "如若之而以于" and len(tokens) == 1:
        return "idiom"
    spoken = tag == "l" and not _PLAIN.isdisjoint(text)
    if len(text) == 4 and tag in ("i", "l") and not spoken and not _is_plain(text, tokens, tag, lexicon):
        return "idiom"
    if tag in ("i", "l") and len(text) >= 4:
        return "phrase"
    if len(text) >= 4:
        front = word_class(text[:2], lexicon)
        verbal = word_class(text[2:], lexicon) == "verb" or front in ("adverb", "verb")
        return "term" if word_class(text, lexicon) == "noun" and not verbal else "phrase"
    return "word"


def _is_weighty(tokens: tuple[Word, ...]) -> bool:
    """Whether four characters join two words of the written language (刻苦攻关): learnt as one expression."""
    return [len(word.text) for word in tokens] == [2, 2] and all(
        rarity(word.frequency) >= _WEIGHTY for word in tokens
    )


def _is_set(tokens: tuple[Word, ...]) -> bool:
    """Whether what only a corpus's tag calls an expression looks like one (图文并茂, not 今明两天).

    The corpus has much there that is only said often: 发现自己, 一段时间, 人类文明.
    """
    content = [word for word in tokens if word.token.kind == "word" and word.headword not in FUNCTION_WORDS]
    singles = [word for word in content if len(word.text) == 1]
    return (len(singles) > 1 and all(word.token.kind == "word" for word in tokens)) or _is_weighty(tokens)


def _is_plain(text: str, tokens: tuple[Word, ...], tag: str, lexicon: Lexicon) -> bool:
    """Whether a listed expression is made of everyday words in everyday grammar (群众路线, 由小到大)."""
    levels = [lexicon.level(text[:2]), lexicon.level(text[2:])]
    if text[:2] in lexicon and text[2:] in lexicon and levels[1] is not None and levels[1] <= 3:
        return True
    if tag == "l" and text in lexicon and text[2:] in lexicon and levels[1] is not None:
        return True
    if tag == "l" or text not in lexicon:
        if text[:2] in lexicon and text[2:] in lexicon and (tag == "l" or None not in levels):
            return True
        return any(word.token.kind == "word" and word.headword in FUNCTION_WORDS - DUAL for word in tokens)
    return False


def _judge(
    tokens: tuple[Word, ...], lexicon: Lexicon, coined: frozenset[tuple[str, str]]
) -> tuple[PhraseKind, Origin] | None:
    """What several tokens are together; None when they are no phrase."""
    text = "".join(word.headword for word in tokens)
    if len(text) < 3 or (len(text) > 4 and text in lexicon):
        return None  # what is long and listed is found by its characters
    if phrase := lexicon.phrase(text):
        return _OF_PHRASEBOOK[phrase], "listed"
    if any(word.token.kind != "word" for word in tokens):
        # Of what looks like a name only a listed expression is taken back: 天朗 + 气 + 清.
        if len(text) == 4 and (lexicon.tag(text) in ("i", "l") or is_doubled(text, lexicon)):
            return kind_of_listed(text, tokens, lexicon), "listed"
        return None
    if names_something(text, lexicon):
        return None
    if is_doubled(text, lexicon):
        return "phrase", "listed"
    if len(text) >= 4 and is_attested(text, lexicon):
        ends_in_glue = is_glue(tokens[0]) or is_glue(tokens[-1])
        fixed = _is_set(tokens) if lexicon.tag(text) in ("i", "l") else not ends_in_glue
        if text in lexicon or (fixed and not is_loose(tokens)):
            kind = kind_of_listed(text, tokens, lexicon)
            return ("phrase" if kind == "term" and _is_weighty(tokens) else kind), "listed"
    negated = tokens[0].headword in "不没无"  # 不情愿
    if len(text) == 3 and text in lexicon and (negated or not is_glue(tokens[0])) and not is_glue(tokens[-1]):
        return "word", "listed"
    if (tokens[0].headword, tokens[1].headword) in coined:
        ends = len(tokens) == 3 and len(tokens[2].text) > 1 and not is_glue(tokens[2])
        ends = ends and tokens[2].headword not in _ADDRESS
        return ("term", "run") if ends and word_class(tokens[2].headword, lexicon) == "noun" else None
    if has_idiom_shape(tokens, lexicon):
        # Put together as idioms are, but in no list: to call it one would be a guess.
        return ("idiom" if lexicon.tag(text) == "i" else "phrase"), "shape"
    if len(tokens) <= _MOST_TOKENS and len(text) <= _LONGEST_RUN and _is_run(tokens, lexicon):
        nominal = word_class(tokens[-1].headword, lexicon) == "noun" or len(tokens[-1].text) == 1
        front = word_class(tokens[0].headword, lexicon)
        loose = front == "verb" or (front == "adjective" and not nominal)
        return ("phrase" if loose or _is_weighty(tokens) else "term"), "run"
    return None


def _is_run(tokens: tuple[Word, ...], lexicon: Lexicon) -> bool:
    """Whether tokens can be a noun group: content words, a noun (or a verb as a noun) at the end."""
    *front, last = tokens
    if any(word.headword in FUNCTION_WORDS and word.headword not in PREFIXES for word in front):
        return False
    if any(
        is_counted(word.headword, word.hsk, lexicon) or is_grammar(word.headword, word.hsk, lexicon)
        for word in tokens
        if len(word.text) > 1
    ):
        return False  # 那天 + 停电, 一种 + 水母
    if any(
        len(word.text) == 1 and not (word.headword in SUFFIXES and len(before.text) == 2)
        for before, word in pairwise(front)
    ) or any(len(word.text) >= 4 for word in tokens):
        return False
    if len(front[0].text) == 1 and front[0].headword not in PREFIXES:
        return False
    if len(last.text) == 1:
        return last.headword in SUFFIXES and len(front[-1].text) >= 2
    if last.headword in FUNCTION_WORDS or last.headword[-1] in _PERSONS or last.headword in _ADDRESS:
        return False
    if lexicon.tag(last.headword) in ("s", "f", "t") or any(
        word.text[-1] in "了着过的得于" for word in tokens
    ):
        return False
    if any(len(word.text) == 3 and word.text[1] in "不得" for word in tokens):
        return False  # 搞不好, 用得上
    classes = [word_class(word.headword, lexicon) for word in tokens]
    if classes[0] == "adverb" and front[0].headword in PREFIXES:
        classes[0] = "noun"
    if "adverb" in classes or "other" in classes:
        return False
    if classes[-1] == "adjective" or (classes[-1] == "verb" and lexicon.tag(last.headword)[:1] == "a"):
        return False  # 主旋律 + 高昂: something is said of it
    if any(_is_named(word) for word in tokens):
        return False  # 酒泉 + 地委
    if lexicon.tag(front[0].headword) == "z" or is_reduplicated(front[0].headword):
        return False  # 区区 + 耗子: it describes, and names nothing
    if any(
        word.headword in before.headword or before.headword in word.headword
        for before, word in pairwise(tokens)
    ):
        return False  # 人事部 + 人事
    return not (classes[-1] == "verb" and classes[0] in ("verb", "adjective"))


def _is_measured(place: Occurrence, row: tuple[Word, ...]) -> bool:
    """Whether a word's first character belongs to the number before it (十 + 年前, 一 + 个人)."""
    before = row[place.first - 1] if place.first else None
    return before is not None and before.token.kind == "number" and row[place.first].text[0] in _MEASURES


def _is_counted_out(place: Occurrence, row: tuple[Word, ...]) -> bool:
    """Whether a number stands before a run, so that its first word measures the rest (一 + 篮子 + 春笋)."""
    before = row[max(0, place.first - 2) : place.first]
    if not before:
        return False
    counted = before[-1].token.kind == "number" or before[-1].headword in _COUNTING
    measured = len(before) > 1 and (before[0].token.kind == "number" or before[0].headword in _COUNTING)
    return counted or (measured and before[-1].headword in _MEASURES)


def _is_miscut(text: str, place: Occurrence, row: tuple[Word, ...], lexicon: Lexicon) -> bool:
    """Whether the characters here rather belong to other words (下 + 一句话, 课本 + 上学, 同一 + 堂)."""
    before = row[place.first - 1] if place.first else None
    after = row[place.last] if place.last < len(row) else None
    if text[0] == "一" and before is not None and before.text[-1] in _COUNTED_BEFORE:
        return True
    if (
        after is not None
        and len(after.text) == 1
        and lexicon.tag(after.headword) == "q"
        and lexicon.tag(text) in ("b", "m", "r")
    ):
        return True
    if len(text) == 2 and _is_piece(text, before, after, lexicon):
        return True
    if before is None or len(text) != 2 or text[0] not in _INSIDE or before.token.kind != "word":
        return False
    rest, whole = lexicon.frequency(text[1]) or 0.0, lexicon.frequency(text) or 0.0
    placed = place.first > 1 and row[place.first - 2].headword in _WHERE
    entries = lexicon.entries(text[1])
    verbal = lexicon.tag(text[1])[:1] == "v" or (
        placed and bool(entries) and is_verbal(entries[0].glosses[0])
    )
    return rest > whole and verbal and word_class(before.headword, lexicon) == "noun"


def _is_piece(text: str, before: Word | None, after: Word | None, lexicon: Lexicon) -> bool:
    """Whether two characters are part of a longer word that was cut (修 + 理工, 不 + 情愿, 诊疗 + 室)."""
    left = before if before is not None and _is_single(before) else None
    right = after if after is not None and _is_single(after) else None
    if before is not None and len(before.text) == 1 and before.text + text in lexicon:
        return True
    if right is not None and text + right.headword in lexicon:
        return True
    if left is not None and right is not None:
        return True  # 托 + 列克 + 斯, 崇 + 实务 + 本
    if before is not None and before.headword in _BEFORE_NAMES and text[1] in _SAYS:
        return True  # 小 + 陈说
    if lexicon.level(text) is not None:
        return False
    if right is not None:
        return True
    joined = left.headword + text[0] if left is not None else ""
    return joined in lexicon and (lexicon.frequency(joined) or 0.0) > (lexicon.frequency(text) or 0.0)


def _is_single(word: Word) -> bool:
    """Whether a token is one character that is no word of grammar."""
    return len(word.text) == 1 and word.token.kind in ("word", "name") and not is_glue(word)


def _is_made_into(tokens: tuple[Word, ...], place: Occurrence, row: tuple[Word, ...]) -> bool:
    """Whether four characters are the verb and the end of a 把 clause: 把银针比作钢针."""
    if len(tokens[0].text) == 1 or tokens[0].text[-1] not in _INTO:
        return False
    for word in reversed(row[: place.first]):
        if word.token.kind == "punctuation":
            return False
        if word.headword in ("把", "将", "被"):
            return True
    return False


def _is_edge(word: Word) -> bool:
    """Whether a phrase surely ends before a word; 才 may be grammar, or the last of 聚天下英才."""
    return is_glue(word) and word.headword not in DUAL


def _stands_alone(place: Occurrence, row: tuple[Word, ...]) -> bool:
    """Whether something other than content words stands on both sides, or a verb of one word before."""
    before = row[place.first - 1] if place.first else None
    after = row[place.last] if place.last < len(row) else None
    left = before is None or _is_edge(before)
    right = after is None or _is_edge(after)
    return (left and right) or (right and before is not None and len(before.text) >= 2)

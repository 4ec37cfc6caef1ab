"""Names of people that a long text teaches by itself: what stands there often, and free on both sides.

After the measures of new word discovery: how many different neighbours a stretch has (entropy), and how much
oftener its parts meet than by chance (pointwise mutual information).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import log, log2

from studytui.text.words.numerals import NUMERALS
from studytui.text.words.person_names import DEEDS, ENDS_NO_NAME, NO_GIVEN, NO_SURNAMES, NameModel

_LEAST = 10
"""A name stands in the text so often at least. This and the next two were measured on eight novels."""
_FREE = 3.2
"""Bits of entropy of its neighbours on either side, where it stands often enough to have so many."""
_SHARE_FREE = 0.75
"""Of the entropy that neighbours all different would have, where it stands too seldom for that."""
_TOGETHER = 5.5
"""Bits of mutual information between its parts."""
_ACTS = 0.06
"""In this share of its places a person does something at once (`DEEDS`); a thing (左掌, 牛车) hardly ever."""
_ACTS_ALONE = 0.09
_LEAST_ALONE = 30
"""The same for what begins with no surname, and how often that stands in the text."""
_ACTS_ODD = 0.1
"""The same for a surname with two characters that hardly make a given name (岳不群, 丁不三)."""
_ACTS_OFTEN, _LESS_FREE, _LESS_TOGETHER = 0.15, 0.4, 0.3
"""What acts in this share of its places may have so many bits less of entropy and of information (罗芸)."""
_GIVEN = 0.002
"""A last character with this share of the given names' makes sure that a form is a name (桐芳)."""
_NO_NAME = NO_GIVEN | NO_SURNAMES - frozenset("大小老高新多少好长强") | frozenset(DEEDS)
"""Characters that are in no name, or in so few that none is learnt."""
_IN_NO_NAME = frozenset(
    "的了着过得吗吧呢啊么我你您他她它们这那哪个是有在说道问听见想叫把被让给也都就才很太又还没"
)
"""Characters that are not even in an odd name."""
_ENDS = (*ENDS_NO_NAME, *"中内间旁边们面头")
"""What ends no name."""
_HAN_RUN = re.compile("[㐀-鿿]{2,}")
_NICKNAMES = "小阿老"
_WORDS = 0.6
"""Words for each character of a text."""
_SOME = 0.3
"""A longer form that stands in less than this share of the places of a shorter one is that and a word."""


TextNames = Mapping[str, float]
"""The names that a text taught: simplified form -> logarithm of its share of the text's words."""
NO_NAMES: TextNames = {}


def text_names(text: str, counts: Mapping[str, int], model: NameModel) -> TextNames:
    """`learnt_names` as the segmenter weighs them."""
    words = max(1.0, len(text) * _WORDS)
    return {form: log(n / words) for form, n in learnt_names(text, counts, model).items()}


def learnt_names(text: str, counts: Mapping[str, int], model: NameModel) -> dict[str, int]:
    """The names of people in a simplified text, and how often each stands there.

    A name has two to four characters and is no word of `counts`. What begins with a surname, 小, 阿 or 老
    must stand free and hold together; what does not (袭人, 黑娃) must also do what people do, and often.
    """
    found = Counter(_stretches(text))
    # A longer form is counted where all of it is made of forms that are frequent.
    for length in (3, 4):
        often = {form for form, n in found.items() if len(form) == length - 1 and n >= _LEAST}
        found.update(_longer(text, length, often))
    forms = {form for form, n in found.items() if n >= _LEAST and not counts.get(form)}
    family = {form for form in forms if _has_family_name(form, model)}
    odd = {form for form in forms if _may_be_odd_name(form, model)}
    forms = odd | {form for form in forms if _may_name(form, form in family, counts)}
    odd -= {form for form in odd if _may_name(form, True, counts)}
    sure = {
        form for form in forms & family if model.single.get(form[-1], 0.0) >= _GIVEN or form[0] in _NICKNAMES
    }
    sure -= odd
    asked = {
        form: _ACTS_ODD if form in odd else 0.0 if form in sure else _ACTS if form in family else _ACTS_ALONE
        for form in forms
    }
    free = _free(text, asked)
    characters = Counter(text)
    names = {
        form: n
        for form, (n, lenience) in free.items()
        if _holds_together(form, n, characters, text) >= _TOGETHER - lenience * _LESS_TOGETHER
    }
    names = {
        form: n
        for form, n in names.items()
        # 宋钢坐 is 宋钢 and what he does.
        if not any(n < _SOME * names[form[:end]] for end in range(2, len(form)) if form[:end] in names)
    }
    for form in [form for form in names if len(form) == 3 and form not in odd]:
        # 兆鹏 stands mostly in 鹿兆鹏, and often without.
        alone = found[form[1:]] - names[form]
        if alone >= _LEAST and form[1:] in found and not counts.get(form[1:]):
            names.setdefault(form[1:], alone)
    return names


def _stretches(text: str) -> Iterator[str]:
    """Every two Chinese characters that stand side by side."""
    for match in _HAN_RUN.finditer(text):
        run = match[0]
        yield from map("".join, pairwise(run))


def _longer(text: str, length: int, often: set[str]) -> Iterator[str]:
    """The stretches of `length` characters whose two shorter ones are in `often`."""
    for match in _HAN_RUN.finditer(text):
        run = match[0]
        for start in range(len(run) - length + 1):
            if run[start : start + length - 1] in often and run[start + 1 : start + length] in often:
                yield run[start : start + length]


def _has_family_name(form: str, model: NameModel) -> bool:
    return (
        form[0] in model.surnames or form[0] in _NICKNAMES or (len(form) > 2 and form[:2] in model.surnames)
    )


def _may_name(form: str, family: bool, counts: Mapping[str, int]) -> bool:
    """Whether a form is none that is made as one speaks: 曹先生 is 曹 and 先生, 小姑娘 is 小 and 姑娘."""
    rest = form[1:] if family else form
    # 洪七公, 刘四爷: who is counted among brothers.
    unlikely = _NO_NAME - NUMERALS if family and len(form) == 3 else _NO_NAME
    if not unlikely.isdisjoint(rest) or form.endswith(_ENDS):
        return False
    if len(form) == 4 and form[:2] in counts and form[2:] in counts:
        return False
    return form[0] not in _NICKNAMES or len(rest) == 1 or not counts.get(rest)


def _may_be_odd_name(form: str, model: NameModel) -> bool:
    """Whether a surname with two characters may be a name though they hardly make a given one (林平之)."""
    return (
        len(form) == 3
        and form[0] in model.surnames
        and _IN_NO_NAME.isdisjoint(form)
        and not form.endswith(_ENDS)
    )


def _free(text: str, asked: Mapping[str, float]) -> dict[str, tuple[int, int]]:
    """Those whose neighbours on both sides differ enough: their number of places, and 1 if they act often.

    `asked` says of each form in what share of its places a deed must follow it.
    """
    if not asked:
        return {}
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for match in _HAN_RUN.finditer(text):
        run, begin = match[0], match.start()
        for start in range(len(run) - 1):
            for length in (2, 3, 4):
                form = run[start : start + length]
                if form in asked and len(form) == length:
                    # The edges of a text, and every punctuation mark, leave a form as free as anything can.
                    before[form][text[max(0, begin + start - 1) : begin + start]] += 1
                    after[form][text[begin + start + length : begin + start + length + 1]] += 1
    free: dict[str, tuple[int, int]] = {}
    for form, acts in asked.items():
        total = after[form].total()
        acting = sum(after[form][deed] for deed in DEEDS) / total if total else 0.0
        often = acting >= _ACTS_OFTEN
        least = _FREE - often * _LESS_FREE
        if acting >= acts and _is_free(before[form], least) and _is_free(after[form], least):
            free[form] = total, int(often)
    return free


def _is_free(neighbours: Counter[str], least: float) -> bool:
    total = neighbours.total()
    entropy = -sum(n / total * log2(n / total) for n in neighbours.values())
    return total > 0 and entropy >= min(least, _SHARE_FREE * log2(total))


def _holds_together(form: str, n: int, characters: Counter[str], text: str) -> float:
    """Bits of mutual information at its weakest joint."""
    size = len(text)
    parts = {
        part: characters[part] if len(part) == 1 else text.count(part)
        for cut in range(1, len(form))
        for part in (form[:cut], form[cut:])
    }
    return min(log2(n * size / (parts[form[:cut]] * parts[form[cut:]])) for cut in range(1, len(form)))

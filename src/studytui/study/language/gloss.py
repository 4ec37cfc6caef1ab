"""English glosses: made short and clean for an option, and compared by their content words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from studytui.study.language.stem import stem
from studytui.study.language.synonyms import concepts
from studytui.text.characters import HAN
from studytui.text.words.meaning import MARKED

_ASIDE = re.compile(r"(?:(?<!\s)\s++)?[(\[（【][^()\[\]（）【】]*[)\]）】]")
_NESTED = 4
_OPEN = re.compile(r"(?:(?<!\s)\s++)?[(\[].*")
_SPACE = re.compile(r"\s+")
_LETTER = re.compile("[A-Za-z]")
_BREAK = re.compile("[;,]")
_CLAUSE = re.compile(r"[;,]\s+")
_LEAD = re.compile(
    r"^(?:(?:lit|fig|also known as|also|aka|esp|usu|abbr|coll|euph|idiom|bound form)\.?\s*[:,]?\s+)+",
    re.IGNORECASE,
)
_FIGURATIVE = re.compile(r"\bfig\.?\s+", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:(?:old |archaic |erhua |also |Japanese |dialectal )?variant of|variant\b|see\b|same as|equivalent to"
    r"|abbr\. (?:for|of|to)|used in|surname\b|CL:|Taiwan pr|also (?:pr|written|called)|pr\. \["
    r"|contraction of|radical in|Kangxi radical|component in)",
    re.IGNORECASE,
)
_PRONOUNCED = re.compile(r"(?:\([^()]*\) )?(?:[A-Za-z]+\.? ){1,3}pr\. ")
"""What says how a word is read elsewhere (`also pr. fùqin`), among its meanings in the dictionary."""
_OBJECT = re.compile(r"^to [a-z]+ \((?:an?|the|one's|sb|sth|with|from|for) [a-z' ]{2,24}\)$")
"""A verb with what it is done to in brackets."""
_LEANING = re.compile(r"\bsuch\b")
"""In a gloss that only the one before it explains: `game played with such a shuttlecock`."""
_WHICH = re.compile(r" (?:used (?:to|for|in|as)|in which|of which|that|which|who) ")
"""Where a long gloss goes on to describe what it has named."""
_NAMED = re.compile(rf"\b([A-Z][A-Za-z']+) [{HAN}]+")
"""A name with its characters: `Jiujiang 九江`."""
_CHINESE = re.compile(f"[{HAN}]")
_PART = re.compile(rf"(?<![{HAN}])[{HAN}]++ (?=\S)")
_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_STOP = frozenset(
    """
    a an the to of in on at by for from with into onto upon as and or but nor so than that this these those
    be is are was were been being am do does did done have has had having will would can could may might
    shall should must it its he she his her him they them their we us our you your i me my one ones oneself
    s sb sth somebody something someone etc eg ie e g esp usu lit fig also very more most much many some any
    such other others another each every all both which who whom whose what when where how there here up out
    off over about used use using make makes made get gets give take go
    """.split()  # noqa: SIM905
)
"""Words that say too little for two glosses that share them to mean the same."""


def words(gloss: str) -> tuple[str, ...]:
    """A gloss's words in order, lower-case, without asides in brackets."""
    return tuple(_LETTERS.findall(_ASIDE.sub(" ", gloss).lower()))


@lru_cache(maxsize=65536)
def content(gloss: str) -> frozenset[str]:
    """The stems of a gloss's content words; all its words' where it has nothing else (of, in)."""
    found = words(gloss) or tuple(_LETTERS.findall(gloss.lower()))
    kept = frozenset(stem(word) for word in found if word not in _STOP)
    return kept or frozenset(found)


def field(glosses: Iterable[str]) -> frozenset[str]:
    """The content of several glosses together, with the concepts it belongs to.

    Two words whose fields meet may mean the same; words whose fields do not are safe beside each other.
    """
    return concepts(frozenset().union(*(content(gloss) for gloss in glosses)))


@lru_cache(maxsize=65536)
def cleaned(gloss: str) -> str:
    """A gloss as a learner should see it among others, or empty where it is only a pointer.

    Asides, `lit.`, `fig.` and the like are taken out: an idiom must not be known by its notation. Where a
    gloss has a literal and a figurative half, the figurative one stands.
    """
    if _POINTER.match(gloss.strip()):
        return ""
    text = gloss
    object_ = _OBJECT.match(text.strip())
    if object_ is not None:
        # `to hear (a case)` is more than to hear; brackets would show among options that have none.
        return object_.group(0).replace("(", "").replace(")", "")
    for _ in range(_NESTED):  # brackets within brackets go from the inside out
        text = _ASIDE.sub("", text)
    text = _NAMED.sub(r"\1", _OPEN.sub("", text))
    halves = _FIGURATIVE.split(text, maxsplit=1)
    text = halves[-1] if len(halves) > 1 and halves[-1].strip() else text
    text = _LEAD.sub("", text.strip())
    text = _SPACE.sub(" ", text).strip(' ,;.:!/-"“”')
    return "" if _CHINESE.search(text) or not _LETTER.search(text) else text


def is_verbal(gloss: str) -> bool:
    """Whether it is worded as a verb (`to develop`): the only part of speech the dictionary shows."""
    return gloss.startswith("to ")


def is_composed(glosses: Sequence[str]) -> bool:
    """Whether these are the glosses of a phrase's parts: `核心 core`, `技术 technology`."""
    return len(glosses) > 1 and all(_PART.match(gloss) for gloss in glosses)


def part_meanings(glosses: Sequence[str], shown: Callable[[str], str] = str) -> list[str]:
    """The first meaning of each part of what `is_composed`, of what `shown` leaves of its gloss."""
    return [_BREAK.split(shown(_PART.sub("", gloss, count=1)))[0].strip() for gloss in glosses]


def meanings(glosses: Sequence[str]) -> Sequence[str]:
    """The glosses that say what it means, without those on how it is read elsewhere."""
    return [gloss for gloss in glosses if not _PRONOUNCED.match(gloss)] or glosses


def in_a_line(glosses: Sequence[str], most: int | None = None) -> str:
    """Glosses in a line: `to merge; to integrate`; of what is put together, `literally: top + plan`.

    `most` is how many glosses are shown; of a phrase's parts all are.
    """
    if is_composed(glosses):
        return f"literally: {' + '.join(part_meanings(glosses))}"
    return "; ".join(meanings(glosses)[:most])


def short_gloss(glosses: Sequence[str], length: int = 44) -> str:
    """The first meaning and, where there is room in `length` characters, the next of the same kind.

    Empty if no gloss can be shown without pointing at the answer, and for a phrase that the dictionary has
    not: what its parts mean is not what it means (论资排辈 is not `opinion + resources + a row + lifetime`).
    """
    if is_composed(glosses):
        return ""
    first_said = glosses[0] if glosses else ""
    if first_said.startswith("lit") or "(idiom" in first_said:
        # The tide rises, the boat floats: what is meant comes second.
        meant = [gloss for gloss in glosses if gloss.startswith("fig")]
        later = [gloss for gloss in glosses if gloss not in meant]
        # 走马观花: a glance in passing, rather than the flowers seen from a horse.
        later.sort(key=lambda gloss: gloss.startswith("lit"))
        glosses = [*meant, *later]
    # What is marked as slang or old would stand there without its mark.
    plain = [gloss for gloss in glosses if not MARKED.search(gloss)] or glosses
    shown = [text for gloss in plain if (text := cleaned(gloss))]
    if not shown:
        return ""
    first = shown[0]
    if len(first) > length:
        brief = [text for text in shown if len(text) <= length and not _LEANING.search(text)]
        # One long meaning is shown a little longer rather than broken off.
        first = brief[0] if brief else _cut(first, length + length // 3)
    for text in shown:
        if text != first and is_verbal(text) == is_verbal(first) and len(first) + 2 + len(text) <= length:
            return first if set(content(text)) <= set(content(first)) else f"{first}; {text}"
    return first


def _cut(text: str, length: int) -> str:
    """The first part of a long gloss, cut where a clause or else a word ends."""
    if len(text) <= length:
        return text
    for part in (*_WHICH.split(text)[:1], *_CLAUSE.split(text)):
        if 3 < len(part) <= length:
            return part
    return text[: length - 1].rsplit(" ", 1)[0] + "…"

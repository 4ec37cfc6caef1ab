"""Words to show unasked: met in life, no names, nothing rude, nothing of a subject of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Entry

_RUDE = re.compile(
    r"vulgar|taboo|derog|offensive|profan|slur|sexual|\bsex\b|penis|vagina|breast|genital|prostitut"
    r"|brothel|whore|\brape|fuck|\bshit|\bass\b|excrement|feces|urine|corpse|suicide|murder|slang"
    r"|swear|mistress|concubine|terroris|massacre|genocide|slaughter|\bkill|violence|\bcrim|dementia"
    r"|hunger strike|slavery|dissident|\bNazi|assassin|kidnap|abduct|\bcoffin|funeral|hostage|tortur"
    r"|behead|execution\b|\bdeath|\bdead\b|\bdies?\b|to die|poison|heroin|cocaine|narcotic|drug addict"
    r"|\bbomb|cancer\b|tumou?r|\bgrave\b|\btomb\b|hanged|gravestone|tombstone|mental illness"
    r"|\bash(?:es)?\b|cremat|anus|rectum|toilet|lavatory|massage|schizo|diarrh|vomit|spit\b|chauvinis"
    r"|extremis|racis|fascis|rightist|coup d|incest|adulter|castrat|\bbury|robber",
    re.IGNORECASE,
)
"""Nothing to meet unasked in a quiz."""
_RARE = re.compile(
    r"\((?:archaic|old|dialect|literary|Tw|loanword|Cantonese|Taiwan)\b|variant of", re.IGNORECASE
)
_SPECIAL = re.compile(
    r"\((?:comput|chem|math|phys|biol|botan|zool|anat|geol|astron|ling|gram|elec|econ|law|statist|mil|naut|sport"
    r"|music|medic|TCM|Budd|relig|philos|psych|finance|bird|tennis|chess|wushu|tele)[a-z.]*\)|[<>=\d%]"
)
"""Labels of subjects of their own, and formulas: nothing that a learner of general texts meets."""
_PROPER = ("nr", "ns", "nt", "nz")

LEAST = {1: 4.2, 2: 3.6, 3: 3.4}
"""The Zipf frequency, by length in characters, from which a word without a level is met in life."""


def is_usual(lexicon: Lexicon, headword: str) -> bool:
    """Whether it is a word to show: in the dictionary, met in life, no name, nothing rude or archaic."""
    entries = lexicon.entries(headword)
    if not entries or lexicon.tag(headword) in _PROPER or _proper(entries):
        return False
    frequency = lexicon.frequency(headword) or 0.0
    least = LEAST.get(len(headword), 2.2 if lexicon.tag(headword) == "i" else 2.6)
    if lexicon.level(headword) is None and frequency < least:
        return False
    glosses = entries[0].glosses
    if not glosses or glosses[0][:1].isupper() or _SPECIAL.search(glosses[0]):
        return False
    return not any(_RUDE.search(text) or _RARE.search(text) for text in glosses)


def _proper(entries: Iterable[Entry]) -> bool:
    return any(entry.syllables[:1] and entry.syllables[0][:1].isupper() for entry in entries)

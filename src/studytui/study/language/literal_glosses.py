"""What characters mean inside idioms, and which meaning of a word counts inside a term.

A dictionary begins with the meaning of today: 气 is a gas, 天 a day, 正 just now. Idioms are made of the
older ones. The list holds for the language; what it has not is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytui.text.word_lists import lines

_COMMA = re.compile(r",\s+")
MEANINGS = dict(pair.split(maxsplit=1) for pair in _COMMA.split("\n".join(lines("literal_meanings.txt"))))
"""By character."""

_NOUN = re.compile(
    r"^[a-z]+(?:ty|ness|ment|tion|sion|ance|ence|ship|ism|ics|ology|ure|ation|al|er|or|dom|age)$"
)
_ADJECTIVAL = re.compile(r"^[a-z]+(?:ful|ous|able|ible|less|ic|ive|ed)$")
_PLAIN = frozenset("safe secure lead good new high free clear open fair common public social able".split())  # noqa: SIM905
_LOOKED_AT = 6


def as_noun(glosses: Sequence[str], used: Sequence[str] = ()) -> tuple[str, ...]:
    """The glosses, one that names a thing first where the first is a verb or an adjective (安全: safety).

    What stands in `used` already goes to the end where there is another: no term is `system + system`.
    """
    if not glosses:
        return ()
    chosen = 0
    first = glosses[0].strip()
    near = 3 if first.startswith("to ") else _LOOKED_AT
    if first.startswith("to ") or first in _PLAIN or _ADJECTIVAL.match(first):
        chosen = next(
            (
                place
                for place, text in enumerate(glosses[:near])
                if _NOUN.match(text.strip()) and text.strip() not in _PLAIN
            ),
            0,
        )
    if glosses[chosen] in used:
        chosen = next((place for place, text in enumerate(glosses[:_LOOKED_AT]) if text not in used), chosen)
    return (glosses[chosen], *(text for place, text in enumerate(glosses) if place != chosen))

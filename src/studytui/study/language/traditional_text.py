"""Whether a text is written in traditional characters."""

from __future__ import annotations

from collections.abc import Iterable

from studytui.text.lexicon.lexicon import Lexicon


def is_traditional(text: str, lexicon: Lexicon) -> bool:
    """Whether a text has a character that is only written so in traditional script."""
    return any(
        all(entry.simplified != character for entry in entries)
        for character, entries in lexicon.characters(text)
        if entries
    )


MOSTLY = 0.01
"""Share of characters only written so in traditional script from which a text is in it, and no quotation."""


def is_mostly_traditional(paragraphs: Iterable[str], lexicon: Lexicon, enough: int = 2000) -> bool:
    """Whether a text is in traditional script, judged by its first `enough` characters."""
    seen = found = 0
    for text in paragraphs:
        for character, entries in lexicon.characters(text[: enough - seen]):
            found += bool(entries) and all(entry.simplified != character for entry in entries)
        seen += len(text)
        if seen >= enough:
            break
    return found > MOSTLY * min(seen, enough)

"""Which characters look alike: those that share most of their components, the telling ones above all.

Two characters with 氵 have little in common; two with 青 are easily mixed up (清, 情). So a shared component
counts by how few characters have it, as rare words do in document retrieval (inverse document frequency).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

ALIKE = 0.4
"""Share of their components' weight that two characters must have in common."""
MOST = 12
"""Look-alikes kept of one character."""
_HELD = 0.75
"""What counts of a character that stands whole inside another (竟 in 境): the eye sees that one is fuller."""
_DEEPEST = 6
"""Levels down to which a character is taken apart; the data has circles."""
_EVERYWHERE = 0.12
"""Share of the characters from which a component tells nothing by itself (口)."""

Parts = Mapping[str, Sequence[Sequence[str]]]
"""The components of a character: several ways to see it, the first the best; as 境: [[土, 竟]]."""


def look_alikes(parts: Parts, characters: Iterable[str]) -> dict[str, str]:
    """For each of `characters` that has any, those among them that look like it, likest first."""
    held = {character: _components(character, parts) for character in sorted(set(characters))}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for character, components in held.items():
        for component in components:
            holders[component].add(character)
    weight = {component: log(len(held) / len(those)) for component, those in holders.items()}
    whole = {
        character: sum(weight[component] * count for component, count in components.items())
        for character, components in held.items()
    }
    found: dict[str, str] = {}
    for character, components in held.items():
        near = set(holders.get(character, ()))
        for component in components:
            near |= {component} & held.keys()
            if len(holders[component]) < max(2, _EVERYWHERE * len(held)):
                near |= holders[component]
        near.discard(character)
        scores = {other: _likeness(character, other, held, weight, whole) for other in near}
        likest = sorted((-score, other) for other, score in scores.items() if score >= ALIKE)[:MOST]
        if likest:
            found[character] = "".join(other for _, other in likest)
    return found


def _components(character: str, parts: Parts, depth: int = 0) -> Counter[str]:
    """What a character is made of on all levels (境: 土, 竟, 立, 日 …), without itself."""
    found: Counter[str] = Counter()
    if depth < _DEEPEST and character in parts:
        for part in parts[character][0]:
            if part != character:
                found[part] += 1
                found += _components(part, parts, depth + 1)
    return found


def _likeness(
    one: str,
    other: str,
    held: Mapping[str, Counter[str]],
    weight: Mapping[str, float],
    whole: Mapping[str, float],
) -> float:
    """0 (nothing in common) to 1 (the same components), by weight."""
    for small, large in ((one, other), (other, one)):
        if small in held[large]:
            return _HELD * (weight[small] + whole[small]) / whole[large]
    shared = held[one] & held[other]
    common = sum(weight[component] * count for component, count in shared.items())
    either = whole[one] + whole[other] - common
    return common / either if either > 0 else 0.0

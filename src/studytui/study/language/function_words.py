"""The closed lists: words of grammar, which neither begin nor end a phrase, and openings that point back."""

from __future__ import annotations

from studytui.text.word_lists import sections

_LISTS = sections("function_words.txt")

DUAL = frozenset(
    "正上下大小新多少里中好外内左右前后间来去出进起回开老真光单全共自同如若以而之无不何所相因才往头面道天年月日分点块"
    "名本件家座次双对群片粒碗瓶盘段句首台层股阵场和声合向"
)
"""Function words that are as much at home inside idioms: 风清气正, 无本之木, 走来走去."""

FUNCTION_WORDS = frozenset(_LISTS["function words"])
"""Words that hold sentences together, and the commonest of verbs: they begin, end or make no phrase."""

CONNECTIVES = frozenset(_LISTS["connectives"])
"""Openings that join a sentence to the one before, and may be left off."""

POINTERS = frozenset(_LISTS["pointers"])
"""Openings that mean something said before, which the learner does not see."""

SPEAKING = frozenset(_LISTS["speaking"])
"""Verbs after which something said or thought is expected."""

SETTINGS = frozenset(_LISTS["settings"])
"""Ends of a clause that only says when, where or for whom."""

CONDITIONS = frozenset(_LISTS["conditions"])
"""Openings of a clause that waits for another one."""

"""A placement from its first word to what it tells, for the screen and for a terminal without one."""

from __future__ import annotations

from random import Random

from studytui.session.workspace import Workspace
from studytui.store.unfinished import unfinished_placement
from studytui.study.knowledge import AT_HOME, Knowledge
from studytui.study.placement import Placement
from studytui.text.lexicon.lexicon import Lexicon
from studytui.wording import hsk_name

QUESTION = "Do you know this word: its meaning, when you read it?"
HOW = "Some of the words do not exist. Say yes only to those whose meaning you could tell."
ENOUGH = 15
"""Answers from which a placement that was broken off tells something."""


def begin(workspace: Workspace, chance: Random) -> Placement:
    """A placement for this learner, or the one that was cut off; `chance` draws the words."""
    collection = workspace.collection
    level = collection.config.said_level.place
    answers = unfinished_placement.read(collection.locations.placement, level)
    return Placement(workspace.lexicon, level, chance, answers)


def keep(workspace: Workspace, placement: Placement) -> None:
    """Keeps the answers so far, should the program be killed.

    Raises:
        StudytuiError: they could not be written; the placement goes on without.
    """
    collection = workspace.collection
    level = collection.config.said_level.place
    unfinished_placement.write(collection.locations.placement, level, placement.answers)


def finish(workspace: Workspace, placement: Placement) -> str:
    """Keeps the answers and says in a sentence what they tell.

    Raises:
        StudytuiError: they could not be written; nothing was changed.
    """
    answers = placement.answers
    kept = workspace.collection.locations.placement
    if len(answers) < ENOUGH:
        unfinished_placement.remove(kept)
        return f"Nothing was kept: a placement tells something from {ENOUGH} answers on."
    workspace.collection.take_placement(answers)
    unfinished_placement.remove(kept)
    knowledge = workspace.collection.knowledge or placement.knowledge
    said = _told(knowledge, workspace.lexicon)
    invented = [answer for answer in answers if answer.invented]
    alarms = sum(answer.known for answer in invented)
    if alarms * 3 > len(invented):
        said += f" You said yes to {alarms} of {len(invented)} words that do not exist, which is allowed for."
    return said


def _told(knowledge: Knowledge, lexicon: Lexicon) -> str:
    """`You seem to be at home on HSK 4, with about 3,100 words of the HSK lists.`"""
    listed = [
        word for level in range(1, 8) for length in range(1, 6) for word in lexicon.headwords(length, level)
    ]
    known = round(sum(map(knowledge.chance, listed)), -2)
    level = min(7, round(knowledge.ability[0] - AT_HOME))
    where = f"at home on {hsk_name(level)}" if level >= 1 else "just beginning"
    return f"You seem to be {where}, with about {known:,.0f} words of the HSK lists."

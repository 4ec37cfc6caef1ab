"""Asking what the learner knows already: a level, or a placement that finds out."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from studytui.session import placing
from studytui.study.levels import HskVersion, SaidLevel
from studytui.tui.screens.known_words.level import FIND_OUT, OLDER, LevelScreen, OlderLevelScreen
from studytui.tui.screens.known_words.placement_dialog import PlacementScreen
from studytui.wording import hsk_band, hsk_name

if TYPE_CHECKING:
    from studytui.tui.host import Host


def choose_level(app: Host, then: Callable[[], None]) -> None:
    """Asks, keeps the answer and says what holds now; `then` is called once it is another."""
    collection = app.collection

    def chosen(level: int | None, version: HskVersion = "3.0") -> None:
        said, placed = collection.config.said_level, bool(collection.state.placements)
        if level is None or (SaidLevel(level, version) == said and not placed):
            return
        with app.telling():
            keep_level(app, level, version)
            then()

    def answered(answer: int | None) -> None:
        if answer == FIND_OUT:
            place(app, then)
        elif answer == OLDER:
            ask_older(app, lambda level: chosen(level, "2.0"))
        else:
            chosen(answer)

    said = collection.config.said_level
    app.push_screen(LevelScreen(said.number if said.version == "3.0" else OLDER), answered)


def ask_older(app: Host, then: Callable[[int | None], None]) -> None:
    """Asks for a level of HSK 2.0; `then` is called with it, or with None."""
    said = app.collection.config.said_level

    def chosen(row: int | None) -> None:
        then(None if row is None else row + 1)

    app.push_screen(OlderLevelScreen(said.number if said.version == "2.0" else 0), chosen)


def keep_level(app: Host, level: int, version: HskVersion = "3.0") -> None:
    """Keeps a level and says what holds now.

    Raises:
        StudytuiError: it could not be written; nothing was changed.
    """
    app.collection.set_known_hsk(level, version)
    name = hsk_name(level, version) if version != "3.0" else f"HSK {hsk_band(level).removeprefix('7-')}"
    said = f"Words up to {name} count as known."
    app.say(said if level else "Words count as known once you mark or learn them.")


def place(app: Host, then: Callable[[], None]) -> None:
    """Makes a placement; `then` is called once it is over."""
    placement = placing.begin(app.workspace, Random())  # noqa: S311 - nothing is kept secret by it

    def placed(_: None) -> None:
        with app.telling():
            said = placing.finish(app.workspace, placement)
            app.say(said)
        then()

    app.push_screen(PlacementScreen(placement), placed)

"""Asking what the learner knows already: a level, or a placement that finds out."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from studytui.session import placing
from studytui.tui.screens.known_words.level import FIND_OUT, LevelScreen
from studytui.tui.screens.known_words.placement_dialog import PlacementScreen
from studytui.wording import hsk_band

if TYPE_CHECKING:
    from studytui.tui.host import Host


def choose_level(app: Host, then: Callable[[], None]) -> None:
    """Asks, keeps the answer and says what holds now; `then` is called once it is another."""
    collection = app.collection

    def chosen(level: int | None) -> None:
        if level == FIND_OUT:
            place(app, then)
            return
        placed = bool(collection.state.placements)
        if level is None or (level == collection.config.known_hsk and not placed):
            return
        with app.telling():
            keep_level(app, level)
            then()

    app.push_screen(LevelScreen(collection.config.known_hsk), chosen)


def keep_level(app: Host, level: int) -> None:
    """Keeps a level and says what holds now.

    Raises:
        StudytuiError: it could not be written; nothing was changed.
    """
    app.collection.set_known_hsk(level)
    said = f"Words up to HSK {hsk_band(level).removeprefix('7-')} count as known."
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

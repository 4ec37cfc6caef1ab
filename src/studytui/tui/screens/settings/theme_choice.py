"""Choosing a theme: each is seen on the screen while the cursor stands on its name."""

from __future__ import annotations

from collections.abc import Callable

from studytui.tui.host import Host
from studytui.tui.screens.choice_dialog import ChoiceScreen


def choose_theme(app: Host, then: Callable[[], None] = lambda: None) -> None:
    """Asks, shows it and keeps it; `then` is called once another one is kept."""
    names = sorted(app.available_themes)
    before = app.theme

    def show(number: int) -> None:
        app.theme = names[number]

    def chosen(number: int | None) -> None:
        if number is None:
            app.theme = before
            return
        with app.telling():
            app.collection.change_settings({"theme": names[number]})
            app.say(f"The theme is {names[number]}.")
            then()

    screen = ChoiceScreen("The colours", names, chosen=names.index(before), on_row=show)
    app.push_screen(screen, chosen)

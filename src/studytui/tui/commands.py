"""What the command palette lists of a place: every action, as its key declares it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.actions import parse
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen


def own_commands(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The actions of a screen and of the application, each with its key."""
    active = {each.binding.action: each for each in screen.active_bindings.values()}
    places = [(each.binding, each.node, each.enabled) for each in active.values()]
    # While something is typed no key of the screen is active; here its actions are found all the same.
    places += [
        (binding, screen, True)
        for binding in screen.BINDINGS
        if isinstance(binding, Binding) and binding.action not in active
    ]
    seen = {"suspend_process"}  # chosen from a list, it would be a surprise
    for binding, node, enabled in places:
        name, parameters = parse(binding.action)[1:]
        if not enabled or not binding.id or not binding.description or binding.action in seen:
            continue
        if node is screen and not screen.check_action(name, parameters):
            continue
        seen.add(binding.action)
        what = f"{binding.tooltip or binding.description} ({app.get_key_display(binding)})"
        yield SystemCommand(binding.description, what, partial(app.run_action, binding.action, node))

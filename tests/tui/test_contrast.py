"""Whether what is drawn can be read, in every theme."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget

from studytui.session.workspace import Workspace
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.terminal.contrast import LEAST, contrast, is_text, readable
from studytui.tui.themes import OWN_THEMES
from studytui.tui.widgets.entry_text import STATUS_STYLES, TONE_STYLES
from studytui.tui.widgets.long_list import LongList
from studytui.tui.widgets.text.text_view import TextView
from tests.tui.test_reader import all_found

LEVELS = (0, 64, 128, 192, 255)
NAMED = [
    "$text-muted",
    "$foreground-muted",
    "$text-disabled",
    "$text-accent bold underline",
    "dim",
    "bold dim",
]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((119, 119, 119), (255, 255, 255), 4.48),
        ((9, 9, 9), (9, 9, 9), 1.0),
    ],
)
def test_contrast_is_that_of_wcag(
    one: tuple[int, int, int], other: tuple[int, int, int], ratio: float
) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005) == contrast(other, one)


def test_a_colour_is_changed_only_as_far_as_its_background_needs() -> None:
    colours = [(red, green, blue) for red, green, blue in product(LEVELS, repeat=3)]
    for color, background in product(colours, repeat=2):
        drawn = readable(color, background)
        assert contrast(drawn, background) >= LEAST
        assert (drawn == color) == (contrast(color, background) >= LEAST)


def rows(number: int, width: int) -> Content:
    """Each style by which words are told apart, in one row."""
    styles = [*STATUS_STYLES.values(), *TONE_STYLES.values(), *NAMED]
    return Content.assemble(*(Content.styled("字 zì ", style) for style in styles))


def unreadable(app: StudytuiApp, widget: Widget) -> Iterator[str]:
    """What a widget draws that cannot be read."""
    for y in range(widget.size.height):
        strip = widget.render_line(y)
        for each in app.get_line_filters():
            strip = strip.apply_filter(each, widget.background_colors[1])
        for text, style, _ in strip:
            if not is_text(text) or style is None or style.color is None or style.color.triplet is None:
                continue
            behind = style.bgcolor.triplet if style.bgcolor is not None else None
            ratio = contrast(style.color.triplet, behind or widget.background_colors[1].rgb)
            if style.dim or ratio < LEAST:
                yield f"{widget!r}: {text!r} has {ratio:.2f}"


async def test_all_that_is_drawn_can_be_read_in_every_theme(workspace: Workspace) -> None:
    """The reader with words of every status, its entry, the keys; and every style on a selected row."""
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    async with app.run_test(size=(120, 40)) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        await all_found(app.screen, pilot)
        await pilot.press("v", "v", "n", "a", "n", "m", "n", "i", "n")
        reader = app.screen
        listed: Screen[None] = Screen()
        app.push_screen(listed)
        await pilot.pause()
        styles = LongList(rows, id="styles")
        await listed.mount(styles)
        styles.show(3)
        found: list[str] = []
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            widgets = [styles, *reader.query("*").results()]
            assert any(isinstance(each, TextView) for each in widgets)
            found += [f"{name}: {told}" for each in widgets for told in unreadable(app, each)]
    assert not found, "\n".join(found[:40])
    assert {*BUILTIN_THEMES, *OWN_THEMES} == set(app.available_themes)

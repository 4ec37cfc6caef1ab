"""The app in a real pseudo-terminal, fed with what is hostile: it sends only sequences of its own."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.text.characters import UNSAFE, is_unsafe
from tests.faults.terminal import Terminal
from tests.tui.conftest import MakeApp

UNSEEN = "\u202eevil\u2066\u200b\ufeff\u2028\u061c"
"""What a text of a journal may hold: no controls."""
HOSTILE = f"\x1b]52;c;cm0gLXJm\x07\x1b[2J\x9b31m\x7f{UNSEEN}"
OWN = re.compile(
    r"\x1b\[[<>=?]?[0-9;:]*[ $]?[@-~]"  # CSI
    r"|\x1b(?:[=>78]|\([B0])"
    r"|\x1b\]22;[a-z-]+\x07"  # the shape of the pointer
    r"|[\r\n\t\x0e\x0f]"
)
"""Everything the app may send to the terminal of this test: no OSC of another kind, no DCS, no C1."""
SUBSTANCE = "我们今天去北京。老师们都很高兴，我们喝茶，朋友也喝茶。\n"


def test_no_screen_sends_what_others_wrote_for_the_terminal(home: Path, tmp_path: Path) -> None:
    path = tmp_path / f"题{HOSTILE}.txt"
    path.write_text(f"标题{HOSTILE}\n{SUBSTANCE}{HOSTILE}\n朋友{HOSTILE}\n", "utf-8")
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations) as collection:
        workspace = Workspace(collection)
        document = workspace.open("two-teas")
        collection.library.remember(document)
        for note in workspace.notes_for(document, 4):
            glosses = tuple(f"{gloss}{UNSEEN}" for gloss in note.glosses)
            collection.add_note(replace(note, glosses=glosses))
    # As another machine would have it: titles that no program of ours would write.
    for kept in locations.texts.glob("*/text.json"):
        fields = json.loads(kept.read_text("utf-8"))
        fields["title"] += UNSEEN
        kept.write_text(json.dumps(fields), "utf-8")
    sent = b""
    for arguments, keys in (
        (
            (),
            ["s", "\x1b", "w", "\r", "\x1b", "\x1b", "r", "\r", "1", "\r", "\x1b", "e", "\x1b", "?", "\x1b"],
        ),
        (("read", str(path)), ["j", "\r", "\x1b", "p", "\x1b", "/", "朋友\r", "y", "q", "\x1b"]),
    ):
        terminal = Terminal(*arguments)
        terminal.wait_for("两杯茶" if not arguments else "北京")
        for key in keys:
            terminal.send(key)
            terminal.settle(0.5)
        terminal.send("\x11")
        terminal.exit_status()
        sent += terminal.raw
    left = OWN.sub("", sent.decode("utf-8", "replace"))
    # Copying is the app's own: plain text in base64, and not what the file asked for.
    left = re.sub(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07", "", left)
    assert b"\x1b]52;c;cm0gLXJm" not in sent
    found = re.findall(f"[{UNSAFE}].{{0,20}}", left)
    assert found == []
    assert b"has a fault" not in sent
    assert os.path.lexists(path)


async def test_no_line_of_any_widget_has_what_a_terminal_would_obey(make_app: MakeApp) -> None:
    """Whatever sends the lines, this program's way or Textual's own."""
    hostile = "读\x1b]52;c;cm0=\x07\x9b2J\u202e\u2066\u2028\ufeff\x7f\r书\ufdd0"
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.push_screen(Screen())
        line = Static(Text(hostile), markup=False)
        line.border_title = hostile
        line.styles.border = ("solid", "red")
        await app.screen.mount(line, Input(hostile), Label(Content(hostile)))
        app.notify(hostile, markup=False)
        await pilot.pause()
        drawn = ""
        for widget in app.screen.query("*"):
            for strip in widget.render_lines(Region(0, 0, *widget.outer_size)):
                drawn += strip.text
                assert cell_len(strip.text) == strip.cell_length
        assert not is_unsafe(drawn)
        assert drawn.count("读") >= 4

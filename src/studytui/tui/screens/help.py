"""The keys of the place the learner came from, by what they are for, and what its colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, runtime_checkable

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.style import Style

from studytui.tui.widgets.key_bar import typed_over
from studytui.tui.widgets.key_groups import GROUPS
from studytui.tui.widgets.wrapped_text import EntryLine, WrappedText


@runtime_checkable
class Explained(Protocol):
    """A screen whose colours mean something."""

    def legend(self) -> Sequence[tuple[str, Style]]:
        """What is told apart, each in its look."""


@runtime_checkable
class UsesSigns(Protocol):
    """A screen with columns, marks or figures that do not say themselves what they mean."""

    SIGNS: ClassVar[Sequence[tuple[str, str]]]
    """Each, and what it means."""


class HelpScreen(ModalScreen[None]):
    """Lists what can be done and by which keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close", id="help.close"),
        Binding("space,pagedown", "page(1)", "Next page", show=False, id="help.next-page"),
        Binding("b,pageup", "page(-1)", "Previous page", show=False, id="help.previous-page"),
    ]

    def __init__(self, of: Screen[object]) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """A box in the middle."""
        with VerticalScroll(id="help-box") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Space further, Esc closes"
            yield WrappedText(id="help-keys")

    def on_mount(self) -> None:
        """Lists them."""
        lines = [EntryLine(line) for line in self._legend()]
        if isinstance(self._of, UsesSigns):
            lines += _signs(self._of.SIGNS)
        for group, told in self._groups().items():
            lines += [
                EntryLine(Content("")),
                EntryLine(Content.styled(group, "bold $text-accent")),
                *_lines(told),
            ]
        self.query_one("#help-keys", WrappedText).show(lines if self._legend() else lines[1:])

    def action_page(self, count: int) -> None:
        """Shows the next keys, or those before."""
        box = self.query_one("#help-box", VerticalScroll)
        box.scroll_relative(y=count * (box.size.height - 1), animate=False)

    def _legend(self) -> list[Content]:
        """What the colours of a text mean, each shown as the text has it."""
        if not isinstance(self._of, Explained):
            return []
        told = [Content.styled(name, style) for name, style in self._of.legend()]
        rows = [Content("  ") + Content("   ").join(told[at : at + 3]) for at in range(0, len(told), 3)]
        return [Content.styled("Colours", "bold $text-accent"), *rows]

    def _groups(self) -> dict[str, dict[str, tuple[list[str], list[str]]]]:
        """Group -> action -> what it does, there and back, and its keys."""
        usual = "Here"
        found: dict[str, dict[str, tuple[list[str], list[str]]]] = {
            name: {} for name in (usual, *(group.description for group in GROUPS))
        }
        is_text = typed_over(self._of)
        for _, binding, enabled, _ in self._of.active_bindings.values():
            what = binding.tooltip or binding.description
            if not enabled or binding.id is None or not what or is_text(binding):
                continue  # without an id it is not ours: a list's own arrows, Textual's own keys
            # There and back again is one line: `word(True)` and `word(False)`.
            name, _, rest = binding.action.partition("(")
            action = name if rest in ("True)", "False)", "1)", "-1)") else binding.action
            group = found[binding.group.description if binding.group is not None else usual]
            deeds, keys = group.setdefault(action, ([], []))
            if what not in deeds:
                deeds.append(what)
            keys.append(self.app.get_key_display(binding))
        return {name: actions for name, actions in found.items() if actions}


def _signs(signs: Sequence[tuple[str, str]]) -> list[EntryLine]:
    width = max(cell_len(sign) for sign, _ in signs)
    return [
        EntryLine(Content("")),
        EntryLine(Content.styled("What stands here", "bold $text-accent")),
        *(
            EntryLine(
                Content.assemble("  ", Content.styled(set_cell_size(sign, width), "bold"), f"  {told}"),
                width + 4,
            )
            for sign, told in signs
        ),
    ]


_WIDEST = 44
"""Cells of the column of what keys do."""


def _lines(told: dict[str, tuple[list[str], list[str]]]) -> list[EntryLine]:
    """What each key does, then the key."""
    rows = [
        (", ".join([deeds[0], *(deed[0].lower() + deed[1:] for deed in deeds[1:])]), " ".join(keys))
        for deeds, keys in told.values()
    ]
    width = min(_WIDEST, max(len(deed) for deed, _ in rows))
    return [
        EntryLine(Content.assemble(f"  {deed.ljust(width)}  ", Content.styled(keys, "bold")), 4)
        for deed, keys in rows
    ]

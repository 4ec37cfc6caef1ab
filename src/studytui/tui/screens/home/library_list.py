"""The library as a list: the texts by heading, a row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from studytui.session.library import LibraryText, TextFigures
from studytui.store.setting import TextOrder
from studytui.tui.screens.home.library_rows import row
from studytui.tui.widgets.row_list import RowList

Groups = Sequence[tuple[str, Sequence[LibraryText]]]
"""Headings, each with its texts."""


def groups_of(texts: Sequence[LibraryText], order: TextOrder, *, archive: bool) -> Groups:
    """Texts in an order by heading, those that are archived only with `archive`."""
    mine = [text for text in texts if text.record is not None and text.part != "archive"]
    if order == "folder":
        folders = list(dict.fromkeys(text.folder for text in mine))
        found = [(folder, [text for text in mine if text.folder == folder]) for folder in folders]
    else:
        found = [("Your texts", mine)]
    bundled = [text for text in texts if text.record is None]
    found.append(("Texts that come with studytui" if not mine else "More that come with studytui", bundled))
    if archive:
        found.append(("Archive", [text for text in texts if text.part == "archive"]))
    return [(heading, rows) for heading, rows in found if rows]


def _heading(what: str, count: int) -> Content:
    return Content.assemble(Content.styled(what, "$text-primary"), Content.styled(f"  {count}", "dim"))


class LibraryList(RowList):
    """Keeps its cursor on its text while rows come, go and change."""

    @property
    def key(self) -> str | None:
        """The key of the text under the cursor."""
        option = self.highlighted_option
        return None if option is None else option.id

    def show(
        self,
        groups: Groups,
        figures: Mapping[str, TextFigures],
        width: int,
        alike: frozenset[str],
        none: str = "",
    ) -> None:
        """Shows texts, with how each suits the learner as far as that is known.

        Args:
            groups: the texts by heading.
            figures: by `LibraryText.key`.
            width: of a row, in cells.
            alike: titles that more than one text has.
            none: what is said where there is no text to show.
        """
        rows: list[tuple[str | None, Content]] = []
        for heading, texts in groups:
            rows += [(None, Content(""))] if rows else []
            rows.append((None, _heading(heading, len(texts))))
            rows += [
                (text.key, row(text, figures.get(text.key), width, text.title in alike)) for text in texts
            ]
        if not rows and none:
            rows.append((None, Content(none)))
        self._show_rows(rows)

    def _show_rows(self, rows: Sequence[tuple[str | None, Content]]) -> None:
        """Shows rows, each with its text's key, a heading without one.

        The cursor stays on its text; on the first row it stays on the first row.
        """
        if [option.id for option in self.options] == [key for key, _ in rows]:
            for at, (_, content) in enumerate(rows):
                if self.get_option_at_index(at).prompt != content:
                    self.replace_option_prompt_at_index(at, content)
            return
        first = next((option for option in self.options if not option.disabled), None)
        before = self.highlighted_option if self.highlighted_option is not first else None
        self.clear_options()
        self.add_options([Option(content, id=key, disabled=key is None) for key, content in rows])
        if before is None or not self.go_to(before.id):
            self.highlighted = next((at for at, (key, _) in enumerate(rows) if key is not None), None)

    def go_to(self, key: str | None) -> bool:
        """Puts the cursor on a text; whether it is listed."""
        keys = [option.id for option in self.options]
        if key not in keys:
            return False
        self.highlighted = keys.index(key)
        return True

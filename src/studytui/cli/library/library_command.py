"""The learner's texts: listed, added, renamed, archived, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studytui.cli.output import open_workspace, print_object, say, say_aside
from studytui.cli.streams import stdin_of
from studytui.errors import StudytuiError, UsageError
from studytui.session.adding import add_text, previewed, previews_of
from studytui.session.library import (
    LibraryText,
    TextFigures,
    every_figure,
    in_order,
    level_of,
    library,
    with_words,
)
from studytui.session.workspace import Workspace
from studytui.store.setting import TextOrder
from studytui.store.state.records import TextRecord
from studytui.study.coverage import AIM
from studytui.text.document import LinesChoice
from studytui.text.source.source import bundled, load
from studytui.wording import hsk_name, many, share_span


def texts(order: TextOrder, query: str, *, json: bool) -> int:
    """The learner's texts and the bundled ones, in an order; those of which `query` is said."""
    with open_workspace() as workspace:
        found = [
            text
            for text in library(workspace, workspace.collection.due_counts())
            if query or text.part != "archive"
        ]
        figures = every_figure(workspace, found)
    listed = with_words(found, figures, query)
    for text in in_order(listed, figures, order):
        if json:
            print_object(_fields(text, figures.get(text.key)))
        else:
            say(_line(text, figures.get(text.key)))
    if not listed:
        say_aside(f"no text matches {query}")
    return 0


def _fields(text: LibraryText, found: TextFigures | None) -> dict[str, object]:
    record = text.record
    fields: dict[str, object] = {
        "title": text.title,
        "name": text.key,
        "part": text.part,
        "folder": text.folder,
        "opened": record.opened.isoformat() if record is not None else None,
        "due": text.due,
    }
    if found is not None:
        fields |= {
            "characters": found.characters,
            "words": found.words,
            "level": level_of(text, found),
            "read": None if found.read is None else round(found.read, 4),
            "new": found.new,
            "known_low": round(found.low, 4),
            "known_high": round(found.high, 4),
            "words_to_95": found.missing,
        }
    return fields


def _line(text: LibraryText, found: TextFigures | None) -> str:
    said = [f"{text.title}  ({text.key})"]
    if found is None:
        return f"{said[0]}  not here"
    if (level := level_of(text, found)) is not None:
        said.append(f"{'' if text.deck is not None else 'about '}{hsk_name(level)}")
    said.append(many(found.characters, "character"))
    if found.read is not None:
        said.append(f"{int(100 * found.read)} % read")
    aim = f"{many(found.missing, 'word')} to {100 * AIM:.0f} %" if found.missing else "readable now"
    said.append(f"known {share_span(found.low, found.high)} %, {found.new:,} new, {aim}")
    if text.due:
        said.append(f"{text.due} due")
    return "  ".join(said)


def add(paths: Sequence[str], lines: LinesChoice | None) -> int:
    """Adds texts: files, folders with all below them, `-` for standard input. Says what cleaning did."""
    failed = False
    with open_workspace() as workspace:
        for path in paths:
            if path != "-" and Path(path).expanduser().is_dir():
                for each in previews_of(workspace, Path(path).expanduser()):
                    if isinstance(each, StudytuiError):
                        say_aside(str(each))
                        failed = True
                    elif not each.known:
                        add_text(workspace, each)
                        say(f"{each.document.title}  ({each.document.id})  {each.cleaning}")
                continue
            preview = previewed(workspace, load(path, stdin_of(path)), lines)
            add_text(workspace, preview)
            say(f"{preview.document.title}  ({preview.document.id})  {preview.cleaning}")
    return 1 if failed else 0


def rename(name: str, title: str) -> int:
    """Calls a text otherwise."""
    with open_workspace() as workspace:
        record = _named(workspace, name)
        workspace.collection.library.rename(record.id, title)
        say(f"{record.title} is called {workspace.collection.library.titles()[record.id]} now.")
    return 0


def archive(names: Sequence[str], *, back: bool) -> int:
    """Puts texts out of the way, or back."""
    with open_workspace() as workspace:
        records = [_named(workspace, name) for name in names]
        for record in records:
            workspace.collection.library.archive(record.id, archived=not back)
            say(f"{record.title} is {'back in the library' if back else 'in the archive'}.")
    return 0


def delete(names: Sequence[str]) -> int:
    """Takes texts out of the library."""
    with open_workspace() as workspace:
        records = [_named(workspace, name) for name in names]
        for record in records:
            workspace.collection.library.delete(record.id)
            say(f"{record.title} is out of the library; its notes and its file stay. `u` at home undoes it.")
    return 0


def _named(workspace: Workspace, name: str) -> TextRecord:
    """The one text of the learner's that is called so.

    Raises:
        UsageError: there is none, or more than one, or it comes with the program.
    """
    found = workspace.texts_named(name)
    if len(found) == 1 and found[0].name not in {deck.name for deck in bundled()}:
        return found[0]
    if len(found) > 1:
        ids = ", ".join(record.id for record in found)
        raise UsageError(f"{len(found)} texts are called {name}: name one of them by its id ({ids}).")
    if found or any(deck.name == name for deck in bundled()):
        raise UsageError(f"{name} comes with studytui, and stays as it is.")
    raise UsageError(f"no text of yours is called {name}: `studytui texts` lists them.")

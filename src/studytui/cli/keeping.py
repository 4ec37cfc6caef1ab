"""Commands about what is kept: export, check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.cli.output import open_desk, print_object, say
from studytui.cli.reading import stdin_of
from studytui.errors import StudytuiError, UsageError

if TYPE_CHECKING:
    from studytui.anki.export import Exported
    from studytui.store.desk import Desk
    from studytui.text.document import Document

NOTES = 40
"""Key phrases of a text that are exported from the application."""


def export(name: str, target: str, limit: int, *, progress: bool, json: bool) -> int:
    """Writes a text's key phrases, and the notes the learner made of it, for Anki or a spreadsheet."""
    from studytui.anki.export import ENDINGS

    path = Path(target).expanduser()
    if path.suffix.lower() not in ENDINGS:  # said before the work, not after it
        raise UsageError(f"{target} ends in none of {', '.join(ENDINGS)}: name the file after its format.")
    with open_desk() as desk:
        written = export_text(desk, desk.open(name, stdin_of(name)), path, limit, progress=progress)
    if json:
        print_object({"path": str(written.path), "notes": written.notes, "cards": written.cards})
    else:
        say(f"{written.path}: {written.notes} notes, {written.cards} cards.")
    return 0


def export_text(
    desk: Desk,
    document: Document,
    path: Path,
    limit: int,
    *,
    progress: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Writes a text's notes to a file.

    Raises:
        UsageError: the path cannot be written to, or names no format.
        StudytuiError: there is nothing to write, or it cannot be written.
    """
    from studytui.anki.export import export as write
    from studytui.anki.parts import of_notes

    collection = desk.collection
    notes = desk.notes_for(document, limit)
    if not notes:
        raise StudytuiError(f"{document.title} has no phrase that stands out to be exported.")
    return write(
        notes,
        path,
        deck_title=document.title,
        memories=collection.state.memories,
        reviews=desk.reviews(),
        suspended=collection.state.suspended,
        templates=collection.config.templates,
        progress=progress,
        script=collection.config.script,
        scheduler=collection.scheduler,
        sentence_readings=desk.sentence_readings(notes),
        parts_of_speech=of_notes(notes, desk.lexicon),
        at=collection.now(),
        ledger=collection.locations.state / "exported.json",
        on_progress=on_progress,
    )


def write_notes(desk: Desk, document: Document, path: Path, on_progress: Callable[[int, int], None]) -> str:
    """As `export_text`, from the application; says what was written.

    Raises:
        UsageError, StudytuiError: as `export_text`.
    """
    written = export_text(desk, document, path, NOTES, on_progress=on_progress)
    return f"{written.path}: {written.notes} notes, {written.cards} cards."


def check(*, repair: bool, json: bool) -> int:
    """Whether the learner's files are sound; with `repair`, makes them so."""
    with open_desk() as desk:
        if repair:
            for sentence in desk.collection.repair():
                if json:
                    print_object({"done": sentence})
                else:
                    say(sentence)
        findings = desk.collection.check()
    for finding in findings:
        if json:
            print_object(
                {
                    "kind": finding.kind,
                    "file": str(finding.file),
                    "line": finding.line,
                    "sentence": finding.sentence,
                    "mended_by_repair": finding.mended,
                }
            )
        else:
            say(finding.sentence)
    if json:
        print_object({"sound": not findings, "findings": len(findings)})
    elif not findings:
        say("Everything is sound.")
    return 1 if any(finding.mended for finding in findings) else 0

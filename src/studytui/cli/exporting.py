"""`studytui export`: notes for Anki or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.cli.output import chapter_told, counting, open_workspace, print_object, say
from studytui.cli.streams import stdin_of
from studytui.errors import StudytuiError, UsageError
from studytui.restricted import require_own
from studytui.store.reports.reviews import reviews_and_forgotten
from studytui.text.characters import printable_line
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.anki.out.export import Exported
    from studytui.session.workspace import Workspace
    from studytui.study.notes.card import Template
    from studytui.text.document import Document, LinesChoice

NOTES = 40
"""Key phrases of a text that are exported from the application."""
_LOT = 100
"""Notes whose sentences are read between two signs of progress."""
IN_ANKI = (
    "In Anki, tick “Import any learning progress”. "
    "Cards that Anki has already take progress only through the studytui add-on."
)
"""What must be said of a package each time: by default Anki throws progress away."""
IN_A_TABLE = (
    "Anki makes one card of each row, unless it has a studytui deck already. "
    "Check that the column Back fills the back of the card."
)
"""What must be said of a table: an Anki in another language than English finds the first column alone."""
OTHERS = "other words"
"""The deck of notes without a sentence, where all notes are exported."""


def export(
    name: str | None,
    target: str,
    limit: int,
    *,
    cards: Sequence[Template] | None,
    progress: bool,
    json: bool,
    lines: LinesChoice | None = None,
) -> int:
    """Writes a text's key phrases and the notes made of it, or all notes, for Anki or a spreadsheet."""
    from studytui.anki.out.export import ENDINGS

    path = Path(target).expanduser()
    if path.suffix.lower() not in ENDINGS:  # said before the work, not after it
        raise UsageError(f"{target} ends in none of {', '.join(ENDINGS)}: name the file after its format.")
    with open_workspace() as workspace:
        document = workspace.open(name, stdin_of(name), lines) if name is not None else None
        with counting("Exporting") as told_of:
            written = export_notes(
                workspace,
                document,
                path,
                limit,
                cards=cards,
                progress=progress,
                on_progress=told_of,
                on_chapter=chapter_told,
            )
    if json:
        print_object({"path": str(written.path), "notes": written.notes, "cards": written.cards})
    else:
        say(told(written))
    return 0


def told(written: Exported) -> str:
    """What was written, in a sentence."""
    counts = f"{many(written.notes, 'note')}, {many(written.cards, 'card')}"
    left = f"; {many(written.left_out, 'word')} without such a card left out" if written.left_out else ""
    if written.deleted:
        left += f"; {many(written.deleted, 'note')} that you deleted in Anki left out"
    hints = {".apkg": f" {IN_ANKI}", ".csv": f" {IN_A_TABLE}", ".tsv": f" {IN_A_TABLE}"}
    return f"{written.path}: {counts}{left}.{hints.get(written.path.suffix.lower(), '')}"


def export_notes(
    workspace: Workspace,
    document: Document | None,
    path: Path,
    limit: int,
    *,
    cards: Sequence[Template] | None = None,
    progress: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
    on_chapter: Callable[[int, int], None] = lambda done, all_: None,
) -> Exported:
    """Writes a text's notes to a file, or all notes if no text is given.

    Args:
        workspace: the learner's.
        document: the text.
        path: the file.
        limit: how many key phrases of the text are taken.
        cards: the kinds that are made; if not given, those of the settings and what was studied.
        progress: whether schedules and reviews go with them.
        on_progress: told how much is done, of how much.
        on_chapter: told how many chapters of a long text have been gone through for its phrases, of how many.

    Raises:
        UsageError: the path cannot be written to, or names no format.
        StudytuiError: there is nothing to write, or it cannot be written.
    """
    from studytui.anki.out.export import FIRST_CHANGE
    from studytui.anki.out.export import export as write
    from studytui.anki.out.part_of_speech import of_notes
    from studytui.session.exported_notes import places, sentence_readings  # no screen waits for it
    from studytui.study.language.measure_words import measure_words

    require_own(path, printable_line(str(path)))
    collection = workspace.collection
    notes = collection.notes() if document is None else workspace.notes_for(document, limit, on_chapter)
    if not notes:
        raise StudytuiError(
            "You have no notes yet: learn words in a text, or name the text to export."
            if document is None
            else f"{document.title} has no phrase that stands out to be exported."
        )
    given = len(notes)
    notes = tuple(note for note in notes if not collection.cards.is_deleted_elsewhere(note.id))
    if not notes:
        raise StudytuiError("All these notes were deleted in Anki: put one back (`S`, then `@`, in the app).")
    # Reading the sentences and writing the file each take about half of the time.
    half = max(1, len(notes))
    readings: dict[str, str] = {}
    for start in range(0, len(notes), _LOT):
        if on_progress:
            on_progress(start, 2 * half)
        readings |= sentence_readings(workspace, notes[start : start + _LOT])

    def rest(done: int, total: int) -> None:
        if on_progress:
            on_progress(half + done * half // max(1, total), 2 * half)

    reviews, forgotten = reviews_and_forgotten(collection.locations, collection.state)
    written = write(
        notes,
        path,
        deck_title=document.title if document is not None else OTHERS,
        memories=collection.state.memories,
        reviews=reviews,
        forgotten=forgotten,
        suspended=collection.state.suspended,
        templates=collection.config.templates if cards is None else cards,
        keep_studied=cards is None,
        progress=progress,
        script=collection.config.script,
        phonetics=collection.config.phonetics,
        scheduler=collection.scheduler,
        sentence_readings=readings,
        parts_of_speech=of_notes(notes, workspace.lexicon),
        measure_words=measure_words(notes, workspace.lexicon),
        places=places(workspace, notes, document),
        at=collection.now(),
        changed={note.id: FIRST_CHANGE for note in notes} | collection.state.note_times(),
        ledger=collection.locations.state / "exported.json",
        on_progress=rest,
    )
    return replace(written, deleted=given - len(notes))


def write_notes(
    workspace: Workspace,
    document: Document | None,
    path: Path,
    cards: Sequence[Template],
    progress: bool,
    on_progress: Callable[[int, int], None],
) -> str:
    """As `export_notes`, from the application; says what was written.

    Raises:
        UsageError, StudytuiError: as `export_notes`.
    """
    chosen = None if tuple(cards) == workspace.collection.config.templates else cards
    written = export_notes(
        workspace, document, path, NOTES, cards=chosen, progress=progress, on_progress=on_progress
    )
    return told(written)

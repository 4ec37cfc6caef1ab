"""Notes and their progress as a file for Anki (.apkg, .csv, .tsv), for Pleco (.txt) or for paper (.md)."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from studytui.anki.out import write_file
from studytui.anki.out.fields import AnkiNote, anki_notes
from studytui.anki.out.lint import lint
from studytui.anki.out.note_times import Ledger
from studytui.errors import StudytuiError, UsageError
from studytui.store.config import Phonetics, Script
from studytui.store.gc_pause import no_cycles
from studytui.study.notes.card import Memory, Template
from studytui.study.notes.note import Note
from studytui.study.notes.review import Review
from studytui.study.scheduling.scheduler import Scheduler
from studytui.text.token import Entry

ENDINGS: Final = (".apkg", ".csv", ".tsv", ".txt", ".md")
"""What a target's name may end in."""
DEFAULT_TEMPLATES: Final[tuple[Template, ...]] = ("recognition", "recall", "cloze")
FIRST_CHANGE: Final = datetime(2025, 11, 23, tzinfo=UTC)
"""When a note counts as changed of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    notes: int
    cards: int
    """Questions."""
    left_out: int = 0
    """How many of our notes had none of the chosen cards (a cloze without a sentence)."""
    deleted: int = 0
    """How many were not given, since the learner deleted them in Anki."""


@no_cycles()  # a tenth of the time: rows and fields cannot refer back to one another
def export(
    notes: Sequence[Note],
    target: Path,
    *,
    deck_title: str,
    memories: Mapping[str, Memory] = MappingProxyType({}),
    reviews: Sequence[Review] = (),
    forgotten: Mapping[str, datetime] = MappingProxyType({}),
    suspended: Container[str] = (),
    templates: Sequence[Template] = DEFAULT_TEMPLATES,
    keep_studied: bool = False,
    progress: bool = True,
    script: Script = "simplified",
    phonetics: Phonetics = "pinyin",
    scheduler: Scheduler | None = None,
    sentence_readings: Mapping[str, str] = MappingProxyType({}),
    parts_of_speech: Mapping[str, str] = MappingProxyType({}),
    measure_words: Mapping[str, Sequence[Entry]] = MappingProxyType({}),
    places: Mapping[str, str] = MappingProxyType({}),
    at: datetime | None = None,
    changed: Mapping[str, datetime] = MappingProxyType({}),
    ledger: Path | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Writes notes in the order given, in the format that the target's name ends in.

    Args:
        notes: best first; each headword with its reading once.
        target: `.apkg`, `.csv`, `.tsv`, `.txt` or `.md`; replaced in one step if it is there.
        deck_title: the deck of notes that have no sentence, and the title of the sheet.
        memories: by card id; reviews without a memory are not exported.
        reviews: the history of those cards since they were last new.
        forgotten: when cards were made new again (UTC), by card id.
        suspended: ids of cards that are out of the queue, and are so in Anki.
        templates: which cards to make.
        keep_studied: whether cards of other kinds are made too where they have a memory. (A card that was
            exported before and then is not has an empty front in Anki.)
        progress: False gives fresh cards, none of them suspended.
        script: which form of the headword stands first, but that of a text in traditional characters does.
        phonetics: how readings are written.
        scheduler: whose study days, steps, retention and weights hold; the defaults if not given.
        sentence_readings: of the example sentences, in `phonetics`, by note id.
        parts_of_speech: as words for a learner (`noun`, `verb, noun`), by note id.
        measure_words: the dictionary's entries of what counts the word, by note id.
        places: where the sentence stands in its text (`paragraph 3 of 12`), by note id.
        at: now; a note that was changed is given this time, so that Anki takes the change.
        changed: when each note was last edited, by note id: the time of one that is not in the ledger yet, so
            that what the learner wrote in Anki since is not overwritten by another machine.
        ledger: a file that remembers what was exported when, so that what did not change keeps its time and
            the same content gives the same bytes. Without it every note is as new as `at`.
        on_progress: told how many notes are done, of how many.

    Raises:
        UsageError: the target's name, its folder, or the choice of templates cannot work.
        StudytuiError: there is nothing to export, a note is unsound, or the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"{target} ends in none of {', '.join(ENDINGS)}: name the file after its format.")
    if not templates:
        raise UsageError("No kind of card was chosen: choose recognition, recall, reading or cloze.")
    write_file.refuse_unwritable(target)
    if not notes:
        raise StudytuiError("There is nothing to export: no notes were given.")
    made = list(
        anki_notes(
            notes,
            deck_title=deck_title,
            templates=templates,
            script=script,
            sentence_readings=sentence_readings,
            parts_of_speech=parts_of_speech,
            measure_words=measure_words,
            places=places,
            phonetics=phonetics,
            kept=memories if keep_studied else (),
        )
    )
    if not made:
        raise StudytuiError("There is nothing to export: no note can make a card of the chosen kinds.")
    lint(made)
    if ending == ".apkg":
        _write_package(
            made,
            target,
            memories=memories if progress else {},
            reviews=reviews if progress else (),
            forgotten=forgotten if progress else {},
            suspended=suspended if progress else (),
            scheduler=scheduler or Scheduler(),
            at=at,
            edited=changed,
            ledger=ledger,
            on_progress=on_progress,
        )
    else:
        if on_progress:
            on_progress(0, len(made))
        write_file.write(target, _text(made, ending, deck_title, phonetics))
        if on_progress:
            on_progress(len(made), len(made))
    cards = sum(len(anki_note.templates) for anki_note in made)
    return Exported(target, len(made), cards, len(notes) - len(made))


def _text(made: Sequence[AnkiNote], ending: str, deck_title: str, phonetics: Phonetics) -> bytes:
    """The notes as a sheet, a list or a table."""
    if ending == ".md":
        from studytui.anki.out.study_sheet import sheet

        return sheet(made, deck_title=deck_title, phonetics=phonetics)
    if ending == ".txt":
        from studytui.anki.out.pleco import pleco_list

        return pleco_list(made)
    from studytui.anki.out.tables import table

    return table(made, separator="\t" if ending == ".tsv" else ",")


def _write_package(
    made: Sequence[AnkiNote],
    target: Path,
    *,
    memories: Mapping[str, Memory],
    reviews: Sequence[Review],
    forgotten: Mapping[str, datetime],
    suspended: Container[str],
    scheduler: Scheduler,
    at: datetime | None,
    edited: Mapping[str, datetime],
    ledger: Path | None,
    on_progress: Callable[[int, int], None] | None,
) -> None:
    from studytui.anki.out.package import build

    now = int((at or FIRST_CHANGE).timestamp())
    remembered = Ledger.read(ledger) if ledger else None
    content = build(
        made,
        memories=memories,
        reviews=reviews,
        forgotten=forgotten,
        suspended=suspended,
        scheduler=scheduler,
        changed=remembered.stamp(made, now, edited) if remembered else [now] * len(made),
        on_progress=on_progress,
    )
    write_file.write(target, content)
    if remembered and ledger:
        remembered.write(ledger)

"""The learner's collection: what is known and due, and the only way to change it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from studytui.errors import StudytuiError
from studytui.store.card_changes import CardChanges
from studytui.store.config import Config, usual_value
from studytui.store.health.future_dates import told_of_dates
from studytui.store.journal.bounds import kept_note, kept_text
from studytui.store.journal.events import (
    LONGEST_ANSWER,
    LONGEST_TIME,
    EventType,
    Reviewed,
    Subjects,
    mend_to_json,
    terms_to_json,
)
from studytui.store.locations import Locations
from studytui.store.setting import OF_A_MACHINE
from studytui.store.state.changes import Changes
from studytui.store.state.due_cards import CollectionDue
from studytui.store.state.fold import State
from studytui.store.state.word_status import Words
from studytui.store.text_library import TextLibrary
from studytui.study.knowledge import Knowledge, Tried
from studytui.study.levels import HskVersion
from studytui.study.notes.card import Memory, split_card_id
from studytui.study.notes.note import Note, met_again
from studytui.study.notes.review import Rating
from studytui.study.scheduling.queue import DueCard, DueCards, DueCount, Today
from studytui.study.scheduling.scheduler import Scheduler, fuzz_chance
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import Mark, Status
from studytui.text.words.recut import Mend

if TYPE_CHECKING:
    from studytui.store.health.findings import Finding
    from studytui.text.lexicon.lexicon import Lexicon


def _now() -> datetime:
    return datetime.now(UTC)


class Collection:
    """One session with the learner's files, as a context manager. Threads take turns in it.

    Opening reads only, unless a journal has lost what this machine wrote: that is put back. Each act is on
    disk when its method returns; a method that raises has changed nothing.
    """

    def __init__(
        self, locations: Locations, clock: Callable[[], datetime] = _now, days: StudyDays | None = None
    ) -> None:
        self.locations = locations
        self.config = Config.read(locations.settings)
        self.clock = clock
        self.days = days or StudyDays(rollover_hour=self.config.rollover_hour)
        self.changes = Changes(locations, self.now, self._touched)
        """Writes what is said here, and takes it back."""
        self._dates: tuple[str, ...] = ()
        """What is to be said of events that are dated in the future."""
        history = self.changes.history
        self.words = Words(history, lambda: self.config.said_level)
        """Which words are known. Whoever asks much of it has the turn of `changes`."""
        self._due = CollectionDue(history, lambda: self.config, self.days, self.now, self.words)
        self.library = TextLibrary(self.changes, locations.texts)
        """The learner's texts."""
        self.cards = CardChanges(self.changes, self.study_day, lambda: self.config.templates)
        """Suspends, buries and forgets cards."""

    @classmethod
    def open(
        cls, locations: Locations, clock: Callable[[], datetime] = _now, days: StudyDays | None = None
    ) -> Collection:
        """Reads the settings, the snapshot and what the journals have beyond it.

        Raises:
            StudytuiError: a file cannot be read, is wrong (settings), or is of a later format; the data
                folder is gone, though this machine has written there.
        """
        collection = cls(locations, clock, days)
        collection.changes.load()
        if said := told_of_dates(locations, collection.state, clock()):
            collection._dates = (said,)
        return collection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes the snapshot, if there is something new in it, and the day's backup, if this session wrote.

        Both come from the journals, where everything is already: that they fail loses nothing.
        """
        with self.changes.turn, suppress(StudytuiError):
            self.changes.save()
            if self.changes.has_written:
                from studytui.store.health.backups import back_up_daily

                back_up_daily(self.locations, self.study_day())

    def now(self) -> datetime:
        """The time by the collection's clock."""
        return self.clock()

    def study_day(self) -> date:
        """The study day that it is now."""
        return self.days.day(self.clock())

    @property
    def state(self) -> State:
        """The folded state. Not to be changed."""
        return self.changes.state

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the learner about files that are not wholly sound."""
        return (*self.changes.writer.warnings, *self.changes.history.warnings, *self._dates)

    def refresh(self) -> bool:
        """Takes in what other sessions and devices have written; whether there was anything."""
        return self.changes.refresh()

    def undo(self) -> str | None:
        """Takes back the last act that still counts: see `Changes.undo`."""
        return self.changes.undo()

    def redo(self) -> str | None:
        """Does again what was taken back last, an answer as one of today: see `Changes.redo`."""

        def again(event: Reviewed) -> None:
            self.answer(event.card, event.rating, event.took_ms, event.kind, event.given, event.confused)

        return self.changes.redo(again)

    def _touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        self.words.touched(subjects)
        self._due.touched(subjects)

    # Words and notes

    def status(self, headword: str) -> Status:
        """Whether a headword is new, learning, known or ignored."""
        return self.words.status(headword)

    def knows_words_by(self, lexicon: Lexicon) -> None:
        """Takes the dictionary by which words are judged of which nothing was said."""
        self.words.lexicon = lexicon

    def chance(self, headword: str) -> float:
        """The chance, 0 to 1, that the learner knows a word."""
        return self.words.chance(headword)

    def interval(self, counts: Mapping[str, int]) -> tuple[float, float] | None:
        """Between which shares, 0 to 1, of running words are known, in four cases of five; None if exactly.

        `counts` are how often a text has each headword.
        """
        with self.changes.turn:
            return self.words.interval(counts)

    @property
    def knowledge(self) -> Knowledge | None:
        """What is known of the learner; None while neither a level was said nor a placement made."""
        return self.words.knowledge()

    def take_placement(self, answers: Sequence[Tried]) -> None:
        """Records a placement's answers, as one act. Those of an earlier one do not count any more."""
        placement = secrets.token_hex(8)
        self.changes.record_all(
            (
                "placement",
                {
                    "headword": each.headword,
                    "known": each.known,
                    "invented": each.invented,
                    "batch": placement,
                },
            )
            for each in answers
        )

    def set_known_hsk(self, level: int, version: HskVersion = "3.0") -> None:
        """Counts words up to a level as known from now on, and keeps that in `config.toml`.

        A placement that was made before does not count any more.

        Args:
            level: of HSK, 1 to 7; 0 for none.
            version: of which lists it is.

        Raises:
            StudytuiError: the settings cannot be written; they are as they were.
        """
        with self.changes.turn:
            kept = None if version == "3.0" else version
            self.change_settings({"known_hsk": level, "hsk_version": kept})
            while answers := self.state.placements:  # under it there may be those of an earlier one
                self.changes.record_all([("undo", {"target": each.event}) for each in answers.values()])

    def change_settings(self, values: Mapping[str, object]) -> None:
        """Keeps settings in `config.toml`; they hold at once.

        Args:
            values: by key, each as it stands in the file; None takes one out, so that its default holds.

        Raises:
            StudytuiError: one is not allowed, or they cannot be written; they are as they were.
        """
        if self.config.share_settings:
            # What is not in the file is taken as it is on other machines; here it is to be the usual value.
            values = {
                key: usual_value(key) if value is None and key not in OF_A_MACHINE else value
                for key, value in values.items()
            }
        with self.changes.turn:
            self.config = Config.write(self.locations.settings, values)

    @property
    def has_settings(self) -> bool:
        """Whether there is a file of settings."""
        return self.locations.settings.exists()

    @property
    def is_fresh(self) -> bool:
        """Whether the learner has not said of any word yet how well it is known."""
        state = self.state
        return not (self.config.known_hsk or state.marks or state.notes or state.placements)

    def statuses(self, headwords: Iterable[str]) -> dict[str, Status]:
        """The status of each headword."""
        with self.changes.turn:
            return {headword: self.status(headword) for headword in headwords}

    def mark(self, headword: str, status: Mark) -> None:
        """Says that a headword is known, ignored or learned; `new` takes back what was said."""
        if self.state.marks.get(headword, "new") != status:
            self.changes.record("mark", {"headword": headword, "status": status})

    def mark_all(self, statuses: Mapping[str, Mark]) -> int:
        """As `mark`, for many headwords as one act, all or none; how many were not so marked."""
        marks, batch = self.state.marks, secrets.token_hex(8)
        said: list[tuple[EventType, Any]] = [
            ("mark", {"headword": headword, "status": status, "batch": batch})
            for headword, status in statuses.items()
            if marks.get(headword, "new") != status
        ]
        if said:
            self.changes.record_all(said)
        return len(said)

    def note(self, note_id: str) -> Note | None:
        """The note with this id."""
        record = self.state.notes.get(note_id)
        return record.note if record else None

    def notes(self, document_id: str | None = None) -> tuple[Note, ...]:
        """All notes, or those taken from one text, in the order in which they were added."""
        records = [
            record
            for record in list(self.state.notes.values())
            if document_id is None or document_id in record.documents
        ]
        records.sort(key=lambda record: (record.event, record.note.id))
        return tuple(record.note for record in records)

    def add_note(self, note: Note) -> bool:
        """Adds a note, or updates the one with its id; False if it is there already, just so."""
        return self.add_notes([note]) == 1

    def add_notes(self, notes: Iterable[Note]) -> int:
        """Adds or updates many notes at once, all or none; how many were not there just so."""
        fresh: dict[str, Note] = {}
        for note in map(kept_note, notes):
            known = fresh.get(note.id, self.note(note.id))
            if known is not None:
                note = met_again(known, note)
            if note != known:
                fresh[note.id] = note
        said: list[tuple[EventType, Any]] = [
            ("note", {"act": "put", "note": note}) for note in fresh.values()
        ]
        if said:
            self.changes.record_all(said)
        return len(said)

    def set_remarks(self, remarks: Mapping[str, str]) -> int:
        """Puts on notes what the learner wrote elsewhere, as HTML by note id; how many changed."""
        said: list[tuple[EventType, Any]] = []
        for name, remark in remarks.items():
            note = self.note(name)
            if note is not None and note.remark != kept_text(remark):
                said.append(("note", {"act": "put", "note": kept_note(replace(note, remark=remark))}))
        if said:
            self.changes.record_all(said)
        return len(said)

    def edit_note(self, note: Note) -> bool:
        """Keeps a note that is there as the learner has written it; False if it is so already.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
        """
        note = kept_note(note)
        if note == self.note(note.id):
            return False
        self.changes.record("note", {"act": "put", "note": note})
        return True

    def delete_notes(self, names: Iterable[str]) -> int:
        """Deletes notes by their ids, as one act; how many there were.

        What was answered counts for its days. Added again, a word goes on with the memory that it had.
        """
        notes = [note for name in dict.fromkeys(names) if (note := self.note(name)) is not None]
        batch = secrets.token_hex(8)
        if notes:
            self.changes.record_all(
                [("note", {"act": "delete", "note": note, "batch": batch}) for note in notes]
            )
        return len(notes)

    def segment(self, mend: Mend) -> None:
        """Says how a stretch of text is cut into tokens: a merge if it has one part."""
        if not mend.parts or not all(mend.parts):
            raise ValueError("a cut has parts, none of them empty")
        self.changes.record("segment", mend_to_json(mend))

    def mends(self, document_id: str) -> tuple[Mend, ...]:
        """The learner's cuts that hold in a text, the oldest first."""
        records = sorted(self.state.segments.values(), key=lambda record: record.id)
        return tuple(record.mend for record in records if record.mend.holds_in(document_id))

    # Cards

    def answer(
        self,
        card: str,
        rating: Rating,
        took_ms: int,
        kind: str,
        given: str | None = None,
        confused: str | None = None,
    ) -> Memory:
        """Records an answer and schedules the card. It is on disk before this returns.

        Args:
            card: its id.
            rating: how well it went.
            took_ms: milliseconds from the question to the answer.
            kind: of the question.
            given: what was typed or chosen.
            confused: the headword that was taken for the card's, if one was.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
            ValueError: it is not a card's id.
        """
        split_card_id(card)
        self.refresh()
        scheduler = self.scheduler
        before = self.state.memories.get(card)
        chance = self._chance(card)

        def said(at: datetime) -> dict[str, Any]:
            answer = scheduler.answer(at, rating, chance)
            fields: dict[str, Any] = {
                "card": card,
                "rating": int(rating),
                "took_ms": min(max(0, int(took_ms)), LONGEST_TIME),
                "kind": kind,
                "given": None if given is None else kept_text(given[:LONGEST_ANSWER]),
                "day": answer.day.isoformat(),
                "offset": answer.offset,
                **terms_to_json(answer.terms),
            }
            if chance is not None:
                fields["fuzz"] = chance
            if confused:
                fields["confused"] = confused
            if self._leech(before, scheduler.advance(before, answer)):
                fields["leech"] = True
            return fields

        with self.changes.turn:
            self.changes.record("review", said)
            return self.state.memories[card]

    def card(self, card: str) -> DueCard | None:
        """A card by its id, due or not; None if there is no such note."""
        name, template = split_card_id(card)
        note = self.note(name)
        return None if note is None else DueCard(note, template, self.state.memories.get(card))

    def preview(self, card: str) -> dict[Rating, timedelta]:
        """How long until the card would come back, for each rating."""
        return self.scheduler.preview(self.state.memories.get(card), self.clock(), self._chance(card))

    def _chance(self, card: str) -> float | None:
        """Of the fuzz, if it is wanted."""
        before = self.state.memories.get(card)
        return fuzz_chance(card, before.reps if before else 0) if self.config.fuzz else None

    @property
    def scheduler(self) -> Scheduler:
        """The schedule on the learner's terms."""
        return Scheduler(self.config.terms, self.days, self.state.weights)

    def adopt(self, weights: Sequence[float]) -> None:
        """Schedules by other weights from now on."""
        self.changes.record("optimised", {"weights": list(weights)})

    def _leech(self, before: Memory | None, after: Memory) -> bool:
        """At the threshold, and each half of it further on, as in Anki."""
        threshold = self.config.leech_threshold
        if not threshold or after.lapses <= (before.lapses if before else 0) or after.lapses < threshold:
            return False
        return (after.lapses - threshold) % max(1, -(-threshold // 2)) == 0

    # What is due

    def queue(self, document_id: str | None = None, at: datetime | None = None) -> DueCards:
        """The cards to be studied now, or `at` some other time, first things first; of one text, if named."""
        with self.changes.turn:
            return self._due.queue(document_id, at)

    def today(self, document_id: str | None = None) -> Today:
        """What this study day still holds; of one text, if it is named. See also `figures.rest_of_day`."""
        with self.changes.turn:
            return self._due.today(document_id)

    def due_counts(self) -> Mapping[str, DueCount]:
        """For each text that notes were taken from, how many of its cards are due; `""` stands for all."""
        with self.changes.turn:
            return self._due.counts()

    def due_tomorrow(self) -> DueCount:
        """What the next study day begins with if nothing more is done today, with what is buried and new."""
        with self.changes.turn:
            return self._due.tomorrow()

    def next_due(self, document_id: str | None = None) -> datetime | None:
        """When a card that was seen before comes back first (UTC); None if there is none. It may be past.

        With a text's id, of the cards of notes that were taken from it.
        """
        with self.changes.turn:
            return self._due.next_due(document_id)

    # Soundness

    def check(self) -> tuple[Finding, ...]:
        """What is not sound in the learner's files; nothing is changed."""
        from studytui.store.health.check import check

        return check(self.locations, self.clock())

    def repair(self) -> tuple[str, ...]:
        """Mends what `check` finds, after a backup; sentences that say what was done. Nothing is deleted."""
        from studytui.store.health.check import repair

        done = repair(self.locations, self.clock(), self.changes.writer)
        self.changes.reload()
        self._dates = ()
        return done

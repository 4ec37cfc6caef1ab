"""The learner's collection: what is known and due, and the only way to change it."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import attrgetter
from threading import RLock
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from studytui.errors import StudytuiError
from studytui.store.config import Config
from studytui.store.health.future_dates import told_of_dates
from studytui.store.journal.events import (
    LONGEST_ANSWER,
    LONGEST_TIME,
    MOST_UNDONE,
    Event,
    EventType,
    Reviewed,
    Subjects,
    kept_note,
    kept_text,
    mend_to_json,
    said_by,
    terms_to_json,
)
from studytui.store.journal.imported_acts import ForeignAct, later
from studytui.store.journal.imported_acts import event_of as foreign_act
from studytui.store.journal.imported_reviews import (
    ANKI,
    ForeignReview,
    events_of,
    forgetting,
    memories_after,
    outdated,
    unseen,
)
from studytui.store.journal.writer import Writer, Written
from studytui.store.locations import Locations
from studytui.store.reports import statistics
from studytui.store.state.due_cards import CollectionDue
from studytui.store.state.fold import State
from studytui.store.state.records import ReadingPlace, TextRecord
from studytui.store.state.replay import History
from studytui.store.state.undo import Act, Acts, told_of
from studytui.store.state.word_status import Words
from studytui.store.texts import read_text, write_text
from studytui.study.knowledge import Knowledge, Tried
from studytui.study.notes.card import TEMPLATES, Memory, Template, card_id, split_card_id
from studytui.study.notes.note import Note, met_again
from studytui.study.notes.review import Rating
from studytui.study.scheduling.due_index import cards_of
from studytui.study.scheduling.queue import DueCard, DueCards, DueCount, Today
from studytui.study.scheduling.scheduler import Scheduler, fuzz_chance
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import LEFT_ALONE, Mark, Status
from studytui.text.document import Document, LinesChoice
from studytui.text.words.recut import Mend

if TYPE_CHECKING:
    from studytui.store.health.findings import Finding
    from studytui.store.reports.progress import Progress
    from studytui.store.reports.statistics import Stats
    from studytui.study.scheduling.optimiser import Proposal
    from studytui.text.lexicon.lexicon import Lexicon


LONGEST_TITLE = 200
"""Characters of the title that a learner gives a text."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A suspended card."""

    card: str
    """Its id."""
    headword: str
    glosses: tuple[str, ...]
    template: Template
    why: str
    """`leech`, `by hand`, or `deleted` in another program."""
    lapses: int
    """How often it was forgotten."""


_order = attrgetter("id")


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
        self._history = History(locations)
        self._writer = Writer(locations, clock)
        self._turn = RLock()
        self._wrote = False
        self._dates: tuple[str, ...] = ()
        """What is to be said of events that are dated in the future."""
        self._acts = Acts(locations)
        self._words = Words(self._history, lambda: self.config.known_hsk)
        self._due = CollectionDue(self._history, lambda: self.config, self.days, self.now, self._words)

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
        collection._writer.restore()
        collection._history.load()
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
        with self._turn, suppress(StudytuiError):
            self._writer.require_home()  # an unmounted disk must not get a folder in its place
            self._history.save()
            if self._wrote:
                from studytui.store.health.backups import back_up_daily

                back_up_daily(self.locations, self.days.day(self.clock()))

    def now(self) -> datetime:
        """The time by the collection's clock."""
        return self.clock()

    @property
    def state(self) -> State:
        """The folded state. Not to be changed."""
        return self._history.state

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the learner about files that are not wholly sound."""
        return (*self._writer.warnings, *self._history.warnings, *self._dates)

    def refresh(self) -> bool:
        """Takes in what other sessions and devices have written; whether there was anything."""
        with self._turn:
            self._writer.restore()
            subjects = self._history.refresh()
            self._touched(subjects)
        return subjects is None or bool(subjects)

    # Words and notes

    def status(self, headword: str) -> Status:
        """Whether a headword is new, learning, known or ignored."""
        return self._words.status(headword)

    def knows_words_by(self, lexicon: Lexicon) -> None:
        """Takes the dictionary by which words are judged of which nothing was said."""
        self._words.lexicon = lexicon

    def chance(self, headword: str) -> float:
        """The chance, 0 to 1, that the learner knows a word."""
        return self._words.chance(headword)

    def interval(self, counts: Mapping[str, int]) -> tuple[float, float] | None:
        """Between which shares, 0 to 1, of running words are known, in four cases of five; None if exactly.

        `counts` are how often a text has each headword.
        """
        with self._turn:
            return self._words.interval(counts)

    @property
    def knowledge(self) -> Knowledge | None:
        """What is known of the learner; None while neither a level was said nor a placement made."""
        return self._words.knowledge()

    def take_placement(self, answers: Sequence[Tried]) -> None:
        """Records a placement's answers, as one act. Those of an earlier one do not count any more."""
        placement = secrets.token_hex(8)
        self._record_all(
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

    def set_known_hsk(self, level: int) -> None:
        """Counts words up to a level as known from now on, and keeps that in `config.toml`.

        A placement that was made before does not count any more.

        Args:
            level: of HSK 3.0, 1 to 7; 0 for none.

        Raises:
            StudytuiError: the settings cannot be written; they are as they were.
        """
        with self._turn:
            self.change_settings({"known_hsk": level})
            while answers := self.state.placements:  # under it there may be those of an earlier one
                self._record_all([("undo", {"target": each.event}) for each in answers.values()])

    def change_settings(self, values: Mapping[str, object]) -> None:
        """Keeps settings in `config.toml`; they hold at once.

        Args:
            values: by key, each as it stands in the file; None takes one out, so that its default holds.

        Raises:
            StudytuiError: one is not allowed, or they cannot be written; they are as they were.
        """
        with self._turn:
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
        with self._turn:
            return {headword: self.status(headword) for headword in headwords}

    def mark(self, headword: str, status: Mark) -> None:
        """Says that a headword is known, ignored or learned; `new` takes back what was said."""
        if self.state.marks.get(headword, "new") != status:
            self._record("mark", {"headword": headword, "status": status})

    def mark_all(self, statuses: Mapping[str, Mark]) -> int:
        """As `mark`, for many headwords as one act, all or none; how many were not so marked."""
        marks, batch = self.state.marks, secrets.token_hex(8)
        said: list[tuple[EventType, Any]] = [
            ("mark", {"headword": headword, "status": status, "batch": batch})
            for headword, status in statuses.items()
            if marks.get(headword, "new") != status
        ]
        if said:
            self._record_all(said)
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
            self._record_all(said)
        return len(said)

    def set_remarks(self, remarks: Mapping[str, str]) -> int:
        """Puts on notes what the learner wrote elsewhere, as HTML by note id; how many changed."""
        said: list[tuple[EventType, Any]] = []
        for name, remark in remarks.items():
            note = self.note(name)
            if note is not None and note.remark != kept_text(remark):
                said.append(("note", {"act": "put", "note": kept_note(replace(note, remark=remark))}))
        if said:
            self._record_all(said)
        return len(said)

    def edit_note(self, note: Note) -> bool:
        """Keeps a note that is there as the learner has written it; False if it is so already.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
        """
        note = kept_note(note)
        if note == self.note(note.id):
            return False
        self._record("note", {"act": "put", "note": note})
        return True

    def delete_notes(self, names: Iterable[str]) -> int:
        """Deletes notes by their ids, as one act; how many there were.

        What was answered counts for its days. Added again, a word goes on with the memory that it had.
        """
        notes = [note for name in dict.fromkeys(names) if (note := self.note(name)) is not None]
        batch = secrets.token_hex(8)
        if notes:
            self._record_all([("note", {"act": "delete", "note": note, "batch": batch}) for note in notes])
        return len(notes)

    def segment(self, mend: Mend) -> None:
        """Says how a stretch of text is cut into tokens: a merge if it has one part."""
        if not mend.parts or not all(mend.parts):
            raise ValueError("a cut has parts, none of them empty")
        self._record("segment", mend_to_json(mend))

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

        with self._turn:
            self._record("review", said)
            return self.state.memories[card]

    def take_reviews(
        self, reviews: Iterable[ForeignReview], forgotten: Mapping[str, datetime] = MappingProxyType({})
    ) -> int:
        """Takes in reviews that were made elsewhere, all or none; how many were not in a journal already.

        What was answered, here or elsewhere, before a card was made new again does not count any more.

        Args:
            reviews: made elsewhere.
            forgotten: card id -> when it was made new again elsewhere (UTC).

        Raises:
            StudytuiError: they could not be written, or a journal cannot be read; nothing was changed.
        """
        with self._turn:
            self.refresh()
            old = outdated(forgotten, self.locations, self.state.undone)
            undos = [forgetting(event, forgotten[event.card]) for event in old]
            fresh = [
                review
                for review in unseen(reviews, self.locations)
                if review.card not in forgotten or review.at > forgotten[review.card]
            ]
            kept = {card: memory for card, memory in self.state.memories.items() if card not in forgotten}
            taken = events_of(fresh, self.scheduler, kept)
            if events := [*undos, *taken]:
                self._written(self._writer.append(events))
        return len(taken)

    def take_acts(self, acts: Iterable[ForeignAct]) -> int:
        """Takes in what was done to cards elsewhere, all or none; how much of it was new here.

        Raises:
            StudytuiError: it could not be written, or a journal cannot be read; nothing was changed.
        """
        with self._turn:
            self.refresh()
            if events := [foreign_act(act) for act in self.new_acts(acts)]:
                self._written(self._writer.append(events))
        return len(events)

    def new_acts(
        self, acts: Iterable[ForeignAct], reviews: Iterable[ForeignReview] = ()
    ) -> tuple[ForeignAct, ...]:
        """Those of some acts done elsewhere that would change something here, once reviews are taken.

        See `imported_acts.later`.
        """
        known = self.state.memories
        after: dict[str, Memory | None] = {**known, **memories_after(reviews, self.scheduler, known)}
        return later(
            acts,
            self.locations,
            suspended=self.state.suspended,
            memories=after,
            today=self.days.day(self.clock()),
        )

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

    def _leech(self, before: Memory | None, after: Memory) -> bool:
        """At the threshold, and each half of it further on, as in Anki."""
        threshold = self.config.leech_threshold
        if not threshold or after.lapses <= (before.lapses if before else 0) or after.lapses < threshold:
            return False
        return (after.lapses - threshold) % max(1, -(-threshold // 2)) == 0

    def is_set_aside(self, headword: str) -> bool:
        """Whether a word is not asked, since the learner marked it as known or ignored."""
        return self.state.marks.get(headword) in LEFT_ALONE

    def is_out(self, card: str) -> bool:
        """Whether a card is suspended, or buried for today."""
        state = self.state
        return card in state.suspended or (
            card in state.buried and state.buried[card] == self.days.day(self.clock())
        )

    def taken_out(self) -> tuple[TakenOut, ...]:
        """The suspended cards, those of a headword together."""
        state = self.state
        found = []
        for card, why in list(state.suspended.items()):
            name, template = split_card_id(card)
            if name in state.deleted:
                continue
            record, memory = state.notes.get(name), state.memories.get(card)
            note = record.note if record else None
            found.append(
                TakenOut(
                    card,
                    note.headword if note else name.partition("/")[0],
                    note.glosses if note else (),
                    template,
                    why,
                    memory.lapses if memory else 0,
                )
            )
        return tuple(sorted(found, key=lambda each: (each.headword, each.card)))

    def is_deleted_elsewhere(self, note_id: str) -> bool:
        """Whether a note was deleted in another program, and nothing of it was put back since."""
        suspended = self.state.suspended
        why = [suspended.get(card_id(note_id, template)) for template in TEMPLATES]
        return "deleted" in why and None not in why

    def suspend(self, card: str) -> None:
        """Takes a card out of the queue until `unsuspend`."""
        split_card_id(card)
        if card not in self.state.suspended:
            self._record("note", {"act": "suspend", "card": card})

    def unsuspend(self, card: str) -> None:
        """Puts a suspended card back."""
        split_card_id(card)
        if card in self.state.suspended:
            self._record("note", {"act": "unsuspend", "card": card})

    def cards(self, name: str) -> tuple[str, ...]:
        """The ids of a note's cards: those that are asked, and those that were answered."""
        note, memories = self.note(name), self.state.memories
        asked = cards_of(note, self.config.templates) if note is not None else ()
        cards = ((template, card_id(name, template)) for template in TEMPLATES)
        return tuple(card for template, card in cards if template in asked or card in memories)

    def suspend_all(self, names: Iterable[str]) -> int:
        """Takes all cards of these notes out of the queue, as one act; how many of the notes were in it."""
        return self._act_on("suspend", names, lambda card: card not in self.state.suspended)

    def unsuspend_all(self, names: Iterable[str]) -> int:
        """Puts all cards of these notes back, as one act; of how many notes any was suspended."""
        return self._act_on("unsuspend", names, lambda card: card in self.state.suspended)

    def forget(self, names: Iterable[str]) -> int:
        """Makes all cards of these notes new again, as one act; how many notes were not new.

        Suspended cards are put back. What was answered counts for its days.
        """
        state = self.state
        return self._act_on(
            "forget",
            names,
            lambda card: any(card in of for of in (state.memories, state.suspended, state.buried)),
        )

    def _act_on(
        self,
        act: Literal["suspend", "unsuspend", "forget"],
        names: Iterable[str],
        changes: Callable[[str], bool],
    ) -> int:
        """Does something to the cards of notes that it changes; to cards of how many notes."""
        batch = secrets.token_hex(8)
        told = {
            name: cards
            for name in dict.fromkeys(names)
            if (cards := [card for card in self.cards(name) if changes(card)])
        }
        if told:
            self._record_all(
                [
                    ("note", {"act": act, "card": card, "batch": batch})
                    for cards in told.values()
                    for card in cards
                ]
            )
        return len(told)

    def bury(self, card: str) -> None:
        """Hides a card for the rest of this study day."""
        split_card_id(card)
        today = self.days.day(self.clock())
        if self.state.buried.get(card) != today:
            self._record("note", {"act": "bury", "card": card, "day": today.isoformat()})

    # What is due

    def queue(self, document_id: str | None = None) -> DueCards:
        """The cards to be studied now, first things first; of one text, if it is named."""
        with self._turn:
            return self._due.queue(document_id)

    def today(self, document_id: str | None = None) -> Today:
        """What this study day still holds; of one text, if it is named. See also `figures.rest_of_day`."""
        with self._turn:
            return self._due.today(document_id)

    def due_counts(self) -> Mapping[str, DueCount]:
        """For each text that notes were taken from, how many of its cards are due; `""` stands for all."""
        with self._turn:
            return self._due.counts()

    def due_tomorrow(self) -> DueCount:
        """What the next study day begins with if nothing more is done today, with what is buried and new."""
        with self._turn:
            return self._due.tomorrow()

    def next_due(self, document_id: str | None = None) -> datetime | None:
        """When a card that was seen before comes back first (UTC); None if there is none. It may be past.

        With a text's id, of the cards of notes that were taken from it.
        """
        with self._turn:
            return self._due.next_due(document_id)

    # Texts

    def remember_text(self, document: Document, lines: LinesChoice | None = None) -> None:
        """Keeps a text that was opened, and says so in the journal; `lines` is what becomes of its lines."""
        self._writer.require_home()
        write_text(self.locations.texts, document)
        record = self.state.texts.get(document.id)
        own = record.own_title if record is not None else None  # so that a new name can be taken back
        title = document.title if own is None else own
        said = {"document": document.id, "title": kept_text(title), "name": document.name}
        choice = lines or self.lines_of(document.id)
        self._record("text", said if choice == "auto" else {**said, "lines": choice})

    def lines_of(self, document_id: str) -> LinesChoice:
        """What the learner said of a text's lines."""
        record = self.state.texts.get(document_id)
        return "auto" if record is None else record.lines

    def texts(self) -> tuple[TextRecord, ...]:
        """The texts of the learner's library, archived ones too, the one opened last first."""
        texts = [text for text in self.state.texts.values() if not text.deleted]
        return tuple(sorted(texts, key=lambda text: (text.event, text.id), reverse=True))

    def titles(self) -> dict[str, str]:
        """By id, what the texts are called, those that were deleted too: notes were taken from them."""
        return {text.id: text.title for text in self.state.texts.values()}

    def rename_text(self, document_id: str, title: str) -> None:
        """Calls a text otherwise, from now on and wherever it is opened from.

        Raises:
            StudytuiError: that is no title.
        """
        title = " ".join(kept_text(title).split())
        if not title or len(title) > LONGEST_TITLE or not title.isprintable():
            raise StudytuiError(f"A title has from 1 to {LONGEST_TITLE} characters, in one line.")
        if title != self._text(document_id).title:
            self._record("library", {"document": document_id, "act": "rename", "title": title})

    def archive_text(self, document_id: str, *, archived: bool = True) -> None:
        """Puts a text out of the way, or back among the others.

        Raises:
            StudytuiError: there is no such text.
        """
        if self._text(document_id).archived != archived:
            self._record("library", {"document": document_id, "act": "archive" if archived else "unarchive"})

    def delete_text(self, document_id: str) -> None:
        """Takes a text out of the library. Its notes stay, and an undo brings it back.

        Raises:
            StudytuiError: there is no such text.
        """
        self._text(document_id)
        self._record("library", {"document": document_id, "act": "delete"})

    def _text(self, document_id: str) -> TextRecord:
        record = self.state.texts.get(document_id)
        if record is None or record.deleted:
            raise StudytuiError("There is no such text in your library: see `studytui texts`.")
        return record

    def text(self, document_id: str) -> Document | None:
        """A text that was kept, as the learner calls it; None if it is not here.

        Raises:
            StudytuiError: it cannot be read, or is damaged.
        """
        document = read_text(self.locations.texts, document_id)
        return None if document is None else self.titled(document)

    def sound_text(self, document_id: str) -> Document | None:
        """As `text`, and None if it is damaged too: what only looks into it goes on without."""
        try:
            return self.text(document_id)
        except StudytuiError:
            return None

    def titled(self, document: Document) -> Document:
        """A text as the learner calls it."""
        if all(text.own_title is None for text in self.state.texts.values()):
            return document  # its id takes a while to find
        record = self.state.texts.get(document.id)
        renamed = record is not None and record.own_title is not None
        return replace(document, title=record.title) if record is not None and renamed else document

    def place(self, document_id: str) -> ReadingPlace | None:
        """Where reading stopped."""
        return self.state.places.get(document_id)

    def set_place(self, document_id: str, paragraph: int, offset: int) -> None:
        """Says where reading stopped: to be called when a text is left, not at each move."""
        place = self.state.places.get(document_id)
        if place is None or (place.paragraph, place.offset) != (paragraph, offset):
            said = {"document": document_id, "paragraph": paragraph, "offset": offset}
            self._record("place", said)

    # Undo, figures, soundness

    @contextmanager
    def one_act(self, foreign: int = 0) -> Iterator[Act]:
        """Whatever is recorded within is one act to `undo`, also after a restart.

        `foreign` is how many events that were made elsewhere it brings: being equal on all machines, they
        cannot bear its name.
        """
        with self._turn:
            act = self._acts.begin(foreign)
            try:
                yield act
            finally:
                self._acts.end(act)

    def undo(self) -> str | None:
        """Takes back the last act that still counts; a sentence that says which, or None.

        First this session's acts, then those that this device had written before it began: what another
        session does meanwhile is that session's to take back. What `mark_all` marked is one act.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
        """
        with self._turn:
            self.refresh()
            return self._take_back(self._acts.last(self.state.undone))

    def take_back(self, act: Act) -> str | None:
        """Takes back one act of this session, whatever came after it; None if it counts no more.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
        """
        with self._turn:
            self.refresh()
            return self._take_back([event for event in act.events if event.id not in self.state.undone])

    def undoable(self, most: int) -> tuple[Act, ...]:
        """The acts that `undo` would take back one after the other, the last first; `most` at most."""
        with self._turn:
            self.refresh()
            return tuple(islice(self._acts.each(self.state.undone), most))

    def redo(self) -> str | None:
        """Does again what was taken back last; a sentence that says what, or None if there is nothing.

        An answer is given anew, and counts for today. Once anything else was done, there is nothing any more.

        Raises:
            StudytuiError: it is an import, which cannot be done again so; or it could not be written.
        """
        with self._turn:
            if not self._acts.taken_back:
                return None
            *rest, events = self._acts.taken_back
            if any(event.device == ANKI for event in events):
                raise StudytuiError("an import is done again by importing the file once more.")
            others = [event for event in events if not isinstance(event, Reviewed)]
            with self.one_act():
                if others:
                    self._record_all((event.type, said_by(event)) for event in sorted(others, key=_order))
                for event in events:
                    if isinstance(event, Reviewed):
                        rating, kind = event.rating, event.kind
                        self.answer(event.card, rating, event.took_ms, kind, event.given, event.confused)
            self._acts.taken_back = rest
            return f"Redone: {told_of(events)}."

    def _take_back(self, events: Sequence[Event]) -> str | None:
        if not events:
            return None
        ids = [event.id for event in events]
        self._record_all(
            [
                ("undo", {"target": first, **({"more": more} if more else {})})
                for first, *more in (ids[at : at + MOST_UNDONE] for at in range(0, len(ids), MOST_UNDONE))
            ]
        )
        self._acts.taken_back.append(list(events))
        return f"Undone: {told_of(events)}."

    def stats(self, at: datetime | None = None) -> Stats:
        """The figures of the study day of `at`, or of now."""
        now = at or self.clock()
        today = self.days.day(now)
        aside = self._words.set_aside() | self.state.deleted
        notes = [note for note in self.notes() if note.id not in aside]
        with self._turn:
            due = self._due.queue(at=now)
        new = sum(
            (card := card_id(note.id, template)) not in self.state.memories
            and card not in self.state.suspended
            for note in notes
            for template in cards_of(note, self.config.templates)
        )
        words = Counter(self.statuses(self._words.headwords()).values())
        return statistics.stats(self.state, today, len(due), new, words, aside)

    def forecast(self, days: int) -> tuple[int, ...]:
        """How many cards come back on each of so many study days, today first: see `statistics.forecast`."""
        with self._turn:
            today, aside = self.days.day(self.clock()), self._words.set_aside()
            return statistics.forecast(self.state, today, days, aside)

    def progress(self, levels: Mapping[str, int | None] | None = None) -> Progress:
        """How it went over the last year; reads all journals.

        Args:
            levels: headword -> HSK level; the notes' own where it is not said.
        """
        from studytui.store.reports import progress
        from studytui.store.reports.histories import Histories

        own = {record.note.headword: record.note.hsk for record in self.state.notes.values()}
        statuses = self.statuses(self._words.headwords())
        told = Histories(self.locations, self.state)
        today = self.days.day(self.clock())
        return progress.progress(told, self.state, today, self.days, statuses, {**own, **(levels or {})})

    def optimise(self) -> Proposal:
        """Makes weights from the learner's own reviews, and adopts them if they foretell later ones better.

        Raises:
            StudytuiError: there are too few reviews, or the extra is not installed.
        """
        from studytui.store.reports.histories import Histories
        from studytui.study.scheduling.optimiser import propose

        groups = Histories(self.locations, self.state).groups()
        proposal = propose([history for group in groups for history in group.values()], self.scheduler)
        if proposal.better:
            self._record("optimised", {"weights": list(proposal.weights)})
        return proposal

    def check(self) -> tuple[Finding, ...]:
        """What is not sound in the learner's files; nothing is changed."""
        from studytui.store.health.check import check

        return check(self.locations, self.clock())

    def repair(self) -> tuple[str, ...]:
        """Mends what `check` finds, after a backup; sentences that say what was done. Nothing is deleted."""
        from studytui.store.health.check import repair

        done = repair(self.locations, self.clock(), self._writer)
        self._history.reload()
        self._dates = ()
        self._touched(None)
        self._acts = Acts(self.locations)  # lines have moved
        return done

    # Writing

    def _record(
        self, kind: EventType, said: Mapping[str, Any] | Callable[[datetime], Mapping[str, Any]]
    ) -> None:
        self._record_all([(kind, said)])

    def _record_all(self, said: Iterable[tuple[EventType, Any]]) -> None:
        with self._turn:
            self._written(self._writer.write(self._acts.joined(said), self.state.horizon))

    def _written(self, written: Written) -> None:
        self._wrote = True
        self._acts.done(written.events)
        self._touched(self._history.take(written.events, written.path, written.start, written.end))

    def _touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        self._words.touched(subjects)
        self._due.touched(subjects)

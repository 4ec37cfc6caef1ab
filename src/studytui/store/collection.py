"""The learner's collection: what is known and due, and the only way to change it."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile
from threading import RLock
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from studytui.errors import StudytuiError
from studytui.store import statistics
from studytui.store.backups import back_up_daily
from studytui.store.config import Config
from studytui.store.encoding import note_to_json
from studytui.store.foreign import (
    ANKI,
    ForeignReview,
    events_of,
    forgetting,
    outdated,
    reviews_of,
    unseen,
)
from studytui.store.history import History
from studytui.store.journal import Event, EventType, backwards
from studytui.store.locations import Locations
from studytui.store.payload import mend_to_json, terms_to_json, told, understood
from studytui.store.sound import Finding, check, repair
from studytui.store.state import DayCount, Place, State, TextRecord
from studytui.store.statistics import Stats
from studytui.store.texts import read_text, write_text
from studytui.store.writer import Writer
from studytui.study import queue
from studytui.study.card import TEMPLATES, Memory, card_id, split_card_id
from studytui.study.day import StudyDays
from studytui.study.note import Note
from studytui.study.queue import DueCard, DueCount, Laid, Shelf, Today
from studytui.study.review import Rating
from studytui.study.scheduler import Scheduler, fuzz_chance
from studytui.study.vocabulary import Status, status_of
from studytui.text.document import Document

if TYPE_CHECKING:
    from studytui.store.progress import Progress
    from studytui.study.optimiser import Proposal
from studytui.text.mend import Mend


def _now() -> datetime:
    return datetime.now(UTC)


class Collection:
    """One session with the learner's files, as a context manager. Threads take turns in it.

    Opening reads only. Each act is on disk when its method returns; a method that raises has changed nothing.
    """

    def __init__(
        self, locations: Locations, clock: Callable[[], datetime] = _now, days: StudyDays | None = None
    ) -> None:
        self.locations = locations
        self.config = Config.read(locations.settings)
        self.clock = clock
        self.days = days or StudyDays(rollover_hour=self.config.rollover_hour)
        self.level_of: Callable[[str], int | None] | None = None
        """The level of a headword, once a dictionary is open: what `known_hsk` is measured by."""
        self._history = History(locations)
        self._writer = Writer(locations, clock)
        self._turn = RLock()
        self._wrote = False
        self._headwords: dict[str, set[str]] | None = None
        self._awake: dict[tuple[date, str | None], Sequence[Laid]] = {}

    @classmethod
    def open(
        cls, locations: Locations, clock: Callable[[], datetime] = _now, days: StudyDays | None = None
    ) -> Collection:
        """Reads the settings, the snapshot and what the journals have beyond it.

        Raises:
            StudytuiError: a file cannot be read, is wrong (settings), or is of a later format.
        """
        collection = cls(locations, clock, days)
        collection._history.load()
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
            self._history.save()
            if self._wrote:
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
        return tuple(self._history.warnings)

    def refresh(self) -> bool:
        """Takes in what other sessions and devices have written; whether there was anything."""
        with self._turn:
            changed = self._history.refresh()
            if changed:
                self._notes_changed()
        return changed

    # Words and notes

    def status(self, headword: str) -> Status:
        """Whether a headword is new, learning, known or ignored."""
        mark = self.state.marks.get(headword)
        notes = self._notes_by_headword().get(headword)
        if notes is None:
            return status_of("known" if mark is None and self._is_below(headword) else mark, None)
        memories = self.state.memories
        cards = (card_id(note, template) for note in notes for template in TEMPLATES)
        return status_of(mark, [memories[card] for card in cards if card in memories])

    def _is_below(self, headword: str) -> bool:
        """Whether a word is of a level that the learner says to have, `known_hsk`."""
        if not self.config.known_hsk or self.level_of is None:
            return False
        level = self.level_of(headword)
        return level is not None and level <= self.config.known_hsk

    def set_known_hsk(self, level: int) -> None:
        """Counts words up to a level as known from now on, and keeps that in `config.toml`.

        Args:
            level: of HSK 3.0, 1 to 7; 0 for none.

        Raises:
            StudytuiError: the settings cannot be written; they are as they were.
        """
        with self._turn:
            self.config = Config.write(self.locations.settings, "known_hsk", level)

    @property
    def is_fresh(self) -> bool:
        """Whether the learner has not said of any word yet how well it is known."""
        return not (self.config.known_hsk or self.state.marks or self.state.notes)

    def statuses(self, headwords: Iterable[str]) -> dict[str, Status]:
        """The status of each headword."""
        return {headword: self.status(headword) for headword in headwords}

    def mark(self, headword: str, status: Status) -> None:
        """Says that a headword is known, ignored or learned; `new` takes back what was said."""
        if self.state.marks.get(headword, "new") != status:
            self._record("mark", {"headword": headword, "status": status})

    def mark_all(self, statuses: Mapping[str, Status], batch: str | None = None) -> int:
        """As `mark`, for many headwords as one act, all or none; how many were not so marked.

        `batch` as in `add_notes`.
        """
        marks, batch = self.state.marks, batch or secrets.token_hex(8)
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
        records.sort(key=lambda record: (record.added, record.note.id))
        return tuple(record.note for record in records)

    def add_note(self, note: Note) -> bool:
        """Adds a note, or updates the one with its id; False if it is there already, just so."""
        return self.add_notes([note]) == 1

    def add_notes(self, notes: Iterable[Note], batch: str | None = None) -> int:
        """Adds or updates many notes at once, all or none; how many were not there just so.

        `batch` is the same text in all acts that are to be undone together.
        """
        fresh: dict[str, Note] = {}
        for note in notes:
            if note != fresh.get(note.id, self.note(note.id)):
                fresh[note.id] = note
        said: list[tuple[EventType, Any]] = [
            ("note", {"act": "put", "note": note_to_json(note), **({"batch": batch} if batch else {})})
            for note in fresh.values()
        ]
        if said:
            self._record_all(said)
        return len(said)

    def segment(self, mend: Mend) -> None:
        """Says how a stretch of text is cut into tokens: a merge if it has one part."""
        if not mend.parts or not all(mend.parts):
            raise ValueError("a cut has parts, none of them empty")
        self._record("segment", mend_to_json(mend))

    def mends(self, document_id: str) -> tuple[Mend, ...]:
        """The learner's cuts that hold in a text, the oldest first."""
        records = sorted(self.state.segments.values(), key=lambda record: (record.at, record.id))
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
                "took_ms": max(0, int(took_ms)),
                "kind": kind,
                "given": given,
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
            if before is not None and before.interval is not None and before.due > self.clock():
                self._awake = {}  # it slept
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
            undos = [forgetting(event, forgotten[event.payload["card"]]) for event in old]
            fresh = [
                review
                for review in unseen(reviews, self.locations)
                if review.card not in forgotten or review.at > forgotten[review.card]
            ]
            kept = {card: memory for card, memory in self.state.memories.items() if card not in forgotten}
            taken = events_of(fresh, self.scheduler, kept)
            if events := [*undos, *taken]:
                written = self._writer.append(events)
                self._wrote = True
                self._history.take(written.events, written.path, written.start, written.end)
                self._awake = {}
        return len(taken)

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

    def bury(self, card: str) -> None:
        """Hides a card for the rest of this study day."""
        split_card_id(card)
        today = self.days.day(self.clock())
        if self.state.buried.get(card) != today:
            self._record("note", {"act": "bury", "card": card, "day": today.isoformat()})

    # What is due

    def queue(self, document_id: str | None = None) -> tuple[DueCard, ...]:
        """The cards to be studied now, first things first; of one text, if it is named."""
        now = self.clock()
        today = self.days.day(now)
        return queue.due_cards(
            self._shelf(self._awake_on(today, document_id)), self.config.limits, now, today
        )

    def today(self, document_id: str | None = None) -> Today:
        """What this study day still holds; of one text, if it is named. See also `figures.rest_of_day`."""
        now = self.clock()
        day = self.days.day(now)
        tomorrow = self.days.start(day + timedelta(days=1))
        shelf = self._shelf(self._awake_on(day, document_id))
        return queue.rest_of_day(shelf, self.config.limits, now, day, tomorrow)

    def due_counts(self) -> Mapping[str, DueCount]:
        """For each text that notes were taken from, how many of its cards are due; `""` stands for all."""
        now = self.clock()
        today = self.days.day(now)
        laid = self._awake_on(today, None)
        groups: dict[str, list[Laid]] = {"": list(laid)}
        for record in list(self.state.notes.values()):
            for document in record.documents:
                groups.setdefault(document, [])
        for each in laid:
            for document in self.state.notes[each[0].id].documents:
                groups[document].append(each)
        return {
            document: queue.count(queue.due_cards(self._shelf(group), self.config.limits, now, today))
            for document, group in groups.items()
        }

    def next_due(self, document_id: str | None = None) -> datetime | None:
        """When a card that was seen before comes back first (UTC); None if there is none. It may be past.

        With a text's id, of the cards of notes that were taken from it.
        """
        state = self.state
        notes = state.notes if document_id is None else {note.id for note in self.notes(document_id)}
        known = [
            memory
            for card, memory in list(state.memories.items())
            if card not in state.suspended and split_card_id(card)[0] in notes
        ]
        times = [memory.due for memory in known if memory.interval is None]
        day = min((memory.due_day for memory in known if memory.interval is not None), default=None)
        if day is not None:
            times.append(self.days.start(day))
        return min(times, default=None)

    def _awake_on(self, today: date, document_id: str | None) -> Sequence[Laid]:
        """The notes that may have something to study, with their cards; kept while that stays so."""
        known = self._awake.get((today, document_id))
        if known is None:
            with self._turn:
                laid = queue.lay_out(self.notes(document_id), self.config.templates)
                known = queue.awake(laid, self.state.memories, today)
                self._awake[today, document_id] = known
        return known

    def _notes_changed(self) -> None:
        self._headwords = None
        self._awake = {}

    def _shelf(self, laid: Sequence[Laid]) -> Shelf:
        today = self.state.days.get(self.days.day(self.clock()), DayCount())
        return Shelf(
            notes=(),
            memories=self.state.memories,
            suspended=self.state.suspended,
            buried=self.state.buried,
            new_today=today.new,
            reviews_today=today.reviews,
            laid=laid,
        )

    # Texts

    def remember_text(self, document: Document) -> None:
        """Keeps a text that was opened, and says so in the journal."""
        write_text(self.locations.texts, document)
        self._record("text", {"document": document.id, "title": document.title, "name": document.name})

    def texts(self) -> tuple[TextRecord, ...]:
        """The texts that were opened, the last first."""
        texts = sorted(self.state.texts.values(), key=lambda text: (text.opened, text.id), reverse=True)
        return tuple(texts)

    def text(self, document_id: str) -> Document | None:
        """A text that was kept; None if it is not here."""
        return read_text(self.locations.texts, document_id)

    def place(self, document_id: str) -> Place | None:
        """Where reading stopped."""
        return self.state.places.get(document_id)

    def set_place(self, document_id: str, paragraph: int, offset: int) -> None:
        """Says where reading stopped: to be called when a text is left, not at each move."""
        place = self.state.places.get(document_id)
        if place is None or (place.paragraph, place.offset) != (paragraph, offset):
            said = {"document": document_id, "paragraph": paragraph, "offset": offset}
            self._record("place", said)

    # Undo, figures, soundness

    def undo(self) -> str | None:
        """Takes back this device's last act that still counts; a sentence that says which, or None.

        What `mark_all` marked is one act, and so is what an import brought.
        """
        with self._turn:
            self.refresh()
            event = self._last_act()
            if event is None:
                return None
            batch = self._batch(event)
            self._record_all([("undo", {"target": each.id}) for each in batch])
        return f"Undone: {told(event) if len(batch) == 1 else _told_of(batch)}."

    def _batch(self, event: Event) -> list[Event]:
        """The events that were one act with the last one, which still count.

        Reviews that were made elsewhere are equal on all machines, so they cannot name their act: the act's
        own events say how many of them stand beside (`import_batch`).
        """
        batch, path = _batch_of(event), self.locations.own_journal
        if path is None or (batch is None and event.device != ANKI):
            return [event]
        run: list[Event] = []
        foreign = 0
        for each in dropwhile(lambda each: each.id != event.id, backwards(path)):
            if each.device == ANKI:
                foreign += each.type == "review"
                if batch is not None and foreign > reviews_of(batch):
                    break
            else:
                own = _batch_of(each)
                of_own = reviews_of(own) if batch is None and own is not None else 0
                if of_own and of_own == foreign:
                    batch = own
                elif 0 < of_own < foreign:  # the act before this one begins here, with the first of them
                    run = run[: foreign - of_own]
                if own is None or own != batch:
                    break
            if each.type != "undo":
                run.append(each)
        return [each for each in run if each.id not in self.state.undone]

    def _last_act(self) -> Event | None:
        path = self.locations.own_journal
        if path is None:
            return None
        for event in backwards(path):
            mine = event.device in (path.stem, ANKI) and event.type in (
                "review",
                "mark",
                "note",
                "segment",
                "optimised",
            )
            if mine and event.id not in self.state.undone and understood(event):
                return event
        return None

    def stats(self, at: datetime | None = None) -> Stats:
        """The figures of the study day of `at`, or of now."""
        now = at or self.clock()
        today = self.days.day(now)
        notes = self.notes()
        due = queue.due_cards(self._shelf(self._awake_on(today, None)), self.config.limits, now, today)
        new = sum(
            (card := card_id(note.id, template)) not in self.state.memories
            and card not in self.state.suspended
            for note in notes
            for template in queue.cards_of(note, self.config.templates)
        )
        headwords = self._notes_by_headword().keys() | self.state.marks.keys()
        words = Counter(self.statuses(headwords).values())
        return statistics.stats(self.state, today, len(due), new, words)

    def progress(self, levels: Mapping[str, int | None] | None = None) -> Progress:
        """How it went over the last year; reads all journals.

        Args:
            levels: headword -> HSK level; the notes' own where it is not said.
        """
        from studytui.store import progress

        own = {record.note.headword: record.note.hsk for record in self.state.notes.values()}
        statuses = self.statuses(self._notes_by_headword().keys() | self.state.marks.keys())
        told = progress.events(self.locations, self.state)
        today = self.days.day(self.clock())
        return progress.progress(told, self.state, today, statuses, {**own, **(levels or {})})

    def optimise(self) -> Proposal:
        """Makes weights from the learner's own reviews, and adopts them if they foretell later ones better.

        Raises:
            StudytuiError: there are too few reviews, or the extra is not installed.
        """
        from studytui.store import progress
        from studytui.study.optimiser import propose

        histories = progress.histories(progress.events(self.locations, self.state))
        proposal = propose(list(histories.values()), self.scheduler)
        if proposal.better:
            self._record("optimised", {"weights": list(proposal.weights)})
            self._awake = {}
        return proposal

    def check(self) -> tuple[Finding, ...]:
        """What is not sound in the learner's files; nothing is changed."""
        return check(self.locations, self.clock())

    def repair(self) -> tuple[str, ...]:
        """Mends what `check` finds, after a backup; sentences that say what was done. Nothing is deleted."""
        done = repair(self.locations, self.clock(), self._writer)
        self._history = History(self.locations)
        self._history.load()
        self._notes_changed()
        return done

    # Writing

    def _record(
        self, kind: EventType, said: Mapping[str, Any] | Callable[[datetime], Mapping[str, Any]]
    ) -> None:
        self._record_all([(kind, said)])

    def _record_all(self, said: Iterable[tuple[EventType, Any]]) -> None:
        with self._turn:
            written = self._writer.write(said, self.state.horizon)
            self._wrote = True
            self._history.take(written.events, written.path, written.start, written.end)
            if any(event.type in ("note", "undo") for event in written.events):
                self._notes_changed()

    def _notes_by_headword(self) -> Mapping[str, set[str]]:
        known = self._headwords
        if known is None:
            headwords: defaultdict[str, set[str]] = defaultdict(set)
            with self._turn:
                for name, record in self.state.notes.items():
                    headwords[record.note.headword].add(name)
                known = self._headwords = dict(headwords)
        return known


def _batch_of(event: Event) -> str | None:
    """The name of the act that an event says it belongs to."""
    batch = event.payload.get("batch")
    return batch if isinstance(batch, str) else None


def _told_of(batch: Sequence[Event]) -> str:
    """Many events of one act in a few words: `marking 12 words`, `an import of 8 reviews and 2 notes`."""
    counts = Counter(event.type for event in batch)
    named: tuple[tuple[EventType, str], ...] = (("review", "review"), ("note", "note"), ("mark", "word"))
    told_of = [
        f"{counts[kind]:,} {name}{'' if counts[kind] == 1 else 's'}" for kind, name in named if counts[kind]
    ]
    if counts.keys() == {"mark"}:
        return f"marking {told_of[0]}"
    return f"an import of {', '.join(told_of[:-1])}{' and ' if told_of[1:] else ''}{told_of[-1]}"

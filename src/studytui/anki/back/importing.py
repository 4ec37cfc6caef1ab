"""What the learner knows in Anki or has on a list, brought in: first a survey and a plan, then the deed.

A survey reads; a plan compares it with the collection; only `carry_out` writes. What it writes is added to
the journal and takes nothing back: words that have no status get one, and reviews are taken once.
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from studytui.anki.back.survey import Survey
from studytui.errors import StudytuiError, UsageError
from studytui.restricted import require_own
from studytui.store.journal.imported_acts import ForeignAct
from studytui.store.journal.imported_reviews import ForeignReview, outdated, unseen
from studytui.store.state.imports import new_acts, take_acts, take_reviews
from studytui.study.notes.card import split_card_id
from studytui.study.notes.note import Note
from studytui.study.vocabulary import LEFT_ALONE
from studytui.text.characters import printable_line

if TYPE_CHECKING:
    from studytui.store.collection import Collection
    from studytui.study.vocabulary import Mark
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.words.segment import Segmenter

PACKAGES: Final = (".apkg", ".colpkg")
LARGEST_LIST: Final = 64 << 20
"""Bytes of a list, or of a package that comes through a pipe."""

_PLECO: Final = b"\xee\xaa"
"""What Pleco's private characters begin with in UTF-8; they mark colours, and one of them a new line."""
_NEW_LINE: Final = "\ueab1"
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would change."""

    known: tuple[str, ...]
    """Headwords to be marked as known."""
    learning: tuple[str, ...]
    """Headwords to be marked as being learned."""
    left: int
    """Known or learning words that stay as they are here: marked, or on cards with a memory of their own."""
    notes: tuple[Note, ...]
    """Notes of ours that have reviews in Anki and are not in the collection."""
    reviews: tuple[ForeignReview, ...]
    """Reviews that no journal has."""
    forgotten: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """Card id -> when it was made new again there (UTC); those that have earlier answers here."""
    acts: tuple[ForeignAct, ...] = ()
    """What was done there to cards: suspended, put back, buried for today, given another day."""
    remarks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the learner wrote there on notes that are here, as HTML by note id."""
    unasked: int = 0
    """Cards that were given a day there and were never answered: without an answer they are new here."""
    assumed: int = 0
    """Of `left`, those that count as known by the level or the placement alone."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What an import has changed."""

    known: int
    """Words marked as known."""
    learning: int
    """Words marked as being learned."""
    notes: int
    """Notes added."""
    reviews: int
    """Reviews taken."""
    forgotten: int = 0
    """Cards that are new again."""
    acts: int = 0
    """Cards that were suspended, put back, buried for today or given another day."""
    remarks: int = 0
    """Notes with other words of the learner's own."""


def survey(
    name: str,
    *,
    lexicon: Lexicon,
    mine: Sequence[Note],
    now: datetime,
    standing: Literal["known", "learning"] = "known",
    field: str | None = None,
    stdin: BinaryIO | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """Reads a package or a word list. Nothing is changed.

    Args:
        name: a path, or `-` for `stdin`.
        lexicon: the dictionary that says what is a word.
        mine: the learner's notes.
        now: by the learner's clock.
        standing: how the words of a list stand, which does not say so itself.
        field: the field or column of the words; found if not given.
        stdin: what `-` stands for.
        on_progress: told how many notes are read, of how many.

    Raises:
        UsageError: there is no such file, field or column.
        StudytuiError: the file cannot be read as what it is; the sentence says why.
    """
    lookup = Forms(lexicon)
    if name != "-":
        require_own(name, printable_line(name))
    with _opened(name, stdin) as (stream, shown):
        head = stream.read(len(_SQLITE))
        stream.seek(0)
        if not head:
            raise StudytuiError(f"{shown} is empty: export it again.")
        if head == _SQLITE:
            raise StudytuiError(f"{shown} is Anki's own database: export it from Anki (.apkg or .colpkg).")
        if head.startswith(_ZIP) or Path(name).suffix.lower() in PACKAGES:
            from studytui.anki.back import deck

            return deck.survey(
                stream,
                shown,
                lookup=lookup,
                readings=lambda headword: (entry.syllables for entry in lexicon.entries(headword)),
                cut=_Cutter(lexicon),
                mine=mine,
                now=now,
                field=field,
                on_progress=on_progress,
            )
        from studytui.anki.back import word_list

        text = _text(stream, shown)
        return word_list.survey(text, shown, lookup=lookup, standing=standing, mine=mine, field=field)


def survey_pasted(
    text: str, *, lexicon: Lexicon, mine: Sequence[Note], standing: Literal["known", "learning"] = "known"
) -> Survey:
    """Reads words that were pasted, as `survey` does those of a file. Nothing is changed.

    Raises:
        StudytuiError: they are no list of words; the sentence says why.
    """
    from studytui.anki.back import word_list

    if len(text) > LARGEST_LIST:
        raise StudytuiError(f"What was pasted is larger than {LARGEST_LIST >> 20} MB: save it as a file.")
    return word_list.survey(text, "What was pasted", lookup=Forms(lexicon), standing=standing, mine=mine)


class _Cutter:
    """Cuts sentences into words; what it needs is loaded at the first."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._segmenter: Segmenter | None = None

    def __call__(self, sentence: str) -> list[str]:
        """The words, without names, numbers and stops."""
        if self._segmenter is None:
            from studytui.text.words.segment import Segmenter

            self._segmenter = Segmenter(self._lexicon)
        return [token.text for token in self._segmenter.tokens(sentence) if token.kind == "word"]


class Forms:
    """The headwords of written forms, each looked up once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, str | None] = {}

    def __call__(self, form: str) -> str | None:
        """The simplified headword; None if the dictionary has none."""
        if not form or len(form) > _LONGEST_FORM:
            return None
        if form not in self._known:
            if len(self._known) > _MOST_FORMS:
                self._known.clear()
            self._known[form] = self._lexicon.simplified(form)
        return self._known[form]


_LONGEST_FORM: Final = 40
_MOST_FORMS: Final = 200_000


def plan(found: Survey, collection: Collection) -> Plan:
    """What of a survey is new to the collection. Nothing is changed.

    A word gets a mark only where it has none: what the learner said here holds, and so does what the reviews
    of a card here have shown. Words of our own notes get their reviews instead.
    """

    fresh = unseen(found.reviews, collection.locations)
    wanted = {split_card_id(review.card)[0] for review in found.reviews}
    studied_there = {split_card_id(review.card)[0] for review in fresh}
    notes = tuple(
        _settled(note, collection)
        for identity, note in found.notes.items()
        if identity in wanted
        and collection.note(identity) is None
        # What was deleted here comes back only if it was studied there since.
        and (identity not in collection.state.deleted or identity in studied_there)
    )
    studied = {split_card_id(card)[0] for card in collection.state.memories}
    studied_words = {name.partition("/")[0] for name in studied | wanted}
    marks = collection.state.marks
    known: list[str] = []
    learning: list[str] = []
    left = assumed = 0
    for headword, standing in found.words.items():
        if standing not in ("known", "learning"):
            continue
        status = collection.status(headword)
        said = headword in studied_words or headword in marks
        if standing == "learning" and found.listed and not said:
            learning.append(headword)  # what the learner says of a word goes before what its level tells
        elif headword in studied_words or status in LEFT_ALONE:
            left += 1
            assumed += headword not in studied_words and headword not in marks
        elif standing == "known":
            known.append(headword)
        elif status == "new" and headword not in marks:
            learning.append(headword)
        else:
            left += 1
    old = outdated(found.forgotten, collection.locations, collection.state.undone)
    forgotten = {event.card: found.forgotten[event.card] for event in old}
    here = {note.id for note in notes} | collection.state.notes.keys()
    days = collection.days
    acts = new_acts(
        collection.changes,
        collection.scheduler,
        collection.study_day(),
        (
            replace(act, day=days.day(act.at)) if act.act == "bury" else act
            for act in found.acts
            if split_card_id(act.card)[0] in here
        ),
        fresh,
    )
    remarks = {
        name: remark
        for name, (remark, at) in found.remarks.items()
        if (record := collection.state.notes.get(name)) is not None
        and record.note.remark != remark
        and (record.changed or record.added) < at
    }
    answered = collection.state.memories.keys() | {review.card for review in fresh}
    unasked = sum(
        act.act == "due" and act.card not in answered and split_card_id(act.card)[0] in here
        for act in found.acts
    )
    return Plan(tuple(known), tuple(learning), left, notes, fresh, forgotten, acts, remarks, unasked, assumed)


def _settled(note: Note, collection: Collection) -> Note:
    """A note that came back, with what Anki does not keep of it."""
    example = note.example
    if example is None:
        return note
    called = [text.id for text in collection.library.texts() if text.title == example.title]
    if len(called) > 1:  # a title is no key: it is the text that has the sentence
        called = [name for name in called if _has(collection, name, example.text)]
    return replace(note, example=replace(example, document_id=called[0])) if called else note


def _has(collection: Collection, document_id: str, sentence: str) -> bool:
    """Whether a sentence stands in a text as it was kept."""
    with suppress(StudytuiError):  # a damaged text has nothing that can be told
        text = collection.library.text(document_id)
        return text is not None and any(sentence in paragraph.text for paragraph in text.paragraphs)
    return False


def carry_out(planned: Plan, collection: Collection) -> Carried:
    """Marks words and takes reviews. Doing it again adds nothing.

    Raises:
        StudytuiError: it could not be written; what was written before that counts, and is not written again.
    """
    marks: dict[str, Mark] = dict.fromkeys(planned.learning, "learning")
    marks.update(dict.fromkeys(planned.known, "known"))
    with collection.changes.one_act(len(planned.reviews) + len(planned.acts)):
        notes = collection.add_notes(planned.notes)
        reviews = take_reviews(collection.changes, collection.scheduler, planned.reviews, planned.forgotten)
        acts = take_acts(collection.changes, collection.scheduler, collection.study_day(), planned.acts)
        remarks = collection.set_remarks(planned.remarks)
        collection.mark_all(marks)
    marked = len(planned.known), len(planned.learning)
    return Carried(*marked, notes, reviews, len(planned.forgotten), acts, remarks)


@contextmanager
def _opened(name: str, stdin: BinaryIO | None) -> Iterator[tuple[BinaryIO, str]]:
    """The file, and how it is called in messages."""
    if name == "-":
        content = (stdin or io.BytesIO()).read(LARGEST_LIST + 1)
        if len(content) > LARGEST_LIST:
            raise StudytuiError(f"Standard input is larger than {LARGEST_LIST >> 20} MB: name its file.")
        yield io.BytesIO(content), "Standard input"
        return
    shown = printable_line(name)
    try:
        path = Path(name).expanduser()
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{shown} is a directory: name a file in it.")
        if not stat.S_ISREG(mode):
            raise UsageError(f"{shown} is no ordinary file: copy it into one first.")
        stream = path.open("rb")
    except (FileNotFoundError, ValueError, RuntimeError):
        raise UsageError(f"There is no file {shown}.") from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(f"{shown} cannot be read ({reason}): check the path and its permissions.") from error
    with stream:
        yield stream, shown


def _text(stream: BinaryIO, shown: str) -> str:
    """A list as text, in whatever encoding it is."""
    from studytui.text.source.encoding import decode

    raw = stream.read(LARGEST_LIST + 1)
    if len(raw) > LARGEST_LIST:
        raise StudytuiError(f"{shown} is larger than {LARGEST_LIST >> 20} MB: split it and import the parts.")
    with suppress(UnicodeDecodeError):
        if _PLECO in raw:
            raw = _PRIVATE.sub("", raw.decode().replace(_NEW_LINE, " ")).encode()
    try:
        text, _ = decode(raw)
    except StudytuiError as error:
        raise StudytuiError(f"{shown} is neither an Anki package nor a list of words. {error}") from error
    if "\0" in text:
        raise StudytuiError(f"{shown} is neither an Anki package nor a list of words: choose another file.")
    return text

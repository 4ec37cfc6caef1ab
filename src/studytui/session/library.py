"""The library: the learner's own texts and those that come with the program, and how each suits the learner.

What a text is made of is counted once and kept; what that means for the learner follows from the counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from time import monotonic
from typing import Literal

from studytui.errors import StudytuiError
from studytui.session.suggestions import text_to_begin_with
from studytui.session.workspace import Workspace
from studytui.store.setting import TextOrder
from studytui.store.state.records import ReadingPlace, TextRecord
from studytui.store.text_counts import (
    TextCounts,
    are_kept,
    count,
    counts_file,
    fingerprint,
    load_counts,
    save_counts,
)
from studytui.study.coverage import AIM, words_to
from studytui.study.levels import HIGHEST
from studytui.study.scheduling.queue import DueCount
from studytui.study.vocabulary import Tally
from studytui.text.document import Document
from studytui.text.source.source import Deck, bundled
from studytui.text.token import AnnotatedDocument, Word
from studytui.text.words.recut import Mend
from studytui.wording import hsk_name, many, share_span

Part = Literal["own", "bundled", "archive"]


@dataclass(frozen=True, slots=True)
class LibraryText:
    """A text of the library."""

    key: str
    """What `studytui read` opens it by: the id of one's own text, the name of a bundled one."""
    title: str
    record: TextRecord | None
    """What is known of it; None for a bundled text that was never opened."""
    deck: Deck | None
    """The bundled text, if it is one."""
    place: ReadingPlace | None
    """Where reading stopped; None if it was not read yet."""
    due: int
    """Cards of its notes that are due now."""

    @property
    def part(self) -> Part:
        """Where in the library it stands."""
        if self.record is not None and self.record.archived:
            return "archive"
        return "own" if self.deck is None else "bundled"

    @property
    def folder(self) -> str:
        """The collection that it belongs to: the name of the folder of its file."""
        if self.deck is not None:
            return "studytui"
        name = self.record.name if self.record is not None else "-"
        return PurePath(name).parent.name if name != "-" else "pasted"

    @property
    def about(self) -> str:
        """A line on what it is, or on where it came from."""
        if self.deck is not None:
            return self.deck.summary
        return self.record.name if self.record is not None and self.record.name != "-" else self.folder


@dataclass(frozen=True, slots=True)
class TextFigures:
    """How a text suits the learner now."""

    characters: int
    words: int
    """Running words that are vocabulary."""
    low: float
    """The share of them, 0 to 1, that is known at least in four cases of five."""
    high: float
    """As `low`, at most."""
    new: int
    """Headwords that are neither known nor learned."""
    missing: int
    """Words to learn until 95 % of the running words are known."""
    level: int | None
    """See `levels.text_level`; what a bundled text was written for is said by `level_of`."""
    read: float | None
    """The share of its characters, 0 to 1, in front of the place where reading stopped; None if not begun."""


def library(workspace: Workspace, due: Mapping[str, DueCount]) -> list[LibraryText]:
    """The learner's texts, the one opened last first, then the bundled ones; none is read for that.

    `due` is what is due of each text, as `Collection.due_counts` has it.
    """
    collection = workspace.collection
    places = collection.state.places
    records = collection.library.texts()
    # Of what was read as a deck, the last is the deck as it is now; the records come the last first.
    of_decks = {record.name: record for record in reversed(records)}
    decks = [(deck, of_decks.get(deck.name)) for deck in bundled()]
    in_decks = {record.id for _, record in decks if record is not None}

    def text(key: str, title: str, record: TextRecord | None, deck: Deck | None) -> LibraryText:
        name = record.id if record is not None else ""
        return LibraryText(
            key, title, record, deck, places.get(name), due.get(name, DueCount()).total if name else 0
        )

    own = [text(record.id, record.title, record, None) for record in records if record.id not in in_decks]
    return own + [text(deck.name, deck.title, record, deck) for deck, record in decks]


def document_of(workspace: Workspace, text: LibraryText) -> Document | None:
    """A text to look into; None if it is not here, or is damaged."""
    if text.deck is None:
        return workspace.collection.library.sound_text(text.key)
    try:
        return workspace.begin_deck(text.deck).document
    except StudytuiError:
        return None


class Stopped(Exception):  # noqa: N818  (nothing went wrong)
    """Nobody waits any more for what is being counted."""


def counts_of(
    workspace: Workspace, text: LibraryText, stopped: Callable[[], bool] = lambda: False
) -> TextCounts | None:
    """What a text is made of, from the cache or counted now; None if it is not here.

    Raises:
        Stopped: `stopped` said so.
    """
    path, mends = _file_of(workspace, text)
    if path.name in _of_decks:
        return _of_decks[path.name]
    counts = load_counts(path)
    if counts is None and (document := document_of(workspace, text)) is not None:
        counts = _counted(workspace, document, mends, path, stopped)
    if text.deck is not None and counts is not None:
        _of_decks[path.name] = counts
    return counts


def is_counted(workspace: Workspace, text: LibraryText) -> bool:
    """Whether `counts_of` has its answer at once."""
    path, _ = _file_of(workspace, text)
    return path.name in _of_decks or are_kept(path)


def _file_of(workspace: Workspace, text: LibraryText) -> tuple[Path, tuple[Mend, ...]]:
    """Where a text's counts are kept, and the learner's cuts in it."""
    name = text.record.id if text.record is not None else ""
    told = name if text.deck is None else fingerprint(text.deck.path)
    mends = workspace.collection.mends(name)
    return counts_file(workspace.collection.locations.cache, told, mends, workspace.lexicon), mends


def counts_of_document(
    workspace: Workspace, document: Document, stopped: Callable[[], bool] = lambda: False
) -> TextCounts:
    """As `counts_of`, of a text that may not be in the library yet.

    Raises:
        Stopped: `stopped` said so.
    """
    mends = workspace.collection.mends(document.id)
    path = counts_file(workspace.collection.locations.cache, document.id, mends, workspace.lexicon)
    return load_counts(path) or _counted(workspace, document, mends, path, stopped)


def _counted(
    workspace: Workspace,
    document: Document,
    mends: Sequence[Mend],
    path: Path,
    stopped: Callable[[], bool],
) -> TextCounts:
    def words() -> Iterator[tuple[Word, ...]]:
        for of_paragraph in workspace.all_words(document, mends):
            if stopped():
                raise Stopped
            yield of_paragraph

    counts = count(document, words(), workspace.lexicon)
    save_counts(path, counts)
    return counts


_of_decks: dict[str, TextCounts] = {}
"""What bundled texts are made of, which does not change while the program runs; by the file that keeps it."""


def figures_of(workspace: Workspace, place: ReadingPlace | None, counts: TextCounts) -> TextFigures:
    """How a text suits the learner now, by its counts and the place where reading stopped."""
    collection = workspace.collection
    statuses = collection.statuses(counts.headwords)
    words = sum(counts.headwords.values())
    known = sum(
        count
        for headword, count in counts.headwords.items()
        if statuses[headword] in ("probable", "known", "ignored")
    )
    exact = known / words if words else 1.0
    low, high = collection.interval(counts.headwords) or (exact, exact)
    return TextFigures(
        counts.characters,
        words,
        low,
        high,
        sum(status == "new" for status in statuses.values()),
        words_to(AIM, counts.headwords, statuses.__getitem__),
        counts.level,
        _read(place, counts),
    )


def how_much_is_known(workspace: Workspace, text: AnnotatedDocument) -> str:
    """`You know 85-92 % of its words, learn 3 %, and 5-12 % are new; 14 words to 95 %.`"""
    collection, tally = workspace.collection, Tally()
    for words in text.words:
        tally.add(words)
    covered = tally.coverage(collection.status)
    between = collection.interval(tally.headwords) or (covered.known_share, covered.known_share)
    learning = 100 * covered.learning / max(1, covered.words)
    said = f"You know {share_span(*between)} % of its words, learn {learning:.0f} %"
    said += f", and {share_span(*covered.new_between(*between))} % are new"
    missing = words_to(AIM, tally.headwords, collection.status)
    return f"{said}; {many(missing, 'word')} to {AIM * 100:.0f} %." if missing else f"{said}."


def _read(place: ReadingPlace | None, counts: TextCounts) -> float | None:
    if place is None:
        return None
    before = sum(counts.lengths[: place.paragraph]) + place.offset
    return min(1.0, before / counts.characters) if counts.characters else 1.0


_LEVEL = re.compile(r"\bhsk +([1-9])")
"""A level as it is typed: its number alone would be found in many a title."""


def with_words(
    texts: Iterable[LibraryText], figures: Mapping[str, TextFigures], query: str
) -> list[LibraryText]:
    """The texts of which each word of `query` is said: in title, description, level, folder or part."""
    words = _LEVEL.sub(r"hsk\1", query.casefold()).split()

    def said(text: LibraryText) -> str:
        level = level_of(text, figures.get(text.key))
        deck = text.deck
        of_deck = () if deck is None else (deck.name, deck.english, *deck.topics)
        told = (text.title, text.about, text.folder, text.part, *of_deck)
        name = hsk_name(level) if level else ""
        return " ".join((*told, name, name.replace(" ", ""))).casefold()

    return [text for text in texts if all(word in said(text) for word in words)]


def level_of(text: LibraryText, figures: TextFigures | None) -> int | None:
    """The HSK level that a bundled text was written for, or that of the words of one's own, once known."""
    if text.deck is not None:
        return text.deck.level
    return figures.level if figures is not None else None


def in_order(
    texts: Sequence[LibraryText], figures: Mapping[str, TextFigures], order: TextOrder
) -> list[LibraryText]:
    """The texts in an order; those that it says nothing of yet, since they are not counted, last.

    Args:
        texts: as `library` lists them.
        figures: by `LibraryText.key`.
        order: `recent` leaves what was never opened as it is; `readable`, `new` and `due` put first what is
            known best, has the fewest new words, and has most to review.
    """

    def rank(text: LibraryText) -> tuple[object, ...]:
        found = figures.get(text.key)
        if order == "level":
            return level_of(text, found) or HIGHEST + 1, -text.due
        if order == "title":
            return (text.title,)
        if order == "folder":
            return (text.folder, text.title)
        if order == "due":
            return (-text.due,)
        if found is None:
            return (1,)
        if order == "readable":
            return 0, -found.low - found.high, found.missing
        return 0, found.characters if order == "length" else found.new

    if order == "recent":
        return sorted(texts, key=_last_event, reverse=True)
    return sorted(texts, key=rank)


def every_figure(workspace: Workspace, texts: Iterable[LibraryText]) -> dict[str, TextFigures]:
    """By key, how each text suits the learner; those that are not here are left out."""
    counted = ((text, counts_of(workspace, text)) for text in texts)
    return {
        text.key: figures_of(workspace, text.place, counts) for text, counts in counted if counts is not None
    }


_TOLD_EVERY = 0.25
"""Seconds between two tellings while texts are being counted."""


def figures_by_and_by(
    workspace: Workspace, texts: Iterable[LibraryText], stopped: Callable[[], bool]
) -> Iterator[dict[str, TextFigures]]:
    """As `every_figure`, some at a time, as they are found; what is counted already comes first.

    Raises:
        Stopped: `stopped` said so.
    """
    found: dict[str, TextFigures] = {}
    last = monotonic()
    # A novel that is counted for the first time keeps nobody waiting who is counted already.
    for text in sorted(texts, key=lambda each: not is_counted(workspace, each)):
        if found and (monotonic() - last > _TOLD_EVERY or not is_counted(workspace, text)):
            yield found
            found, last = {}, monotonic()
        counts = counts_of(workspace, text, stopped)
        if counts is not None:
            found[text.key] = figures_of(workspace, text.place, counts)
    yield found


def archive(workspace: Workspace, text: LibraryText, *, archived: bool) -> None:
    """Puts a text out of the way, or back among the others; a bundled one is the learner's own from then on.

    Raises:
        StudytuiError: it could not be written.
    """
    kept = workspace.collection.library
    if text.record is None and text.deck is not None:
        document = workspace.begin_deck(text.deck).document
        kept.remember(document)
        name = document.id
    else:
        name = text.record.id if text.record is not None else text.key
    kept.archive(name, archived=archived)


def suited(texts: Iterable[LibraryText], figures: Mapping[str, TextFigures]) -> LibraryText | None:
    """The text to begin next: the hardest that can be read with help now, else the easiest of all.

    Only what was not begun counts, and nothing of which fewer than 95 % of the words are known, if there is
    anything else.
    """
    fresh = [text for text in texts if text.place is None and text.part != "archive" and text.key in figures]

    def share(text: LibraryText) -> float:
        return (figures[text.key].low + figures[text.key].high) / 2

    able = [text for text in fresh if share(text) >= AIM]
    return min(able, key=share) if able else max(fresh, key=share, default=None)


def text_to_go_on_with(
    workspace: Workspace, texts: Sequence[LibraryText], figures: Mapping[str, TextFigures]
) -> LibraryText | None:
    """The text read last that is not finished; else one of one's own, or a bundled one, that suits best.

    Args:
        workspace: the learner's.
        texts: as `library` lists them.
        figures: by `LibraryText.key`; of all texts, or none while they are being counted.
    """
    left = [
        text
        for text in texts
        if text.part != "archive" and text.record is not None and not _is_read(figures.get(text.key))
    ]
    begun = [text for text in left if text.place is not None]
    if begun or left:
        return max(begun or left, key=_last_event)
    is_first = all(text.record is None for text in texts)  # the first start opens that of the level
    suits = None if is_first else suited(texts, figures)
    if suits is not None and figures[suits.key].high >= AIM:
        return suits
    usual = text_to_begin_with(workspace)
    return next((text for text in texts if text.deck == usual), None)


def _last_event(text: LibraryText) -> str:
    return text.record.event if text.record is not None else ""


def _is_read(found: TextFigures | None) -> bool:
    return found is not None and found.read is not None and found.read >= 1


_BEFORE_A_SENTENCE = " ，。、；：！？”’）》…—,.;:!?"
"""What the place may stand on and no line begins with."""
PASSAGE = 160
"""Characters of `next_passage`."""


def next_passage(workspace: Workspace, text: LibraryText) -> str:
    """What comes next where reading stopped, or the beginning; empty if the text is not here."""
    document = document_of(workspace, text)
    if document is None:
        return ""
    place = text.place
    paragraphs = document.paragraphs[place.paragraph if place is not None else 0 :]
    passage, start = "", place.offset if place is not None else 0
    for paragraph in paragraphs:
        if paragraph.kind != "aside" and (place is not None or paragraph.kind != "heading"):
            passage += f"{' ' if passage else ''}{' '.join(paragraph.text[start:].split())}"
        start = 0
        if len(passage) >= PASSAGE:
            break
    return passage.lstrip(_BEFORE_A_SENTENCE)[:PASSAGE]

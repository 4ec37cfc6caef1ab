"""What a learner works with: the collection, and the lexicon and annotator once they are needed.

The commands and the screens both work through it, so that a text gives the same words and phrases in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, BinaryIO

from studytui.errors import StudytuiError, UsageError
from studytui.session.text_titles import absolute, namesakes, titled_by_itself
from studytui.store import word_cache
from studytui.store.collection import Collection
from studytui.store.gc_pause import no_cycles
from studytui.study.knowledge import AT_HOME
from studytui.study.vocabulary import LEFT_ALONE
from studytui.text.document import Document, LinesChoice, Paragraph
from studytui.text.token import AnnotatedDocument, Word
from studytui.text.words.recut import Mend, mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.store.state.records import TextRecord
    from studytui.study.notes.note import Note
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.text.annotate import Annotator
    from studytui.text.document import Source
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.source.source import Deck, RawText
    from studytui.text.words.names_in_text import TextNames


LONG = 60_000
"""Characters from which a text is opened in two steps: putting it together takes longer than a blink."""
BEGINNING = 12_000
"""Characters of a long text that are put together first."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A text that is being opened."""

    document: Document
    """The text, or its beginning."""
    whole: Callable[[], Opening] | None = None
    """Puts the whole text together (seconds, for a novel); None where `document` is whole."""
    said: str | None = None
    """What the learner should hear of it, in a sentence."""


class Workspace:
    """Opens texts, and finds words and phrases in them. Safe to use from worker threads."""

    def __init__(self, collection: Collection, tell: Callable[[str], None] = lambda sentence: None) -> None:
        """A learner's workspace; `tell` hears in a sentence what was decided for the learner."""
        self.collection = collection
        self._tell = tell
        self.lock = RLock()
        """Held by whoever looks words up: the dictionary serves one thread at a time."""
        self._names_of: tuple[Document, TextNames] | None = None
        self._annotator: Annotator | None = None
        self._lexicon: Lexicon | None = None
        self.cutting: tuple[int, int] | None = None
        """While `annotate` is at work: how many paragraphs are cut into words, of how many."""
        self.chapters: tuple[int, int] | None = None
        """While the key phrases of a long text are being found: how many chapters are done, of how many."""

    @property
    def still_finding(self) -> str:
        """For whoever asks for key phrases that are not there yet, how far the work is."""
        if self.chapters is None:
            return "The key phrases are still being found."
        done, all_ = self.chapters
        return f"The key phrases are still being found: {done} of {all_} chapters are done."

    @property
    def annotator(self) -> Annotator:
        """The annotator; the first call loads the segmenter, about a tenth of a second."""
        if self._annotator is not None:
            return self._annotator  # nobody waits for it while another thread is finding phrases
        with self.lock:
            if self._annotator is None:
                from studytui.text.annotate import open_annotator

                self._annotator = open_annotator(self.collection.locations.cache, self.lexicon)
            return self._annotator

    @property
    def lexicon(self) -> Lexicon:
        """The dictionary."""
        if self._lexicon is not None:
            return self._lexicon
        with self.lock:
            if self._lexicon is None:
                from studytui.text.lexicon.lexicon import Lexicon

                lexicon = Lexicon.open()
                self.collection.knows_words_by(lexicon)
                self._lexicon = lexicon
            return self._lexicon

    def open(self, name: str, stdin: BinaryIO | None = None, lines: LinesChoice | None = None) -> Document:
        """The document that a path, `-`, a bundled deck's name or the title of a text read before means.

        `lines` is what becomes of its lines, from now on; without it, what was said of the text before.

        Raises:
            UsageError: there is no such file, or it cannot be read.
            StudytuiError: it holds no Chinese text.
        """
        try:
            return self.read(self._load(name, stdin), lines)
        except UsageError:
            if (kept := self._kept(name)) is None:
                raise
            if kept.said is not None:
                self._tell(kept.said)
            return kept.document

    def texts_named(self, name: str) -> tuple[TextRecord, ...]:
        """The texts read before that are called so, by id, or else by path, or else by title; the last first.

        Names are for people: two texts may bear one. What a text is known by is its id.
        """
        records = self.collection.library.texts()
        try:
            names = {name, str(Path(name).expanduser().resolve())}
        except (OSError, RuntimeError, ValueError):  # no path at all
            names = {name}
        by_id = tuple(text for text in records if text.id == name)
        by_path = tuple(text for text in records if text.name in names)
        return by_id or by_path or tuple(text for text in records if text.title == name)

    def id_of(self, name: str) -> str:
        """The id of the text that a path, `-`, a deck's name, or the title or id of a text read before means.

        Raises:
            StudytuiError: there is no such text.
        """
        found = self.texts_named(name) if name != "-" else ()
        if len(found) == 1:
            return found[0].id
        try:
            document = self.read(self._load(name))
        except UsageError:
            document = None
            if not found:
                raise
        if document is not None and (not found or document.id in {text.id for text in found}):
            return document.id
        self._tell(namesakes(name, found))
        return found[0].id

    def _kept(self, name: str) -> Opening | None:
        """The text that was read last under this name, as it was kept."""
        found = self.texts_named(name) if name != "-" else ()
        kept = self.collection.library.text(found[0].id) if found else None
        if kept is None:
            return None
        return Opening(kept, said=namesakes(name, found) if len(found) > 1 else None)

    @staticmethod
    def _load(name: str, stdin: BinaryIO | None = None) -> Source:
        from studytui.text.source.source import load

        return load(name, stdin)

    @staticmethod
    def _reflowed(source: Source, choice: LinesChoice) -> Document:
        from studytui.text.reflow.reflow import read_document

        return read_document(source, choice)

    def begin(self, name: str, stdin: BinaryIO | None = None, lines: LinesChoice | None = None) -> Opening:
        """As `open`, but of a long text only the beginning is put together at once.

        Raises:
            UsageError, StudytuiError: as `open`.
        """
        from studytui.store import cleaned_texts
        from studytui.text.source.source import decoded, raw_text

        try:
            raw = raw_text(name, stdin)
        except UsageError:
            if (kept := self._kept(name)) is None:
                raise
            return kept
        if lines is None and (document := self._cleaned_before(raw)) is not None:
            return Opening(document)
        source = decoded(raw)
        if len(source.text) < LONG:
            document = titled_by_itself(self._lined(source, lines))
            if self.collection.library.lines_of(document.id) == "auto":
                cleaned_texts.save(self.collection.locations.cache, raw, document)
            return Opening(self.collection.library.titled(document))
        cut = source.text.rfind("\n", 0, BEGINNING) + 1 or BEGINNING
        # Which text it is shows only the whole of it; until then, what was said of the text read from there.
        before = self.texts_named(name)[:1] if lines is None else ()
        choice = lines or (before[0].lines if before else "auto")
        beginning = titled_by_itself(self._reflowed(replace(source, text=source.text[:cut]), choice))
        return Opening(beginning, lambda: Opening(self.read(source, lines)))

    def _cleaned_before(self, raw: RawText) -> Document | None:
        """A text as it was cleaned before, unless the learner has said what becomes of its lines."""
        from studytui.store import cleaned_texts

        document = cleaned_texts.load(self.collection.locations.cache, raw)
        if document is None or self.collection.library.lines_of(document.id) != "auto":
            return None
        return self.collection.library.titled(replace(document, name=absolute(raw.name)))

    @property
    def level(self) -> int:
        """The HSK 3.0 level of the learner, 1 to 7, by what was said or by the placement; 0 for none."""
        knowledge = self.collection.knowledge if self.collection.state.placements else None
        if knowledge is None:
            said = self.collection.config.said_level
            return max(1, round(said.place)) if said.number else 0
        return max(0, min(7, round(knowledge.ability[0] - AT_HOME)))

    def known_by_level(self) -> dict[int, tuple[float, float]]:
        """Level of HSK 3.0 -> between which shares, 0 to 1, of its words are known; twice one where exact."""
        status, found = self.collection.status, {}
        for level in range(1, 8):
            listed = [word for length in range(1, 6) for word in self.lexicon.headwords(length, level)]
            known = sum(status(word) in LEFT_ALONE for word in listed) / max(1, len(listed))
            found[level] = self.collection.interval(dict.fromkeys(listed, 1)) or (known, known)
        return found

    def begin_deck(self, deck: Deck) -> Opening:
        """Opens a bundled deck, whatever a file in the learner's folder is called.

        Raises:
            StudytuiError: it cannot be read.
        """
        source = replace(self._load(str(deck.path)), name=deck.name, title=deck.title)
        return Opening(self._lined(source))

    def read(self, source: Source, lines: LinesChoice | None = None) -> Document:
        """The document of a text that is loaded; `lines` as of `open`.

        Raises:
            StudytuiError: nothing is left of it, or what was said of its lines cannot be kept.
        """
        return self.collection.library.titled(titled_by_itself(self._lined(source, lines)))

    def preview(self, source: Source, lines: LinesChoice) -> Document:
        """As `read`, of a text whose lines have not been decided on: nothing is kept.

        Raises:
            StudytuiError: nothing is left of it.
        """
        return self.collection.library.titled(titled_by_itself(self._reflowed(source, lines)))

    def _lined(self, source: Source, lines: LinesChoice | None = None) -> Document:
        document = self._reflowed(source, lines or "auto")
        kept = self.collection.library.lines_of(document.id)
        if lines is None and kept != "auto":
            return self._reflowed(source, kept)
        if lines is not None and lines != kept:
            self.collection.library.remember(titled_by_itself(document), lines)
        return document

    def with_lines(self, document: Document, choice: LinesChoice) -> Opening:
        """The text of `document` with its lines as the learner wants them, from now on.

        Raises:
            UsageError, StudytuiError: its file cannot be read any more, or its lines were not kept.
        """
        if document.name == "-":
            again = self._lined_again(document, choice)
            if again is None:
                raise StudytuiError(
                    "The lines of this text were not kept: paste it again, and press W there."
                )
        else:
            source = replace(self._load(document.name), title=document.title)
            again = replace(self._reflowed(source, choice), name=document.name)
        self.collection.library.remember(again, choice)
        return Opening(again)

    def _lined_again(self, document: Document, choice: LinesChoice) -> Document | None:
        """A text that has no file, its lines as `choice` says; None if it was kept without them."""
        if document.as_it_came is None:
            return None
        from studytui.text.document import Source

        source = Source("-", document.title, document.as_it_came, document.encoding)
        return self._reflowed(source, choice)

    def open_again(self, record: TextRecord) -> Opening:
        """A text that was read before: from its file; as it was kept if that is gone, or reads otherwise now.

        Raises:
            StudytuiError: it can be had neither way.
        """
        if record.name != "-":
            try:
                return self._or_as_kept(self.begin(record.name), record)
            except StudytuiError:
                pass  # as it was kept
        kept = self.collection.library.text(record.id)
        if kept is None:
            raise StudytuiError(
                f"{record.title} can no longer be opened: name its file again with `studytui read`."
            )
        return Opening(self._lined_again(kept, record.lines) or kept)

    def _or_as_kept(self, opening: Opening, record: TextRecord) -> Opening:
        """What was opened by a text's name, if it is that text; else the text as it was kept."""
        if (whole := opening.whole) is not None:
            return replace(opening, whole=lambda: self._or_as_kept(whole(), record))
        if opening.document.id == record.id:
            return opening
        kept = self.collection.library.sound_text(record.id)
        if kept is None:
            return replace(
                opening, said=f"{record.title} was not kept as you read it: this is the file as it is now."
            )
        return Opening(
            kept,
            said=f"This is {record.title} as you read it; its file reads otherwise now (`studytui read`).",
        )

    def words(
        self, paragraph: Paragraph, mends: Sequence[Mend] = (), document: Document | None = None
    ) -> tuple[Word, ...]:
        """The words of one paragraph, with the learner's cuts (`Collection.mends` of its text).

        `document` is the whole text, for the names that it teaches; None while only its beginning is there.
        """
        with self.lock:
            names = {} if document is None else self._names(document)
            words = self.annotator.paragraph(paragraph.text, names)
            return self._mended(paragraph.text, words, mends, names)

    def sentence_words(self, text: str, document_id: str = "") -> tuple[Word, ...]:
        """The words of a sentence alone, with the learner's cuts in the text that it is from."""
        with self.lock:
            words = self.annotator.paragraph(text)
            return self._mended(text, words, self.collection.mends(document_id), {})

    def _names(self, document: Document) -> TextNames:
        if self._names_of is None or self._names_of[0] is not document:
            self._names_of = document, self.annotator.names(document)
        return self._names_of[1]

    def all_words(self, document: Document, mends: Sequence[Mend] = ()) -> Iterator[tuple[Word, ...]]:
        """The words of one paragraph after the other; those of a long text are kept for the next time."""
        folder = self.collection.locations.cache
        long = document.characters >= word_cache.LEAST
        kept = word_cache.load(folder, document, self.annotator) if long else None
        cut: list[tuple[Word, ...]] = []
        for paragraph in document.paragraphs:
            with self.lock:
                names = {} if kept is not None and not mends else self._names(document)
                words = next(kept) if kept is not None else self.annotator.paragraph(paragraph.text, names)
                cut.append(words)
                words = self._mended(paragraph.text, words, mends, names)
            yield words
        if long and kept is None:
            word_cache.save(folder, document, tuple(cut), self.annotator)

    def _mended(
        self, text: str, words: tuple[Word, ...], mends: Sequence[Mend], names: TextNames
    ) -> tuple[Word, ...]:
        here = [mend for mend in mends if mend.text in text]
        if not here:
            return words
        cut = partial(self.annotator.segmenter.tokens, names=names)
        tokens = mended([word.token for word in words], text, here, cut)
        return self.annotator.words(text, tokens)

    def annotate(self, document: Document) -> AnnotatedDocument:
        """The document with its words."""
        mends = self.collection.mends(document.id)
        cut: list[tuple[Word, ...]] = []
        try:
            with no_cycles():
                for words in self.all_words(document, mends):
                    cut.append(words)
                    self.cutting = len(cut), len(document.paragraphs)
        finally:
            self.cutting = None
        return AnnotatedDocument(document, tuple(cut))

    def phrases(
        self,
        document: AnnotatedDocument,
        limit: int | None = 40,
        progress: Callable[[int, int], None] = lambda done, all_: None,
    ) -> tuple[KeyPhrase, ...]:
        """The document's key phrases for this learner, best first.

        A long text is gone through chapter by chapter. After each, `progress` hears how many of how many are
        done, and other threads may look words up.
        """
        from studytui.study.phrases.chapter import EACH, chapter_of, chapters, is_long, together
        from studytui.study.phrases.ranking import key_phrases

        status = self.collection.status
        if not is_long(document.document):
            with self.lock:
                return key_phrases(document, self.lexicon, status, limit)
        parts = chapters(document.document)
        each = None if limit is None else max(limit, EACH)
        found: list[tuple[KeyPhrase, ...]] = []
        try:
            for chapter in parts:
                self.chapters = len(found), len(parts)
                with self.lock:
                    found.append(key_phrases(chapter_of(document, chapter), self.lexicon, status, each))
                progress(len(found), len(parts))
        finally:
            self.chapters = None
        return together(document.document, zip(parts, found, strict=True), limit)

    def notes_for(
        self,
        document: Document,
        limit: int,
        progress: Callable[[int, int], None] = lambda done, all_: None,
    ) -> tuple[Note, ...]:
        """A text's notes: its key phrases, best first, then what else the learner took from it.

        `progress` as for `phrases`.
        """
        from studytui.study.notes_from_text import note_of

        phrases = self.phrases(self.annotate(document), limit, progress)
        notes: dict[str, Note] = {}
        for phrase in phrases:
            note = note_of(phrase, document)
            notes[note.id] = self.collection.note(note.id) or note
        for note in self.collection.notes(document.id):
            notes.setdefault(note.id, note)
        return tuple(notes.values())

"""The entry of the word under the cursor: the dictionary's, the learner's note, sentences of their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from studytui.session.words.lookup import word_of
from studytui.session.words.note_edit import lines_of
from studytui.session.words.text_examples import TextExamples
from studytui.session.words.word_query import OwnWord
from studytui.study.language.gloss import in_a_line
from studytui.study.notes.note import Example, Note
from studytui.text.script import to_script
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.entry_text import Subject
from studytui.tui.word_history import history_of

if TYPE_CHECKING:
    from textual.timer import Timer

    from studytui.store.config import Script
    from studytui.tui.host import Host

REST = 0.15
"""Seconds that the cursor rests before the learner's texts are looked through for its word."""


class WordEntry(EntryPanel):
    """Follows the cursor; the sentences come once it rests."""

    app: Host

    class FoundExamples(Message):
        """The learner's texts were looked through."""

        def __init__(self, key: str, examples: tuple[Example, ...]) -> None:
            super().__init__()
            self.key = key
            self.examples = examples

    _word: OwnWord | None = None
    _texts: TextExamples | None = None
    _resting: Timer | None = None
    _found: tuple[str, tuple[Example, ...]] = "", ()
    """Of the word with this key, the sentences of the learner's texts."""

    def on_mount(self) -> None:
        """Nothing is read yet."""
        self._texts = TextExamples(self.app.workspace)

    def examples_of(self, word: OwnWord) -> tuple[Example, ...]:
        """The sentences of the learner's texts, as far as they were found."""
        return self._found[1] if self._found[0] == word.key else ()

    def follow(self, word: OwnWord | None, *, at_once: bool) -> None:
        """The cursor is on a word: its entry is shown `at_once`, or when the cursor rests."""
        self._word = word
        if at_once:
            self._show_word()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self.rest)

    def rest(self) -> None:
        """The cursor rests: looks through the learner's texts for its word."""
        self._show_word()
        if self._word is not None and self._found[0] != self._word.key:
            self._find_examples(self._word)

    @work(thread=True, exclusive=True, group="examples", exit_on_error=False)
    def _find_examples(self, word: OwnWord) -> None:
        worker = get_current_worker()
        texts = self._texts
        if texts is not None:
            found = texts.of((word.headword, word.traditional))
            if not worker.is_cancelled:
                self.post_message(self.FoundExamples(word.key, found))

    @on(FoundExamples)
    def _take_examples(self, message: FoundExamples) -> None:
        self._found = message.key, message.examples
        self._show_word()

    def _show_word(self) -> None:
        word = self._word
        self.display = word is not None
        if word is None:
            return
        example = word.note.example if word.note is not None else None
        own = example.text.strip("…") if example is not None else "…"  # shown already
        script = self.app.collection.config.script
        subject = Subject(
            word_of(
                self.app.workspace.annotator,
                word.headword,
                word.syllables,
                word.written(script),
            ),
            word.status,
            history=history_of(self.app.collection, word.note.id) if word.note is not None else "",
            places=tuple(
                _parted(each, script, f"  ({each.title})")
                for each in self.examples_of(word)
                if own not in each.text
            ),
            note=_told_of_note(word.note, script) if word.note is not None else (),
        )
        self.show(subject, self.app.workspace.lexicon)


def _parted(example: Example, script: Script, after: str = "") -> tuple[str, str, str]:
    """A sentence before its word, the word, and the rest, in the characters that the learner reads."""
    text, start, end = to_script(script)(example.text), example.start, example.end
    return text[:start], text[start:end], text[end:] + after


def _told_of_note(note: Note, script: Script) -> tuple[Content, ...]:
    """What the note has that the dictionary has not."""
    lines: list[Content] = []
    if "meaning" in note.own:
        lines.append(Content.assemble(Content.styled("your meaning: ", "dim"), in_a_line(note.glosses)))
    if note.example is not None:
        before, target, after = _parted(note.example, script)
        title = f"  {note.example.title}" if note.example.title else ""
        lines.append(Content.assemble(before, (target, "bold"), after, (title, "dim")))
    if note.remark:
        lines.append(Content.assemble(Content.styled("your remark: ", "dim"), lines_of(note).remark))
    return tuple(lines)

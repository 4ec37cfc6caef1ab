"""Questions for this learner: with the notes as they wrote them, and what they took for what."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from studytui.session.workspace import Workspace
from studytui.store.config import Config
from studytui.store.reports.confusions import Confusions, confusions
from studytui.study.notes.card import TEMPLATES, Memory
from studytui.study.notes.note import note_id
from studytui.study.notes_from_text import as_written
from studytui.study.phrases.ranking import KeyPhrase
from studytui.study.questions.ask import question_for
from studytui.study.questions.question import Question
from studytui.study.questions.quiz import quiz
from studytui.study.scheduling.queue import DueCard
from studytui.text.token import AnnotatedDocument


class LearnerQuestions:
    """Makes questions of due cards, and of a text's key phrases."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._confusions: Confusions | None = None

    @property
    def confusions(self) -> Confusions:
        """What this learner took for what; read from the journals at the first question."""
        if self._confusions is None:
            collection = self._workspace.collection
            self._confusions = confusions(collection.locations, collection.state)
        return self._confusions

    def forget_confusions(self) -> None:
        """Reads them again for the next question: an answer or an undo may have changed them."""
        self._confusions = None

    def question(self, card: DueCard, rng: Random) -> Question:
        """What a due card asks now; wrong options come from the notes of its text, too."""
        example = card.note.example
        pool = self._workspace.collection.notes((example.document_id or None) if example else None)
        with self._workspace.lock:
            return question_for(
                card.note,
                card.template,
                card.memory,
                self._workspace.lexicon,
                pool,
                rng,
                confused=self.confusions.get(card.note.headword),
                in_chinese=self._workspace.collection.config.meanings == "chinese",
            )

    def quiz(
        self, document: AnnotatedDocument, phrases: Sequence[KeyPhrase], limit: int, seed: int
    ) -> tuple[Question, ...]:
        """Questions on the document's key phrases, as the learner has written them where there are notes."""
        note = self._workspace.collection.note
        templates = self._workspace.collection.config.templates
        with self._workspace.lock:
            return quiz(
                [as_written(each, note(note_id(each.headword, each.syllables))) for each in phrases],
                document,
                self._workspace.lexicon,
                self._workspace.collection.status,
                limit,
                seed,
                confused=self.confusions,
                memory=self._remembered,
                in_chinese=self._workspace.collection.config.meanings == "chinese",
                # Who has chosen cards is asked these; else a quiz asks how words are read as well.
                templates=TEMPLATES if templates == Config().templates else templates,
            )

    def _remembered(self, card_id: str) -> Memory | None:
        card = self._workspace.collection.card(card_id)
        return card.memory if card is not None else None

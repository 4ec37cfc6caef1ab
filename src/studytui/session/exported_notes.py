"""What an export tells of notes besides themselves: how their sentences are read, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from studytui.session.workspace import Workspace
from studytui.study.notes.note import Note
from studytui.text.document import Document


def sentence_readings(workspace: Workspace, notes: Sequence[Note]) -> dict[str, str]:
    """By note id, the reading of its example sentence, in what the learner reads."""
    from studytui.text.pronunciation.orthography import sentence_pinyin
    from studytui.text.pronunciation.zhuyin import separate

    readings: dict[str, str] = {}
    of_text: dict[str, str] = {}  # one sentence serves several notes
    for note in notes:
        if note.example is None:
            continue
        text = note.example.text
        if text not in of_text:
            with workspace.lock:
                words = workspace.annotator.paragraph(text)
            if workspace.collection.config.phonetics == "zhuyin":
                of_text[text] = " ".join(separate(word.syllables) or word.text for word in words)
            else:
                of_text[text] = sentence_pinyin(words, workspace.lexicon)
        readings[note.id] = of_text[text]
    return readings


def places(workspace: Workspace, notes: Sequence[Note], document: Document | None = None) -> dict[str, str]:
    """By note id, where its sentence stands: `paragraph 3 of 12`.

    Left out are sentences whose text is neither `document` nor kept, or no longer holds them.
    """
    places: dict[str, str] = {}
    texts: dict[str, Document | None] = {} if document is None else {document.id: document}
    for note in notes:
        if note.example is None:
            continue
        name = note.example.document_id
        if name not in texts:
            texts[name] = workspace.collection.library.sound_text(name)
        paragraphs = () if (text := texts[name]) is None else text.paragraphs
        for number, paragraph in enumerate(paragraphs, 1):
            if note.example.text in paragraph.text:
                places[note.id] = f"paragraph {number} of {len(paragraphs)}"
                break
    return places

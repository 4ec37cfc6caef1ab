"""Our two note types: fixed ids, fields, and the templates and style that lie beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from studytui.anki.out.fields import FIELDS, ROOT, VOCABULARY_TEMPLATES, NoteType
from studytui.study.notes.card import Template

if TYPE_CHECKING:
    import genanki

MODEL_IDS: Final[dict[NoteType, int]] = {"vocabulary": 1_763_856_000_001, "cloze": 1_763_856_000_002}
"""Anki knows a note type by its id: never change one, or every learner's notes double."""
DECK_ID: Final = 1_763_856_000_010
"""The id of the deck `studytui`; its sub-decks follow it by a hash of their names."""
PRESET_ID: Final = 1_763_856_000_020
"""The id of the deck preset that carries FSRS weights and steps."""
MODELS_CHANGED: Final = 1_795_564_800
"""Seconds since 1970: when fields, templates or style last changed.

Anki takes a newer look only if this is newer, so raise it with every change (a test reminds).
"""
MODEL_NAMES: Final[dict[NoteType, str]] = {"vocabulary": f"{ROOT} vocabulary", "cloze": f"{ROOT} cloze"}
TEMPLATE_NAMES: Final = {
    "recognition": "Meaning",
    "recall": "Word",
    "reading": "Reading",
    "cloze": "Cloze",
}

ORDERS: Final[dict[Template, int]] = {
    **{template: order for order, template in enumerate(VOCABULARY_TEMPLATES)},
    "cloze": 0,
}
"""The place of a template in its note type."""


@cache
def template(name: str) -> str:
    """The text of a file in `templates/`, without the line breaks at its ends."""
    return (files("studytui.anki.out") / "templates" / name).read_text("utf-8").strip()


def sides(name: str) -> tuple[str, str]:
    """Front and back of a card. Three backs differ in the question alone, and the front has that."""
    front = template(f"{name}.front.html")
    back = template("cloze.back.html" if name == "cloze" else "word.back.html")
    pieces = {
        "ask": next(line.strip() for line in front.splitlines() if 'class="ask"' in line),
        "meaning": template("meaning.html"),
        "footer": template("footer.html"),
    }
    for place, text in pieces.items():
        back = back.replace(f"<!-- {place} -->", text)
    return front, back


def model(kind: NoteType) -> genanki.Model:
    """The note type, as genanki describes it."""
    import genanki

    names = VOCABULARY_TEMPLATES if kind == "vocabulary" else ("cloze",)
    templates: list[dict[str, Any]] = [
        {"name": TEMPLATE_NAMES[name], "qfmt": front, "afmt": back}
        for name in names
        for front, back in (sides(name),)
    ]
    return genanki.Model(
        MODEL_IDS[kind],
        MODEL_NAMES[kind],
        fields=[{"name": name, "font": "Arial"} for name in FIELDS[kind]],
        templates=templates,
        css=template("style.css"),
        model_type=genanki.Model.CLOZE if kind == "cloze" else genanki.Model.FRONT_BACK,
    )

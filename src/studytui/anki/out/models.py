"""Our note type: its fixed id, fields, and the templates and style that lie beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from studytui.anki.out.fields import FIELDS, ROOT
from studytui.study.notes.card import TEMPLATES

if TYPE_CHECKING:
    import genanki

MODEL_ID: Final = 1_763_856_000_001
"""Anki knows a note type by its id: never change it, or every learner's notes double."""
DECK_ID: Final = 1_763_856_000_010
"""The id of the deck `studytui`; its sub-decks follow it by a hash of their names."""
PRESET_ID: Final = 1_763_856_000_020
"""The id of the deck preset that carries FSRS weights and steps."""
MODELS_CHANGED: Final = 1_795_824_000
"""Seconds since 1970: when fields, templates or style last changed.

Anki takes a newer look only if this is newer, so raise it with every change (a test reminds).
"""
TEMPLATE_NAMES: Final = {
    "recognition": "Meaning",
    "recall": "Word",
    "reading": "Reading",
    "cloze": "Cloze",
}
"""By template, in the order of `TEMPLATES`, which is that of the note type: it must never change."""


@cache
def template(name: str) -> str:
    """The text of a file in `templates/`, without the line breaks at its ends."""
    return (files("studytui.anki.out") / "templates" / name).read_text("utf-8").strip()


def sides(name: str) -> tuple[str, str]:
    """Front and back of a card. The backs differ in what was asked, and in where the sentence stands."""
    front = template(f"{name}.front.html")
    is_cloze = name == "cloze"
    pieces = {
        "ask": next(line.strip() for line in front.splitlines() if 'class="ask"' in line),
        "above": template("passage.html") if is_cloze else "",
        "below": "" if is_cloze else template("context.html"),
    }
    back = template("back.html")
    for place, text in pieces.items():
        back = back.replace(f"<!-- {place} -->", text)
    # One thing is said: Anki plays all that a side has.
    said = template("say.html").replace("FIELD", "Sentence" if is_cloze else "Word")
    back = back.replace("<!-- say -->", said, 1).replace("<!-- say -->", "")
    return front, "\n".join(line for line in back.splitlines() if line.strip())


def model() -> genanki.Model:
    """The note type, as genanki describes it."""
    import genanki

    templates: list[dict[str, Any]] = [
        {"name": TEMPLATE_NAMES[name], "qfmt": front, "afmt": back}
        for name in TEMPLATES
        for front, back in (sides(name),)
    ]
    return genanki.Model(
        MODEL_ID,
        ROOT,
        fields=[{"name": name, "font": "Arial"} for name in FIELDS],
        templates=templates,
        css=template("style.css"),
    )

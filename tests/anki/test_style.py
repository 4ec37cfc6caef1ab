"""The style: every text can be read by day and by night, and nothing depends on colour alone."""

from __future__ import annotations

import re

import pytest

from studytui.anki.out.fields import FIELDS
from studytui.anki.out.models import sides, template
from studytui.study.notes.card import TEMPLATES


def colours(night: bool) -> dict[str, tuple[int, int, int]]:
    style = re.sub(r"/\*.*?\*/", "", template("style.css"), flags=re.S)
    blocks = re.findall(r"([^{}]*)\{([^{}]*)\}", style)
    chosen = [body for selector, body in blocks if "--paper" in body and ("nightMode" in selector) is night]
    assert len(chosen) == 1
    found = re.findall(r"--(\w+): #([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2});", chosen[0])
    return {name: (int(red, 16), int(green, 16), int(blue, 16)) for name, red, green, blue in found}


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("night", [False, True])
def test_contrast(night: bool) -> None:
    palette = colours(night)
    texts = ["ink", "quiet", "seal", "tone1", "tone2", "tone3", "tone4", "tone5"]
    for ground in ("paper", "soft"):
        low = {name: contrast(palette[name], palette[ground]) for name in texts}
        assert min(low.values()) >= 4.5, low
    assert len({palette[f"tone{tone}"] for tone in range(1, 6)}) == 5


def test_day_and_night_name_the_same_colours() -> None:
    assert colours(night=False).keys() == colours(night=True).keys()


@pytest.mark.parametrize("name", ["recognition", "recall", "reading", "cloze"])
def test_templates_need_nothing_from_outside(name: str) -> None:
    for text in sides(name):
        assert not re.search(r"https?:|src=|<script|@import|url\(", text)
    assert not re.search(r"https?:|@import|url\(", template("style.css"))


@pytest.mark.parametrize("name", ["recognition", "recall", "reading", "cloze"])
def test_what_is_to_be_tapped_says_so(name: str) -> None:
    """AnkiMobile and AnkiDroid turn the card over at any tap that is not on something `tappable`."""
    for text in sides(name):
        assert text.count("<summary") == text.count('<summary class="tappable"')


def test_every_class_and_field_that_is_styled_or_shown_exists() -> None:
    """A class that is misspelt is a card without its look."""
    texts = [text for name in TEMPLATES for text in sides(name)]
    used = {
        name for text in texts for names in re.findall(r'class="([^"]*)"', text) for name in names.split()
    }
    style = re.sub(r"/\*.*?\*/", "", template("style.css"), flags=re.S)
    styled = set(re.findall(r"\.([a-z]\w*(?:-\w+)*)", re.sub(r"\{[^{}]*\}", "{}", style)))
    given = {"card", "nightMode", "night_mode", "gap", "target", "replay-button"}  # Anki's, and fields'
    given |= {"literal"}
    given |= {f"tone{tone}" for tone in range(1, 6)}
    assert styled - given - used == set()
    assert used - styled == {"tappable", "back"}
    for name in TEMPLATES:
        for text in sides(name):
            shown = re.findall(r"\{\{[#^/]?(?:tts zh_(?:CN|TW):)?([^{}]+)\}\}", text)
            assert set(shown) <= set(FIELDS)

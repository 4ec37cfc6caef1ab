"""Whether a text sets Chinese apart from Latin letters is told by all of its Chinese characters."""

from __future__ import annotations

import pytest

from studytui.text.characters import is_han
from studytui.text.reflow.spaces import spaced


@pytest.mark.parametrize("character", ["水", "㐀", "𠀀", "〇", "々", "豈", "𰀀"])
def test_rare_characters_are_set_apart_as_others_are(character: str) -> None:
    assert is_han(character)
    assert spaced([f"{character} Go", f"Go {character}"])
    assert not spaced([f"{character}Go", f"Go{character}"])

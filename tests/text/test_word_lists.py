"""The word lists in `data/lists`."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.text import word_lists


@pytest.mark.parametrize("path", sorted(word_lists.FOLDER.iterdir()), ids=lambda path: path.name)
def test_every_list_says_what_it_is_and_where_it_is_from(path: Path) -> None:
    head = [line for line in path.read_text(encoding="utf-8").splitlines()[:6] if line.startswith("#")]
    assert not head[0].startswith("# Source")
    assert any(line.startswith("# Source: ") for line in head)
    assert word_lists.lines(path.name)


def test_comments_and_headings_are_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_lists, "FOLDER", tmp_path)
    (tmp_path / "a").write_text("# a list\n[one]\n的 了\n\n# more\n着\n[two]\n过\n", encoding="utf-8")
    assert word_lists.sections("a") == {"one": ["的", "了", "着"], "two": ["过"]}
    assert word_lists.lines("a") == ["[one]", "的 了", "着", "[two]", "过"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_list_that_cannot_be_read_is_said(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_lists, "FOLDER", tmp_path)
    if content is not None:
        (tmp_path / "a").write_bytes(content)
    with pytest.raises(StudytuiError, match="install studytui again"):
        word_lists.lines("a")

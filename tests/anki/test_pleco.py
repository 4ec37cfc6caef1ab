"""The list for Pleco, read by its rules and by our own import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studytui.anki.out.export import export
from studytui.study.notes.note import Note
from tests.anki.deck import CORE, GROW, NOTES, example
from tests.anki.packages import look
from tests.anki.test_hostile import HOSTILE, hostile_note


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_a_list(tmp_path: Path) -> None:
    done = export(NOTES, tmp_path / "a.txt", deck_title="我的词")
    assert done.notes == 4
    written = lines(tmp_path / "a.txt")
    assert written[:-1] == [
        "//studytui/一座城市",
        "核心\the2xin1\tcore; nucleus; heart (of the matter)",
        "发展[發展]\tfa1zhan3\tto develop",
        "实事求是[實事求是]\tshi2shi4qiu2shi4\tto seek truth from facts",
        "//studytui/我的词",
        "花儿[花兒]\thua1r5\tflower",
    ]
    assert written[-1].startswith("//")
    assert "CC BY-SA 4.0" in written[-1]
    assert set(look(tmp_path / "a.txt").words) == {"核心", "发展", "实事求是", "花儿"}


def test_u_with_two_dots_is_v(tmp_path: Path) -> None:
    notes = [Note("绿", ("lu:4",), "綠", ("green",)), Note("女", ("nü3",), "女", ("woman",))]
    export(notes, tmp_path / "a.txt", deck_title="t")
    assert [line.split("\t")[1] for line in lines(tmp_path / "a.txt")[1:-1]] == ["lv4", "nv3"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_cell(tmp_path: Path, text: str) -> None:
    titled = replace(GROW, example=example("发展得快。", "发展", f"a/b//c::{text}"))
    notes = [hostile_note(text), replace(CORE, headword=f"//{text}", glosses=(f"//a\tb\n{text}",)), titled]
    export(notes, tmp_path / "a.txt", deck_title=text)
    words = [line for line in lines(tmp_path / "a.txt") if not line.startswith("//")]
    assert [line.count("\t") for line in words] == [2, 2, 2]

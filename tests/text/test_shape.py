"""Which characters look alike, worked out from their components."""

from __future__ import annotations

from pathlib import Path

from studytui.text.lexicon.lexicon import Lexicon, build
from studytui.text.lexicon.look_alikes import MOST, look_alikes

PARTS = {
    "清": [["水", "青"], ["氵", "青"]],
    "情": [["心", "青"]],
    "晴": [["日", "青"]],
    "海": [["水", "每"]],
    "河": [["水", "可"]],
    "湖": [["水", "胡"]],
    "江": [["水", "工"]],
    "境": [["土", "竟"]],
    "镜": [["金", "竟"]],
    "竟": [["立", "日", "儿"]],
    "回": [["回"]],
    # Enough others for 青 to be rare and 水 to be common, as they are.
    **{chr(0xE000 + place): [["水心日土金火木"[place % 7], chr(0xE800 + place)]] for place in range(700)},
}


def test_a_rare_component_makes_a_likeness_and_a_common_one_does_not() -> None:
    found = look_alikes(PARTS, PARTS)
    assert set(found["清"]) == {"情", "晴"}
    assert set(found["境"]) == {"镜", "竟"}
    assert "海" not in found
    assert "回" not in found


def test_a_likeness_holds_both_ways_and_has_no_order() -> None:
    found = look_alikes(PARTS, PARTS)
    assert all(one in found[other] for one, others in found.items() for other in others)
    assert found == look_alikes(dict(reversed(PARTS.items())), reversed([*PARTS, "清"]))


def test_only_asked_characters_are_compared_and_few_are_kept() -> None:
    assert look_alikes(PARTS, ["清", "海"]) == {}
    many = PARTS | {chr(0xF400 + place): [["木" if place % 2 else "水", "青"]] for place in range(20)}
    assert max(map(len, look_alikes(many, many).values())) == MOST


def test_a_dictionary_of_the_learners_own_keeps_the_shapes(tmp_path: Path) -> None:
    lexicon = Lexicon.open()
    source = tmp_path / "own.u8"
    source.write_text("揭 揭 [jie1] /to lift/\n", encoding="utf-8")
    build(source, tmp_path / "own.sqlite")
    own = Lexicon.open(tmp_path / "own.sqlite")
    assert own.alike("揭") == lexicon.alike("揭") != ""
    assert own.alike("龘") == ""
    own.close()
    lexicon.close()

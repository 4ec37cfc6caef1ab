"""Every command: what it prints, its JSON keys, its exit status."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from studytui.cli.main import parser, run
from studytui.cli.output import chapter_told
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.review import Rating
from studytui.text.source.source import bundled

TEXT = (
    "　　小王每天早上六点起床，先去公园跑步，再去图书馆看书。他说，坚持锻炼身\n体比什么都重要。\n"
    "　　上个星期，他的朋友小李也开始跑步。第一天，小李跑了五百米就停下来休\n息，可是他没有放弃。\n"
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def objects(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def studytui(*arguments: str, stdin: str | bytes = "", **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The real command in a process of its own, with no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={**os.environ, **environ},
        timeout=120,
        check=False,
    )


def test_without_a_terminal_the_default_deck_is_printed_plainly() -> None:
    done = studytui()
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    printed = done.stdout.decode()
    default = next(deck for deck in bundled() if deck.default)
    assert default.title in printed
    assert "Key phrases" in printed
    assert "【" in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize("deck", ["two-teas", "newspaper"])
def test_every_bundled_deck_is_printed_with_its_phrases(
    deck: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", deck, "--plain"]) == 0
    printed = capsys.readouterr().out
    assert "Key phrases" in printed
    assert "\x1b" not in printed


def test_standard_input_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    done = studytui("read", "-", stdin=TEXT)
    assert done.returncode == 0, done.stderr
    plain = done.stdout.decode().replace("【", "").replace("】", "")
    assert "锻炼身体比什么都重要" in plain


def test_clean_puts_lines_together_and_traces_them(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clean", str(text)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert run(["clean", str(text), "--json"]) == 0
    for paragraph in objects(capsys):
        assert paragraph["kind"] == "paragraph"
        assert "".join(TEXT[start:end] for start, end in paragraph["source"]) == paragraph["text"]


def test_tokens_join_to_the_cleaned_text(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clean", str(text), "--json"]) == 0
    paragraphs = [each["text"] for each in objects(capsys)]
    assert run(["tokens", str(text), "--json"]) == 0
    tokens = objects(capsys)
    joined = ["", ""]
    for token in tokens:
        assert token["start"] == len(joined[token["paragraph"]])
        joined[token["paragraph"]] += token["text"]
        assert token["end"] == len(joined[token["paragraph"]])
        assert set(token) >= {"kind", "reading", "syllables", "gloss", "hsk", "frequency", "status"}
    assert joined == paragraphs
    library = next(token for token in tokens if token["text"] == "图书馆")
    assert library["reading"] == "tú shū guǎn"
    assert library["syllables"] == ["tu2", "shu1", "guan3"]
    assert "library" in library["gloss"]
    assert library["hsk"] == 1
    assert library["status"] == "new"


def test_phrases_have_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["phrases", "newspaper", "--json", "--limit", "15"]) == 0
    phrases = objects(capsys)
    assert len(phrases) == 15
    for phrase in phrases:
        assert set(phrase) >= {"phrase", "reading", "gloss", "kind", "count", "score", "reason", "sentence"}
    assert [each["score"] for each in phrases] == sorted((each["score"] for each in phrases), reverse=True)


def test_a_quiz_is_the_same_for_the_same_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quiz", "newspaper", "--json", "--limit", "8", "--seed", "5"]) == 0
    first = objects(capsys)
    assert run(["quiz", "newspaper", "--json", "--limit", "8", "--seed", "5"]) == 0
    assert objects(capsys) == first
    assert len(first) == 8
    assert len({question["kind"] for question in first}) >= 2
    for question in first:
        assert set(question) >= {"kind", "prompt", "answer", "options", "headword", "sentence", "reasons"}
        assert all(each["text"] and each["reasons"] for each in question["sentences"])
        assert question["sentences"] or question["kind"] == "order"
        if question["options"] and question["kind"] != "order":
            assert [each["text"] for each in question["options"]].count(question["answer"]) == 1


def test_a_quiz_without_a_terminal_prints_questions_and_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quiz", "two-teas", "--plain", "--limit", "4", "--seed", "1"]) == 0
    printed = capsys.readouterr().out
    assert "1. [" in printed
    assert "Answers" in printed


def test_review_of_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "--plain"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    assert run(["review", "--json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("ending", ["apkg", "csv", "tsv", "md"])
def test_export_writes_every_format(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / f"out.{ending}"
    assert run(["export", "two-teas", "-o", str(target), "--json", "--limit", "10"]) == 0
    (written,) = objects(capsys)
    assert written["path"] == str(target)
    assert written["notes"] == 10
    assert written["cards"] >= written["notes"]
    assert target.stat().st_size > 500
    assert [path.name for path in tmp_path.glob("out*")] == [target.name]


def test_stats_and_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats"]) == 0
    assert "due" in capsys.readouterr().out.lower()
    assert run(["stats", "--json"]) == 0
    (numbers,) = objects(capsys)
    assert {"due", "retention", "known"} <= set(numbers)
    assert run(["check"]) == 0
    assert "sound" in capsys.readouterr().out
    assert run(["check", "--json"]) == 0
    assert objects(capsys) == [{"sound": True, "findings": 0}]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["read", "nowhere.txt"], 2, "nowhere.txt"),
        (["read", "."], 2, "directory"),
        (["clean", "https://example.org/a.html"], 2, "fetch"),
        (["phrases"], 2, "--help"),
        (["phrases", "newspaper", "--limit", "0"], 2, "limit"),
        (["frobnicate"], 2, "frobnicate"),
        (["export", "newspaper", "-o", "out.pdf"], 2, ".apkg"),
        (["review", "nowhere", "--plain"], 2, "nowhere"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(
    arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("studytui: ")
    assert len(captured.err.splitlines()) == 1
    assert said in captured.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\n \n", "empty"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 8, "not"),
        (b"nothing but English here, line after line\n" * 5, "Chinese"),
        (bytes([0x81, 0xFF, 0xFE, 0xFA, 0xC1, 0x80]) * 300, "encod"),
    ],
)
def test_bad_files_are_one_sentence(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    for command in ("read", "clean", "tokens", "phrases", "quiz"):
        assert run([command, str(path)]) in (1, 2)
        captured = capsys.readouterr()
        assert captured.out == ""
        assert len(captured.err.splitlines()) == 1
        assert "bad.txt" in captured.err
        if said != "encod":
            assert said in captured.err


def test_a_broken_pipe_is_no_fault() -> None:
    command = f"{sys.executable} -m studytui tokens newspaper --json | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


def test_an_ascii_terminal_gets_question_marks_not_a_traceback() -> None:
    done = studytui("read", "two-teas", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stderr == b""


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    commands = next(action for action in parser()._actions if action.dest == "command")
    assert commands.choices is not None
    for command in commands.choices:
        assert f"studytui {command}" in readme


def test_importing_the_command_line_costs_nothing_heavy() -> None:
    code = (
        "import sys, studytui.cli.main\n"
        "heavy = {'textual', 'jieba', 'pypinyin', 'genanki', 'opencc', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_escape_sequences_in_a_text_never_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "evil.txt"
    path.write_text(
        "他\x1b]52;c;ZXZpbA==\x07坚持锻炼身体，\x1b[31m我们\u202e都\u200d羡慕他的毅力。\n", encoding="utf-8"
    )
    for command in (["read", "--plain"], ["clean"], ["tokens"], ["phrases"], ["quiz", "--plain"]):
        assert run([command[0], str(path), *command[1:]]) == 0
        captured = capsys.readouterr()
        for character in "\x1b\x07\u202e\u200d":
            assert character not in captured.out + captured.err
        assert "ZXZpbA" not in captured.out
        if command[0] in ("read", "clean"):
            assert "control characters were left out of evil" in captured.err


def test_a_text_read_before_is_named_by_its_title(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Collection.open(Locations.find(os.environ)) as collection:
        workspace = Workspace(collection)
        document = workspace.open(str(text))
        collection.library.remember(document)
        collection.add_notes(workspace.notes_for(document, 3))
    text.unlink()
    monkeypatch.chdir("/")
    assert run(["review", "text", "--json"]) == 0
    assert len(objects(capsys)) > 0
    assert run(["export", "text", "-o", str(tmp_path / "out.md")]) == 0
    assert run(["read", "text", "--plain"]) == 0
    assert "锻炼" in capsys.readouterr().out


def test_texts_of_one_name_are_told_apart_by_their_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "日记.txt"
    ids = []
    for said in ("今天下雨，我没有出门，在家看书。", "昨天我们去爬山，山上的风很大。"):
        file.write_text(said, encoding="utf-8")
        with Collection.open(Locations.find(os.environ)) as collection:
            workspace = Workspace(collection)
            document = workspace.open(str(file))
            ids.append(document.id)
            collection.library.remember(document)
            collection.add_notes(workspace.notes_for(document, 2))

    def reviewed(name: str) -> set[str]:
        assert run(["review", name, "--json"]) == 0
        return {each["headword"] for each in objects(capsys)}

    old, new = reviewed(ids[0]), reviewed(ids[1])
    assert old != new
    assert reviewed(str(file)) == new  # what the file says now
    file.write_text("今天下雨，我没有出门，在家看书。", encoding="utf-8")
    assert reviewed(str(file)) == old
    file.unlink()
    for name, words in ((ids[0], "下雨"), (ids[1], "爬山"), (str(file), "爬山"), ("日记", "爬山")):
        assert run(["read", name, "--plain"]) == 0
        shown = capsys.readouterr()
        assert words in shown.out.replace("【", "").replace("】", "")
        assert (ids[0] in shown.err) == (name not in ids)  # how to name the other one


def test_review_of_one_text_speaks_of_its_own_cards(capsys: pytest.CaptureFixture[str]) -> None:
    with Collection.open(Locations.find(os.environ)) as collection:
        workspace = Workspace(collection)
        document = workspace.open("margins")
        collection.library.remember(document)
        collection.add_notes(workspace.notes_for(document, 1))
        for card in collection.queue():
            collection.answer(card.id, Rating.EASY, 900, kind="recognition", given=None)
    assert run(["review", "two-teas", "--plain"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"


def test_what_waits_for_tomorrow_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A review that was due long ago, with the day's limit reached, is no next card."""
    locations = Locations.find(os.environ)
    with Collection.open(locations, lambda: datetime.now(UTC) - timedelta(days=50)) as collection:
        document = Workspace(collection).open("margins")
        collection.add_notes(Workspace(collection).notes_for(document, 2))
        collection.answer(collection.queue()[0].id, Rating.EASY, 900, kind="recognition", given=None)
    locations.config.mkdir(parents=True, exist_ok=True)
    locations.settings.write_text("new_per_day = 0\nreviews_per_day = 0\n")
    assert run(["review", "--plain"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\nBeyond the day's limits: 1 review and 1 new card.\n"


def test_closed_streams_and_full_outputs_are_no_fault(tmp_path: Path) -> None:
    python = f"{sys.executable} -m studytui"
    for command, status, said in (
        (f"{python} read two-teas <&-", 0, ""),
        (f"{python} read - <&-", 2, "standard input is closed"),
        (f"{python} stats >&-", 0, ""),
        (f"{python} read two-teas >/dev/full", 1, "could not be written"),
        (f"ulimit -f 1; {python} tokens two-teas >{tmp_path / 'out'}", 1, "could not be written"),
    ):
        done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, check=False)
        assert done.returncode == status, (command, done.stderr)
        assert said in done.stderr.decode()
        assert "fault" not in done.stderr.decode()


def test_the_chapters_of_a_long_text_are_told_on_a_terminal_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter_told(1, 3)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    for done in (1, 2, 3):
        chapter_told(done, 3)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.split("\r\x1b[K") == ["", "Key phrases: chapter 1 of 3", "Key phrases: chapter 2 of 3", ""]


def test_a_long_text_is_gone_through_with_standard_error_closed(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("　　春天来了，河边的柳树绿了，孩子们在风里放风筝。\n" * 1500, encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} -m studytui phrases {shlex.quote(str(file))} --limit 1 2>&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, check=False)
    assert done.returncode == 0
    assert done.stdout


def test_a_placement_without_a_screen(text: Path) -> None:
    done = studytui("placement", "--seed", "1", "--json", stdin="y\nb\nwhat\n" + "n\n" * 60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kept"]
    assert 30 <= told["answers"] <= 40
    assert told["ability"] < 1
    assert "just beginning" in told["told"]
    found = [json.loads(line) for line in studytui("tokens", str(text), "--json").stdout.splitlines()]
    assert {each["status"] for each in found if each["kind"] == "word"} <= {"new", "probable", "known"}
    short = studytui("placement", "--json", stdin="y\n")
    assert short.returncode == 0
    assert not json.loads(short.stdout)["kept"]


def test_texts_are_ordered_by_how_well_they_can_be_read(
    text: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Collection.open(Locations.find(os.environ)) as collection:
        collection.set_known_hsk(3)
        workspace = Workspace(collection)
        opened = workspace.open(str(text))
        collection.library.remember(opened)
    assert run(["texts", "--json"]) == 0
    found = objects(capsys)
    names = [each["name"] for each in found]
    four = ["two-teas", "broken-chair", "margins", "newspaper"]
    assert [name for name in names if name in four] == four
    assert sorted(names) == sorted([opened.id, *(deck.name for deck in bundled())])
    middles = [each["known_low"] + each["known_high"] for each in found]
    assert all(before >= after - 0.001 for before, after in pairwise(middles))  # they are rounded
    assert all(0 <= each["known_low"] < each["known_high"] <= 1 for each in found)
    assert run(["texts"]) == 0
    assert "words to 95 %" in capsys.readouterr().out


def test_texts_are_added_found_renamed_archived_and_deleted(
    text: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = studytui("add", "-", str(text), "nowhere.txt", stdin="今天下雨，我在家看书。")
    assert done.returncode == 2, "what cannot be added is said, and what was added before it stays"
    assert b"nowhere.txt" in done.stderr

    def own(*more: str) -> list[dict[str, object]]:
        capsys.readouterr()
        assert run(["texts", "--json", *more]) == 0
        return [each for each in objects(capsys) if each["part"] != "bundled"]

    assert [each["title"] for each in own("--sort", "recent")] == [text.stem, "今天下雨，我在家看书。"]
    (rain,) = own("--filter", "下雨")
    assert (rain["characters"], rain["read"], rain["due"]) == (11, None, 0)
    assert run(["texts", "rename", str(rain["name"]), "雨天"]) == 0
    assert run(["texts", "archive", "雨天"]) == 0
    assert [each["title"] for each in own()] == [text.stem]
    assert [each["title"] for each in own("--filter", "archive")] == ["雨天"]
    assert run(["texts", "archive", "--back", "雨天"]) == 0
    assert run(["texts", "delete", "雨天", text.stem]) == 0
    assert own() == []
    capsys.readouterr()
    for name, why in (("雨天", "no text of yours"), ("two-teas", "comes with studytui")):
        assert run(["texts", "delete", name]) == 2
        assert why in capsys.readouterr().err


def test_phrases_of_all_texts_that_were_opened(
    text: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["phrases", "--all"]) == 0
    assert "no text yet" in capsys.readouterr().err
    other = tmp_path / "other.txt"
    other.write_text("他没有放弃锻炼，一直坚持到最后。坚持锻炼身体比什么都重要。\n" * 2, encoding="utf-8")
    with Collection.open(Locations.find(os.environ)) as collection:
        workspace = Workspace(collection)
        for path in (text, other):
            collection.library.remember(workspace.open(str(path)))
    assert run(["phrases", "--all", "--json", "--limit", "5"]) == 0
    found = objects(capsys)
    assert 0 < len(found) <= 5
    assert any(len(each["texts"]) == 2 for each in found)
    assert all(each["count"] >= len(each["texts"]) for each in found)

"""Sessions in lines and in JSON: what they print, and that they keep what the screen keeps."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from studytui.cli.asking.line_session import LineSession
from studytui.session.asking.quizzes import quiz_session
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.scheduling.study_day import StudyDays
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.quiz.question_screen import QuizScreen

START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def studytui(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        input=stdin.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )


def kept(folder: Path) -> list[dict[str, Any]]:
    """What the journal says, without its ids and how long an answer took."""
    (journal,) = Locations.find({"STUDYTUI_HOME": str(folder)}).journal.glob("*.jsonl")
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    batches = list(dict.fromkeys(line["batch"] for line in lines if "batch" in line))
    order = {line["id"]: str(number) for number, line in enumerate(lines)}

    def plain(line: dict[str, Any]) -> dict[str, Any]:
        told = {key: value for key, value in line.items() if key not in ("id", "took_ms", "device")}
        if "batch" in told:
            told["batch"] = batches.index(told["batch"])
        for key in ("target", "more"):
            if key in told:
                said = told[key]
                told[key] = order[said] if isinstance(said, str) else [order[each] for each in said]
        return told

    return [plain(line) for line in lines]


async def on_the_screen(workspace: Workspace, deck: str) -> list[str]:
    """Answers a quiz on the screen; what would be typed for the same in lines."""
    typed: list[str] = []
    app = StudytuiApp(workspace, Start("quiz", document=workspace.open(deck), limit=6, seed=5))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        for turn in range(200):
            question = screen.question
            if screen.stage == "over" or question is None:
                return typed
            line: str | None
            if screen.stage == "meeting":
                keys, line = ["m"] if turn == 1 else ["enter"], "m" if turn == 1 else ""
            elif screen.stage == "rating":
                rating = str(turn % 4 + 1) if turn < 40 else "4"
                keys = [rating] if question.card else ["enter"]
                line = rating if question.card else None  # in lines a sentence in pieces is not rated
                if question.card and turn in (12, 13):
                    keys, line = ["u"], "u"
            elif question.kind == "order" or turn % 5 == 0:
                keys, line = ["space"], ""
                if screen.query("#quiz-input").first().display:
                    keys = ["enter"]
            elif question.form == "choice":
                keys = [str(turn % len(question.options) + 1)]
                line = keys[0]
            else:
                line = question.answer if turn % 2 else "nonsense"
                screen.query_one("#quiz-input").value = line  # type: ignore[attr-defined]
                keys = ["enter"]
            await pilot.press(*keys)
            if line is not None:
                typed.append(line)
    raise AssertionError("it goes on for ever")


async def test_the_same_answers_in_lines_make_the_same_journal(
    tmp_path: Path,
    at_workspace: Callable[[Collection], Workspace],
    capsys: pytest.CaptureFixture[str],
) -> None:
    homes = tmp_path / "screen", tmp_path / "lines"
    states = []
    typed: list[str] = []
    for home in homes:
        locations = Locations.find({"STUDYTUI_HOME": str(home)})
        with Collection.open(locations, lambda: START, StudyDays(UTC, 4)) as collection:
            workspace = at_workspace(collection)
            if home is homes[0]:
                typed = await on_the_screen(workspace, "newspaper")
            else:
                document = workspace.annotate(workspace.open("newspaper"))
                session = quiz_session(workspace, document, workspace.phrases(document), 6, 5)
                LineSession(session, io.StringIO("".join(f"{line}\n" for line in typed)), "pinyin").run()
            states.append(collection.state)
    assert len(typed) > 20
    assert "u" in typed
    assert kept(homes[0]) == kept(homes[1])
    assert states[0].memories == states[1].memories
    notes = [{key: record.note for key, record in state.notes.items()} for state in states]
    assert notes[0] == notes[1]
    printed = capsys.readouterr().out
    assert "right at the first try" in printed
    assert "\x1b" not in printed


def test_a_quiz_in_lines_in_a_process_of_its_own(home: Path) -> None:
    """What is no answer is not taken for one, and the end of the input leaves as `q` does."""
    one = ("quiz", "two-teas", "--plain", "--seed", "1", "--limit", "1")  # one word is met, then asked
    told = studytui(*one, stdin="\nnope\n9\n？\nh\n１\n3\n1\n")
    assert told.returncode == 0, told.stderr
    printed = told.stdout.decode()
    assert b"\x1b" not in told.stdout + told.stderr
    assert printed.count("Choose by a number from 1 to 4.") == 2
    assert "h a hint" in printed
    assert "1 answer in" in printed  # the second was not rated
    reviews = [line for line in kept(home) if line["type"] == "review"]
    assert [line["rating"] for line in reviews] == [3]
    going_on = studytui("quiz", "two-teas", "--plain", stdin="\nq\n")
    assert b"1 question is left" in going_on.stdout
    assert len([line for line in kept(home) if line["type"] == "review"]) == 1


def test_answers_in_json(home: Path) -> None:
    first = '{"answer": "1"}\n{"rating": 4}\n'
    undone = '{"unknown": true}\n{"undo": true}\n'  # the rating that was proposed is taken, then taken back
    bad = 'no JSON\n[]\n{"answer": 3}\n{"rating": 5}\n{"what": 1}\n'
    done = studytui(
        "quiz", "newspaper", "--json", "--seed", "1", stdin=first + undone + bad + '{"answer": "b"}'
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1  # five lines were not taken
    assert sum("error" in each for each in told) == 5
    assert [each["rating"] for each in told if "kept" in each] == [4, 1, told[-2]["rating"]]
    assert "answers" in told[-1]
    asked = [each["card"] for each in told if "prompt" in each]
    assert asked[1] == asked[3]
    reviews = [line for line in kept(home) if line["type"] == "review"]
    assert len(reviews) == 3
    due = [json.loads(line) for line in studytui("review", "--json").stdout.splitlines()]
    again = studytui("review", "--json", stdin='{"answer": "1", "rating": 2, "took_ms": 900}\n')
    assert again.returncode == 0
    question = json.loads(again.stdout.splitlines()[0])
    assert question.keys() >= {"card", "headword", "template", "phase", "due", "prompt", "options"}
    assert question["card"] in {each["card"] for each in due}


@pytest.mark.parametrize(("option", "stdin"), [("--plain", "</dev/null"), ("--json", "<&-")])
def test_where_no_answer_can_come_questions_are_listed(option: str, stdin: str, home: Path) -> None:
    command = [sys.executable, "-m", "studytui", "quiz", "two-teas", "--seed", "1", "--limit", "3", option]
    line = f"{' '.join(command)} {stdin}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode()
    assert len(printed.splitlines()) == 3 if option == "--json" else "Answers" in printed
    assert not Locations.find({"STUDYTUI_HOME": str(home)}).quiz.exists()


def test_a_text_is_read_aloud_a_sentence_a_line(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("他说：“我们去图书馆，好吗？”她笑了。\n", encoding="utf-8")
    lines = studytui("read", str(path), "--pinyin").stdout.decode().splitlines()
    at = next(
        number for number, line in enumerate(lines) if "图书馆" in line.replace("【", "").replace("】", "")
    )
    assert lines[at + 1].startswith("tā shuō: “wǒmen qù túshūguǎn, hǎo ma?”")

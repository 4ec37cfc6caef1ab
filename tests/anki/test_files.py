"""Where an export cannot be written, and what is left then."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from studytui.anki.out.export import ENDINGS, export
from studytui.errors import StudytuiError, UsageError
from tests.anki.deck import CORE, FLOWER, NOTES


def one_sentence(error: pytest.ExceptionInfo[StudytuiError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


@pytest.mark.parametrize("name", ["deck", "deck.zip", "deck.apkg.bak", ".apkg"])
def test_an_unknown_ending(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as error:
        export(NOTES, tmp_path / name, deck_title="t")
    assert all(ending in one_sentence(error) for ending in ENDINGS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["DECK.APKG", "a.b.csv", "带 空格.md", "词.TSV"])
def test_endings_in_any_case(tmp_path: Path, name: str) -> None:
    assert export(NOTES, tmp_path / name, deck_title="t").path.stat().st_size > 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_folder_that_is_missing_or_in_the_way(tmp_path: Path, ending: str) -> None:
    with pytest.raises(UsageError, match="does not exist") as error:
        export(NOTES, tmp_path / "no" / f"a{ending}", deck_title="t")
    one_sentence(error)
    (tmp_path / f"a{ending}").mkdir()
    with pytest.raises(UsageError, match="is a folder") as error:
        export(NOTES, tmp_path / f"a{ending}", deck_title="t")
    one_sentence(error)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="does not exist"):
        export(NOTES, tmp_path / "file" / f"a{ending}", deck_title="t")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, code: int
) -> None:
    target = tmp_path / f"a{ending}"
    target.write_text("the old one")

    def fails(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StudytuiError) as error:
        export(NOTES, target, deck_title="t")
    assert os.strerror(code) in one_sentence(error)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [target.name]
    assert target.read_text() == "the old one"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_disk_without_room(tmp_path: Path, ending: str) -> None:
    """The kernel itself refuses to write more than a few bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StudytuiError) as error:
            export(NOTES, tmp_path / f"a{ending}", deck_title="t")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.strerror(errno.EFBIG) in one_sentence(error)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(NOTES, tmp_path / "a.apkg", deck_title="t")
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "deck.md"
    link.symlink_to(tmp_path / "real" / "deck.md")
    export(NOTES, link, deck_title="t")
    assert link.is_symlink()
    assert (tmp_path / "real" / "deck.md").read_text("utf-8").startswith("# t")


def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        export(NOTES, tmp_path / "a.csv", deck_title="t")
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(StudytuiError, match="no notes"):
        export([], tmp_path / "a.apkg", deck_title="t")
    with pytest.raises(UsageError, match="kind of card"):
        export([CORE], tmp_path / "a.apkg", deck_title="t", templates=())
    with pytest.raises(StudytuiError, match="no note can make"):
        export([FLOWER], tmp_path / "a.apkg", deck_title="t", templates=("cloze",))
    with pytest.raises(StudytuiError, match="twice"):
        export([CORE, CORE], tmp_path / "a.apkg", deck_title="t")
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


@pytest.mark.parametrize("ending", [".csv", ".md"])
def test_heavy_libraries_wait_until_they_are_used(tmp_path: Path, ending: str) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from studytui.anki.out.export import export\n"
        "from studytui.study.notes.note import Note\n"
        "export([Note('核心', ('he2', 'xin1'), '核心', ('core',))], Path(sys.argv[1]), deck_title='t')\n"
        "print(sorted({'genanki', 'jieba', 'pypinyin', 'textual', 'sqlite3'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / f"a{ending}")],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2] / "src"), *sys.path]),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"

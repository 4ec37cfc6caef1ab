"""What can be read, and what is said of what cannot."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest

from studytui.errors import StudytuiError, UsageError
from studytui.text.reflow.reflow import read_document
from studytui.text.source import source
from studytui.text.source.source import bundled, load

SENTENCE = "这条河从山里流出来，经过我们的村子，再往东去。"


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "河.txt"
    path.write_bytes(SENTENCE.encode("gbk"))
    found = load(str(path))
    assert (found.name, found.title, found.text, found.encoding) == (str(path), "河", SENTENCE, "gb18030")


def test_standard_input() -> None:
    found = load("-", io.BytesIO(SENTENCE.encode()))
    assert (found.name, found.title, found.text) == ("-", "standard input", SENTENCE)


def test_a_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    assert load("~/a.txt").text == SENTENCE


class TestDecks:
    def test_each_can_be_read_by_name(self) -> None:
        assert bundled()
        for deck in bundled():
            found = load(deck.name)
            assert found.title == deck.title
            assert read_document(found).paragraphs

    def test_one_is_to_begin_with(self) -> None:
        assert [deck.default for deck in bundled()].count(True) == 1

    def test_a_file_of_the_same_name_wins(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        name = bundled()[0].name
        Path(name).write_text(SENTENCE, "utf-8")
        assert load(name).text == SENTENCE


class TestRefused:
    """One sentence each: what is wrong, what to do."""

    def refused(self, name: str, error: type[StudytuiError] = StudytuiError) -> str:
        with pytest.raises(error) as caught:
            load(name)
        assert type(caught.value) is error or error is StudytuiError
        sentence = str(caught.value)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        assert "`studytui texts`" in self.refused(str(tmp_path / "none.txt"), UsageError)

    def test_a_directory(self, tmp_path: Path) -> None:
        assert "directory" in self.refused(str(tmp_path), UsageError)

    @pytest.mark.parametrize(
        "url", ["https://example.org/a.html", "http://example.org", "ftp://example.org/a"]
    )
    def test_a_url(self, url: str) -> None:
        assert "does not fetch" in self.refused(url, UsageError)

    def test_a_device(self) -> None:
        assert "device" in self.refused("/dev/zero", UsageError)

    def test_a_broken_link(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to(tmp_path / "none")
        assert "points to" in self.refused(str(tmp_path / "a"), UsageError)

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a").write_text(SENTENCE, "utf-8")

        # Root, as whom some run the tests, may read everything.
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
        assert "may not be read" in self.refused(str(tmp_path / "a"), UsageError)

    @pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "a\x1b[31m.txt", "\udcff.txt"])
    def test_a_name_that_cannot_be(self, name: str) -> None:
        sentence = self.refused(name, UsageError)
        assert sentence.isprintable()
        sentence.encode()

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"", "empty"),
            (b" \n\t\n", "empty"),
            (b"GIF89a" + bytes(range(256)), "image"),
            (b"\x1f\x8b\x08\x00" + bytes(64), "compressed"),
            (b"\x7fELF" + bytes(64), "program"),
            ("这是文字".encode() + b"\0" + "还有".encode(), "binary"),
            (b"Only English here.\n", "no Chinese"),
            (bytes(range(128, 256)) * 4, "encoding"),
        ],
        ids=["nothing", "blank", "image", "gzip", "program", "NUL", "English", "noise"],
    )
    def test_what_is_no_chinese_text(self, tmp_path: Path, raw: bytes, said: str) -> None:
        (tmp_path / "a.txt").write_bytes(raw)
        assert said in self.refused(str(tmp_path / "a.txt"))

    def test_what_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(source, "MAX_BYTES", 1 << 20)
        (tmp_path / "a.txt").write_bytes(SENTENCE.encode() * 20_000)
        assert "larger than 1 MB" in self.refused(str(tmp_path / "a.txt"))


class TestPipes:
    def test_a_written_one_is_read(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "p")
        writer = threading.Thread(target=lambda: (tmp_path / "p").write_text(SENTENCE, "utf-8"))
        writer.start()
        try:
            assert load(str(tmp_path / "p")).text == SENTENCE
        finally:
            writer.join()

    def test_one_that_nobody_writes_to_does_not_hang(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(source, "_PATIENCE", 0.01)
        os.mkfifo(tmp_path / "p")
        with pytest.raises(StudytuiError):
            load(str(tmp_path / "p"))

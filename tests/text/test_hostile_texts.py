"""Texts made to take a reader's program for ever: each is read in a process that must come to an end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST_PATIENCE = 120
"""Seconds; each takes one or two. What this is about would take days."""
CHINESE = "我们今天去北京。我们喝茶。"
GBK = CHINESE.encode("gbk") * 20
TEXTS: dict[str, tuple[str, bytes]] = {
    "a note's number that goes on": ("note.txt", f"{CHINESE}{'1' * 60}号 1\n我们喝茶。".encode()),
    "leading comments": ("page.html", ("<!---->" * 580 + f"x<html><p>{CHINESE}").encode()),
    "comments that end nowhere": ("page.html", (f"<html><p>{CHINESE}" + "<!--" * 100_000).encode()),
    "punycode": ("page.html", b"<html><meta charset=punycode><p>" + GBK + b"<!---" + b"a" * 400_000),
    "punycode in XML": (
        "page.xhtml",
        b'<?xml version="1.0" encoding="punycode"?><html><p>' + GBK + b"<!---" + b"a" * 400_000,
    ),
    "tags in tags": ("page.html", ("<html><body>" + "<div>" * 50_000 + CHINESE).encode()),
    "a call that goes on": ("code.txt", (CHINESE + "\n" + "f(" * 100_000 + "\n我们喝茶。").encode()),
    "spaces": ("spaces.txt", (CHINESE + " " * 300_000 + "号\n" + CHINESE).encode()),
    "brackets": ("brackets.txt", (CHINESE + "（" * 100_000 + "[" * 100_000 + "号\n" + CHINESE).encode()),
    "a number": ("number.txt", (CHINESE + "一" * 100_000 + "1" * 100_000 + "号\n" + CHINESE).encode()),
    "braces in subtitles": (
        "film.srt",
        ("1\n00:00:01,000 --> 00:00:02,000\n" + CHINESE + "{\\" * 100_000 + "<rt>" * 50_000).encode(),
    ),
    "marks of Markdown": ("notes.md", ("# 题\n\n" + CHINESE + "*_[" * 10_000 + "\n").encode()),
    "front matter": ("notes.md", ("---\n" + "title: \n" * 20_000 + "\n" + CHINESE).encode()),
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_hostile_text_is_cleaned_in_bounded_time(what: str, tmp_path: Path) -> None:
    name, content = TEXTS[what]
    (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "studytui", "clean", str(tmp_path / name)],
        capture_output=True,
        timeout=MOST_PATIENCE,
        check=False,
        env={**os.environ, "STUDYTUI_HOME": str(tmp_path / "home")},
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"fault" not in done.stderr
    if done.returncode == 0:
        assert "我们" in done.stdout.decode()

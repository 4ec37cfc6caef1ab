"""Settings: defaults, every key, and what is said of a wrong one."""

from __future__ import annotations

import os
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.store.config import Config
from studytui.store.locations import Locations
from studytui.study.scheduling.queue import Limits
from studytui.study.scheduling.scheduler import Terms

EVERY_KEY = """
new_per_day = 5
reviews_per_day = 0
review_order = "random"
learn_ahead = "1h"
desired_retention = 0.85
fuzz = true
sandhi = true
rollover_hour = 0
learning_steps = [1, "30s", "4h", "1d"]
relearning_steps = []
templates = ["cloze", "reading"]
leech_threshold = 0
theme = "nord"
pinyin = "all"
script = "traditional"
phonetics = "zhuyin"
meanings = "chinese"
library_order = "level"
text_script = "traditional"
known_hsk = 3
hsk_version = "2.0"
share_settings = true
speech = "espeak-ng -v cmn"
empty_lines = true
ambiguous_width = 2

[keys]
"reader.mark-known" = "k"

[sync]
remote = "me@host:words.git"
"""


def read(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return Config.read(path)


def test_no_file_gives_the_defaults_and_makes_none(tmp_path: Path) -> None:
    assert Config.read(tmp_path / "none" / "config.toml") == Config()
    assert list(tmp_path.iterdir()) == []
    assert read(tmp_path, "") == Config()


def test_every_key_can_be_set(tmp_path: Path) -> None:
    config = read(tmp_path, EVERY_KEY)
    assert [
        field.name for field in fields(Config) if getattr(config, field.name) == getattr(Config(), field.name)
    ] == []
    assert config.terms == Terms(0.85, (60, 30, 14400, 86400), ())
    assert config.limits == Limits(5, 0, ("cloze", "reading"), "random", timedelta(hours=1))
    assert dict(config.keys) == {"reader.mark-known": "k"}
    assert dict(config.sync) == {"remote": "me@host:words.git"}


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("new_per_day = -1", "a whole number from 0 to 9999"),
        ("new_per_day = 1.5", "a whole number"),
        ("new_per_day = true", "a whole number"),
        ("desired_retention = 90", "a number from 0.7 to 0.99"),
        ('desired_retention = "0.9"', "a number from 0.7 to 0.99"),
        ("rollover_hour = 24", "a whole number from 0 to 23"),
        ('learning_steps = ["soon"]', "a list of at most 10 steps"),
        ("learning_steps = [0]", "a list of at most 10 steps"),
        ('learning_steps = ["²m"]', "a list of at most 10 steps"),
        ('learning_steps = "10m"', "a list of at most 10 steps"),
        ('templates = ["cloze", "tone"]', "a list of one or more of recognition, recall, reading, cloze"),
        ("templates = []", "a list of one or more of"),
        ('templates = ["cloze", "cloze"]', "a list of one or more of"),
        ("templates = [[1], [1]]", "a list of one or more of"),
        ('learn_ahead = "2d"', "a time up to a day"),
        ("learn_ahead = -5", "a time up to a day"),
        ("fuzz = 1", "true or false"),
        ('theme = ""', "the name of a theme"),
        (r'theme = "\u001b[2J"', "the name of a theme"),
        ('script = "Simplified"', "one of simplified, traditional"),
        ("pinyin = 1", "one of none, new, all"),
        ('keys = "k"', "a table of action = key"),
        ("keys = {quit = 1}", "a table of action = key"),
        ("sync = {remote = 1}", "a table with remote = "),
        ('sync = {server = "x"}', "a table with remote = "),
    ],
)
def test_a_wrong_value_names_the_file_the_key_and_what_is_allowed(
    tmp_path: Path, line: str, allowed: str
) -> None:
    with pytest.raises(StudytuiError) as raised:
        read(tmp_path, line)
    said = str(raised.value)
    assert said.startswith(f"{tmp_path / 'config.toml'}: {line.split()[0]} must be {allowed}")
    assert said.isprintable()


def test_an_unknown_key_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(
        StudytuiError,
        match=r"no setting 'colour'; there are ambiguous_width, desired_retention, empty_lines, .*theme",
    ):
        read(tmp_path, "colour = 3")
    with pytest.raises(StudytuiError, match=r"no setting 'new_pr_day'; did you mean 'new_per_day'"):
        read(tmp_path, "new_pr_day = 3")


@pytest.mark.parametrize("written", ["2.0", '"2.0"'])
def test_the_version_of_hsk_may_be_a_number(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, f"hsk_version = {written}\n").hsk_version == "2.0"


@pytest.mark.parametrize("values", [{"known_hsk": 9}, {"pinyin": "new", "script": "both"}, {"colour": 1}])
def test_a_value_that_is_not_allowed_is_not_written(tmp_path: Path, values: dict[str, object]) -> None:
    path = tmp_path / "config.toml"
    path.write_text("known_hsk = 2  # mine\n", encoding="utf-8")
    with pytest.raises(StudytuiError):
        Config.write(path, values)
    assert path.read_text(encoding="utf-8") == "known_hsk = 2  # mine\n"
    assert Config.write(path, {"pinyin": "all", "known_hsk": None}) == Config(pinyin="all")


def test_a_file_that_is_not_toml_or_not_text_or_not_a_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    with pytest.raises(StudytuiError, match=r"not valid TOML: .*line 1"):
        read(tmp_path, "new_per_day 3")
    path.write_bytes("theme = '新'".encode("gb18030"))
    with pytest.raises(StudytuiError, match="not UTF-8"):
        Config.read(path)
    path.write_bytes(b"\xef\xbb\xbfnew_per_day = 3")
    assert Config.read(path).new_per_day == 3
    with pytest.raises(StudytuiError, match="cannot read"):
        Config.read(tmp_path)


def test_words_up_to_the_learner_s_level_count_as_known(home: Path) -> None:
    from studytui.session.workspace import Workspace
    from studytui.store.collection import Collection

    locations = Locations.find(os.environ)
    locations.config.mkdir(parents=True)
    locations.settings.write_text("known_hsk = 2\n", encoding="utf-8")
    with Collection.open(locations) as collection:
        assert collection.status("朋友") == "new"  # no dictionary is open yet
        workspace = Workspace(collection)
        level = workspace.lexicon.level
        for word in ("朋友", "图书馆", "网络", "和风细雨"):
            of_it = level(word)
            expected = "known" if of_it is not None and of_it <= 2 else "new"
            assert collection.status(word) == expected
        assert {collection.status(word) for word in ("朋友", "网络")} == {"known", "new"}
        collection.mark("朋友", "learning")
        assert collection.status("朋友") == "learning"
        assert collection.undo() is not None
        assert collection.status("朋友") == "known"


BEFORE = """# my settings
new_per_day = 7  # few

[keys]
"reader.learn" = "w"
"""


def test_one_setting_is_written_and_all_else_stays(home: Path) -> None:
    path = Locations.find(os.environ).settings
    path.parent.mkdir(parents=True)
    path.write_text(BEFORE, encoding="utf-8")
    config = Config.write(path, {"known_hsk": 3})
    assert (config.known_hsk, config.new_per_day, config.keys) == (3, 7, {"reader.learn": "w"})
    assert Config.write(path, {"known_hsk": 4}) == Config.read(path)
    written = path.read_text(encoding="utf-8")
    assert written.count("known_hsk") == 1
    assert [line for line in written.splitlines() if line and "known_hsk" not in line] == [
        line for line in BEFORE.splitlines() if line
    ]


def test_a_setting_makes_the_file_and_keeps_a_link(home: Path, tmp_path: Path) -> None:
    path = Locations.find(os.environ).settings
    assert Config.write(path, {"known_hsk": 2}).known_hsk == 2
    elsewhere = tmp_path / "dotfiles.toml"
    path.replace(elsewhere)
    path.symlink_to(elsewhere)
    Config.write(path, {"known_hsk": 5})
    assert path.is_symlink()
    assert Config.read(elsewhere).known_hsk == 5


@pytest.mark.parametrize("broken", ["known_hsk = [", "colour = 1\n"])
def test_a_broken_file_is_not_written_over(home: Path, broken: str) -> None:
    path = Locations.find(os.environ).settings
    path.parent.mkdir(parents=True)
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(StudytuiError):
        Config.write(path, {"known_hsk": 2})
    assert path.read_text(encoding="utf-8") == broken

"""The first minute: level, characters, pinyin, and a text at that level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studytui.session.suggestions import text_to_begin_with
from studytui.store.config import Pinyin
from studytui.study.levels import HskVersion
from studytui.tui.host import Host
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.screens.known_words.level import FIND_OUT, OLDER, LevelScreen
from studytui.tui.screens.known_words.level_choice import ask_older, keep_level, place

BEGINNER = 2
"""Up to this level of HSK 3.0 the reading stands over new words unless the learner says otherwise."""
_SCRIPTS = (
    "Simplified   汉字, as in mainland China and Singapore",
    "Traditional  漢字, as in Taiwan and Hong Kong",
)
_READINGS: tuple[tuple[Pinyin, str], ...] = (
    ("new", "Over the words that I do not know"),
    ("all", "Over all words"),
    ("none", "Over none: I look at the entry"),
)
_KEYS = "Enter chooses it, Esc leaves it out"


def welcome(app: Host) -> None:
    """Asks three things, each of which can be left out, and opens a text at the level that came of it."""
    collection = app.collection

    def ask_level() -> None:
        said = "How much Chinese do you read?"
        level = collection.config.said_level
        first = level.number if level.version == "3.0" else OLDER
        app.push_screen(LevelScreen(first, said, _KEYS), levelled)

    def levelled(level: int | None) -> None:
        if level is None:
            _ask_how_on(app, ask_level, None, ask_script)
        elif level == FIND_OUT:
            place(app, ask_script)
        elif level == OLDER:
            ask_older(app, lambda older: ask_level() if older is None else kept(older, "2.0"))
        else:
            kept(level)

    def kept(level: int, version: HskVersion = "3.0") -> None:
        with app.telling():
            keep_level(app, level, version)
        ask_script()

    def ask_script() -> None:
        now = int(collection.config.script == "traditional")
        told = "For cards, lists and texts. `s` in a text and `=` change it at any time."
        _ask(app, "Which characters do you read?", _SCRIPTS, now, told, scripted)

    def scripted(number: int | None) -> None:
        if number is None:
            _ask_how_on(app, ask_script, ask_level, ask_readings)
            return
        script, shown = ("traditional", "traditional") if number else ("simplified", "written")
        _keep(app, {"script": script, "text_script": shown})
        ask_readings()

    def ask_readings() -> None:
        now = collection.config.pinyin if collection.has_settings else "none"
        usual = "new" if app.workspace.level <= BEGINNER and now == "none" else now
        first = next(at for at, (mode, _) in enumerate(_READINGS) if mode == usual)
        told = "`v` in a text changes it at any time. Next comes a text at your level, with five prompts."
        _ask(app, "Where should pinyin stand?", [what for _, what in _READINGS], first, told, with_readings)

    def with_readings(number: int | None) -> None:
        if number is None:
            _ask_how_on(app, ask_readings, ask_script, begin)
            return
        _keep(app, {"pinyin": _READINGS[number][0]})
        begin()

    def begin() -> None:
        _do_not_ask_again(app)
        with app.telling():
            deck = text_to_begin_with(app.workspace)
            app.read(app.workspace.begin_deck(deck), guided=True)

    ask_level()


def _ask_how_on(
    app: Host, again: Callable[[], None], before: Callable[[], None] | None, further: Callable[[], None]
) -> None:
    """Asks what Esc is to mean: on without an answer, back, or home."""

    def home() -> None:
        _do_not_ask_again(app)
        app.say("`=` has all settings, and First steps in the palette (Ctrl+P) asks again.")

    ways = [("Go on without an answer", further)]
    if before is not None:
        ways.append(("Back to the question before", before))
    ways.append(("To the home screen, without a first text", home))

    def chosen(number: int | None) -> None:
        (ways[number][1] if number is not None else again)()

    rows = [what for what, _ in ways]
    app.push_screen(
        ChoiceScreen("How would you go on?", rows, keys="Enter chooses it, Esc asks again"), chosen
    )


def _ask(
    app: Host, title: str, rows: Sequence[str], first: int, told: str, then: Callable[[int | None], None]
) -> None:
    app.push_screen(ChoiceScreen(title, rows, chosen=first, keys=_KEYS, told=told), then)


def _keep(app: Host, values: dict[str, object]) -> None:
    with app.telling():
        app.collection.change_settings(values)


def _do_not_ask_again(app: Host) -> None:
    """Keeps a setting, where all was left out."""
    if not app.collection.has_settings:
        _keep(app, {"pinyin": "new"})

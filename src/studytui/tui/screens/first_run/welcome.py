"""The first minute: level, characters, pinyin, and a text at that level."""

from __future__ import annotations

from collections.abc import Callable

from studytui.session.suggestions import text_to_begin_with
from studytui.store.config import Pinyin
from studytui.tui.host import Host
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.screens.known_words.level import FIND_OUT, LevelScreen
from studytui.tui.screens.known_words.level_choice import keep_level, place

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
_KEYS = "Enter chooses it, Esc goes on without"


def welcome(app: Host) -> None:
    """Asks three things, each of which can be left out, and opens a text at the level that came of it."""
    collection = app.collection

    def levelled(level: int | None) -> None:
        if level == FIND_OUT:
            place(app, ask_script)
        elif level is None:
            ask_script()
        else:
            with app.telling():
                keep_level(app, level)
            ask_script()

    def ask_script() -> None:
        _ask(
            app,
            "Which characters do you read?",
            _SCRIPTS,
            collection.config.script == "traditional",
            scripted,
        )

    def scripted(number: int | None) -> None:
        if number is not None:
            script, shown = ("traditional", "traditional") if number else ("simplified", "written")
            _keep(app, {"script": script, "text_script": shown})
        rows = [what for _, what in _READINGS]
        now = collection.config.pinyin if collection.has_settings else "none"
        usual = "new" if app.workspace.level <= BEGINNER and now == "none" else now
        first = next(at for at, (mode, _) in enumerate(_READINGS) if mode == usual)
        _ask(app, "Where should pinyin stand?", rows, first, with_readings)

    def with_readings(number: int | None) -> None:
        if number is not None:
            _keep(app, {"pinyin": _READINGS[number][0]})
        elif not collection.has_settings:  # all was left out: so that it is not asked again
            _keep(app, {"pinyin": "new"})
        with app.telling():
            deck = text_to_begin_with(app.workspace)
            app.read(app.workspace.begin_deck(deck), guided=True)

    said = "Welcome. How much Chinese do you read?"
    app.push_screen(LevelScreen(collection.config.known_hsk, said, _KEYS), levelled)


def _ask(
    app: Host, title: str, rows: tuple[str, ...] | list[str], first: int, then: Callable[[int | None], None]
) -> None:
    app.push_screen(ChoiceScreen(title, rows, chosen=int(first), keys=_KEYS), then)


def _keep(app: Host, values: dict[str, object]) -> None:
    with app.telling():
        app.collection.change_settings(values)

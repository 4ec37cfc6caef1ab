"""`python -m tests.anki.desktop`: the add-on in Anki's own desktop program, without a screen.

Its environment needs `aqt[qt6]` beside ours; that weighs half a gigabyte, so it is no test of the suite. It
walks the README's way: import, an answer in the reviewer, the add-on from its file, Anki started anew, Tools
> Progress from studytui…, the sentence that is said, undo, and once more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studytui.store.collection import Collection
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from tests.anki.conftest import SOUND
from tests.anki.deck import CORE, GROW
from tests.anki.packages import write
from tests.anki.test_addon import differing, package
from tests.anki.test_import_reviews import bring, locations, studied

ADDON = Path(__file__).parents[2] / "dist" / "studytui-progress.ankiaddon"
SECONDS = 60
"""Within which a window of Anki must do what it was asked."""


class Desktop:
    """Anki's window, with one profile in a folder of its own."""

    def __init__(self, base: Path) -> None:
        import aqt
        from aqt.profiles import ProfileManager

        base.mkdir(exist_ok=True)
        profiles = ProfileManager(base)
        profiles.setupMeta()
        profiles.meta["firstRun"], profiles.meta["updates"] = False, False
        if "learner" not in profiles.db.list("select name from profiles"):
            profiles.create("learner")
        profiles.load("learner")
        profiles.save()
        self.app = aqt._run(["anki", "-b", str(base), "-p", "learner", "-l", "en_US"], exec=False)
        self.window = aqt.mw
        self.wait(lambda: self.window.col is not None and self.window.state == "deckBrowser")
        self.collection: Any = self.window.col

    def wait(self, done: Callable[[], bool]) -> None:
        """Lets the window work until it has done something.

        Raises:
            TimeoutError: it did not.
        """
        from aqt.qt import QEventLoop, QTimer

        for _ in range(SECONDS * 20):
            self.app.processEvents()
            if done():
                return
            pause = QEventLoop()
            QTimer.singleShot(50, pause.quit)
            pause.exec()
        raise TimeoutError(f"Anki's window did not do within {SECONDS} seconds what {done} waits for")

    def cards(self, search: str = "") -> list[Any]:
        return [self.collection.get_card(card) for card in self.collection.find_cards(search)]

    def take(self, package: Path) -> None:
        """File > Import, with the two ticks that the README names."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
        from aqt.operations import CollectionOp

        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, merge_notetypes=True)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        finished: list[object] = []
        CollectionOp(self.window, lambda col: col.import_anki_package(request)).success(
            finished.append
        ).run_in_background()
        self.wait(lambda: bool(finished))

    def review(self, ease: int) -> Any:
        """Shows the card that is next, its answer, and presses a rating; the card."""
        deck = next(deck for deck in self.collection.decks.all_names_and_ids() if deck.name != "Default")
        self.collection.decks.select(deck.id)
        self.window.moveToState("review")
        reviewer = self.window.reviewer
        self.wait(lambda: reviewer.card is not None and reviewer.state == "question")
        card = reviewer.card
        reviewer._showAnswer()
        self.wait(lambda: reviewer.state == "answer")
        answered = card.reps
        reviewer._answerCard(ease)
        self.wait(lambda: self.collection.get_card(card.id).reps > answered)
        self.window.moveToState("deckBrowser")
        return card

    def progress(self, package: Path) -> str:
        """Tools > Progress from studytui…, a file chosen in the dialog; what Anki says then."""
        from aqt.qt import QAction, QApplication, QFileDialog, QMessageBox, QTimer

        action = next(
            action
            for action in self.window.form.menuTools.actions()
            if isinstance(action, QAction) and action.text() == "Progress from studytui…"
        )
        choose = QFileDialog.getOpenFileName
        QFileDialog.getOpenFileName = lambda *_args, **_named: (str(package), "")
        said: list[str] = []

        def close_box() -> None:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QMessageBox) and widget.isVisible():
                    said.append(widget.text())
                    widget.accept()

        timer = QTimer()  # the box has a loop of its own, in which only a timer of Qt's runs
        timer.timeout.connect(close_box)
        timer.start(200)
        try:
            action.trigger()
            self.wait(lambda: bool(said))
        finally:
            timer.stop()
            QFileDialog.getOpenFileName = choose
        return said[0]

    def undo(self) -> None:
        before = self.collection.undo_status().last_step
        self.window.undo()
        self.wait(lambda: self.collection.undo_status().last_step != before)

    def assert_sound(self) -> None:
        assert self.collection.fix_integrity() == (SOUND, True)

    def close(self) -> None:
        """Leaves as by File > Exit."""
        self.window.unloadProfileAndExit()
        self.wait(lambda: self.window.col is None)


def installed(folder: Path) -> None:
    """First start: the deck comes in, a card is answered, the add-on is installed from its file."""
    desktop = Desktop(folder / "base")
    desktop.collection.set_config("fsrs", True)
    with studied(folder / "home") as collection:
        desktop.take(package(collection, folder))
        assert differing(collection, desktop) == []  # type: ignore[arg-type]
    card = desktop.review(3)
    print(f"reviewed {card.note()['Word']}, {card.template()['name']}")
    result = desktop.window.addonManager.install(str(ADDON))
    print("installed:", type(result).__name__, desktop.window.addonManager.allAddons())
    desktop.close()


def brought(folder: Path) -> None:
    """Second start: Anki's answer comes here, two are given here, and the add-on brings them over."""
    desktop = Desktop(folder / "base")
    with Collection.open(locations(folder / "home")) as collection:
        carried = bring(write(desktop.collection, folder, "there.apkg"), collection)
        print("answers that came from Anki:", carried.reviews)
        assert carried.reviews == 1
        for note, rating in ((CORE, Rating.AGAIN), (GROW, Rating.GOOD)):
            collection.answer(card_id(note.id, "recall"), rating, 2600, kind="recall")
        path = package(collection, folder)
        before = [(card.id, card.due, card.reps, card.memory_state) for card in desktop.cards()]
        log = desktop.collection.db.scalar("select count() from revlog")
        said = desktop.progress(path)
        print("said:", said)
        assert said.startswith("2 cards brought forward, with 2 answers.")
        assert differing(collection, desktop) == []  # type: ignore[arg-type]
        desktop.undo()
        desktop.wait(lambda: desktop.collection.db.scalar("select count() from revlog") == log)
        assert [(card.id, card.due, card.reps, card.memory_state) for card in desktop.cards()] == before
        desktop.assert_sound()
        print("said again after undo:", desktop.progress(path))
        assert differing(collection, desktop) == []  # type: ignore[arg-type]
        print("said of another file:", desktop.progress(ADDON))
    desktop.assert_sound()
    desktop.close()
    print("the same in both; Check Database finds nothing")


def main() -> int:
    """Both starts, each a process of its own as Anki's are."""
    if len(sys.argv) == 3:
        {"installed": installed, "brought": brought}[sys.argv[1]](Path(sys.argv[2]))
        sys.stdout.flush()
        os._exit(0)  # Qt's web pages end badly without a screen
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu",
    }
    subprocess.run(["make", "addon"], cwd=ADDON.parents[1], check=True)
    with tempfile.TemporaryDirectory() as name:
        for start in (installed, brought):
            done = subprocess.run(
                [sys.executable, "-m", "tests.anki.desktop", start.__name__, name],
                env=environment,
                check=False,
                stderr=subprocess.PIPE,
                text=True,
                timeout=SECONDS * 5,
            )
            if done.returncode:
                print(done.stderr[-3000:], file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

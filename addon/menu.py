"""The line in Anki's menu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anki.collection import OpChanges
from aqt import gui_hooks, mw
from aqt.operations import CollectionOp
from aqt.qt import QAction, QFileDialog, qconnect
from aqt.utils import showInfo, showWarning

from .progress import NAME, Brought, UnreadablePackageError, bring, take_back

_rows: list[int] = []
"""What the last step added to the log."""


def add() -> None:
    """Puts it there."""
    action = QAction(f"{NAME}…", mw)
    qconnect(action.triggered, _ask)
    mw.form.menuTools.addAction(action)
    gui_hooks.state_did_undo.append(_undone)


def _ask() -> None:
    name, _ = QFileDialog.getOpenFileName(mw, "A package of studytui", "", "Anki packages (*.apkg)")
    if name:
        run(Path(name))


def run(package: Path) -> None:
    """Brings a package's progress in, and says what was done."""

    def done(brought: Brought) -> None:
        _rows[:] = brought.rows
        showInfo(brought.told)

    def failed(error: Exception) -> None:
        if not isinstance(error, UnreadablePackageError):
            raise error
        showWarning(str(error))

    CollectionOp(mw, lambda col: bring(col, package)).success(done).failure(failed).run_in_background()


def _undone(changes: Any) -> None:
    if changes.operation == NAME and _rows:
        take_back(mw.col, _rows)
        _rows.clear()
        CollectionOp(mw, lambda col: OpChanges(study_queues=True)).run_in_background()

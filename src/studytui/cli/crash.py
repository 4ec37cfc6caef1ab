"""A fault of the program's own: its details go to a file, one sentence to the learner."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from studytui import __version__
from studytui.errors import StudytuiError
from studytui.store.files import make_private
from studytui.store.locations import Locations
from studytui.text.characters import printable


def keep(error: BaseException) -> str:
    """Writes the traceback into the state folder, and returns the sentence that says so."""
    details = printable("".join(traceback.format_exception(error)))
    what = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    try:
        folder = Locations.find(os.environ).state
        make_private(folder)
        path = folder / "crash.log"
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8"
        ) as log:
            log.write(f"studytui {__version__}, {datetime.now(UTC).isoformat()}\n{details}\n")
    except (OSError, StudytuiError):
        return f"the program has a fault ({what}); your answers are safe in the journal."
    return (
        f"the program has a fault ({what}); your answers are safe in the journal, and {path} has the details."
    )

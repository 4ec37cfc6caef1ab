"""A fault of the program's own: its details go to a file, one sentence to the learner."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from studytui import __version__
from studytui.store.locations import Locations


def keep(error: BaseException) -> str:
    """Writes the traceback into the state folder, and returns the sentence that says so."""
    details = "".join(traceback.format_exception(error))
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    try:
        folder = Locations.find(os.environ).state
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "crash.log"
        with path.open("a", encoding="utf-8") as log:
            log.write(f"studytui {__version__}, {datetime.now(UTC).isoformat()}\n{details}\n")
    except OSError:
        return f"the program has a fault ({what}); your answers are safe in the journal."
    return (
        f"the program has a fault ({what}); your answers are safe in the journal, and {path} has the details."
    )

"""Settings that travel with `studytui sync`, for a learner who wishes it on each machine.

They are brought to a meeting as events, and what was brought last holds. Nothing of that happens in between:
the file is the learner's own, and may be changed by hand.
"""

from __future__ import annotations

import json

from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.config import Config, value_of
from studytui.store.setting import OF_A_MACHINE


def bring(collection: Collection) -> None:
    """Says what this machine's file has and nobody brought yet; a setting that it does not name is no word.

    Raises:
        StudytuiError: the file cannot be read, or the journal not be written.
    """
    if not collection.config.share_settings:
        return
    brought = collection.state.settings
    said = {
        name: json.dumps(value)
        for name, value in Config.named(collection.locations.settings).items()
        if name not in OF_A_MACHINE
    }
    fresh = {name: value for name, value in said.items() if brought.get(name) != value}
    if fresh:
        collection.changes.record_all(
            ("setting", {"name": name, "value": value}) for name, value in fresh.items()
        )


def adopt(collection: Collection) -> tuple[str, ...]:
    """Puts into this machine's file what was brought last; the names of those that are others now.

    What no setting can be, or only a later version knows, is passed over.

    Raises:
        StudytuiError: the file cannot be written.
    """
    if not collection.config.share_settings:
        return ()
    others: dict[str, object] = {}
    for name, written in collection.state.settings.items():
        if name in OF_A_MACHINE:
            continue
        value = json.loads(written)
        try:
            differs = value_of(name, value) != getattr(collection.config, name)
        except StudytuiError:
            continue
        if differs:
            others[name] = value
    if others:
        collection.change_settings(others)
    return tuple(others)

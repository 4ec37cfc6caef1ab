"""The command that exchanges answers and texts with the learner's other machines."""

from __future__ import annotations

from pathlib import Path

from studytui.cli.output import open_workspace, print_object, say, say_aside
from studytui.errors import UsageError
from studytui.wording import many


def sync(place: str | None, remote: str | None, *, json: bool) -> int:
    """Merges with a folder, or with the learner's git remote."""
    if place is not None and remote is not None:
        raise UsageError("a folder and --remote were both given: name one place to meet in.")
    if place is not None and not Path(place).expanduser().is_dir():
        raise UsageError(
            f"{place!r} is no folder that is there: plug its disk in or make it (an address wants --remote)."
        )
    from studytui.session.shared_settings import adopt, bring
    from studytui.store.sync.exchange import sync as exchange

    with open_workspace() as workspace:
        collection = workspace.collection
        bring(collection)
        done = exchange(
            collection.locations, collection.clock, place or remote, collection.config.sync.get("remote")
        )
        collection.refresh()
        adopted = adopt(collection)
    for warning in done.warnings:
        say_aside(warning)
    if json:
        print_object(
            {
                "remote": done.remote,
                "received": done.received,
                "sent": done.sent,
                "texts_received": done.texts_received,
                "texts_sent": done.texts_sent,
                "renamed": done.renamed,
                "settings": list(adopted),
            }
        )
        return 0
    received = _counted(done.received, done.texts_received)
    sent = _counted(done.sent, done.texts_sent)
    if received or sent:
        say(f"{done.remote}: received {received or 'nothing'}, sent {sent or 'nothing'}.")
    else:
        say(f"{done.remote}: both have everything.")
    if adopted:
        say(f"Now as on another machine: {', '.join(adopted)}.")
    if done.renamed is not None:
        say(f"Another machine writes under this one's name; from now on this one is {done.renamed}.")
    return 0


def _counted(changes: int, texts: int) -> str:
    """`3 changes and 1 text`; empty if there is none."""
    counts = ((changes, "change"), (texts, "text"))
    return " and ".join(many(count, name) for count, name in counts if count)

"""`studytui sync`: journals and texts meet those of the learner's other machines.

They meet in a git remote, or in a plain folder on a stick or a share. See `studytui.store.sync.local_files`
for what is taken in, and the two meeting places for how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studytui.errors import StudytuiError, UsageError
from studytui.restricted import require_no_program
from studytui.store.files import failure, free_name, make_private
from studytui.store.journal.writer import Writer
from studytui.store.locations import Locations
from studytui.store.lock import locked
from studytui.store.sync.folder import FolderExchange, is_repository
from studytui.store.sync.git_exchange import GitExchange
from studytui.store.sync.local_files import LocalFiles
from studytui.store.sync.repository import BrokenRepositoryError, remembered

_PATIENCE = 10.0
"""Seconds to wait for another sync of this machine."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did."""

    remote: str
    """A folder, or the address of a git repository without a password."""
    received: int = 0
    """Lines that this machine did not have."""
    sent: int = 0
    """Lines that the remote did not have."""
    texts_received: int = 0
    texts_sent: int = 0
    renamed: str | None = None
    """This machine's new name in the journal, if another one was found to write under the old one."""
    warnings: tuple[str, ...] = ()
    """Sentences about what was put back, or passed over."""


def sync(
    locations: Locations, clock: Callable[[], datetime], remote: str | None, setting: str | None
) -> Synced:
    """Exchanges what is here and what the remote has.

    Args:
        locations: of the learner's files.
        clock: for the commit's date.
        remote: a folder, or the address of a git repository. An address is remembered once it was reached,
            or if there was none before; None for the setting, or the one remembered.
        setting: `[sync] remote` of config.toml.

    Raises:
        UsageError: no remote was ever named; a folder is not there.
        StudytuiError: git is not there, the remote cannot be reached or has what only a later version can
            read. What is here is committed, and goes with the next sync.
    """
    require_no_program("sync")
    chosen = remote or setting or remembered(locations)
    if not chosen:
        raise UsageError(
            "no remote is named: give a folder on a stick or a share, `studytui sync FOLDER`, or make an "
            "empty, private git repository somewhere and give its address, `studytui sync --remote URL`."
        )
    if chosen.startswith("-") or not chosen.isprintable():
        raise UsageError(f"{chosen!r} is not the address of a git repository, nor a folder.")
    with _alone(locations):
        writer = Writer(locations, clock)
        writer.restore()
        place = Path(chosen).expanduser()
        if "://" not in chosen and place.is_dir():
            place = place.resolve()
            chosen = str(place)
            if not is_repository(place):
                files = LocalFiles(locations, clock, chosen)
                exchange = FolderExchange(files, place, clock)
                exchange.run()
                return _synced(chosen, files, exchange.sent, exchange.texts_sent, writer.warnings)
        return _through_git(locations, clock, chosen, writer.warnings)


def _through_git(
    locations: Locations, clock: Callable[[], datetime], address: str, warnings: list[str]
) -> Synced:
    for again in (True, False):
        files = LocalFiles(locations, clock, address)
        try:
            exchange = GitExchange(files, clock)
            exchange.run(address)
        except BrokenRepositoryError as error:
            if not again:
                raise StudytuiError(f"git cannot work in {locations.sync}: {error}.") from None
            with suppress(OSError):
                locations.sync.rename(free_name(locations.sync.with_name("sync.git.broken")))
        else:
            return _synced(exchange.repository.remote, files, exchange.sent, exchange.texts_sent, warnings)
    raise AssertionError


def _synced(remote: str, files: LocalFiles, sent: int, texts_sent: int, warnings: list[str]) -> Synced:
    told = dict.fromkeys([*warnings, *files.writer.warnings, *files.warnings])
    return Synced(remote, files.received, sent, files.texts_received, texts_sent, files.renamed, tuple(told))


@contextmanager
def _alone(locations: Locations) -> Iterator[None]:
    make_private(locations.state)
    path = locations.sync.with_suffix(".lock")
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(path, _PATIENCE))
        except TimeoutError:
            raise StudytuiError("another `studytui sync` is under way: wait for it.") from None
        except OSError as error:
            raise failure("lock", path, error) from error
        yield

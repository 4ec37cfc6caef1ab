"""Where the learner's files are."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studytui.errors import UsageError

_DEVICE = re.compile("[a-z0-9-]{1,64}")
_FOLDERS = ("data", "state", "config", "cache")


@dataclass(frozen=True, slots=True)
class Locations:
    """Four folders. None need exist: each is made, private, when something is first put there."""

    data: Path
    """What may not be lost and may travel: journals, texts, the folded state."""
    state: Path
    """What belongs to this machine: its name in the journal, a second copy of what it wrote, the lock."""
    config: Path
    """The learner's settings."""
    cache: Path
    """What can be made again."""

    @classmethod
    def find(cls, environ: Mapping[str, str] = os.environ) -> Locations:
        """The folders by `STUDYTUI_HOME`, else by the XDG variables, else by the system's custom.

        Raises:
            UsageError: they cannot be told.
        """
        home = environ.get("STUDYTUI_HOME")
        if home:
            root = _root(home)
            return cls(*(root / folder for folder in _FOLDERS))
        from platformdirs import PlatformDirs

        usual = PlatformDirs("studytui", appauthor=False)
        custom = {
            "data": usual.user_data_path,
            "state": usual.user_state_path,
            "config": usual.user_config_path,
            "cache": usual.user_cache_path,
        }
        found = [_xdg(environ, folder) or custom[folder] for folder in _FOLDERS]
        if not all(path.is_absolute() for path in found):
            raise UsageError(
                "it is not known which folder is your own: set HOME, or STUDYTUI_HOME to a folder"
            )
        return cls(*found)

    @property
    def journal(self) -> Path:
        """The folder of the journals, one file a device."""
        return self.data / "journal"

    @property
    def texts(self) -> Path:
        """The folder of the texts that were opened."""
        return self.data / "texts"

    @property
    def files(self) -> Path:
        """On a shared server, the folder of the files that the learner can name."""
        return self.data / "files"

    @property
    def snapshot(self) -> Path:
        """The fold of all journals: a cache."""
        return self.data / "state.json"

    @property
    def backups(self) -> Path:
        """Copies of the journals, made before a repair and from time to time."""
        return self.data / "backups"

    @property
    def device(self) -> Path:
        """The file with this machine's name in the journal."""
        return self.state / "device"

    @property
    def own_journal(self) -> Path | None:
        """The journal that this machine writes; None if it has written nothing yet."""
        with suppress(OSError, UnicodeDecodeError):
            name = self.device.read_text("utf-8").strip()
            if _DEVICE.fullmatch(name):
                return self.journal / f"{name}.jsonl"
        return None

    @property
    def machine(self) -> Path:
        """The file that says on which machine, and in which folder, that name is used."""
        return self.state / "machine.json"

    @property
    def second_copy(self) -> Path:
        """The folder of the second copies of the journals that this machine wrote."""
        return self.state / "journal"

    @property
    def lock(self) -> Path:
        """The lock between this machine's processes."""
        return self.state / "journal.lock"

    @property
    def quiz(self) -> Path:
        """The quiz that was begun last on this machine and is not finished."""
        return self.state / "quiz.json"

    @property
    def placement(self) -> Path:
        """The placement that was begun on this machine and is not over."""
        return self.state / "placement.json"

    @property
    def sync(self) -> Path:
        """The git repository through which `studytui sync` exchanges journals and texts with the remote."""
        return self.state / "sync.git"

    @property
    def remote(self) -> Path:
        """The file with the address of the remote that was reached last."""
        return self.state / "remote"

    @property
    def settings(self) -> Path:
        """`config.toml`."""
        return self.config / "config.toml"


def _root(home: str) -> Path:
    try:
        root = Path(home).expanduser().absolute()
        root.exists()  # a NUL, or a name that is too long
    except (OSError, RuntimeError, ValueError):
        raise UsageError(f"STUDYTUI_HOME is {home}, which names no folder: set it to one") from None
    return root


def _xdg(environ: Mapping[str, str], folder: str) -> Path | None:
    """The XDG variable for a folder. A relative path is to be ignored, says the standard."""
    value = environ.get(f"XDG_{folder.upper()}_HOME", "")
    return Path(value) / "studytui" if value and Path(value).is_absolute() else None

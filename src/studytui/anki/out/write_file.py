"""Writing a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from studytui.errors import StudytuiError, UsageError
from studytui.whole_file import replace_whole


def refuse_unwritable(target: Path) -> None:
    """Finds early what would stop the writing.

    Raises:
        UsageError: the target is a folder or a device, or its folder is not there.
    """
    if target.is_dir():
        raise UsageError(f"{target} is a folder: name a file in it, such as {target / 'deck.apkg'}.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is a device or a pipe: name a file that can be replaced.")
    if not target.parent.is_dir():
        raise UsageError(f"The folder {target.parent} does not exist: make it first, or name another.")


def write(target: Path, content: bytes) -> None:
    """Puts `content` at `target`: beside it first, flushed to the disk, then moved over it in one step.

    Raises:
        UsageError: the target is a folder, or its folder is not there.
        StudytuiError: it could not be written; what stood at the target still does.
    """
    refuse_unwritable(target)
    # A link is followed: what it points to is replaced, not the link.
    target = target.resolve()
    try:
        replace_whole(target, content, mode=0o666)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StudytuiError(
            f"{target} could not be written: {reason}; free room or name another place."
        ) from None

"""How journals are laid out in a repository."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha1

PART = 4 << 20
"""Bytes after which a journal goes on in a further file of the repository.

So a day's answers cost a small object, not a new copy of all years, and no file outgrows what hosts allow.
"""

_LONGEST = 200
"""Bytes of a file's name; some file systems that encrypt names take hardly more."""

_PART = re.compile(r"(?P<stem>.+?)(?:~(?P<number>[2-9]|[1-9]\d{1,5}))?\.jsonl", re.DOTALL)


def parts(stem: str, content: bytes) -> dict[str, bytes]:
    """A journal as files of the repository. What was a whole part stays as it is when the journal grows."""
    files: dict[str, bytes] = {}
    start = 0
    while start < len(content):
        stop = content.find(b"\n", start + PART - 1) + 1 or len(content)
        number = len(files) + 1
        files[f"{stem}.jsonl" if number == 1 else f"{stem}~{number}.jsonl"] = content[start:stop]
        start = stop
    return files


def grouped(names: Iterable[str]) -> Mapping[str, list[str]]:
    """The files of a repository by the journal they are parts of, in order.

    A name that could not be a file's in the journal folder is left out: a repository may come from anywhere.
    """
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for name in names:
        match = _PART.fullmatch(name)
        if match and is_plain(name):
            found[match["stem"]].append((int(match["number"] or 1), name))
    return {stem: [name for _, name in sorted(group)] for stem, group in found.items()}


def is_plain(name: str) -> bool:
    """Whether a name is one file's in one folder, visible and printable, on any file system (FAT too)."""
    return (
        name.isprintable()
        and not name.startswith(".")
        and not set(name) & set('/\\<>:"|?*')
        and len(name.encode()) <= _LONGEST
    )


def blob_id(content: bytes) -> str:
    """The name that git gives to a content."""
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()

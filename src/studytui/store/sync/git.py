"""Runs git: it never asks, never works for ever, and keeps out of the learner's own repositories."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from studytui.errors import StudytuiError

LOCAL = 120.0
"""Seconds that git may work on this machine."""
REACH = 25.0
"""Seconds in which a remote must say what it has: name look-up, connection and greeting."""
REMOTE = 600.0
"""Seconds that git may take with a remote that has answered."""
QUIET = 30.0
"""Seconds between two looks at a remote that has answered; it is given up if git told nothing in between.

While bytes move git tells its progress each second.
"""

_PREFIX = re.compile("^(fatal|error|remote|ERROR): ")
_PROGRESS = re.compile(r"(remote: )?(\w+ing \w+:|Total \d|Delta compression)")
_SECRET = re.compile(r"(\b\w+://)[^/@\s]+@")
_SSH = "-o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=3"

_ALWAYS = (
    "-c", "core.hooksPath=/dev/null",  # the learner's hooks are for the learner's repositories
    "-c", "core.askPass=",
    "-c", "gc.autoDetach=false",
    "-c", "push.gpgSign=false",
    "-c", "http.lowSpeedLimit=1",
    "-c", "http.lowSpeedTime=30",
)  # fmt: skip


class GitError(Exception):
    """Git could not do it. The text is its reason, fit to be shown."""

    def __init__(self, reason: str, printed: str = "") -> None:
        super().__init__(reason)
        self.printed = printed
        """What it wrote to standard output."""


class Git:
    """A bare repository, and what git does in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self, *arguments: str, given: bytes = b"", patience: float = LOCAL, quiet: float = LOCAL
    ) -> bytes:
        """What `git ARGUMENTS` prints.

        Args:
            arguments: the command and its options.
            given: its standard input.
            patience: seconds after which it is ended.
            quiet: seconds between two looks whether it has said anything; with `--progress` it does.

        Raises:
            GitError: it failed, or took too long.
            StudytuiError: git is not installed.
        """
        program = shutil.which("git")
        if program is None:
            raise StudytuiError("git is not installed: install it, and try `studytui sync` again.")
        command = [program, "--git-dir", str(self.folder), *_ALWAYS, *arguments]
        # A session of its own has no terminal on which ssh could ask for a password.
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        try:
            printed, complaints = _waited(process, given, patience, quiet)
        except BaseException as error:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise GitError(f"it gave no answer in {error.timeout:.0f} seconds") from None
            raise
        if process.returncode:
            raise GitError(_reason(complaints), printed.decode("utf-8", "replace"))
        return printed


def _waited(
    process: subprocess.Popen[bytes], given: bytes, patience: float, quiet: float
) -> tuple[bytes, bytes]:
    """What a process wrote to its two outputs.

    Raises:
        TimeoutExpired: it took longer than `patience`, or wrote no complaint or progress for `quiet` seconds.
    """
    end = time.monotonic() + patience
    last: bytes | None = None
    to_give: bytes | None = given
    while True:
        try:
            return process.communicate(to_give, timeout=max(0.0, min(quiet, end - time.monotonic())))
        except subprocess.TimeoutExpired as error:
            if time.monotonic() >= end:
                error.timeout = patience
                raise
            if error.stderr == last:
                raise
            last, to_give = error.stderr, None


def _environment() -> dict[str, str]:
    """The learner's, for proxies and keys; without traces of another repository, or a way to ask."""
    kept = ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_", "GIT_CONFIG", "GIT_EXEC_PATH", "GIT_PROXY_COMMAND")
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(kept)
    }
    ssh = environ.get("GIT_SSH_COMMAND") or _ssh_command(environ)
    if ssh or "GIT_SSH" not in environ:
        environ["GIT_SSH_COMMAND"] = f"{ssh or 'ssh'} {_SSH}"
    return environ | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
    }


def _ssh_command(environ: dict[str, str]) -> str:
    """`core.sshCommand` of the learner's own settings, which GIT_SSH_COMMAND would hide."""
    command = ["git", "config", "--global", "--get", "core.sshCommand"]
    with suppress(OSError, subprocess.TimeoutExpired):
        found = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, env=environ, timeout=10, check=False
        )
        return found.stdout.decode("utf-8", "replace").strip()
    return ""


def _reason(complaints: bytes) -> str:
    """The first thing git said that means something, on one line and without secrets."""
    said = (line.strip() for line in complaints.decode("utf-8", "replace").splitlines())
    lines = [line for line in said if line and not _PROGRESS.match(line)]
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ERROR:", "ssh:"))]
    words = _PREFIX.sub("", (telling or lines or ["it gave no reason"])[0])
    return without_secrets("".join(each if each.isprintable() else " " for each in words))[:300].rstrip(".")


def without_secrets(text: str) -> str:
    """Text in which no URL has a name or password before its host."""
    return _SECRET.sub(r"\1", text)

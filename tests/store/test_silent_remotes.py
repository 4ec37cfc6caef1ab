"""Remotes that answer, and go silent in the middle of what they send."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.sync import git, repository
from studytui.store.sync.exchange import Synced, sync
from tests.store.acts import START

Connect = Callable[[], socket.socket]


class Falling:
    """A way to a server on which nothing comes back any more after so many bytes."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._open = ExitStack()
        self._listening = self._open.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.port = self._listening.getsockname()[1]
        self.sent = 0
        """Bytes that came back so far."""
        self.most = 1 << 60
        """Bytes after which it is silent."""
        Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Falling:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = self._connect()
            for one in (client, server):
                self._open.enter_context(one)
            Thread(target=self._there, args=(client, server), daemon=True).start()
            Thread(target=self._back, args=(server, client), daemon=True).start()

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        try:
            while data := client.recv(4096):
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one of them is gone

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        try:
            while data := server.recv(64):
                self.sent += len(data)
                if self.sent > self.most:
                    return
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            pass


@contextmanager
def over_git(folder: Path) -> Iterator[Connect]:
    daemons: list[subprocess.Popen[bytes]] = []

    def connect() -> socket.socket:
        ours, its = socket.socketpair()
        command = ["git", "daemon", "--inetd", "--export-all", f"--base-path={folder}"]
        with its:
            started = subprocess.Popen(
                command, stdin=its.fileno(), stdout=its.fileno(), stderr=subprocess.DEVNULL
            )
        daemons.append(started)
        return ours

    yield connect
    for daemon in daemons:
        daemon.kill()
        daemon.wait()


@contextmanager
def over_http(folder: Path) -> Iterator[Connect]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield lambda: socket.create_connection(("127.0.0.1", server.server_port))
        server.shutdown()


def home(tmp_path: Path, name: str) -> Locations:
    locations = Locations.find({"STUDYTUI_HOME": str(tmp_path / name)})
    with Collection.open(locations) as collection:
        for headword in ("水", "山", name):
            collection.mark(headword, "known")
    return locations


def meet(locations: Locations, address: str) -> Synced:
    return sync(locations, lambda: START, address, None)


@pytest.mark.parametrize("more", [0, 150, 600])
@pytest.mark.parametrize(("scheme", "served"), [("git", over_git), ("http", over_http)])
def test_a_remote_that_goes_silent_in_the_middle_is_given_up_and_nothing_is_lost(
    tmp_path: Path,
    scheme: str,
    served: Callable[[Path], AbstractContextManager[Connect]],
    more: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert git.QUIET <= 30
    monkeypatch.setattr(repository, "QUIET", 1.0)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("no_proxy", "*")
    bare = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(bare)], check=True)
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    meet(lap, str(bare))
    subprocess.run(["git", "--git-dir", str(bare), "update-server-info"], check=True)
    own = workspace.own_journal
    assert own is not None
    before = own.read_bytes()
    with served(tmp_path) as connect, Falling(connect) as way:
        address = f"{scheme}://127.0.0.1:{way.port}/remote.git"
        told = subprocess.run(["git", "ls-remote", address], check=True, capture_output=True).stdout
        assert b"refs/heads/main" in told
        way.most = 2 * way.sent + more  # the sync asks the same first
        with pytest.raises(StudytuiError, match=r"cannot reach .* it gave no answer in 1 seconds"):
            meet(workspace, address)
    assert own.read_bytes() == before
    assert meet(workspace, str(bare)).received == meet(lap, str(bare)).received == 3


def test_what_git_tells_of_its_progress_is_no_reason(tmp_path: Path) -> None:
    command = (
        r"!printf 'remote: Counting objects: 3, done.\rReceiving objects: 9%% (1/11)\rfatal: no\n' >&2; false"
    )
    with pytest.raises(git.GitError, match=r"^no$"):
        git.Git(tmp_path).run("-c", f"alias.tells={command}", "tells")

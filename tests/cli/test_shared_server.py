"""A machine that several learners share: nothing leads out of a learner's own folder, nor to a shell."""

from __future__ import annotations

import getpass
import json
import os
import pty
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
OUTSIDE = [
    ["read", "{secret}"],
    ["read", "file://{secret}"],
    ["{secret}"],
    ["read", "../../../secret.txt"],
    ["read", "link.txt"],
    ["clean", "/proc/self/environ"],
    ["import", "{secret}"],
    ["texts", "add", "{outside}"],
    ["texts", "add", "linked"],
    ["export", "two-teas", "-o", "{outside}/out.md"],
    ["export", "two-teas", "-o", "linked/out.md"],
    ["sync", "{outside}"],
    ["sync", "--remote", "ext::sh -c id"],
]
CHINESE = "他坚持锻炼身体，我们都羡慕他的毅力。\n"


@pytest.fixture
def outside(home: Path, tmp_path: Path) -> Path:
    """A folder of somebody else, with links to it in the learner's own."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.txt").write_text(CHINESE, encoding="utf-8")
    (home / "data/files").mkdir(parents=True)
    (home / "data/files/link.txt").symlink_to(folder / "secret.txt")
    (home / "data/files/linked").symlink_to(folder)
    return folder


def test_no_command_leads_out_of_the_own_folder(home: Path, outside: Path) -> None:
    names = {"secret": str(outside / "secret.txt"), "outside": str(outside)}
    lines = [[word.format(**names) for word in line] for line in OUTSIDE]
    inside = [
        ["texts", "add", "-"],
        ["export", "two-teas", "-o", "own.md"],
        ["read", "own.md"],
        ["read", "two-teas"],
    ]
    code = (
        "import sys, json\nfrom studytui.cli.main import run\n"
        "for line in json.loads(sys.argv[1]): print('status', run(line), flush=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(lines + inside)],
        input=CHINESE.encode(),
        capture_output=True,
        env={**os.environ, "STUDYTUI_RESTRICTED": "yes", "PYTHONPATH": str(SRC)},
        timeout=120,
        check=False,
    )
    told = done.stdout.decode()
    statuses = [int(line.split()[1]) for line in told.splitlines() if line.startswith("status ")]
    assert statuses == [2] * len(OUTSIDE) + [0] * len(inside), done.stderr.decode()
    assert "own folder" in done.stderr.decode()
    assert sorted(path.name for path in outside.iterdir()) == ["secret.txt"]
    assert (home / "data/files/own.md").exists()


def test_python_itself_refuses_what_no_sentence_did(tmp_path: Path) -> None:
    """A way that was forgotten ends at Python's own hooks: no program, and nothing written elsewhere."""
    code = f"""
import os, subprocess, sys
from pathlib import Path
from studytui.restricted import restrict
own, other = Path({str(tmp_path / "own")!r}), Path({str(Path.home() / "never-made-by-a-test")!r})
own.mkdir()
restrict([own], [own])
tried = [lambda: subprocess.run(["true"]), lambda: os.system("true"), lambda: os.execv("/bin/sh", ["sh"]),
    lambda: os.posix_spawn("/bin/sh", ["sh"], {{}}), lambda: other.write_text("x"),
    lambda: os.open(other, os.O_CREAT), lambda: open(other, "ab")]
for each in tried:
    try:
        each()
    except PermissionError:
        continue
    sys.exit("it was done")
(own / "kept").write_text("x")
subprocess.run([sys.executable, "-c", ""], check=True)
"""
    environ = {**os.environ, "PYTHONPATH": str(SRC), "TMPDIR": str(tmp_path / "own")}
    (tmp_path / "own").mkdir()
    (tmp_path / "own").rmdir()
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def ssh(home: Path, tmp_path: Path) -> Iterator[list[str]]:
    """A real sshd on loopback whose only command is studytui; how to reach it."""
    sshd = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if sshd is None or shutil.which("ssh") is None:
        pytest.skip("there is no sshd here")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = tmp_path / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {tmp_path / 'host'}\nPidFile none\nStrictModes no\n"
        f"AuthorizedKeysFile {tmp_path / 'user.pub'}\nPermitRootLogin yes\nUsePAM no\nDisableForwarding yes\n"
        f"SetEnv STUDYTUI_RESTRICTED=yes STUDYTUI_HOME={home} PYTHONPATH={SRC} LC_ALL=C.UTF-8\n"
        f"ForceCommand exec {sys.executable} -m studytui\n"
    )
    server = subprocess.Popen([sshd, "-D", "-e", "-f", str(config)], stderr=subprocess.PIPE)
    try:
        assert server.stderr is not None
        for line in server.stderr:
            if b"listening" in line:
                break
        yield [
            *("ssh", "-F", "none", "-p", str(port), "-i", str(tmp_path / "user"), "-o", "BatchMode=yes"),
            *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"),
            f"{getpass.getuser()}@127.0.0.1",
        ]
    finally:
        server.terminate()
        server.communicate()


def test_through_a_real_sshd(ssh: list[str], home: Path) -> None:
    def asked(*words: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*ssh, *words], input=stdin.encode(), capture_output=True, timeout=120, check=False
        )

    for words in (["sh -c 'id; ls /'"], ["read", "/etc/passwd"], ["/usr/lib/openssh/sftp-server"]):
        done = asked(*words)
        assert done.returncode == 2
        assert b"uid=" not in done.stdout
        assert b"root:" not in done.stdout
    assert "坚持".encode() in asked("texts", "add", "-", stdin=CHINESE).stdout
    done = asked("quiz", "two-teas", "--plain", "--limit", "1", "--seed", "1", stdin="\n1\n3\n")
    assert b"1 answer " in done.stdout
    (journal,) = (home / "data/journal").glob("*.jsonl")
    assert '"review"' in journal.read_text("utf-8")
    # With a terminal the home screen opens; Ctrl+Z stops nothing, and Ctrl+Q leaves the connection.
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(ssh[0], [ssh[0], "-tt", *ssh[1:]])
    drawn = b""
    until = time.monotonic() + 60
    while b"Quit" not in drawn and time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            drawn += os.read(terminal, 65536)
    assert b"Quit" in drawn
    os.write(terminal, b"\x1a")
    while b"No shell" not in drawn and time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            drawn += os.read(terminal, 65536)
    assert b"No shell" in drawn
    os.write(terminal, b"\x11")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

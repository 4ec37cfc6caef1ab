"""The application in a browser: the server's own protocol is spoken, as the page does."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys

import aiohttp


async def test_a_session_in_a_browser_and_only_with_its_key(home: object) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "studytui", "serve", "--port", str(port)], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().decode().strip()
        bare = f"http://127.0.0.1:{port}"
        assert address.startswith(f"{bare}/?key=")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            while True:  # it says its address, then listens
                with contextlib.suppress(aiohttp.ClientConnectorError):
                    async with browser.get(bare) as first:
                        assert first.status == 403
                        break
            for path in ("/?key=x", "/ws", "/download/x"):
                async with browser.get(bare + path) as refused:
                    assert refused.status == 403
            async with browser.get(address) as page:
                assert page.status == 200
                assert "default-src 'self'" in page.headers["Content-Security-Policy"]
            async with browser.ws_connect(f"{bare}/ws?width=80&height=24") as session:
                await session.send_json(["resize", {"width": 80, "height": 24}])
                drawn = b""
                async for message in session:
                    drawn += message.data if isinstance(message.data, bytes) else message.data.encode()
                    if b"Quit" in drawn:
                        await session.send_json(["stdin", "\x11"])
                assert b"Quit" in drawn
                assert session.closed  # Ctrl+Q ended the session, and the server goes on
            async with browser.get(address) as page:
                assert page.status == 200
        taken = [sys.executable, "-m", "studytui", "serve", "--port", str(port)]
        second = subprocess.run(taken, capture_output=True, timeout=60, check=False)
        assert second.returncode == 1
        assert b"--port" in second.stderr
    finally:
        server.terminate()
        server.communicate()

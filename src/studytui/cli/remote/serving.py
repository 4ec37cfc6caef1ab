"""`studytui serve`: the application in a browser on this machine."""

from __future__ import annotations

import hmac
import secrets
import shlex
import socket
import sys
from typing import TYPE_CHECKING

from studytui.cli.output import say, say_aside
from studytui.errors import StudytuiError, UsageError
from studytui.restricted import require_no_program

if TYPE_CHECKING:
    from aiohttp import web

HOST = "127.0.0.1"
"""Only this machine: who wants it from elsewhere comes through SSH (`ssh -L 8000:127.0.0.1:8000 host`)."""
_COOKIE = "studytui"


def serve(port: int) -> int:
    """Serves the application until it is interrupted; each tab of a browser is a session of its own.

    Raises:
        UsageError: textual-serve is not installed, or this is a shared server.
        StudytuiError: the port is taken.
    """
    require_no_program("serve")
    try:
        from textual_serve.server import Server
    except ImportError:
        raise UsageError("the browser wants one more library: install `studytui[serve]`.") from None

    class OwnServer(Server):
        """Admits whoever has the address that was printed, which holds a key, and nobody else.

        Without it every account of this machine, and every page that a browser here has open, could connect.
        """

        key = secrets.token_urlsafe(16)

        async def handle_index(self, request: web.Request) -> web.StreamResponse:
            """The page; the key of its address becomes a cookie that no other site can make use of."""
            self._admit(request, request.query.get("key", ""))
            page: web.StreamResponse = await super().handle_index(request)
            page.set_cookie(_COOKIE, self.key, httponly=True, samesite="Strict")
            # The page asks for a font from elsewhere: it does without.
            page.headers["Content-Security-Policy"] = (
                f"default-src 'self' data: 'unsafe-inline'; connect-src 'self' ws://{HOST}:{self.port}"
            )
            return page

        async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
            """The session behind the page."""
            self._admit(request, "")
            session: web.WebSocketResponse = await super().handle_websocket(request)
            return session

        async def handle_download(self, request: web.Request) -> web.StreamResponse:
            """A file that a session gives to the browser."""
            self._admit(request, "")
            return await super().handle_download(request)

        def _admit(self, request: web.Request, key: str) -> None:
            from aiohttp.web import HTTPForbidden

            given = key or request.cookies.get(_COOKIE, "")
            if not hmac.compare_digest(given.encode(), self.key.encode()):
                raise HTTPForbidden(text="Open the address that `studytui serve` printed.")

        async def on_startup(self, app: web.Application) -> None:
            """Says where it is."""
            say(f"http://{HOST}:{self.port}/?key={self.key}")
            sys.stdout.flush()
            say_aside("open this address in a browser on this machine; Ctrl+C ends it.")

        def initialize_logging(self) -> None:
            """Nothing is logged."""

    try:
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind((HOST, port))
    except (OSError, OverflowError) as error:
        raise StudytuiError(f"port {port} cannot be had ({error}): give another by --port.") from error
    command = f"{shlex.quote(sys.executable)} -m studytui"
    OwnServer(command, host=HOST, port=port, title="studytui").serve()
    return 0

"""Keys one after the other, however fast they come."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

PATIENCE = 1.0
"""Seconds after which the next key is handed out though the one before it is still at work."""

ROUNDS = 8
"""How often at most a key is followed: what it submits is handled one round later, and leads elsewhere."""

AT_ONCE = frozenset(("ctrl+q", "ctrl+c"))
"""Keys that wait for nothing: the ways out."""


class KeysInOrder(App[None]):
    """An application that hands out a key once the one before it has done what it does.

    Textual hands a key to what has the focus at that moment. A slow line brings several at once: of `/` and
    `mi` the letters would come before the search has the focus, and be commands.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[events.Event] = deque()
        """What came and is not handed out yet; a terminal's answer stands in line with what is typed."""
        self._handed_out: float | None = None
        """When the key was handed out that is on its way."""
        self._rounds = 0
        """How often it was followed."""
        self._start: MessagePump = self
        """What had the focus when it was followed last."""
        self._quiet = True
        """Whether nothing waited to be handled on the way up from there."""

    async def on_event(self, event: events.Event) -> None:
        """Takes what the terminal sends, in turn."""
        in_turn = isinstance(event, events.Key | events.Paste | events.CursorPosition)
        if not in_turn or event.is_forwarded or getattr(event, "key", "") in AT_ONCE:
            await super().on_event(event)
            return
        self._held.append(event)
        if self._handed_out is None or monotonic() - self._handed_out > PATIENCE:
            await self._hand_out()

    async def _hand_out(self) -> None:
        self._handed_out = monotonic()
        self._start, self._rounds, self._quiet = self._in_focus, 0, True
        await super().on_event(self._held.popleft())
        self._follow(self._start, self._handed_out)

    @property
    def _in_focus(self) -> MessagePump:
        return self.focused or (self.screen if self.screen_stack else self)

    def _follow(self, node: MessagePump, since: float) -> None:
        """Goes after a key the way that it goes up when nobody takes it, and behind what it calls for."""
        if node is self or not node.call_later(self._passed, node, since):
            # Once behind the key, and once behind what it has called: a focus is given by a call.
            self.call_later(self.call_later, self._done, since)

    def _passed(self, node: MessagePump, since: float) -> None:
        self._quiet = self._quiet and not node.message_queue_size
        self._follow(getattr(node, "parent", None) or self, since)

    async def _done(self, since: float) -> None:
        if since != self._handed_out:
            return  # it took too long, and another was handed out
        settled = self._quiet and self._start is self._in_focus
        if not settled and self._rounds < ROUNDS:
            # It has sent a message, as Enter in a field does, or the focus went elsewhere.
            self._start, self._rounds, self._quiet = self._in_focus, self._rounds + 1, True
            self._follow(self._start, since)
        elif self._held:
            await self._hand_out()
        else:
            self._handed_out = None

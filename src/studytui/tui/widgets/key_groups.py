"""What keys are for: the groups under which the help lists them.

A letter does the same on every screen that has it: `tests/tui/test_keys.py` holds the table.
"""

from __future__ import annotations

from textual.binding import Binding

MOVE = Binding.Group("Move")
LOOK = Binding.Group("Look")
LEARN = Binding.Group("Learn")
TEXT = Binding.Group("Text")
PROGRAM = Binding.Group("Program")

GROUPS = (MOVE, LOOK, LEARN, TEXT, PROGRAM)
"""In the order of the help."""

"""Questions and lists in the characters that the learner reads."""

from __future__ import annotations

from textual.content import Content

from studytui.store.config import Script
from studytui.text.script import to_script


def in_script(content: Content, script: Script) -> Content:
    """What is shown, in the script of the settings; what was written in traditional characters stays."""
    return Content(to_script(script)(content.plain), list(content.spans))

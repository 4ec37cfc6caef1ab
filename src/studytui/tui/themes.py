"""The themes that studytui brings along, and those of Textual for terminals of 16 colours, made readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from textual.theme import BUILTIN_THEMES, Theme

DARK, LIGHT = "ink", "paper"
"""The themes that are used where the learner has chosen none."""

_OWN = (
    Theme(
        name=LIGHT,
        dark=False,
        primary="#2f5d8a",
        secondary="#5a6b7a",
        accent="#8a3b6b",
        warning="#8f5600",
        error="#a8322a",
        success="#3f6b2a",
        foreground="#2b2723",
        background="#f7f1e3",
        surface="#fbf7ed",
        panel="#ebe2cf",
        variables={
            "block-cursor-background": "#e3d3ae",
            "block-cursor-foreground": "#2b2723",
            "block-cursor-blurred-background": "#ece2ca",
            "block-cursor-blurred-foreground": "#2b2723",
            "border": "#b3a383",
            "footer-background": "#ebe2cf",
            "footer-key-foreground": "#2f5d8a",
        },
    ),
    Theme(
        name=DARK,
        dark=True,
        primary="#7fb0e0",
        secondary="#9aa8b5",
        accent="#d69acb",
        warning="#e0b060",
        error="#e88a7d",
        success="#9cc48a",
        foreground="#ddd8cc",
        background="#16181c",
        surface="#1c1f24",
        panel="#262a31",
        variables={
            "block-cursor-background": "#33465c",
            "block-cursor-foreground": "#f2eee4",
            "block-cursor-blurred-background": "#2a313b",
            "block-cursor-blurred-foreground": "#ddd8cc",
            "border": "#56616e",
            "footer-background": "#262a31",
            "footer-key-foreground": "#7fb0e0",
        },
    ),
    # xterm's own blue on black has a contrast of 2.2, its yellow, green and cyan on white less than 2.
    replace(BUILTIN_THEMES["ansi-dark"], primary="ansi_cyan", accent="ansi_magenta", error="ansi_bright_red"),
    replace(
        BUILTIN_THEMES["ansi-light"],
        warning="ansi_red",
        success="ansi_default",
        secondary="ansi_blue",
        accent="ansi_magenta",
    ),
)

OWN_THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in _OWN})
"""By name; of two of one name these stand before Textual's."""


def usual_theme(*, colors: int, light: bool) -> str:
    """The theme for a learner who has chosen none.

    Args:
        colors: how many the terminal draws.
        light: whether its background is.
    """
    if colors <= 16:
        return "ansi-light" if light else "ansi-dark"  # of 16 colours the terminal's own look best
    return LIGHT if light else DARK


def is_light(colorfgbg: str) -> bool:
    """Whether a terminal that sets COLORFGBG to this has a light background."""
    return colorfgbg.rpartition(";")[2] in ("7", "15")

"""Of what any widget draws, every letter can be read: each has its theme's colour where that is enough."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

LEAST = 4.5
"""The contrast of text to what is behind it; WCAG 2.2, success criterion 1.4.3, level AA."""
_STEPS = 20
"""Steps from a colour to black or white: more of them are not told apart."""

Triplet = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


class ReadableFilter(LineFilter):
    """Draws text that is too like its background nearer to black or white, as far as it needs.

    Frames and blocks are left as they are. A colour whose look only the terminal knows is too.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line."""
        behind = background.rgb
        return [
            Segment(each.text, _readable_style(each.style, behind))
            if each.style is not None and each.style.color is not None and is_text(each.text)
            else each
            for each in segments
        ]


def is_text(drawn: str) -> bool:
    """Whether something in it is to be read: other than blanks, and lines and blocks of frames and bars."""
    return any(not ("\u2500" <= each <= "\u259f" or each.isspace()) for each in drawn)


def contrast(one: Triplet, other: Triplet) -> float:
    """The contrast of two colours, 1 to 21; WCAG 2.2, contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(color: Triplet, background: Triplet) -> Triplet:
    """A colour, mixed with as little black or white as its contrast to a background needs."""
    end = max((0, 0, 0), (255, 255, 255), key=lambda each: contrast(each, background))
    for step in range(_STEPS):
        mixed = _mix(color, end, step / _STEPS)
        if contrast(mixed, background) >= LEAST:
            return mixed
    return end


def _mix(one: Triplet, other: Triplet, share: float) -> Triplet:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _parts(color: ColorTriplet) -> Triplet:
    return color.red, color.green, color.blue


def _luminance(color: Triplet) -> float:
    """Relative luminance, 0 to 1; WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(2048)
def _readable_style(style: Style, behind: Triplet) -> Style:
    color, own = style.color, style.bgcolor
    if own is not None and not own.is_default:
        if own.triplet is None:
            return style
        behind = _parts(own.triplet)
    if color is None or color.triplet is None:
        return style
    needed = readable(_parts(color.triplet), behind)
    return style if needed == color.triplet else style + Style(color=RichColor.from_rgb(*needed))

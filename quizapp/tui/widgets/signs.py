"""The sign that each choice has, everywhere the same."""

from __future__ import annotations

from textual.content import Content

RIGHT = "✓"
WRONG = "✗"
PICKED = "▸"
"""What stands at the one of several that was picked."""
FLAG = "⚑"
LEECH = "↻"
"""What stands at a card that is forgotten again and again."""

_SIGNS = "◆●■▲▼★○□◇"
_COLOURED = 3


def sign(place: int) -> str:
    """The sign of the choice at this place, from 0; the ninth's for all after it."""
    return _SIGNS[min(place, len(_SIGNS) - 1)]


def sign_style(place: int) -> str:
    """The style of that sign: a colour of its own for the first three choices."""
    return f"$choice-{place + 1}" if place < _COLOURED else "$foreground"


def choice(place: int, name: str, *, bold: bool = True) -> Content:
    """A choice in a line of text, such as `● KPO`."""
    style = "bold $foreground" if bold else "$foreground"
    return Content.assemble((sign(place), sign_style(place)), " ", (name, style))


def picked(*, sixteen: bool) -> str:
    """The style of the one of several that was picked. sixteen: in a terminal of sixteen colours, in some of
    which bold black is grey."""
    return "reverse $text-primary" if sixteen else "$ink on $primary"

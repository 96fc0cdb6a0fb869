"""What follows from a terminal's size: the classes that a screen has, before it is laid out for the first
time, and whether there is room at all."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen

LEAST = Size(30, 10)
"""Columns and rows that every screen can do with."""


def too_small(size: Size) -> bool:
    """Whether a terminal of this size has too little room."""
    return size.width < LEAST.width or size.height < LEAST.height


def fit(screen: Screen[Any]) -> None:
    """Give the screen the classes of the app's breakpoints: to be called when it is composed.

    Textual sets them too, but only after it has laid out and drawn the screen once: it would open in the
    wrong layout and jump.
    """
    app = screen.app
    for breakpoints, length in (
        (app.HORIZONTAL_BREAKPOINTS, app.size.width),
        (app.VERTICAL_BREAKPOINTS, app.size.height),
    ):
        fitting = max((point for point in breakpoints or () if point[0] <= length), default=None)
        if fitting is not None:
            screen.add_class(fitting[1], update=False)

"""The classes that a screen has by its size, before it is laid out for the first time."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen


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

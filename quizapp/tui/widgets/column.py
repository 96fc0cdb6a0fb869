"""The one column that a screen's parts stand in."""

from __future__ import annotations

from textual.containers import Vertical


class Column(Vertical):
    """70 cells wide, 38 on a narrow screen, in the middle of the screen; its parts share its edges."""

"""A chart of the last runs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from quizapp import words

_BLOCKS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = 8
_ROWS = 3
_BAR = 2
_STEP = 3
MOST = 10
"""So many runs are drawn at most."""


class Runs(Widget):
    """The points of the last ten runs as bars three rows high, the last one in the accent colour.

    A bar shows at least a trace, so that a run of no points can be seen; the first and the last are labelled.
    """

    ALLOW_SELECT = False

    def __init__(
        self,
        values: Sequence[float] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._values = tuple(values)[-MOST:]

    def show(self, values: Sequence[float]) -> None:
        """Draw these, the oldest first."""
        self._values = tuple(values)[-MOST:]
        self.refresh()

    def render(self) -> Content:
        """The bars and the two labels."""
        if not self._values:
            return Content("")
        heights = _heights(self._values)
        rows = [self._bars(heights, row) for row in range(_ROWS - 1, -1, -1)]
        return Content("\n").join([*rows, self._labels()])

    def _bars(self, heights: list[int], row: int) -> Content:
        last = len(heights) - 1
        bars = [
            Content.assemble(
                (
                    _BLOCKS[max(0, min(_EIGHTHS, height - row * _EIGHTHS))] * _BAR,
                    "$text-primary" if place == last else "$text-secondary",
                )
            )
            for place, height in enumerate(heights)
        ]
        return Content(" " * (_STEP - _BAR)).join(bars)

    def _labels(self) -> Content:
        last = words.points(self._values[-1])
        first = words.points(self._values[0]) if len(self._values) > 1 else ""
        width = len(self._values) * _STEP - (_STEP - _BAR)
        gap = width - cell_len(first) - cell_len(last)
        if first and gap < 1:
            first, gap = "", width - cell_len(last)
        return Content.assemble((first, "$text-muted"), " " * gap, (last, "bold $text-primary"))


def _heights(values: Sequence[float]) -> list[int]:
    """The height of each bar in eighths of a row, from 1; the highest value is full."""
    full = _ROWS * _EIGHTHS
    most = max(values)
    return [max(1, round(full * value / most)) if most > 0 else 1 for value in values]

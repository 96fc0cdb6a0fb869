"""The rows of the home screen: Today, then the decks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from quizapp.tui.layout import cut
from quizapp.tui.widgets.row_list import Line, RowList, mark

_BEST = 10
_FIGURE = 8
_NARROW = 60


class Row(NamedTuple):
    """One row. under: a second line, "" for none. best: on the right, where there is room. backlog: all that
    is due, whatever the day's limits."""

    title: str
    due: int
    new: int
    under: str = ""
    best: str = ""
    bold: bool = False
    backlog: int = 0

    @property
    def waits(self) -> str:
        """`8 due`, or `40 of 280 due` where a day's limit leaves some for later."""
        return f"{self.due:,} of {self.backlog:,} due" if self.backlog > self.due else f"{self.due:,} due"


class DeckList(RowList):
    """Today and the decks: two lines each where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the selection stays in its place."""
        self._rows = tuple(rows)
        self.show_rows()

    def lines(self, width: int) -> list[Line]:
        """Today's row, with room around it on wide screens; then a row a deck."""
        wide = self.screen.has_class("-wide")
        lines: list[Line] = []
        due = max([_FIGURE, *(cell_len(row.waits) + 1 for row in self._rows)])
        for place, row in enumerate(self._rows):
            marked = place == self.selected
            if wide and not place:
                lines.append((place, mark(marked=False)))
            lines.append((place, Content.assemble(mark(marked=marked), _first(row, width - 2, due))))
            under = row.under if wide or not place else ""
            if under:
                line = Content.assemble(mark(marked=marked), (cut(under, width - 2), "$text-muted"))
                lines.append((place, line))
            if wide and not place:
                lines.append((place, mark(marked=False)))
            if not place or wide:
                lines.append((None, Content("")))
        return lines


def _first(row: Row, width: int, due: int) -> Content:
    """Title on the left; due, new and, where there is room, best in columns on the right. due: the width of
    its column."""
    best = row.best.rjust(_BEST) if width + 2 >= _NARROW else ""
    figures = Content.assemble(
        _count(row.due, row.waits, due), _count(row.new, f"{row.new:,} new", _FIGURE), (best, "$text-muted")
    )
    room = width - figures.cell_length - 1
    title = cut(row.title, room)
    style = "bold $foreground" if row.bold else "$foreground"
    return Content.assemble((title, style), " " * (width - cell_len(title) - figures.cell_length), figures)


def _count(number: int, text: str, width: int) -> Content:
    return Content.assemble((text.rjust(width), "$foreground" if number else "$text-muted"))

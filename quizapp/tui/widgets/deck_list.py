"""The rows of the home screen: Today, then the decks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from quizapp.tui.layout import cut
from quizapp.tui.widgets.row_list import Line, RowList, mark

_BEST = 10
_NARROW = 60


class Row(NamedTuple):
    """One row. under: a second line, "" for none. best: on the right, where there is room."""

    title: str
    due: int
    new: int
    under: str = ""
    best: str = ""
    bold: bool = False


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
        for place, row in enumerate(self._rows):
            marked = place == self.selected
            if wide and not place:
                lines.append((place, mark(marked=False)))
            lines.append((place, Content.assemble(mark(marked=marked), _first(row, width - 2))))
            under = row.under if wide or not place else ""
            if under:
                line = Content.assemble(mark(marked=marked), (cut(under, width - 2), "$text-muted"))
                lines.append((place, line))
            if wide and not place:
                lines.append((place, mark(marked=False)))
            if not place or wide:
                lines.append((None, Content("")))
        return lines


def _first(row: Row, width: int) -> Content:
    """Title on the left; due, new and, where there is room, best in columns on the right."""
    best = row.best.rjust(_BEST) if width + 2 >= _NARROW else ""
    figures = Content.assemble(_count(row.due, "due", 8), _count(row.new, "new", 8), (best, "$text-muted"))
    room = width - figures.cell_length - 1
    title = cut(row.title, room)
    style = "bold $foreground" if row.bold else "$foreground"
    return Content.assemble((title, style), " " * (width - cell_len(title) - figures.cell_length), figures)


def _count(number: int, name: str, width: int) -> Content:
    style = "$foreground" if number else "$text-muted"
    return Content.assemble((f"{number:,} {name}".rjust(width), style))

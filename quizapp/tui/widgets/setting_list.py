"""Names on the left, values on the right, in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from quizapp.tui.layout import cut
from quizapp.tui.widgets.row_list import Line, RowList, mark

_LEAST_NAME = 12


class Entry(NamedTuple):
    """One row. changed: whether the value is not the usual one. group: the heading it stands under, "" for
    none; rows of one group follow each other."""

    name: str
    value: str = ""
    changed: bool = False
    group: str = ""


class SettingList(RowList):
    """A list of names with their values."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        # The lines with no row selected, those of the rows among them, and what they were laid out of.
        self._plain: list[Line] = []
        self._places: list[int] = []
        self._laid: tuple[int, tuple[Entry, ...]] = (0, ())

    @property
    def rows(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these; the selection stays in its place."""
        self._entries = tuple(entries)
        self.show_rows()

    def lines(self, width: int) -> list[Line]:
        """A line an entry, a heading and a blank line a group."""
        if self._laid[0] != width or self._laid[1] is not self._entries:
            self._laid = (width, self._entries)
            self._lay_out_plain(width)
        # There may be as many rows as a file has faults: only the selected one is drawn anew.
        found = list(self._plain)
        if self.selected < len(self._entries):
            row = _row(self._entries[self.selected], width - 3)
            line = Content.assemble(mark(marked=True), row)
            found[self._places[self.selected]] = (self.selected, line)
        return found

    def _lay_out_plain(self, width: int) -> None:
        self._plain, self._places = [], []
        group = ""
        for place, entry in enumerate(self._entries):
            if entry.group != group:
                group = entry.group
                if self._plain:
                    self._plain.append((None, Content("")))
                heading = cut(group, width - 3)
                self._plain.append((None, Content.assemble("  ", (heading, "bold $text-muted"))))
            self._places.append(len(self._plain))
            self._plain.append((place, Content.assemble(mark(marked=False), _row(entry, width - 3))))


def _row(entry: Entry, width: int) -> Content:
    value = cut(entry.value, max(1, width - _LEAST_NAME))
    name = cut(entry.name, width - cell_len(value) - 2)
    gap = " " * max(1, width - cell_len(name) - cell_len(value))
    style = "bold $foreground" if entry.changed else "$text-muted"
    return Content.assemble((name, "$foreground"), gap, (value, style))

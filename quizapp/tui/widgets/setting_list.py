"""Names on the left, values on the right, in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

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
        self._laid = _Lines((), 0)

    @property
    def rows(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these; the selection stays in its place."""
        self._entries = tuple(entries)
        self.show_rows()

    def lines(self, width: int) -> Sequence[Line]:
        """A line an entry, a heading and a blank line a group."""
        if self._laid.width != width or self._laid.entries is not self._entries:
            self._laid = _Lines(self._entries, width)
        self._laid.selected = self.selected
        return self._laid

    def lines_of(self, place: int) -> list[int]:
        """The line of a row."""
        return self._laid.places[place : place + 1]


class _Lines(Sequence[Line]):
    """Lines that are laid out when they come into view: there may be as many as a file has faults."""

    def __init__(self, entries: tuple[Entry, ...], width: int) -> None:
        self.entries = entries
        self.width = width
        self.selected = 0
        self.places: list[int] = []
        """The line of each row."""
        self._what: list[int | str] = []  # the row of each line, or a heading
        group = ""
        for place, entry in enumerate(entries):
            if entry.group != group:
                group = entry.group
                self._what += ["", group] if self._what else [group]
            self.places.append(len(self._what))
            self._what.append(place)

    def __len__(self) -> int:
        return len(self._what)

    @overload
    def __getitem__(self, line: int) -> Line: ...

    @overload
    def __getitem__(self, line: slice) -> list[Line]: ...

    def __getitem__(self, line: int | slice) -> Line | list[Line]:
        if isinstance(line, slice):
            return [self[place] for place in range(*line.indices(len(self)))]
        what = self._what[line]
        if isinstance(what, str):
            heading = Content.assemble("  ", (cut(what, self.width - 3), "bold $text-muted"))
            return None, heading if what else Content("")
        row = _row(self.entries[what], self.width - 3)
        return what, Content.assemble(mark(marked=what == self.selected), row)


def _row(entry: Entry, width: int) -> Content:
    value = cut(entry.value, max(1, width - _LEAST_NAME))
    name = cut(entry.name, width - cell_len(value) - 2)
    gap = " " * max(1, width - cell_len(name) - cell_len(value))
    style = "bold $foreground" if entry.changed else "$text-muted"
    return Content.assemble((name, "$foreground"), gap, (value, style))

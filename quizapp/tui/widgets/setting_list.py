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
        found: list[Line] = []
        group = ""
        for place, entry in enumerate(self._entries):
            if entry.group != group:
                group = entry.group
                if found:
                    found.append((None, Content("")))
                found.append((None, Content.assemble("  ", (group, "bold $text-muted"))))
            found.append(
                (place, Content.assemble(mark(marked=place == self.selected), _row(entry, width - 3)))
            )
        return found


def _row(entry: Entry, width: int) -> Content:
    value = cut(entry.value, max(1, width - _LEAST_NAME))
    name = cut(entry.name, width - cell_len(value) - 2)
    gap = " " * max(1, width - cell_len(name) - cell_len(value))
    style = "bold $foreground" if entry.changed else "$text-muted"
    return Content.assemble((name, "$foreground"), gap, (value, style))

"""Old cards with those that they may be now, or are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from quizapp.tui.layout import cut
from quizapp.tui.widgets.row_list import Line, RowList, mark

_LABEL = 5


class Older(NamedTuple):
    """One row. was, now: a card each, and a word on it. said: what was decided, "" while it is open."""

    was: tuple[str, str]
    now: tuple[str, str]
    said: str = ""


class OlderList(RowList):
    """A list of pairs: four lines each, and one on what was decided."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._olders: tuple[Older, ...] = ()

    @property
    def rows(self) -> int:
        """How many pairs there are."""
        return len(self._olders)

    def show(self, olders: Sequence[Older]) -> None:
        """Show these; the selection stays in its place."""
        self._olders = tuple(olders)
        self.show_rows()

    def lines(self, width: int) -> list[Line]:
        """The lines of a pair, a blank one between two."""
        found: list[Line] = []
        for place, older in enumerate(self._olders):
            if found:
                found.append((None, Content("")))
            sign = mark(marked=place == self.selected)
            found += [(place, Content.assemble(sign, line)) for line in _lines(older, width - 3)]
        return found


def _lines(older: Older, width: int) -> list[Content]:
    open_ = not older.said
    lines = []
    for label, (text, note) in (("was", older.was), ("now", older.now)):
        style = "bold $foreground" if open_ else "$text-muted"
        lines.append(
            Content.assemble((label.ljust(_LABEL), "$text-muted"), (cut(text, width - _LABEL), style))
        )
        if note and open_:
            lines.append(Content.assemble(" " * _LABEL, (cut(note, width - _LABEL), "$text-muted")))
    if older.said:
        lines.append(Content.assemble(" " * _LABEL, (cut(older.said, width - _LABEL), "$text-secondary")))
    return lines

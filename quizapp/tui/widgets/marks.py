"""The map of an exam: how each of its cards stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quizapp.learn.exam import Mark
from quizapp.tui.widgets.signs import PICKED, picked

ANSWERED = "•"
"""What stands before the number of a card with an answer; an open one has nothing there."""
FLAGGED = "*"
"""What stands after the number of a flagged card."""
_MORE = "…"
_EDGE = 2  # cells for … at either side, where not all cards have room


class _Row(NamedTuple):
    """Some cards side by side. first: the position of the first, from 0. cards: how many. at: the column that
    the first begins at. before, after: whether … stands there."""

    first: int
    cards: int
    at: int
    before: bool = False
    after: bool = False


class Marks(Widget):
    """Every card of an exam by its number: a row or two, around the one on the screen if that is too few."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """A card's mark was clicked. position: in the exam, from 0."""

        def __init__(self, marks: Marks, position: int) -> None:
            super().__init__()
            self.marks = marks
            self.position = position

        @property
        def control(self) -> Marks:
            """The widget that was clicked."""
            return self.marks

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._marks: tuple[Mark, ...] = ()

    def show(self, marks: Sequence[Mark]) -> None:
        """Show how these stand, () for nothing."""
        self._marks = tuple(marks)
        self.refresh()

    def render(self) -> Content:
        """The rows."""
        return Content("\n").join([self._line(row) for row in self._rows()])

    def on_click(self, event: events.Click) -> None:
        """Choose the card under the pointer."""
        rows = self._rows()
        if event.y >= len(rows):
            return
        row = rows[event.y]
        place = (event.x - row.at) // self._step
        if event.x >= row.at and place < row.cards:
            event.stop()
            self.post_message(self.Chosen(self, row.first + place))

    @property
    def _step(self) -> int:
        """Cells from one card to the next: sign, number, sign, and one between."""
        return len(str(len(self._marks))) + 3

    def _rows(self) -> list[_Row]:
        """The cards that have room, in rows as even as can be."""
        total, step = len(self._marks), self._step
        width, height = self.size
        if not total or width < step or not height:
            return []
        most = (width + 1) // step
        lines = -(-total // most)
        if lines <= height:
            each = -(-total // lines)
            at = (width + 1 - each * step) // 2
            return [_Row(first, min(each, total - first), at) for first in range(0, total, each)]
        each = max(1, (width + 1 - 2 * _EDGE) // step)
        at = (width + 1 - each * step) // 2
        shown = min(total, each * height)
        current = next((mark.position for mark in self._marks if mark.current), 0)
        # One row has the present card in its middle; of more, the first begins where it does on its page.
        begin = current - each // 2 if height == 1 else current // each * each
        begin = max(0, min(begin, total - shown))
        return [
            _Row(
                first,
                min(each, total - first),
                at,
                before=first == begin > 0,
                after=begin + shown < total and first + each >= begin + shown,
            )
            for first in range(begin, begin + shown, each)
        ]

    def _line(self, row: _Row) -> Content:
        cells = [self._cell(mark) for mark in self._marks[row.first : row.first + row.cards]]
        before = Content.assemble((_MORE.ljust(_EDGE), "$text-muted")) if row.before else Content("")
        after = Content.assemble((_MORE.rjust(_EDGE), "$text-muted")) if row.after else Content("")
        indent = " " * (row.at - before.cell_length)
        return Content.assemble(indent, before, Content(" ").join(cells), after)

    def _cell(self, mark: Mark) -> Content:
        flag = FLAGGED if mark.flagged else " "
        room = self._step - 2
        number = str(mark.position + 1)
        if mark.current:
            style = picked(sixteen=self.app.native_ansi_color)
            return Content.assemble((f"{PICKED}{number}".rjust(room) + flag, "bold")).stylize_before(style)
        if mark.open:
            return Content.assemble((f"{number:>{room}}{flag}", "$foreground"))
        return Content.assemble((f"{ANSWERED}{number}".rjust(room), "$text-muted"), (flag, "$foreground"))

"""The grades, and a quiet line where there are none."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quizapp.record import Grade
from quizapp.tui.layout import cut, spread
from quizapp.tui.widgets.signs import PICKED, picked

_NARROW = 60


class Grades(Widget):
    """The grades with their intervals, one marked: a row, or with `boxes` boxes in the answers' place.

    Its place stays when nothing is offered; a line may stand there then.
    """

    ALLOW_SELECT = False

    class Graded(Message):
        """A grade was clicked."""

        def __init__(self, grades: Grades, grade: Grade) -> None:
            super().__init__()
            self.grades = grades
            self.grade = grade

        @property
        def control(self) -> Grades:
            """The widget that was clicked."""
            return self.grades

    def __init__(
        self,
        *,
        boxes: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._boxes = boxes
        self._intervals: dict[Grade, str] = {}
        self._line = ""
        self._marked = Grade.GOOD
        self.set_class(boxes, "-boxes")

    @property
    def offered(self) -> bool:
        """Whether there is anything to grade."""
        return bool(self._intervals)

    @property
    def marked(self) -> Grade:
        """The grade that Space takes."""
        return self._marked

    def offer(self, intervals: Mapping[Grade, str], marked: Grade) -> None:
        """Offer these grades. intervals: how long until the card comes again; "" where a grade moves
        nothing."""
        self._intervals = dict(sorted(intervals.items()))
        self._marked = marked
        self.refresh()

    def clear(self, line: str = "") -> None:
        """Offer nothing. line: what stands in their place."""
        self._intervals = {}
        self._line = line
        self.refresh()

    def render(self) -> Content:
        """The row, or the boxes."""
        if not self._intervals:
            line = Content.assemble((cut(self._line, self.size.width), "$text-muted"))
            return Content.assemble(" " * ((self.size.width - line.cell_length) // 2), line)
        height = self.size.height
        middle = (height - 1) // 2
        cells = self._cells()
        gap = Content(" " * self._gap)
        left = Content(" " * cells[0][0])
        rows = [
            left
            + gap.join(
                self._cell(grade, end - start, blank=row != middle)
                for grade, (start, end) in zip(self._intervals, cells, strict=True)
            )
            for row in range(height)
        ]
        return Content("\n").join(rows)

    def on_click(self, event: events.Click) -> None:
        """Take the grade under the pointer."""
        for grade, (start, end) in zip(self._intervals, self._cells(), strict=True):
            if start <= event.x < end:
                event.stop()
                self.post_message(self.Graded(self, grade))

    @property
    def _narrow(self) -> bool:
        return self.app.size.width < _NARROW

    @property
    def _gap(self) -> int:
        return 0 if not self._boxes else 1 if self._narrow else 2

    def _cells(self) -> list[tuple[int, int]]:
        """Where each grade begins and ends. Fewer than four are as wide as four, and stand in the middle."""
        cells = spread(self.size.width, len(Grade), self._gap)[: len(self._intervals)]
        left = (self.size.width - cells[-1][1]) // 2 if cells else 0
        return [(start + left, end + left) for start, end in cells]

    def _cell(self, grade: Grade, width: int, *, blank: bool) -> Content:
        marked = grade is self._marked
        ground = picked(sixteen=self.app.native_ansi_color) if marked else "on $panel" if self._boxes else ""
        line = Content("") if blank else self._label(grade, marked=marked)
        left = (width - line.cell_length) // 2
        cell = Content.assemble(" " * left, line, " " * (width - left - line.cell_length))
        return cell.stylize_before(ground) if ground else cell

    def _label(self, grade: Grade, *, marked: bool) -> Content:
        name = grade.name.capitalize()
        interval = "" if self._narrow else self._intervals[grade]
        if marked:
            gap = "" if self._narrow else " "
            return Content.assemble((f"{PICKED}{gap}{int(grade)} {name} {interval}".rstrip(), "bold"))
        label = Content.assemble((str(int(grade)), "bold $text-primary"), " ", (name, "$foreground"))
        return Content.assemble(label, " ", (interval, "$text-muted")) if interval else label

"""The first row of a screen."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from quizapp.tui.layout import cut

_PAUSED = "‖"
_LEAST_PART = 12


class Header(Widget):
    """What this is on the left, how far it has come on the right, and a clock where there is one."""

    heading: reactive[str] = reactive("")
    """The title, bold; cut where there is no room."""
    part: reactive[str] = reactive("")
    """What follows the title, muted; cut where there is no room, and left out where there is hardly any."""
    mark: reactive[str] = reactive("")
    """What is set for the card, such as `⚑ Flagged`; before the note."""
    note: reactive[str] = reactive("")
    """What stands on the right, muted: `7 of 17`, `11 right`."""
    clock: reactive[str] = reactive("")
    """The digits of the clock, bold; "" without one. A cell before them is kept for the sign of a pause."""
    still: reactive[bool] = reactive(False)
    """Whether the clock stands still: its digits muted, and ‖ before them."""
    heading_style: reactive[str] = reactive("bold $foreground")
    """The style of the title."""

    def __init__(
        self,
        heading: str = "",
        part: str = "",
        note: str = "",
        *,
        heading_style: str = "bold $foreground",
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Header.heading, heading)
        self.set_reactive(Header.part, part)
        self.set_reactive(Header.note, note)
        self.set_reactive(Header.heading_style, heading_style)

    def render(self) -> Content:
        """The row, exactly as wide as the widget."""
        width = self.size.width
        right = self._right()
        if right.cell_length > width:
            right = Content.assemble((cut(right.plain.strip(), width), "$text-muted"))
        room = max(0, width - right.cell_length - 2)
        left = self._left(room)
        return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)

    def _left(self, room: int) -> Content:
        heading = cut(self.heading, room)
        left = room - cell_len(heading) - 2
        # A few cells of it would say nothing.
        part = cut(self.part, left) if left >= min(_LEAST_PART, cell_len(self.part)) else ""
        if part:
            return Content.assemble((heading, self.heading_style), "  ", (part, "bold $text-muted"))
        return Content.assemble((heading, self.heading_style))

    def _right(self) -> Content:
        note = Content.assemble((" ".join(self.note.split()), "$text-muted"))
        if self.mark:
            note = Content.assemble((self.mark, "$foreground"), "   " if self.note else "", note)
        if not self.clock:
            return note
        gap = "   " if self.note else ""
        if self.still:
            return Content.assemble(note, gap, (f"{_PAUSED} {self.clock}", "$text-muted"))
        return Content.assemble(note, gap, "  ", (self.clock, "bold $foreground"))

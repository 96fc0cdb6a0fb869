"""A list with one row selected, moved by keys, wheel and pointer."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Line = tuple[int | None, Content]
"""A line of the list, and the row that it belongs to; None for a line between rows."""


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws only the lines in view; ↓ on the last of them says that there are more."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="list.up", tooltip="The row above"),
        Binding("down", "move(1)", "Down", show=False, id="list.down", tooltip="The row below"),
        Binding("home", "move(-1000000000)", "First", show=False, id="list.first", tooltip="The first row"),
        Binding("end", "move(1000000000)", "Last", show=False, id="list.last", tooltip="The last row"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.pageup", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.pagedown", tooltip="A page down"),
    ]

    selected: reactive[int] = reactive(0)
    """The place of the selected row."""

    class Selected(Message):
        """Another row is selected. place: from 0."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class Opened(Message):
        """The selected row was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._lines: Sequence[Line] = []

    @property
    @abstractmethod
    def rows(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def lines(self, width: int) -> Sequence[Line]:
        """All lines in this width, the selected row marked."""

    def lines_of(self, place: int) -> Sequence[int]:
        """Which of the lines that are laid out belong to a row."""
        return [line for line, (row, _) in enumerate(self._lines) if row == place]

    def show_rows(self) -> None:
        """Draw rows that have changed; the selection stays in its place."""
        self.selected = max(0, min(self.selected, self.rows - 1))
        self._lay_out()
        self.refresh(layout=True)

    def validate_selected(self, place: int) -> int:
        """Within the rows."""
        return max(0, min(place, self.rows - 1))

    def watch_selected(self, place: int) -> None:
        """Draw the rows anew, keep the selected one in view."""
        self._lay_out()
        self.show_selected()
        self.refresh()
        self.post_message(self.Selected(place))

    def show_selected(self) -> None:
        """Scroll to the selected row."""
        lines = self.lines_of(self.selected)
        if not lines:
            return
        # The lines above the first row, such as a heading, come into view with it.
        first = 0 if not self.selected else lines[0]
        self.scroll_to_region(
            Region(0, first, 1, lines[-1] - first + 1),
            animate=False,
            force=True,
            x_axis=False,
            immediate=True,
        )

    def action_move(self, rows: int) -> None:
        """Select another row."""
        self.selected += rows

    def action_page(self, pages: int) -> None:
        """Select a row that is a page away."""
        self.selected += pages * max(1, self.size.height - 2)

    def on_click(self, event: events.Click) -> None:
        """Select the row under the pointer; open it if it was selected."""
        line = event.y + self.scroll_offset.y
        if line < self._height and (place := self._line(line)[0]) is not None:
            if place == self.selected:
                self.post_message(self.Opened())
            self.selected = place

    def on_resize(self) -> None:
        """Lay the rows out in the new width."""
        self._lay_out()
        self.call_after_refresh(self.show_selected)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are in this width, which the list may not have yet."""
        # The virtual size follows when the size is there. Set here, it had Textual ask three times: 1.5 ms.
        self._lines = self.lines(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        line = y + self.scroll_offset.y
        if line >= self._height:
            return Strip.blank(width, self.rich_style)
        place, content = self._line(line)
        if y == self.size.height - 1 and line < self._height - 1:
            # The last line in view says that there are more, in one of the two cells of the mark.
            at = 1 if place == self.selected else 0
            content = content.pad_right(max(0, 2 - content.cell_length))
            content = Content.assemble(content[:at], ("↓", "$text-muted"), content[at + 1 :])
        if place is not None and place == self.selected:
            content = content.pad_right(max(0, width - content.cell_length)).stylize_before("on $panel")
        return Visual.to_strips(self, content, width, 1, self.visual_style)[0]

    # ---- the lines; a list that is too long to have them all laid out makes each when it is drawn

    @property
    def _height(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def _line(self, line: int) -> Line:
        """One of them, from 0."""
        return self._lines[line]

    def _lay_out(self) -> None:
        width = self.size.width
        if width:
            self._lines = self.lines(width)
            self.virtual_size = Size(width, len(self._lines))


def mark(*, marked: bool) -> Content:
    """The two cells before a row: ▌ for the selected one."""
    return Content.assemble(("▌ " if marked else "  ", "$text-primary"))

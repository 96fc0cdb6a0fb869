"""The rows of the home screen: Today, then the decks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from quizapp.tui.layout import cut

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


class DeckList(ScrollView, can_focus=True):
    """A list with one row selected; it draws only the lines in view."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="home.up", tooltip="The row above"),
        Binding("down", "move(1)", "Down", show=False, id="home.down", tooltip="The row below"),
        Binding("home", "move(-100000)", "First", show=False, id="home.first"),
        Binding("end", "move(100000)", "Last", show=False, id="home.last"),
        Binding("pageup", "move(-8)", "Page up", show=False, id="home.pageup"),
        Binding("pagedown", "move(8)", "Page down", show=False, id="home.pagedown"),
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
        self._rows: tuple[Row, ...] = ()
        self._lines: list[tuple[int | None, Content]] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the selection stays in its place."""
        self._rows = tuple(rows)
        self.selected = max(0, min(self.selected, len(rows) - 1))
        self._lay_out()
        self.refresh(layout=True)

    def validate_selected(self, place: int) -> int:
        """Within the rows."""
        return max(0, min(place, len(self._rows) - 1))

    def watch_selected(self, place: int) -> None:
        """Draw the rows anew, keep the selected one in view."""
        self._lay_out()
        lines = [line for line, (row, _) in enumerate(self._lines) if row == place]
        if lines:
            self.scroll_to_region(
                Region(0, lines[0], 1, len(lines)), animate=False, force=True, x_axis=False, immediate=True
            )
        self.refresh()
        self.post_message(self.Selected(place))

    def action_move(self, rows: int) -> None:
        """Select another row."""
        self.selected += rows

    def on_click(self, event: events.Click) -> None:
        """Select the row under the pointer; open it if it was selected."""
        line = event.y + self.scroll_offset.y
        if line < len(self._lines) and (place := self._lines[line][0]) is not None:
            if place == self.selected:
                self.post_message(self.Opened())
            self.selected = place

    def on_resize(self) -> None:
        """Lay the rows out in the new width."""
        self._lay_out()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are in this width, which the list may not have yet."""
        self._lay_out(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        line = y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        place, content = self._lines[line]
        if place is not None and place == self.selected:
            content = content.pad_right(max(0, width - content.cell_length)).stylize_before("on $panel")
        if y == self.size.height - 1 and line < len(self._lines) - 1:
            # The last line in view says that there are more, in one of the two cells of the mark.
            at = 1 if place == self.selected else 0
            content = Content.assemble(content[:at], ("↓", "$text-muted"), content[at + 1 :])
        return Visual.to_strips(self, content, width, 1, self.visual_style)[0]

    def _lay_out(self, width: int = 0) -> None:
        width = width or self.size.width
        if not width:
            return
        wide = self.screen.has_class("-wide")
        lines: list[tuple[int | None, Content]] = []
        for place, row in enumerate(self._rows):
            marked = place == self.selected
            if wide and not place:
                lines.append((place, _mark(marked=False)))
            lines.append((place, Content.assemble(_mark(marked=marked), _first(row, width - 2))))
            under = row.under if wide or not place else ""
            if under:
                line = Content.assemble(_mark(marked=marked), (cut(under, width - 2), "$text-muted"))
                lines.append((place, line))
            if wide and not place:
                lines.append((place, _mark(marked=False)))
            if not place or wide:
                lines.append((None, Content("")))
        self._lines = lines
        self.virtual_size = Size(width, len(lines))


def _mark(*, marked: bool) -> Content:
    return Content.assemble(("▌ " if marked else "  ", "$text-primary"))


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

"""A place of fixed height for text of any length."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.widget import Widget

Lay = Callable[[int, int], list[Content]]
"""Lays text out in a width and a height: its lines, none wider. There may be more lines than the height."""

_EDGE = 1


class Pane(Widget):
    """Lines that scroll where too few fit; a column on the right shows ↑ and ↓, one on the left is free.

    Lines that fit stand in the middle if `middle`, else at the top.
    """

    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lay: Lay = _nothing
        self._middle = False
        self._covering: Lay | None = None
        self._first = 0

    def lay(self, lay: Lay, *, middle: bool = False) -> None:
        """Show what `lay` lays out, from its first line."""
        self._lay = lay
        self._middle = middle
        self._first = 0
        self.refresh()

    def cover(self, lay: Lay | None = None) -> None:
        """Show this, or nothing, in the middle of the place until `uncover`; what stood there is kept."""
        self._covering = lay or _nothing
        self.refresh()

    def uncover(self) -> None:
        """Show again what was covered, scrolled as it was."""
        self._covering = None
        self.refresh()

    def scroll_lines(self, lines: int) -> bool:
        """Scroll by this many lines, down if positive. Whether anything moved."""
        hidden = len(self._lines()) - self.size.height
        first = max(0, min(self._first + lines, hidden))
        if self._covering is not None or first == self._first:
            return False
        self._first = first
        self.refresh()
        return True

    def scroll_pages(self, pages: int) -> bool:
        """Scroll by pages, which share a line. Whether anything moved."""
        return self.scroll_lines(pages * max(1, self.size.height - 1))

    @property
    def hides_lines(self) -> bool:
        """Whether there are more lines than fit."""
        return len(self._lines()) > self.size.height

    def render(self) -> Content:
        """The lines in view, with the signs that there are more."""
        width, height = self.size
        lines = self._lines()
        more = len(lines) - height
        if more <= 0:
            top = -more // 2 if self._middle or self._covering is not None else 0
            return Content("\n").join(
                [*[Content("")] * top, *(Content.assemble(" ", line) for line in lines)]
            )
        first = self._first = min(self._first, more)
        shown = [Content.assemble(" " * _EDGE, line) for line in lines[first : first + height]]
        if first:
            shown[0] = _marked(shown[0], "↑", width)
        if first < more:
            shown[-1] = _marked(shown[-1], "↓", width)
        return Content("\n").join(shown)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down a line."""
        event.stop()
        self.scroll_lines(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up a line."""
        event.stop()
        self.scroll_lines(-1)

    def _lines(self) -> list[Content]:
        width, height = self.size
        room = width - 2 * _EDGE
        return (self._covering or self._lay)(room, height) if room > 0 and height > 0 else []


def _nothing(_width: int, _height: int) -> list[Content]:
    return []


def _marked(line: Content, mark: str, width: int) -> Content:
    return Content.assemble(line, " " * (width - 1 - line.cell_length), (mark, "not bold $text-muted"))

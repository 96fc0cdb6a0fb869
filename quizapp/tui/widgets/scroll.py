"""A part that scrolls by keys, and a sign that there is more."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

SCROLL: list[BindingType] = [
    Binding("up", "scroll(-1)", "Up", show=False, id="scroll.up", tooltip="Scroll up"),
    Binding("down", "scroll(1)", "Down", show=False, id="scroll.down", tooltip="Scroll down"),
    Binding("pageup", "scroll(-10)", "Page up", show=False, id="scroll.pageup", tooltip="A page back"),
    Binding(
        "pagedown,space", "scroll(10)", "Page down", show=False, id="scroll.pagedown", tooltip="A page on"
    ),
    Binding("home", "scroll(-100000)", "First", show=False, id="scroll.first", tooltip="To the top"),
    Binding("end", "scroll(100000)", "Last", show=False, id="scroll.last", tooltip="To the end"),
]
"""The bindings of every screen that scrolls and has `action_scroll(lines)`."""


class More(Static):
    """A row below a part that scrolls: ↓ while there is more below, with a word of what."""

    def __init__(self, what: Callable[[], str] = str) -> None:
        super().__init__("", markup=False, classes="more")
        self._what = what

    def show(self, *, below: bool) -> None:
        """Show the sign, or nothing."""
        self.update(Content(f"{self._what()} ↓".strip() if below else ""))


class Edge(Widget):
    """At the right edge of a part that scrolls, where no row is to be had: ↑ and ↓ while there is more."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._above = self._below = False

    def show(self, *, above: bool, below: bool) -> None:
        """Show the signs, or nothing."""
        self._above, self._below = above, below
        self.refresh()

    def render(self) -> Content:
        """One at the top, the other at the bottom."""
        lines = [""] * max(1, self.size.height)
        if self._below:
            lines[-1] = "↓"
        if self._above:
            lines[0] = "↑"
        return Content.assemble(("\n".join(lines), "$text-muted"))


class Scroll(VerticalScroll, can_focus=False):
    """Scrolls without a bar; `more` shows when there is something below."""

    def __init__(self, more: More, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._more = more
        self.show_vertical_scrollbar = False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Look again whether there is more."""
        super().watch_scroll_y(old_value, new_value)
        self._look()

    def watch_virtual_size(self) -> None:
        """Look again whether there is more."""
        self._look()

    def on_resize(self) -> None:
        """Look again whether there is more."""
        self._look()

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def _look(self) -> None:
        self.call_after_refresh(lambda: self._more.show(below=self.scroll_offset.y < self.max_scroll_y))

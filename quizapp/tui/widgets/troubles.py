"""What is wrong with what was typed."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quizapp.deck.text import visible
from quizapp.tui.layout import balanced, cut

_MOST = 3
"""So many lines are shown."""


class Troubles(Widget):
    """What is wrong, a line or two each; nothing where nothing is."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="form-problems")
        self._lines: list[str] = []

    def say(self, lines: list[str]) -> None:
        """Say this."""
        if lines != self._lines:
            self._lines = lines
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as it takes, up to a few."""
        return len(self._laid_out(width))

    def render(self) -> Content:
        """The lines, each problem with its sign."""
        lines = self._laid_out(self.size.width)
        return Content("\n").join([Content.assemble((line, "$text-warning")) for line in lines])

    def _laid_out(self, width: int) -> list[str]:
        room = max(1, width - 2)
        found = [
            f"{'  ' if place else '▲ '}{line}"
            for text in self._lines
            for place, line in enumerate(balanced(visible(text).replace("\n", " "), room, room))
        ]
        if len(found) <= _MOST:
            return found
        return [*found[: _MOST - 1], f"{cut(found[_MOST - 1], room)} …"]

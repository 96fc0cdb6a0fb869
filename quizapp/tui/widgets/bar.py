"""The line under the header: how much is done, or how much time is left."""

from __future__ import annotations

from math import ceil, floor

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Bar(Widget):
    """A thick part on a thin track, drawn in half cells. It never moves by itself.

    A study's bar grows with what is done; a quiz's (`quiz=True`) shrinks with the time left.
    """

    still: reactive[bool] = reactive(False, repaint=False, toggle_class="-still")
    """Whether the clock stands still: the bar is muted."""

    def __init__(
        self,
        fraction: float = 0.0,
        *,
        quiz: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._fraction = fraction
        self._quiz = quiz
        self._drawn = -1

    @property
    def fraction(self) -> float:
        """How much of the bar is thick, from 0 to 1."""
        return self._fraction

    @fraction.setter
    def fraction(self, fraction: float) -> None:
        self._fraction = min(1.0, max(0.0, fraction))
        if self._halves() != self._drawn:
            self.refresh()

    def render(self) -> Content:
        """The row, exactly as wide as the widget."""
        halves = self._drawn = self._halves()
        width = self.size.width
        whole, half = divmod(halves, 2)
        thick = "━" * whole + "╸" * half
        colour = "$text-muted" if self.still else "$text-primary" if self._quiz else "$text-secondary"
        return Content.assemble((thick, colour), ("─" * (width - len(thick)), "$track"))

    def watch_still(self) -> None:
        """Draw in the other colour."""
        self.refresh()

    def on_resize(self, _: events.Resize) -> None:
        """A new width means new halves, even where the fraction stays."""
        self.refresh()

    def _halves(self) -> int:
        # A little time left is still shown, and a study is only full when it is done.
        exact = self._fraction * self.size.width * 2
        return ceil(exact) if self._quiz else floor(exact)

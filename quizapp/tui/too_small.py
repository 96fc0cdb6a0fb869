"""What a terminal shows that has too little room, until it has enough again."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.tui.fit import LEAST, too_small
from quizapp.tui.layout import balanced


class TooSmallScreen(ModalScreen[None]):
    """Lies over whatever was there, which waits below as it was."""

    def compose(self) -> ComposeResult:
        """What is needed."""
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Say it in the room there is."""
        self._say(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Say it in the room there is now; go once there is enough."""
        self._say(event.size)
        self._go()

    def on_screen_resume(self) -> None:
        """What lay above it is gone: there may be room by now."""
        self._go()

    def _go(self) -> None:
        if not too_small(self.app.size) and self.app.screen is self:
            self.dismiss()

    def _say(self, size: Size) -> None:
        text = f"Needs {LEAST.width}×{LEAST.height}, has {size.width}×{size.height}. Nothing is lost."
        lines = balanced(text, size.width, LEAST.width)
        self.query_one("#too-small", Static).update(Content("\n".join(lines)))

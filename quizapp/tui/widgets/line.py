"""A line to type a path or a name in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp.deck.text import visible


class Line(Input):
    """A row that is typed in; Enter takes it (`Input.Submitted`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take", id="line.take", tooltip="Take what was typed"),
    ]

    def __init__(
        self,
        placeholder: str = "",
        *,
        whole: Callable[[str], bool] = lambda _: False,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        """whole: whether a pasted text takes the place of all that stands there."""
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._whole = whole

    def put(self, value: str) -> None:
        """Put this in the place of what stands there."""
        self.value = value
        self.cursor_position = len(self.value)

    def ask(self, value: str, expected: str) -> None:
        """Take a text, beginning with this one. expected: shown while there is none."""
        self.placeholder = expected
        self.display = True
        self.put(value)
        self.focus()

    def _on_paste(self, event: events.Paste) -> None:
        """A path that is dropped into the terminal comes as a paste."""
        text = event.text.strip().partition("\n")[0].strip()
        if self._whole(text):
            event.stop()
            event.prevent_default()
            self.put(text)

    def validate_value(self, value: str) -> str:
        """Control characters, as a paste may hold them, become visible signs."""
        return visible(value)

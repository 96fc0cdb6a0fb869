"""The line that an answer is typed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets import Input

from quizapp.deck.text import visible


class Typed(Input):
    """An input of one row. Enter submits (`Input.Submitted`).

    While it is empty, Enter and Backspace belong to the screen, where they reveal and undo; F1 always does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Answer", id="typed.submit", tooltip="Give the answer"),
    ]

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(
            id=id, classes=classes, placeholder="Type the answer", compact=True, select_on_focus=False
        )
        self.cursor_blink = False
        self.heeds: Callable[[events.Key], bool] = lambda _: True
        """Whether a key counts: one that was typed ahead is no text either."""

    def ask(self) -> None:
        """Take an answer: empty, with the focus."""
        self.disabled = False
        self.value = ""
        self.focus()
        # It may get the focus before it has its place.
        self.call_after_refresh(self._place_cursor)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands, and with it what an input method composes.

        Textual's own is a cell too far at the end of the text.
        """
        x, y, _, _ = self.content_region
        return Offset(x + cell_len(self.value[: self.cursor_position]) - self.scroll_offset.x, y)

    def on_resize(self) -> None:
        """Keep the cursor in its place."""
        self._place_cursor()

    def watch_selection(self) -> None:
        """Keep the cursor in its place, when a long text has scrolled."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def close(self) -> None:
        """Take no more; what was typed stays to be read."""
        self.disabled = True

    def on_key(self, event: events.Key) -> None:
        """Drop text that was typed ahead."""
        if event.is_printable and not self.heeds(event):
            event.stop()
            event.prevent_default()

    def validate_value(self, value: str) -> str:
        """Control characters, as a paste may hold them, become visible signs."""
        return visible(value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter and Backspace to the screen while there is nothing typed."""
        if action == "submit" and not self.value.strip():
            return False
        if action == "delete_left" and not self.value:
            return False
        return super().check_action(action, parameters)

    def watch_value(self, old: str, new: str) -> None:
        """The footer shows what Enter and Backspace do now."""
        if bool(old.strip()) != bool(new.strip()) or bool(old) != bool(new):
            self.refresh_bindings()

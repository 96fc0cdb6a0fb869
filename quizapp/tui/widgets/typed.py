"""The line that an answer is typed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
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

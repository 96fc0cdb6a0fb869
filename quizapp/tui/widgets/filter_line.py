"""A line to type in what a list is to show."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from quizapp.deck.text import visible


class FilterLine(Input):
    """The line; Enter and ↓ go on to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "done", "List", id="filter.done", tooltip="To what was found"),
    ]

    class Done(Message):
        """The list is to have the keys."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Control characters, as a paste may hold them, become visible signs."""
        return visible(value)

    def action_done(self) -> None:
        """Go on to the list."""
        self.post_message(self.Done())

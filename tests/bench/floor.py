"""The floor: the least that a Textual app does. One widget, whose text counts what Space was pressed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static


class Floor(App[None]):
    """One widget."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "count", "Count")]

    number = 0

    def compose(self) -> ComposeResult:
        """The widget."""
        yield Static("number 0.")

    def action_count(self) -> None:
        """Show the next number."""
        self.number += 1
        self.query_one(Static).update(f"number {self.number}.")


if __name__ == "__main__":
    Floor().run()

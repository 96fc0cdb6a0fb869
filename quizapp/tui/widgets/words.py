"""Below a list: a word on the row that is selected, and a line to type its value in."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from quizapp.deck.text import visible
from quizapp.tui.layout import balanced, cut


class Words(Widget):
    """A name, and below it what there is to say, or what went wrong; cut with … where there is no room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._head = ""
        self._text = ""
        self._trouble = ""

    def say(self, name: str, text: str, trouble: str = "") -> None:
        """Say this. trouble: said instead of the text, with its sign; "" for none."""
        self._head, self._text, self._trouble = name, text, trouble
        self.refresh()

    def render(self) -> Content:
        """The lines that there is room for."""
        width, height = self.size
        style = "$text-warning" if self._trouble else "$text-muted"
        lines = balanced(visible(f"▲ {self._trouble}" if self._trouble else self._text), width, width)
        most = max(1, height - 1)
        if len(lines) > most:
            lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
        name = Content.assemble((cut(self._head, width), "bold $foreground"))
        return Content("\n").join([name, *(Content.assemble((line, style)) for line in lines)])


class Value(Input):
    """The line that a value is typed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take", id="settings.take", tooltip="Take the value that was typed"),
    ]

    def __init__(self) -> None:
        super().__init__(id="setting-value", compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.before = ""
        """What stood there at first."""

    def ask(self, value: str, expected: str) -> None:
        """Take a value, beginning with the one there is. expected: shown while there is none."""
        self.value = value
        self.before = self.value
        self.placeholder = expected
        self.cursor_position = len(self.value)
        self.display = True
        self.focus()

    def validate_value(self, value: str) -> str:
        """Control characters, as a paste may hold them, become visible signs."""
        return visible(value)

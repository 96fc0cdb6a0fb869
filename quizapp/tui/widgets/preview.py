"""What the home screen shows beside its list: the next card, and the week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

from quizapp import words
from quizapp.tui.layout import STATEMENT, balanced, cut

_MOST_LINES = 4
_BAR = 12


class Shown(NamedTuple):
    """What a preview shows. deck: after the title, muted. choices: below the card. figures: by name."""

    title: str
    deck: str
    text: str
    choices: Sequence[Content] = ()
    figures: Sequence[tuple[str, str]] = ()


class Preview(Widget):
    """A card as it will be asked. One widget draws it all: each more would cost the first frame its share."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._shown = Shown("", "", "")

    def show(self, shown: Shown) -> None:
        """Show this."""
        self._shown = shown
        self.refresh()

    def render(self) -> Content:
        """Beside the list a tall card with figures below; below the list a low one under a line."""
        width, shown = self.size.width, self._shown
        if not width:
            return Content("")
        beside = self.screen.has_class("-wide")
        deck = cut(shown.deck, max(0, width - len(shown.title) - 3))
        lines = [] if beside else [Content.assemble(("─" * width, "$rule"))]
        lines += [
            Content.assemble((shown.title, "bold $foreground"), "   ", (deck, "$text-muted")),
            Content(""),
        ]
        lines += self._card(width, 12 if beside else _MOST_LINES)
        lines += [Content(""), _centred(Content("     ").join(shown.choices), width)]
        if beside:
            figures = (
                Content.assemble((f"{name}  ", "$text-muted"), (value, "bold $foreground"))
                for name, value in shown.figures
            )
            lines += [Content(""), Content(""), _centred(Content("   ").join(figures), width)]
        return Content("\n").join(lines)

    def _card(self, width: int, height: int) -> list[Content]:
        text = balanced(self._shown.text, width - 4, STATEMENT)
        if len(text) > _MOST_LINES:
            text = [*text[: _MOST_LINES - 1], f"{text[_MOST_LINES - 1]} …"]
        above = (height - len(text)) // 2
        rows = [*[""] * above, *text, *[""] * (height - len(text) - above)]
        return [
            _centred(Content.assemble((cut(row, width), "$foreground")), width, fill=True).stylize_before(
                "on $surface"
            )
            for row in rows
        ]


class Week(Widget):
    """How much was answered on the days of this week, and how much falls due on the next."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._week: Sequence[tuple[str, int]] = ()
        self._to_come: Sequence[tuple[str, int]] = ()
        self._today = ""

    def show(self, week: Sequence[tuple[str, int]], to_come: Sequence[tuple[str, int]], today: str) -> None:
        """Show these numbers by ISO day."""
        self._week, self._to_come, self._today = week, to_come, today
        self.refresh()

    def render(self) -> Content:
        """A line a day: its name, a bar, the number."""
        lines = [Content.assemble(("This week", "bold $foreground")), Content("")]
        lines += self._bars(self._week, "━")
        lines += [Content(""), Content(""), Content.assemble(("To come", "bold $foreground")), Content("")]
        lines += self._bars(self._to_come, "─")
        return Content("\n").join(lines)

    def _bars(self, days: Sequence[tuple[str, int]], sign: str) -> list[Content]:
        most = max((number for _, number in days), default=0)
        lines = []
        for day, number in days:
            name = (words.weekday(day), "bold $foreground" if day == self._today else "$text-muted")
            bar = sign * max(1, round(_BAR * number / most)) if number else ""
            parts = [("  ", ""), (bar, "$text-secondary"), (f" {number}", "$foreground")] if number else []
            lines.append(Content.assemble(name, *(parts or [("  ·", "$text-muted")])))
        return lines


def _centred(line: Content, width: int, *, fill: bool = False) -> Content:
    left = max(0, (width - line.cell_length) // 2)
    right = max(0, width - left - line.cell_length) if fill else 0
    return Content.assemble(" " * left, line, " " * right)

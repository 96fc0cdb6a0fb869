"""Home's line on cards that may be older ones."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from quizapp import words
from quizapp.carry import Question
from quizapp.tui.widgets.trouble_line import offer


class OlderLine(Static):
    """`? 2 cards may be older ones   m shows them`; not there while there are none."""

    def show(self, asked: Sequence[Question], key: str, *, alone: bool) -> None:
        """key: what shows them, "" while keys are text. alone: whether no other line stands above."""
        number = len({old.ref for one in asked for old in one.olds})
        self.display = bool(number)
        self.set_class(alone, "-alone")
        may, shows = ("an older one", "shows it") if number == 1 else ("older ones", "shows them")
        does = "" if self.screen.has_class("-narrow") else shows
        self.update(
            Content.assemble(
                (f"? {words.count(number, 'card')} may be {may}", "$text-secondary"), offer(key, does)
            )
        )

"""What is wrong in deck files and settings, each with its place and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from quizapp import words
from quizapp.deck.library import Hidden
from quizapp.deck.text import visible
from quizapp.problem import Problem
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.scroll import SCROLL, More, Scroll


class ProblemsScreen(AppScreen):
    """All problems of decks and settings, by file; and decks that another one hides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape,p", "close", "Home", id="problems.close", tooltip="Back to the decks"),
        *SCROLL,
    ]

    def __init__(self, problems: Sequence[Problem], hidden: Sequence[Hidden]) -> None:
        """hidden: deck files that another file of the same id hides."""
        super().__init__()
        self._problems = problems
        self._hidden = hidden

    def compose(self) -> ComposeResult:
        """The list, which scrolls."""
        fit(self)
        number = len(self._problems)
        with Column():
            yield Header("Problems", note=words.count(number, "problem"))
            yield Rule(classes="line")
            more = More()
            with Scroll(more, id="problems"):
                yield Static(self._text(), id="problems-text", markup=False)
            yield more
            yield KeyFooter()

    def _text(self) -> Content:
        parts: list[Content] = []
        for path, group in groupby(self._problems, key=lambda problem: problem.path):
            parts.append(Content.assemble(("▲ ", "$text-warning"), (visible(path), "bold $foreground")))
            for problem in group:
                card = f"card {problem.card}, " if problem.card is not None else ""
                place = f"{card}line {problem.line}:{problem.column}" if problem.line else card.rstrip(", ")
                parts.append(Content.assemble("  ", (place, "$text-muted")))
                parts.append(Content.assemble("  ", (visible(problem.message), "$foreground")))
                if problem.remedy:
                    parts.append(Content.assemble("  ", (visible(problem.remedy), "$text-secondary")))
                parts.append(Content(""))
        for hidden in self._hidden:
            parts.append(
                Content.assemble(
                    ("▲ ", "$text-warning"),
                    (f"Two decks are called {visible(hidden.id)}.", "bold $foreground"),
                )
            )
            parts.append(
                Content.assemble(("  used    ", "$text-muted"), (visible(str(hidden.used)), "$foreground"))
            )
            parts.append(
                Content.assemble(("  hidden  ", "$text-muted"), (visible(str(hidden.hidden)), "$foreground"))
            )
            parts.append(Content(""))
        return Content("\n").join([*parts, Content.assemble((self._rest(), "$text-muted"))])

    def _rest(self) -> str:
        """What works all the same, and what to do."""
        own = self.quizapp.config.shown
        of_settings = any(problem.path == own for problem in self._problems)
        of_decks = any(problem.path != own for problem in self._problems)
        kept = [
            "The other cards of these decks work." if of_decks else "",
            "Settings with a problem have their usual values." if of_settings else "",
        ]
        # Settings are read when quizapp starts.
        remedy = (
            "Save the file, and start quizapp again." if of_settings else "Save the file: it is read at once."
        )
        return " ".join([*filter(None, kept), remedy])

    def decks_changed(self) -> None:
        """List what is wrong now."""
        self._problems, self._hidden = self.quizapp.problems, self.quizapp.library.hidden
        self.query_one(Header).note = words.count(len(self._problems), "problem")
        self.query_one("#problems-text", Static).update(self._text())

    def action_close(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(Scroll).move(lines)

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "Each problem with its place and what to do. On the command line, `quizapp check` lists those of "
            "decks, and `quizapp settings` those of settings."
        )
        self.app.push_screen(HelpScreen("problems", rules))

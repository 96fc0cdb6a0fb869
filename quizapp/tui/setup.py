"""Setting a quiz up: its mode, its length, its choices."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from quizapp import modes
from quizapp.deck.card import Deck
from quizapp.learn.setup import QuizSetup
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.setting_up import Form, Row
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words


class SetupScreen(AppScreen):
    """A row for each thing to choose; Enter starts. What was started last is chosen at first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "Start", id="setup.start", tooltip="Start the quiz"),
        Binding("left", "step(-1)", "Change", key_display="←→", id="setup.less", tooltip="The value before"),
        Binding("right,space", "step(1)", "More", show=False, id="setup.more", tooltip="The value after"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "home", "Home", id="setup.home", tooltip="Back to the decks"),
    ]

    def __init__(self, deck: Deck, setup: QuizSetup) -> None:
        super().__init__()
        self._deck = deck
        self._setup = setup
        self._rows: tuple[Row, ...] = ()

    @property
    def _form(self) -> Form:
        return Form(self._deck, self._setup, self.quizapp.sessions.distractors(self._deck))

    def compose(self) -> ComposeResult:
        """The rows, and below them a word on the one that is selected."""
        fit(self)
        with Column():
            yield Header(self._deck.title, "New quiz")
            yield Rule(classes="line")
            yield SettingList(id="setup-list")
            yield Rule(classes="line")
            with Vertical(id="setup-detail"):
                yield Words(id="setup-words")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show what was chosen last."""
        self._show()
        self.query_one(SettingList).focus()

    def _show(self) -> None:
        self._rows = self._form.rows
        usual = {row.key: row.value for row in self._form.usual.rows}
        self.query_one(SettingList).show(
            [Entry(row.name, row.value, row.value != usual.get(row.key), row.group) for row in self._rows]
        )
        self._explain()

    def _explain(self) -> None:
        row = self._rows[self.query_one(SettingList).selected]
        self.query_one(Words).say(modes.kind(self._setup), row.about or modes.rules(self._setup))

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say what the selected row is about."""
        message.stop()
        self._explain()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row gives it the next value."""
        message.stop()
        self.action_step(1)

    def action_step(self, steps: int) -> None:
        """Give the selected row the next value, or the one before."""
        self._setup = self._form.step(self._rows[self.query_one(SettingList).selected].key, steps)
        self._show()

    def action_start(self) -> None:
        """Start the quiz."""
        self.quizapp.sessions.start_quiz(self._deck, self._deck.cards, self._setup)

    def action_home(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = "Choose a row, change its value, and start. The deck's next quiz begins with the same."
        self.app.push_screen(HelpScreen("new quiz", rules))

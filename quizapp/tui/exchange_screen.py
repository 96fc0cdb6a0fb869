"""What a new deck, the preview of an import and that of an export have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from quizapp.tui.fit import fit
from quizapp.tui.paths import safe
from quizapp.tui.widgets.bar import Bar
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.line import Line
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import SettingList
from quizapp.tui.widgets.words import Words

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class Trouble(Static):
    """Why nothing can be written yet, below the rows; no row while it can."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="exchange-trouble")
        self.display = False

    def say(self, why: str) -> None:
        """Say this; "" for nothing."""
        self.display = bool(why)
        self.update(Content.assemble((f"▲ {safe(why)}", "$text-warning")) if why else Content(""))


class ExchangeScreen(Screen[None]):
    """Rows in a list; below them a word on the selected one, or how far something long has come."""

    def __init__(self, heading: str, part: str) -> None:
        super().__init__()
        self._heading = heading
        self._part = part

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    def compose(self) -> ComposeResult:
        """The rows, the word, and a line to type in, which is there when it is asked for."""
        fit(self)
        with Column():
            yield Header(self._heading, self._part)
            yield Rule(classes="line")
            yield SettingList(id="exchange-list")
            yield Trouble()
            yield Rule(classes="line")
            with Vertical(id="exchange-detail"):
                yield Words(id="exchange-words")
                bar = Bar(id="exchange-bar")
                bar.display = False
                yield bar
                line = Line(id="exchange-line")
                line.display = False
                yield line
            yield KeyFooter()

    # ---- typing

    @property
    def typing(self) -> bool:
        """Whether something is being typed."""
        return bool(self.query(Line)) and self.query_one(Line).display

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one(Line).value

    def ask(self, value: str, expected: str) -> None:
        """Let a value be typed, beginning with this one."""
        # Or else Tab would leave the line open.
        self.query_one(SettingList).can_focus = False
        self.query_one(Line).ask(value, expected)
        self.explain()

    def close_line(self) -> None:
        """Take nothing more."""
        self.query_one(Line).display = False
        names = self.query_one(SettingList)
        names.can_focus = True
        names.focus()
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say at once what would not do."""
        message.stop()
        if self.typing:
            self.explain()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take what was typed, if it will do."""
        message.stop()
        if self.typing and self.take(message.value):
            self.close_line()
            self.explain()

    @abstractmethod
    def take(self, value: str) -> bool:
        """Take a value that was typed; whether it will do."""

    # ---- the rows

    def on_descendant_focus(self) -> None:
        """Other keys count in the line than in the rows."""
        self.explain()

    @abstractmethod
    def explain(self) -> None:
        """Say what there is to say of the selected row."""

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say what there is to say; a value that was being typed for another row is dropped."""
        message.stop()
        if self.typing:
            self.close_line()
        self.explain()

    def tell(self, what: str, about: str, done: int, of: int) -> None:
        """Say how far something long has come."""
        bar = self.query_one(Bar)
        bar.display = bool(of)
        bar.fraction = done / of if of else 0.0
        self.query_one(Words).say(what, about)

    def told(self) -> None:
        """It has ended."""
        self.query_one(Bar).display = False
        self.explain()


def changes(key: str) -> str:
    """` Space changes it.`, behind what is said of a row; "" while there is no such key."""
    return f" {key} changes it." if key else ""

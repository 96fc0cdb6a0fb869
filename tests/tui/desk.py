"""A study screen without a session, to try the widgets on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import quizapp.tui
from quizapp.learn.ask import Option
from quizapp.record import Grade
from quizapp.tui.theme import lamp, paper, theme_changes, theme_defaults
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.bar import Bar
from quizapp.tui.widgets.card_view import Back, CardView, Compare, Front, Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.grades import Grades
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.place import Place
from quizapp.tui.widgets.signs import choice
from quizapp.tui.widgets.stage import Stage

TWO = [Option("BPO", "b"), Option("KPO", "k")]
THREE = [*TWO, Option("Both", "o")]
NINE = [Option(f"Choice {place}", letter) for place, letter in enumerate("abcdefghi")]
INTERVALS = dict(zip(Grade, ("10m", "1d", "3d", "8d"), strict=True))
MARKUP = "[red] [/foo] list[int] [@click=app.quit]x[/]"
VERDICT = Content.assemble(("✗ Wrong.", "bold $text-error"), " It is ", choice(1, "KPO"), ".")
WHY = (
    "Advanced education is on the list of what makes KPO hard to provide. "
    "The article sets no such bar for BPO."
)
COMPARE = [Compare(0, "BPO", "Nearly anybody could offer this service.")]


class Desk(Screen[None]):
    """A study screen without a session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "press('space')", "Show answer", id="take"),
        Binding("1", "press('1')", "Grade", key_display="1–4", id="grade"),
        Binding("backspace", "press('backspace')", "Undo", id="undo"),
        Binding("escape", "press('escape')", "Leave", id="leave"),
        Binding("enter", "press('enter')", "", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.header = Header("BPO or KPO?", note="7 of 17")
        self.bar = Bar(6 / 17)
        self.card = CardView()
        self.place = Place()
        self.grades = Grades()
        self.footer = KeyFooter()
        self.pressed: list[str] = []
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        with Column():
            yield self.header
            yield self.bar
            with Stage():
                yield self.card
                yield self.place
            yield self.grades
            yield self.footer

    def feedback(self, why: str = WHY) -> None:
        """What a wrong answer came to."""
        self.card.show_back(VERDICT, why, COMPARE)

    def action_press(self, key: str) -> None:
        self.pressed.append(key)

    def on_answers_chosen(self, message: Answers.Chosen) -> None:
        self.said.append(message)

    def on_grades_graded(self, message: Grades.Graded) -> None:
        self.said.append(message)

    def regions(self) -> dict[str, Region]:
        """Where each part stands."""
        kinds: tuple[type[Widget], ...] = (Header, Bar, Front, Rule, Back, Place, Answers, KeyFooter)
        return {
            **{kind.__name__: self.query_one(kind).region for kind in kinds},
            "Grades": self.grades.region,
        }


class Host(App[None]):
    """An app with our themes, stylesheet and breakpoints."""

    CSS_PATH: ClassVar = [Path(quizapp.tui.__file__).parent / name for name in ("home.tcss", "app.tcss")]
    # Textual declares these as if an instance had them.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (120, "-wide")]  # noqa: RUF012 - as the screens have it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-tall")]  # noqa: RUF012 - as the screens have it
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "help", "Help", id="help")]

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(lamp())
        self.register_theme(paper())
        self.theme = "lamp"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme_defaults(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        return super().get_css_variables() | theme_changes(self.current_theme)

    def action_help(self) -> None:
        if isinstance(self.screen, Desk):
            self.screen.pressed.append("help")


@asynccontextmanager
async def desk(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Desk, Pilot[None]]]:
    """The screen, shown in a terminal of this size."""
    screen = Desk()
    app = Host()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        yield screen, pilot


def lines(widget: Widget) -> list[str]:
    """What a widget draws, a line a row."""
    return [widget.render_line(row).text.rstrip() for row in range(widget.size.height)]


def colour(widget: Widget, text: str, *, ground: bool = False) -> Color | None:
    """The colour that a piece of text is drawn in, or its ground."""
    for row in range(widget.size.height):
        for segment in widget.render_line(row):
            if text in segment.text and segment.style is not None:
                found = segment.style.bgcolor if ground else segment.style.color
                return Color.from_rich_color(found)
    raise AssertionError(f"{text!r} is not drawn")


def variable(widget: Widget, name: str) -> Color:
    """A colour of the theme."""
    return Color.parse(widget.app.theme_variables[name])

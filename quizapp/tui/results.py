"""What a quiz came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import structs
from rich.cells import cell_len
from textual import events
from textual._time import get_time  # the clock that stamps key events; Textual has no public name for it
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Digits, Static

from quizapp import words
from quizapp.deck.card import Card, Statement, contrasts
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.score import Confusion, Missed, Results, comparable, is_best
from quizapp.record import Run
from quizapp.sitting import QuizSitting
from quizapp.tui.fit import fit
from quizapp.tui.layout import balanced
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.runs import Runs
from quizapp.tui.widgets.scroll import SCROLL, More, Scroll
from quizapp.tui.widgets.signs import RIGHT, WRONG, choice, sign, sign_style

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_WHY = 64
RUNS_WIDTH = 29
"""The chart of the last runs takes so many cells."""


class MissedList(Widget):
    """The missed cards, each with the answer given, the right one, and why; contrasts where there is room."""

    def __init__(self, missed: Sequence[Missed], sitting: QuizSitting) -> None:
        super().__init__(id="missed")
        self._missed = missed
        self._sitting = sitting

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes in this width, also where it begins out of sight."""
        return self._text(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The text in the width that it has."""
        return self._text(self.size.width)

    def _text(self, width: int) -> Content:
        width, wide = max(20, width), self.screen.has_class("-wide")
        if not self._missed:
            return Content.assemble(("Nothing missed.", "$text-muted"))
        cards = {card.key: card for card in self._sitting.deck.cards}
        lines = [Content.assemble((f"{len(self._missed)} missed", "bold $foreground"))]
        if wide:
            lines.append(Content(""))
        for missed in self._missed:
            card = cards[missed.card]
            room = width - 2
            for place, line in enumerate(balanced(card.prompt, room, room)):
                mark = (f"{WRONG} ", "$text-error") if not place else ("  ", "")
                lines.append(Content.assemble(mark, (line, "$foreground")))
            lines += _said(missed, card, room)
            for line in balanced(card.why, room, _WHY):
                lines.append(Content.assemble("  ", (line, "$foreground" if wide else "$text-muted")))
            if wide:
                lines += _compare(card, self._sitting.deck.cards, room)
                lines.append(Content(""))
        return Content("\n").join(lines)


def _said(missed: Missed, card: Card, room: int) -> list[Content]:
    you = Content.assemble(("  you ", "$text-muted"), _name(card, missed.given, bold=False))
    right = Content.assemble(("it is ", "$text-muted"), _name(card, card.answer, bold=True))
    if you.cell_length + 3 + right.cell_length <= room:
        return [Content.assemble(you, "   ", right)]
    return [*you.wrap(room), *(Content.assemble("  ", line) for line in right.wrap(room - 2))]


def _name(card: Card, answer: str, *, bold: bool) -> Content:
    if isinstance(card, Statement) and answer in card.choices:
        return choice(card.choices.index(answer), answer, bold=bold)
    return Content.assemble((answer or "nothing", "bold $foreground" if bold else "$foreground"))


def _compare(card: Card, cards: Sequence[Card], room: int) -> list[Content]:
    contrast = next((other for other in contrasts(card, cards) if isinstance(other, Statement)), None)
    if contrast is None:
        return []
    name = _name(contrast, contrast.answer, bold=True)
    head = Content.assemble(("  Compare  ", "$text-muted"), name)
    return [
        head,
        *(Content.assemble("  ", (line, "$text-muted")) for line in balanced(contrast.prompt, room, _WHY)),
    ]


class ResultsScreen(Screen[None]):
    """Score, best, counts, who was mistaken for whom, the last runs, and the missed cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "again", "Again", id="results.again", tooltip="The same quiz again"),
        Binding("d", "drill", "Drill", id="results.drill", tooltip="Practise the missed cards"),
        Binding("c", "copy", "Copy", id="results.copy", tooltip="Copy the result as text"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "home", "Home", id="results.home", tooltip="Back to the decks"),
        *SCROLL,
    ]

    def __init__(self, sitting: QuizSitting, cards: Sequence[Card], finished: bool) -> None:
        """cards: those that were asked from, for another run."""
        super().__init__()
        self.sitting = sitting
        self.cards = cards
        self.results: Results = sitting.results()
        self.run: Run = sitting.run(finished=finished)
        self.best: Run | None = sitting.best()
        self._alive_at: float | None = None  # when keys count; None until the results are painted

    @property
    def setup(self) -> QuizSetup:
        """What was quizzed."""
        return self.sitting.session.setup

    def compose(self) -> ComposeResult:
        """Figures on the left, the missed cards below them or on the right."""
        fit(self)
        run = self.run
        with Vertical(id="results"):
            yield Header(
                self.sitting.deck.title, self._kind(), words.date_and_time(run.at_ms, run.offset_min)
            )
            yield Rule(classes="line")
            more = More(f"{len(self.results.missed)} missed" if self.results.missed else "")
            with Scroll(more, id="results-body"):
                with Vertical(id="figures"):
                    with Horizontal(id="score"):
                        # Textual's digits know the hyphen, not the minus sign.
                        yield Digits(words.points(run.score).replace("−", "-"), id="points")
                        yield Static(self._score(), id="score-words", markup=False)
                        yield Static(self._side(), id="score-side", markup=False)
                    with Horizontal(id="charts"):
                        yield Static(self._confusions(), id="confusion", markup=False)
                        with Vertical(id="runs"):
                            yield Static(Content.assemble(("Last runs", "$text-muted")), markup=False)
                            yield Runs(self._last_runs())
                yield MissedList(self.results.missed, self.sitting)
            yield more
            yield KeyFooter()

    def on_mount(self) -> None:
        """Room for what there is; keys typed ahead of the quiz's last answer do nothing here."""
        self.call_after_refresh(self._after_paint)
        self.query_one("#runs").display = len(self._last_runs()) > 1
        self.query_one("#charts").display = len(self._last_runs()) > 1 or bool(self.results.confusion)

    # ---- words

    def _kind(self) -> str:
        mode = "Drill" if self.setup.drill else self.setup.mode.value.capitalize()
        return f"{mode}, {self.setup.seconds} seconds" if self.setup.seconds else mode

    def _score(self) -> Content:
        results, unit = self.results, "points"
        formula = f"{results.right} right, {results.wrong} wrong"
        if self.setup.mode is Mode.PRACTICE:
            unit = "% right"
        elif all(row.k == 2 for row in self.sitting.answers if row.scored):
            formula = f"{results.right} right − {results.wrong} wrong"
        return Content("\n").join(
            [
                Content.assemble((unit, "bold $foreground")),
                self._best(),
                Content.assemble((formula, "$text-muted")),
            ]
        )

    def _best(self) -> Content:
        run, best = self.run, self.best
        if self.setup.drill and run.finished:
            return Content("")
        if is_best(run, best):
            was = f", was {words.points(best.score)}" if best else ""
            return Content.assemble((f"▲ new best{was}", "bold $text-primary"))
        best_words = f"best {words.points(best.score)}" if best else ""
        return Content.assemble((best_words or self._why_no_best(), "$text-muted"))

    def _why_no_best(self) -> str:
        run = self.run
        if not run.finished:
            return f"Ended after {words.count(len(self.sitting.answers), 'answer')}. All are kept."
        return words.why_no_best(run)

    def _side(self) -> Content:
        results = self.results
        late = results.late + results.timeout
        rows = [
            (words.seconds(results.median_ms), "median"),
            (str(results.streak), "in a row"),
            (str(late), "too late"),
        ]
        if self.setup.mode is Mode.PRACTICE:
            rows = rows[:2]
        width = max(cell_len(figure) for figure, _ in rows)
        return Content("\n").join(
            Content.assemble((figure.rjust(width), "bold $foreground"), " ", (name.ljust(8), "$text-muted"))
            for figure, name in rows
        )

    def _confusions(self) -> Content:
        if not self.results.confusion:
            return Content("")
        room = 38 if self.app.size.width < 60 else 62 if self.app.size.width >= 120 else 70
        if room > 38 and len(self._last_runs()) > 1:
            room -= RUNS_WIDTH
        confusion, choices = self.results.confusion[0], self.sitting.deck.choices
        whole = _table(confusion, choices)
        # Where the names are too long for column heads, their signs stand there; they are named in the rows.
        table = whole if _width(whole) <= room else _table(confusion, choices, named=False)
        return table if _width(table) <= room else Content("")

    def _last_runs(self) -> list[float]:
        earlier = [
            run.score
            for run in self.sitting.earlier
            if run.finished and not run.drill and comparable(run, self.run)
        ]
        return [] if self.setup.drill else [*earlier[-9:], self.run.score]

    # ---- keys

    def _after_paint(self) -> None:
        self._alive_at = get_time() + self.quizapp.pace.dead

    def on_key(self, event: events.Key) -> None:
        """Drop what was typed ahead, but for Esc."""
        if event.key == "escape":
            return
        if self._alive_at is None or event.time < self._alive_at:
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing missed, nothing to drill."""
        return bool(self.results.missed) if action == "drill" else True

    def action_again(self) -> None:
        """The same quiz again."""
        # With its seed the order would be known.
        self.quizapp.sessions.start_quiz(self.sitting.deck, self.cards, structs.replace(self.setup, seed=0))

    def action_drill(self) -> None:
        """Practise the missed cards."""
        missed = {one.card for one in self.results.missed}
        cards = [card for card in self.sitting.deck.cards if card.key in missed]
        self.quizapp.sessions.drill(self.sitting.deck, cards, self.setup)

    def action_copy(self) -> None:
        """Copy a few lines of plain text."""
        results = self.results
        lines = [
            f"{self.sitting.deck.title} ({self._kind()})",
            f"{words.points(self.run.score)} {'%' if self.setup.mode is Mode.PRACTICE else 'points'}, "
            f"{results.right} {RIGHT} {results.wrong} {WRONG}, median {words.seconds(results.median_ms)}",
        ]
        self.app.copy_to_clipboard("\n".join(lines))
        self.notify("Copied, if your terminal allows it.", markup=False)

    def action_home(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll the missed cards."""
        self.query_one(Scroll).move(lines)

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "First answers only, in per cent."
            if self.setup.mode is Mode.PRACTICE
            else "Each right answer counts 1; a wrong one costs what guessing would win among its choices."
        )
        self.app.push_screen(HelpScreen("results", rules))

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)


def _sign(choices: Sequence[str], option: str) -> Content:
    place = choices.index(option) if option in choices else 0
    return Content.assemble((sign(place), sign_style(place)))


def _width(content: Content) -> int:
    return max(cell_len(line) for line in content.plain.split("\n"))


def _table(confusion: Confusion, choices: Sequence[str], *, named: bool = True) -> Content:
    """Who was mistaken for whom: a row for each right answer, a column for each answer given.

    named: whether columns have their choice's name, or only its sign.
    """

    def name(option: str) -> Content:
        return choice(choices.index(option), option) if option in choices else Content(option)

    names = [name(option) for option in confusion.options]
    first = max(8, *(one.cell_length + 2 for one in names))
    heads = names if named else [_sign(choices, option) for option in confusion.options]
    widths = [max(one.cell_length, 5) for one in heads]
    lines = [
        Content.assemble(" " * first, ("  you said", "$text-muted")),
        Content.assemble(
            ("it was".ljust(first), "$text-muted"),
            *(
                Content.assemble(" ", one, " " * (width - one.cell_length + 1))
                for one, width in zip(heads, widths, strict=True)
            ),
        ),
    ]
    for row, (one, counts) in enumerate(zip(names, confusion.counts, strict=True)):
        cells: list[Content] = []
        for column, (number, width) in enumerate(zip(counts, widths, strict=True)):
            right = row == column
            style = "bold $text-success" if right else "$text-error" if number else "$text-muted"
            cells.append(
                Content.assemble(" ", (f"{number:>3} {RIGHT if right else WRONG}".ljust(width + 1), style))
            )
        lines.append(Content.assemble("  ", one, " " * (first - 2 - one.cell_length), *cells))
    return Content("\n").join(lines)

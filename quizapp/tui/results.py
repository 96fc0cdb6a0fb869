"""What a quiz came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import structs
from rich.cells import cell_len
from textual import events
from textual._time import get_time  # the clock that stamps key events; Textual has no public name for it
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from quizapp import modes, words
from quizapp.deck.card import Card
from quizapp.findings import Finding, findings, share
from quizapp.learn.figures import Figures
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.score import Results, comparable, is_best
from quizapp.record import Run
from quizapp.share import result_card
from quizapp.sitting import Ended
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.confusion import ConfusionTable
from quizapp.tui.widgets.finding_list import FindingList
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.missed_list import MissedList
from quizapp.tui.widgets.runs import MOST, Runs
from quizapp.tui.widgets.scroll import SCROLL, More, Scroll

RUNS_WIDTH = 29
"""The chart of the last runs takes so many cells."""


class ResultsScreen(AppScreen):
    """Score, best, counts, who was mistaken for whom, the last runs, the missed cards, and what the figures
    say."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "again", "Again", id="results.again", tooltip="The same quiz again"),
        Binding("d", "drill", "Drill", id="results.drill", tooltip="Practise the missed cards"),
        Binding(
            "n",
            "set_up",
            "New quiz",
            show=False,
            id="results.setup",
            tooltip="Set another quiz up: mode, length, choices",
        ),
        Binding("c", "copy", "Copy", id="results.copy", tooltip="Copy the result as text"),
        Binding(
            "h",
            "scores",
            "Scores",
            show=False,
            id="results.scores",
            tooltip="The deck's best and last quizzes",
        ),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "home", "Home", id="results.home", tooltip="Back to the decks"),
        *SCROLL,
    ]

    def __init__(self, ended: Ended, cards: Sequence[Card]) -> None:
        """cards: those that were asked from, for another run."""
        super().__init__()
        self.ended = ended
        self.cards = cards
        self.results: Results = ended.results()
        self.figures: Figures = ended.figures()
        self.run: Run = ended.run
        self.best: Run | None = ended.best
        self.to_drill: tuple[Card, ...] = ()
        self._alive_at: float | None = None  # when keys count; None until the results are painted

    @property
    def setup(self) -> QuizSetup:
        """What was quizzed."""
        return self.ended.setup

    def compose(self) -> ComposeResult:
        """Figures on the left, the missed cards below them or on the right."""
        fit(self)
        run, deck = self.run, self.ended.deck
        self.to_drill = self._to_drill()
        shown = {one.card for one in self.results.missed} | set(self.results.unanswered)
        missed = MissedList(
            deck,
            self.ended.mistakes(),
            self.ended.unanswered(),
            waiting=sum(card.key not in shown for card in self.to_drill),
        )
        found = self._findings()
        more = More(lambda: self._below(missed))
        with Vertical(id="results"):
            yield Header(deck.title, modes.kind(self.setup), words.date_and_time(run.at_ms, run.offset_min))
            yield Rule(classes="line")
            with Scroll(more, id="results-body"):
                with Vertical(id="figures"):
                    with Horizontal(id="score"):
                        with Horizontal(id="score-main"):
                            # Textual's digits know the hyphen, not the minus sign.
                            yield Digits(self._points().replace("−", "-"), id="points")
                            yield Static(self._score(), id="score-words", markup=False)
                        yield Static(self._side(), id="score-side", markup=False)
                    with Horizontal(id="charts"):
                        table = self.results.confusion[0] if self.results.confusion else None
                        yield ConfusionTable(table, deck.choices, id="confusion")
                        with Vertical(id="runs"):
                            yield Static(Content.assemble(("Last runs", "$text-muted")), markup=False)
                            yield Runs(self._last_runs())
                    # On wide screens they stand here, on others below the missed cards.
                    yield FindingList(found, classes="beside")
                yield missed
                yield FindingList(found, classes="below")
            yield more
            yield KeyFooter()

    def on_mount(self) -> None:
        """Room for what there is; keys typed ahead of the quiz's last answer do nothing here."""
        self.call_after_refresh(self._after_paint)
        self._arrange()

    def on_resize(self) -> None:
        """Room for what there is."""
        self._arrange()

    def _arrange(self) -> None:
        """The chart of the last runs beside the table, or below it where the table needs the whole width."""
        runs = len(self._last_runs()) > 1
        self.query_one("#runs").display = runs
        self.query_one("#confusion").display = bool(self.results.confusion)
        self.query_one("#charts").display = runs or bool(self.results.confusion)
        width = self.app.size.width
        room = 62 if width >= 120 else 70
        fits = self.query_one(ConfusionTable).fits(room - RUNS_WIDTH)
        self.query_one("#charts").set_class(not fits, "stacked")

    # ---- words

    def _points(self) -> str:
        score = modes.shown_score(self.setup.mode, self.run.score)
        return words.points(score)

    def _score(self) -> Content:
        lines = [
            (modes.unit_of(self.setup.mode, self.run.score), "bold $foreground"),
            self._best(),
            (self._counts(), "$text-muted"),
        ]
        if self.setup.mode is Mode.EXAM and self.figures.accuracy is not None:
            lines.insert(2, (share(self.figures.accuracy), "$foreground"))
        return Content("\n").join(Content.assemble(line) for line in lines)

    def _counts(self) -> str:
        results = self.results
        scored = [row for row in self.ended.answers if row.scored]
        if self.setup.mode is Mode.SPRINT and all(row.k == 2 for row in scored):
            return f"{results.right} right − {results.wrong} wrong"
        parts = [f"{results.right} right", f"{results.wrong} wrong"]
        if results.skipped:
            parts.append(f"{results.skipped} skipped")
        if results.timeout and self.setup.mode is not Mode.SPRINT:
            parts.append(f"{results.timeout} out of time")
        return ", ".join(parts)

    def _best(self) -> tuple[str, str]:
        run, best = self.run, self.best
        if not run.finished:
            answers = len({row.position for row in self.ended.answers})
            ended = f"Ended after {words.count(answers, 'answer')}. {words.kept(answers)}."
            return ended, "$text-muted"
        if self.setup.drill:
            return "", ""
        if run.certainty:
            return "It earns no best.", "$text-muted"
        if is_best(run, best):
            was = f", was {words.points(best.score)}" if best else ""
            return f"▲ new best{was}", "bold $text-primary"
        if best is None:
            return words.why_no_best(run), "$text-muted"
        below = best.score - run.score
        difference = f", {words.points(below)} below" if below > 0 else ", the same" if not below else ""
        return f"best {words.points(best.score)}{difference}", "$text-muted"

    def _side(self) -> Content:
        results, mode = self.results, self.setup.mode
        rows = [(words.seconds(results.median_ms), "median"), (str(results.streak), "in a row")]
        if mode is Mode.SPRINT:
            rows.append((str(results.late + results.timeout), "too late"))
        elif results.certainty is not None:
            rows.append((words.points(results.certainty), "certainty"))
        width = max(cell_len(figure) for figure, _ in rows)
        names = max(cell_len(name) for _, name in rows)
        return Content("\n").join(
            Content.assemble(
                (figure.rjust(width), "bold $foreground"), " ", (name.ljust(names), "$text-muted")
            )
            for figure, name in rows
        )

    def _last_runs(self) -> list[float]:
        earlier = [
            run.score
            for run in self.ended.earlier
            if run.finished and not run.drill and comparable(run, self.run)
        ]
        return [] if self.setup.drill else [*earlier[1 - MOST :], self.run.score]

    def _findings(self) -> list[Finding]:
        if self.setup.drill:
            # Of cards that were chosen because they were missed, shares say nothing.
            return []
        return findings(self.results, self.figures, self.run, self.best)

    def _below(self, missed: MissedList) -> str:
        """What lies below the last line in view."""
        if not self.results.missed or missed.region.bottom <= self.query_one(Scroll).region.bottom:
            return "figures" if self._findings() and not self.has_class("-wide") else ""
        return f"{len(self.results.missed)} missed"

    # ---- keys

    def _to_drill(self) -> tuple[Card, ...]:
        """The cards missed or left without an answer; after a drill, those of it that are still missed."""
        if self.setup.drill:
            still = {card.key for card in self.quizapp.sessions.missed(self.ended.deck)}
            return tuple(card for card in self.cards if card.key in still)
        missed = {one.card for one in self.results.missed} | set(self.results.unanswered)
        return tuple(card for card in self.ended.deck.cards if card.key in missed)

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
        return bool(self.to_drill) if action == "drill" else True

    def action_again(self) -> None:
        """The same quiz again."""
        # With its seed the order would be known.
        self.quizapp.sessions.start_quiz(self.ended.deck, self.cards, structs.replace(self.setup, seed=0))

    def action_drill(self) -> None:
        """Practise the missed cards."""
        self.quizapp.sessions.drill(self.ended.deck, self.to_drill, self.setup)

    def action_set_up(self) -> None:
        """Choose how to be quizzed next, beginning with how it was here."""
        self.quizapp.sessions.set_up(self.ended.deck, self.setup)

    def action_copy(self) -> None:
        """Copy a few lines of plain text."""
        self.app.copy_to_clipboard(result_card(self.ended.deck.title, self.run, self.ended.answers))
        self.notify("Copied, if your terminal allows it.", timeout=3, markup=False)

    def on_screen_suspend(self) -> None:
        """No word of the results lies over what comes next."""
        self.app.clear_notifications()

    def action_scores(self) -> None:
        """Show the deck's best and last quizzes."""
        self.quizapp.sessions.scores(self.ended.deck)

    def action_home(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(Scroll).move(lines)

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        self.app.push_screen(HelpScreen("results", modes.rules(self.setup)))

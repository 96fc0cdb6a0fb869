"""High scores: the best and the last quizzes of a deck, or of all decks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quizapp import modes, words
from quizapp.deck.card import Deck
from quizapp.deck.text import visible
from quizapp.highscores import HighScores, Score, high_scores
from quizapp.record import FEWEST, Moment
from quizapp.tui.fit import fit
from quizapp.tui.layout import WHY, balanced, cut
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.scroll import SCROLL, More, Scroll

_NARROW = 56


class ScoresScreen(AppScreen):
    """A deck's quizzes by what they asked, each with its best few and its last few."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape,h", "close", "Back", id="scores.close", tooltip="Back to where you were"),
        *SCROLL,
    ]

    def __init__(self, deck: Deck | None = None) -> None:
        """deck: whose quizzes; None for all decks."""
        super().__init__()
        self._deck = deck

    def compose(self) -> ComposeResult:
        """The lists, which scroll."""
        fit(self)
        deck = self._deck
        found = high_scores(
            self.quizapp.store.runs(deck.id if deck is not None else None), self.quizapp.library.decks
        )
        with Column():
            number = sum(one.count for one in found)
            yield Header(
                "Scores", deck.title if deck is not None else "", words.count(number, "quiz", "quizzes")
            )
            yield Rule(classes="line")
            more = More()
            with Scroll(more, id="scores"):
                yield ScoreList(found, self.quizapp.clock(), titled=deck is None)
            yield more
            yield KeyFooter()

    def action_close(self) -> None:
        """Back to where it was opened."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(Scroll).move(lines)

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            f"A best is finished, has at least {FEWEST} answers, more than half of them right, and an order "
            "that was new. Quizzes are compared with those of the same mode, length and choices; older cards "
            "are those that the deck had before it was changed."
        )
        self.app.push_screen(HelpScreen("scores", rules))


class ScoreList(Widget):
    """The quizzes as lines: date, score, how many were right."""

    def __init__(self, found: list[HighScores], now: Moment, *, titled: bool) -> None:
        """titled: whether the decks are named."""
        super().__init__()
        self._found = found
        self._now = now
        self._titled = titled

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes in this width."""
        return self._text(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The lines in the width that there is."""
        return self._text(self.size.width)

    def _text(self, width: int) -> Content:
        if not self._found:
            key = key_of(self.screen, "scores.close")
            text = f"No quiz yet. {key} goes back; a timed quiz is one key from home."
            return Content("\n").join(
                Content.assemble((line, "$text-muted")) for line in balanced(text, max(20, width), WHY)
            )
        return Content("\n").join(self._lines(width))

    def _lines(self, width: int) -> Iterator[Content]:
        deck = ""
        for one in self._found:
            if self._titled and one.deck != deck:
                yield Content.assemble((cut(visible(one.title), width), "bold $foreground"))
                deck = one.deck
            kind = f"{one.kind}; {', '.join(one.choices)}" if one.choices else one.kind
            yield Content.assemble((cut(visible(kind), width), "$text-secondary"))
            yield from self._group("Best", one.best, width)
            yield from self._group("Last", one.last, width)
            yield Content("")

    def _group(self, label: str, scores: tuple[Score, ...], width: int) -> Iterator[Content]:
        if not scores:
            yield Content.assemble((f"  {label:<6}none yet", "$text-muted"))
            return
        said = [modes.score_of(score.run) for score in scores]
        counts = [f"{score.run.right} of {score.run.asked}" for score in scores]
        columns = (max(map(cell_len, said)), max(map(cell_len, counts)))
        for place, score in enumerate(scores):
            first = Content.assemble(
                (f"  {label if not place else '':<6}", "$text-muted"),
                (said[place].rjust(columns[0]), "bold $foreground"),
                "   ",
            )
            yield from self._row(first, counts[place].rjust(columns[1]), score, width)

    def _row(self, first: Content, counts: str, score: Score, width: int) -> Iterator[Content]:
        """A quiz; what is to be known of it stands on a line of its own where there is no room."""
        run = score.run
        notes = ["older cards"] if score.older else []
        if not run.finished:
            notes.append("ended early")
        when = words.date_near(run.at_ms, run.offset_min, self._now)
        details = when if width < _NARROW else f"{counts}   {when}"
        note = ", ".join(notes)
        line = Content.assemble(first, (details, "$text-muted"))
        if note and line.cell_length + 3 + cell_len(note) <= width:
            yield Content.assemble(line, (f"   {note}", "$text-muted"))
            return
        yield line
        if note:
            yield Content.assemble((f"{'':8}{note}", "$text-muted"))

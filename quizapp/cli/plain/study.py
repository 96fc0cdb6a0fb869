"""Studying by lines."""

from __future__ import annotations

from functools import partial
from random import Random

from quizapp import words
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command, Left
from quizapp.cli.plain.question import (
    Nothing,
    given,
    how_to_answer,
    named,
    option_lines,
    prompt_of,
    verdict,
    what_answers,
)
from quizapp.deck.card import Deck
from quizapp.learn.judge import Given
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.pools import Only
from quizapp.record import Grade
from quizapp.settings.values import usual_study
from quizapp.sitting import StudySitting, cram, study

_UNDO = "undo takes the last answer back"
_ALWAYS = "quit leaves, and every answer is kept. Each command may have a colon before it, as in :undo."


def study_decks(desk: Desk, decks: list[Deck], only: Only | None = None) -> None:
    """Study all that waits in these decks now. only: which of their cards; default: all."""
    random = Random(desk.seed())  # noqa: S311 - an order, no secret
    sitting = study(desk.store, desk.clock, decks, random, usual_study(desk.settings), only)
    PlainStudy(desk, sitting).run()


def cram_decks(desk: Desk, decks: list[Deck], only: Only | None = None) -> None:
    """Go through the cards of these decks, due or not, and leave the schedule alone. only: as for
    `study_decks`."""
    random = Random(desk.seed())  # noqa: S311 - an order, no secret
    sitting = cram(desk.store, desk.clock, decks, random, usual_study(desk.settings), only)
    PlainStudy(desk, sitting).run()


class PlainStudy:
    """A study session by lines. It shows the sitting's view, and judges nothing itself."""

    def __init__(self, desk: Desk, sitting: StudySitting) -> None:
        self._desk = desk
        self._lines = desk.lines
        self._sitting = sitting
        self._deck = ""  # the deck whose title was said last
        self._ms = 0  # how long the question was in sight, up to its answer or its reveal

    def run(self) -> None:
        """Ask until nothing is left or the person leaves."""
        try:
            self._sitting.start()
            if isinstance(self._sitting.view, Asking):
                self._lines.say("Type each answer, then Enter. Enter alone shows the answer; ? helps.")
            while self._step():
                pass
        except (Left, KeyboardInterrupt):
            self._desk.close(self._sitting, self._lines.now())
            self._say_left()

    def _step(self) -> bool:
        """Show the view and do what is asked; False at the end."""
        match self._sitting.view:
            case Asking() as view:
                self._ask(view)
            case Grading() as view:
                self._grade(view)
            case Finished() as view:
                return self._finish(view)
        return True

    def _undo(self) -> None:
        answers = self._sitting.answers
        self._desk.carry_out(self._sitting, self._sitting.undo)
        if self._sitting.answers < answers:
            self._lines.say("Taken back.")

    # ---- a question

    def _ask(self, view: Asking) -> None:
        question, lines = view.question, self._lines
        lines.gap()
        lines.say(f"{view.place.position} of {view.place.total}.{self._title(view.item.ref.deck)}")
        lines.say(prompt_of(question.card, question.prompt), *option_lines(question.options))
        undo = ("undo",) if self._sitting.can_undo else ()
        hint = f"{what_answers(question)} Enter shows the answer.".strip()
        if question.typed:
            lines.say("Type the answer.")
        elif not question.options:
            lines.say("Enter shows the answer.")
        since = lines.shown()
        said: Given | Nothing | Command = lines.ask(
            partial(given, question),
            hint=f"{hint} ? helps.",
            rules=(how_to_answer(question), "Enter alone shows the answer.", self._more(undo)),
            commands=undo,
            text=question.typed,
        )
        ms = max(0, round(1000 * (lines.read_at - since)))
        match said:
            case Command():
                self._undo()
            case Nothing():
                self._ms = ms
                self._sitting.reveal()
            case answer:
                self._desk.carry_out(self._sitting, lambda: self._sitting.answer(answer, ms))

    def _title(self, deck: str) -> str:
        """The deck's title, where it is another than that of the card before."""
        if deck == self._deck:
            return ""
        self._deck = deck
        return f" {self._sitting.decks[deck].title}"

    def _more(self, undo: tuple[str, ...]) -> str:
        return "; ".join([*([_UNDO] if undo else []), _ALWAYS])

    # ---- its grade

    def _grade(self, view: Grading) -> None:
        card, lines = view.item.card, self._lines
        if view.judgement is not None:
            lines.say(verdict(view.judgement, card))
        else:
            lines.say(f"It is {named(card.answer)}" if view.question.options else card.answer)
        lines.say(card.why)
        if view.contrast is not None:
            lines.say(f"Compare with {view.contrast.answer}: {view.contrast.prompt}")
        lines.say(self._grades(view))
        said = lines.ask(
            lambda line: _grade_of(line) if line else view.marked,
            hint="Type 1, 2, 3 or 4, or Enter alone. ? helps.",
            rules=(
                "A grade says how well you knew it: 1 Again, 2 Hard, 3 Good, 4 Easy. "
                "Each names when the card will come again.",
                self._grades(view),
                self._more(("undo",)),
            ),
            commands=("undo",),
        )
        if isinstance(said, Command):
            self._undo()
        else:
            self._desk.carry_out(self._sitting, lambda: self._sitting.grade(said, self._ms))

    def _grades(self, view: Grading) -> str:
        """`Enter: Again, 10 minutes. 2 Hard 1 day, 3 Good 3 days, 4 Easy 8 days.`"""
        now = self._desk.clock()
        intervals = {grade: words.whole_interval(view.outcomes[grade], now) for grade in Grade}
        others = ", ".join(
            f"{grade.value} {grade.name.capitalize()} {interval}"
            for grade, interval in intervals.items()
            if grade is not view.marked
        )
        return f"Enter: {view.marked.name.capitalize()}, {intervals[view.marked]}. {others}."

    # ---- the end

    def _finish(self, view: Finished) -> bool:
        """Say what was done; True if its last answer is taken back."""
        lines = self._lines
        lines.gap()
        if not view.answers:
            lines.say(self._next() or "Nothing to study here.")
            return False
        lines.say(
            f"{words.count(view.cards, 'card')} studied.",
            f"{words.count(view.answers, 'answer')}, {view.right} remembered, "
            f"{view.answers - view.right} to see again.",
            self._next(),
            f"Enter ends; {_UNDO}.",
        )
        command = lines.enter(f"Enter ends; {_UNDO}.", rules=(f"Enter ends; {_UNDO}.",), commands=("undo",))
        if command is None:
            return False
        self._undo()
        return True

    def _next(self) -> str:
        if self._sitting.more_waits():
            # The rollover hour passed meanwhile.
            return "More is due now."
        when = words.when(*self._sitting.next_due(), self._desk.clock())
        return f"Nothing due until {when}." if when else ""

    def _say_left(self) -> None:
        answers = self._sitting.answers
        if isinstance(self._sitting.view, Finished) or not answers or self._sitting.unwritten:
            return
        self._lines.say(f"Ended after {words.count(answers, 'answer')}. {words.kept(answers)}.")


def _grade_of(line: str) -> Grade | None:
    """The grade that a line names by its digit or its word."""
    for grade in Grade:
        if line.casefold() in (str(grade.value), grade.name.casefold()):
            return grade
    return None

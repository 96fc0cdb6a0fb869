"""A quiz by lines that says of each answer what it came to: any mode but exam."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command
from quizapp.cli.plain.question import Nothing, how_to_answer, verdict, what_answers
from quizapp.cli.plain.quizzing import GOES_ON, Late, PlainQuiz
from quizapp.learn.judge import Given
from quizapp.learn.quiz import Asking, Judged, QuizSession
from quizapp.sitting import QuizSitting


class PlainCards(PlainQuiz):
    """One card after another, each with its feedback."""

    def __init__(self, desk: Desk, sitting: QuizSitting, session: QuizSession) -> None:
        super().__init__(desk, sitting)
        self._cards = session

    def _step(self) -> None:
        match self._sitting.view:
            case Judged() as view:
                self._feedback(view)
            case _:
                super()._step()

    def _rules(self) -> Sequence[str]:
        timed = self._cards.setup.time is not None
        return (
            "Type each answer, then Enter. Enter alone pauses.",
            "The clock stands still between an answer and the next question." if timed else "",
        )

    def _ask(self, view: Asking) -> None:
        question, lines = view.question, self._lines
        self._put(question, self._head(view))
        said: Given | Nothing | Late | Command = lines.ask(
            partial(self._meant, question),
            hint=f"{what_answers(question)} Enter alone pauses.",
            rules=(),
            commands=("pause", "help"),
            text=question.typed,
        )
        now = lines.read_at
        match said:
            case Late():
                self._tick(now)
            case Nothing() | Command():
                self._pause_now(now)
                if isinstance(said, Command) and said.name == "help":
                    lines.say(how_to_answer(question), "Enter alone pauses, and so did the question mark.")
            case answer:
                self._desk.carry_out(self._sitting, lambda: self._sitting.answer(answer, now))

    def _head(self, view: Asking) -> str:
        """`3 of 20. 6 seconds.`, as far as there is an end and a time to say."""
        cards = self._cards
        place = cards.right + cards.wrong + cards.timeouts + 1
        of = f"{min(place, view.total)} of {view.total}." if view.total is not None else ""
        shown = self._desk.settings.quiz.clock
        return f"{of} {self._manner.before(cards, self._lines.now()) if shown else ''}".strip()

    def _feedback(self, view: Judged) -> None:
        card, lines = view.question.card, self._lines
        timed = self._cards.limit is not None
        said = verdict(view.judgement, card, late=view.late)
        lines.say(f"{said} {self._manner.after(self._sitting, self._clock())}".strip())
        # Against the clock a reason would be talked over by the next question.
        if not (timed and view.judgement.right):
            lines.say(card.why)
        if not view.judgement.right:
            lines.say("Enter goes on.")
            lines.enter(GOES_ON, rules=(GOES_ON,))
        self._desk.carry_out(self._sitting, self._sitting.go_on)

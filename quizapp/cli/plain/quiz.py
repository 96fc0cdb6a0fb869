"""A quiz by lines. What it does follows from the session's view and clock, never from the name of a mode."""

from __future__ import annotations

from functools import partial

from msgspec import structs

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
from quizapp.cli.plain.results import result_lines
from quizapp.deck.card import Deck, Statement
from quizapp.learn.ask import Option
from quizapp.learn.judge import Given
from quizapp.learn.quiz import Asking, Done, Judged, NoCards, Paused, QuizSetup, Ready
from quizapp.settings.values import counting_quiz
from quizapp.sitting import QuizSitting, quiz

_QUIT = "quit ends the quiz, and every answer is kept."


def take_quiz(desk: Desk, deck: Deck, setup: QuizSetup) -> None:
    """A quiz on a deck, with a seed of its own."""
    setup = structs.replace(setup, seed=desk.seed())
    try:
        sitting = quiz(desk.store, desk.clock, deck, deck.cards, setup, counting_quiz(desk.settings))
    except NoCards as none:
        desk.lines.say(str(none))
        return
    PlainQuiz(desk, sitting).run()


class PlainQuiz:
    """A quiz by lines. It shows the sitting's view, and judges nothing itself.

    The clock runs from the moment when a question's last line is out until a line is read.
    """

    def __init__(self, desk: Desk, sitting: QuizSitting) -> None:
        self._desk = desk
        self._lines = desk.lines
        self._sitting = sitting
        self._session = sitting.session

    def run(self) -> None:
        """Ask until the quiz is over or the person leaves; then say what came of it."""
        try:
            while not isinstance(self._sitting.view, Done):
                self._step()
        except (Left, KeyboardInterrupt):
            self._desk.close(self._sitting, self._lines.now())
        view = self._sitting.view
        if self._sitting.answers:
            self._lines.gap()
            self._lines.say(*result_lines(self._sitting, finished=isinstance(view, Done) and view.finished))

    def _step(self) -> None:
        match self._sitting.view:
            case Ready():
                self._ready()
            case Asking() as view:
                self._ask(view)
            case Judged() as view:
                self._feedback(view)
            case Paused():
                self._pause()
            case Done():
                pass

    # ---- before the first card

    def _ready(self) -> None:
        setup, lines = self._session.setup, self._lines
        mode = "Drill" if setup.drill else setup.mode.value.capitalize()
        length = f"{words.count(setup.seconds, 'second')}." if setup.seconds else "No clock."
        keys = [f"{line}." for line in option_lines(self._options_ahead())]
        lines.gap()
        lines.say(f"{named(self._sitting.deck.title)} {mode}.")
        lines.say(" ".join(("Ready.", length, *keys, "Enter begins; ? helps.")))
        lines.enter(
            "Enter begins; quit goes back.",
            rules=(
                "Type each answer, then Enter. Enter alone pauses.",
                "The clock stands still between an answer and the next question." if setup.seconds else "",
                f"Enter begins. {_QUIT}",
            ),
        )
        self._desk.carry_out(self._sitting, self._sitting.begin)

    def _options_ahead(self) -> tuple[Option, ...]:
        """The options that the deck's statements will have."""
        card = next((card for card in self._session.cards if isinstance(card, Statement)), None)
        if card is None:
            return ()
        only = self._session.setup.choices
        pairs = zip(card.choices, card.keys, strict=True)
        return tuple(Option(text, key) for text, key in pairs if not only or text in only)

    # ---- a question

    def _ask(self, view: Asking) -> None:
        question, lines, session = view.question, self._lines, self._session
        lines.gap()
        if view.total is not None:
            lines.say(f"{min(session.right + session.wrong + 1, view.total)} of {view.total}.")
        lines.say(prompt_of(question.card, question.prompt), *option_lines(question.options))
        if question.typed:
            lines.say("Type the answer.")
        session.painted(lines.shown())
        said: Given | Nothing | Command = lines.ask(
            partial(given, question),
            hint=f"{what_answers(question)} Enter alone pauses.",
            rules=(),
            commands=("pause", "help"),
            text=question.typed,
        )
        now = lines.read_at
        if not isinstance(said, Command | Nothing):
            self._desk.carry_out(self._sitting, lambda: self._sitting.answer(said, now))
            return
        self._desk.carry_out(self._sitting, lambda: self._sitting.pause(now))
        if isinstance(said, Command) and said.name == "help":
            lines.say(how_to_answer(question), "Enter alone pauses.")

    def _pause(self) -> None:
        hint = "Enter goes on; quit ends the quiz."
        self._lines.say(f"Paused. {hint}")
        self._lines.enter(hint, rules=(hint,))
        self._session.resume()

    # ---- what an answer came to

    def _feedback(self, view: Judged) -> None:
        card, lines = view.question.card, self._lines
        timed = self._session.setup.seconds is not None
        lines.say(f"{verdict(view.judgement, card, late=view.late)} {self._standing()}".strip())
        # Against the clock a reason would be talked over by the next question.
        if not (timed and view.judgement.right):
            lines.say(card.why)
        if not view.judgement.right:
            hint = "Enter goes on; quit ends the quiz."
            lines.say("Enter goes on.")
            lines.enter(hint, rules=(hint,))
        self._desk.carry_out(self._sitting, self._sitting.go_on)

    def _standing(self) -> str:
        """`11 right, 42 seconds left.`; "" without a clock."""
        left = self._session.left(self._lines.now())
        if left is None:
            return ""
        right = f"{self._session.right} right"
        if not self._desk.settings.quiz.clock:
            return f"{right}."
        return f"{right}, {words.count(int(-(-left // 1)), 'second')} left."

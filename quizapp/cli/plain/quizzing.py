"""What every quiz by lines has: its beginning, its pauses and its end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from quizapp import modes
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Left
from quizapp.cli.plain.manner import manner_of, seconds
from quizapp.cli.plain.question import Nothing, given, named, option_lines, prompt_of
from quizapp.cli.plain.results import result_lines
from quizapp.deck.card import Statement
from quizapp.learn.ask import Option, Question
from quizapp.learn.exam import ExamSession
from quizapp.learn.judge import Given
from quizapp.learn.quiz import Asking, Done, Judged, Paused, QuizSession, Ready
from quizapp.sitting import QuizSitting

_QUIT = "quit ends the quiz, and every answer is kept."
GOES_ON = "Enter goes on; quit ends the quiz."


class Late(Struct, frozen=True):
    """A line that was read when the question's time was over."""


class PlainQuiz(ABC):
    """A quiz by lines. It shows the sitting's view, and judges nothing itself.

    The clock runs from the moment when a question's last line is out until a line is read.
    """

    _commands: ClassVar[str] = ""
    """A line on the commands, said before the first card."""

    def __init__(self, desk: Desk, sitting: QuizSitting) -> None:
        self._desk = desk
        self._lines = desk.lines
        self._sitting = sitting
        self._session: QuizSession | ExamSession = sitting.session
        self._manner = manner_of(sitting.session.setup)

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
            case Paused():
                self._pause()
            case Judged() | Done():
                pass

    @abstractmethod
    def _ask(self, view: Asking) -> None:
        """Put a question, and do what is answered."""

    @abstractmethod
    def _rules(self) -> Sequence[str]:
        """How to answer, for the help before the first card."""

    # ---- before the first card

    def _ready(self) -> None:
        setup, lines = self._session.setup, self._lines
        keys = [f"{line}." for line in option_lines(self._options_ahead())]
        lines.gap()
        lines.say(f"{named(self._sitting.deck.title)} {modes.name(setup)}.")
        lines.say(" ".join(("Ready.", self._manner.ahead(setup), *keys, "Enter begins; ? helps.")))
        lines.say(self._commands)
        rules = (modes.rules(setup), *self._rules(), f"Enter begins. {_QUIT}")
        lines.enter("Enter begins; quit goes back.", rules=rules)
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

    def _put(self, question: Question, head: str) -> None:
        """Show a question below its head; its time runs from here."""
        lines = self._lines
        lines.gap()
        lines.say(head, prompt_of(question.card, question.prompt), *option_lines(question.options))
        if question.typed:
            lines.say("Type the answer.")
        self._session.painted(lines.shown())

    def _meant(self, question: Question, line: str) -> Given | Nothing | Late | None:
        """What a line answers; whatever it is, it may be too late."""
        return Late() if self._session.overdue(self._lines.read_at) else given(question, line)

    def _tick(self, now: float) -> None:
        self._desk.carry_out(self._sitting, lambda: self._sitting.tick(now))

    def _clock(self) -> str:
        """`42 seconds`: what is left now; "" without a clock, or where it is hidden."""
        left = self._session.left(self._lines.now())
        return seconds(left) if left is not None and self._desk.settings.quiz.clock else ""

    def _pause(self) -> None:
        self._lines.say(f"Paused. {GOES_ON}")
        self._lines.enter(GOES_ON, rules=(GOES_ON,))
        self._session.resume()

    def _pause_now(self, now: float) -> None:
        self._desk.carry_out(self._sitting, lambda: self._sitting.pause(now))

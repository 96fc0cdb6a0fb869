"""An exam by lines: no word on any answer until the end, and commands to move about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from quizapp import words
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command
from quizapp.cli.plain.question import Nothing, how_to_answer, named, what_answers
from quizapp.cli.plain.quizzing import Late, PlainQuiz
from quizapp.learn.ask import Question
from quizapp.learn.exam import ExamSession
from quizapp.learn.judge import Chosen, Given
from quizapp.learn.quiz import Asking
from quizapp.sitting import QuizSitting

_COMMANDS = ("next", "back", "flag", "open", "submit", "pause", "help")
_HELP = (
    ":next and :back go to another card, :go 3 to the third, answered or not; a new answer takes the place "
    "of the old one.",
    ":flag flags a card or takes its flag away; :open names the cards that are open, and those flagged.",
    ":submit ends the exam.",
)
_HOW_SURE = "How sure? 1, 2 or 3; Enter alone undoes the answer."
_SURE = re.compile(r"([1-3])\s+(\S.*)")


class Sure(Struct, frozen=True):
    """An answer, with how sure it is where that was said at once."""

    given: Given
    certainty: int | None = None


Said = Sure | Nothing | Late | Command


class PlainExam(PlainQuiz):
    """One card after another without feedback, and any of them again."""

    _commands = "Commands are :next, :back, :go 3, :flag, :open and :submit."

    def __init__(self, desk: Desk, sitting: QuizSitting, session: ExamSession) -> None:
        super().__init__(desk, sitting)
        self._exam = session
        self._submitting = False  # whether it was asked to submit with cards open, and nothing else since

    def _rules(self) -> Sequence[str]:
        sure = "Type how sure and the answer, as in 2 k, or the answer alone: then you are asked how sure."
        return (
            sure if self._exam.setup.certainty else "Type each answer, then Enter.",
            *_HELP,
            "Enter alone pauses.",
        )

    # ---- a question

    def _ask(self, view: Asking) -> None:
        self._put(view.question, self._head(view))
        if not self._exam.open:
            self._lines.say("Every card has an answer. :submit ends the exam.")
        # Some commands leave the question where it is.
        while self._sitting.view is view and not self._done(view.question, self._said(view.question)):
            pass

    def _head(self, view: Asking) -> str:
        """`3 of 20. Flagged. You said KPO, sure 2. 175 seconds left.`"""
        mark, clock = self._exam.marks[view.position], self._clock()
        parts = [f"{view.position + 1} of {view.total}."]
        if mark.flagged:
            parts.append("Flagged.")
        if mark.given is not None:
            sure = f" Sure: {mark.certainty}." if mark.certainty is not None else ""
            parts.append(f"You said {named(mark.given)}{sure}")
        if clock:
            parts.append(f"{clock} left.")
        return " ".join(parts)

    def _said(self, question: Question) -> Said:
        return self._lines.ask(
            partial(self._read, question),
            hint=f"{what_answers(question)} ? helps.",
            rules=(),
            commands=_COMMANDS,
            numbered=("go",),
            text=question.typed,
        )

    def _read(self, question: Question, line: str) -> Said | None:
        """What a line answers: `k`, or where it is asked how sure that is, `2 k`."""
        match self._meant(question, line):
            case None:
                parts = _SURE.fullmatch(line) if self._exam.setup.certainty else None
                found = self._meant(question, parts[2]) if parts else None
                return Sure(found, int(line[0])) if isinstance(found, Chosen) else None
            case Nothing() | Late() as other:
                return other
            case answer:
                return Sure(answer)

    def _done(self, question: Question, said: Said) -> bool:
        """Do what was said; False if the same question waits on."""
        now = self._lines.read_at
        again, self._submitting = self._submitting, False
        if self._exam.overdue(now):
            self._time_is_up(now)
            return True
        match said:
            case Sure(answer, certainty):
                return self._answer(answer, certainty)
            case Command("help"):
                self._pause_now(now)
                self._lines.say(how_to_answer(question), *self._rules(), "The question mark paused, too.")
            case Command("go", number):
                return self._go(number, now)
            case Command("submit"):
                return self._submit(now, again=again)
            case Command("flag" | "open") as command:
                self._stay(command.name)
                return False
            case Command("next"):
                self._desk.carry_out(self._sitting, lambda: self._sitting.next(now))
            case Command("back"):
                self._desk.carry_out(self._sitting, lambda: self._sitting.previous(now))
            case _:
                self._pause_now(now)
        return True

    def _answer(self, answer: Given, certainty: int | None) -> bool:
        if certainty is None and self._exam.setup.certainty:
            certainty = self._how_sure()
            if certainty is None:
                self._lines.say("Undone. Answer again.")
                return False
        now = self._lines.read_at
        if self._exam.overdue(now):
            self._time_is_up(now)
        else:
            self._desk.carry_out(self._sitting, lambda: self._sitting.answer(answer, now, certainty))
        return True

    def _how_sure(self) -> int | None:
        """1, 2 or 3; None to take the answer back."""
        self._lines.say(_HOW_SURE)
        marks = {"": 0, "1": 1, "2": 2, "3": 3}
        said = self._lines.ask(marks.get, hint=_HOW_SURE, rules=(_HOW_SURE,))
        return said if isinstance(said, int) and said else None

    # ---- moving about

    def _go(self, number: int | None, now: float) -> bool:
        if number is None:
            self._lines.say(f"Type :go and a number, 1 to {self._exam.total}.")
            return False
        if not 1 <= number <= self._exam.total:
            self._lines.say(f"There is no card {number}; they are 1 to {self._exam.total}.")
            return False
        self._desk.carry_out(self._sitting, lambda: self._sitting.show(number - 1, now))
        return True

    def _stay(self, name: str) -> None:
        """Do what leaves the question where it is."""
        if name == "open":
            self._lines.say(self._open())
            return
        self._sitting.flag()
        flagged = any(mark.flagged and mark.current for mark in self._exam.marks)
        self._lines.say("Flagged." if flagged else "No longer flagged.")

    def _open(self) -> str:
        """`Open: 2, 3, 7. Flagged: 4.`"""
        flagged = [mark.position for mark in self._exam.marks if mark.flagged]
        first = f"Open: {_numbers(self._exam.open)}." if self._exam.open else "None is open."
        return f"{first} Flagged: {_numbers(flagged)}." if flagged else first

    # ---- the end

    def _submit(self, now: float, *, again: bool) -> bool:
        """Submit, if no card is open or it was asked for twice."""
        if self._exam.open and not again:
            cards = words.count(len(self._exam.open), "card is", "cards are")
            self._lines.say(f"{cards} open: {_numbers(self._exam.open)}. Type :submit again to submit.")
            self._submitting = True
            return False
        self._desk.carry_out(self._sitting, lambda: self._sitting.submit(now))
        return True

    def _time_is_up(self, now: float) -> None:
        self._tick(now)
        self._lines.say("Time is up, and the exam is submitted. Your last line came too late.")


def _numbers(positions: Sequence[int]) -> str:
    return ", ".join(str(position + 1) for position in positions)

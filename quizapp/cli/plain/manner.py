"""What is said beside the questions of a quiz: a class for each way in which one can go."""

from __future__ import annotations

from quizapp import words
from quizapp.cli.plain.results import beginning, scored
from quizapp.learn.quiz import QuizSession
from quizapp.learn.setup import LIVES, Mode, QuizSetup
from quizapp.sitting import QuizSitting


class Manner:
    """No clock, and no figures on the way."""

    def ahead(self, setup: QuizSetup) -> str:  # noqa: ARG002 - the others need it
        """What to expect, before the quiz begins."""
        return "No clock."

    def before(self, session: QuizSession, now: float) -> str:  # noqa: ARG002 - as above
        """How long there is for the question that comes, where the clock may be named."""
        return ""

    def after(self, sitting: QuizSitting, clock: str) -> str:  # noqa: ARG002 - as above
        """How the quiz stands after an answer. clock: the time left, "" where it may not be named."""
        return ""


class OneClock(Manner):
    """One clock for all cards: a sprint."""

    def ahead(self, setup: QuizSetup) -> str:
        """`60 seconds.`"""
        return f"{seconds(setup.time or 0)}."

    def after(self, sitting: QuizSitting, clock: str) -> str:
        """`11 right, 42 seconds left.`"""
        return ", ".join([f"{sitting.session.right} right", *([f"{clock} left"] if clock else [])]) + "."


class OwnTime(Manner):
    """Each card has its own time, and the points say how it goes: a countdown."""

    def ahead(self, setup: QuizSetup) -> str:
        """`Each card has its own time, twice the usual.`"""
        return "Each card has its own time" + (", twice the usual." if setup.paced > 1 else ".")

    def before(self, session: QuizSession, now: float) -> str:
        """`6 seconds.`"""
        left = session.left(now)
        return f"{seconds(max(1, round(left)))}." if left is not None else ""

    def after(self, sitting: QuizSitting, clock: str) -> str:  # noqa: ARG002 - the next card has another
        """`162 points so far.`"""
        return f"{beginning(scored(sitting.session.setup.mode, sitting.points))} so far."


class Lives(OwnTime):
    """Wrong answers cost lives: survival."""

    def ahead(self, setup: QuizSetup) -> str:
        """`3 lives. Each card has its own time.`"""
        return f"{LIVES} lives. {super().ahead(setup)}"

    def after(self, sitting: QuizSitting, clock: str) -> str:  # noqa: ARG002 - as above
        """`5 right, 2 lives left.`"""
        session = sitting.session
        return f"{session.right} right, {words.count(session.lives or 0, 'life', 'lives')} left."


class WholeExam(OneClock):
    """One clock for all cards, and no word on any: an exam."""

    def ahead(self, setup: QuizSetup) -> str:
        """`20 cards, 200 seconds. You also say how sure you are.`"""
        sure = " You also say how sure you are." if setup.certainty else ""
        return f"{words.count(setup.cards or 0, 'card')}, {super().ahead(setup)}{sure}"


_MANNERS: dict[Mode, type[Manner]] = {
    Mode.PRACTICE: Manner,
    Mode.SPRINT: OneClock,
    Mode.EXAM: WholeExam,
    Mode.COUNTDOWN: OwnTime,
    Mode.SURVIVAL: Lives,
}


def manner_of(setup: QuizSetup) -> Manner:
    """How the quiz speaks."""
    return _MANNERS[setup.mode]()


def seconds(left: float) -> str:
    """`42 seconds`: a second counts until it is over."""
    return words.count(int(-(-left // 1)), "second")

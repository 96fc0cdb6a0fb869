"""A learner whose memory is known: it forgets and learns by FSRS-6's own formulas, which are written out here
and share nothing with quizapp, so that schedulers can be held against it.

The formulas are those of https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm (FSRS-6).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from random import Random
from typing import NamedTuple

from quizapp.record import Grade

DEFAULTS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
SPREAD = 0.1
"""How far a learner's parameters lie from the defaults: standard deviation of their logarithms."""
FIRST_SPREAD = 0.3
"""The same for the first four, the stabilities after the first meeting: people differ most in these."""

# How often each grade is given at the first meeting, and each passing one later: the mean of Anki's users,
# from the simulator of fsrs-rs (https://github.com/open-spaced-repetition/fsrs-rs, simulation.rs).
FIRST_GRADES = {Grade.AGAIN: 0.24, Grade.HARD: 0.094, Grade.GOOD: 0.495, Grade.EASY: 0.171}
PASSING_GRADES = {Grade.HARD: 0.224, Grade.GOOD: 0.631, Grade.EASY: 0.145}

SAME_DAY = 0.25
"""Days: a repeat within six hours strengthens as FSRS says of repeats on one day."""


class Trace(NamedTuple):
    """What is left of a card in memory. stability: days. at: when it was last met, in days."""

    stability: float
    difficulty: float
    at: float


class Learner:
    """Parameters, and what follows from them."""

    def __init__(self, parameters: tuple[float, ...]) -> None:
        self.w = parameters
        self._decay = -parameters[20]
        self._factor = 0.9 ** (1 / self._decay) - 1

    def recall(self, trace: Trace | None, at: float) -> float:
        """The probability that the answer comes to mind, without guessing. at: days."""
        if trace is None:
            return 0.0
        return float((1 + self._factor * (at - trace.at) / trace.stability) ** self._decay)

    def after(self, trace: Trace | None, grade: Grade, at: float) -> Trace:
        """The memory after a meeting. grade: how well it was remembered, whatever was seen of that."""
        w = self.w
        if trace is None:
            return Trace(w[grade - 1], _bounded(self._first_difficulty(grade)), at)
        stability, difficulty = trace.stability, trace.difficulty
        if at - trace.at < SAME_DAY:
            growth = exp(w[17] * (grade - 3 + w[18])) * stability ** -w[19]
            stronger = stability * (max(1.0, growth) if grade > 1 else growth)
        elif grade == Grade.AGAIN:
            lapsed = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
            lapsed *= exp(w[14] * (1 - self.recall(trace, at)))
            stronger = min(lapsed, stability / exp(w[17] * w[18]))
        else:
            factor = w[15] if grade == Grade.HARD else w[16] if grade == Grade.EASY else 1
            gain = exp(w[8]) * (11 - difficulty) * stability ** -w[9] * factor
            stronger = stability * (1 + gain * (exp(w[10] * (1 - self.recall(trace, at))) - 1))
        changed = difficulty - w[6] * (grade - 3) * (10 - difficulty) / 9
        easy = self._first_difficulty(Grade.EASY)
        return Trace(max(0.001, stronger), _bounded(w[7] * easy + (1 - w[7]) * changed), at)

    def _first_difficulty(self, grade: Grade) -> float:
        return self.w[4] - exp(self.w[5] * (grade - 1)) + 1


def draw_grade(random: Random, odds: Mapping[Grade, float]) -> Grade:
    """A grade drawn with these odds."""
    return random.choices(list(odds), list(odds.values()))[0]


def _bounded(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))


def draw_learner(random: Random) -> Learner:
    """Somebody whose parameters lie around the defaults, within the bounds that FSRS sets."""
    firsts = sorted(value * exp(random.gauss(0, FIRST_SPREAD)) for value in DEFAULTS[:4])
    rest = [value * exp(random.gauss(0, SPREAD)) for value in DEFAULTS[4:]]
    rest[3] = max(0.001, rest[3])  # the default is the bound itself; the others are far from theirs
    return Learner((*firsts, *rest))

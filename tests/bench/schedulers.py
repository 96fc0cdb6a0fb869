"""Schedulers to hold against each other: ours, and what people use instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, Protocol

from quizapp.deck.card import StudyDefaults, UsualStudy
from quizapp.learn.gain import gain
from quizapp.learn.schedule import (
    AHEAD_MS,
    Graded,
    default_scheduler,
    make_scheduler,
    plan_for,
    retrievability,
    review,
    target_retention,
)
from quizapp.record import Grade, Memory, Moment

FIRST_DAY = date(2026, 1, 1)
FIRST_MS = 1_767_225_600_000
DAY_MS = 86_400_000
RETENTION = 0.9


class Now(NamedTuple):
    """ms: since the epoch. day: number of the study day, from 0."""

    ms: int
    day: int


class Asked(NamedTuple):
    """What a scheduler knows of a card. k: number of choices, None if its answer is typed or revealed.

    judged: the program says whether it was right, so that no finer grade is known.
    """

    k: int | None
    judged: bool


class When(NamedTuple):
    """When a card comes back: at a time, on a study day, or at a time today or else on a study day."""

    ms: int | None
    day: int | None


class Plan(Protocol):
    """A scheduler with what it keeps of the cards of one learner, who has numbers for them."""

    def answered(self, card: int, grade: Grade, now: Now) -> When:
        """When the card comes back after this grade."""

    def standing(self, card: int, now: Now) -> float:
        """How well it is remembered as far as the scheduler can tell; only the order counts."""


class Ours:
    """quizapp's own schedule.

    aware: its targets make up for guessing. steps, relearning: the learning steps in seconds, None for the
    usual ones; a deck can say so.
    """

    def __init__(
        self,
        cards: Sequence[Asked],
        *,
        aware: bool = True,
        steps: tuple[int, ...] | None = None,
        relearning: tuple[int, ...] | None = None,
    ) -> None:
        self._targets = [target_retention(RETENTION, card.k if aware else None) for card in cards]
        usual = default_scheduler()
        self._scheduler = make_scheduler(
            usual.parameters,
            usual.learning if steps is None else steps,
            usual.relearning if relearning is None else relearning,
            usual.maximum_interval,
        )
        self.memories: dict[int, Memory] = {}

    def answered(self, card: int, grade: Grade, now: Now) -> When:
        """What the program does with a grade."""
        graded = Graded(grade, _moment(now), self._targets[card], None, self._scheduler)
        memory = review(self.memories.get(card), graded, card_key=str(card))
        self.memories[card] = memory
        if memory.due_day is None:
            return When(memory.due_ms, None)
        return When(None, (date.fromisoformat(memory.due_day) - FIRST_DAY).days)

    def standing(self, card: int, now: Now) -> float:
        """Its retrievability."""
        return retrievability(self.memories[card], _moment(now), self._scheduler)


class Told(Ours):
    """quizapp's own schedule for whoever has said how many minutes a day there are."""

    def __init__(self, cards: Sequence[Asked]) -> None:
        self._plan = plan_for(StudyDefaults(), UsualStudy(minutes_per_day=1), FIRST_DAY.isoformat())
        super().__init__(
            cards, steps=self._plan.scheduler.learning, relearning=self._plan.scheduler.relearning
        )

    def standing(self, card: int, now: Now) -> float:
        """What gains most is first."""
        return -gain(self.memories[card], _moment(now), self._plan)


def _moment(now: Now) -> Moment:
    return Moment(now.ms, 0, (FIRST_DAY + timedelta(days=now.day)).isoformat())


class _Interval(NamedTuple):
    days: float
    last: int
    due: int

    def standing(self, now: Now) -> float:
        """1 at the last answer, and 0 when it is due."""
        return 1 - (now.day - self.last) / max(1.0, self.days)


class SM2:
    """SuperMemo 2 (P. A. Woźniak, Optimization of learning, 1990), whose qualities 2 to 5 are our grades.

    What had less than 4 is asked again on the same day until it has that, which changes nothing.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Interval] = {}
        self._easiness: dict[int, float] = {}
        self._row: dict[int, int] = {}
        self._again: dict[int, int] = {}

    def answered(self, card: int, grade: Grade, now: Now) -> When:
        """1 day, 6 days, and then the easiness factor times the last interval."""
        quality, kept = grade + 1, self._kept.get(card)
        repeat = When(now.ms + AHEAD_MS, None)
        if kept is not None and self._again.get(card) == now.day:
            if quality < 4:
                return When(repeat.ms, kept.due)
            del self._again[card]
            return When(None, kept.due)
        easiness, row = self._easiness.get(card, 2.5), self._row.get(card, 0)
        if quality < 3:
            row, days = 1, 1.0
        else:
            row += 1
            days = 1.0 if row == 1 else 6.0 if row == 2 or kept is None else kept.days * easiness
            easiness = max(1.3, easiness + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
        due = now.day + round(days)
        self._kept[card] = _Interval(days, now.day, due)
        self._easiness[card], self._row[card] = easiness, row
        if quality < 4:
            self._again[card] = now.day
            return When(repeat.ms, due)
        return When(None, due)

    def standing(self, card: int, now: Now) -> float:
        """By how much of its interval is over."""
        return self._kept[card].standing(now)


class Steps:
    """Fixed intervals, one longer than the other: right is the next one, wrong the first.

    minutes: those on the same day. days: those after.
    """

    def __init__(self, minutes: Sequence[int], days: Sequence[int]) -> None:
        self._minutes, self._days = minutes, days
        self._place: dict[int, int] = {}
        self._kept: dict[int, _Interval] = {}

    def answered(self, card: int, grade: Grade, now: Now) -> When:
        """The next interval, or the first."""
        last = len(self._minutes) + len(self._days) - 1
        place = 0 if grade is Grade.AGAIN else min(self._place.get(card, 0) + 1, last)
        self._place[card] = place
        if place < len(self._minutes):
            self._kept.pop(card, None)
            return When(now.ms + self._minutes[place] * 60_000, None)
        days = self._days[place - len(self._minutes)]
        self._kept[card] = _Interval(days, now.day, now.day + days)
        return When(None, now.day + days)

    def standing(self, card: int, now: Now) -> float:
        """By how much of its interval is over."""
        return self._kept[card].standing(now)


class AtRandom:
    """Any card that is known, on any day."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def answered(self, card: int, grade: Grade, now: Now) -> When:
        """From tomorrow on."""
        return When(None, now.day + 1)

    def standing(self, card: int, now: Now) -> float:
        """Anything."""
        return self._random.random()


class Contestant(NamedTuple):
    """make: a plan for the cards of a learner. urgent: what is likeliest to be forgotten is first, not what
    is known best. sees: no scheduler but the learner's memory itself says what is asked, which nobody can."""

    name: str
    make: Callable[[Sequence[Asked], Random], Plan]
    urgent: bool = True
    sees: bool = False


OURS = Contestant("quizapp", lambda cards, _: Ours(cards), urgent=False)
URGENT = Contestant("quizapp, as in a catch-up", lambda cards, _: Ours(cards))
ONE_STEP = Contestant("quizapp, one learning step", lambda cards, _: Ours(cards, steps=(600,)))
NO_STEPS = Contestant("quizapp, no learning steps", lambda cards, _: Ours(cards, steps=(), relearning=()))
TOLD = Contestant("quizapp, told the minutes", lambda cards, _: Told(cards))
UNAWARE = Contestant("quizapp, guessing ignored", lambda cards, _: Ours(cards, aware=False))
RIVALS = (
    Contestant("SM-2", lambda _cards, _random: SM2()),
    Contestant("Leitner, 5 boxes", lambda _cards, _random: Steps((), (1, 2, 4, 8, 16))),
    Contestant("1 min, 10 min, 1 day, ×2", lambda _cards, _random: Steps((1, 10), [2**n for n in range(12)])),
    Contestant("random review", lambda _cards, random: AtRandom(random)),
)
SEEING = Contestant("(who can see the memory itself)", lambda _cards, random: AtRandom(random), sees=True)
"""No rival: how far the choice of cards leads where all is known of it. What gains most is first."""

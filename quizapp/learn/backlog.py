"""A backlog: when it is large enough to be named, and what catching up with it takes a day.

It is large if a deck has more reviews than its limit leaves for a day; or after a break of three days and
more, if more cards wait than twice what is answered on a usual day. A person who does not want to catch up
is not asked again until after another break.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import TypeVar

from msgspec import Struct

from quizapp.deck.card import Card, options
from quizapp.learn.queue import Pool, days_between, waiting
from quizapp.learn.schedule import due_day, retrievability, review
from quizapp.record import Grade, Mark, Moment

T = TypeVar("T")

FEWEST = 20
"""Fewer cards are no backlog to speak of."""
BREAK = 3
"""So many days without study are a break."""
SPANS = (3, 7, 14, 30, 60, 90)
"""Over so many days a backlog may be spread."""
_RECENT = 7
"""A break counts while it ended no longer ago than this, in days."""
_MOST = 50
"""Of more cards so many, evenly chosen, stand for all."""
_GROWTH = 2.5
"""An interval grows about so much with each review."""
_STEPS = 9
"""More learning steps in a row than any deck has."""
_STEP_MS = 600_000


class Behind(Struct, frozen=True):
    """A large backlog. cards: how many wait. days: how long the break was that it came from, 0 if none."""

    cards: int
    days: int


def longest_break(studied: Iterable[str], today: str, since: str | None = None) -> int:
    """The longest time without study that ended in the last week, in days from one study day to the next.

    studied: study days (ISO). since: a day before which nothing counts; it counts as studied itself.
    """
    days = {day for day in studied if since is None or day > since}
    known = sorted(days | {since} if since is not None else days)
    gaps = [
        days_between(one, other)
        for one, other in pairwise([*known, today] if today not in known else known)
        if days_between(other, today) < _RECENT
    ]
    return max(gaps, default=0)


def usual_day(answers: Mapping[str, int]) -> int:
    """How many answers a usual day has: the median of the days that have any."""
    counts = sorted(answers.values())
    return counts[len(counts) // 2] if counts else 0


def behind(
    cards: int, *, over: bool, answers: Mapping[str, int], today: str, dismissed: str | None
) -> Behind | None:
    """The backlog if it is large, else None.

    over: whether a deck has more than its limit leaves for a day. answers: how many there were, by study day.
    dismissed: the study day on which the person did not want to catch up, None if they did not say so.
    """
    if cards < FEWEST:
        return None
    days = longest_break(answers, today, dismissed)
    away = days >= BREAK
    before = {day: count for day, count in answers.items() if day != today}
    much = cards > 2 * usual_day(before)
    if away and (much or over):
        return Behind(cards, days)
    return Behind(cards, 0) if over and dismissed is None else None


class Course(Struct, frozen=True):
    """When a card comes back after it was asked: in so many days if it was known, or if it was forgotten.

    right: how likely it is to be known.
    """

    right: float
    known: int
    forgotten: int

    def returns(self, left: int) -> float:
        """How often it comes back within so many days."""
        return self.right * _returns(self.known, left) + (1 - self.right) * _returns(self.forgotten, left)


class Load(Struct, frozen=True):
    """What the reviews of a deck come to in the days ahead.

    waiting: how many are due. courses: of these, or of a part that stands for all. to_come: of cards that
    fall due later, each with in how many days; each stands for `each` of them. new: what a new card comes to,
    None without any; new_left of them are begun, new_a_day on a day.
    """

    waiting: int
    courses: tuple[Course, ...]
    to_come: tuple[tuple[int, Course], ...]
    each: float
    new: Course | None
    new_left: int
    new_a_day: int

    def a_day(self, days: int) -> int:
        """How many reviews a day there are if what waits is spread evenly over so many days, with those that
        fall due meanwhile; at least 1."""
        places = [place * days // len(self.courses) for place in range(len(self.courses))]
        begun = [max(0, min(self.new_a_day, self.new_left - day * self.new_a_day)) for day in range(days)]
        waiting = _mean([1 + one.returns(days - at) for at, one in zip(places, self.courses, strict=True)])
        reviews = (
            self.waiting * waiting
            + self.each * sum(1 + one.returns(days - at) for at, one in self.to_come if at < days)
            + sum(count * self.new.returns(days - day) for day, count in enumerate(begun) if self.new)
        )
        return max(1, ceil(reviews / days))

    @property
    def forgotten(self) -> float:
        """The share of the waiting cards that is likely to be forgotten."""
        return _mean([1 - one.right for one in self.courses])


def load_of(pool: Pool, now: Moment) -> Load:
    """What the reviews of a deck come to, by what is remembered of it."""
    found, plan = waiting(pool, now), pool.plan(now)
    chances = [(retrievability(pool.memories[card.key], now, plan.scheduler), card) for card in found.reviews]
    # The likeliest to be forgotten are asked first.
    due = [card for _, card in sorted(chances, key=lambda pair: pair[0])]
    to_come = _to_come(pool, now)
    some = _some(to_come)
    return Load(
        waiting=len(due),
        courses=tuple(_course(pool, card, now) for card in _some(due)),
        to_come=tuple((at, _course(pool, card, now)) for at, card in some),
        each=len(to_come) / len(some) if some else 0.0,
        new=_course(pool, found.new[0], now) if found.new else None,
        new_left=len(found.new),
        new_a_day=pool.limits.new_per_day,
    )


def _to_come(pool: Pool, now: Moment) -> list[tuple[int, Card]]:
    """The cards that fall due later, each with in how many days."""
    latest = pool.plan(now).latest
    found = []
    for card in pool.cards:
        memory = pool.memories.get(card.key)
        day = due_day(memory, latest, now) if memory is not None else None
        if day is not None and day > now.day and not pool.marks.get(card.key, Mark()).suspended:
            found.append((days_between(now.day, day), card))
    return found


def _course(pool: Pool, card: Card, now: Moment) -> Course:
    """When a card comes back, as Good and Again would schedule it now."""
    memory, plan = pool.memories.get(card.key), pool.plan(now)
    return Course(
        right=1.0 if memory is None else retrievability(memory, now, plan.scheduler),
        known=_interval(pool, card, Grade.GOOD, now),
        forgotten=_interval(pool, card, Grade.AGAIN, now),
    )


def _interval(pool: Pool, card: Card, grade: Grade, now: Moment) -> int:
    """In how many days a card comes back after a grade, its learning steps done."""
    k = len(options(card)) or None
    memory, at = pool.memories.get(card.key), now
    for _ in range(_STEPS):
        memory = review(memory, pool.plan(now).graded(grade, at, k), card_key=card.key, fuzz=False)
        if memory.due_day is not None:
            return max(1, days_between(now.day, memory.due_day))
        grade, at = Grade.GOOD, Moment(at.at_ms + _STEP_MS, at.offset_min, at.day)
    return 1


def _returns(interval: int, left: int) -> int:
    """How often a card comes back within so many days, if each interval is longer than the one before."""
    times, at, length = 0, float(interval), float(interval)
    while at < left:
        times += 1
        length *= _GROWTH
        at += length
    return times


def _some(items: Sequence[T]) -> list[T]:
    """Some of these, evenly chosen, that stand for all."""
    count = min(len(items), _MOST)
    return [items[number * len(items) // count] for number in range(count)]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0

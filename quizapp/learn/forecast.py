"""What a deck's cards will be worth on a later day, and what that takes: by simulation of the days between.

A simulated answer is right with the probability that FSRS gives it, and moves the memory as a real one would.
What a card is worth is the chance that its answer is known: a right answer chosen among k may be a guess, so
that of the probability p of a right one (p − 1/k)/(1 − 1/k) is knowledge (DESIGN §6, solved for r).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import Struct, structs

from quizapp.deck.card import Card, options
from quizapp.learn.queue import Pool, days_between, later_day
from quizapp.learn.schedule import Plan, due_day, retrievability, review
from quizapp.record import DAY_MS, Grade, Mark, Memory, Moment

_STEP_MS = 600_000
_MOST = 120
"""Of a larger deck so many cards, drawn at random, stand for all."""
_PASSES = 3
"""So many simulations are averaged."""
_STEPS = 9
"""More learning steps in a row than any deck has."""


class Forecast(Struct, frozen=True):
    """What to expect of a deck on a day.

    known: share of its cards whose answer will be known, if everything due is studied until then and the
    limits of new cards are used. stopped: if nothing is studied any more. questions: to answer a day.
    unseen: cards that the limits leave new.
    """

    day: str
    known: float
    stopped: float
    questions: float
    unseen: int


def knowledge(memory: Memory | None, card: Card, now: Moment, plan: Plan) -> float:
    """The chance that a card's answer is known, not guessed; 0 for a new one."""
    if memory is None:
        return 0.0
    right = retrievability(memory, now, plan.scheduler)
    k = len(options(card))
    return right if k < 2 else max(0.0, (right - 1 / k) / (1 - 1 / k))


def mean_knowledge(cards: Sequence[Card], pool: Pool, now: Moment) -> float:
    """The share of these cards whose answer is known now."""
    plan = pool.plan(now)
    return sum(knowledge(pool.memories.get(card.key), card, now, plan) for card in cards) / len(cards)


def forecast(pool: Pool, now: Moment, day: str, random: Random) -> Forecast | None:
    """What to expect of a deck on a later study day; None if it has no cards or the day is not to come."""
    cards = [card for card in pool.cards if not pool.marks.get(card.key, Mark()).suspended]
    if not cards or day <= now.day:
        return None
    drawn = random.sample(cards, _MOST) if len(cards) > _MOST else cards
    share = len(drawn) / len(cards)
    passes = [_Days(pool, drawn, share, now, random) for _ in range(_PASSES)]
    for one in passes:
        one.live(day)
    then = _moment(now, day)
    return Forecast(
        day=day,
        known=sum(one.known(then) for one in passes) / len(passes),
        stopped=mean_knowledge(drawn, pool, then),
        questions=sum(one.questions for one in passes) / len(passes) / share / days_between(now.day, day),
        unseen=round(sum(one.unseen for one in passes) / len(passes) / share),
    )


class _Days:
    """One simulation of the days until then."""

    def __init__(self, pool: Pool, cards: Sequence[Card], share: float, now: Moment, random: Random) -> None:
        """share: of the deck's cards that are simulated, and of the limits that are theirs."""
        self._pool, self._cards, self._now, self._random = pool, cards, now, random
        self._plan = pool.plan(now)
        self._memories = {card.key: pool.memories[card.key] for card in cards if card.key in pool.memories}
        self._new = [card for card in cards if card.key not in self._memories]
        self._limits = structs.replace(
            pool.limits,
            new_per_day=max(1, round(pool.limits.new_per_day * share)) if pool.limits.new_per_day else 0,
            reviews_per_day=max(1, round(pool.limits.reviews_per_day * share)),
        )
        self.questions = 0

    @property
    def unseen(self) -> int:
        """How many cards are still new."""
        return len(self._new)

    def live(self, until: str) -> None:
        """Study on every day from today up to that one (exclusive)."""
        for number in range(days_between(self._now.day, until)):
            self._study(_moment(self._now, later_day(self._now.day, number)), first=not number)

    def known(self, now: Moment) -> float:
        """The share of the cards whose answer is known."""
        found = (knowledge(self._memories.get(card.key), card, now, self._plan) for card in self._cards)
        return sum(found) / len(self._cards)

    def _study(self, now: Moment, *, first: bool) -> None:
        new_left, reviews_left = self._limits.new_per_day, self._limits.reviews_per_day
        if first:
            new_left, reviews_left = new_left - self._pool.new_done, reviews_left - self._pool.reviews_done
        due = [card for card in self._cards if self._is_due(card, now)]
        for card in due[: max(0, reviews_left)]:
            right = retrievability(self._memories[card.key], now, self._plan.scheduler)
            self._answer(card, now, right=self._random.random() < right)
        count = max(0, new_left)
        for card in self._new[:count]:
            self._answer(card, now, right=True)
        del self._new[:count]

    def _is_due(self, card: Card, now: Moment) -> bool:
        memory = self._memories.get(card.key)
        if memory is None:
            return False
        day = due_day(memory, self._plan.latest, now)
        return day is None or day <= now.day

    def _answer(self, card: Card, now: Moment, *, right: bool) -> None:
        k = len(options(card)) or None
        memory = self._memories.get(card.key)
        grade = Grade.GOOD if right else Grade.AGAIN
        for _ in range(_STEPS):
            memory = review(memory, self._plan.graded(grade, now, k), card_key=card.key)
            self.questions += 1
            if memory.due_ms is None:
                break
            # A learning step comes again on the same day.
            grade, now = Grade.GOOD, structs.replace(now, at_ms=now.at_ms + _STEP_MS)
        if memory is not None:
            self._memories[card.key] = memory


def _moment(now: Moment, day: str) -> Moment:
    """The same time on another day."""
    return Moment(now.at_ms + days_between(now.day, day) * DAY_MS, now.offset_min, day)

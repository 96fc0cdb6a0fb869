"""Which cards of a deck are to be studied now, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import TypeVar

from msgspec import Struct

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.schedule import AHEAD_MS, default_scheduler, retrievability
from quizapp.record import Memory, Moment

T = TypeVar("T")


class Pool(Struct, frozen=True):
    """A deck with what is remembered of it. memories: by card key. new_done and reviews_done: distinct cards
    graded today for the first time, and others. usual: what holds where the deck sets no limits."""

    deck: Deck
    memories: Mapping[str, Memory]
    new_done: int = 0
    reviews_done: int = 0
    usual: UsualStudy = UsualStudy()

    @property
    def limits(self) -> UsualStudy:
        """The deck's limits a day."""
        return self.deck.study.over(self.usual)


class Waiting(Struct, frozen=True):
    """Which cards of a deck wait, and how many of them today's limits leave. steps: learning steps due now or
    soon, the earliest first. reviews: due. new: never graded. These two are in the deck's order, uncut.
    """

    steps: tuple[Card, ...]
    reviews: tuple[Card, ...]
    new: tuple[Card, ...]
    reviews_left: int
    new_left: int


class Ready(Struct, frozen=True):
    """The cards of a deck that today's limits leave to study. steps: learning steps due now or soon, the
    earliest first. reviews: due, the best remembered first. new: aspect by aspect, contrasts close together.
    """

    steps: tuple[Card, ...]
    reviews: tuple[Card, ...]
    new: tuple[Card, ...]


def waiting(pool: Pool, now: Moment) -> Waiting:
    """Which cards of a deck wait now: enough to count them, without putting them in order."""
    steps: list[tuple[int, Card]] = []
    reviews: list[Card] = []
    new: list[Card] = []
    for card in pool.deck.cards:
        memory = pool.memories.get(card.key)
        if memory is None:
            new.append(card)
        elif memory.due_ms is not None:
            if memory.due_ms <= now.at_ms + AHEAD_MS:
                steps.append((memory.due_ms, card))
        elif memory.is_due(now):
            reviews.append(card)
    limits = pool.limits
    steps.sort(key=lambda pair: pair[0])
    return Waiting(
        steps=tuple(card for _, card in steps),
        reviews=tuple(reviews),
        new=tuple(new),
        reviews_left=max(0, limits.reviews_per_day - pool.reviews_done),
        new_left=max(0, limits.new_per_day - pool.new_done),
    )


def studyable(pool: Pool, now: Moment) -> int:
    """How many cards there are to study of a deck now."""
    found = waiting(pool, now)
    return len(found.steps) + len(found.reviews[: found.reviews_left]) + len(found.new[: found.new_left])


def ready(pool: Pool, now: Moment, random: Random) -> Ready:
    """What there is to study of a deck now, in the order in which to study it."""
    found = waiting(pool, now)
    return Ready(
        steps=found.steps,
        reviews=tuple(_best_remembered_first(found.reviews, pool.memories, now)[: found.reviews_left]),
        new=tuple(aspect_by_aspect(found.new, random)[: found.new_left]),
    )


def next_due(pool: Pool, now: Moment) -> tuple[int | None, str | None]:
    """When there is more to study: the earliest step (ms), and the earliest study day after today.

    Cards that today's limits cut off are there tomorrow.
    """
    known = [pool.memories[card.key] for card in pool.deck.cards if card.key in pool.memories]
    steps = [memory.due_ms for memory in known if memory.due_ms is not None]
    days = [memory.due_day for memory in known if memory.due_day and memory.due_day > now.day]
    found, limits = waiting(pool, now), pool.limits
    more_new = len(found.new) > found.new_left and limits.new_per_day != 0
    more_reviews = len(found.reviews) > found.reviews_left and limits.reviews_per_day != 0
    if more_new or more_reviews:
        days.append((date.fromisoformat(now.day) + timedelta(days=1)).isoformat())
    return min(steps, default=None), min(days, default=None)


def spread(*rows: Sequence[Sequence[T]]) -> list[T]:
    """Rows of groups mixed evenly, each in its own order and each group whole.

    A row with half as many items is met half as often, all the way; the first row begins.
    """
    whole: list[tuple[float, int, Sequence[T]]] = []
    for number, row in enumerate(rows):
        total, before = sum(map(len, row)), 0
        for group in row:
            whole.append(((before + 0.5) / total, number, group))
            before += len(group)
    return [item for _, _, group in sorted(whole, key=lambda entry: entry[:2]) for item in group]


def together(cards: Sequence[Card]) -> list[list[Card]]:
    """Cards in their order, those of one aspect that follow each other as one group."""
    groups: list[list[Card]] = []
    for card in cards:
        if groups and card.aspect and groups[-1][-1].aspect == card.aspect:
            groups[-1].append(card)
        else:
            groups.append([card])
    return groups


def aspect_by_aspect(cards: Sequence[Card], random: Random) -> list[Card]:
    """Cards in the deck's order of aspects, each with its contrast one to three cards away if there is one.

    Within an aspect the answers take turns in runs of one to three, so that neither "the same as the last"
    nor "the opposite" is a good guess. Cards without an aspect keep their place.
    """
    first: dict[str, int] = {}
    for place, card in enumerate(cards):
        first.setdefault(card.aspect or f"\0{place}", place)
    places = {id(card): first[card.aspect or f"\0{place}"] for place, card in enumerate(cards)}
    ordered: list[Card] = []
    for _, group in groupby(
        sorted(cards, key=lambda card: places[id(card)]), key=lambda card: places[id(card)]
    ):
        ordered += _taking_turns(list(group), random)
    return ordered


def _taking_turns(cards: list[Card], random: Random) -> list[Card]:
    sides: dict[str, list[Card]] = {}
    for card in cards:
        sides.setdefault(card.answer, []).append(card)
    if len(sides) == len(cards):
        # Every card has an answer of its own (flip cards): there are no sides, and the author's order stays.
        return cards
    left = list(sides.values())
    random.shuffle(left)
    ordered: list[Card] = []
    last: list[Card] | None = None
    while left:
        # The fullest of the other sides: what is left over at the end has no contrast near it.
        others = [side for side in left if side is not last] or left
        side = max(others, key=len)
        run = random.randint(1, 3)
        ordered += side[:run]
        del side[:run]
        left = [side for side in left if side]
        last = side
    return ordered


def _best_remembered_first(
    reviews: Sequence[Card], memories: Mapping[str, Memory], now: Moment
) -> list[Card]:
    scheduler = default_scheduler()
    chances = {card.key: retrievability(memories[card.key], now, scheduler) for card in reviews}
    return sorted(reviews, key=lambda card: -chances[card.key])

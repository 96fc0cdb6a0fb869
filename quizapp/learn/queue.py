"""Which cards of a deck are to be studied now, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import groupby, pairwise
from random import Random
from typing import TypeVar

from msgspec import Struct, structs

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.schedule import AHEAD_MS, Plan, due_day, plan_for, retrievability
from quizapp.record import Cap, Mark, Memory, Moment, Scheduler

T = TypeVar("T")


class Pool(Struct, frozen=True):
    """A deck with what is remembered of it.

    memories, marks: by card key. new_done and reviews_done: distinct cards graded today for the first time,
    and others. usual: what holds where the deck sets no limits. cap: how a backlog is caught up with. only:
    the keys of the cards to study, None for all. parameters: FSRS's, fitted to a log.
    """

    deck: Deck
    memories: Mapping[str, Memory]
    new_done: int = 0
    reviews_done: int = 0
    usual: UsualStudy = UsualStudy()
    marks: Mapping[str, Mark] = {}
    cap: Cap | None = None
    only: frozenset[str] | None = None
    parameters: tuple[float, ...] | None = None

    @property
    def limits(self) -> UsualStudy:
        """The deck's limits a day."""
        limits = self.deck.study.over(self.usual)
        if self.cap is not None:
            limits = structs.replace(limits, reviews_per_day=min(limits.reviews_per_day, self.cap.per_day))
        return limits

    @property
    def cards(self) -> Sequence[Card]:
        """The cards to study, in the deck's order."""
        if self.only is None:
            return self.deck.cards
        return [card for card in self.deck.cards if card.key in self.only]

    def plan(self, now: Moment) -> Plan:
        """How its cards are scheduled."""
        return plan_for(self.deck.study, self.usual, now.day, self.parameters)


class Waiting(Struct, frozen=True):
    """Which cards of a deck wait, and how many of them today's limits leave. steps: learning steps due now or
    soon, the earliest first. reviews: due. new: never graded. These two are in the deck's order, uncut.
    siblings: how many more would wait, but for another card of their entry that is asked today. aside: how
    many are suspended or buried.
    """

    steps: tuple[Card, ...]
    reviews: tuple[Card, ...]
    new: tuple[Card, ...]
    reviews_left: int
    new_left: int
    siblings: int = 0
    aside: int = 0


class Ready(Struct, frozen=True):
    """The cards of a deck that today's limits leave to study. steps: learning steps due now or soon, the
    earliest first. reviews: due, each with its rank, in the order of `lineup_of`. new: aspect by aspect,
    contrasts close together.
    """

    steps: tuple[Card, ...]
    reviews: tuple[tuple[Card, float], ...]
    new: tuple[Card, ...]


def waiting(pool: Pool, now: Moment) -> Waiting:
    """Which cards of a deck wait now: enough to count them, without putting them in order."""
    latest = pool.plan(now).latest
    steps: list[tuple[int, Card]] = []
    reviews: list[Card] = []
    new: list[Card] = []
    aside = 0
    for card in pool.cards:
        mark = pool.marks.get(card.key) if pool.marks else None
        if mark is not None and mark.hides(now.day):
            aside += 1
            continue
        memory = pool.memories.get(card.key)
        if memory is None:
            new.append(card)
        elif (day := due_day(memory, latest, now)) is not None:
            if day <= now.day:
                reviews.append(card)
        elif memory.due_ms is not None and memory.due_ms <= now.at_ms + AHEAD_MS:
            steps.append((memory.due_ms, card))
    steps.sort(key=lambda pair: pair[0])
    taken = _entries_of_today(pool, now) | {card.entry for _, card in steps}
    shared = _shared_entries(pool.deck)
    due, new_cards = _one_an_entry(reviews, shared, taken), _one_an_entry(new, shared, taken)
    limits = pool.limits
    return Waiting(
        steps=tuple(card for _, card in steps),
        reviews=tuple(due),
        new=tuple(new_cards),
        reviews_left=max(0, limits.reviews_per_day - pool.reviews_done),
        new_left=max(0, limits.new_per_day - pool.new_done),
        siblings=len(reviews) - len(due) + len(new) - len(new_cards),
        aside=aside,
    )


def _shared_entries(deck: Deck) -> frozenset[int]:
    """The entries with more than one card: reversed ones, and sentences with several blanks."""
    # Siblings follow each other in the file.
    return frozenset(card.entry for card, other in pairwise(deck.cards) if card.entry == other.entry)


def _entries_of_today(pool: Pool, now: Moment) -> set[int]:
    """The entries of which a card was graded today."""
    return {
        card.entry
        for card in pool.deck.cards
        if (memory := pool.memories.get(card.key)) is not None and memory.last_day == now.day
    }


def _one_an_entry(cards: Sequence[Card], shared: frozenset[int], taken: set[int]) -> list[Card]:
    """The cards without those whose sibling is asked today; the entries of what is left are taken now."""
    kept = []
    for card in cards:
        if card.entry in shared:
            if card.entry in taken:
                continue
            taken.add(card.entry)
        kept.append(card)
    return kept


def waits(card: Card, pool: Pool, now: Moment) -> bool:
    """Whether a card is new, due, or a step that is due soon, and nothing keeps it back: it is not put aside,
    and no other card of its entry is asked today."""
    found = waiting(pool, now)
    return any(card.key == one.key for one in (*found.steps, *found.reviews, *found.new))


def without(pool: Pool, card: Card, memory: Memory | None, mark: Mark) -> Pool:
    """The pool as it is once something done to a card was taken back. memory, mark: the card's then."""
    memories = {key: one for key, one in pool.memories.items() if key != card.key}
    if memory is not None:
        memories[card.key] = memory
    return structs.replace(pool, memories=memories, marks={**pool.marks, card.key: mark})


def studyable(pool: Pool, now: Moment) -> int:
    """How many cards there are to study of a deck now."""
    found = waiting(pool, now)
    return len(found.steps) + len(found.reviews[: found.reviews_left]) + len(found.new[: found.new_left])


class Lineup(Enum):
    """In which order due cards are asked: the highest rank first, or the lowest.

    KNOWN: the best remembered first. FORGOTTEN: the likeliest to be forgotten first. GAIN: that of which an
    answer gains most for its time.
    """

    KNOWN = "known"
    FORGOTTEN = "forgotten"
    GAIN = "gain"

    @property
    def falling(self) -> bool:
        """Whether the highest rank is first."""
        return self is not Lineup.FORGOTTEN


def lineup_of(pools: Iterable[Pool]) -> Lineup:
    """The order for these decks together: by gain where minutes are few, the likeliest to be forgotten first
    while a backlog is caught up with."""
    pools = list(pools)
    if any(pool.limits.minutes_per_day for pool in pools):
        return Lineup.GAIN
    return Lineup.FORGOTTEN if any(pool.cap for pool in pools) else Lineup.KNOWN


def ready(pool: Pool, now: Moment, random: Random, lineup: Lineup | None = None) -> Ready:
    """What there is to study of a deck now, in the order in which to study it. lineup: that of all decks that
    are studied with it; None for its own."""
    found, plan = waiting(pool, now), pool.plan(now)
    lineup = lineup or lineup_of([pool])
    ranked = [(card, _rank(pool.memories[card.key], now, plan, lineup)) for card in found.reviews]
    ranked.sort(key=lambda pair: pair[1], reverse=lineup.falling)
    return Ready(
        steps=found.steps,
        reviews=tuple(ranked[: found.reviews_left]),
        new=tuple(aspect_by_aspect(found.new, random)[: found.new_left]),
    )


def next_due(pool: Pool, now: Moment) -> tuple[int | None, str | None]:
    """When there is more to study: the earliest step (ms), and the earliest study day after today.

    Cards that today's limits or their siblings keep back are there tomorrow.
    """
    latest = pool.plan(now).latest
    days: list[str] = []
    for card in pool.cards:
        mark = pool.marks.get(card.key, Mark())
        if mark.suspended:
            continue
        if mark.hides(now.day) and mark.buried is not None:
            days.append(mark.buried)
            continue
        memory = pool.memories.get(card.key)
        day = due_day(memory, latest, now) if memory is not None else None
        if day is not None and day > now.day:
            days.append(day)
    found, limits = waiting(pool, now), pool.limits
    more_new = len(found.new) > found.new_left and limits.new_per_day != 0
    more_reviews = len(found.reviews) > found.reviews_left and limits.reviews_per_day != 0
    if more_new or more_reviews or found.siblings:
        days.append(tomorrow(now.day))
    return min(steps_to_come(pool, now), default=None), min(days, default=None)


def steps_to_come(pool: Pool, now: Moment) -> list[int]:
    """When the learning steps of a deck fall due (ms), but for cards that were put aside."""
    known = ((card, pool.memories.get(card.key)) for card in pool.cards)
    return [
        memory.due_ms
        for card, memory in known
        if memory is not None
        and memory.due_ms is not None
        and not memory.is_ahead(now)
        and not pool.marks.get(card.key, Mark()).hides(now.day)
    ]


def _rank(memory: Memory, now: Moment, plan: Plan, lineup: Lineup) -> float:
    if lineup is Lineup.GAIN:
        from quizapp.learn.gain import gain  # home needs it only where minutes are set

        return gain(memory, now, plan)
    return _chance(memory, now, plan.scheduler)


def _chance(memory: Memory, now: Moment, scheduler: Scheduler) -> float:
    """The chance that a due card is remembered; 0 where a clock that ran ahead leaves that unknown, so that
    it takes no place of a card of which it is known."""
    return 0.0 if memory.is_ahead(now) else retrievability(memory, now, scheduler)


def tomorrow(day: str) -> str:
    """The study day after this one."""
    return later_day(day, 1)


def later_day(day: str, days: int) -> str:
    """The study day so many days after this one."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_between(day: str, later: str) -> int:
    """How many days a study day is after another."""
    return (date.fromisoformat(later) - date.fromisoformat(day)).days


def spread(*rows: Sequence[Sequence[T]]) -> list[T]:
    """Rows of groups mixed evenly, each in its own order and each group whole.

    A row with half as many items is met half as often, all the way; the first row begins.
    """
    return [item for group in _mixed(rows) for item in group]


def _mixed(rows: Sequence[Sequence[Sequence[T]]]) -> list[Sequence[T]]:
    """The groups of all rows, mixed evenly."""
    whole: list[tuple[float, int, Sequence[T]]] = []
    for number, row in enumerate(rows):
        total, before = sum(map(len, row)), 0
        for group in row:
            whole.append(((before + 0.5) / total, number, group))
            before += len(group)
    return [group for _, _, group in sorted(whole, key=lambda entry: entry[:2])]


def lined_up(reviews: Sequence[T], *new: Sequence[Sequence[T]]) -> list[T]:
    """Reviews in their order, new cards taking turns with the first of them. new: a row of groups a deck.

    Mixed evenly among many reviews, new cards would be met late, or never by whoever has few minutes: of 500
    cards at 5 minutes a day 74 % are known after 90 days in that way, and 83 % in this.
    """
    line, at = list(reviews[:1]), 1
    for group in _mixed(new):
        line += [*group, *reviews[at : at + len(group)]]
        at += len(group)
    return [*line, *reviews[at:]]


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

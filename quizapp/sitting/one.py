"""A sitting over one card: the due one that study would ask first."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.once import OnceSession
from quizapp.learn.queue import Lineup, Pool, lineup_of, ready, waiting
from quizapp.learn.study import Item
from quizapp.pools import pool_of
from quizapp.record import Mark, Moment, Ref
from quizapp.scores.store import Store
from quizapp.sitting.studying import StudySitting
from quizapp.sitting.writing import Clock


class One(NamedTuple):
    """A sitting over one card. due: how many cards are due, this one among them."""

    sitting: StudySitting
    due: int


class _Found(NamedTuple):
    """What is due of a deck. steps: with the time at which each was, the earliest first. reviews: with the
    rank of each, in the order of study."""

    pool: Pool
    steps: list[tuple[int, Card]]
    reviews: list[tuple[float, Card]]


def one(
    store: Store, clock: Clock, decks: Iterable[Deck], random: Random, usual: UsualStudy | None = None
) -> One | None:
    """A sitting over the first due card of these decks; None if none is due, or today's limits leave none.

    Learning steps come before reviews, as in study; those that are due soon, and new cards, do not count.
    usual: for decks that set no limits.
    """
    now, usual = clock(), usual or UsualStudy()
    done = store.done(now.day)
    pools = [pool_of(store, deck, now, usual, done=done) for deck in decks]
    lineup = lineup_of(pools)
    found = [due for pool in pools if (due := _due(pool, now, random, lineup)) is not None]
    first = _first(found, lineup)
    if first is None:
        return None
    pool, card = first
    deck = pool.deck
    items, plans = [_item(store, pool, card)], {deck.id: pool.plan(now)}
    session = OnceSession(items, {deck.id: deck}, plans=plans, random=random)
    sitting = StudySitting(store, clock, session, {deck.id: deck}, [card], usual)
    return One(sitting, sum(len(due.steps) + len(due.reviews) for due in found))


def _due(pool: Pool, now: Moment, random: Random, lineup: Lineup) -> _Found | None:
    """What is due of a deck now; None if nothing is."""
    seen = waiting(pool, now)
    times = ((pool.memories[card.key].due_ms, card) for card in seen.steps)
    steps = [(due_ms, card) for due_ms, card in times if due_ms is not None and due_ms <= now.at_ms]
    if not seen.reviews[: seen.reviews_left]:
        # Putting reviews in order takes fsrs: 12 ms, which a deck without any does not cost.
        return _Found(pool, steps, []) if steps else None
    return _Found(pool, steps, [(rank, card) for card, rank in ready(pool, now, random, lineup).reviews])


def _first(found: Iterable[_Found], lineup: Lineup) -> tuple[Pool, Card] | None:
    """The card that study would ask first, with its deck."""
    found = list(found)
    steps = [(due_ms, due.pool, card) for due in found for due_ms, card in due.steps[:1]]
    if steps:
        return min(steps, key=lambda step: step[0])[1:]
    reviews = [(rank, due.pool, card) for due in found for rank, card in due.reviews[:1]]
    if not reviews:
        return None
    best = max if lineup.falling else min
    return best(reviews, key=lambda review: review[0])[1:]


def _item(store: Store, pool: Pool, card: Card) -> Item:
    ref = Ref(pool.deck.id, card.key)
    seen = store.seen(pool.deck.id).get(card.key) if card.variants else None
    return Item(
        ref=ref,
        card=card,
        memory=pool.memories[card.key],
        times=seen.times if seen else 0,
        mark=pool.marks.get(card.key, Mark()),
    )

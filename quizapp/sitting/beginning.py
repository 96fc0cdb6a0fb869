"""What a sitting of study or of cram begins with: which cards of some decks, in which order."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from msgspec import structs

from quizapp.deck.card import Deck, UsualStudy
from quizapp.learn.minutes import Budget
from quizapp.learn.queue import lined_up, lineup_of, ready, spread, together
from quizapp.learn.study import Item, StudySession
from quizapp.pools import Only, budget_today, pool_of
from quizapp.record import Mark
from quizapp.scores.store import Store
from quizapp.sitting.items import Items
from quizapp.sitting.studying import StudySitting
from quizapp.sitting.writing import Clock


def study(
    store: Store,
    clock: Clock,
    decks: Iterable[Deck],
    random: Random,
    usual: UsualStudy | None = None,
    only: Only | None = None,
    minutes: int | None = None,
) -> StudySitting:
    """A sitting over all that is to be studied now of these decks. usual: for decks that set no limits. only:
    which of their cards. minutes: how many this session has, whatever the decks say."""
    now, usual = clock(), usual or UsualStudy()
    by_id = {deck.id: deck for deck in decks}
    told = [_told(deck, minutes) for deck in by_id.values()]
    pools = [pool_of(store, deck, now, usual, only) for deck in told]
    lineup = lineup_of(pools)
    steps: list[Item] = []
    reviews: list[tuple[Item, float]] = []
    rows: list[list[list[Item]]] = []
    for pool in pools:
        found, items = ready(pool, now, random, lineup), Items(store, pool)
        steps += items.of(found.steps)
        due = items.of([card for card, _ in found.reviews])
        reviews += zip(due, (rank for _, rank in found.reviews), strict=True)
        # New cards of one aspect stay together, so that each has its contrast near it.
        rows.append([items.of(group) for group in together(found.new)])
    reviews.sort(key=lambda pair: pair[1], reverse=lineup.falling)
    order = [*steps, *lined_up([item for item, _ in reviews], *rows)]
    plans = {pool.deck.id: pool.plan(now) for pool in pools}
    budget = Budget(minutes) if minutes else budget_today(store, told, usual, now)
    session = StudySession(order, by_id, plans=plans, random=random, budget=budget)
    return StudySitting(store, clock, session, by_id, [item.card for item in order], usual, only)


def _told(deck: Deck, minutes: int | None) -> Deck:
    """The deck as one with so many minutes a day; None for those that it has."""
    if minutes is None:
        return deck
    return structs.replace(deck, study=structs.replace(deck.study, minutes_per_day=minutes))


def cram(
    store: Store,
    clock: Clock,
    decks: Iterable[Deck],
    random: Random,
    usual: UsualStudy | None = None,
    only: Only | None = None,
) -> StudySitting:
    """A sitting over all cards of these decks, due or not, that moves no memory. usual, only: as for `study`.

    Suspended cards are left out.
    """
    from quizapp.learn.cram import CramSession, apart
    from quizapp.learn.queue import aspect_by_aspect

    now, usual = clock(), usual or UsualStudy()
    by_id = {deck.id: deck for deck in decks}
    pools = [pool_of(store, deck, now, usual, only) for deck in by_id.values()]
    rows = []
    for pool in pools:
        cards = [card for card in pool.cards if not pool.marks.get(card.key, Mark()).suspended]
        items = Items(store, pool)
        rows.append([items.of(group) for group in together(apart(aspect_by_aspect(cards, random)))])
    order = spread(*rows)
    plans = {pool.deck.id: pool.plan(now) for pool in pools}
    session = CramSession(order, by_id, plans=plans, random=random)
    return StudySitting(store, clock, session, by_id, [item.card for item in order], usual, only, cram=True)

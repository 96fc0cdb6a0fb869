"""Over how many days a backlog may be spread, and what that comes to on each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from msgspec import Struct

from quizapp.deck.card import Deck, UsualStudy
from quizapp.learn.backlog import SPANS, load_of
from quizapp.learn.queue import later_day
from quizapp.pools import pool_of
from quizapp.record import Moment
from quizapp.scores.log import Log
from quizapp.stats import minutes

_FEW = 4
"""So many spans to choose from are enough."""


class Spread(Struct, frozen=True):
    """A backlog spread over some days. per_day: reviews a day, by deck. until: the first study day without.
    minutes: about how long these reviews take a day."""

    days: int
    per_day: Mapping[str, int]
    until: str
    minutes: int

    @property
    def reviews(self) -> int:
        """How many reviews a day that is, all decks together."""
        return sum(self.per_day.values())


def spreads(log: Log, decks: Iterable[Deck], now: Moment, usual: UsualStudy) -> list[Spread]:
    """How the backlog of these decks may be spread: over as few days as their limits allow, and more."""
    pools = [pool_of(log, deck, now, usual) for deck in decks]
    limits = {pool.deck.id: pool.deck.study.over(usual).reviews_per_day for pool in pools}
    loads = {pool.deck.id: load_of(pool, now) for pool in pools if limits[pool.deck.id]}
    loads = {deck: load for deck, load in loads.items() if load.waiting}
    recent = log.recent_ms()
    found = []
    for days in SPANS if loads else ():
        per_day = {deck: load.a_day(days) for deck, load in loads.items()}
        if all(number <= limits[deck] for deck, number in per_day.items()):
            # What is forgotten is asked once more on the same day.
            asked = sum(number * (1 + loads[deck].forgotten) for deck, number in per_day.items())
            found.append(Spread(days, per_day, later_day(now.day, days), minutes(ceil(asked), recent)))
    return found[:_FEW]

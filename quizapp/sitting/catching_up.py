"""Catching up with a backlog: a cap on a day's reviews, deck by deck, as events of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quizapp.record import EventType
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, next_event


def catch_up(store: Store, clock: Clock, per_day: Mapping[str, int | None], until: str) -> None:
    """Ask so many reviews of each deck a day, up to a study day (exclusive). Raises ScoresError.

    per_day: by deck; None for a deck that has its usual limits again.
    """
    bodies = {
        deck: {"per_day": number, "until": until if number is not None else None}
        for deck, number in per_day.items()
    }
    store.append([next_event(store, EventType.CAP, deck, dict(body), clock) for deck, body in bodies.items()])


def lift_caps(store: Store, clock: Clock, decks: Iterable[str]) -> None:
    """Give these decks their usual limits again, or say that they are not to be caught up with."""
    catch_up(store, clock, dict.fromkeys(decks), "")

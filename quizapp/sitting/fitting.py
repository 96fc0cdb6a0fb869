"""Fitting FSRS's parameters to the log, and keeping them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizapp.learn.fit import Review
from quizapp.record import EventType, Moment, Ref
from quizapp.scores.log import Log
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, next_event


def histories(log: Log, refs: Sequence[Ref]) -> Iterator[list[Review]]:
    """The grades of each of these cards that count, in log order."""
    for ref in refs:
        yield [
            Review(
                item.answer.id, item.grade, Moment(item.answer.at_ms, item.answer.offset_min, item.answer.day)
            )
            for item in log.history(ref)
            if item.grade is not None
        ]


def keep_parameters(store: Store, clock: Clock, deck: str, parameters: Sequence[float]) -> None:
    """Schedule by these from the next answer on. deck: its id, "" for all decks that have none of their own.

    What is remembered already stays as it is.
    """
    body: dict[str, object] = {"parameters": list(parameters)}
    store.append([next_event(store, EventType.PARAMETERS, deck, body, clock)])


def take_back_parameters(store: Store, clock: Clock, deck: str) -> bool:
    """Schedule by those again that held before a deck's last fit ("": that of all); whether there was one."""
    last = store.last_event(EventType.PARAMETERS, deck)
    if last is None:
        return False
    store.append([next_event(store, EventType.UNDO, last.id, {}, clock)])
    return True

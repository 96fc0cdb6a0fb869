"""Taking back what was set for a card outside a session."""

from __future__ import annotations

from collections.abc import Iterable

from quizapp.record import Event, EventType, Mark, Ref
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, event_of


def bring_back(store: Store, clock: Clock, refs: Iterable[Ref]) -> None:
    """Ask these cards again: neither suspended nor buried any more. Raises ScoresError."""
    now, events = clock(), list[Event]()
    marks: dict[Ref, Mark] = {}
    for ref in refs:
        mark = store.mark(ref)
        if mark.suspended:
            body: dict[str, object] = {"deck": ref.deck, "on": False}
            events.append(event_of(store, EventType.SUSPEND, ref.card, body, now))
        if mark.buried is not None:
            events.append(event_of(store, EventType.BURY, ref.card, {"deck": ref.deck, "until": None}, now))
        marks[ref] = Mark(flagged=mark.flagged)
    store.append(events, marks=marks)


def unflag(store: Store, clock: Clock, refs: Iterable[Ref]) -> None:
    """Take the flags of these cards away. Raises ScoresError."""
    now, events = clock(), list[Event]()
    marks: dict[Ref, Mark] = {}
    for ref in refs:
        mark = store.mark(ref)
        events.append(event_of(store, EventType.FLAG, ref.card, {"deck": ref.deck, "on": False}, now))
        marks[ref] = Mark(suspended=mark.suspended, buried=mark.buried)
    store.append(events, marks=marks)

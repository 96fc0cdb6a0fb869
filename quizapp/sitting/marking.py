"""Taking back what was set for a card outside a session."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from quizapp.caches import mark_after
from quizapp.record import Event, EventType, Mark, Ref
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, next_event

_ASIDE = (EventType.SUSPEND, EventType.BURY)


def bring_back(store: Store, clock: Clock, refs: Iterable[Ref]) -> None:
    """Ask these cards again, neither suspended nor buried any more: that is undone, and not to be undone once
    more. Raises ScoresError."""
    rows, marks = list[Event](), dict[Ref, Mark]()
    for ref in refs:
        events = store.mark_events(ref)
        body: dict[str, object] = {"deck": ref.deck, "card": ref.card}
        for event in events:
            if event.type in _ASIDE:
                rows.append(next_event(store, EventType.UNDO, event.id, dict(body), clock))
        marks[ref] = mark_after(Mark(), [event for event in events if event.type not in _ASIDE])
    store.append(rows, marks=marks)


def unflag(store: Store, clock: Clock, refs: Iterable[Ref]) -> None:
    """Take the flags of these cards away. Raises ScoresError."""
    rows, marks = list[Event](), dict[Ref, Mark]()
    for ref in refs:
        body: dict[str, object] = {"deck": ref.deck, "on": False}
        rows.append(next_event(store, EventType.FLAG, ref.card, body, clock))
        marks[ref] = structs.replace(store.mark(ref), flagged=False)
    store.append(rows, marks=marks)

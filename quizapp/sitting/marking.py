"""What is set for a card outside a session, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from quizapp.caches import mark_after
from quizapp.carry import text_of
from quizapp.deck.card import Card
from quizapp.learn.queue import tomorrow
from quizapp.record import Event, EventType, Mark, Ref, Undoable
from quizapp.scores.store import Store
from quizapp.sitting.undoing import taken_back
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


def suspend(store: Store, clock: Clock, deck: str, card: Card) -> Undoable:
    """Ask a card no more until that is taken back. Raises ScoresError."""
    return _set(store, clock, EventType.SUSPEND, deck, card, {"on": True})


def bury(store: Store, clock: Clock, deck: str, card: Card, until: str = "") -> Undoable:
    """Ask a card no more before a study day, tomorrow by default. Raises ScoresError."""
    return _set(store, clock, EventType.BURY, deck, card, {"until": until or tomorrow(clock().day)})


def flag(store: Store, clock: Clock, deck: str, card: Card, *, on: bool = True) -> Undoable:
    """Flag a card, or take its flag away. Raises ScoresError."""
    return _set(store, clock, EventType.FLAG, deck, card, {"on": on})


def _set(
    store: Store, clock: Clock, type_: EventType, deck: str, card: Card, body: dict[str, object]
) -> Undoable:
    ref = Ref(deck, card.key)
    event = next_event(store, type_, ref.card, {"deck": ref.deck, **body}, clock)
    store.append([event], marks={ref: mark_after(store.mark(ref), [event])}, texts=[text_of(deck, card)])
    return Undoable(event.id, ref, type_)


def unmark(store: Store, clock: Clock, done: Undoable) -> None:
    """Take back the last of what was set in this way for a card. Raises ScoresError.

    done: what it was. Where it was taken back and set once more, that is a row of its own.
    """
    # The card's history may have been carried over to another one since.
    ref = store.card_now(done.ref, done.id)
    events = [event for event in store.mark_events(ref) if event.type is done.type]
    if events:
        last = Undoable(events[-1].id, ref, done.type)
        event, _, marks = taken_back(store, last, None, clock())
        store.append([event], marks=marks)

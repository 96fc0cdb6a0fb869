"""Taking back what was done last, in whichever session that was."""

from __future__ import annotations

from quizapp.caches import following, mark_from, memory_from
from quizapp.record import Event, EventType, Mark, Memory, Moment, Ref, Undoable
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, event_of


def undo_last(store: Store, clock: Clock) -> Undoable | None:
    """Take back the last answer of study, or the last card that was suspended or buried; what it was, or None
    if there is nothing to undo. Raises ScoresError."""
    as_of = store.changes()
    last = store.last_undoable()
    if last is None:
        return None
    memory = memory_from(store, last.ref, without=last.id)
    event, memories, marks = taken_back(store, last, memory, clock())
    follow = following(store, as_of, event.id, memories, marks)
    store.append([event], memories=memories, marks=marks, follow=follow)
    return last


def taken_back(
    store: Store, done: Undoable, memory: Memory | None, now: Moment
) -> tuple[Event, dict[Ref, Memory | None], dict[Ref, Mark]]:
    """The undo event of a row, with the caches that follow from it. memory: the card's, without that row."""
    body: dict[str, object] = {"deck": done.ref.deck, "card": done.ref.card}
    event = event_of(store, EventType.UNDO, done.id, body, now)
    if done.type is None:
        return event, {done.ref: memory}, {}
    return event, {}, {done.ref: mark_from(store, done.ref, without=done.id)}

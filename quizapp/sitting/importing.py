"""A history that another program has kept → the log, so that FSRS goes on where that program stopped.

What was answered there stands in the log as what it is: answers with their own time and study day, in a
session of the mode "import". Their ids are new, since the log's order is that of its ids; so they are written
in the order of their times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from quizapp import __version__
from quizapp.caches import mark_after, memory_from
from quizapp.day import local_offset, study_day
from quizapp.deck.card import Card, content_hash, kind_of
from quizapp.deck.exchange.anki_past import Past
from quizapp.deck.exchange.draft import Cancelled
from quizapp.learn.schedule import Graded, default_scheduler, review
from quizapp.learn.start import start_body
from quizapp.record import (
    Answer,
    CardText,
    Event,
    EventType,
    Grade,
    How,
    Mark,
    Memory,
    Moment,
    Outcome,
    Ref,
)
from quizapp.scores.log import Log
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, end_event, event_of

IMPORT = "import"
"""What a start event calls such a session."""
_TARGET = 0.9
"""The retention that other programs schedule for, unless they are told otherwise."""
_EVERY = 1000
_QUARTER_MS = 900_000


class Brought(NamedTuple):
    """What an import has written. session: its id, "" if there was nothing to write. answers: how many rows.
    known: how many answers an earlier import had brought already. late: how many moved nothing, since the log
    has a later one of their card. cards: how many got answers."""

    session: str
    answers: int
    known: int
    late: int
    cards: int


def bring_history(
    store: Store,
    clock: Clock,
    cards: Mapping[Ref, Card],
    past: Iterable[Past],
    marks: Mapping[Ref, Mark] | None = None,
    *,
    source: str,
    files: Mapping[str, str] | None = None,
    rollover_hour: int = 4,
    progress: Callable[[int, int], bool] | None = None,
) -> Brought:
    """Write answers and what was set for cards: all or nothing. Raises ScoresError, Cancelled.

    cards: those that answers and marks are of. source: the name of the file they come from. files: by the
    ids of the decks, what their files were known by when they were written. What an earlier import has
    brought is not written again.
    """
    # So that the ids below come after all that any program of this machine has logged.
    store.moves()
    now, session = clock(), store.new_id()
    rows = sorted(past, key=lambda one: one.at_ms)
    known = _known(store)
    fresh = [one for one in rows if (one.at_ms, one.ms) not in known]
    before = store.memories({one.ref.deck for one in fresh})
    memories: dict[Ref, Memory | None] = {}
    answers: list[Answer] = []
    texts: dict[Ref, CardText] = {}
    late = 0
    start = event_of(store, EventType.START, session, _start_body(cards, source, files or {}), now)
    for position, one in enumerate(fresh):
        if progress is not None and position % _EVERY == 0 and not progress(position, len(fresh)):
            raise Cancelled
        card = cards[one.ref]
        at = _moment(one.at_ms, rollover_hour)
        # The log is replayed in its order: an answer from before the last one can't be put between.
        old = before.get(one.ref)
        moved = one.moved and (old is None or one.at_ms >= old.last_ms)
        late += one.moved and not moved
        graded = Graded(one.grade, at, _TARGET, None, default_scheduler()) if moved else None
        if graded is not None:
            memory = memories.get(one.ref, old)
            memories[one.ref] = review(memory, graded, card_key=one.ref.card)
        answers.append(_answer(store, session, position, card, one, at, graded))
        if one.ref not in texts:
            texts[one.ref] = CardText(*one.ref, kind_of(card).value, card.prompt, card.answer)
    events, marked = _marking(store, session, now, marks or {})
    if not answers and not events:
        return Brought("", 0, len(rows), 0, 0)
    end = end_event(store, session, now, finished=True, answers=len(answers))
    store.append(
        [start, *answers, *events, end],
        memories=memories,
        marks=marked,
        texts=texts.values(),
        schedulers=[default_scheduler()],
    )
    return Brought(session, len(answers), len(rows) - len(fresh), late, len(texts))


def imports(log: Log) -> list[Event]:
    """The start events of all imports of a history, the oldest first."""
    return [event for event in log.events(EventType.START) if event.body.get("mode") == IMPORT]


def take_back(store: Store, clock: Clock, session: str) -> int:
    """Take an import back, as if it had never been; how many answers that takes back. Raises ScoresError."""
    store.moves()
    now, answers = clock(), store.session_answers(session)
    events = [
        event_of(store, EventType.UNDO, one.id, {"deck": one.deck, "card": one.card}, now) for one in answers
    ]
    refs = {store.card_now(one.ref, one.id) for one in answers}
    memories = {ref: memory_from(store, ref, without=session) for ref in refs}
    marks: dict[Ref, Mark] = {}
    for event in store.events(EventType.SUSPEND, EventType.BURY, EventType.FLAG):
        if event.body.get(IMPORT) == session:
            ref = store.card_now(Ref(event.body["deck"], event.subject), event.id)
            kept = [one for one in store.mark_events(ref) if one.body.get(IMPORT) != session]
            marks[ref] = mark_after(Mark(), kept)
            events.append(
                event_of(store, EventType.UNDO, event.id, {"deck": ref.deck, "card": ref.card}, now)
            )
    # The import itself too, so that it can be told that it was taken back, whatever it brought.
    starts = [one for one in imports(store) if one.subject == session]
    events += [event_of(store, EventType.UNDO, one.id, {}, now) for one in starts]
    store.append(events, memories=memories, marks=marks)
    return len(answers)


def _known(store: Store) -> set[tuple[int, int]]:
    """What earlier imports have brought: no two reviews of a collection have the same time."""
    return {
        (answer.at_ms, answer.ms)
        for event in imports(store)
        for answer in store.session_answers(event.subject)
    }


def _start_body(cards: Mapping[Ref, Card], source: str, files: Mapping[str, str]) -> dict[str, object]:
    body = start_body(
        decks=tuple(sorted({ref.deck for ref in cards})),
        content=content_hash(cards.values()),
        mode=IMPORT,
        cards=len(cards),
        version=__version__,
    )
    return {**body, "source": source, "files": dict(files)}


def _moment(at_ms: int, rollover_hour: int) -> Moment:
    offset_min = _offset(at_ms // _QUARTER_MS)
    return Moment(at_ms, offset_min, study_day(at_ms, offset_min, rollover_hour))


@lru_cache(maxsize=4096)
def _offset(quarter: int) -> int:
    """The local zone's offset in a quarter of an hour: no zone changes it within one."""
    return local_offset(quarter * _QUARTER_MS)


def _answer(
    store: Store, session: str, position: int, card: Card, one: Past, at: Moment, graded: Graded | None
) -> Answer:
    return Answer(
        id=store.new_id(),
        device=store.device,
        at_ms=at.at_ms,
        offset_min=at.offset_min,
        day=at.day,
        deck=one.ref.deck,
        card=one.ref.card,
        session=session,
        position=position,
        kind=kind_of(card).value,
        # The other program did not judge: the person graded.
        how=How.REVEALED,
        k=None,
        variant=0,
        given="",
        outcome=Outcome.WRONG if one.grade is Grade.AGAIN else Outcome.RIGHT,
        grade=graded.grade if graded else None,
        target=graded.target if graded else None,
        latest=None,
        scheduler=graded.scheduler.id if graded else None,
        hinted=False,
        repeat=graded is None,
        scored=False,
        ms=one.ms,
    )


def _marking(
    store: Store, session: str, now: Moment, marks: Mapping[Ref, Mark]
) -> tuple[list[Event], dict[Ref, Mark]]:
    """The events that set marks which are not set yet, and the marks that follow."""
    events: list[Event] = []
    after: dict[Ref, Mark] = {}
    for ref, mark in marks.items():
        old = store.mark(ref)
        new = structs.replace(
            old,
            suspended=old.suspended or mark.suspended,
            flagged=old.flagged or mark.flagged,
            buried=mark.buried if mark.buried is not None and mark.buried > now.day else old.buried,
        )
        said: list[tuple[EventType, dict[str, object]]] = []
        if new.suspended != old.suspended:
            said.append((EventType.SUSPEND, {"on": True}))
        if new.flagged != old.flagged:
            said.append((EventType.FLAG, {"on": True}))
        if new.buried != old.buried:
            said.append((EventType.BURY, {"until": new.buried}))
        for type_, body in said:
            events.append(event_of(store, type_, ref.card, {"deck": ref.deck, **body, IMPORT: session}, now))
        if said:
            after[ref] = new
    return events, after

"""A history that another program has kept → the log, so that FSRS goes on where that program stopped.

What was answered there stands in the log as what it is: answers with their own time and study day, in a
session of the mode "import". Their ids are new, since the log's order is that of its ids; so they are written
in the order of their times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from quizapp import __version__
from quizapp.caches import following, mark_after, memory_from
from quizapp.day import local_offset, study_day
from quizapp.deck.card import Card, content_hash, kind_of
from quizapp.deck.exchange.anki_past import Past
from quizapp.deck.exchange.draft import Cancelled
from quizapp.garbage import no_garbage
from quizapp.learn.schedule import Graded, default_scheduler, replay
from quizapp.learn.start import start_body
from quizapp.record import (
    CardText,
    Event,
    EventType,
    Grade,
    How,
    Mark,
    Memory,
    Moment,
    Ref,
)
from quizapp.scores.bulk import Alike
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


@no_garbage()
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
    last: Callable[[], object] = lambda: None,
) -> Brought:
    """Write answers and what was set for cards: all or nothing. Raises ScoresError, Cancelled, and as `last`
    does.

    cards: those that answers and marks are of. source: the name of the file they come from. files: by the
    ids of the decks, what their files were known by when they were written. last: as of `Store.append`; it
    is called in any case. What an earlier import has
    brought is not written again.
    """
    as_of = store.changes()
    # So that the ids below come after all that any program of this machine has logged.
    store.moves()
    now, session = clock(), store.new_id()
    rows = sorted(past, key=attrgetter("at_ms"))
    known = _known(store)
    fresh = [one for one in rows if (one.at_ms, one.ms) not in known] if known else rows
    before = store.memories({ref.deck for ref in {one.ref for one in fresh}})
    start = event_of(store, EventType.START, session, _start_body(cards, source, files or {}), now)
    ids = store.new_ids(len(fresh))
    graded = [_graded(one, before, rollover_hour) for one in fresh]
    grades: dict[Ref, list[tuple[str, Graded]]] = {}
    for one, (_, grade) in zip(fresh, graded, strict=True):
        if grade is not None:
            grades.setdefault(one.ref, []).append((one.ref.card, grade))
    late = sum(one.moved for one in fresh) - sum(map(len, grades.values()))
    texts = {ref: _text_of(ref, cards[ref]) for ref in dict.fromkeys(one.ref for one in fresh)}
    events, marked = _marking(store, session, now, marks or {})
    if not fresh and not events:
        last()
        return Brought("", 0, len(rows), 0, 0)
    told = _Told(progress, len(fresh))
    memories: dict[Ref, Memory | None] = {}
    for ref, history in grades.items():
        memories[ref] = replay(history, before.get(ref))
        told.more(len(history))
    end = end_event(store, session, now, finished=True, answers=len(fresh))
    store.append(
        [start, *events, end],
        memories=memories,
        marks=marked,
        texts=texts.values(),
        schedulers=[default_scheduler()],
        follow=following(store, as_of, end.id, memories, marked),
        alike=Alike(_shared(store, session), _COLUMNS, _rows(ids, fresh, graded, texts, told), len(fresh)),
        last=last,
    )
    return Brought(session, len(fresh), len(rows) - len(fresh), late, len(texts))


class _Told:
    """Tells how many of how many answers are done. Each is scheduled and then written: half of the work."""

    def __init__(self, progress: Callable[[int, int], bool] | None, of: int) -> None:
        self._progress, self._of = progress, of
        self._halves = self._next = 0

    def more(self, halves: int) -> None:
        """So many more; now and then that is told. Raises Cancelled."""
        if self._progress is not None and self._halves >= self._next:
            self._next = self._halves + _EVERY
            if not self._progress(self._halves // 2, self._of):
                raise Cancelled
        self._halves += halves


def _graded(one: Past, before: Mapping[Ref, Memory], rollover_hour: int) -> tuple[Moment, Graded | None]:
    """When an answer was given, and its grade, if it moves anything."""
    at, old = _moment(one.at_ms, rollover_hour), before.get(one.ref)
    # The log is replayed in its order: an answer from before the last one can't be put between.
    if not one.moved or (old is not None and one.at_ms < old.last_ms):
        return at, None
    return at, Graded(one.grade, at, _TARGET, None, default_scheduler())


def _text_of(ref: Ref, card: Card) -> CardText:
    return CardText(*ref, kind_of(card).value, card.prompt, card.answer)


def imports(log: Log) -> list[Event]:
    """The start events of all imports of a history, the oldest first."""
    return [event for event in log.events(EventType.START) if event.body.get("mode") == IMPORT]


@no_garbage()
def take_back(store: Store, clock: Clock, session: str) -> int:
    """Take an import back, as if it had never been; how many answers that takes back. Raises ScoresError."""
    as_of, moves = store.changes(), store.moves()
    now, answers = clock(), store.session_answers(session)
    events = [
        event_of(store, EventType.UNDO, one.id, {"deck": one.deck, "card": one.card}, now) for one in answers
    ]
    refs = {moves.cards.now(one.ref, one.id) for one in answers}
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
    if events:
        follow = following(store, as_of, events[-1].id, memories, marks)
        store.append(events, memories=memories, marks=marks, follow=follow)
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
    offset_min, day = _when(at_ms // _QUARTER_MS, rollover_hour)
    return Moment(at_ms, offset_min, day or study_day(at_ms, offset_min, rollover_hour))


@lru_cache(maxsize=4096)
def _when(quarter: int, rollover_hour: int) -> tuple[int, str]:
    """The local zone's offset in a quarter of an hour, since no zone changes it within one, and the study
    day, since none begins within one: "" where the zone is off by other than quarters."""
    at_ms = quarter * _QUARTER_MS
    offset_min = local_offset(at_ms)
    return offset_min, study_day(at_ms, offset_min, rollover_hour) if offset_min % 15 == 0 else ""


def _shared(store: Store, session: str) -> dict[str, str | int | None]:
    """The columns that are the same for all answers of an import."""
    return {
        "device": store.device,
        "session": session,
        # The other program did not judge: the person graded.
        "how": str(How.REVEALED),
        "k": None,
        "variant": 0,
        "given": "",
        "latest": None,
        "hinted": 0,
        "scored": 0,
    }


_COLUMNS = (
    *("id", "at_ms", "offset_min", "day", "deck", "card", "position", "kind"),
    *("outcome", "grade", "target", "scheduler", "repeat", "ms"),
)
"""Those in which they differ."""


def _rows(
    ids: Sequence[str],
    fresh: Sequence[Past],
    graded: Sequence[tuple[Moment, Graded | None]],
    texts: Mapping[Ref, CardText],
    told: _Told,
) -> Iterator[tuple[object, ...]]:
    """What each answer has in _COLUMNS."""
    moves, stays = (_TARGET, default_scheduler().id, 0), (None, None, 1)
    for place, (id_, one, (at, grade)) in enumerate(zip(ids, fresh, graded, strict=True)):
        if place % _EVERY == 0:
            told.more(min(_EVERY, len(fresh) - place))
        deck, card = ref = one.ref
        outcome = "wrong" if one.grade is Grade.AGAIN else "right"
        when = (id_, at.at_ms, at.offset_min, at.day, deck, card, place, texts[ref].kind, outcome)
        yield (*when, None, *stays, one.ms) if grade is None else (*when, int(one.grade), *moves, one.ms)


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

"""What the sittings of study and quiz have in common: rows for the log, and writing them."""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from quizapp.carry import text_of
from quizapp.day import local_offset, study_day
from quizapp.deck.card import Card, kind_of
from quizapp.learn.schedule import Graded
from quizapp.record import (
    Answer,
    Event,
    EventType,
    Mark,
    Memory,
    Moment,
    Ref,
    Run,
    Scheduler,
)
from quizapp.scores.store import Store

# Only for the names of their types: home needs no quiz.
if TYPE_CHECKING:
    from quizapp.learn import quiz as quizzing
    from quizapp.learn import study as studying
    from quizapp.learn.judge import Judgement

Clock = Callable[[], Moment]


def wall_clock(rollover_hour: int = 4) -> Moment:
    """Now, by the machine's clock and time zone."""
    at_ms = time.time_ns() // 1_000_000
    offset_min = local_offset(at_ms)
    return Moment(at_ms, offset_min, study_day(at_ms, offset_min, rollover_hour))


class Sitting:
    """One run of a session: what study and quiz have in common."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.id = store.new_id()
        self._store = store
        self._clock = clock
        self._unwritten: list[Callable[[], None]] = []
        self._as_of = -1  # the store's `changes` when what follows from the log was read last
        self._lock = threading.Lock()

    def _look(self) -> None:
        """Take note of how the log is. What is logged from now on comes after what other programs have
        carried over, whatever the clock does; what they write from now on is heeded when a row is written."""
        self._as_of = self._store.changes()
        self._store.moves()

    @property
    def unwritten(self) -> bool:
        """Whether rows are kept that could not be written yet."""
        return bool(self._unwritten)

    def retry(self) -> None:
        """Write what waits, each answer in a transaction of its own; raises ScoresError if that fails."""
        with self._lock:
            while self._unwritten:
                self._unwritten[0]()
                del self._unwritten[0]

    @abstractmethod
    def close(self, now: float) -> None:
        """End the session, finished or not. now: seconds of the quiz's clock."""

    def _enqueue(
        self,
        rows: Sequence[Answer | Event],
        *,
        memories: Mapping[Ref, Memory | None] | None = None,
        marks: Mapping[Ref, Mark] | None = None,
        run: Run | None = None,
        cards: Iterable[tuple[Ref, Card]] = (),
        schedulers: Iterable[Scheduler] = (),
    ) -> None:
        from quizapp.caches import following  # with what it needs 1 ms: home writes nothing

        memories, marks = memories or {}, marks or {}
        append = partial(
            self._store.append,
            rows,
            memories=memories,
            marks=marks,
            run=run,
            texts=[text_of(ref.deck, card) for ref, card in cards],
            schedulers=list(schedulers),
            follow=following(self._store, self._as_of, rows[-1].id, memories, marks)
            if memories or marks
            else None,
        )
        self._unwritten.append(append)

    def _event(self, type_: EventType, subject: str, body: dict[str, object], at: Moment) -> Event:
        return event_of(self._store, type_, subject, body, at)

    def _end_event(self, at: Moment, *, finished: bool, answers: int) -> Event:
        return end_event(self._store, self.id, at, finished=finished, answers=answers)

    def _answer(
        self,
        ref: Ref,
        reply: studying.Reply | quizzing.Reply,
        at: Moment,
        *,
        graded: Graded | None = None,
        hinted: bool = False,
        repeat: bool = False,
        scored: bool = False,
    ) -> Answer:
        judgement: Judgement = reply.judgement
        return Answer(
            id=self._store.new_id(),
            device=self._store.device,
            at_ms=at.at_ms,
            offset_min=at.offset_min,
            day=at.day,
            deck=ref.deck,
            card=ref.card,
            session=self.id,
            position=reply.position,
            kind=kind_of(reply.question.card).value,
            how=judgement.how,
            k=judgement.k,
            variant=reply.question.variant,
            given=judgement.given,
            outcome=judgement.outcome,
            grade=graded.grade if graded else None,
            target=graded.target if graded else None,
            latest=graded.latest if graded else None,
            scheduler=graded.scheduler.id if graded else None,
            hinted=hinted,
            repeat=repeat,
            scored=scored,
            ms=reply.ms,
        )


def event_of(store: Store, type_: EventType, subject: str, body: dict[str, object], at: Moment) -> Event:
    """A row for the log that is no answer."""
    return Event(
        id=store.new_id(),
        device=store.device,
        at_ms=at.at_ms,
        offset_min=at.offset_min,
        day=at.day,
        type=type_,
        subject=subject,
        body=body,
    )


def next_event(store: Store, type_: EventType, subject: str, body: dict[str, object], clock: Clock) -> Event:
    """A row for the log that no session has, after all that any program of this machine has logged."""
    store.moves()
    return event_of(store, type_, subject, body, clock())


def end_event(store: Store, session: str, at: Moment, *, finished: bool, answers: int) -> Event:
    """The end of a session. answers: how many rows it has logged."""
    return event_of(store, EventType.END, session, {"finished": finished, "answers": answers}, at)

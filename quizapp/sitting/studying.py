"""A study session with its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from quizapp import __version__
from quizapp.deck.card import Card, Deck, UsualStudy, content_hash
from quizapp.deck.library import absolute
from quizapp.learn import study as studying
from quizapp.learn.queue import (
    Pool,
    next_due,
    steps_to_come,
    studyable,
    tomorrow,
    waits,
    without,
)
from quizapp.learn.start import start_body
from quizapp.learn.study import Item, StudySession
from quizapp.pools import Only, pool_of
from quizapp.record import (
    Answer,
    Event,
    EventType,
    Grade,
    Mark,
    Memory,
    Moment,
    Ref,
    Scheduler,
    Undoable,
)
from quizapp.scores.store import Store
from quizapp.sitting.items import mistaken
from quizapp.sitting.writing import Clock, Sitting

if TYPE_CHECKING:
    from quizapp.learn.judge import Given
    from quizapp.learn.minutes import Budget

STUDY = "study"
"""What a start event calls a study session, where it has a mode for a quiz."""
CRAM = "cram"
"""What it calls one that leaves the schedule alone."""


class Undone(NamedTuple):
    """What was taken back. earlier: whether an earlier session had done it."""

    what: Undoable
    earlier: bool


class StudySitting(Sitting):
    """A study session with its log. Its session's `view` says what to show."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        session: StudySession,
        decks: Mapping[str, Deck],
        cards: Sequence[Card],
        usual: UsualStudy,
        only: Only | None = None,
        *,
        cram: bool = False,
    ) -> None:
        """cards: those that are asked. only: which of the decks' cards are studied."""
        super().__init__(store, clock)
        self.decks = decks
        self.cram = cram
        self._session = session
        self._cards = cards
        self._usual = usual
        self._only = only
        self.undone: Undone | None = None
        """What was taken back last; None for a reveal, and once something else was done."""
        self._done: list[Undoable] = []  # what the session has written and can take back
        self._earlier: Undoable | None = None  # what can be undone of the sessions before this one
        self._started = False

    @property
    def view(self) -> studying.View:
        """What to show."""
        return self._session.view

    @property
    def answers(self) -> int:
        """How many answers were given that were not undone."""
        return self._session.answers

    @property
    def budget(self) -> Budget | None:
        """The minutes that there are, None without a limit."""
        return self._session.budget

    @property
    def put_aside(self) -> EventType | None:
        """How a card was put aside, if that was what the session did last."""
        return self._done[-1].type if self._done else None

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back, in this session or an earlier one."""
        return bool(self._done) or self._earlier is not None

    def start(self) -> None:
        """Ask the first card. The log hears of the session with its first answer."""
        self._earlier = self._last_earlier()
        self._session.start(self._clock())

    def go_on(self) -> None:
        """Go on without a limit, where the minutes are used up."""
        self._session.go_on(self._clock())

    def reveal(self) -> None:
        """Show the answer, ungraded."""
        self._session.reveal(self._clock())

    def hint(self) -> None:
        """Show the hint of the card that is asked."""
        self._session.hint()

    def _catch_up(self) -> None:
        """Take over what another quizapp has made of the card on the screen since it was asked."""
        self._look()
        view = self._session.view
        if not isinstance(view, studying.Finished):
            stored = self._store.memory(view.item.ref)
            if stored != view.item.memory:
                self._session.correct(stored)

    def answer(self, given: Given, ms: int) -> None:
        """Judge an answer and log it. ms: how long the question was in sight."""
        self._catch_up()
        now = self._clock()
        reply = self._session.answer(given, now, ms)
        if reply is not None:
            self._log(reply, now)
            self.retry()

    def grade(self, grade: Grade, ms: int) -> None:
        """Grade the card, log what that changes and go on. ms: how long a revealed question was in sight."""
        self._catch_up()
        now, regraded = self._clock(), self._regraded(grade)
        result = self._session.grade(grade, now, ms)
        if isinstance(result, studying.Reply):
            self._log(result, now)
        elif isinstance(result, studying.Regrade) and regraded is not None:
            event = self._event(EventType.REGRADE, self._done[-1].id, {"grade": int(result.grade)}, now)
            self._enqueue([event], memories=regraded)
        if isinstance(self.view, studying.Finished):
            self._end(finished=True)
        self.retry()

    def _regraded(self, grade: Grade) -> dict[Ref, Memory | None] | None:
        """What another grade for the answer on the screen leads to; None if that is not to be graded. Read
        before the session moves on: a file that can't be read now loses no grade."""
        view = self._session.view
        if not isinstance(view, studying.Grading) or view.judgement is None or grade not in view.outcomes:
            return None
        last = self._done[-1].id
        ref = self._store.card_now(view.item.ref, last)
        if self._store.memory(ref) == view.outcomes[view.marked]:
            return {ref: view.outcomes[grade]}
        # Another quizapp has graded the same card since.
        from quizapp.caches import memory_from  # see undo: home needs none

        return {ref: memory_from(self._store, ref, regraded=(last, grade))}

    def renew(self, decks: Mapping[str, Deck]) -> None:
        """Go on with the decks as they are now, from the next card on; those that are not there stay."""
        new = {id_: decks.get(id_, deck) for id_, deck in self.decks.items()}
        self.decks = new
        self._session.renew(new)

    def take_edits(self, decks: Mapping[str, Deck], moves: Mapping[Ref, Ref]) -> None:
        """Go on at once with the decks as they are now, where a person edited cards. moves: the cards that
        have another key now."""
        over = isinstance(self.view, studying.Finished)
        self.decks = new = {id_: decks.get(id_, deck) for id_, deck in self.decks.items()}
        self._session.take_edits(new, moves, self._clock())
        if not over and isinstance(self.view, studying.Finished):
            self._end(finished=True)
        self.retry()

    # ---- what is set for a card

    def suspend(self) -> None:
        """Ask the card on the screen no more, in this session and any other, until that is undone."""
        self._put_aside(EventType.SUSPEND)

    def bury(self) -> None:
        """Ask the card on the screen no more today."""
        self._put_aside(EventType.BURY)

    def _put_aside(self, type_: EventType) -> None:
        self._catch_up()
        view, now = self._session.view, self._clock()
        if isinstance(view, studying.Finished):
            return
        ref, mark = view.item.ref, self._store.mark(view.item.ref)
        if type_ is EventType.SUSPEND:
            mark = structs.replace(mark, suspended=True)
            body: dict[str, object] = {"deck": ref.deck, "on": True}
        else:
            mark = structs.replace(mark, buried=tomorrow(now.day))
            body = {"deck": ref.deck, "until": mark.buried}
        event = self._event(type_, ref.card, body, now)
        self._do(Undoable(event.id, ref, type_))
        self._session.put_aside(mark, now)
        self._enqueue([event], marks={ref: mark}, cards=[(ref, view.item.card)])
        if isinstance(self.view, studying.Finished):
            self._end(finished=True)
        self.retry()

    def flag(self) -> None:
        """Flag the card on the screen, or take its flag away."""
        self._catch_up()
        view, now = self._session.view, self._clock()
        if isinstance(view, studying.Finished):
            return
        ref, mark = view.item.ref, self._store.mark(view.item.ref)
        mark = structs.replace(mark, flagged=not mark.flagged)
        event = self._event(EventType.FLAG, ref.card, {"deck": ref.deck, "on": mark.flagged}, now)
        self._session.set_mark(mark)
        self._enqueue([event], marks={ref: mark}, cards=[(ref, view.item.card)])
        self.retry()

    # ---- back

    def _do(self, done: Undoable) -> None:
        self._done.append(done)
        self.undone = None

    def undo(self) -> Undoable | None:
        """Take back a reveal, or else the last answer, or the last card put aside: an event in the log, and
        its card replayed. Without any in this session, the last of an earlier one of the same decks; its card
        is asked at once if it waits.

        What was taken back, None for a reveal and where there is nothing.
        """
        shown, self.undone = self._session.view, None
        if self._session.hide_answer() is not shown:
            return None
        self._look()
        if self._done:
            # Another quizapp may have carried its history over to another card since.
            done = self._done[-1]
            done = done._replace(ref=self._store.card_now(done.ref, done.id))
        else:
            last = self._last_earlier()
            if last is None:
                self._earlier = None
                return None
            done = last
        now = self._clock()
        # Home, which shows what a sitting would ask, takes nothing back: with what these need, 1 ms.
        from quizapp.caches import memory_from
        from quizapp.sitting.undoing import taken_back

        memory = memory_from(self._store, done.ref, without=done.id)
        event, memories, marks = taken_back(self._store, done, memory, now)
        mark = marks.get(done.ref) or self._store.mark(done.ref)
        item = None if self._done else self._item_of(done, memory, mark, now)
        # Nothing is read from here on: a busy file leaves all as it was, or all done but for the writing.
        self.undone = Undone(done, earlier=not self._done)
        self._enqueue([event], memories=memories, marks=marks)
        if self._done:
            self._done.pop()
            self._session.undo(memory, mark)
        elif item is not None:
            self._session.put_first(item)
        self.retry()
        if not self._done:
            self._earlier = self._last_earlier()
        return done

    def _last_earlier(self) -> Undoable | None:
        """What an undo takes back where this session has done nothing: only of its own decks, and of study or
        of cram as it is one. All else would change what is not on the screen; home undoes that."""
        return self._store.last_undoable(self.decks, cram=self.cram)

    def _item_of(self, done: Undoable, memory: Memory | None, mark: Mark, now: Moment) -> Item | None:
        """A card as it is without what was done; None if these decks do not have it, or it does not wait, or
        another card of its entry is asked in this session."""
        ref = done.ref
        deck = self.decks.get(ref.deck)
        card = next((card for card in deck.cards if card.key == ref.card), None) if deck else None
        if deck is None or card is None:
            return None
        if not self.cram:
            siblings = (one.key for one in deck.cards if one.entry == card.entry and one is not card)
            pool = without(self._pool(deck, now), card, memory, mark)
            if any(self._session.has(Ref(ref.deck, key)) for key in siblings) or not waits(card, pool, now):
                return None
        seen = self._store.seen(ref.deck).get(ref.card)
        times = seen.times - (done.type is None) if seen else 0
        return Item(ref, card, memory, times, mark, mistaken(self._store, ref, memory))

    # ---- what comes next

    def more_waits(self) -> bool:
        """Whether these decks have cards to study now, beside those of this session."""
        now = self._clock()
        return not self.cram and any(studyable(self._pool(deck, now), now) for deck in self.decks.values())

    def next_due(self) -> tuple[int | None, str | None]:
        """When there is more to study of these decks: the earliest step (ms) and study day after today."""
        now = self._clock()
        nexts = [next_due(self._pool(deck, now), now) for deck in self.decks.values()]
        return (
            min((step for step, _ in nexts if step is not None), default=None),
            min((day for _, day in nexts if day is not None), default=None),
        )

    def steps_to_come(self) -> Sequence[int]:
        """When the learning steps of these decks fall due (ms), the earliest first."""
        now = self._clock()
        return sorted(
            step for deck in self.decks.values() for step in steps_to_come(self._pool(deck, now), now)
        )

    def _pool(self, deck: Deck, now: Moment) -> Pool:
        return pool_of(self._store, deck, now, self._usual, self._only)

    def leave(self) -> None:
        """End the session early."""
        if not isinstance(self.view, studying.Finished):
            self._end(finished=False)
        self.retry()

    def close(self, now: float) -> None:  # noqa: ARG002 - study has no clock
        """Leave the session."""
        self.leave()

    def _log(self, reply: studying.Reply, now: Moment) -> None:
        ref, graded = reply.item.ref, reply.graded
        # The start's id is drawn first: the order of ids is the order of the log.
        rows: list[Answer | Event] = [] if self._started else [self._start_event(now)]
        self._started = True
        answer = self._answer(ref, reply, now, graded=graded, hinted=reply.hinted, repeat=graded is None)
        self._do(Undoable(answer.id, ref, None))
        schedulers: list[Scheduler] = [graded.scheduler] if graded is not None else []
        self._enqueue(
            [*rows, answer],
            memories={ref: reply.memory} if graded is not None else {},
            cards=[(ref, reply.item.card)],
            schedulers=schedulers,
        )

    def _start_event(self, now: Moment) -> Event:
        body = start_body(
            decks=tuple(sorted(self.decks)),
            content=content_hash(self._cards),
            mode=CRAM if self.cram else STUDY,
            cards=len(self._cards),
            version=__version__,
            files={deck.id: str(absolute(deck.path)) for deck in self.decks.values()},
        )
        return self._event(EventType.START, self.id, body, now)

    def _end(self, *, finished: bool) -> None:
        if self._started:
            answers = self._session.answers
            self._enqueue([self._end_event(self._clock(), finished=finished, answers=answers)])

"""A study session with its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from quizapp import __version__
from quizapp.caches import memory_from
from quizapp.deck.card import Card, Deck, UsualStudy, content_hash
from quizapp.learn import study as studying
from quizapp.learn.judge import Given
from quizapp.learn.queue import Pool, next_due, ready, spread, studyable, together
from quizapp.learn.schedule import default_scheduler
from quizapp.learn.start import start_body
from quizapp.learn.study import Item, StudySession
from quizapp.record import Answer, Event, EventType, Grade, Memory, Moment, Ref, Seen
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, Sitting

STUDY = "study"
"""What a start event calls a study session, where it has a mode for a quiz."""


class StudySitting(Sitting):
    """A study session with its log. Its session's `view` says what to show."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        items: Sequence[Item],
        decks: Mapping[str, Deck],
        random: Random,
        usual: UsualStudy | None = None,
    ) -> None:
        super().__init__(store, clock)
        self.decks = decks
        self._usual = usual or UsualStudy()
        self._session = StudySession(
            items, decks, scheduler=default_scheduler(), random=random, usual=self._usual
        )
        self._cards = [item.card for item in items]
        self._given: list[str] = []
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
    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        return bool(self._given)

    def start(self) -> None:
        """Ask the first card. The log hears of the session with its first answer."""
        self._session.start(self._clock())

    def reveal(self) -> None:
        """Show the answer, ungraded."""
        self._session.reveal(self._clock())

    def _catch_up(self) -> None:
        """Take over what another quizapp has made of the card on the screen since it was asked."""
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
        elif isinstance(result, studying.Regrade):
            event = self._event(EventType.REGRADE, self._given[-1], {"grade": int(result.grade)}, now)
            self._enqueue([event], memories={result.ref: regraded or result.memory})
        if isinstance(self.view, studying.Finished):
            self._end(finished=True)
        self.retry()

    def _regraded(self, grade: Grade) -> Memory | None:
        """What another grade for the answer on the screen leads to, if another quizapp has graded the same
        card since; None if it has not."""
        view = self._session.view
        if not isinstance(view, studying.Grading) or view.judgement is None:
            return None
        ref = view.item.ref
        if self._store.memory(ref) == view.outcomes[view.marked]:
            return None
        return memory_from(self._store, ref, regraded=(self._given[-1], grade))

    def undo(self) -> None:
        """Take back a reveal, or else the last answer: an event in the log, and its card replayed."""
        shown = self._session.view
        if self._session.hide_answer() is not shown:
            return
        ref = self._session.last
        if ref is None:
            return
        now, answer = self._clock(), self._given[-1]
        memory = memory_from(self._store, ref, without=answer)
        self._given.pop()
        self._session.undo(memory)
        event = self._event(EventType.UNDO, answer, {"deck": ref.deck, "card": ref.card}, now)
        self._enqueue([event], memories={ref: memory})
        self.retry()

    def more_waits(self) -> bool:
        """Whether these decks have cards to study now, beside those of this session."""
        now = self._clock()
        return any(studyable(self._pool(deck, now), now) for deck in self.decks.values())

    def next_due(self) -> tuple[int | None, str | None]:
        """When there is more to study of these decks: the earliest step (ms) and study day after today."""
        now = self._clock()
        nexts = [next_due(self._pool(deck, now), now) for deck in self.decks.values()]
        return (
            min((step for step, _ in nexts if step is not None), default=None),
            min((day for _, day in nexts if day is not None), default=None),
        )

    def _pool(self, deck: Deck, now: Moment) -> Pool:
        return pool_of(self._store, deck, now, self._usual)

    def leave(self) -> None:
        """End the session early."""
        if not isinstance(self.view, studying.Finished):
            self._end(finished=False)
        self.retry()

    def close(self, now: float) -> None:  # noqa: ARG002 - study has no clock
        """Leave the session."""
        self.leave()

    def _log(self, reply: studying.Reply, now: Moment) -> None:
        ref = reply.item.ref
        # The start's id is drawn first: the order of ids is the order of the log.
        rows: list[Answer | Event] = [] if self._started else [self._start_event(now)]
        self._started = True
        answer = self._answer(ref, reply, now, grade=reply.grade, target=reply.target)
        self._given.append(answer.id)
        self._enqueue([*rows, answer], memories={ref: reply.memory}, cards=[(ref, reply.item.card)])

    def _start_event(self, now: Moment) -> Event:
        body = start_body(
            decks=tuple(sorted(self.decks)),
            content=content_hash(self._cards),
            mode=STUDY,
            cards=len(self._cards),
            version=__version__,
        )
        return self._event(EventType.START, self.id, body, now)

    def _end(self, *, finished: bool) -> None:
        if self._started:
            answers = self._session.answers
            self._enqueue([self._end_event(self._clock(), finished=finished, answers=answers)])


def pool_of(store: Store, deck: Deck, now: Moment, usual: UsualStudy) -> Pool:
    """A deck with what is remembered of it and what was done of it today. usual: limits where it has none."""
    done = store.done(now.day).get(deck.id)
    memories = {ref.card: memory for ref, memory in store.memories([deck.id]).items()}
    return Pool(deck, memories, done.new if done else 0, done.reviews if done else 0, usual)


def study(
    store: Store, clock: Clock, decks: Iterable[Deck], random: Random, usual: UsualStudy | None = None
) -> StudySitting:
    """A sitting over all that is to be studied now of these decks. usual: for decks that set no limits."""
    now, usual = clock(), usual or UsualStudy()
    by_id = {deck.id: deck for deck in decks}
    steps: list[Item] = []
    rows: list[list[list[Item]]] = []
    for deck in by_id.values():
        pool = pool_of(store, deck, now, usual)
        found = ready(pool, now, random)
        seen = store.seen(deck.id) if any(card.variants for card in deck.cards) else {}

        def items(cards: Iterable[Card], pool: Pool = pool, seen: Mapping[str, Seen] = seen) -> list[Item]:
            return [
                Item(
                    Ref(pool.deck.id, card.key),
                    card,
                    pool.memories.get(card.key),
                    seen[card.key].times if card.key in seen else 0,
                )
                for card in cards
            ]

        steps += items(found.steps)
        # New cards of one aspect stay together, so that each has its contrast near it.
        rows += [[[item] for item in items(found.reviews)], [items(group) for group in together(found.new)]]
    return StudySitting(store, clock, [*steps, *spread(*rows)], by_id, random, usual)

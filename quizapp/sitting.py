"""Ties a session to the scores file: start, answer, regrade, undo, end.

Every answer is on disk when the call that gave it returns. If the scores file is busy, the call raises
ScoresBusyError with the session already moved on and the rows kept: `retry` writes them.
"""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from random import Random

from quizapp import __version__
from quizapp.caches import memory_from
from quizapp.deck.card import Card, Deck, UsualStudy, content_hash, kind_of
from quizapp.learn import quiz as quizzing
from quizapp.learn import study as studying
from quizapp.learn.judge import Given, Judgement
from quizapp.learn.queue import Pool, next_due, ready, spread, studyable, together
from quizapp.learn.quiz import QuizSession, QuizSetup
from quizapp.learn.schedule import Graded, default_scheduler, review, target_retention
from quizapp.learn.score import Results, Start, best, is_fresh, results, run_of
from quizapp.learn.study import Item, StudySession
from quizapp.record import (
    Answer,
    CardText,
    Event,
    EventType,
    Grade,
    Memory,
    Moment,
    Outcome,
    Ref,
    Run,
    Seen,
    study_day,
)
from quizapp.scores.store import Store

Clock = Callable[[], Moment]
STUDY = "study"
"""What a start event calls a study session, where it has a mode for a quiz."""


def wall_clock(rollover_hour: int = 4) -> Moment:
    """Now, by the machine's clock and time zone."""
    at_ms = time.time_ns() // 1_000_000
    offset = datetime.fromtimestamp(at_ms / 1000).astimezone().utcoffset()
    offset_min = round(offset.total_seconds() / 60) if offset is not None else 0
    return Moment(at_ms, offset_min, study_day(at_ms, offset_min, rollover_hour))


class Sitting:
    """One run of a session: what study and quiz have in common."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.id = store.new_id()
        self._store = store
        self._clock = clock
        self._unwritten: list[Callable[[], None]] = []
        self._lock = threading.Lock()

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
        run: Run | None = None,
        card: tuple[Ref, Card] | None = None,
    ) -> None:
        texts = [_card_text(*card)] if card else []
        schedulers = (
            [default_scheduler()] if any(isinstance(row, Answer) and row.grade for row in rows) else []
        )
        append = partial(
            self._store.append, rows, memories=memories, run=run, texts=texts, schedulers=schedulers
        )
        self._unwritten.append(append)

    def _event(self, type_: EventType, subject: str, body: dict[str, object], at: Moment) -> Event:
        return Event(
            id=self._store.new_id(),
            device=self._store.device,
            at_ms=at.at_ms,
            offset_min=at.offset_min,
            day=at.day,
            type=type_,
            subject=subject,
            body=body,
        )

    def _answer(
        self,
        ref: Ref,
        reply: studying.Reply | quizzing.Reply,
        at: Moment,
        *,
        grade: Grade | None = None,
        target: float | None = None,
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
            grade=grade,
            target=target,
            latest=None,
            scheduler=default_scheduler().id if grade is not None else None,
            hinted=False,
            repeat=repeat,
            scored=scored,
            ms=reply.ms,
        )


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
        self._enqueue([*rows, answer], memories={ref: reply.memory}, card=(ref, reply.item.card))

    def _start_event(self, now: Moment) -> Event:
        decks = sorted(self.decks)
        body: dict[str, object] = {
            "deck": decks[0] if len(decks) == 1 else None,
            "decks": decks,
            "content": content_hash(self._cards),
            "mode": STUDY,
            "choices": None,
            "seconds": None,
            "seed": None,
            "drill": False,
            "cards": len(self._cards),
            "version": __version__,
        }
        return self._event(EventType.START, self.id, body, now)

    def _end(self, *, finished: bool) -> None:
        if self._started:
            body: dict[str, object] = {"finished": finished, "answers": self._session.answers}
            self._enqueue([self._event(EventType.END, self.id, body, self._clock())])


class QuizSitting(Sitting):
    """A quiz with its log and its run. Times passed in are seconds of a monotonic clock."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        deck: Deck,
        session: QuizSession,
        counts: UsualStudy | None = None,
    ) -> None:
        """counts: what is usual in study, if the quiz counts for it; None if it moves nothing."""
        super().__init__(store, clock)
        self.deck = deck
        self.session = session
        self._counts = counts
        self._met: set[str] = set()
        self.answers: list[Answer] = []
        self._start: Start | None = None
        self._earlier = store.runs(deck.id)

    @property
    def view(self) -> quizzing.View:
        """What to show."""
        return self.session.view

    @property
    def earlier(self) -> list[Run]:
        """The deck's quizzes before this one, the oldest first."""
        return self._earlier

    def begin(self) -> None:
        """Ask the first card; the log hears of it, so that its seed counts as used."""
        now, setup = self._clock(), self.session.setup
        self._start = Start(
            session=self.id,
            deck=self.deck.id,
            content=content_hash(self.session.cards),
            mode=setup.mode,
            # Spelled out, so that the log says what was in play when the deck's choices have changed.
            choices=setup.choices or self.deck.choices,
            seconds=setup.seconds,
            seed=setup.seed,
            drill=setup.drill,
            at_ms=now.at_ms,
            offset_min=now.offset_min,
            day=now.day,
        )
        body: dict[str, object] = {
            "deck": self.deck.id,
            "decks": [self.deck.id],
            "content": self._start.content,
            "mode": setup.mode.value,
            "choices": self._start.choices,
            "seconds": setup.seconds,
            "seed": setup.seed,
            "drill": setup.drill,
            "cards": len(self.session.cards),
            "version": __version__,
        }
        self.session.begin()
        self._enqueue([self._event(EventType.START, self.id, body, now)], run=self.run(finished=False))
        self.retry()

    def answer(self, given: Given, now: float) -> None:
        """Judge an answer and log it."""
        due = self._due()
        self._log(self.session.answer(given, now), due)
        self.retry()

    def tick(self, now: float) -> bool:
        """Let time pass; True if that ended a question."""
        reply = self.session.tick(now)
        self._log(reply)
        self.retry()
        return reply is not None

    def go_on(self) -> None:
        """Leave the feedback."""
        self.session.go_on()
        self._end_if_done()
        self.retry()

    def pause(self, now: float) -> None:
        """Hide the card and stop the clock."""
        self._log(self.session.pause(now))
        self._end_if_done()
        self.retry()

    def end(self, now: float) -> None:
        """End the quiz early (or not, if its time was over)."""
        if self._start is not None and not isinstance(self.view, quizzing.Done):
            self._log(self.session.end(now))
            self._end_if_done()
        self.retry()

    def close(self, now: float) -> None:
        """End the quiz."""
        self.end(now)

    def results(self) -> Results:
        """What the answers so far come to."""
        cards = {card.key: card for card in self.deck.cards}
        return results(self.session.setup.mode, self.answers, cards, self.session.setup.choices)

    def best(self) -> Run | None:
        """The best of the earlier comparable quizzes."""
        return None if self._start is None else best(self._earlier, self._start)

    def run(self, *, finished: bool) -> Run:
        """This quiz as a run. Raises RuntimeError before `begin`."""
        if self._start is None:
            raise RuntimeError("a run begins with begin()")
        return run_of(
            self._start, self.answers, finished=finished, fresh=is_fresh(self._start, self._earlier)
        )

    def _due(self) -> Memory | None:
        """The memory of the card on the screen, if its answer is to count for study (DESIGN §6): only a
        card's first answer, only if the card is due. Read before the session moves on: a file that can't be
        read now loses no answer."""
        view = self.session.view
        if self._counts is None or not isinstance(view, quizzing.Asking):
            return None
        key = view.question.card.key
        memory = self._store.memory(Ref(self.deck.id, key)) if key not in self._met else None
        return memory if memory is not None and memory.is_due(self._clock()) else None

    def _log(self, reply: quizzing.Reply | None, due: Memory | None = None) -> None:
        if reply is None:
            return
        ref, now = Ref(self.deck.id, reply.question.card.key), self._clock()
        self._met.add(ref.card)
        graded = self._graded(reply.judgement, now) if due else None
        answer = self._answer(
            ref,
            reply,
            now,
            grade=graded.grade if graded else None,
            target=graded.target if graded else None,
            repeat=reply.repeat and graded is None,
            scored=reply.scored,
        )
        memories = {ref: review(due, graded, card_key=ref.card)} if graded else None
        self.answers.append(answer)
        self._enqueue(
            [answer], memories=memories, run=self.run(finished=False), card=(ref, reply.question.card)
        )

    def _graded(self, judgement: Judgement, now: Moment) -> Graded | None:
        """What an answer means for study; a time-out is none."""
        if self._counts is None or judgement.outcome not in (Outcome.RIGHT, Outcome.WRONG):
            return None
        target = target_retention(self.deck.study.over(self._counts).retention, judgement.k)
        return Graded(Grade.GOOD if judgement.right else Grade.AGAIN, now, target, None, default_scheduler())

    def _end_if_done(self) -> None:
        if isinstance(self.view, quizzing.Done):
            finished = self.view.finished
            body: dict[str, object] = {"finished": finished, "answers": len(self.answers)}
            event = self._event(EventType.END, self.id, body, self._clock())
            self._enqueue([event], run=self.run(finished=finished))


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


def quiz(
    store: Store,
    clock: Clock,
    deck: Deck,
    cards: Iterable[Card],
    setup: QuizSetup,
    counts: UsualStudy | None = None,
) -> QuizSitting:
    """A sitting for a quiz over these cards of a deck. Raises quiz.NoCards if none of them can be asked.

    counts: what is usual in study, if the quiz is to count for it too; a drill never does.
    """
    session = QuizSession(cards, setup, seen=store.seen(deck.id), random=Random(setup.seed))  # noqa: S311 - an order that a seed can repeat is wanted
    return QuizSitting(store, clock, deck, session, None if setup.drill else counts)


def _card_text(ref: Ref, card: Card) -> CardText:
    return CardText(ref.deck, ref.card, kind_of(card).value, card.prompt, card.answer)

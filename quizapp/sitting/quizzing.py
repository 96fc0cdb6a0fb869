"""A quiz with its log and its run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from random import Random
from typing import NamedTuple

from quizapp import __version__
from quizapp.deck.card import Card, Deck, UsualStudy, content_hash
from quizapp.deck.library import absolute
from quizapp.learn import quiz as quizzing
from quizapp.learn.exam import ExamSession, session_for
from quizapp.learn.judge import Given, Judgement
from quizapp.learn.order import NO_DISTRACTORS, Distractors
from quizapp.learn.quiz import QuizSession, Reply
from quizapp.learn.schedule import Graded, Plan, due_day, plan_for, review
from quizapp.learn.score import Results, best, is_fresh, results, run_of, score
from quizapp.learn.setup import QuizSetup
from quizapp.learn.start import Start
from quizapp.learn.typo import Lexicon
from quizapp.record import (
    Answer,
    Event,
    EventType,
    Grade,
    Memory,
    Moment,
    Note,
    Outcome,
    Ref,
    Run,
    Scheduler,
    Seen,
)
from quizapp.scores.errors import ScoresBusyError
from quizapp.scores.store import Store
from quizapp.sitting.ended import Ended
from quizapp.sitting.writing import Clock, Sitting


class QuizSitting(Sitting):
    """A quiz with its log and its run. Times passed in are seconds of a monotonic clock.

    answers: every row so far, those of changed answers too. notes: what events add to them, by their id.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        deck: Deck,
        session: QuizSession | ExamSession,
        counts: UsualStudy | None = None,
        *,
        seen: Mapping[str, Seen],
    ) -> None:
        """counts: what is usual in study, if the quiz counts for it; None if it moves nothing. seen: what
        was answered before, by card."""
        super().__init__(store, clock)
        self.deck = deck
        self.session = session
        self._counts = counts
        self._seen = seen
        self._met: set[str] = set()
        self.answers: list[Answer] = []
        self.notes: dict[str, Note] = {}
        self._start: Start | None = None
        self._ended = False
        self._earlier = store.runs(deck.id)

    @property
    def view(self) -> quizzing.View:
        """What to show."""
        return self.session.view

    @property
    def exam(self) -> ExamSession:
        """The session, where it is an exam. Raises TypeError in any other mode."""
        if not isinstance(self.session, ExamSession):
            raise TypeError("only an exam has cards to move between")
        return self.session

    @property
    def earlier(self) -> list[Run]:
        """The deck's quizzes before this one, the oldest first; until `begin`, those so far."""
        return self._earlier

    @property
    def points(self) -> float:
        """The score so far, in the mode's own unit."""
        return score(self.session.setup.mode, self.answers, self.notes)

    # ---- what may happen

    def begin(self) -> None:
        """Ask the first card; the log hears of it, so that its seed counts as used."""
        # Since this was made another window may have begun a quiz: what is earlier is what the log says now,
        # and the id is drawn now, so that runs are in the order in which they began. If the file is busy,
        # what was read before has to do.
        with suppress(ScoresBusyError):
            self._earlier = self._store.runs(self.deck.id)
        self.id = self._store.new_id()
        now, setup, cards = self._clock(), self.session.setup, self.session.cards
        self._start = Start.new(
            self.id,
            setup,
            now,
            deck=self.deck.id,
            content=content_hash(cards),
            # Spelled out, so that the log says what was in play when the deck's choices have changed.
            choices=setup.choices or self.deck.choices,
            asked_from=len(cards),
        )
        self.session.begin()
        event = self._event(
            EventType.START, self.id, self._start.body(__version__, str(absolute(self.deck.path))), now
        )
        self._enqueue([event], run=self.run(finished=False))
        self.retry()

    def answer(self, given: Given, now: float, certainty: int | None = None) -> None:
        """Judge an answer and log it. certainty: 1 to 3, in an exam that asks for it."""
        due = self._due()
        if isinstance(self.session, ExamSession):
            self._log(self.session.answer(given, now, certainty), due)
        else:
            self._log(self.session.answer(given, now), due)

    def tick(self, now: float) -> bool:
        """Let time pass; True if that ended a question, or an exam."""
        shown = self.view
        self._log(self.session.tick(now))
        return self.view is not shown

    def go_on(self) -> None:
        """Leave the feedback."""
        if isinstance(self.session, QuizSession):
            self.session.go_on()
        self._log(())

    def pause(self, now: float) -> None:
        """Hide the card and stop the clock."""
        self._log(self.session.pause(now))

    def show(self, position: int, now: float) -> None:
        """Go to a card of an exam."""
        self._log(self.exam.show(position, now))

    def next(self, now: float) -> None:
        """Go to the next card of an exam."""
        self._log(self.exam.next(now))

    def previous(self, now: float) -> None:
        """Go to the card before, in an exam."""
        self._log(self.exam.previous(now))

    def flag(self) -> None:
        """Flag the card on the screen of an exam, or take its flag away. The log does not hear of it."""
        self.exam.flag()

    def submit(self, now: float) -> None:
        """End an exam; its open cards are skipped."""
        if self._start is not None:
            self._log(self.exam.submit(now))

    def end(self, now: float) -> None:
        """End the quiz early (or not, if its time was over)."""
        if self._start is not None:
            self._log(self.session.end(now))
        else:
            self.retry()

    def close(self, now: float) -> None:
        """End the quiz."""
        self.end(now)

    # ---- what it came to

    def results(self) -> Results:
        """What the answers so far come to."""
        cards = {card.key: card for card in self.deck.cards}
        setup = self.session.setup
        return results(setup.mode, self.answers, cards, setup.choices, self.notes)

    def best(self) -> Run | None:
        """The best of the earlier comparable quizzes."""
        return None if self._start is None else best(self._earlier, self._start)

    def run(self, *, finished: bool) -> Run:
        """This quiz as a run. Raises RuntimeError before `begin`."""
        if self._start is None:
            raise RuntimeError("a run begins with begin()")
        fresh = is_fresh(self._start, self._earlier)
        return run_of(self._start, self.answers, finished=finished, fresh=fresh, notes=self.notes)

    def ended(self) -> Ended:
        """What it came to, as far as it went. Raises RuntimeError before `begin`."""
        return Ended(
            deck=self.deck,
            setup=self.session.setup,
            run=self.run(finished=isinstance(self.view, quizzing.Done) and self.view.finished),
            answers=tuple(self.answers),
            notes=dict(self.notes),
            earlier=tuple(self._earlier),
            seen=self._seen.keys(),
        )

    # ---- the log

    def _due(self) -> _Due | None:
        """The card on the screen, if its answer is to count for study (DESIGN §6): only a card's first
        answer, only if the card is due. Read before the session moves on: a file that can't be read now
        loses no answer."""
        view = self.session.view
        if self._counts is None or not isinstance(view, quizzing.Asking):
            return None
        self._look()
        ref, now = Ref(self.deck.id, view.question.card.key), self._clock()
        memory = self._store.memory(ref) if ref.card not in self._met else None
        if memory is None or self._store.mark(ref).hides(now.day):
            return None
        plan = plan_for(self.deck.study, self._counts, now.day, self._store.parameters(self.deck.id))
        # What study asks on an exam's day is due then, whenever it was scheduled for.
        day = due_day(memory, plan.latest, now)
        return _Due(memory, plan) if memory.is_due(now) or (day is not None and day <= now.day) else None

    def _log(self, replies: Reply | Iterable[Reply] | None, due: _Due | None = None) -> None:
        """Write what a call came to, in one transaction, with the end if the quiz is over.

        due: the card whose memory an answer moves.
        """
        found = [replies] if isinstance(replies, Reply) else list(replies or ())
        now = self._clock()
        rows: list[Answer | Event] = []
        memories: dict[Ref, Memory | None] = {}
        schedulers: list[Scheduler] = []
        for reply in found:
            ref = Ref(self.deck.id, reply.question.card.key)
            self._met.add(ref.card)
            graded = due.graded(reply.judgement, now) if due else None
            if due and graded:
                memories[ref] = review(due.memory, graded, card_key=ref.card)
                schedulers.append(graded.scheduler)
            rows += self._rows(ref, reply, graded, now)
        over = isinstance(self.view, quizzing.Done) and self._start is not None and not self._ended
        finished = isinstance(self.view, quizzing.Done) and self.view.finished
        if over:
            self._ended = True
            rows.append(self._end_event(now, finished=finished, answers=len(self.answers)))
        if rows:
            cards = [(Ref(self.deck.id, reply.question.card.key), reply.question.card) for reply in found]
            run = self.run(finished=finished)
            self._enqueue(rows, memories=memories, run=run, cards=cards, schedulers=schedulers)
        self.retry()

    def _rows(self, ref: Ref, reply: Reply, graded: Graded | None, now: Moment) -> list[Answer | Event]:
        """An answer's row, and events for what the row has no place for."""
        answer = self._answer(
            ref,
            reply,
            now,
            graded=graded,
            repeat=reply.repeat and graded is None,
            scored=reply.scored,
        )
        self.answers.append(answer)
        events: list[Event] = []
        if reply.limit_ms is not None:
            events.append(self._event(EventType.LIMIT, answer.id, {"limit_ms": reply.limit_ms}, now))
        if reply.certainty is not None:
            events.append(self._event(EventType.CERTAINTY, answer.id, {"certainty": reply.certainty}, now))
        if events:
            self.notes[answer.id] = Note(limit_ms=reply.limit_ms, certainty=reply.certainty)
        return [answer, *events]


class _Due(NamedTuple):
    """A due card's memory, and how its deck is scheduled."""

    memory: Memory
    plan: Plan

    def graded(self, judgement: Judgement, now: Moment) -> Graded | None:
        """What an answer means for study; a time-out is none."""
        if judgement.outcome not in (Outcome.RIGHT, Outcome.WRONG):
            return None
        return self.plan.graded(Grade.GOOD if judgement.right else Grade.AGAIN, now, judgement.k)


def quiz(
    store: Store,
    clock: Clock,
    deck: Deck,
    cards: Iterable[Card],
    setup: QuizSetup,
    counts: UsualStudy | None = None,
    distractors: Distractors = NO_DISTRACTORS,
    *,
    repeatable: bool = False,
) -> QuizSitting:
    """A sitting for a quiz over these cards of a deck. Raises setup.NoCards if none of them can be asked.

    counts: what is usual in study, if the quiz is to count for it too; a drill never does. distractors: what
    flip cards are asked with. repeatable: the order follows from the seed alone; else the cards that were
    asked least recently come first.
    """
    seen = store.seen(deck.id)
    session = session_for(
        cards,
        setup,
        seen={} if repeatable else seen,
        random=Random(setup.seed),  # noqa: S311 - an order that a seed can repeat is wanted
        distractors=distractors,
        known=Lexicon(deck.cards),
    )
    return QuizSitting(store, clock, deck, session, None if setup.drill else counts, seen=seen)

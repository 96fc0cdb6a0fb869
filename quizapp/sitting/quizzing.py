"""A quiz with its log and its run."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from quizapp import __version__
from quizapp.deck.card import Card, Deck, UsualStudy, content_hash
from quizapp.learn import quiz as quizzing
from quizapp.learn.judge import Given, Judgement
from quizapp.learn.quiz import QuizSession, QuizSetup
from quizapp.learn.schedule import Graded, default_scheduler, review, target_retention
from quizapp.learn.score import Results, Start, best, is_fresh, results, run_of
from quizapp.record import Answer, EventType, Grade, Memory, Moment, Outcome, Ref, Run
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, Sitting


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

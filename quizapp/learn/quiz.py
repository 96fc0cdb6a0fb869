"""The quiz session: a state machine that is told the time and touches nothing.

    Ready ─begin─▶ Asking ─answer─▶ Judged ─go_on─▶ Asking … ─▶ Done
                   pause ▼ ▲ resume

Call `painted` when a question is on the screen: its time runs from there to `answer`, `pause` or `end`, and
stands still otherwise. Call `tick` now and then. Each `Reply` that a call returns is one row for the log.
After each call, `view` is what to show. A call that does not fit the view does nothing, but for `answer`.
An exam gives no feedback and moves freely: its session is in `exam.py`, with the same views.

Times are seconds of any clock that only goes forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from msgspec import Struct

from quizapp.deck.card import Card
from quizapp.learn.ask import Question, pose
from quizapp.learn.deal import Dealer, Endless, Once, Shoe, UntilRight
from quizapp.learn.judge import Given, Judgement, judge, unanswered
from quizapp.learn.order import NO_DISTRACTORS, Distractors, in_play
from quizapp.learn.setup import (
    LIVES,
    SECONDS,
    BadSetup,
    Mode,
    NoCards,
    QuizSetup,
    TooManyCards,
    cards_to_ask,
    usual_setup,
)
from quizapp.learn.timing import Watch, card_ms
from quizapp.learn.typo import Lexicon
from quizapp.record import Outcome, Seen

__all__ = [
    "GRACE",
    "SECONDS",
    "Asking",
    "BadSetup",
    "Done",
    "Judged",
    "Mode",
    "NoCards",
    "Paused",
    "QuizSession",
    "QuizSetup",
    "Ready",
    "Reply",
    "TooManyCards",
    "View",
    "usual_setup",
]

GRACE = 10
"""How many seconds after zero of a sprint the card on the screen may still be answered."""


class Ready(Struct, frozen=True):
    """Before the first card."""


class Asking(Struct, frozen=True):
    """A question is put. position: 0-based. total: number of cards, None where no number ends it."""

    question: Question
    position: int
    total: int | None


class Judged(Struct, frozen=True):
    """A question and what its answer came to: right, wrong, or timeout. late: given after a sprint's zero."""

    question: Question
    judgement: Judgement
    position: int
    total: int | None
    scored: bool
    late: bool


class Paused(Struct, frozen=True):
    """The card is hidden and the clock stands still."""

    position: int
    total: int | None


class Done(Struct, frozen=True):
    """The quiz is over. finished: it was not ended early."""

    finished: bool


View = Ready | Asking | Judged | Paused | Done


class Reply(Struct, frozen=True):
    """What the log needs to know of an answer, but for ids and dates. No quiz answer has a grade.

    late: given (or missed) after a sprint's zero, so not scored. ms: how long the question was on the screen.
    limit_ms: how long it could be, where each card has its own time. certainty: 1 to 3 where it was asked.
    """

    question: Question
    judgement: Judgement
    position: int
    ms: int
    scored: bool
    late: bool
    repeat: bool = True
    limit_ms: int | None = None
    certainty: int | None = None


class QuizSession:
    """One quiz in any mode but exam. cards: the askable ones, those that its content hash is made of.

    answered: questions that have come to something. right, wrong, timeouts: scored ones. lives: what is left
    of them in survival, else None.
    """

    def __init__(
        self,
        cards: Iterable[Card],
        setup: QuizSetup,
        *,
        seen: Mapping[str, Seen],
        random: Random,
        distractors: Distractors = NO_DISTRACTORS,
        known: Lexicon | None = None,
    ) -> None:
        """seen: by card key, for the order and the wordings. random: a generator of the session's own.
        distractors: what flip cards are asked with. known: of the whole deck, default: of its askable cards.

        Raises NoCards if nothing can be asked, ValueError for an exam.
        """
        if setup.mode is Mode.EXAM:
            raise ValueError("an exam is an ExamSession")
        self.setup = setup
        self.cards = cards_to_ask(cards, setup, distractors)
        self._known = known or Lexicon(self.cards)
        self.view: View = Ready()
        self.answered = 0
        self.right = 0
        self.wrong = 0
        self.timeouts = 0
        self.lives = LIVES if setup.mode is Mode.SURVIVAL else None
        self._random = random
        self._distractors = distractors
        self._times = {key: known.times for key, known in seen.items()}
        self._scored: set[str] = set()
        shoe = Shoe(self.cards, setup.choices, not setup.drill, seen, random, distractors, setup.cards)
        self._dealer = _dealer(setup.mode, shoe)
        self._hidden: View | None = None  # what a pause hides and shows again; None: another card is dealt
        self._avoid: tuple[str, ...] = ()  # keys that should not be next: hidden unanswered, last answered
        self._watch = Watch()
        self._limit_ms: int | None = None  # of the card that is shown or was shown last, where it has its own
        # How long a card that went back had been in sight, and how long it may be, by key.
        self._seen_for: dict[str, tuple[float, int | None]] = {}

    @property
    def total(self) -> int | None:
        """How many cards there are to answer; None where there is no such end (sprint, survival)."""
        return self._dealer.total

    @property
    def remaining(self) -> int | None:
        """How many of them are not yet done with; None where there is no such end."""
        return self._dealer.remaining

    @property
    def running(self) -> bool:
        """Whether a question is on the screen and its time runs: only then `answer` takes one."""
        return self._watch.running

    @property
    def card_went_back(self) -> bool:
        """Whether the card that a pause hides has gone back: going on shows another."""
        return isinstance(self.view, Paused) and self._hidden is None

    @property
    def limit(self) -> float | None:
        """What `left` starts from, in seconds; None without a clock, or while no card is out whose it is."""
        if self.setup.time is not None:
            return self.setup.time
        return None if self._limit_ms is None else self._limit_ms / 1000

    def left(self, now: float) -> float | None:
        """Seconds left on the clock, a sprint's or the card's own, never below 0; None where `limit` is."""
        return None if self.limit is None else max(0.0, self.limit - self._used(now))

    def begin(self) -> View:
        """Leave `Ready` for the first question."""
        if isinstance(self.view, Ready):
            self._next()
        return self.view

    def painted(self, now: float) -> None:
        """The question is on the screen: its time starts. Only the first call for a question counts."""
        if isinstance(self.view, Asking):
            self._watch.start(now)

    def answer(self, given: Given, now: float) -> Reply:
        """Judge an answer to the question on the screen. It comes back as a timeout if its time was over.

        Raises RuntimeError unless `running`, IndexError if the place chosen is not on the screen.
        """
        if not self.running or not isinstance(self.view, Asking):
            raise RuntimeError("there is no question on the screen to answer")
        return self.tick(now) or self._close(self.view, judge(self.view.question, given, self._known), now)

    def go_on(self) -> View:
        """Leave the feedback, for the next question or the end."""
        if isinstance(self.view, Judged):
            self._next()
        return self.view

    def overdue(self, now: float) -> bool:
        """Whether the question on the screen was left unanswered for too long: `tick` ends it."""
        return self._beyond(now) is not None

    def tick(self, now: float) -> Reply | None:
        """Let time pass: a question is a timeout when its own time is over, in a sprint 10 s after zero."""
        beyond = self._beyond(now)
        if beyond is None or not isinstance(self.view, Asking):
            return None
        return self._close(self.view, unanswered(self.view.question, Outcome.TIMEOUT), now - beyond)

    def pause(self, now: float) -> Reply | None:
        """Hide what is shown and stop the clock. With a clock, a card that was on the screen goes back.

        After a sprint's zero no other card can follow: then a card on the screen is a timeout, and the quiz
        is over. A card whose own time was over is a timeout as well, and the pause hides its feedback.
        """
        if isinstance(self.view, Paused | Done):
            return None
        if self.running and self._sprint_over(now):
            return self.end(now)
        reply = self.tick(now)
        self._hidden = self.view
        if isinstance(self.view, Asking) and self.running:
            self._watch.stop(now)
            card = self.view.question.card
            if self._dealer.take_back(card):
                # It goes on from there when it returns, in the time that it had: a look is not to be had for
                # nothing, nor may right answers meanwhile leave it less than it was in sight already.
                self._seen_for[card.key] = (self._watch.one(now), self._limit_ms)
                self._hidden = self._limit_ms = None
                self._avoid = (card.key, *self._avoid[-1:])
        self.view = Paused(position=self.answered, total=self.total)
        return reply

    def resume(self) -> View:
        """Leave the pause: for another card if the one that was on the screen went back."""
        if isinstance(self.view, Paused):
            if self._hidden is None:
                self._next()
            else:
                self.view = self._hidden
        return self.view

    def end(self, now: float) -> Reply | None:
        """End the quiz, early unless its time was over, its lives were, or nothing is left to ask.

        A card on the screen is a timeout if its time is over; before, it is as if it had never been asked.
        """
        reply = None
        if isinstance(self.view, Done):
            return None
        if self.running and isinstance(self.view, Asking):
            reply = self.tick(now)
            if reply is None and self._sprint_over(now):
                reply = self._close(self.view, unanswered(self.view.question, Outcome.TIMEOUT), now)
            self._watch.stop(now)
        self.view = Done(finished=self._over)
        return reply

    @property
    def _over(self) -> bool:
        # Nothing runs here: any time will do.
        return self._sprint_over(0.0) or self.lives == 0 or self._dealer.remaining == 0

    def _sprint_over(self, now: float) -> bool:
        return self.setup.mode is Mode.SPRINT and self.left(now) == 0.0

    def _used(self, now: float) -> float:
        return self._watch.all(now) if self.setup.mode is Mode.SPRINT else self._watch.one(now)

    def _beyond(self, now: float) -> float | None:
        """How many seconds ago the question on the screen became a timeout; None if it is none."""
        if self.limit is None or not self.running:
            return None
        beyond = self._used(now) - self.limit - (GRACE if self.setup.mode is Mode.SPRINT else 0)
        return beyond if beyond >= 0 else None

    def _next(self) -> None:
        if self._over:
            self.view = Done(finished=True)
            return
        card = self._dealer.deal(self._avoid)
        question = pose(
            card,
            times=self._times.get(card.key, 0),
            random=self._random,
            only=in_play(card, self.setup.choices),
            distractors=self._distractors.get(card.key, ()),
        )
        before, limit_ms = self._seen_for.pop(card.key, (0.0, None))
        self._watch.turn(before)
        if self.setup.mode in (Mode.COUNTDOWN, Mode.SURVIVAL):
            right = self.right if self.setup.mode is Mode.SURVIVAL else 0
            self._limit_ms = limit_ms or card_ms(question.prompt, pace=self.setup.pace, right=right)
        self.view = Asking(question=question, position=self.answered, total=self.total)

    def _close(self, asking: Asking, judgement: Judgement, now: float) -> Reply:
        """The question on the screen has come to this."""
        late = self._sprint_over(now)
        self._watch.stop(now)
        key = asking.question.card.key
        # Practice scores a card's first answer, the others all of them but a sprint's late one.
        scored = key not in self._scored if self.setup.mode is Mode.PRACTICE else not late
        self._scored.add(key)
        self._times[key] = self._times.get(key, 0) + 1
        self._avoid = (key,)
        self._dealer.settle(asking.question.card, right=judgement.right)
        self.answered += 1
        self.right += scored and judgement.right
        self.wrong += scored and judgement.outcome is Outcome.WRONG
        self.timeouts += scored and judgement.outcome is Outcome.TIMEOUT
        if self.lives is not None and not judgement.right:
            self.lives -= 1
        self.view = Judged(
            question=asking.question,
            judgement=judgement,
            position=asking.position,
            total=asking.total,
            scored=scored,
            late=late,
        )
        return Reply(
            question=asking.question,
            judgement=judgement,
            position=asking.position,
            ms=round(1000 * self._watch.one(now)),
            scored=scored,
            late=late,
            limit_ms=self._limit_ms,
        )


def _dealer(mode: Mode, shoe: Shoe) -> Dealer:
    match mode:
        case Mode.PRACTICE:
            return UntilRight(shoe)
        case Mode.COUNTDOWN:
            return Once(shoe)
        case _:
            return Endless(shoe)

"""The quiz session: a state machine that is told the time and touches nothing.

    Ready ─begin─▶ Asking ─answer─▶ Judged ─go_on─▶ Asking … ─▶ Done
                   pause ▼ ▲ resume

Call `painted` when a question is on the screen: its time runs from there to `answer`, `pause` or `end`, and
stands still otherwise. Call `tick` now and then. Each `Reply` that a call returns is one row for the log.
After each call, `view` is what to show. A call that does not fit the view does nothing, but for `answer`.

Times are seconds of any clock that only goes forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from random import Random

from msgspec import Struct

from quizapp.deck.card import Card
from quizapp.learn.ask import Question, pose
from quizapp.learn.deal import Dealer, Endless, Shoe, UntilRight
from quizapp.learn.judge import Given, Judgement, judge
from quizapp.learn.order import askable, in_play
from quizapp.record import How, Outcome, Seen

SECONDS = 60
"""How long a sprint is unless somebody says otherwise."""
GRACE = 10
"""How many seconds after zero the card on the screen may still be answered."""


class Mode(StrEnum):
    """How a quiz goes (DESIGN §7)."""

    PRACTICE = "practice"
    SPRINT = "sprint"


class QuizSetup(Struct, frozen=True):
    """What is quizzed and how.

    seconds: the length of a sprint, None in practice. choices: which of the deck's choices are in play, ()
    for all. seed: what the session's random generator was made from. drill: whether the cards are those that
    were missed before; then none is left out for balance.
    """

    mode: Mode
    seconds: int | None = None
    choices: tuple[str, ...] = ()
    seed: int = 0
    drill: bool = False

    def __post_init__(self) -> None:
        if self.mode is Mode.SPRINT and (self.seconds is None or self.seconds < 1):
            raise ValueError("a sprint needs a number of seconds, at least 1")
        if self.mode is Mode.PRACTICE and self.seconds is not None:
            raise ValueError("practice has no clock")


class NoCards(Exception):  # noqa: N818 - nothing went wrong: there is nothing to ask
    """Nothing can be asked; its text says why, for people."""


class Ready(Struct, frozen=True):
    """Before the first card."""


class Asking(Struct, frozen=True):
    """A question is put. position: 0-based. total: number of cards of a practice, None in a sprint."""

    question: Question
    position: int
    total: int | None


class Judged(Struct, frozen=True):
    """A question and what its answer came to: right, wrong, or timeout. late: given after zero."""

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

    late: given (or missed) after zero, so not scored. ms: how long the question was on the screen.
    """

    question: Question
    judgement: Judgement
    position: int
    ms: int
    scored: bool
    late: bool
    repeat: bool = True


class QuizSession:
    """One quiz. cards: the askable ones, those that its content hash is made of."""

    def __init__(
        self, cards: Iterable[Card], setup: QuizSetup, *, seen: Mapping[str, Seen], random: Random
    ) -> None:
        """seen: by card key, for the order and the wordings. random: a generator of the session's own.

        Raises NoCards if nothing can be asked.
        """
        every = list(cards)
        self.setup = setup
        self.cards = tuple(askable(every, setup.choices))
        if not self.cards:
            raise NoCards(_why_none(every, setup.choices))
        self.view: View = Ready()
        self.answered = 0
        self.right = 0
        self.wrong = 0
        self._random = random
        self._times = {key: known.times for key, known in seen.items()}
        self._scored: set[str] = set()
        shoe = Shoe(self.cards, setup.choices, not setup.drill, seen, random)
        self._dealer: Dealer = Endless(shoe) if setup.mode is Mode.SPRINT else UntilRight(shoe)
        self._hidden: View | None = None  # what a pause hides and shows again; None: another card is dealt
        self._avoid: tuple[str, ...] = ()  # keys that should not be next: hidden unanswered, last answered
        self._since: float | None = None  # when the question on the screen was painted
        self._card_before = 0.0  # how long it had been on the screen before a pause
        self._spent = 0.0  # question time of all cards before this painting

    @property
    def total(self) -> int | None:
        """How many cards a practice has; None in a sprint, which has no end but its clock."""
        return self._dealer.total

    @property
    def remaining(self) -> int | None:
        """How many cards of a practice were not yet right once; None in a sprint."""
        return self._dealer.remaining

    @property
    def running(self) -> bool:
        """Whether a question is on the screen and its time runs: only then `answer` takes one."""
        return self._since is not None

    def left(self, now: float) -> float | None:
        """Seconds left on the clock, never below 0; None without a clock."""
        return None if self.setup.seconds is None else max(0.0, self.setup.seconds - self._used(now))

    def begin(self) -> View:
        """Leave `Ready` for the first question."""
        if isinstance(self.view, Ready):
            self._next()
        return self.view

    def painted(self, now: float) -> None:
        """The question is on the screen: its time starts. Only the first call for a question counts."""
        if isinstance(self.view, Asking) and self._since is None:
            self._since = now

    def answer(self, given: Given, now: float) -> Reply:
        """Judge an answer to the question on the screen. It comes back as a timeout if its time was over.

        Raises RuntimeError unless `running`, IndexError if the place chosen is not on the screen.
        """
        if self._since is None or not isinstance(self.view, Asking):
            raise RuntimeError("there is no question on the screen to answer")
        return self.tick(now) or self._close(self.view, judge(self.view.question, given), now)

    def go_on(self) -> View:
        """Leave the feedback, for the next question or the end."""
        if isinstance(self.view, Judged):
            self._next()
        return self.view

    def overdue(self, now: float) -> bool:
        """Whether the question on the screen was left unanswered until 10 s after zero: `tick` ends it."""
        seconds = self.setup.seconds
        return seconds is not None and self.running and self._used(now) >= seconds + GRACE

    def tick(self, now: float) -> Reply | None:
        """Let time pass: a question that nobody answered until 10 s after zero becomes a timeout."""
        if self.setup.seconds is None or self._since is None or not isinstance(self.view, Asking):
            return None
        latest = self.setup.seconds + GRACE
        if self._used(now) < latest:
            return None
        return self._time_out(self.view, self._since + latest - self._spent)

    def pause(self, now: float) -> Reply | None:
        """Hide what is shown and stop the clock. In a sprint a card that was on the screen goes back.

        After zero no other card can follow: then a card on the screen is a timeout, and the quiz is over.
        """
        if isinstance(self.view, Paused | Done):
            return None
        self._hidden = self.view
        if self._since is not None and isinstance(self.view, Asking):
            if self.left(now) == 0.0:
                return self.end(now)
            self._card_before += now - self._since
            self._stop(now)
            card = self.view.question.card
            if self._dealer.take_back(card):
                self._hidden = None
                self._avoid = (card.key, *self._avoid[-1:])
        self.view = Paused(position=self.answered, total=self.total)
        return None

    def resume(self) -> View:
        """Leave the pause: for another card if the one that was on the screen went back."""
        if isinstance(self.view, Paused):
            if self._hidden is None:
                self._next()
            else:
                self.view = self._hidden
        return self.view

    def end(self, now: float) -> Reply | None:
        """End the quiz, early unless its time was over or nothing is left to ask.

        A card on the screen is a timeout after zero; before, it is as if it had never been asked.
        """
        reply = None
        if isinstance(self.view, Done):
            return None
        if self._since is not None and isinstance(self.view, Asking):
            if self.left(now) == 0.0:
                reply = self.tick(now) or self._time_out(self.view, now)
            else:
                self._stop(now)
        self.view = Done(finished=self._over)
        return reply

    @property
    def _over(self) -> bool:
        time_is_up = self.setup.seconds is not None and self._spent >= self.setup.seconds
        return time_is_up or self._dealer.remaining == 0

    def _used(self, now: float) -> float:
        # One subtraction a card and one sum: adding up ticks would drift.
        return self._spent if self._since is None else self._spent + max(0.0, now - self._since)

    def _stop(self, now: float) -> None:
        self._spent = self._used(now)
        self._since = None

    def _next(self) -> None:
        if self._over:
            self.view = Done(finished=True)
            return
        card = self._dealer.deal(self._avoid)
        only = in_play(card, self.setup.choices)
        question = pose(card, times=self._times.get(card.key, 0), random=self._random, only=only)
        self._card_before = 0.0
        self.view = Asking(question=question, position=self.answered, total=self.total)

    def _time_out(self, asking: Asking, now: float) -> Reply:
        question = asking.question
        how = How.TYPED if question.typed else How.CHOSEN
        judgement = Judgement(outcome=Outcome.TIMEOUT, given="", how=how, k=question.k)
        return self._close(asking, judgement, now)

    def _close(self, asking: Asking, judgement: Judgement, now: float) -> Reply:
        """The question on the screen has come to this."""
        late = self.left(now) == 0.0
        before = self._spent
        self._stop(now)
        question = asking.question
        key = question.card.key
        # Practice scores a card's first answer, a sprint all of them but the late one.
        scored = not late if self.setup.mode is Mode.SPRINT else key not in self._scored
        self._scored.add(key)
        self._times[key] = self._times.get(key, 0) + 1
        self._avoid = (key,)
        self._dealer.settle(question.card, right=judgement.right)
        self.answered += 1
        self.right += scored and judgement.right
        self.wrong += scored and judgement.outcome is Outcome.WRONG
        self.view = Judged(
            question=question,
            judgement=judgement,
            position=asking.position,
            total=asking.total,
            scored=scored,
            late=late,
        )
        return Reply(
            question=question,
            judgement=judgement,
            position=asking.position,
            ms=round(1000 * (self._card_before + self._spent - before)),
            scored=scored,
            late=late,
        )


def _why_none(cards: Sequence[Card], only: Sequence[str]) -> str:
    if not cards:
        return "There are no cards to ask."
    if not askable(cards):
        return "A quiz can't judge flip cards, and there are no others. Study them instead."
    if len(set(only)) < 2:
        return "A quiz needs at least two choices in play."
    return f"No card's answer is one of {', '.join(only)}."

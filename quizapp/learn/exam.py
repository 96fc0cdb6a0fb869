"""The exam session: all cards at hand, one clock for all, and no feedback until the end.

    Ready ─begin─▶ Asking ─answer, show, next, previous─▶ Asking … ─submit, or time is up─▶ Done
                   pause ▼ ▲ resume

As in `quiz.py`, call `painted` when a question is on the screen: time runs from there until it leaves the
screen. A call may return several replies, each a row for the log. A card whose answer is changed has a row
for each; the last one counts (`score.counted`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from msgspec import Struct

from quizapp.deck.card import Card
from quizapp.learn.ask import pose
from quizapp.learn.judge import Given, Judgement, judge, unanswered
from quizapp.learn.order import NO_DISTRACTORS, Distractors, in_play, order
from quizapp.learn.quiz import Asking, Done, Paused, QuizSession, Ready, Reply, View
from quizapp.learn.setup import Mode, QuizSetup, cards_to_ask
from quizapp.learn.timing import Watch
from quizapp.learn.typo import Lexicon
from quizapp.record import Outcome, Seen

CERTAINTIES = (1, 2, 3)
"""How sure a person may say to be: not, fairly, quite."""


class Mark(Struct, frozen=True):
    """How one card of an exam stands.

    given: the text of its answer, None while it is open. certainty: as said with it.
    """

    position: int
    given: str | None
    certainty: int | None
    flagged: bool
    current: bool

    @property
    def open(self) -> bool:
        """Whether it has no answer."""
        return self.given is None


class ExamSession:
    """One exam. cards: the askable ones, those that its content hash is made of; `questions` are those asked.

    lives: always None, as in any mode without them.
    """

    lives: int | None = None

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
        """As QuizSession's. Raises NoCards if nothing can be asked or not as many as `setup.cards`.

        Raises ValueError for another mode.
        """
        if setup.mode is not Mode.EXAM:
            raise ValueError("an ExamSession is an exam")
        self.setup = setup
        self.cards = cards_to_ask(cards, setup, distractors)
        self._known = known or Lexicon(self.cards)
        self.view: View = Ready()
        self.questions = tuple(
            pose(
                card,
                times=seen[card.key].times if card.key in seen else 0,
                random=random,
                only=in_play(card, setup.choices),
                distractors=distractors.get(card.key, ()),
            )
            for card in order(
                self.cards,
                seen=seen,
                random=random,
                only=setup.choices,
                balanced=not setup.drill,
                distractors=distractors,
                most=setup.cards,
            )
        )
        self._place = 0
        self._begun = False  # what a pause goes back to: a question, or the ready panel
        self._judged: dict[int, Judgement] = {}  # the last answers, by position
        self._certainty: dict[int, int] = {}
        self._flagged: set[int] = set()
        self._elsewhere = False  # whether the pause goes on with another card
        self._watch = Watch()
        self._seen_for: dict[int, float] = {}  # how long each card was in sight before it left the screen

    # ---- what there is to show

    @property
    def total(self) -> int:
        """How many cards the exam has."""
        return len(self.questions)

    @property
    def remaining(self) -> int:
        """How many of them are open."""
        return len(self.open)

    @property
    def open(self) -> tuple[int, ...]:
        """The positions without an answer."""
        return tuple(place for place in range(self.total) if place not in self._judged)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """How each card stands, in the order of the exam."""
        return tuple(
            Mark(
                position=place,
                given=self._judged[place].given if place in self._judged else None,
                certainty=self._certainty.get(place),
                flagged=place in self._flagged,
                current=place == self._place,
            )
            for place in range(self.total)
        )

    @property
    def answered(self) -> int:
        """How many cards have an answer."""
        return len(self._judged)

    @property
    def right(self) -> int:
        """How many answers are right: not for the screen before the end."""
        return sum(judgement.right for judgement in self._judged.values())

    @property
    def wrong(self) -> int:
        """How many answers are wrong: not for the screen before the end."""
        return len(self._judged) - self.right

    @property
    def running(self) -> bool:
        """Whether a question is on the screen and time runs: only then `answer` takes one."""
        return self._watch.running

    @property
    def card_went_back(self) -> bool:
        """Whether another card is shown when a pause ends: where one is open, and the hidden one was."""
        return isinstance(self.view, Paused) and self._elsewhere

    @property
    def limit(self) -> float:
        """The seconds that the exam has, with its pace."""
        return self.setup.time or 0.0

    def left(self, now: float) -> float:
        """Seconds left for the whole exam, never below 0."""
        return max(0.0, self.limit - self._watch.all(now))

    def overdue(self, now: float) -> bool:
        """Whether time is up: `tick` submits."""
        return self.running and self.left(now) == 0.0

    # ---- what may happen

    def begin(self) -> View:
        """Leave `Ready` for the first question."""
        if isinstance(self.view, Ready):
            self._show(0)
        return self.view

    def painted(self, now: float) -> None:
        """The question is on the screen: time runs."""
        if isinstance(self.view, Asking):
            self._watch.start(now)

    def answer(self, given: Given, now: float, certainty: int | None = None) -> tuple[Reply, ...]:
        """Take an answer to the question on the screen; show the next open one, or the same if none is left.

        certainty: 1 to 3, in an exam that asks for it. If time was over, the exam is submitted without it.
        Raises RuntimeError unless `running`, IndexError if the place chosen is not on the screen, ValueError
        if the certainty is missing or not asked for.
        """
        if not self.running or not isinstance(self.view, Asking):
            raise RuntimeError("there is no question on the screen to answer")
        if certainty not in (CERTAINTIES if self.setup.certainty else (None,)):
            raise ValueError(f"a certainty of {certainty} does not fit this exam")
        if self.overdue(now):
            return self.tick(now)
        judgement = judge(self.view.question, given, self._known)
        self._hide(now)
        place = self._place
        self._judged[place] = judgement
        if certainty is not None:
            self._certainty[place] = certainty
        self._show(self._next_open())
        return (self._reply(place, judgement, certainty),)

    def show(self, position: int, now: float) -> tuple[Reply, ...]:
        """Go to a card; IndexError if there is none with that position. If time was over, submit."""
        if not 0 <= position < self.total:
            raise IndexError(position)
        if not isinstance(self.view, Asking):
            return ()
        if self.overdue(now):
            return self.tick(now)
        self._hide(now)
        self._show(position)
        return ()

    def next(self, now: float) -> tuple[Reply, ...]:
        """Go to the next card, from the last to the first."""
        return self.show((self._place + 1) % self.total, now)

    def previous(self, now: float) -> tuple[Reply, ...]:
        """Go to the card before, from the first to the last."""
        return self.show((self._place - 1) % self.total, now)

    def flag(self) -> None:
        """Flag the card on the screen, to come back to, or take its flag away."""
        if isinstance(self.view, Asking):
            self._flagged ^= {self._place}

    def submit(self, now: float) -> tuple[Reply, ...]:
        """End the exam: open cards are skipped, or timeouts if time was over."""
        if not isinstance(self.view, Asking | Paused):
            return ()
        return self.tick(now) if self.overdue(now) else self._submit(Outcome.SKIPPED, now)

    def tick(self, now: float) -> tuple[Reply, ...]:
        """Let time pass: when it is up, the exam is submitted, and its open cards are timeouts."""
        if not self.overdue(now):
            return ()
        beyond = self._watch.all(now) - self.limit
        return self._submit(Outcome.TIMEOUT, now - beyond)

    def pause(self, now: float) -> tuple[Reply, ...]:
        """Hide the question and stop the clock."""
        if isinstance(self.view, Paused | Done):
            return ()
        if self.overdue(now):
            return self.tick(now)
        # What was seen and not answered comes last: the next open card is shown in its place.
        elsewhere = self.running and self._place not in self._judged
        self._hide(now)
        self._elsewhere = elsewhere and self._next_open() != self._place
        if elsewhere:
            self._place = self._next_open()
        self._begun = isinstance(self.view, Asking)
        self.view = Paused(position=self._place, total=self.total)
        return ()

    def resume(self) -> View:
        """Leave the pause: for another open card, if the one that was on the screen was open."""
        if isinstance(self.view, Paused):
            if self._begun:
                self._show(self._place)
            else:
                self.view = Ready()
        return self.view

    def end(self, now: float) -> tuple[Reply, ...]:
        """Leave the exam unfinished; the answers given are kept. If time was over, submit."""
        if isinstance(self.view, Done):
            return ()
        if self.overdue(now):
            return self.tick(now)
        self._hide(now)
        self.view = Done(finished=False)
        return ()

    # ----

    def _next_open(self) -> int:
        """The position of the next open card, round the end; the present one if there is no other."""
        ring = (*range(self._place + 1, self.total), *range(self._place))
        return next((place for place in ring if place not in self._judged), self._place)

    def _show(self, place: int) -> None:
        self._place = place
        self._watch.turn(self._seen_for.get(place, 0.0))
        self.view = Asking(question=self.questions[place], position=place, total=self.total)

    def _hide(self, now: float) -> None:
        self._watch.stop(now)
        if isinstance(self.view, Asking):
            self._seen_for[self.view.position] = self._watch.one(now)

    def _submit(self, outcome: Outcome, now: float) -> tuple[Reply, ...]:
        self._hide(now)
        self.view = Done(finished=True)
        return tuple(
            self._reply(place, unanswered(self.questions[place], outcome), None) for place in self.open
        )

    def _reply(self, place: int, judgement: Judgement, certainty: int | None) -> Reply:
        return Reply(
            question=self.questions[place],
            judgement=judgement,
            position=place,
            ms=round(1000 * self._seen_for.get(place, 0.0)),
            scored=True,
            late=False,
            certainty=certainty,
        )


def session_for(
    cards: Iterable[Card],
    setup: QuizSetup,
    *,
    seen: Mapping[str, Seen],
    random: Random,
    distractors: Distractors = NO_DISTRACTORS,
    known: Lexicon | None = None,
) -> QuizSession | ExamSession:
    """The session of any mode. Raises NoCards if nothing can be asked, or not as many as `setup.cards`.

    known: as QuizSession's.
    """
    kind = ExamSession if setup.mode is Mode.EXAM else QuizSession
    return kind(cards, setup, seen=seen, random=random, distractors=distractors, known=known)

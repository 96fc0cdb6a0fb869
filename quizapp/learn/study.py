"""The study session: which card is next, reveal, judge, grade. A state machine that knows no screen, no wall
clock and no database."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from random import Random

from msgspec import Struct, structs

from quizapp.deck.card import Card, Choice, Deck, Statement, UsualStudy, contrasts
from quizapp.learn.ask import Question, pose
from quizapp.learn.judge import Given, Judgement, judge
from quizapp.learn.schedule import AHEAD_MS, Graded, review, steps_left, target_retention
from quizapp.learn.typo import Lexicon
from quizapp.record import Grade, How, Memory, Moment, Outcome, Ref, Scheduler


class Item(Struct, frozen=True):
    """A card of the session. memory: what is remembered of it now. times: how often it was answered."""

    ref: Ref
    card: Card
    memory: Memory | None
    times: int


class Place(Struct, frozen=True):
    """Where in the session a question stands. position: from 1. total: questions, if all goes well."""

    position: int
    total: int


class Asking(Struct, frozen=True):
    """A card waits for its answer."""

    item: Item
    question: Question
    place: Place


class Grading(Struct, frozen=True):
    """The answer is on the screen and a grade is due.

    judgement: None if the person revealed the answer and grades it. marked: the grade that Space takes.
    outcomes: the memory after each grade, by grade. contrast: a card to compare with, or None.
    """

    item: Item
    question: Question
    place: Place
    judgement: Judgement | None
    marked: Grade
    outcomes: Mapping[Grade, Memory]
    contrast: Card | None


class Finished(Struct, frozen=True):
    """Nothing is left to ask. answers: questions answered. right: of these, remembered (not graded Again).
    cards: distinct cards."""

    answers: int
    right: int
    cards: int


View = Asking | Grading | Finished


class Reply(Struct, frozen=True):
    """An answer and what it did to the card's memory: what the log keeps, but for ids and dates."""

    item: Item
    question: Question
    judgement: Judgement
    position: int
    ms: int
    grade: Grade
    target: float
    memory: Memory


class Regrade(Struct, frozen=True):
    """Another grade for an answer that is in the log, and the memory that it leads to."""

    ref: Ref
    grade: Grade
    memory: Memory


class _Before(Struct, frozen=True):
    """What the session was before an answer, to come back to."""

    asking: Asking
    queue: tuple[Ref, ...]
    waiting: dict[Ref, int]
    answered: frozenset[Ref]
    grades: tuple[Grade, ...]


class StudySession:
    """One run through the cards to study.

    The order of calls: `start`; then for each question either `answer` (judged at once) or `reveal`, and
    `grade`, which goes on to the next. `undo` takes back the last answer, as often as there are answers.
    """

    def __init__(
        self,
        items: Sequence[Item],
        decks: Mapping[str, Deck],
        *,
        scheduler: Scheduler,
        random: Random,
        usual: UsualStudy | None = None,
    ) -> None:
        """items: in the order in which they are to be asked; learning steps wait for their time instead.
        decks: by id, for retention and contrasts. usual: the retention of decks that set none."""
        self._items = {item.ref: item for item in items}
        self._decks = decks
        self._known = {id_: Lexicon(deck.cards) for id_, deck in decks.items()}
        self._usual = usual or UsualStudy()
        self._scheduler = scheduler
        self._random = random
        self._waiting: dict[Ref, int] = {
            item.ref: item.memory.due_ms for item in items if item.memory and item.memory.due_ms is not None
        }
        self._queue = deque(ref for ref in self._items if ref not in self._waiting)
        self._answered: frozenset[Ref] = frozenset()
        self._grades: tuple[Grade, ...] = ()
        self._past: list[_Before] = []
        self.view: View = Finished(0, 0, 0)

    @property
    def answers(self) -> int:
        """How many answers were given that were not undone."""
        return len(self._grades)

    @property
    def last(self) -> Ref | None:
        """The card of the last answer that was not undone."""
        return self._past[-1].asking.item.ref if self._past else None

    def start(self, now: Moment) -> View:
        """Ask the first card."""
        return self._ask_next(now, last=None)

    def reveal(self, now: Moment) -> View:
        """Show the answer; nothing is logged until it is graded. Without effect unless a card is asked."""
        if isinstance(self.view, Asking):
            self.view = self._grading(self.view, None, Grade.GOOD, now)
        return self.view

    def answer(self, given: Given, now: Moment, ms: int) -> Reply | None:
        """Judge an answer: wrong is Again, right is Good. None unless a card is asked."""
        asking = self.view
        if not isinstance(asking, Asking):
            return None
        judgement = judge(asking.question, given, self._known[asking.item.ref.deck])
        grade = Grade.GOOD if judgement.right else Grade.AGAIN
        view = self._grading(asking, judgement, grade, now)
        reply = self._apply(asking, view, judgement, grade, ms)
        self.view = view
        return reply

    def grade(self, grade: Grade, now: Moment, ms: int) -> Reply | Regrade | None:
        """Grade the card and go on.

        A revealed card gives a Reply. A judged one gives a Regrade if the grade is not the marked one, else
        None. None unless a grade is due.
        """
        view = self.view
        if not isinstance(view, Grading):
            return None
        asking = Asking(view.item, view.question, view.place)
        result: Reply | Regrade | None = None
        if view.judgement is None:
            outcome = Outcome.WRONG if grade is Grade.AGAIN else Outcome.RIGHT
            judgement = Judgement(outcome=outcome, given="", how=How.REVEALED, k=None)
            # A revealed answer is given when it is graded, so that is when its intervals begin.
            view = self._grading(asking, None, grade, now)
            result = self._apply(asking, view, judgement, grade, ms)
        elif grade is not view.marked:
            result = Regrade(view.item.ref, grade, view.outcomes[grade])
            self._grades = (*self._grades[:-1], grade)
            self._remember(view.item, view.outcomes[grade])
        self._ask_next(now, last=view.item.ref)
        return result

    def undo(self, memory: Memory | None) -> View:
        """Take the last answer back and ask its card again.

        memory: what the log says of that card without the answer.
        """
        if self._past:
            before = self._past.pop()
            item = structs.replace(before.asking.item, memory=memory)
            self._items[item.ref] = item
            self._queue, self._waiting = deque(before.queue), dict(before.waiting)
            self._answered, self._grades = before.answered, before.grades
            self.view = structs.replace(before.asking, item=item)
        return self.view

    def correct(self, memory: Memory | None) -> None:
        """Go on from another memory of the card that waits for an answer or for its grade after a reveal."""
        view = self.view
        if isinstance(view, Asking) or (isinstance(view, Grading) and view.judgement is None):
            item = structs.replace(view.item, memory=memory)
            self._items[item.ref] = item
            self.view = structs.replace(view, item=item)

    def hide_answer(self) -> View:
        """Take a reveal back: ask the card again. Without effect unless an ungraded answer is shown."""
        view = self.view
        if isinstance(view, Grading) and view.judgement is None:
            self.view = Asking(view.item, view.question, view.place)
        return self.view

    def memories(self) -> dict[Ref, Memory]:
        """What is now remembered of the session's cards."""
        return {ref: item.memory for ref, item in self._items.items() if item.memory is not None}

    # ----

    def _apply(self, asking: Asking, view: Grading, judgement: Judgement, grade: Grade, ms: int) -> Reply:
        queue, waiting = tuple(self._queue), dict(self._waiting)
        self._past.append(_Before(asking, queue, waiting, self._answered, self._grades))
        memory = view.outcomes[grade]
        target = target_retention(self._retention(asking.item.ref), judgement.k)
        reply = Reply(
            item=asking.item,
            question=asking.question,
            judgement=judgement,
            position=len(self._grades),
            ms=ms,
            grade=grade,
            target=target,
            memory=memory,
        )
        self._answered |= {asking.item.ref}
        self._grades = (*self._grades, grade)
        self._remember(asking.item, memory)
        return reply

    def _remember(self, item: Item, memory: Memory) -> None:
        self._items[item.ref] = structs.replace(item, memory=memory, times=item.times + 1)
        self._waiting.pop(item.ref, None)
        if memory.due_ms is not None:
            self._waiting[item.ref] = memory.due_ms

    def _grading(self, asking: Asking, judgement: Judgement | None, marked: Grade, now: Moment) -> Grading:
        k = judgement.k if judgement else None
        target = target_retention(self._retention(asking.item.ref), k)
        outcomes = {
            grade: review(
                asking.item.memory,
                Graded(grade, now, target, None, self._scheduler),
                card_key=asking.item.card.key,
            )
            for grade in Grade
        }
        contrast = self._contrast(asking.item, judgement)
        return Grading(asking.item, asking.question, asking.place, judgement, marked, outcomes, contrast)

    def _contrast(self, item: Item, judgement: Judgement | None) -> Card | None:
        """A card to compare with: one that was answered here before, or that is not asked here at all.

        Any other would give its answer away. A card whose answer was just given for this one's comes first.
        """
        found = [
            card
            for card in contrasts(item.card, self._decks[item.ref.deck].cards)
            if isinstance(card, Statement | Choice)
            and ((ref := Ref(item.ref.deck, card.key)) in self._answered or ref not in self._items)
        ]
        mistaken = [card for card in found if judgement is not None and card.answer == judgement.given]
        return next(iter(mistaken or found), None)

    def _retention(self, ref: Ref) -> float:
        return self._decks[ref.deck].study.over(self._usual).retention

    def _ask_next(self, now: Moment, last: Ref | None) -> View:
        ref = self._take(now, last)
        if ref is None:
            right = sum(grade is not Grade.AGAIN for grade in self._grades)
            self.view = Finished(len(self._grades), right, len(self._answered))
            return self.view
        item = self._items[ref]
        question = pose(item.card, times=item.times, random=self._random)
        asked = len(self._grades)
        total = asked + self._asks_left(item) + sum(self._asks_left(self._items[ref]) for ref in self._queue)
        soon = now.at_ms + AHEAD_MS
        total += sum(self._asks_left(self._items[ref]) for ref, due in self._waiting.items() if due <= soon)
        self.view = Asking(item, question, Place(asked + 1, total))
        return self.view

    def _asks_left(self, item: Item) -> int:
        return steps_left(item.memory, self._scheduler)

    def _take(self, now: Moment, last: Ref | None) -> Ref | None:
        """The next card: a learning step that is due, else the queue's, else a step due soon."""
        by_time = sorted(self._waiting, key=lambda ref: self._waiting[ref])
        due = [ref for ref in by_time if self._waiting[ref] <= now.at_ms]
        soon = [ref for ref in by_time if self._waiting[ref] <= now.at_ms + AHEAD_MS]
        for waiting in (due, [] if self._queue else soon):
            # The card that was just answered lets another go first.
            ref = next((ref for ref in waiting if ref != last), None)
            if ref is None and waiting and not self._queue:
                ref = waiting[0]
            if ref is not None:
                del self._waiting[ref]
                return ref
        return self._queue.popleft() if self._queue else None

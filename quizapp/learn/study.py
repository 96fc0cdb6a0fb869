"""The study session: which card is next, reveal, judge, grade. A state machine that knows no screen, no wall
clock and no database."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from random import Random

from msgspec import Struct, structs

from quizapp.deck.card import Card, Choice, Deck, Statement, contrasts
from quizapp.learn.ask import Question, pose
from quizapp.learn.judge import Given, Judgement, judge
from quizapp.learn.schedule import AHEAD_MS, Graded, Plan, review, steps_left
from quizapp.learn.typo import Lexicon
from quizapp.record import Grade, How, Mark, Memory, Moment, Outcome, Ref


class Item(Struct, frozen=True):
    """A card of the session.

    memory: what is remembered of it now. times: how often it was answered. mark: what was set for it.
    mistaken: the wrong answer that it is given most often, of a leech only.
    """

    ref: Ref
    card: Card
    memory: Memory | None
    times: int
    mark: Mark = Mark()
    mistaken: str = ""

    @property
    def is_leech(self) -> bool:
        """Whether it is forgotten again and again."""
        return self.memory is not None and self.memory.is_leech


class Place(Struct, frozen=True):
    """Where in the session a question stands. position: from 1. total: questions, if all goes well."""

    position: int
    total: int


class Asking(Struct, frozen=True):
    """A card waits for its answer. hinted: whether its hint is shown."""

    item: Item
    question: Question
    place: Place
    hinted: bool = False


class Grading(Struct, frozen=True):
    """The answer is on the screen and a grade is due.

    judgement: None if the person revealed the answer and grades it. marked: the grade that Space takes.
    grades: those to choose from; after a hint Easy is not among them. outcomes: the memory after each of
    these; empty where grades move nothing. contrast: a card to compare with, or None.
    """

    item: Item
    question: Question
    place: Place
    judgement: Judgement | None
    marked: Grade
    outcomes: Mapping[Grade, Memory]
    contrast: Card | None
    grades: tuple[Grade, ...] = tuple(Grade)
    hinted: bool = False


class Finished(Struct, frozen=True):
    """Nothing is left to ask. answers: questions answered. right: of these, remembered (not graded Again).
    cards: distinct cards."""

    answers: int
    right: int
    cards: int


View = Asking | Grading | Finished


class Reply(Struct, frozen=True):
    """An answer and what it did to the card's memory: what the log keeps, but for ids and dates.

    graded: the grade with what it was scheduled by; None if it moved nothing, and then memory is as it was.
    """

    item: Item
    question: Question
    judgement: Judgement
    position: int
    ms: int
    hinted: bool
    graded: Graded | None
    memory: Memory | None


class Regrade(Struct, frozen=True):
    """Another grade for an answer that is in the log, and the memory that it leads to."""

    ref: Ref
    grade: Grade
    memory: Memory


class _Before(Struct, frozen=True):
    """What the session was before an answer, or before a card was put aside, to come back to."""

    view: Asking | Grading
    queue: tuple[Ref, ...]
    waiting: dict[Ref, int]
    answered: frozenset[Ref]
    grades: tuple[Grade, ...]


def _asking(view: Grading) -> Asking:
    """The question that an answer belongs to."""
    return Asking(view.item, view.question, view.place, view.hinted)


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
        plans: Mapping[str, Plan],
        random: Random,
    ) -> None:
        """items: in the order in which they are to be asked; learning steps wait for their time instead.
        decks: by id, for contrasts. plans: how each deck's cards are scheduled."""
        self._items = {item.ref: item for item in items}
        self._decks = decks
        self._plans = plans
        self._known = {id_: Lexicon(deck.cards) for id_, deck in decks.items()}
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
        """The card that was answered or put aside last, and not undone."""
        return self._past[-1].view.item.ref if self._past else None

    def start(self, now: Moment) -> View:
        """Ask the first card."""
        return self._ask_next(now, last=None)

    def reveal(self, now: Moment) -> View:
        """Show the answer; nothing is logged until it is graded. Without effect unless a card is asked."""
        if isinstance(self.view, Asking):
            self.view = self._grading(self.view, None, Grade.GOOD, now)
        return self.view

    def hint(self) -> View:
        """Show the card's hint: then it can't be graded Easy. Without effect if it has none, and unless it is
        asked."""
        if isinstance(self.view, Asking) and self.view.item.card.hint:
            self.view = structs.replace(self.view, hinted=True)
        return self.view

    def answer(self, given: Given, now: Moment, ms: int) -> Reply | None:
        """Judge an answer: wrong is Again, right is Good. None unless a card is asked."""
        asking = self.view
        if not isinstance(asking, Asking):
            return None
        judgement = judge(asking.question, given, self._known[asking.item.ref.deck])
        grade = Grade.GOOD if judgement.right else Grade.AGAIN
        view = self._grading(asking, judgement, grade, now)
        reply = self._apply(asking, view, judgement, grade, now, ms)
        self.view = view
        return reply

    def grade(self, grade: Grade, now: Moment, ms: int) -> Reply | Regrade | None:
        """Grade the card and go on.

        A revealed card gives a Reply. A judged one gives a Regrade if the grade is not the marked one, else
        None. None unless a grade is due, and for a grade that is not offered.
        """
        view = self.view
        if not isinstance(view, Grading) or grade not in view.grades:
            return None
        asking = _asking(view)
        result: Reply | Regrade | None = None
        if view.judgement is None:
            outcome = Outcome.WRONG if grade is Grade.AGAIN else Outcome.RIGHT
            judgement = Judgement(outcome=outcome, given="", how=How.REVEALED, k=None)
            # A revealed answer is given when it is graded, so that is when its intervals begin.
            view = self._grading(asking, None, grade, now)
            result = self._apply(asking, view, judgement, grade, now, ms)
        elif grade is not view.marked:
            if view.outcomes:
                result = Regrade(view.item.ref, grade, view.outcomes[grade])
            self._grades = (*self._grades[:-1], grade)
            self._remember(view.item, view.outcomes.get(grade), grade)
        self._ask_next(now, last=view.item.ref)
        return result

    def put_aside(self, mark: Mark, now: Moment) -> View:
        """Ask the card on the screen no more, since it was suspended or buried, and go on. mark: its new."""
        view = self.view
        if not isinstance(view, Finished):
            self._keep(view)
            self._items[view.item.ref] = structs.replace(self._items[view.item.ref], mark=mark)
            self._waiting.pop(view.item.ref, None)
            self._ask_next(now, last=view.item.ref)
        return self.view

    def put_first(self, item: Item) -> View:
        """Ask a card at once, before what is on the screen: the answer to it was undone."""
        view = self.view
        if not isinstance(view, Finished):
            if view.item.ref == item.ref:
                self.view = Asking(item, view.question, view.place)
                self._items[item.ref] = item
                return self.view
            if isinstance(view, Asking) or view.judgement is None:
                self._queue.appendleft(view.item.ref)
        self._items[item.ref] = item
        self._waiting.pop(item.ref, None)
        if item.ref in self._queue:
            self._queue.remove(item.ref)
        self._ask(item, len(self._grades))
        return self.view

    def set_mark(self, mark: Mark) -> View:
        """Take over what was set for the card on the screen."""
        view = self.view
        if not isinstance(view, Finished):
            item = structs.replace(view.item, mark=mark)
            self._items[item.ref] = structs.replace(self._items[item.ref], mark=mark)
            self.view = structs.replace(view, item=item)
        return self.view

    def undo(self, memory: Memory | None) -> View:
        """Take the last answer back and ask its card again, or come back to a card that was put aside.

        memory: what the log says of that card without the answer.
        """
        if self._past:
            before = self._past.pop()
            item = structs.replace(before.view.item, memory=memory)
            self._items[item.ref] = item
            self._queue, self._waiting = deque(before.queue), dict(before.waiting)
            self._answered, self._grades = before.answered, before.grades
            self.view = structs.replace(before.view, item=item)
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
            self.view = _asking(view)
        return self.view

    def memories(self) -> dict[Ref, Memory]:
        """What is now remembered of the session's cards."""
        return {ref: item.memory for ref, item in self._items.items() if item.memory is not None}

    # ----

    def _keep(self, view: Asking | Grading) -> None:
        queue, waiting = tuple(self._queue), dict(self._waiting)
        self._past.append(_Before(view, queue, waiting, self._answered, self._grades))

    def _apply(
        self, asking: Asking, view: Grading, judgement: Judgement, grade: Grade, now: Moment, ms: int
    ) -> Reply:
        self._keep(asking)
        memory = view.outcomes.get(grade)
        graded = self._graded(asking.item.ref, grade, now, judgement.k) if memory is not None else None
        reply = Reply(
            item=asking.item,
            question=asking.question,
            judgement=judgement,
            position=len(self._grades),
            ms=ms,
            hinted=asking.hinted,
            graded=graded,
            memory=memory or asking.item.memory,
        )
        self._answered |= {asking.item.ref}
        self._grades = (*self._grades, grade)
        self._remember(asking.item, memory, grade)
        return reply

    def _remember(self, item: Item, memory: Memory | None, grade: Grade) -> None:  # noqa: ARG002 - for cram
        """Take over what a grade made of a card. memory: None if it moved nothing."""
        self._items[item.ref] = structs.replace(item, memory=memory or item.memory, times=item.times + 1)
        self._waiting.pop(item.ref, None)
        if memory is not None and memory.due_ms is not None:
            self._waiting[item.ref] = memory.due_ms

    def _grading(self, asking: Asking, judgement: Judgement | None, marked: Grade, now: Moment) -> Grading:
        k = judgement.k if judgement else None
        grades = self._grades_after(hinted=asking.hinted)
        return Grading(
            item=asking.item,
            question=asking.question,
            place=asking.place,
            judgement=judgement,
            marked=marked,
            outcomes=self._outcomes(asking.item, grades, now, k),
            contrast=self._contrast(asking.item, judgement),
            grades=grades,
            hinted=asking.hinted,
        )

    def _grades_after(self, *, hinted: bool) -> tuple[Grade, ...]:
        """The grades to choose from. What was remembered with the help of a hint was not easy."""
        return tuple(grade for grade in Grade if not (hinted and grade is Grade.EASY))

    def _outcomes(
        self, item: Item, grades: Sequence[Grade], now: Moment, k: int | None
    ) -> dict[Grade, Memory]:
        """The memory after each grade."""
        return {
            grade: review(item.memory, self._graded(item.ref, grade, now, k), card_key=item.card.key)
            for grade in grades
        }

    def _graded(self, ref: Ref, grade: Grade, now: Moment, k: int | None) -> Graded:
        return self._plans[ref.deck].graded(grade, now, k)

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

    def _ask_next(self, now: Moment, last: Ref | None) -> View:
        ref = self._take(now, last)
        if ref is None:
            right = sum(grade is not Grade.AGAIN for grade in self._grades)
            self.view = Finished(len(self._grades), right, len(self._answered))
            return self.view
        soon = now.at_ms + AHEAD_MS
        waiting = [self._items[ref] for ref, due in self._waiting.items() if due <= soon]
        self._ask(self._items[ref], len(self._grades) + sum(map(self._asks_left, waiting)))
        return self.view

    def _ask(self, item: Item, others: int) -> None:
        """Ask a card. others: questions of the session beside it and those of the queue."""
        question = pose(item.card, times=item.times, random=self._random)
        total = others + self._asks_left(item) + sum(self._asks_left(self._items[ref]) for ref in self._queue)
        self.view = Asking(item, question, Place(len(self._grades) + 1, total))

    def _asks_left(self, item: Item) -> int:
        return steps_left(item.memory, self._plans[item.ref.deck].scheduler)

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

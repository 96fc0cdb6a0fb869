"""The study session: which card is next, reveal, judge, grade. A state machine that knows no screen, no wall
clock and no database."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from msgspec import structs

from quizapp.deck.card import Card, Choice, Deck, Statement, contrasts
from quizapp.learn.ask import pose
from quizapp.learn.asked_decks import AskedDecks, is_other, says_the_same
from quizapp.learn.line import Line
from quizapp.learn.minutes import Budget, answer_ms
from quizapp.learn.schedule import Graded, Plan, review
from quizapp.learn.study_views import (
    Asking,
    Before,
    Finished,
    Grading,
    Item,
    Place,
    Regrade,
    Reply,
    View,
    moved,
)
from quizapp.record import Grade, How, Mark, Memory, Moment, Outcome, Ref

if TYPE_CHECKING:
    from quizapp.learn.judge import Given, Judgement

__all__ = ["Asking", "Finished", "Grading", "Item", "Place", "Regrade", "Reply", "StudySession", "View"]


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
        budget: Budget | None = None,
    ) -> None:
        """items: in the order in which they are to be asked; learning steps wait for their time instead.
        decks: by id, for contrasts. plans: how each deck's cards are scheduled. budget: the minutes after
        which it ends, None if it has no limit."""
        self._items = {item.ref: item for item in items}
        self._decks = AskedDecks(decks)
        self._plans = plans
        self._random = random
        self._line = Line(self._items.values())
        self._answered: frozenset[Ref] = frozenset()
        self._aside: frozenset[Ref] = frozenset()
        self._grades: tuple[Grade, ...] = ()
        self._past: list[Before] = []
        self.budget = budget
        """The minutes that there are. What is undone gives none back, for the time is gone."""
        self.view: View = Finished(0, 0, 0)

    @property
    def answers(self) -> int:
        """How many answers were given that were not undone."""
        return len(self._grades)

    def has(self, ref: Ref) -> bool:
        """Whether a card is one of the session's."""
        return ref in self._items

    def start(self, now: Moment) -> View:
        """Ask the first card."""
        for ref in self._line.waiting:
            memory = self._items[ref].memory
            if memory is not None and memory.is_ahead(now):
                # Its time was set by a clock that ran ahead.
                self._line.waiting[ref] = now.at_ms
        return self._ask_next(now, last=None)

    def go_on(self, now: Moment) -> View:
        """Ask what still waits, with no limit from now on. Without effect unless the minutes are used up."""
        if isinstance(self.view, Finished) and self.view.left:
            self.budget = None
            self._ask_next(now, last=None)
        return self.view

    def reveal(self, now: Moment) -> View:
        """Show the answer; nothing is logged until it is graded. Without effect unless a card is asked."""
        if isinstance(self.view, Asking):
            self.view = self._grading(self.view, None, Grade.GOOD, now)
        return self.view

    def renew(self, decks: Mapping[str, Deck]) -> None:
        """Ask with these decks from the next card on: each card as it is there, and none that is not there
        any more. What is on the screen stays. It may be called while another thread grades."""
        self._decks.renew(decks)

    def take_edits(self, decks: Mapping[str, Deck], moves: Mapping[Ref, Ref], now: Moment) -> View:
        """Go on at once with decks in which a person edited cards. moves: those that have another key now.

        What waits for its answer is asked as it reads now, or the next card where it is gone or of another
        kind. Feedback stays as it is.
        """
        self._move(lambda ref: moves.get(ref, ref))
        self._decks.renew(decks)
        self._decks.take_over()
        view = self.view
        if isinstance(view, Finished) or (isinstance(view, Grading) and view.judgement is not None):
            return view
        item = self._decks.as_it_reads(view.item)
        if item is None or is_other(item.card, view.item.card):
            return self._ask_next(now, last=view.item.ref)
        if says_the_same(item.card, view.item.card):
            return view
        asking = self._as_it_reads(view.asking if isinstance(view, Grading) else view)
        self._items[item.ref] = asking.item
        self.view = self._grading(asking, None, view.marked, now) if isinstance(view, Grading) else asking
        return self.view

    def _as_it_reads(self, view: Asking) -> Asking:
        """A question that comes back, with what its card says by now. Of a card that is gone, or of another
        kind by now, it is as it was."""
        item, before = self._decks.as_it_reads(view.item), view.item.card
        if item is None or is_other(item.card, before) or says_the_same(item.card, before):
            return view
        question = pose(item.card, times=item.times, random=self._random)
        return Asking(item, question, view.place, view.hinted and bool(item.card.hint))

    def _move(self, to: Callable[[Ref], Ref]) -> None:
        """Know each card by another key."""
        self._items = {to(ref): structs.replace(item, ref=to(ref)) for ref, item in self._items.items()}
        self._line.move(to)
        self._answered, self._aside = frozenset(map(to, self._answered)), frozenset(map(to, self._aside))
        self._past = [before.moved(to) for before in self._past]
        if not isinstance(self.view, Finished) and to(self.view.item.ref) != self.view.item.ref:
            self.view = moved(self.view, to)

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
        # With what it needs half a millisecond of the start: home asks, and judges nothing.
        from quizapp.learn.judge import judge

        judgement = judge(asking.question, given, self._decks.known(asking.item.ref.deck))
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
        asking = view.asking
        result: Reply | Regrade | None = None
        if view.judgement is None:
            outcome = Outcome.WRONG if grade is Grade.AGAIN else Outcome.RIGHT
            from quizapp.learn.judge import Judgement  # as in `answer`

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
            ref = view.item.ref
            self._keep(view.asking if isinstance(view, Grading) and view.judgement is None else view)
            self._items[ref] = structs.replace(self._items[ref], mark=mark)
            self._aside |= {ref}
            self._line.drop(ref)
            self._ask_next(now, last=ref)
        return self.view

    def put_first(self, item: Item) -> View:
        """Ask a card at once, before what is on the screen: the answer to it was undone."""
        view = self.view
        if not isinstance(view, Finished):
            if view.item.ref == item.ref:
                self.view = Asking(item, view.question, view.place, view.hinted)
                self._items[item.ref] = item
                return self.view
            if isinstance(view, Asking) or view.judgement is None:
                self._line.queue.appendleft(view.item.ref)
        self._items[item.ref] = item
        self._aside -= {item.ref}
        self._line.drop(item.ref)
        self._ask(item)
        return self.view

    def set_mark(self, mark: Mark) -> View:
        """Take over what was set for the card on the screen."""
        view = self.view
        if not isinstance(view, Finished):
            item = structs.replace(view.item, mark=mark)
            self._items[item.ref] = structs.replace(self._items[item.ref], mark=mark)
            self.view = structs.replace(view, item=item)
        return self.view

    def undo(self, memory: Memory | None, mark: Mark) -> View:
        """Take the last answer back and ask its card again, or come back to a card that was put aside.

        memory, mark: what the log says of that card without what is taken back.
        """
        if self._past:
            self._decks.take_over()
            before = self._past.pop()
            view = before.view
            if isinstance(view, Grading):
                # It was put aside after its answer, which stays: what is remembered has that in it.
                item = structs.replace(self._items[view.item.ref], memory=memory, mark=mark)
                self.view = structs.replace(view, item=structs.replace(view.item, mark=mark))
            else:
                item = structs.replace(view.item, memory=memory, mark=mark)
                self.view = asking = self._as_it_reads(structs.replace(view, item=item))
                item = asking.item
            self._items[item.ref] = item
            self._line.queue, self._line.waiting = deque(before.queue), dict(before.waiting)
            self._answered, self._aside, self._grades = before.answered, before.aside, before.grades
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
            self.view = view.asking
        return self.view

    def memories(self) -> dict[Ref, Memory]:
        """What is now remembered of the session's cards."""
        return {ref: item.memory for ref, item in self._items.items() if item.memory is not None}

    # ----

    def _keep(self, view: Asking | Grading) -> None:
        queue, waiting = tuple(self._line.queue), dict(self._line.waiting)
        self._past.append(Before(view, queue, waiting, self._answered, self._aside, self._grades))

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
        if self.budget is not None:
            spent = self.budget.spent_ms + answer_ms(ms)
            self.budget = structs.replace(self.budget, spent_ms=spent)
        self._answered |= {asking.item.ref}
        self._grades = (*self._grades, grade)
        self._remember(asking.item, memory, grade)
        return reply

    def _remember(self, item: Item, memory: Memory | None, grade: Grade) -> None:  # noqa: ARG002 - for cram
        """Take over what a grade made of a card. memory: None if it moved nothing."""
        self._items[item.ref] = structs.replace(item, memory=memory or item.memory, times=item.times + 1)
        self._line.waiting.pop(item.ref, None)
        if memory is not None and memory.due_ms is not None:
            self._line.waiting[item.ref] = memory.due_ms

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

        Any other would give its answer away. A card whose answer was just given for this one's comes first;
        of a leech, one whose answer it is given most often.
        """
        found = [
            card
            for card in contrasts(item.card, self._decks[item.ref.deck].cards)
            if isinstance(card, Statement | Choice)
            and ((ref := Ref(item.ref.deck, card.key)) in self._answered or ref not in self._items)
        ]
        taken_for = (item.mistaken, judgement.given if judgement is not None else "")
        named = (card for answer in taken_for if answer for card in found if card.answer == answer)
        return next(named, next(iter(found), None))

    def _ask_next(self, now: Moment, last: Ref | None) -> View:
        self._decks.take_over()
        if self.budget is not None and self.budget.is_up and (left := self._left(now)):
            return self._finish(left, self.budget.minutes)
        ref = self._take(now, last)
        while ref is not None and not self._is_there(ref):
            ref = self._take(now, last)
        if ref is None:
            return self._finish()
        self._ask(self._items[ref])
        return self.view

    def _finish(self, left: int = 0, minutes: int = 0) -> Finished:
        right = sum(grade is not Grade.AGAIN for grade in self._grades)
        answered, aside = len(self._answered), len(self._aside)
        self.view = finished = Finished(len(self._grades), right, answered, aside, left, minutes)
        return finished

    def _take(self, now: Moment, last: Ref | None) -> Ref | None:
        """The next card; None if there is no other. last: the one that was just answered."""
        return self._line.take(now, last)

    def _left(self, now: Moment) -> int:
        """How many cards there are still to ask."""
        return sum(map(self._is_there, self._line.soon(now)))

    def _is_there(self, ref: Ref) -> bool:
        """Whether its deck still has a card; then it is asked as it is there."""
        item = self._decks.as_it_reads(self._items[ref])
        if item is not None:
            self._items[ref] = item
        return item is not None

    def _ask(self, item: Item) -> None:
        """Ask a card."""
        question = pose(item.card, times=item.times, random=self._random)
        left = {item.ref, *self._line}
        done, again = self._answered - left - self._aside, self._answered & left
        met = done | again | {item.ref}
        self.view = Asking(item, question, Place(len(met), len(done | left), len(again), len(done)))

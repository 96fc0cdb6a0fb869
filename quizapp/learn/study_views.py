"""What a study session takes, shows and returns: plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from quizapp.deck.card import Card
from quizapp.learn.ask import Question
from quizapp.learn.schedule import Graded
from quizapp.record import Grade, Mark, Memory, Ref

if TYPE_CHECKING:
    from quizapp.learn.judge import Judgement


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
    """How far the session has come, in cards; one that was put aside counts no more.

    position: of the card on the screen among those that were met, from 1; that of the last one where a card
    comes again. total: all. again: those that were answered and are still asked, the one on the screen
    included. done: those that were answered and are not.
    """

    position: int
    total: int
    again: int
    done: int

    @property
    def fraction(self) -> float:
        """How much is done, from 0 to 1. It grows with every card that is met, and with every one that is
        done."""
        return (2 * self.done + self.again) / (2 * self.total)


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

    @property
    def asking(self) -> Asking:
        """The question that the answer belongs to."""
        return Asking(self.item, self.question, self.place, self.hinted)

    @property
    def leech(self) -> int:
        """How often the card was forgotten, a wrong answer to it now included; 0 unless it is a leech that
        was answered wrong, or waits for a grade."""
        if self.judgement is not None and self.judgement.right:
            return 0
        known = self.item.memory
        if self.judgement is not None:
            known = self.outcomes.get(Grade.AGAIN, known)
        return known.lapses if known is not None and known.is_leech else 0


class Finished(Struct, frozen=True):
    """Nothing is left to ask, or no time. answers: questions answered. right: of these, remembered (not
    graded Again). cards: distinct cards. aside: cards that were put aside. left: cards that still wait where
    it is the time that is used up, so many minutes; else 0."""

    answers: int
    right: int
    cards: int
    aside: int = 0
    left: int = 0
    minutes: int = 0


View = Asking | Grading | Finished


class Before(Struct, frozen=True):
    """What the session was before an answer, or before a card was put aside, to come back to."""

    view: Asking | Grading
    queue: tuple[Ref, ...]
    waiting: dict[Ref, int]
    answered: frozenset[Ref]
    aside: frozenset[Ref]
    grades: tuple[Grade, ...]

    def moved(self, to: Callable[[Ref], Ref]) -> Before:
        """The same, with each card known by another key."""
        return structs.replace(
            self,
            view=moved(self.view, to),
            queue=tuple(map(to, self.queue)),
            waiting={to(ref): due for ref, due in self.waiting.items()},
            answered=frozenset(map(to, self.answered)),
            aside=frozenset(map(to, self.aside)),
        )


def moved(view: Asking | Grading, to: Callable[[Ref], Ref]) -> Asking | Grading:
    """A view whose card is known by another key."""
    return structs.replace(view, item=structs.replace(view.item, ref=to(view.item.ref)))


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

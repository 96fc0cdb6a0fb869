"""Is this answer right?"""

from __future__ import annotations

from msgspec import Struct

from quizapp.deck.card import Card, Typed
from quizapp.learn.ask import Question
from quizapp.learn.same import same_text
from quizapp.learn.typo import Lexicon, is_typo
from quizapp.record import How, Outcome


class Chosen(Struct, frozen=True):
    """An option was chosen. place: 0-based, in the question's options."""

    place: int


class Written(Struct, frozen=True):
    """An answer was typed."""

    text: str


Given = Chosen | Written


class Judgement(Struct, frozen=True):
    """What an answer came to. given: its text. k: number of options it was chosen from, or None.

    near: the right answer that a typed one differs from, "" where it is the same or nothing like it. typo: it
    counts as right all the same.
    """

    outcome: Outcome
    given: str
    how: How
    k: int | None
    near: str = ""
    typo: bool = False

    @property
    def right(self) -> bool:
        """Whether the answer was right."""
        return self.outcome is Outcome.RIGHT


def judge(question: Question, given: Given, known: Lexicon | None = None) -> Judgement:
    """Judge an answer to the question. Raises IndexError if the place chosen is not on the screen.

    known: of the card's deck, without which a typo may be taken for one where another answer was meant.
    """
    match given:
        case Chosen(place):
            if place < 0:  # Python would count it from the end
                raise IndexError(place)
            text = question.options[place].text
            outcome = Outcome.RIGHT if text == question.card.answer else Outcome.WRONG
            return Judgement(outcome=outcome, given=text, how=How.CHOSEN, k=question.k)
        case Written(text):
            return _judge_written(question.card, text, known or Lexicon((question.card,)))


def _judge_written(card: Card, text: str, known: Lexicon) -> Judgement:
    right = (card.answer, *(card.accept if isinstance(card, Typed) else ()))
    if any(same_text(text, answer) for answer in right):
        return Judgement(outcome=Outcome.RIGHT, given=text, how=How.TYPED, k=None)
    from quizapp.learn.difference import nearest  # half a millisecond of the start, for what is typed wrong

    near = nearest(text, right)
    typo = bool(near) and is_typo(text, near, right, known)
    return Judgement(
        outcome=Outcome.RIGHT if typo else Outcome.WRONG,
        given=text,
        how=How.TYPED,
        k=None,
        near=near,
        typo=typo,
    )


def unanswered(question: Question, outcome: Outcome) -> Judgement:
    """What a question came to that got no answer. outcome: timeout or skipped."""
    how = How.TYPED if question.typed else How.CHOSEN
    return Judgement(outcome=outcome, given="", how=how, k=question.k)

"""Is this answer right?"""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from quizapp.deck.card import Typed
from quizapp.deck.text import collapse
from quizapp.learn.ask import Question
from quizapp.record import How, Outcome


class Chosen(Struct, frozen=True):
    """An option was chosen. place: 0-based, in the question's options."""

    place: int


class Written(Struct, frozen=True):
    """An answer was typed."""

    text: str


Given = Chosen | Written


class Judgement(Struct, frozen=True):
    """What an answer came to. given: its text. k: number of options it was chosen from, or None."""

    outcome: Outcome
    given: str
    how: How
    k: int | None

    @property
    def right(self) -> bool:
        """Whether the answer was right."""
        return self.outcome is Outcome.RIGHT


def judge(question: Question, given: Given) -> Judgement:
    """Judge an answer to the question. Raises IndexError if the place chosen is not on the screen."""
    match given:
        case Chosen(place):
            if place < 0:  # Python would count it from the end
                raise IndexError(place)
            text = question.options[place].text
            outcome = Outcome.RIGHT if text == question.card.answer else Outcome.WRONG
            return Judgement(outcome=outcome, given=text, how=How.CHOSEN, k=question.k)
        case Written(text):
            card = question.card
            accepted = [card.answer, *(card.accept if isinstance(card, Typed) else ())]
            right = any(same_text(text, answer) for answer in accepted)
            outcome = Outcome.RIGHT if right else Outcome.WRONG
            return Judgement(outcome=outcome, given=text, how=How.TYPED, k=None)


def unanswered(question: Question, outcome: Outcome) -> Judgement:
    """What a question came to that got no answer. outcome: timeout or skipped."""
    how = How.TYPED if question.typed else How.CHOSEN
    return Judgement(outcome=outcome, given="", how=how, k=question.k)


def same_text(left: str, right: str) -> bool:
    """Whether two typed texts count as the same; Unicode form, case, white space, punctuation are forgiven.

    Signs that change a meaning (C and C#, 1.5 and 15, -1 and 1) are not.
    """
    if collapse(left) == collapse(right):
        return True
    folded = fold(left)
    if folded and folded == fold(right):
        return True
    # A keyboard has no minus: a hyphen may be meant as one.
    signed = fold(left.replace("-", "−"))
    return bool(signed) and signed == fold(right.replace("-", "−"))


_APOSTROPHES = frozenset("'’‘`´")
_PUNCTUATION = frozenset('.,;:!?¿¡…·"')


def fold(text: str) -> str:
    """The text as it is compared: NFC, caseless, punctuation between words as one space."""
    text = unicodedata.normalize("NFC", collapse(text).casefold())
    out: list[str] = []
    for place, sign in enumerate(text):
        following = text[place + 1 : place + 2]
        if sign in _APOSTROPHES:
            continue
        before = text[place - 1] if place else " "
        decimal = sign in ".," and following.isdigit()
        # Not so in covid-19 or f(2)-1; but in x=-1, (-1) and -.5.
        number = following.isdigit() or (following in {".", ","} and text[place + 2 : place + 3].isdigit())
        negative = sign in "-−" and number and not before.isalnum() and before not in ")]}"
        bracket = unicodedata.category(sign) in ("Pd", "Ps", "Pe", "Pi", "Pf")
        if not negative and not decimal and (sign in _PUNCTUATION or bracket):
            out.append(" ")
        else:
            out.append(sign)
    return " ".join("".join(out).split())

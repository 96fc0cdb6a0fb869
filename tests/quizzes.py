"""Whole quizzes, without a screen."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from quizapp.deck.card import Card, Deck
from quizapp.learn.judge import Chosen
from quizapp.learn.quiz import Asking, QuizSetup
from quizapp.learn.setup import Mode
from quizapp.record import Moment
from quizapp.scores.store import Store
from quizapp.sitting import QuizSitting, quiz

RIGHT_MS, WRONG_MS = 1500, 2500


def taken(
    store: Store,
    clock: Callable[[], Moment],
    quizzed: Deck,
    setup: QuizSetup,
    answers: str,
    *,
    cards: tuple[Card, ...] | None = None,
    seed: int = 1,
    ended: bool = True,
    certainty: str = "",
) -> QuizSitting:
    """A quiz with these answers: + right after 1.5 s, - wrong after 2.5 s, q wrong after 0.5 s, t too late,
    n none in an exam, which goes on.

    ended: whether it is ended then, an exam by submitting it; else it is left as a killed program leaves it.
    certainty: a digit an answer.
    """
    setup = structs.replace(setup, seed=seed)
    sitting = quiz(store, clock, quizzed, cards or quizzed.cards, setup)
    sitting.begin()
    now, exam = 0.0, setup.mode is Mode.EXAM
    for place, sign in enumerate(answers):
        view = sitting.view
        assert isinstance(view, Asking), f"the quiz is over before answer {place}"
        sitting.session.painted(now)
        if sign == "t":
            now += 1000
            sitting.tick(now)
        elif sign != "n":
            now += {"+": RIGHT_MS, "-": WRONG_MS, "q": 500}[sign] / 1000
            marks = [option.text == view.question.card.answer for option in view.question.options]
            sure = int(certainty[place]) if certainty else None
            sitting.answer(Chosen(marks.index(sign == "+")), now, sure)
        if sign == "n":
            sitting.next(now)
        sitting.go_on()
    if ended and exam:
        sitting.submit(now)
    elif ended:
        sitting.end(now)
    return sitting

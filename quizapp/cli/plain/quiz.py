"""A quiz by lines, in any mode."""

from __future__ import annotations

from msgspec import structs

from quizapp.cli.plain.cards import PlainCards
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.exam import PlainExam
from quizapp.deck.card import Deck
from quizapp.learn.exam import ExamSession
from quizapp.learn.setup import NoCards, QuizSetup
from quizapp.overview import distractors_of, why_no_quiz
from quizapp.settings.values import counting_quiz
from quizapp.sitting import quiz


def take_quiz(desk: Desk, deck: Deck, setup: QuizSetup) -> None:
    """A quiz on a deck; one without a seed gets one of its own."""
    named = bool(setup.seed)
    setup = setup if named else structs.replace(setup, seed=desk.seed())
    counts, wrong = counting_quiz(desk.settings), distractors_of(deck)
    try:
        sitting = quiz(desk.store, desk.clock, deck, deck.cards, setup, counts, wrong, repeatable=named)
    except NoCards as none:
        desk.lines.say(why_no_quiz(deck, none))
        return
    match sitting.session:
        case ExamSession() as session:
            PlainExam(desk, sitting, session).run()
        case session:
            PlainCards(desk, sitting, session).run()

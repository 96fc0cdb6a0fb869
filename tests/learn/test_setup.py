"""What is quizzed and how: what fits a mode, what is usual, and what is said where it can't be."""

from __future__ import annotations

from random import Random

import pytest

from quizapp.deck.card import Card, Flip
from quizapp.learn.exam import ExamSession, session_for
from quizapp.learn.order import most_cards
from quizapp.learn.setup import (
    BadSetup,
    Mode,
    NoCards,
    QuizSetup,
    TooManyCards,
    cards_to_ask,
    usual_setup,
)
from tests.learn.test_quiz import TWO, deck, typed

FLIP = Flip(key="f", entry=0, prompt="f", answer="back")


@pytest.mark.parametrize(
    ("mode", "given", "sentence"),
    [
        (Mode.SPRINT, {}, "A sprint needs a number of seconds, at least 1."),
        (Mode.SPRINT, {"seconds": 0}, "A sprint needs a number of seconds, at least 1."),
        (
            Mode.SPRINT,
            {"seconds": 60, "cards": 5},
            "A sprint ends with its time; leave out the number of cards.",
        ),
        (Mode.PRACTICE, {"seconds": 60}, "Practice has no clock; leave out the seconds."),
        (Mode.COUNTDOWN, {"seconds": 60}, "A countdown gives each card its own time; leave out the seconds."),
        (Mode.SURVIVAL, {"seconds": 60}, "Survival gives each card its own time; leave out the seconds."),
        (Mode.SURVIVAL, {"cards": 5}, "Survival ends with the last life; leave out the number of cards."),
        (Mode.EXAM, {"cards": 20}, "An exam needs a number of seconds, at least 1."),
        (Mode.EXAM, {"cards": 20, "seconds": 0}, "An exam needs a number of seconds, at least 1."),
        (Mode.EXAM, {"seconds": 200}, "An exam needs a number of cards, at least 1."),
        (Mode.EXAM, {"seconds": 200, "cards": 0}, "A quiz needs at least 1 card, not 0."),
        (Mode.COUNTDOWN, {"cards": -1}, "A quiz needs at least 1 card, not -1."),
        (Mode.COUNTDOWN, {"certainty": True}, "Only an exam asks how sure you are."),
        (Mode.COUNTDOWN, {"pace": 1.5}, "The pace is 1 or 2, not 1.5."),
    ],
)
def test_what_does_not_fit_the_mode_is_said_in_a_sentence(
    mode: Mode, given: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadSetup) as caught:
        QuizSetup(mode=mode, **given)  # type: ignore[arg-type] # passed on as it is
    assert str(caught.value) == sentence


def test_the_usual_exam_has_twenty_cards_of_ten_seconds_or_what_there_is() -> None:
    setup = usual_setup(Mode.EXAM, 43)
    assert (setup.cards, setup.seconds, setup.time) == (20, 200, 200)
    assert usual_setup(Mode.EXAM, 43, pace=2).time == 400
    assert (usual_setup(Mode.EXAM, 7).cards, usual_setup(Mode.EXAM, 7).seconds) == (7, 70)
    assert (usual_setup(Mode.EXAM, 43, cards=40).seconds, usual_setup(Mode.EXAM, 43, seconds=90).cards) == (
        400,
        20,
    )
    with pytest.raises(NoCards, match="no cards"):
        cards_to_ask([], usual_setup(Mode.EXAM, 0))


def test_the_usual_of_the_other_modes() -> None:
    assert usual_setup(Mode.SPRINT, 43).seconds == 60
    assert usual_setup(Mode.SPRINT, 43, seconds=30).seconds == 30
    for mode in (Mode.PRACTICE, Mode.COUNTDOWN, Mode.SURVIVAL):
        setup = usual_setup(mode, 43)
        assert (setup.seconds, setup.cards) == (None, None)


def test_a_pace_changes_no_sprint_and_no_practice() -> None:
    paced = {mode: usual_setup(mode, 9, pace=2).paced for mode in Mode}
    assert paced == {
        Mode.PRACTICE: 1,
        Mode.SPRINT: 1,
        Mode.EXAM: 2,
        Mode.COUNTDOWN: 2,
        Mode.SURVIVAL: 2,
    }
    assert usual_setup(Mode.SPRINT, 9, pace=2).time == 60


def test_any_quiz_can_be_drilled() -> None:
    for mode in Mode:
        setup = usual_setup(mode, 43, choices=TWO, certainty=mode is Mode.EXAM, pace=2)
        drill = setup.for_drill()
        assert (drill.mode, drill.drill, drill.seconds, drill.cards) == (Mode.PRACTICE, True, None, None)
        assert drill.choices == TWO


@pytest.mark.parametrize("mode", [Mode.EXAM, Mode.COUNTDOWN, Mode.PRACTICE])
def test_too_many_cards_are_told_with_how_many_there_are(mode: Mode) -> None:
    def most(cards: list[Card], wanted: int) -> str:
        setup = usual_setup(mode, 99, choices=TWO, cards=wanted)
        with pytest.raises(TooManyCards) as caught:
            session_for(cards, setup, seen={}, random=Random(1))
        return str(caught.value)

    assert most(deck(5, 5), 10_000) == "There are 10 cards to ask; 10,000 are too many."
    assert most(deck(5, 7), 11) == (
        "There are 10 cards to ask, equally many for each answer; 11 are too many."
    )
    assert most([typed("a")], 2) == "There is 1 card to ask; 2 are too many."


def test_as_many_as_there_are_is_not_too_many() -> None:
    setup = usual_setup(Mode.EXAM, 10, choices=TWO, cards=10)
    session = session_for(deck(5, 7), setup, seen={}, random=Random(1))
    assert isinstance(session, ExamSession)
    assert (session.total, len(session.cards)) == (10, 12)


def test_flip_cards_can_be_asked_with_distractors() -> None:
    setup = QuizSetup(mode=Mode.PRACTICE)
    with pytest.raises(NoCards, match="flip cards"):
        cards_to_ask([FLIP], setup)
    with pytest.raises(NoCards, match="flip cards"):
        cards_to_ask([FLIP], setup, {"f": (" BACK ",)})  # that would be right as well
    assert cards_to_ask([FLIP], setup, {"f": ("other",)}) == (FLIP,)
    assert most_cards([FLIP, *deck(2, 3)], TWO, {"f": ("other",)}) == 5

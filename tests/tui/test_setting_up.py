"""What can be chosen of a quiz: each step gives a setup that fits."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from quizapp.deck.card import Deck, QuizDefaults
from quizapp.learn.exam import session_for
from quizapp.learn.order import NO_DISTRACTORS
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.overview import quiz_in, usual_quiz
from quizapp.tui.setting_up import Form
from tests.builders import deck, statement

SIDES = ("BPO", "KPO")
THREE = structs.replace(
    deck(*(statement(f"{side} {number}", side) for number in range(8) for side in (*SIDES, "Both"))),
    quiz=QuizDefaults(choices=SIDES),
)


def form(setup: QuizSetup | None = None, whole: Deck = THREE) -> Form:
    return Form(whole, setup or usual_quiz(whole), NO_DISTRACTORS)


def values(shown: Form) -> dict[str, str]:
    return {row.key: row.value for row in shown.rows}


class TestRows:
    def test_each_mode_has_what_can_be_chosen_of_it(self) -> None:
        choices = {"choice:BPO", "choice:KPO", "choice:Both"}
        expected = {
            Mode.PRACTICE: {"cards"},
            Mode.SPRINT: {"seconds"},
            Mode.EXAM: {"cards", "each", "certainty", "pace"},
            Mode.COUNTDOWN: {"cards", "pace"},
            Mode.SURVIVAL: {"pace"},
        }
        for mode, keys in expected.items():
            assert set(values(form(quiz_in(mode, THREE)))) == {"mode"} | keys | choices

    def test_two_choices_are_no_choice(self) -> None:
        two = deck(
            statement("a", "BPO", choices=("BPO", "KPO")), statement("b", "KPO", choices=("BPO", "KPO"))
        )
        assert not [key for key in values(form(whole=two)) if key.startswith("choice")]


class TestSteps:
    def test_the_mode_goes_round_and_keeps_choices_and_time(self) -> None:
        setup = structs.replace(quiz_in(Mode.SURVIVAL, THREE), choices=(), pace=2.0)
        for mode in (Mode.PRACTICE, Mode.SPRINT, Mode.EXAM, Mode.COUNTDOWN, Mode.SURVIVAL):
            setup = form(setup).step("mode", 1)
            assert (setup.mode, setup.choices, setup.pace) == (mode, (), 2.0)
        assert form(setup).step("mode", -1).mode is Mode.COUNTDOWN

    def test_lengths_stop_at_both_ends_and_have_the_decks_own(self) -> None:
        own = structs.replace(THREE, quiz=structs.replace(THREE.quiz, seconds=45))
        setup = usual_quiz(own)
        assert setup.seconds == 45
        assert form(setup, own).step("seconds", -1).seconds == 30
        assert form(setup, own).step("seconds", -9).seconds == 30
        setup = form(setup, own).step("seconds", 1)
        assert setup.seconds == 60

    @pytest.mark.parametrize("mode", [Mode.PRACTICE, Mode.COUNTDOWN])
    def test_all_cards_is_the_most(self, mode: Mode) -> None:
        setup = quiz_in(mode, THREE)
        assert values(form(setup))["cards"] == "all 16"
        setup = form(setup).step("cards", -1)
        assert setup.cards == 15
        assert form(setup).step("cards", 1).cards is None

    def test_an_exam_keeps_its_seconds_a_card(self) -> None:
        setup = quiz_in(Mode.EXAM, THREE)
        assert (setup.cards, setup.seconds) == (16, 160)
        setup = form(setup).step("each", 1)
        assert setup.seconds == 16 * 15
        setup = form(setup).step("cards", -1)
        assert (setup.cards, setup.seconds) == (15, 15 * 15)

    def test_two_choices_stay(self) -> None:
        setup = usual_quiz(THREE)
        assert form(setup).step("choice:BPO", 1) == setup
        every = form(setup).step("choice:Both", 1)
        assert every.choices == ()
        assert form(every).step("choice:KPO", 1).choices == ("BPO", "Both")

    def test_choices_without_cards_are_not_asked_alone(self) -> None:
        few = structs.replace(
            deck(
                *(
                    statement(f"{side} {n}", side, choices=("A", "B", "C", "D"))
                    for n in range(5)
                    for side in "AB"
                )
            )
        )
        setup = form(quiz_in(Mode.EXAM, few), few).step("choice:A", 1)
        setup = form(setup, few).step("choice:B", 1)
        assert setup.cards
        assert form(setup, few).step("cards", -9).cards

    def test_fewer_choices_leave_fewer_cards(self) -> None:
        exam = structs.replace(quiz_in(Mode.EXAM, THREE), choices=(), cards=24, seconds=240)
        assert form(exam).step("choice:KPO", 1) == structs.replace(
            exam, choices=("BPO", "Both"), cards=16, seconds=160
        )

    @given(steps=st.lists(st.tuples(st.integers(0, 9), st.integers(-2, 2)), max_size=25))
    def test_whatever_is_chosen_can_be_asked(self, steps: list[tuple[int, int]]) -> None:
        setup = usual_quiz(THREE)
        for place, number in steps:
            rows = form(setup).rows
            setup = form(setup).step(rows[place % len(rows)].key, number)
            session = session_for(THREE.cards, setup, seen={}, random=Random(1))
            assert session.total is None or session.total <= form(setup).most

"""A quiz by lines, with a clock that only moves while a line is typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from quizapp.cli.plain.quiz import take_quiz
from quizapp.cli.plain.results import confusion_lines, points
from quizapp.deck.card import Deck
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.score import Confusion
from quizapp.record import Memory, Ref, State
from quizapp.settings.values import QuizSettings, Settings
from tests.builders import deck, flip, statement, typed
from tests.cli.plain import Meet, Person, Said

SIDES = deck(
    statement("Anyone can do it.", "BPO", why="It is easy.", choices=("BPO", "KPO")),
    statement("Few can do it.", "KPO", why="It is hard.", choices=("BPO", "KPO")),
)
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60)
PRACTICE = QuizSetup(mode=Mode.PRACTICE)


def right(person: Person) -> str:
    return "b" if "Anyone can do it." in person.last else "k"


def wrong(person: Person) -> str:
    return "k" if "Anyone can do it." in person.last else "b"


def quiz(
    person: Person, *script: Said | tuple[float, Said], setup: QuizSetup = SPRINT, of: Deck = SIDES
) -> str:
    person.types(*script)
    take_quiz(person.desk, of, setup)
    return person.text


@pytest.fixture
def person(meet: Meet) -> Person:
    return meet()


class TestASprint:
    def test_it_says_what_comes_and_waits(self, person: Person) -> None:
        assert quiz(person) == ("\nD. Sprint.\nReady. 60 seconds. b BPO, k KPO. Enter begins; ? helps.\n")
        assert person.store.events() == []

    def test_a_right_answer_goes_straight_on(self, person: Person) -> None:
        text = quiz(person, (300.0, ""), (2.0, right), (3.5, right))
        assert "\nRight. 1 right, 58 seconds left.\n\n" in text
        assert "\nRight. 2 right, 55 seconds left.\n\n" in text
        assert "It is easy." not in text

    def test_a_wrong_answer_waits_with_its_reason_and_the_clock_stands_still(self, person: Person) -> None:
        text = quiz(person, "", (2.0, wrong), (500.0, "huh"), (500.0, ""), (1.0, right))
        assert "0 right, 58 seconds left.\nIt is " in text
        assert "Enter goes on.\nEnter goes on; quit ends the quiz.\n\n" in text
        assert "Right. 1 right, 57 seconds left." in text
        assert [one.answer.ms for one in person.store.answers()] == [2000, 1000]

    def test_what_is_not_known_costs_time_and_nothing_else(self, person: Person) -> None:
        text = quiz(person, "", (2.0, "x"), (2.0, ":x"), (2.0, right))
        assert "Type b or k. Enter alone pauses.\nThere is no :x here." in text
        assert "Right. 1 right, 54 seconds left." in text

    def test_it_ends_with_its_time(self, person: Person) -> None:
        text = quiz(person, "", *[(5.0, right)] * 11, (6.0, right), "never read")
        assert "Right. Too late to count. 11 right, 0 seconds left.\n\n" in text
        assert text.endswith(
            "\n\nSprint, 60 seconds.\n11 points. 11 right, 0 wrong, 1 too late.\nNew best.\n"
            "Accuracy 100 per cent, likely 74 to 100.\nMedian 5.0 seconds. 11 right in a row.\n"
            "Nothing missed.\n"
        )
        assert person.ended() == [True]

    def test_a_question_left_too_long_is_a_timeout(self, person: Person) -> None:
        text = quiz(person, "", (59.0, right), (12.0, right), "")
        assert "Too late. It was " in text
        assert [row[1] for row in person.given()] == ["right", "timeout"]
        assert "\n1 point. 1 right, 0 wrong, 1 too late.\nA best needs 10" in text

    def test_the_clock_can_be_hidden(self, meet: Meet) -> None:
        person = meet(settings=Settings(quiz=QuizSettings(clock=False)))
        assert "Right. 1 right.\n" in quiz(person, "", right)


class TestAPause:
    @pytest.mark.parametrize("line", ["", ":pause", "pause"])
    def test_the_card_goes_back_and_the_clock_stands_still(self, person: Person, line: str) -> None:
        text = quiz(person, "", (2.0, line), (900.0, ""), (1.0, right))
        asked = text.split("Paused. Enter goes on; quit ends the quiz.\n")
        assert ("Anyone" in asked[0]) != ("Anyone" in asked[1].split("Right")[0])
        assert "Right. 1 right, 57 seconds left." in text

    def test_help_pauses_too(self, person: Person) -> None:
        text = quiz(person, "", (2.0, "?"), (900.0, ""), (1.0, right))
        assert "Type b for BPO, k for KPO" in text
        assert text.index("Type b for BPO") < text.index("Paused.") < text.index("57 seconds left.")

    def test_without_a_clock_the_same_card_comes_again(self, person: Person) -> None:
        text = quiz(person, "", "", "", setup=PRACTICE)
        first, second = text.split("Paused. Enter goes on; quit ends the quiz.\n")
        assert first.split("\n\n")[-1] == second.lstrip("\n").split("\n0")[0].split("\nEnded")[0]

    def test_after_zero_it_ends_the_quiz(self, person: Person) -> None:
        quiz(person, "", (61.0, ""), "never read")
        assert person.ended() == [True]
        assert [row[1] for row in person.given()] == ["timeout"]


class TestPractice:
    def test_a_right_answer_has_its_reason_and_a_missed_card_returns(self, person: Person) -> None:
        text = quiz(person, "", wrong, "", right, right, setup=PRACTICE)
        assert "D. Practice.\nReady. No clock. b BPO, k KPO." in text
        assert "\n1 of 2.\n" in text
        assert text.count("\n2 of 2.\n") == 2
        assert "Right.\nIt is " in text
        assert "\n\nPractice.\n50 per cent right. 1 right, 1 wrong.\nA best needs 10" in text
        assert person.ended() == [True]

    def test_missed_cards_are_named_with_what_was_said(self, person: Person) -> None:
        text = quiz(person, "", wrong, "", right, right, setup=PRACTICE)
        first = "Anyone" in text.split("\n\n")[1]
        assert text.endswith(
            "BPO taken for KPO: 1.\n1 missed:\n1. Anyone can do it.\nYou said KPO. It is BPO.\nIt is easy.\n"
            if first
            else "KPO taken for BPO: 1.\n1 missed:\n1. Few can do it.\n"
            "You said BPO. It is KPO.\nIt is hard.\n"
        )

    def test_typed_cards(self, person: Person) -> None:
        words = deck(typed("Which word?", "quit"))
        text = quiz(person, "", "", "", "Quit", setup=PRACTICE, of=words)
        assert "\nWhich word?\nType the answer.\n" in text
        assert person.given() == [("Quit", "right", None, False)]


class TestLeaving:
    @pytest.mark.parametrize("way", ["quit", ":quit", "^C"])
    def test_every_answer_is_kept_and_the_results_are_said(self, person: Person, way: str) -> None:
        text = quiz(person, "", right, right, right, way, "never read")
        assert len(person.given()) == 3
        assert person.ended() == [False]
        assert (
            "\n3 points. 3 right, 0 wrong.\nEnded after 3 cards. All 3 are kept; this run can't be a best.\n"
            in text
        )

    def test_a_score_below_zero_is_said_in_words(self, person: Person) -> None:
        assert "\n\nSprint, 60 seconds.\nMinus 1 point. 0 right, 1 wrong.\n" in quiz(person, "", wrong)

    def test_the_end_of_the_input_does_so_too(self, person: Person) -> None:
        assert "Ended after 1 card. It is kept; this run can't be a best." in quiz(person, "", right)
        assert person.ended() == [False]

    def test_before_the_first_answer_there_is_nothing_to_say(self, person: Person) -> None:
        text = quiz(person, "", "quit")
        assert text.endswith("b BPO, k KPO\n")
        assert person.given() == []


class TestWhatHolds:
    def test_a_best_is_compared_with_the_one_before(self, person: Person) -> None:
        # The same seed again would be no best: whoever knows the order could answer from memory.
        seeds = iter((1, 2, 3))
        person.desk.seed = lambda: next(seeds)
        assert "New best." in quiz(person, "", *[right] * 12, (100.0, right))
        assert "New best, was 12." in quiz(person, "", *[right] * 15, (100.0, right))
        person.text = ""
        assert "\nBest 15.\n" in quiz(person, "", *[right] * 12, (100.0, right))

    @pytest.mark.parametrize("counts", [True, False])
    def test_it_counts_for_study_if_that_is_set(self, meet: Meet, counts: bool) -> None:
        person = meet(settings=Settings(quiz=QuizSettings(counts_for_study=counts)))
        due = Memory(State.REVIEW, None, 5.0, 5.0, 0, "2025-12-01", None, "2025-12-20", 3)
        person.store.append([], memories={Ref("d", card.key): due for card in SIDES.cards})
        quiz(person, "", right, setup=PRACTICE)
        assert person.given() == [(person.given()[0][0], "right", 3 if counts else None, False)]

    def test_what_cannot_be_asked_is_said(self, person: Person) -> None:
        assert "there is only one: add some, or study it" in quiz(person, of=deck(flip("a", "b")))

    def test_a_busy_file_is_waited_for(self, meet: Meet) -> None:
        person = meet()
        with closing(sqlite3.connect(person.store.path, isolation_level=None)) as other:

            def hold(person: Person) -> str:
                other.execute("BEGIN IMMEDIATE")
                return right(person)

            def release(seconds: float) -> None:
                other.execute("ROLLBACK")

            person.desk.lines.sleep = release
            text = quiz(person, "", hold, right)
        assert "The scores file is busy. Your last answer is kept. Trying again.\nRight." in text
        assert len(person.given()) == 2


def test_figures_that_are_read_out() -> None:
    confusion = Confusion(("BPO", "KPO"), ((5, 2), (0, 4)))
    assert list(confusion_lines(confusion)) == ["BPO taken for KPO: 2."]
    assert points(-2.5) == "minus 2.5"

"""Countdown, survival and short practice by lines, with a clock that only moves while a line is typed."""

from __future__ import annotations

import re

import pytest

from quizapp.cli.plain.results import scored
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.settings.values import QuizSettings, Settings
from tests.builders import deck, flip, typed
from tests.cli.conftest import SIDES as SIDES_FILE
from tests.cli.conftest import Run, Write
from tests.cli.plain import Meet, Person, Said
from tests.cli.test_plain_quiz import PRACTICE, quiz, right, wrong

COUNTDOWN = QuizSetup(mode=Mode.COUNTDOWN)
SURVIVAL = QuizSetup(mode=Mode.SURVIVAL)


@pytest.fixture
def person(meet: Meet) -> Person:
    return meet()


class TestACountdown:
    def test_each_card_says_its_time_and_each_answer_its_points(self, person: Person) -> None:
        text = quiz(person, (300.0, ""), (1.0, right), (1.0, right), setup=COUNTDOWN)
        assert text.startswith(
            "\nD. Countdown.\nReady. Each card has its own time. b BPO, k KPO. Enter begins; ? helps.\n"
        )
        assert "\n\n1 of 2. 4 seconds.\n" in text
        assert "\n\n2 of 2. 4 seconds.\n" in text
        # 1 s of 4.417 s for the one, of 4.167 s for the other: 77.4 and 76 points.
        assert " so far.\n\n2 of 2" in text
        assert "Right. 153.4 points so far.\n" in text
        assert "\n\nCountdown.\n153.4 points. 2 right, 0 wrong.\n" in text
        assert person.ended() == [True]

    def test_an_answer_after_the_time_of_its_card_is_a_timeout(self, person: Person) -> None:
        text = quiz(person, "", (4.5, right), (500.0, ""), (4.1, right), setup=COUNTDOWN)
        first, second = text.split("\n2 of 2.")
        answer = "BPO" if "Anyone" in first else "KPO"
        assert f"\nToo late. It was {answer}. 0 points so far.\nIt is " in first
        assert "\nEnter goes on.\n" in first
        assert "\nRight. " in second
        assert [row[1] for row in person.given()] == ["timeout", "right"]
        assert " points. 1 right, 0 wrong, 1 too late.\n" in text
        assert "Accuracy 50 per cent, likely 9 to 91.\n" in text
        assert text.count("1 without an answer:\n1. ") == 1
        assert "Nothing missed." not in text

    @pytest.mark.parametrize(("line", "enters"), [("", 1), ("huh", 1), (":pause", 2), ("?", 2)])
    def test_any_line_after_it_is_too_late(self, person: Person, line: str, enters: int) -> None:
        text = quiz(person, "", (4.5, line), *[""] * enters, (1.0, right), setup=COUNTDOWN)
        assert "Too late. It was " in text
        assert [row[1] for row in person.given()] == ["timeout", "right"]

    def test_what_is_not_known_costs_time_and_nothing_else(self, person: Person) -> None:
        text = quiz(person, "", (2.0, "huh"), (2.0, right), setup=COUNTDOWN)
        assert "Type b or k. Enter alone pauses.\nRight. " in text
        assert [one.answer.ms for one in person.store.answers()] == [4000]

    def test_points_below_zero_are_said_in_words(self, person: Person) -> None:
        text = quiz(person, "", wrong, setup=COUNTDOWN)
        assert re.search(r"^Wrong\. It is [BK]PO\. Minus 7[67](\.4)? points so far\.$", text, re.MULTILINE)

    def test_a_pause_gives_another_card_and_no_more_time(self, person: Person) -> None:
        text = quiz(person, "", (2.0, ""), (900.0, ""), (1.0, right), (1.0, right), setup=COUNTDOWN)
        assert text.count("\n1 of 2. 4 seconds.\n") == 2
        assert "\n2 of 2. 2 seconds.\n" in text

    def test_twice_the_time(self, person: Person) -> None:
        twice = QuizSetup(mode=Mode.COUNTDOWN, pace=2.0)
        text = quiz(person, "", (8.0, right), setup=twice)
        assert "Ready. Each card has its own time, twice the usual. b BPO" in text
        assert "\n1 of 2. 9 seconds.\n" in text
        assert "Right. " in text
        assert "Countdown, twice the time.\n" in text

    def test_the_clock_can_be_hidden(self, meet: Meet) -> None:
        person = meet(settings=Settings(quiz=QuizSettings(clock=False)))
        text = quiz(person, "", right, setup=COUNTDOWN)
        assert "\n\n1 of 2.\n" in text
        assert "seconds.\n" not in text.split("Countdown.\n")[1]

    def test_a_number_of_cards(self, person: Person) -> None:
        text = quiz(person, "", right, setup=QuizSetup(mode=Mode.COUNTDOWN, cards=1))
        assert "\n1 of 1. 4 seconds.\n" in text
        assert "\n\nCountdown, 1 card.\n" in text


class TestSurvival:
    def test_lives_are_named_after_each_answer(self, person: Person) -> None:
        text = quiz(person, "", right, wrong, "", right, (9.0, right), "", wrong, "", setup=SURVIVAL)
        assert "Ready. 3 lives. Each card has its own time. b BPO" in text
        said = [line for line in text.splitlines() if line.endswith(" left.")]
        assert [line.split(". ", 1)[1].removeprefix("It is ") for line in (said[0], said[2])] == [
            "1 right, 3 lives left.",
            "2 right, 2 lives left.",
        ]
        assert said[1].startswith("Wrong. It is ")
        assert said[1].endswith(" 1 right, 2 lives left.")
        assert said[3].startswith("Too late. It was ")
        assert said[3].endswith(" 2 right, 1 life left.")
        assert said[4].endswith(" 2 right, 0 lives left.")
        assert "\n\nSurvival.\n2 right. 2 wrong, 1 too late.\n" in text
        assert person.ended() == [True]

    def test_the_time_shrinks(self, person: Person) -> None:
        text = quiz(person, "", *[(0.5, right)] * 30, setup=SURVIVAL)
        assert text.count("\n4 seconds.\n") > 2
        assert text.count("\n2 seconds.\n") > 2


class TestPractice:
    def test_a_number_of_cards(self, person: Person) -> None:
        text = quiz(person, "", right, setup=QuizSetup(mode=Mode.PRACTICE, cards=1))
        assert "\n1 of 1.\n" in text
        assert "\n\nPractice, 1 card.\n100 per cent right. 1 right, 0 wrong.\n" in text
        assert person.ended() == [True]

    def test_flip_cards_are_asked_as_a_choice(self, person: Person) -> None:
        words = deck(flip("one", "un", aspect="numbers"), flip("two", "deux", aspect="numbers"))
        text = quiz(person, "", "un", setup=PRACTICE, of=words)
        assert "Right." in text or "Wrong. It is deux." in text


class TestSeeds:
    def test_a_seed_asks_in_the_same_order_though_the_cards_were_met(self, person: Person) -> None:
        cards = deck(*[typed(f"{number}?", str(number)) for number in range(12)])
        setup = QuizSetup(mode=Mode.PRACTICE, seed=5)
        asked = []
        for _ in range(2):
            person.text = ""
            quiz(person, "", *[lambda one: one.last[1][:-1]] * 6, setup=setup, of=cards)
            asked.append([line for line in person.text.splitlines() if line.endswith("?")])
        assert asked[0] == asked[1]
        assert len(asked[0]) == 7

    def test_without_one_the_cards_not_met_come_first(self, person: Person) -> None:
        cards = deck(*[typed(f"{number}?", str(number)) for number in range(12)])
        for _ in range(2):
            quiz(person, "", *[lambda one: one.last[1][:-1]] * 6, setup=PRACTICE, of=cards)
        assert len({answer.answer.card for answer in person.store.answers()}) == 12

    def test_it_earns_a_best_only_once(self, person: Person) -> None:
        setup = QuizSetup(mode=Mode.SPRINT, seconds=60, seed=5)
        assert "New best." in quiz(person, "", *[right] * 12, (100.0, right), setup=setup)
        person.text = ""
        assert "Best 12.\n" in quiz(person, "", *[right] * 15, (100.0, right), setup=setup)

    def test_without_a_best_it_says_why(self, person: Person) -> None:
        setup = QuizSetup(mode=Mode.SPRINT, seconds=60, seed=5)
        script: list[Said] = [wrong, ""] * 12
        quiz(person, "", *script, (100.0, right), setup=setup)
        person.text = ""
        text = quiz(person, "", *[right] * 15, (100.0, right), setup=setup)
        assert "This seed was used before; it earns no best again.\n" in text

    def test_the_option_sets_it(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES_FILE)
        said = [run("quiz", "mine", "--plain", "--seed", "9", typed="\nb\n").stdout for _ in range(2)]
        assert said[0].splitlines()[:8] == said[1].splitlines()[:8]


@pytest.mark.parametrize(
    ("mode", "score", "said"),
    [
        (Mode.SPRINT, 1.0, "1 point"),
        (Mode.COUNTDOWN, -1.0, "minus 1 point"),
        (Mode.PRACTICE, 1.0, "1 per cent right"),
        (Mode.EXAM, -12.5, "0 of 100"),
        (Mode.SURVIVAL, 5.0, "5 right"),
    ],
)
def test_scores_have_their_unit(mode: Mode, score: float, said: str) -> None:
    assert scored(mode, score) == said

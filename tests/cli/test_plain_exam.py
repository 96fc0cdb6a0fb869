"""An exam by lines, with a clock that only moves while a line is typed."""

from __future__ import annotations

import re

import pytest

from quizapp.learn.setup import Mode, QuizSetup
from quizapp.record import EventType
from quizapp.settings.values import QuizSettings, Settings
from tests.builders import deck, typed
from tests.cli.plain import Meet, Person, Said
from tests.cli.test_plain_quiz import quiz, right, wrong

WORDS = deck(*[typed(f"Number {number}?", str(number)) for number in (1, 2, 3)])
EXAM = QuizSetup(mode=Mode.EXAM, seconds=20, cards=2)
WORDS_EXAM = QuizSetup(mode=Mode.EXAM, seconds=30, cards=3)
SURE = QuizSetup(mode=Mode.EXAM, seconds=20, cards=2, certainty=True)


@pytest.fixture
def person(meet: Meet) -> Person:
    return meet()


def number(person: Person) -> str:
    """The right answer to a typed card."""
    (found,) = re.findall(r"Number (\d)\?", "\n".join(person.last))
    return str(found)


def words(person: Person, *script: Said | tuple[float, Said], setup: QuizSetup = WORDS_EXAM) -> str:
    return quiz(person, *script, setup=setup, of=WORDS)


def heads(text: str) -> list[str]:
    """The first lines of the questions."""
    return re.findall(r"^\d of \d\..*$", text, re.MULTILINE)


class TestAnswers:
    def test_no_word_on_any_until_the_end(self, person: Person) -> None:
        text = quiz(person, (300.0, ""), (2.0, right), (3.0, wrong), "submit", setup=EXAM)
        assert text.startswith(
            "\nD. Exam.\nReady. 2 cards, 20 seconds. b BPO, k KPO. Enter begins; ? helps.\n"
            "Commands are :next, :back, :go 3, :flag, :open and :submit.\n"
        )
        assert heads(text)[:2] == ["1 of 2. 20 seconds left.", "2 of 2. 18 seconds left."]
        before, results = text.split("\n\nExam, 2 cards, 20 seconds.\n")
        assert "Right" not in before
        assert "Wrong" not in before
        assert results.startswith("0 of 100. 1 right, 1 wrong.\n")
        assert "Accuracy 50 per cent, likely 9 to 91.\n" in results
        assert "\n1 missed:\n1. " in results
        assert person.ended() == [True]

    def test_with_none_open_it_says_how_to_end(self, person: Person) -> None:
        text = quiz(person, "", right, right, ":submit", setup=EXAM)
        assert text.count("Every card has an answer. :submit ends the exam.") == 1
        assert "100 of 100. 2 right, 0 wrong.\n" in text
        assert "Nothing missed." in text

    def test_an_answer_can_be_changed_and_the_last_one_counts(self, person: Person) -> None:
        text = quiz(person, "", wrong, right, ":back", right, ":submit", setup=EXAM)
        assert re.search(r"^1 of 2\. You said (BPO|KPO)\. 1\d seconds left\.$", text, re.MULTILINE)
        assert "100 of 100. 2 right, 0 wrong.\n" in text
        assert len(person.given()) == 3

    def test_the_clock_can_be_hidden(self, meet: Meet) -> None:
        person = meet(settings=Settings(quiz=QuizSettings(clock=False)))
        assert heads(quiz(person, "", right, setup=EXAM))[:2] == ["1 of 2.", "2 of 2."]

    def test_twice_the_time(self, person: Person) -> None:
        text = quiz(person, "", setup=QuizSetup(mode=Mode.EXAM, seconds=20, cards=2, pace=2.0))
        assert "Ready. 2 cards, 40 seconds." in text
        assert heads(text) == ["1 of 2. 40 seconds left."]


class TestMovingAbout:
    @pytest.mark.parametrize(
        ("script", "places"),
        [
            ([":next", ":next", ":next"], "1231"),
            ([":back", ":back"], "132"),
            ([":go 3", ":go 1"], "131"),
            ([":go  2"], "12"),
            ([number, ":back", ":next"], "1212"),
            # From the last card answered to the next open one, round the end.
            ([":go 3", number, number], "1312"),
        ],
    )
    def test_to_any_card(self, person: Person, script: list[Said], places: str) -> None:
        text = words(person, "", *script)
        assert "".join(head[0] for head in heads(text)) == places

    @pytest.mark.parametrize("line", ["next", "go 2"])
    def test_where_no_text_is_typed_no_colon_is_needed(self, person: Person, line: str) -> None:
        assert len(heads(quiz(person, "", line, setup=EXAM))) == 2

    def test_where_text_is_typed_a_word_is_an_answer(self, person: Person) -> None:
        words(person, "", "next", "go 2")
        assert [row[0] for row in person.given()] == ["next", "go 2"]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (":go 4", "There is no card 4; they are 1 to 3."),
            (":go 0", "There is no card 0; they are 1 to 3."),
            (":go", "Type :go and a number, 1 to 3."),
            (":go on", "There is no :go on here. Type the answer. ? helps."),
            (":show", "There is no :show here."),
        ],
    )
    def test_what_is_not_there(self, person: Person, line: str, said: str) -> None:
        text = words(person, "", line)
        assert said in text
        assert len(heads(text)) == 1

    def test_flags_and_what_is_open(self, person: Person) -> None:
        text = words(
            person,
            "",
            ":open",
            number,
            ":flag",
            ":open",
            ":flag",
            ":open",
            ":flag",
            ":next",
            ":back",
            ":open",
        )
        assert "\nOpen: 1, 2, 3.\n" in text
        assert "\nFlagged.\nOpen: 2, 3. Flagged: 2.\nNo longer flagged.\nOpen: 2, 3.\n" in text
        assert heads(text)[-1].startswith("2 of 3. Flagged. ")

    def test_none_is_open(self, person: Person) -> None:
        assert "\nNone is open.\n" in words(person, "", number, number, number, ":open")

    @pytest.mark.parametrize("line", ["", ":pause", "?"])
    def test_a_pause_stops_the_clock_and_leaves_the_card_for_later(self, person: Person, line: str) -> None:
        text = words(person, "", (4.0, line), (900.0, ""))
        assert heads(text) == ["1 of 3. 30 seconds left.", "2 of 3. 26 seconds left."]
        assert (":go 3 to the third" in text) is (line == "?")


class TestTheEnd:
    def test_with_cards_open_submitting_is_asked_for_twice(self, person: Person) -> None:
        text = words(person, "", number, ":submit", ":submit", "never read")
        assert "\n2 cards are open: 2, 3. Type :submit again to submit.\n" in text
        assert "\n33.3 of 100. 1 right, 0 wrong, 2 skipped.\n" in text
        assert "\n2 without an answer:\n1. Number " in text
        assert [row[1] for row in person.given()] == ["right", "skipped", "skipped"]
        assert person.ended() == [True]

    def test_anything_else_between_takes_it_back(self, person: Person) -> None:
        text = words(person, "", ":submit", ":open", ":submit")
        assert text.count("3 cards are open: 1, 2, 3. Type :submit again to submit.") == 2
        assert person.ended() == [False]

    @pytest.mark.parametrize(
        "line", [number, "", ":next", ":open", ":flag", ":go 2", ":submit", "?", ":pause"]
    )
    def test_any_line_after_its_time_submits_it(self, person: Person, line: Said) -> None:
        text = words(person, "", (20.0, number), (10.5, line), "never read")
        assert "Time is up, and the exam is submitted. Your last line came too late.\n" in text
        assert [row[1] for row in person.given()] == ["right", "timeout", "timeout"]
        assert "1 right, 0 wrong, 2 too late.\n" in text
        assert person.ended() == [True]

    def test_leaving_keeps_the_answers(self, person: Person) -> None:
        text = words(person, "", number, ":back", "99", ":quit")
        assert "Ended after 1 card. It is kept; this run can't be a best.\n" in text
        assert person.ended() == [False]


class TestCertainty:
    def said(self, person: Person) -> list[int]:
        return [event.body["certainty"] for event in person.store.events(EventType.CERTAINTY)]

    def test_it_is_asked_for_after_the_answer(self, person: Person) -> None:
        text = quiz(person, "", right, "huh", "3", right, "2", ":submit", setup=SURE)
        assert text.count("How sure? 1, 2 or 3; Enter alone undoes the answer.\n") == 3
        assert self.said(person) == [3, 2]
        assert "\nCertainty: 5 points.\n" in text
        assert "Ready. 2 cards, 20 seconds. You also say how sure you are. b BPO" in text
        assert "Exam, 2 cards, 20 seconds, with certainty.\n" in text
        assert "An exam with certainty earns no best.\n" in text

    def test_both_can_be_said_at_once(self, person: Person) -> None:
        text = quiz(person, "", lambda p: f"2 {right(p)}", lambda p: f"3  {wrong(p)}", ":submit", setup=SURE)
        assert "How sure?" not in text
        assert self.said(person) == [2, 3]
        assert "\nCertainty: minus 4 points.\n" in text
        assert "Sure: 3. " in heads(text)[-1]

    def test_one_point_less_than_none_is_one_point(self, person: Person) -> None:
        text = quiz(person, "", lambda p: f"1 {right(p)}", lambda p: f"2 {wrong(p)}", ":submit", setup=SURE)
        assert "\nCertainty: minus 1 point.\n" in text

    def test_without_it_a_number_before_an_answer_means_nothing(self, person: Person) -> None:
        assert "Type b or k. ? helps." in quiz(person, "", "2 k", setup=EXAM)

    def test_a_typed_answer_may_begin_with_a_number(self, person: Person) -> None:
        setup = QuizSetup(mode=Mode.EXAM, seconds=30, cards=3, certainty=True)
        words(person, "", "2 dogs", "1", setup=setup)
        assert person.given()[0][0] == "2 dogs"
        assert self.said(person) == [1]

    def test_enter_takes_the_answer_back(self, person: Person) -> None:
        text = quiz(person, "", wrong, "", right, "1", setup=SURE)
        assert "Undone. Answer again.\n" in text
        assert [row[1] for row in person.given()] == ["right"]

    def test_the_clock_runs_while_it_is_asked(self, person: Person) -> None:
        text = quiz(person, "", right, (30.0, "3"), setup=SURE)
        assert "Time is up, and the exam is submitted." in text
        assert [row[1] for row in person.given()] == ["timeout", "timeout"]

    def test_the_help_says_how(self, person: Person) -> None:
        text = quiz(person, "?", setup=SURE)
        assert "as in 2 k, or the answer alone" in text
        assert "One clock for all cards, and no word on any until the end." in text

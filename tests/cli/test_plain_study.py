"""Studying by lines: what is said, what a line answers, and what the log has of it."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing

import pytest
from msgspec import structs

from quizapp.cli.plain.question import given, option_lines
from quizapp.cli.plain.study import study_decks
from quizapp.deck.card import Deck, StudyDefaults
from quizapp.learn.ask import Option, Question
from quizapp.learn.judge import Chosen
from quizapp.scores.errors import ScoresUnusableError
from quizapp.settings.values import Settings, StudySettings
from tests.builders import deck, flip, statement, typed
from tests.cli.plain import Meet, Person, Said

SIDES = deck(
    statement("Anyone can do it.", "BPO", why="It is easy."),
    flip("What is it for?", "Cutting costs"),
    typed("What does K stand for?", "knowledge"),
)


def study(meet: Meet, *script: Said | tuple[float, Said], decks: tuple[Deck, ...] = (SIDES,)) -> Person:
    person = meet(*decks).types(*script)
    study_decks(person.desk, list(decks))
    return person


class TestACard:
    def test_it_is_a_few_plain_lines(self, meet: Meet) -> None:
        assert study(meet).text == (
            "Type each answer, then Enter. Enter alone shows the answer; ? helps.\n"
            "\n"
            "1 of 3. D\n"
            "Anyone can do it.\n"
            "b BPO, k KPO, o Both\n"
        )

    @pytest.mark.parametrize("line", ["b", "B", "1", "BPO", "bpo", "  b  ", ":grade", "x"])
    def test_a_letter_a_digit_or_the_text_answers(self, meet: Meet, line: str) -> None:
        person = study(meet, line)
        known = line.strip().casefold() in ("b", "1", "bpo")
        assert person.given() == ([("BPO", "right", 3, False)] if known else [])
        assert person.last[3:5] == (
            ["Right.", "It is easy."]
            if known
            else ["Type b, k or o. Enter shows the answer. ? helps."]
            if line == "x"
            else ["There is no :grade here. Type b, k or o. Enter shows the answer. ? helps."]
        )

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("knowlege", "Right, with a typo: d is missing after knowle."),
            ("knowlledge", "Right, with a typo: l is too much after knowl."),
            ("knowladge", "Right, with a typo: a stands for e after knowl."),
            ("acknowledge", "Wrong. It is knowledge. In what you typed, ac is too much at the start."),
            ("Paris", "Wrong. It is knowledge."),
        ],
    )
    def test_how_a_typed_answer_differs_is_said_in_words(self, meet: Meet, line: str, told: str) -> None:
        only = deck(typed("What does K stand for?", "knowledge"))
        person = study(meet, line, decks=(only,))
        assert person.last[3] == told
        right = told.startswith("Right")
        assert person.given() == [(line, "right" if right else "wrong", 3 if right else 1, False)]

    def test_a_typo_can_be_graded_again_and_a_near_miss_good(self, meet: Meet) -> None:
        only = deck(typed("What does K stand for?", "knowledge"))
        again = study(meet, "knowlege", "1", decks=(only,))
        assert again.given() == [("knowlege", "right", 1, False)]

    def test_markdown_is_said_as_it_is_written(self, meet: Meet) -> None:
        card = structs.replace(typed("What does **K** stand for?", "knowledge"), markdown=True)
        assert study(meet, decks=(deck(card),)).last[1] == "What does **K** stand for?"

    def test_feedback_has_the_reason_and_grades_that_can_be_read_out(self, meet: Meet) -> None:
        assert study(meet, "k").last[3:] == [
            "Wrong. It is BPO.",
            "It is easy.",
            "Enter: Again, 1 minute. 2 Hard 6 minutes, 3 Good 10 minutes, 4 Easy 4 days.",
            "Ended after 1 answer. It is kept.",
        ]

    def test_enter_takes_the_marked_grade_and_a_digit_or_word_another(self, meet: Meet) -> None:
        person = study(meet, "b", "", "", "again", "knowledge", "5", "4", "b")
        assert "Type 1, 2, 3 or 4, or Enter alone. ? helps." in person.text
        assert person.given()[:3] == [
            ("BPO", "right", 3, False),
            ("", "wrong", 1, False),
            ("knowledge", "right", 4, False),
        ]

    def test_the_time_runs_from_the_question_to_its_line(self, meet: Meet) -> None:
        person = study(meet, (2.5, "b"), (9.0, ""), (1.5, ""), (30.0, "3"))
        assert [one.answer.ms for one in person.store.answers()] == [2500, 1500]

    def test_a_contrast_is_named(self, meet: Meet) -> None:
        cards = [
            statement(text, side, aspect="who")
            for text, side in (("Anyone can do it.", "BPO"), ("Few can.", "KPO"))
        ]
        person = study(meet, "b", "", "k", decks=(deck(*cards),))
        assert "Compare with BPO: Anyone can do it." in person.last

    def test_the_title_is_said_when_it_changes(self, meet: Meet) -> None:
        decks = (deck(flip("1", "x"), flip("2", "y"), id="one"), deck(flip("3", "z"), id="two"))
        person = study(meet, *[""] * 12, decks=decks)
        heads = [line for line in person.text.splitlines() if " of " in line]
        assert any(line.endswith("One") for line in heads)
        assert any(line.endswith("Two") for line in heads)
        assert any(line.endswith(".") for line in heads)


def test_a_mark_comes_before_a_text_and_a_text_before_a_place() -> None:
    named = {"3": "", "1": "", "a": "a", "A": "b", "b": "c"}
    options = tuple(Option(text, key) for text, key in named.items())
    card = statement("?", "3", choices=tuple(option.text for option in options))
    question = Question(card, "?", options, 0)
    # The first has 1 for its mark, as it has no letter; the fifth is reached by its letter or its place.
    meant = {"1": 0, "3": 0, "2": 1, "a": 2, "A": 2, "b": 3, "c": 4, "4": 3, "5": 4}
    assert {line: given(question, line) for line in meant} == {
        line: Chosen(place) for line, place in meant.items()
    }
    assert given(question, "6") is None


def test_many_or_long_options_have_a_line_each() -> None:
    def lines(*texts: str) -> list[str]:
        return option_lines(tuple(Option(text, "") for text in texts))

    assert lines("x", "y", "z") == ["1 x, 2 y, 3 z"]
    assert lines("x", "y", "z", "w") == ["1 x", "2 y", "3 z", "4 w"]
    assert lines("x" * 19, "y") == ["1 " + "x" * 19, "2 y"]
    assert lines("x, y", "z") == ["1 x, y", "2 z"]
    assert lines() == []


class TestATypedCard:
    DECK = deck(typed("Which sign?", "?"), typed("Which word?", ":undo"), typed("And then?", "quit"))

    @pytest.mark.parametrize("line", ["?", ":help", "help"])
    def test_words_are_text_and_a_colon_makes_a_command(self, meet: Meet, line: str) -> None:
        person = study(meet, line, decks=(self.DECK,))
        if line == "help":
            assert person.given() == [("help", "wrong", 1, False)]
        else:
            assert person.given() == []
            assert "begins with a colon has one more colon before it" in person.text

    def test_one_more_colon_makes_text_of_it(self, meet: Meet) -> None:
        person = study(meet, ":?", "4", "::undo", "4", "quit", "4", decks=(self.DECK,))
        assert [row[:2] for row in person.given()] == [("?", "right"), (":undo", "right"), ("quit", "right")]
        assert "3 cards studied." in person.text

    def test_undo_and_quit_with_a_colon(self, meet: Meet) -> None:
        person = study(meet, "a", "", ":undo", ":quit", "never read", decks=(self.DECK,))
        assert person.given() == [("a", "wrong", 1, True)]
        assert person.text.count("Which sign?") == 2

    def test_what_a_terminal_sends_for_other_keys_is_kept_visible(self, meet: Meet) -> None:
        assert study(meet, "a\x1b[D", decks=(self.DECK,)).given()[0][0] == "a␛[D"


class TestUndo:
    def test_a_reveal_is_taken_back_without_a_trace(self, meet: Meet) -> None:
        person = study(meet, "", "undo", "b")
        assert person.given() == [("BPO", "right", 3, False)]
        assert "Undone." not in person.text

    def test_answers_are_taken_back_one_after_the_other(self, meet: Meet) -> None:
        person = study(meet, "b", "4", "", "4", ":undo", "undo", "k")
        assert person.given() == [
            ("BPO", "right", 4, True),
            ("", "right", 4, True),
            ("KPO", "wrong", 1, False),
        ]
        assert person.text.count("Undone.") == 2

    def test_there_is_none_before_the_first_answer(self, meet: Meet) -> None:
        assert "There is no :undo here." in study(meet, ":undo").text

    def test_the_last_answer_is_taken_back_after_the_end(self, meet: Meet) -> None:
        one = deck(flip("a", "b"))
        person = study(meet, "", "4", "undo", "", "4", "", decks=(one,))
        assert person.given() == [("", "right", 4, True), ("", "right", 4, False)]
        assert person.ended() == [True, True]
        assert person.last == [
            "1 card studied.",
            "1 answer, 1 remembered, 0 to see again.",
            "Nothing due until 9 Jan.",
            "Enter ends; undo undoes the last answer.",
        ]


class TestLeaving:
    @pytest.mark.parametrize("way", ["quit", ":quit", "QUIT", "^C"])
    def test_every_answer_is_kept(self, meet: Meet, way: str) -> None:
        person = study(meet, "b", "", way, "never read")
        assert person.given() == [("BPO", "right", 3, False)]
        assert person.ended() == [False]
        assert person.text.endswith("Ended after 1 answer. It is kept.\n")

    def test_the_end_of_the_input_leaves_in_the_middle_of_a_question(self, meet: Meet) -> None:
        person = study(meet, "b", "", "", "")
        assert len(person.given()) == 2
        assert person.text.endswith("Ended after 2 answers. Both are kept.\n")

    def test_a_choice_called_like_a_command_is_a_choice(self, meet: Meet) -> None:
        card = statement("Who gives up?", "Quit", choices=("Quit", "Undo"))
        person = study(meet, "quit", "undo", "undo", "", ":quit", decks=(deck(card),))
        # The grade's undo is the command; the question's is the choice.
        assert [row[0::3] for row in person.given()] == [("Quit", True), ("Undo", False)]

    def test_ctrl_c_waits_for_the_answer_that_is_being_written(
        self, meet: Meet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = meet(SIDES).types("b", "never read")
        append = person.store.append

        def interrupted(*args: object, **named: object) -> None:
            signal.raise_signal(signal.SIGINT)
            append(*args, **named)  # type: ignore[arg-type] # passed on as it is

        monkeypatch.setattr(person.store, "append", interrupted)
        study_decks(person.desk, [SIDES])
        assert person.given() == [("BPO", "right", 3, False)]
        assert person.text.endswith("Ended after 1 answer. It is kept.\n")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


class TestWhatHolds:
    def test_nothing_due_ends_at_once(self, meet: Meet) -> None:
        assert study(meet, decks=(deck(),)).text == "\nNothing to study here.\n"

    def test_limits_of_the_settings_and_of_the_deck(self, meet: Meet) -> None:
        settings = Settings(study=StudySettings(new_per_day=1))
        own = structs.replace(SIDES, id="own", study=StudyDefaults(new_per_day=2))
        for one, total in ((SIDES, 1), (own, 2)):
            person = meet(one, settings=settings)
            study_decks(person.desk, [one])
            assert f"1 of {total}." in person.text

    def test_hostile_text_is_shown_and_does_nothing(self, meet: Meet) -> None:
        # A deck that was read has visible text only; this one was not read.
        evil = "\x1b[31mred\x1b[0m\r\x07[bold]\u202e"
        cards = flip(evil, evil), statement(evil, evil, choices=(evil, "b"), why=evil)
        person = study(meet, "", "3", *[""] * 9, decks=(structs.replace(deck(*cards), title=evil),))
        assert "␛[31mred␛[0m␍␇[bold]\ufffd" in person.text
        assert all(sign.isprintable() or sign == "\n" for sign in person.text)


class TestABusyFile:
    def test_it_is_said_once_and_tried_again_until_it_is_free(self, meet: Meet) -> None:
        person = meet(SIDES)
        other = sqlite3.connect(person.store.path, isolation_level=None)

        def hold(person: Person) -> str:
            other.execute("BEGIN IMMEDIATE")
            return "b"

        def sleep(seconds: float) -> None:
            person.slept.append(seconds)
            if len(person.slept) == 3:
                other.execute("ROLLBACK")

        person.desk.lines.sleep = sleep
        with closing(other):
            person.types(hold, "")
            study_decks(person.desk, [SIDES])
        assert person.given() == [("BPO", "right", 3, False)]
        said = "The scores file is busy. Your last answer is kept. Trying again.\nRight.\n"
        assert said in person.text
        assert person.text.count("busy") == 1
        assert person.slept == [0.2] * 3

    def test_leaving_meanwhile_says_what_may_be_missing(
        self, meet: Meet, capsys: pytest.CaptureFixture[str]
    ) -> None:
        person = meet(SIDES)
        with closing(sqlite3.connect(person.store.path, isolation_level=None)) as other:

            def hold(person: Person) -> str:
                other.execute("BEGIN IMMEDIATE")
                return "b"

            def interrupt(seconds: float) -> None:
                raise KeyboardInterrupt

            person.desk.lines.sleep = interrupt
            person.types(hold)
            study_decks(person.desk, [SIDES])
        assert "the last answer may be missing" in capsys.readouterr().err
        assert "Ended" not in person.text

    def test_a_file_that_is_broken_ends_it(self, meet: Meet) -> None:
        person = meet(SIDES)

        def spoil(person: Person) -> str:
            with closing(sqlite3.connect(person.store.path)) as other:
                other.execute("DROP TABLE answer")
            return "b"

        person.types(spoil)
        with pytest.raises(ScoresUnusableError):
            study_decks(person.desk, [SIDES])

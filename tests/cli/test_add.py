"""`quizapp add`: a card by options, by answers, or many as lines; all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from quizapp.cli import asking
from quizapp.deck import adding
from quizapp.deck.card import Deck, Kind
from quizapp.deck.read import parse_deck
from tests.cli.conftest import SIDES, Run, Write

WORDS = 'title = "Spanish"\n\n[[card]]\nfront = "the house"\nback  = "la casa"\n'


@pytest.fixture
def words(write: Write) -> Path:
    return write("spanish.toml", WORDS)


def last(path: Path) -> dict[str, Any]:
    cards: list[dict[str, Any]] = tomli.loads(path.read_text(encoding="utf-8"))["card"]
    return cards[-1]


class TestOptions:
    def test_a_card_is_added_and_said(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", "--front", "the dog", "--back", "el perro")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == 'Added 1 card to "Spanish", which has 2 cards now: the dog\n'
        assert (
            words.read_text(encoding="utf-8") == WORDS + '\n[[card]]\nfront = "the dog"\nback  = "el perro"\n'
        )

    def test_all_of_them(self, run: Run, words: Path) -> None:
        args = ["--question", "q", "--answer", "true", "--wrong", "b", "--wrong", "c", "--why", "w"]
        args += ["--aspect", "a", "--hint", "h", "--tag", "x y", "--tag", "z"]
        assert run("add", "spanish", *args).exit_code == 0
        assert last(words) == {
            "question": "q",
            "answer": "true",
            "wrong": ["b", "c"],
            "why": "w",
            "hint": "h",
            "aspect": "a",
            "tags": ["x y", "z"],
        }

    def test_two_ways_are_two_cards(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", "--front", "a", "--back", "b", "--reverse")
        assert 'Added 2 cards to "Spanish", which has 3 cards now' in result.stdout

    def test_the_answer_of_a_statement_is_a_choice_in_any_case(self, run: Run, write: Write) -> None:
        path = write("mine.toml", SIDES)
        assert run("add", "which side?", "--statement", "x", "--answer", "kpo").exit_code == 0
        assert last(path) == {"statement": "x", "answer": "KPO"}

    @pytest.mark.parametrize(
        ("args", "says"),
        [
            (["--front", "the house", "--back", "x"], "The front is the same as in card 1"),
            (["--front", "x"], "has no back"),
            (["--why", "x"], "a card needs one of"),
            (["--front", "x", "--back", "y", "--kind", "flip"], "--kind is for"),
        ],
    )
    def test_a_problem_is_said_and_nothing_is_written(
        self, run: Run, words: Path, args: list[str], says: str
    ) -> None:
        result = run("add", "spanish", *args)
        assert result.exit_code in (1, 2)
        assert says.casefold() in result.stderr.casefold()
        assert words.read_text(encoding="utf-8") == WORDS

    def test_a_deck_that_is_broken_is_left_as_it_is(self, run: Run, words: Path) -> None:
        words.write_text(WORDS + "[[card\n", encoding="utf-8")
        result = run("add", "spanish", "--front", "a", "--back", "b")
        assert result.exit_code == 1
        assert "mend them first" in result.stderr
        assert words.read_text(encoding="utf-8") == WORDS + "[[card\n"

    def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(
        self, run: Run, words: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = adding.add_cards

        def slow(*args: Any, **kwargs: Any) -> Any:
            words.write_text(WORDS + "# theirs\n", encoding="utf-8")
            return real(*args, **kwargs)

        monkeypatch.setattr(adding, "add_cards", slow)
        result = run("add", "spanish", "--front", "a", "--back", "b")
        assert result.exit_code == 1
        assert "was changed meanwhile. Nothing was added" in result.stderr
        assert words.read_text(encoding="utf-8") == WORDS + "# theirs\n"

    def test_a_deck_that_ships_is_copied_with_the_card(self, run: Run, home: Path) -> None:
        result = run("add", "bpo-or-kpo", "--statement", "A new one.", "--answer", "both")
        assert result.exit_code == 0
        assert "Your copy takes its place" in result.stderr
        assert last(home / "decks" / "bpo-or-kpo.toml") == {"statement": "A new one.", "answer": "Both"}

    def test_but_not_for_a_card_with_a_problem(self, run: Run, home: Path) -> None:
        assert run("add", "bpo-or-kpo", "--statement", "A new one.", "--answer", "x").exit_code == 1
        assert not home.exists()

    def test_the_first_card_takes_the_place_of_the_example(self, run: Run, home: Path) -> None:
        run("new", "French", "--kind", "typed")
        result = run("add", "french", "--question", "dog?", "--answer", "chien")
        assert "which has 1 card now" in result.stdout


class TestLines:
    def test_each_is_a_card(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="the dog\tel perro\r\n\r\nthe \"cat\"\t'el gato'\\\n")
        assert result.exit_code == 0
        assert 'Added 2 cards to "Spanish", which has 3 cards now' in result.stdout
        assert last(words) == {"front": 'the "cat"', "back": "'el gato'\\"}

    def test_a_first_line_names_the_keys(self, run: Run, words: Path) -> None:
        lines = "Question\tanswer\ttags\ttags\treverse\nq\ta\tx\ty z\n"
        assert run("add", "spanish", typed=lines.replace("\treverse", "")).exit_code == 0
        assert last(words) == {"question": "q", "answer": "a", "tags": ["x", "y z"]}

    def test_both_ways(self, run: Run, words: Path) -> None:
        assert run("add", "spanish", typed="front\tback\treverse\na\tb\tTrue\nc\td\tfalse\n").exit_code == 0
        assert last(words) == {"front": "c", "back": "d", "reverse": False}

    def test_in_a_deck_with_choices_they_are_statements(self, run: Run, write: Write) -> None:
        path = write("mine.toml", SIDES)
        assert run("add", "mine", typed="one\tbpo\ntwo\tBoth\n").exit_code == 0
        assert last(path) == {"statement": "two", "answer": "Both"}

    def test_the_kind_can_be_said(self, run: Run, words: Path) -> None:
        assert run("add", "spanish", "--kind", "choice", typed="q\ta\tb\tc\n").exit_code == 0
        assert last(words) == {"question": "q", "answer": "a", "wrong": ["b", "c"]}

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("", "There is nothing to add"),
            ("front\tback\n", "There is nothing to add"),
            ("a\tb\nonly one\n", "line 2 has 1 cell"),
            ("a\tb\tc\n", "line 1 has 3 cells, and front<tab>back is expected"),
            ("front\tback\na\tb\tc\n", "line 2 has 3 cells, and the first line names 2"),
            ("front\tback\tback\na\tb\tc\n", 'names "back" twice'),
            ("front\tback\treverse\na\tb\tmaybe\n", "line 2: reverse"),
            ("new\tx\nthe house\tx\n", "line 2: the front is the same as in card 1"),
            (b"caf\xe9\tx\n", "not UTF-8"),
        ],
    )
    def test_one_that_is_wrong_is_named_and_none_is_added(
        self, run: Run, words: Path, typed: str | bytes, says: str
    ) -> None:
        result = run("add", "spanish", typed=typed)
        assert result.exit_code in (1, 2)
        assert says in result.stderr
        assert words.read_text(encoding="utf-8") == WORDS

    def test_several_problems_are_all_named(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="the house\tx\nnew\ty\nnew\tz\n")
        assert "line 1: " in result.stderr
        assert "line 3: " in result.stderr
        assert "Nothing was added: the cards have 2 problems" in result.stderr

    def test_thousands_do_not_take_long(self, run: Run, words: Path) -> None:
        typed = "".join(f"front {number}\tback {number}\n" for number in range(5000))
        assert "which has 5,001 cards now" in run("add", "spanish", typed=typed).stdout


def person(*typed: str) -> tuple[Any, list[str], list[str]]:
    """What a person types; what they were asked; what they were told."""
    left: Iterator[str] = iter(typed)
    asked: list[str] = []
    told: list[str] = []

    def ask(what: str) -> str:
        asked.append(what)
        return next(left)

    return ask, asked, told


def deck_of(text: str) -> Deck:
    deck, _ = parse_deck(text.encode(), path=Path("x"), deck_id="x", shown_as="x")
    assert deck is not None
    return deck


class TestAsking:
    def test_a_flip_card(self) -> None:
        ask, asked, told = person("", "a", "b", "")
        assert asking.asked_card(deck_of(WORDS), Kind.FLIP, ask, told.append) == [
            ("front", "a"),
            ("back", "b"),
            ("why", ""),
        ]
        assert asked == ["Front", "Front", "Back", "Why (Enter: none)"]
        assert len(told) == 1

    @pytest.mark.parametrize(
        ("typed", "means"), [("2", "KPO"), ("k", "KPO"), ("kpo", "KPO"), ("both", "Both")]
    )
    def test_a_choice_by_number_letter_or_text(self, typed: str, means: str) -> None:
        ask, asked, told = person("x", "", "9", typed, "w")
        cells = asking.asked_card(deck_of(SIDES), Kind.STATEMENT, ask, told.append)
        assert cells == [("statement", "x"), ("answer", means), ("why", "w")]
        assert asked[1] == "Answer (1 BPO  2 KPO  3 Both)"
        assert len(told) == 2

    def test_a_choice_that_is_a_number_is_meant_by_its_text(self) -> None:
        ask, _, told = person("x", "2", "")
        cells = asking.asked_card(deck_of('choices = ["2", "1"]\n'), Kind.STATEMENT, ask, told.append)
        assert cells[1] == ("answer", "2")

    def test_wrong_answers_until_there_are_no_more(self) -> None:
        ask, _, told = person("q", "a", "", "b", "c", "", "")
        cells = asking.asked_card(deck_of(WORDS), Kind.CHOICE, ask, told.append)
        assert cells == [("question", "q"), ("answer", "a"), ("wrong", "b"), ("wrong", "c"), ("why", "")]

    def test_the_aspect_where_the_deck_has_some(self) -> None:
        ask, asked, told = person("a", "b", "", "size")
        deck = deck_of(WORDS + 'aspect = "size"\n')
        assert asking.asked_card(deck, Kind.TYPED, ask, told.append)[-1] == ("aspect", "size")
        assert asked[-1] == "Aspect (Enter: none)"

    def test_at_the_terminal(self, run: Run, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quizapp.cli.add.is_terminal", lambda: True)
        result = run("add", "spanish", typed="the dog\nel perro\n\n")
        assert result.exit_code == 0
        assert last(words) == {"front": "the dog", "back": "el perro"}

    def test_a_way_out_adds_nothing(self, run: Run, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quizapp.cli.add.is_terminal", lambda: True)
        result = run("add", "spanish", typed="the dog\n")
        assert result.exit_code == 1
        assert "Nothing was added" in result.stderr
        assert words.read_text(encoding="utf-8") == WORDS

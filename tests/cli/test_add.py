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

    @pytest.mark.parametrize(
        ("heading", "kind", "table"),
        [
            ("Term\tDefinition", "flip", {"front": "q", "back": "a"}),
            ("Word\tmeaning", "typed", {"question": "q", "answer": "a"}),
            ("Definition\tTerm", "flip", {"front": "a", "back": "q"}),
            ("word\tterm", "flip", {"front": "q", "back": "a"}),
        ],
    )
    def test_so_it_does_by_the_names_that_tables_have(
        self, run: Run, words: Path, heading: str, kind: str, table: dict[str, Any]
    ) -> None:
        assert run("add", "spanish", "--kind", kind, typed=f"{heading}\nq\ta\n").exit_code == 0
        assert last(words) == table
        two_words = heading == "word\tterm"
        assert words.read_text("utf-8").count("[[card]]") == (3 if two_words else 2)

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
        assert "line 3: the front is the same as in line 2" in result.stderr
        assert "Nothing was added: the cards have 2 problems" in result.stderr

    def test_thousands_do_not_take_long(self, run: Run, words: Path) -> None:
        typed = "".join(f"front {number}\tback {number}\n" for number in range(5000))
        assert "which has 5,001 cards now" in run("add", "spanish", typed=typed).stdout


class Person:
    """Types these lines; keeps what was asked, what stood there to be changed, and what was told."""

    def __init__(self, *typed: str) -> None:
        self.left: Iterator[str] = iter(typed)
        self.asked: list[str] = []
        self.offered: list[str] = []
        self.told: list[str] = []

    def ask(self, what: str, before: str) -> str:
        self.asked.append(what)
        self.offered.append(before)
        return next(self.left)

    def card(self, deck: str, kind: Kind, held: asking.Cells = ()) -> asking.Cells | None:
        return asking.asked_card(deck_of(deck), kind, held, self.ask, self.told.append)


def deck_of(text: str) -> Deck:
    deck, _ = parse_deck(text.encode(), path=Path("x"), deck_id="x", shown_as="x")
    assert deck is not None
    return deck


class TestAsking:
    def test_a_flip_card(self) -> None:
        person = Person("a", "", "b", "")
        assert person.card(WORDS, Kind.FLIP) == [("front", "a"), ("back", "b")]
        assert person.asked == ["Front", "Back", "Back", "Why (Enter: none)"]
        assert len(person.told) == 1

    @pytest.mark.parametrize("kind", Kind)
    def test_an_empty_prompt_is_the_end(self, kind: Kind) -> None:
        person = Person(" ")
        assert person.card(WORDS, kind) is None
        assert person.told == []

    @pytest.mark.parametrize(
        ("typed", "means"), [("2", "KPO"), ("k", "KPO"), ("kpo", "KPO"), ("both", "Both")]
    )
    def test_a_choice_by_number_letter_or_text(self, typed: str, means: str) -> None:
        person = Person("x", "", "9", typed, "w")
        assert person.card(SIDES, Kind.STATEMENT) == [("statement", "x"), ("answer", means), ("why", "w")]
        assert person.asked[1] == "Answer (b BPO  k KPO  o Both)"
        assert len(person.told) == 2

    def test_a_choice_that_is_a_number_is_meant_by_its_text(self) -> None:
        cells = Person("x", "2", "").card('choices = ["2", "1"]\n', Kind.STATEMENT)
        assert cells == [("statement", "x"), ("answer", "2")]

    def test_wrong_answers_until_there_are_no_more(self) -> None:
        cells = Person("q", "a", "", "b", "c", "", "").card(WORDS, Kind.CHOICE)
        assert cells == [("question", "q"), ("answer", "a"), ("wrong", "b"), ("wrong", "c")]

    def test_no_more_wrong_answers_than_a_card_shows(self) -> None:
        person = Person("q", "a", *map(str, range(8)), "why")
        cells = person.card(WORDS, Kind.CHOICE)
        assert cells is not None
        assert (len(cells), cells[-1]) == (11, ("why", "why"))

    def test_the_aspect_where_the_deck_has_some(self) -> None:
        person = Person("a", "b", "", "size")
        assert person.card(WORDS + 'aspect = "size"\n', Kind.TYPED) == [
            ("question", "a"),
            ("answer", "b"),
            ("aspect", "size"),
        ]
        assert person.asked[-1] == "Aspect (Enter: none)"

    def test_what_was_given_on_the_line_is_not_asked(self) -> None:
        held = [("aspect", "size"), ("why", "w"), ("tags", "x")]
        person = Person("a", "b")
        cells = person.card(WORDS + 'aspect = "size"\n', Kind.TYPED, held)
        assert cells == [("question", "a"), ("answer", "b"), *held]

    @pytest.mark.parametrize(
        ("kind", "typed", "asked", "offered", "told"),
        [
            (
                Kind.CLOZE,
                ["It is volume.", "It is {volume}.", ""],
                2,
                "It is volume.",
                "Cloze has no blank; put braces around what is hidden: {word}.",
            ),
            (
                Kind.FLIP,
                ["the house", "the dog", "b", ""],
                2,
                "the house",
                "The front is the same as in card 1; say it in other words.",
            ),
            (
                Kind.CHOICE,
                ["q", "a", "a", "b", "", ""],
                4,
                "a",
                'Wrong "a" is the same as the answer; change it.',
            ),
            (
                Kind.CHOICE,
                ["q", "a", "b", "b", "c", "", ""],
                5,
                "b",
                'Wrong "b" is the same as another; change it.',
            ),
            (
                Kind.TYPED,
                ["q", "a\x1b", "a", ""],
                3,
                "a\x1b",
                "Answer has a control character (escape); take it out.",
            ),
        ],
    )
    def test_each_is_judged_at_once_and_asked_again(
        self, kind: Kind, typed: list[str], asked: int, offered: str, told: str
    ) -> None:
        person = Person(*typed)
        cells = person.card(WORDS, kind)
        assert cells is not None
        assert person.told == [told]
        # It is asked again right behind, with what was typed to be changed.
        assert [number for number, before in enumerate(person.offered, 1) if before] == [asked]
        assert person.offered[asked - 1] == offered
        assert (
            person.asked[asked - 1] == person.asked[asked - 2] or "wrong" in person.asked[asked - 1].lower()
        )

    def test_a_statement_that_is_there_already(self) -> None:
        person = Person("Few can do it.", "Many can.", "kpo", "")
        assert person.card(SIDES, Kind.STATEMENT) == [("statement", "Many can."), ("answer", "KPO")]
        assert person.told == ["The statement is the same as in card 2; say it in other words."]


class TestAtTheTerminal:
    @pytest.fixture(autouse=True)
    def _terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quizapp.cli.add.is_terminal", lambda: True)

    def test_cards_until_an_empty_line(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="the dog\nel perro\n\nthe cat\nel gato\nmeows\n\n")
        assert (result.exit_code, result.stderr) == (
            0,
            '"Spanish" has 1 card. An empty line ends.\n',
        )
        assert [line[line.index("Added") :] for line in result.stdout.splitlines() if "Added" in line] == [
            "Added. 2 cards.",
            "Added. 3 cards.",
        ]
        assert last(words) == {"front": "the cat", "back": "el gato", "why": "meows"}

    def test_each_is_in_the_file_before_the_next_is_asked(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="the dog\nel perro\n\nthe cat\n")
        assert result.exit_code == 1
        assert result.stderr.endswith("The last card was not added\n")
        assert last(words) == {"front": "the dog", "back": "el perro"}

    def test_an_end_of_the_input_between_two_is_an_empty_line(self, run: Run, words: Path) -> None:
        assert run("add", "spanish", typed="the dog\nel perro\n\n").exit_code == 0

    def test_an_empty_line_at_once_adds_nothing(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="\n")
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "Nothing was added")
        assert words.read_text(encoding="utf-8") == WORDS

    def test_a_way_out_adds_nothing(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="the dog\n")
        assert result.exit_code == 1
        assert "Nothing was added" in result.stderr
        assert words.read_text(encoding="utf-8") == WORDS

    def test_a_fault_costs_only_its_own_line(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", "--kind", "cloze", typed="no blank\na {blank}\n\n\n")
        assert "Cloze has no blank" in result.stderr
        assert last(words) == {"cloze": "a {blank}"}

    def test_the_second_is_held_against_the_first(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="a\nb\n\na\nc\nd\n\n\n")
        assert "The front is the same as in card 2" in result.stderr
        assert last(words) == {"front": "c", "back": "d"}

    def test_options_hold_for_all_that_are_asked(self, run: Run, words: Path) -> None:
        args = ["--kind", "flip", "--tag", "x", "--tag", "y", "--aspect", "z", "--reverse"]
        result = run("add", "spanish", *args, typed="a\nb\n\nc\nd\n\n\n")
        assert result.exit_code == 0
        assert "Added. 5 cards." in result.stdout
        cards = tomli.loads(words.read_text(encoding="utf-8"))["card"]
        assert [(card["front"], card["tags"], card["aspect"], card["reverse"]) for card in cards[1:]] == [
            ("a", ["x", "y"], "z", True),
            ("c", ["x", "y"], "z", True),
        ]

    def test_two_ways_are_for_flip_cards(self, run: Run, write: Write) -> None:
        path = write("mine.toml", SIDES)
        assert run("add", "mine", "--reverse", typed="a\nb\n\n\n").exit_code == 0
        assert last(path) == {"front": "a", "back": "b", "reverse": True}
        result = run("add", "mine", "--reverse", "--kind", "cloze")
        assert result.exit_code == 2
        assert "--reverse is for flip cards" in result.stderr

    def test_what_can_t_hold_is_said_before_anything_is_asked(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", "--aspect", "a\x1b")
        assert result.exit_code == 2
        assert "Aspect has a control character" in result.stderr
        assert "Front" not in result.stdout

    def test_so_is_a_file_that_can_t_be_added_to(self, run: Run, words: Path) -> None:
        words.write_text(WORDS + "[[card\n", encoding="utf-8")
        result = run("add", "spanish")
        assert result.exit_code == 1
        assert "mend them first" in result.stderr
        assert "Front" not in result.stdout

    def test_the_example_makes_room_and_does_not_count(self, run: Run, home: Path) -> None:
        run("new", "French")
        result = run("add", "french", typed="a\nb\n\n\n")
        assert '"French" has no cards yet. An empty line ends.' in result.stderr
        assert "Added. 1 card.\n" in result.stdout

    def test_a_deck_that_ships_is_copied_with_the_first(self, run: Run, home: Path) -> None:
        typed = "A new one.\nboth\n\n\nAnother.\nkpo\n\n\n\n"
        result = run("add", "bpo-or-kpo", typed=typed)
        assert result.exit_code == 0
        assert result.stderr.count("Your copy takes its place") == 1
        assert last(home / "decks" / "bpo-or-kpo.toml") == {"statement": "Another.", "answer": "KPO"}


class TestRemedies:
    """What is said of options is said in their words, and works when it is followed."""

    @pytest.mark.parametrize(
        ("args", "remedy", "followed"),
        [
            (["--front", "x"], "give --back", ["--front", "x", "--back", "y"]),
            (["--question", "x"], "give --answer", ["--question", "x", "--answer", "y"]),
            (
                ["--front", "the house", "--back", "y"],
                "say it in other words, or give it a name of its own with --id",
                ["--front", "the house", "--back", "y", "--id", "second"],
            ),
            (
                ["--front", "x", "--answer", "y"],
                "--answer does not go with --front; give --back",
                ["--front", "x", "--back", "y"],
            ),
            (
                ["--question", "x", "--back", "y"],
                "--back does not go with --question; give --answer",
                ["--question", "x", "--answer", "y"],
            ),
            (
                ["--cloze", "{x}", "--wrong", "y"],
                "--wrong does not go with --cloze; leave it out",
                ["--cloze", "{x}"],
            ),
            (
                ["--question", "x", "--answer", "a", "--wrong", "b", "--accept", "c"],
                "leave out --accept, or --wrong to have it typed",
                ["--question", "x", "--answer", "a", "--accept", "c"],
            ),
            (["--why", "x"], "one of --statement, --front, --question, --cloze", ["--cloze", "{x}"]),
            (["--front", "x", "--back", "y", "--cloze", "{z}"], "add two cards", ["--cloze", "{z}"]),
            (["--front", "x", "--back", " "], "write a text", ["--front", "x", "--back", "y"]),
            (
                ["--statement", "x", "--answer", "A"],
                "give --answer true or false",
                ["--statement", "x", "--answer", "true"],
            ),
        ],
    )
    def test_of_options(
        self, run: Run, words: Path, args: list[str], remedy: str, followed: list[str]
    ) -> None:
        said = run("add", "spanish", *args)
        assert said.exit_code == 1
        assert remedy in said.stderr
        assert " = " not in said.stderr.replace('choices = ["…", "…"] at the top of the file', "")
        result = run("add", "spanish", *followed)
        assert (result.exit_code, result.stderr) == (0, "")

    def test_an_id_that_is_taken(self, run: Run, words: Path) -> None:
        assert run("add", "spanish", "--front", "a", "--back", "b", "--id", "x").exit_code == 0
        assert last(words)["id"] == "x"
        result = run("add", "spanish", "--front", "c", "--back", "d", "--id", "x")
        assert 'The id "x" is that of card 2; give another --id' in result.stderr

    def test_of_lines(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="front\tback\nx\t\n")
        assert "line 2: the flip card has no back; give it one" in result.stderr
        result = run("add", "spanish", typed="the house\tx\n")
        assert "is the same as in card 1; say it in other words, or give it an id" in result.stderr

    def test_lines_with_commas_are_for_import(self, run: Run, words: Path) -> None:
        result = run("add", "spanish", typed="the dog,el perro\nthe cat,el gato\n")
        assert result.exit_code == 2
        assert "for commas or semicolons: quizapp import FILE --into spanish" in result.stderr
        assert "quizapp import" not in run("add", "spanish", typed="Rome, Italy\tx\ty\n").stderr

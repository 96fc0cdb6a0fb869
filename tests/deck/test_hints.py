"""What is not wrong in decks but better changed: when it is said, where, and when it is not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from quizapp.deck.card import Deck, Kind
from quizapp.deck.fresh import new_deck
from quizapp.deck.hints import Hint, find_hints, place_hints
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import parse_deck, read_deck
from quizapp.deck.scan import layout

HEAD = 'choices = ["A", "B"]\n'
Row = tuple[int, int | None, str, str]


def read(text: str, name: str = "x.toml") -> Deck:
    deck, problems = parse_deck(text.encode(), path=Path(name), deck_id=name, shown_as=name)
    assert problems == []
    assert deck is not None
    return deck


def hints(text: str) -> list[Row]:
    (found,) = find_hints([read(text)], ["x.toml"])
    placed = place_hints(found, layout(text), "x.toml")
    assert all((hint.path, hint.column) == ("x.toml", 1) for hint in placed)
    return [(hint.line, hint.card, hint.message, hint.remedy) for hint in placed]


def statements(told: Iterable[tuple[str, str]], aspect: str = "x") -> str:
    """A deck of these statements and answers, an entry every four lines from line 2 on."""
    return HEAD + "".join(
        f'[[card]]\nstatement = "{text}"\nanswer = "{answer}"\naspect = "{aspect}"\n' for text, answer in told
    )


def even(a: int = 6, b: int = 6) -> list[tuple[str, str]]:
    """So many statements for A and for B, of the same length and without a telling word."""
    return [(f"w{number:02}", "A") for number in range(a)] + [(f"v{number:02}", "B") for number in range(b)]


def test_a_hint_says_that_it_is_one() -> None:
    assert (
        str(Hint("x.toml", 3, 1, 2, "it is so", "do this")) == "x.toml:3:1: hint: card 2: it is so; do this"
    )
    assert str(Hint("x.toml", 3, 1, None, "a: b")) == "x.toml:3:1: hint: a: b"


class TestOfACard:
    @pytest.mark.parametrize(
        ("entry", "key"),
        [
            ('front = "{}"\nback = "b"', "front"),
            ('question = "{}"\nanswer = "b"', "question"),
            ('question = "{}"\nanswer = "b"\nwrong = ["c"]', "question"),
            ('statement = "{}"\nanswer = true', "statement"),
        ],
    )
    def test_a_prompt_over_300_characters(self, entry: str, key: str) -> None:
        assert hints(f"[[card]]\n{entry.format('x' * 300)}") == []
        assert hints(f"[[card]]\n{entry.format('x' * 301)}") == [
            (
                *(2, 1, f"the {key} has 301 characters, more than 300"),
                "ask less at once, or make several cards of it",
            )
        ]

    def test_a_back_that_is_asked_is_a_prompt(self) -> None:
        deck = f'[[card]]\nfront = "f"\nback = "{"x" * 301}"\n'
        assert hints(deck) == []
        assert [row[:3] for row in hints(deck + "reverse = true")] == [
            (3, 1, "the back has 301 characters, more than 300")
        ]

    def test_a_long_cloze_is_said_once(self) -> None:
        ((line, card, message, _),) = hints(f'[[card]]\ncloze = "{"x" * 301} {{a}} {{b}} {{c}}"\n')
        assert (line, card) == (2, 1)
        assert message.startswith("the cloze has ")

    @pytest.mark.parametrize(
        ("answer", "wrong", "said"),
        [
            ("x" * 30, ["y" * 20, "z" * 5], "the answer is much longer (30) than the longest wrong one (20 "),
            (
                "x" * 20,
                ["y" * 30, "z" * 50],
                "the answer is much shorter (20) than the shortest wrong one (30 ",
            ),
            ("x" * 29, ["y" * 20, "z" * 5], ""),
            ("x" * 40, ["y" * 30, "z" * 5], ""),
            ("x" * 21, ["y" * 30, "z" * 50], ""),
            ("x" * 20, ["y" * 5, "z" * 50], ""),
            ("yes", ["no"], ""),
        ],
    )
    def test_an_answer_given_away_by_its_length(self, answer: str, wrong: list[str], said: str) -> None:
        listed = ", ".join(f'"{text}"' for text in wrong)
        found = hints(f'[[card]]\nquestion = "q"\nwrong = [{listed}]\nanswer = "{answer}"\n')
        assert found == ([(4, 1, f"{said}characters)", "make them about as long")] if said else [])


class TestOfStatements:
    def test_an_even_deck_has_none(self) -> None:
        assert hints(statements(even())) == []

    def test_a_side_that_is_much_rarer(self) -> None:
        assert hints(statements(even(6, 2))) == []
        assert hints(statements(even(7, 2))) == [
            (
                *(3, 1, '"B" is the answer of 2 statements, "A" of 7: guessing pays'),
                'write more for "B"',
            )
        ]
        assert [row[2] for row in hints(statements(even(6, 1)))] == [
            '"B" is the answer of 1 statement, "A" of 6: guessing pays'
        ]

    def test_true_and_false_are_sides_too(self) -> None:
        deck = "".join(
            f'[[card]]\nstatement = "w{number}"\nanswer = true\naspect = "x"\n' for number in range(5)
        )
        assert [row[2] for row in hints(deck)] == [
            '"False" is the answer of 0 statements, "True" of 5: guessing pays'
        ]

    def test_a_side_whose_statements_are_longer(self) -> None:
        longer = [(f"v{number:02} and so on, on", "B") for number in range(5)]
        assert [row[2] for row in hints(statements(even(5, 0) + longer[:4]))] == [], "four are chance"
        assert hints(statements(even(6, 0) + [(text[:3], side) for text, side in longer])) == []
        ((line, card, message, remedy), *_) = hints(statements(even(6, 0) + longer))
        assert (line, card, remedy) == (27, 7, "make them about as long")
        assert message == (
            'the statements of "B" have 17 characters on average, those of "A" 3: '
            "length gives the answer away"
        )

    def test_a_word_that_stands_on_one_side_only(self) -> None:
        told = [(f"w{n:02} some Costs", "A") for n in range(6)] + [
            (f"v{n:02} some xxxxx", "B") for n in range(4)
        ]
        rest = [(f"u{n:02} some yyyyy", "B") for n in range(2)]
        (row,) = hints(statements([*told, *rest]))
        assert row == (
            3,
            1,
            '"costs" (6 times) stands in statements of "A" only and gives it away',
            "use it for another answer too, or say it in other words",
        )
        assert hints(statements([*told, ("u00 some costs", "B"), *rest])) == [], "once on the other side"

    def test_words_of_a_side_that_is_large_are_no_giveaway(self) -> None:
        """Five in twenty, so that in seven others not two of them could be expected."""
        told = [(f"w{n:02} {'cost' if n < 5 else 'else'}", "A") for n in range(20)]
        others = [(f"v{n:02} else", "B") for n in range(7)]
        assert hints(statements([*told, *others])) == []

    def test_many_words_are_one_hint(self) -> None:
        told = [(f"w{n:02} a b c d e f g", "A") for n in range(6)] + [
            (f"v{n:02} t u tt uu vv", "B") for n in range(6)
        ]
        first, second = hints(statements(told))
        assert first[2].startswith('"a" (6 times), "b" (6 times), ')
        assert '"e" (6 times) and 2 more stand in statements of "A" only' in first[2]
        assert second[:2] == (27, 7)

    def test_choices_that_the_quiz_does_not_ask_do_not_hide_a_word(self) -> None:
        text = statements([(f"w{n:02} cost", "A") for n in range(5)] + even(0, 5) + [("both cost", "C")])
        text = text.replace('"B"]\n', '"B", "C"]\n', 1)
        assert [row[2] for row in hints(text) if "cost" in row[2]] == []
        asked = text + '[quiz]\nchoices = ["A", "B"]\n'
        assert len([row for row in hints(asked) if '"cost" (5 times) stands' in row[2]]) == 1


class TestContrast:
    def test_statements_without_an_aspect(self) -> None:
        deck = statements(even(3, 3)).replace('aspect = "x"\n', "", 2)
        assert hints(deck) == [
            (
                *(2, 1, "2 of 6 statements have no aspect, so that no contrast is shown"),
                "give aspect = … to statements about the same thing",
            )
        ]
        assert hints(statements(even(2, 3)).replace('aspect = "x"\n', "")) == [], "a deck may begin small"

    def test_an_aspect_with_one_answer(self) -> None:
        deck = statements(even(3, 3)) + statements([("t", "A")], aspect="y").removeprefix(HEAD)
        found = (
            *(29, 7, 'statements about "y" have no contrast: all have the same answer'),
            "write one with another answer, or widen the aspect",
        )
        assert hints(deck) == [found]
        assert hints(deck + '[[card]]\nfront = "f"\nback = "b"\naspect = "y"\n') == [], "any card contrasts"

    def test_none_is_wanted_for_a_choice_that_the_quiz_does_not_ask(self) -> None:
        deck = statements(even(3, 3)) + statements([("t", "Both")], aspect="y").removeprefix(HEAD)
        deck = deck.replace('"B"]', '"B", "Both"]', 1)
        assert len(hints(deck)) == 1
        assert hints(deck + '[quiz]\nchoices = ["A", "B"]\n') == []


class TestAcrossDecks:
    FLIP = '[[card]]\nfront = "Capital?"\nback = "{}"\n'

    def across(self, *texts: str) -> list[list[str]]:
        names = [f"{number}.toml" for number in range(len(texts))]
        return [[fault.message for fault in found] for found in find_hints([*map(read, texts)], names)]

    def test_the_same_prompt_with_another_answer(self) -> None:
        other = '[[card]]\nfront = "x"\nback = "y"\n'
        assert self.across(self.FLIP.format("Bern"), other + self.FLIP.format("Paris")) == [
            [],
            ['the front is also in 0.toml, card 1, with the answer "Bern"'],
        ]

    def test_the_same_answer_is_no_matter(self) -> None:
        assert self.across(self.FLIP.format("Bern"), self.FLIP.format(" Bern")) == [[], []]

    def test_an_id_does_not_hide_it(self) -> None:
        first, second = self.across(
            self.FLIP.format("Bern") + 'id = "a"', self.FLIP.format("Paris") + 'id = "b"'
        )
        assert (first, len(second)) == ([], 1)

    def test_other_kinds_and_other_choices_ask_something_else(self) -> None:
        statement = 'choices = {}\n[[card]]\nstatement = "It is so."\nanswer = "{}"\n'
        typed = '[[card]]\nquestion = "Capital?"\nanswer = "Paris"\n'
        assert self.across(self.FLIP.format("Bern"), typed) == [[], []]
        a, b = statement.format('["A", "B"]', "A"), statement.format('["C", "D"]', "C")
        assert self.across(a, b) == [[], []]
        assert len(self.across(a, statement.format('["A", "B"]', "B"))[1]) == 1


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_decks_give_none(path: Path) -> None:
    deck, _ = read_deck(path, deck_id=path.stem)
    assert deck is not None
    assert find_hints([deck], [path.name]) == [[]]


class TestGivenAway:
    @pytest.mark.parametrize(
        ("entry", "is_hinted"),
        [
            ('question = "The capital of Paris?"\nanswer = "Paris"', True),
            ('question = "The capital of PARIS?"\nanswer = " paris "', True),
            ('question = "The capital of Paris?"\nanswer = "Paris"\nwrong = ["Bern"]', True),
            ('question = "Paris, Bern: which?"\nanswer = "Paris"\nwrong = ["Bern"]', False),
            ('question = "Paris or Bern?"\nanswer = "Paris"', False),
            ('question = "Comparison of Parisians?"\nanswer = "Paris"', False),
            ('question = "What is a cat?"\nanswer = "a"', False),
            ('question = "What is 3 + 0?"\nanswer = "3"', False),
            ('front = "la casa"\nback = "casa"', False),
            ('statement = "It is true."\nanswer = true', False),
        ],
    )
    def test_an_answer_in_its_question(self, entry: str, *, is_hinted: bool) -> None:
        found = [message for _, _, message, _ in hints(f"[[card]]\n{entry}\n")]
        assert any("has its answer in it" in message for message in found) is is_hinted

    @pytest.mark.parametrize(
        ("cloze", "is_hinted"), [("{x}", True), (" ({x}) …", True), ("{x} {y}", False), ("a {x}", False)]
    )
    def test_a_cloze_that_is_all_blank(self, cloze: str, *, is_hinted: bool) -> None:
        assert bool(hints(f'[[card]]\ncloze = "{cloze}"\n')) is is_hinted

    def test_one_character_is_one(self) -> None:
        ((_, _, message, _),) = hints('[[card]]\nquestion = "q"\nanswer = "abcdefghijkl"\nwrong = ["x"]\n')
        assert message.endswith("(12) than the longest wrong one (1 character)")


@pytest.mark.parametrize("kind", Kind)
def test_the_example_of_a_new_deck_is_told(kind: Kind) -> None:
    assert [message for _, _, message, _ in hints(new_deck("x", "x", kind))] == [
        "this is the example of a new deck, and it is asked too"
    ]
    ((_, card, _, _),) = hints(new_deck("x", "x", Kind.STATEMENT, ["A", "B"]))
    assert card == 1

"""Which cards are older ones with another text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from quizapp.carry import text_of
from quizapp.deck.card import Card
from quizapp.deck.likeness import perhaps_same, surely_same
from quizapp.deck.read import parse_deck
from quizapp.record import CardText


def cards(*entries: str, choices: str = "") -> tuple[Card, ...]:
    """The cards of entries, each `key = "…"` lines."""
    text = choices + "".join(f"[[card]]\n{entry}\n" for entry in entries)
    deck, problems = parse_deck(text.encode(), path=Path("d.toml"), deck_id="d", shown_as="d.toml")
    assert deck is not None, problems
    return deck.cards


def olds(*entries: str, choices: str = "") -> list[CardText]:
    return [text_of("d", card) for card in cards(*entries, choices=choices)]


def typed(question: str, answer: str, more: str = "") -> str:
    return f'question = "{question}"\nanswer = "{answer}"\n{more}'


def pairs(old: Sequence[CardText], new: Sequence[Card]) -> list[tuple[str, str]]:
    return [(one.old.prompt, one.new.prompt) for one in surely_same(old, new)]


class TestSurely:
    def test_a_prompt_that_was_changed_a_little(self) -> None:
        old = olds(typed("What does the K in KPO stand for?", "knowledge"))
        new = cards(typed("What does the K of KPO stand for?", "knowledge", 'accept = ["k"]'))
        assert pairs(old, new) == [("What does the K in KPO stand for?", "What does the K of KPO stand for?")]

    @pytest.mark.parametrize(
        ("was", "is_now"),
        [
            (("Capital of Iran?", "Tehran"), ("Capital of Iraq?", "Baghdad")),
            (("What does BPO stand for?", "business"), ("What does KPO stand for?", "knowledge")),
            # 89 of 100
            (("Capital of Iran??", "Tehran"), ("Capital of the Iran?", "Tehran")),
        ],
    )
    def test_not_if_answer_or_prompt_differ_too_much(
        self, was: tuple[str, str], is_now: tuple[str, str]
    ) -> None:
        old, new = olds(typed(*was)), cards(typed(*is_now))
        assert surely_same(old, new) == []
        assert perhaps_same(old[0], new) == list(new), "but it is worth asking"

    def test_not_if_the_kind_differs(self) -> None:
        old = olds(typed("What is outsourcing for?", "Costs"))
        new = cards(typed("What is outsourcing for?", "Costs", 'wrong = ["Speed"]'))
        assert surely_same(old, new) == []
        assert perhaps_same(old[0], new) == list(new)

    def test_not_if_another_new_card_comes_close(self) -> None:
        old = olds(typed("Which river flows through Paris?", "Seine"))
        new = cards(
            typed("Which river flows through Paris??", "Seine"),
            typed("Which river flows through Prague?", "Vltava"),
        )
        assert surely_same(old, new[:1])
        assert surely_same(old, new) == []

    def test_not_if_another_old_card_comes_close(self) -> None:
        old = olds(
            typed("Which river flows through Paris?", "Seine"),
            typed("Which river flows through Prague?", "Vltava"),
        )
        new = cards(typed("Which river flows through Paris??", "Seine"))
        assert surely_same(old[:1], new)
        assert surely_same(old, new) == []

    def test_several_at_once_each_its_own(self) -> None:
        sentences = [
            "The Nile is the longest river",
            "Honey never spoils at all",
            "Octopuses have three hearts",
        ]
        old = olds(*(typed(sentence, "yes") for sentence in sentences))
        new = cards(*(typed(f"{sentence}!", "yes") for sentence in reversed(sentences)))
        assert sorted(pairs(old, new)) == sorted((one, f"{one}!") for one in sentences)

    @pytest.mark.parametrize("prompt", ["ONE", "One"])
    def test_capitals_say_nothing(self, prompt: str) -> None:
        assert surely_same(olds(typed("one", "uno")), cards(typed(prompt, "uno")))

    def test_not_if_two_differ_in_their_capitals_alone(self) -> None:
        old = olds(typed("sie", "a pronoun"))
        new = cards(typed("Sie", "a pronoun"), typed("SIE", "a pronoun"))
        assert surely_same(old, new) == []
        assert perhaps_same(old[0], new) == list(new)

    def test_white_space_in_the_answer_says_nothing(self) -> None:
        old = olds(typed("What does the K in KPO stand for?", "two words"))
        new = cards(typed("What does the K of KPO stand for?", "two  words "))
        assert surely_same(old, new)


class TestIds:
    STATEMENT = 'statement = "Anyone can do it."\nanswer = "BPO"'
    CHOICES = 'choices = ["BPO", "KPO"]\n'

    @pytest.mark.parametrize(
        "entry",
        [
            typed("What does the K stand for?", "knowledge"),
            'front = "Dog"\nback = "perro"\nreverse = true',
            'cloze = "{One} and {two} and {two}."',
            typed("Which?", "this", 'wrong = ["that"]'),
        ],
    )
    def test_one_added_and_one_taken_away(self, entry: str) -> None:
        bare, named = cards(entry), cards(f'{entry}\nid = "n"')
        for was, is_now in ((bare, named), (named, bare)):
            same = surely_same([text_of("d", card) for card in was], is_now)
            assert {(one.old.card, one.new.key) for one in same} == {
                (old.key, new.key) for old, new in zip(was, is_now, strict=True)
            }

    def test_one_added_while_the_answer_changes(self) -> None:
        old = olds(self.STATEMENT, choices=self.CHOICES)
        new = cards('statement = "Anyone can do it."\nanswer = "KPO"\nid = "n"', choices=self.CHOICES)
        assert len(surely_same(old, new)) == 1

    def test_another_one_is_not_certain(self) -> None:
        old = olds(typed("Short?", "a", 'id = "one"'))
        new = cards(typed("Short?", "b", 'id = "two"'))
        assert surely_same(old, new) == []
        assert perhaps_same(old[0], new) == list(new)

    def test_another_blank_with_the_same_sentence_around_it_is_not_certain(self) -> None:
        old, new = olds('cloze = "It is about {volume}."'), cards('cloze = "It is about {size}."')
        assert surely_same(old, new) == []

    def test_a_front_that_was_a_back_is_not_certain(self) -> None:
        (_, back) = olds('front = "Dog"\nback = "perro"\nreverse = true')
        new = cards('front = "perro"\nback = "animal"')
        assert back.prompt == new[0].prompt
        assert surely_same([back], new) == []

    def test_two_that_may_have_got_it_are_not_certain(self) -> None:
        entry = typed("What does the K stand for?", "knowledge")
        old, new = olds(entry), cards(f'{entry}\nid = "n"', f'{entry}\nid = "m"')
        assert surely_same(old, new) == []


class TestPerhaps:
    def test_the_likeliest_first_and_three_at_most(self) -> None:
        old = olds(typed("Capital of Iran?", "Tehran"))
        names = ("Oman", "Iraq", "Irak", "Iranx", "Persia of old")
        new = cards(*(typed(f"Capital of {name}?", "Tehran") for name in names))
        found = [card.prompt for card in perhaps_same(old[0], new)]
        assert len(found) == 3
        assert found[0] == "Capital of Iranx?"

    def test_one_of_many_like_it_is_taken_out_and_is_none_of_the_others(self) -> None:
        old = olds(typed("What is the capital of Chad?", "N'Djamena"))
        names = ("Chile", "China", "Cuba", "Cyprus", "Ghana")
        assert (
            perhaps_same(old[0], cards(*(typed(f"What is the capital of {name}?", name) for name in names)))
            == []
        )

    def test_nothing_like_it(self) -> None:
        old = olds(typed("Capital of Iran?", "Tehran"))
        assert perhaps_same(old[0], cards(typed("How many moons has Mars?", "two"))) == []
        assert perhaps_same(old[0], []) == []

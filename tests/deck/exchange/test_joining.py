"""A draft's cards into a deck that is there, and out of it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from quizapp.deck.card import Deck, Kind
from quizapp.deck.exchange.draft import Draft, ExchangeError, toml_of
from quizapp.deck.exchange.joining import Joined, Parted, join, part
from quizapp.deck.exchange.valid import valid
from quizapp.deck.fresh import new_deck
from quizapp.deck.read import parse_deck
from tests.deck.exchange.drafts import choices, clozes, flips, heads, lines, texts, truths, typed, with_keys

PATH = Path("d.toml")
DECK = """\
# mine
title   = "Mine"
choices = ["BPO", "KPO"]

[[card]]
front = "a"   # of the alphabet
back  = "b"
why   = "w"

[[card]]
statement = "Anyone can."
answer    = "BPO"

[[card]]
cloze = "{One} and two."

[[card]]
id    = "x"
front = "same"
back  = "first"
"""


def joined(*tables: dict[str, Any], deck: str = DECK, **head: Any) -> Joined:
    return join(Draft(tables, head), deck.encode(), path=PATH, deck_id="d")


def losses(found: Joined) -> list[str]:
    return [str(loss) for loss in found.losses]


def parted(found: Joined, data: bytes | None = None) -> Parted:
    return part(found.data if data is None else data, found.written, path=PATH, deck_id="d")


def read(data: bytes) -> Deck:
    deck, problems = parse_deck(data, path=PATH, deck_id="d", shown_as="d")
    assert problems == []
    assert deck is not None
    return deck


class TestJoin:
    def test_new_cards_go_to_the_end_in_the_files_own_style(self) -> None:
        found = joined({"front": "c", "back": "d"}, {"front": "a ", "back": "b", "why": "w"})
        assert found.data.decode() == f'{DECK}\n[[card]]\nfront     = "c"\nback      = "d"\n'
        assert ([card.prompt for card in found.cards], found.there, losses(found)) == (["c"], 1, [])
        assert read(found.data) == found.deck

    @pytest.mark.parametrize(
        ("table", "loss"),
        [
            (
                {"front": "a", "back": "x"},
                'left out: its front is that of card 1 of the deck, whose answer is "b", not "x"',
            ),
            (
                {"statement": "Anyone can.", "answer": "KPO"},
                'left out: its statement is that of card 2 of the deck, whose answer is "BPO", not "KPO"',
            ),
            (
                {"cloze": "{One} and {two}."},
                "left out: its sentence is that of card 3 of the deck, with other blanks",
            ),
            (
                {"front": "same", "back": "second"},
                'left out: its front is that of card 4 of the deck, whose answer is "first", not "second"',
            ),
            (
                {"id": "x", "front": "other", "back": "first"},
                'left out: its id is that of card 4 of the deck, which asks "same"',
            ),
            (
                {"statement": "New.", "answer": "Both"},
                'left out: answer "Both" is not one of the choices BPO, KPO',
            ),
        ],
    )
    def test_what_is_at_odds_with_the_deck_is_named_and_changes_nothing(
        self, table: dict[str, Any], loss: str
    ) -> None:
        found = joined(table)
        assert (found.data, found.cards, found.there, losses(found)) == (
            DECK.encode(), (), 0, [f"card 1: {loss}"],
        )  # fmt: skip
        assert found.taken == frozenset()

    @pytest.mark.parametrize(
        "table",
        [
            {"front": "a", "back": " b"},
            {"statement": "Anyone  can.", "answer": "BPO"},
            {"cloze": "{One} and two."},
            {"front": "same", "back": "first"},
            {"front": "same", "back": "first", "id": "y"},
        ],
    )
    def test_what_is_there_already_stays(self, table: dict[str, Any]) -> None:
        found = joined(table)
        assert (found.data, found.there, losses(found)) == (DECK.encode(), 1, [])

    def test_an_id_of_its_own_makes_another_answer_another_card(self) -> None:
        found = joined({"front": "same", "back": "second", "id": "y"})
        assert [card.answer for card in found.cards] == ["second"]

    def test_what_a_card_that_is_there_says_otherwise_beside_is_named(self) -> None:
        found = joined(
            {"front": "a", "back": "b", "why": "v"},
            {"statement": "Anyone can.", "answer": "BPO", "tags": ["t"]},
        )
        assert (found.data, found.there) == (DECK.encode(), 2)
        assert losses(found) == [
            'card 1: there already; "why" was left out: the deck\'s card has another',
            'card 2: there already; "tags" was left out: the deck\'s card has none',
        ]

    def test_the_head_of_the_deck_stays(self) -> None:
        found = joined(
            {"front": "*c*", "back": "d"},
            title="Theirs",
            markdown=True,
            choices=["BPO", "Both"],
            study={"new_per_day": 9},
        )
        assert losses(found) == [
            '"title" was left out: the head of the deck stays as it is',
            'of the choices "Both" was left out: the deck has its own',
            '"study" was left out: the head of the deck stays as it is',
        ]
        assert found.data.decode().startswith(DECK)
        assert [card.markdown for card in found.deck.cards[-1:]] == [True]

    def test_plain_cards_stay_plain_in_a_deck_of_markdown(self) -> None:
        found = joined({"front": "*c*", "back": "d"}, deck="markdown = true\n" + DECK)
        assert [card.markdown for card in found.cards] == [False]

    def test_the_example_of_a_new_deck_makes_room(self) -> None:
        found = joined({"front": "c", "back": "d"}, deck=new_deck("N", "n", Kind.FLIP))
        assert [card.prompt for card in found.deck.cards] == ["c"]

    @pytest.mark.parametrize(
        ("deck", "says"),
        [
            ("[[", "d.toml: The file has problems that keep it from being edited"),
            ('card = [{front = "a", back = "b"}]\n', "do not stand under [[card]] headers"),
        ],
    )
    def test_a_file_that_can_t_be_edited_is_one_sentence(self, deck: str, says: str) -> None:
        with pytest.raises(ExchangeError, match=r".") as raised:
            joined({"front": "c", "back": "d"}, deck=deck)
        assert says in str(raised.value)

    def test_a_deck_with_problems_keeps_them_and_its_cards(self) -> None:
        deck = DECK + '\n[[card]]\nfront = "no back"\n'
        found = joined({"front": "c", "back": "d"}, deck=deck)
        assert found.data.decode().startswith(deck)


class TestPart:
    def test_all_is_as_it_was(self) -> None:
        found = joined({"front": "c", "back": "d", "reverse": True}, {"front": "e", "back": "f"})
        assert parted(found) == (DECK.encode(), 2, 0)

    def test_what_was_changed_since_stays_and_so_does_what_came_since(self) -> None:
        found = joined({"front": "c", "back": "d"}, {"front": "e", "back": "f"}, {"front": "g", "back": "h"})
        data = found.data.replace(b'"f"', b'"F"').replace(b"# mine", b"# ours")
        data += b'\n[[card]]\nfront = "i"\nback = "j"\n'
        after = parted(found, data)
        assert (after.gone, after.kept) == (2, 1)
        assert [card.prompt for card in read(after.data).cards[-2:]] == ["e", "i"]
        assert after.data.decode().startswith(DECK.replace("# mine", "# ours"))

    def test_what_is_gone_already_is_no_trouble(self) -> None:
        found = joined({"front": "c", "back": "d"})
        assert parted(found, DECK.encode()) == (DECK.encode(), 0, 0)


def tidy(head: dict[str, Any], tables: list[dict[str, Any]]) -> bytes:
    return toml_of(valid(Draft(tuple(tables), head))).encode()


ENTRIES = flips | choices | typed | truths | clozes


@given(
    heads,
    with_keys(ENTRIES, why=texts, id=lines),
    heads,
    with_keys(ENTRIES, why=texts, id=lines),
)
def test_whatever_comes_the_deck_keeps_what_it_has(
    head: dict[str, Any], have: list[dict[str, Any]], other: dict[str, Any], come: list[dict[str, Any]]
) -> None:
    before = tidy(head, have)
    draft = valid(Draft(tuple(come), other))
    found = join(draft, before, path=PATH, deck_id="d")
    assert found.data.startswith(before)
    keys = {card.key for card in read(before).cards}
    assert {card.key for card in read(found.data).cards} == keys | {card.key for card in found.cards}
    # Once more, nothing comes; and without it, all is as it was.
    again = join(draft, found.data, path=PATH, deck_id="d")
    assert (again.data, again.cards) == (found.data, ())
    assert part(found.data, found.written, path=PATH, deck_id="d").data == before

"""Cards are added in the file's own style, and only where the file has no more problems than before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quizapp.deck.adding import Added, BadCards, add_cards, answer_of, usual_kind
from quizapp.deck.card import Kind
from quizapp.deck.edit import EditError
from quizapp.deck.fresh import new_deck
from quizapp.deck.read import parse_deck

MINE = '# mine\ntitle = "x"\n\n[[card]]\nfront = "a"\nback  = "b"\n'


def add(text: str | bytes, *tables: Mapping[str, Any]) -> Added:
    data = text if isinstance(text, bytes) else text.encode()
    return add_cards(data, tables, path=Path("x.toml"), deck_id="x")


def refused(text: str, *tables: Mapping[str, Any]) -> list[tuple[int | None, str]]:
    with pytest.raises(BadCards) as raised:
        add(text, *tables)
    return [(number, problem.message) for number, problem in raised.value.problems]


def test_they_come_last_in_the_files_style() -> None:
    added = add(MINE, {"front": "c", "back": "d"}, {"front": "e", "back": "f", "reverse": True})
    assert added.data.decode() == (
        MINE + '\n[[card]]\nfront = "c"\nback  = "d"\n\n[[card]]\nfront = "e"\nback  = "f"\nreverse = true\n'
    )
    assert [card.prompt for card in added.cards] == ["c", "e", "f"]
    assert len(added.deck.cards) == 4


def test_the_mark_and_line_ends_stay() -> None:
    before = b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode()
    after = add(before, {"front": "c", "back": "d\ne"}).data
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"front": "a", "back": "x"}, "the front is the same as in card 1, which counts"),
        ({"front": "c"}, "the flip card has no back"),
        ({"front": "c", "back": "x", "question": "y"}, "a card has only one of"),
        ({"cloze": "no blank"}, ""),
        ({"front": "c", "back": " "}, ""),
        ({"front": "c\x1b", "back": "d"}, "front has a control character (escape)"),
        ({"statement": "c", "answer": "BPO"}, "can't be judged"),
    ],
)
def test_a_card_with_a_problem_is_refused(table: dict[str, Any], says: str) -> None:
    found = refused(MINE, {"front": "good", "back": "x"}, table)
    assert len(found) == 1
    assert found[0][0] == 1
    assert says in found[0][1]


def test_two_of_the_same_are_refused() -> None:
    same = {"front": "c", "back": "d"}
    assert refused(MINE, same, same) == [(1, "the front is the same as in card 2, which counts")]


def test_problems_that_the_file_had_do_not_matter() -> None:
    text = MINE + '\n[[card]]\nfront = "half"\n'
    assert [card.prompt for card in add(text, {"front": "c", "back": "d"}).cards] == ["c"]
    assert len(refused(text, {"front": "half too"})) == 1


def test_the_example_of_a_new_deck_makes_room() -> None:
    added = add(new_deck("x", "x", Kind.FLIP), {"front": "c", "back": "d"})
    assert [card.prompt for card in added.deck.cards] == ["c"]
    assert [card.prompt for card in added.cards] == ["c"]


@pytest.mark.parametrize("data", [b"[[card\n", b"# caf\xe9\n"])
def test_a_file_that_can_t_be_edited_says_so(data: bytes) -> None:
    with pytest.raises(EditError):
        add(data, {"front": "c", "back": "d"})


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(EditError, match="UTF-8"):
        add(MINE, {"front": "c\udcff", "back": "d"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('title = "x"\n', Kind.FLIP),
        (MINE, Kind.FLIP),
        ('[[card]]\nquestion = "a"\nanswer = "b"\n', Kind.TYPED),
        ('choices = ["A", "B"]\n' + MINE, Kind.STATEMENT),
    ],
)
def test_the_next_card_is_like_the_others(text: str, kind: Kind) -> None:
    deck, _ = parse_deck(text.encode(), path=Path("x"), deck_id="x", shown_as="x")
    assert deck is not None
    assert usual_kind(deck) is kind


def test_an_answer_is_a_choice_in_any_case_or_true_or_false() -> None:
    text = b'choices = ["BPO", "Both  ways"]\n'
    deck, _ = parse_deck(text, path=Path("x"), deck_id="x", shown_as="x")
    assert deck is not None
    given = ["bpo", " both ways", "TRUE", "f", "what"]
    assert [answer_of(deck, answer) for answer in given] == ["BPO", "Both  ways", True, False, "what"]

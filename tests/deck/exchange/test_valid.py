"""What a deck can hold of a draft."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.exchange.draft import Draft, Loss, gathered
from quizapp.deck.exchange.valid import valid
from tests.deck.exchange.drafts import deck_of

FLIP = {"front": "a", "back": "b"}


def left(*entries: Any, **head: Any) -> tuple[list[Any], list[str]]:
    """The entries that are kept, and the losses."""
    draft = valid(Draft(entries, head))
    deck_of(draft)
    return list(draft.entries), [str(loss) for loss in draft.losses]


@pytest.mark.parametrize(
    ("entry", "loss"),
    [
        ({"front": "a"}, "left out: the flip card has no back"),
        ({"front": " ", "back": "b"}, "left out: there is nothing to ask"),
        ({"front": "a", "back": "\n"}, "left out: the flip card has no back"),
        ({"cloze": "no blank"}, "left out: cloze has no blank"),
        ({"front": "a", "cloze": "{b}"}, "left out: a card has only one of"),
        ({"question": "q", "answer": "a", "wrong": ["a "]}, "left out: no wrong answer is left"),
        ({"question": "q", "answer": True}, "left out: answer is true, not a text"),
        ({"statement": "s", "answer": "x"}, "left out: the deck has no choices"),
        ("text", "left out: this is no card with keys"),
        ({}, "left out: there is nothing to ask"),
    ],
)
def test_what_can_not_be_asked_is_left_out(entry: Any, loss: str) -> None:
    kept, losses = left(entry)
    assert kept == []
    assert losses[-1].startswith(f"card 1: {loss}")


@pytest.mark.parametrize(
    ("entry", "kept", "loss"),
    [
        (FLIP | {"color": "red"}, FLIP, '"color" was left out: unknown key "color"'),
        (FLIP | {"accept": ["c"]}, FLIP, '"accept" was left out: "accept" does not go with front'),
        (FLIP | {"why": 1.5}, FLIP, '"why" was left out: why is a decimal number, not a text'),
        (FLIP | {"reverse": "yes"}, FLIP, '"reverse" was left out'),
        ({"front": "a\x07", "back": "b"}, FLIP, "control characters were taken out"),
        ({"front": "a\ud800", "back": "b"}, FLIP, "control characters were taken out"),
    ],
)
def test_a_small_fault_costs_no_card(entry: Any, kept: Any, loss: str) -> None:
    entries, losses = left(entry)
    assert entries == [kept]
    assert [text.startswith(f"card 1: {loss}") for text in losses] == [True]


def test_what_is_empty_is_no_loss() -> None:
    assert left(FLIP | {"why": "", "tags": ["", " "], "accept": []}) == ([FLIP], [])


def test_what_reads_like_the_rest_of_a_tex_command_gets_other_white_space() -> None:
    assert left({"front": "\theta", "back": "x\neq y"}) == ([{"front": " heta", "back": "x\n eq y"}], [])


def test_equal_wrong_answers_and_too_many_are_taken_out() -> None:
    entries, losses = left({"question": "q", "answer": "0", "wrong": [*"0123445678", "9"]})
    assert entries == [{"question": "q", "answer": "0", "wrong": [*"12345678"]}]
    assert losses == [
        'card 1: the wrong answer "0" was left out: it is there twice',
        'card 1: the wrong answer "4" was left out: it is there twice',
        'card 1: "9" was left out: a card has 9 answers at most',
    ]


def test_of_equal_cards_the_first_that_can_be_asked_counts() -> None:
    entries, losses = left({"front": "a"}, FLIP, {"front": " a", "back": "b"}, {"front": "a", "back": "c"})
    assert entries == [FLIP]
    assert losses[1:] == [
        "card 3: left out: it is the same card as in card 2",
        "card 4: left out: its front is that of card 2, with another answer",
    ]


def test_of_equal_ids_the_second_is_left_out_but_not_its_card() -> None:
    second = {"front": "c", "back": "d"}
    entries, losses = left(FLIP | {"id": "1"}, second | {"id": 1})
    assert entries == [FLIP | {"id": "1"}, second]
    assert losses == ["card 2: the id was left out: it is that of card 1"]


def test_a_head_with_faults_loses_those_keys() -> None:
    head: dict[str, Any] = {"title": "T\x00", "keys": ["a"], "foo": 1, "card": [], "choices": ["a", "a"]}
    draft = valid(Draft((FLIP,), head))
    deck_of(draft)
    assert draft.head == {"title": "T"}
    assert len(draft.losses) == 5


def test_losses_come_in_the_order_of_what_was_read() -> None:
    draft = Draft(({}, {}), losses=(Loss("line 4", "x"), Loss("", "y")), places=("line 2", "line 11"))
    assert [loss.place for loss in valid(draft).losses] == ["", "line 2", "line 4", "line 11"]


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["front", "back", "cloze", "question", "answer", "wrong", "id", "why", "tags", "x"]
            ),
            st.text("ab{}\x00\n\t ", max_size=4)
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.lists(st.text("ab ", max_size=2) | st.integers(), max_size=12),
        )
    )
)
def test_whatever_comes_in_gives_a_deck_without_problems(entries: list[Any]) -> None:
    deck_of(valid(Draft(tuple(entries))))


def test_losses_of_many_cards_are_told_together() -> None:
    found = [(f"card {number}", "tags") for number in range(1, 8)] + [("card 2", "why"), ("card 3", "why")]
    assert [str(loss) for loss in gathered(found)] == ["cards 1, 2, 3 and 4 more: tags", "cards 2 and 3: why"]

"""Wrong texts for flip cards."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.deck.card import Card, Flip, Kind, card_key
from quizapp.deck.text import collapse
from quizapp.learn.distract import FEW, LOOKS, MOST, distractors, why_none
from tests.builders import flip, statement, typed


def both_ways(front: str, back: str, *, aspect: str = "", entry: int = 0) -> tuple[Flip, Flip]:
    forward = replace(flip(front, back, aspect=aspect), entry=entry)
    key = card_key(Kind.FLIP, prompt=front, part="reverse")
    return forward, replace(forward, key=key, prompt=back, answer=front, reversed=True)


def of(card: Card, *cards: Card, whole: bool = True) -> tuple[str, ...]:
    """The distractors of a card among others."""
    return distractors([card, *cards], whole=whole).get(card.key, ())


def test_wrong_texts_are_backs_of_the_same_aspect() -> None:
    cards: list[Card] = [
        flip("dog", "Hund", aspect="pets"),
        flip("oak", "Eiche", aspect="trees"),
        flip("cat", "Katze", aspect="pets"),
        flip("four", "vier"),
        flip("five", "fünf"),
        typed("bird?", "Vogel"),
        statement("It barks.", "BPO", aspect="pets"),
    ]
    assert distractors(cards, whole=False) == {cards[0].key: ("Katze",), cards[2].key: ("Hund",)}


def test_the_whole_deck_fills_up_what_an_aspect_lacks() -> None:
    dog = flip("dog", "Hund", aspect="pets")
    pets = [flip(name, back, aspect="pets") for name, back in (("cat", "Katze"), ("mouse", "Maus"))]
    oak = flip("oak", "Eiche", aspect="trees")
    four = flip("four", "vier")
    assert of(dog, oak, *pets, four) == ("Katze", "Maus", "Eiche", "vier")
    assert set(of(four, oak, *pets, dog)) == {"Hund", "Katze", "Maus", "Eiche"}
    pets.append(flip("fox", "Fuchs", aspect="pets"))
    assert len(pets) == FEW
    assert set(of(dog, oak, *pets, four)) == {"Katze", "Maus", "Fuchs"}


def test_a_reversed_card_takes_fronts_of_reversed_cards_and_no_backs() -> None:
    dog, cat = both_ways("dog", "Hund"), both_ways("cat", "Katze")
    question = flip("What barks?", "A dog that was woken.")
    found = distractors([*dog, *cat, question], whole=True)
    assert found[dog[0].key] == ("Katze", "A dog that was woken.")
    assert found[dog[1].key] == ("cat",)
    assert found[cat[1].key] == ("dog",)


@pytest.mark.parametrize(
    ("answer", "other", "fits"),
    [
        ("BPO", "KPO", True),
        ("BPO", "BPO", False),
        ("BPO", " bpo.", False),
        ("BPO", "BPO and KPO", False),
        ("BPO and KPO", "(bpo)", False),
        ("Straße", "STRASSE", False),
        ("cafe\u0301", "CAF\u00c9!", False),
        ("C#", "C++", True),
        ("?", "!", True),  # nothing but punctuation
        ("?", "What?", True),
        ("...", "....", False),
    ],
)
def test_a_text_that_may_be_right_is_no_wrong_one(answer: str, other: str, fits: bool) -> None:
    assert of(flip("front", answer), flip("other", other)) == ((other,) if fits else ())
    assert of(flip("front", other), flip("other", answer)) == ((answer,) if fits else ())


def test_a_text_stands_once() -> None:
    assert of(flip("a", "one"), flip("b", "two"), flip("c", "Two."), flip("d", "three")) == ("two", "three")


def test_another_answer_to_the_same_prompt_is_right_too() -> None:
    hound, dog, cat = both_ways("hound", "Hund"), both_ways("dog", "hund!"), both_ways("cat", "Katze")
    found = distractors([*hound, *dog, *cat], whole=True)
    assert found[hound[1].key] == ("cat",)
    assert found[cat[1].key] == ("hound", "dog")
    tap = replace(flip("tap", "Hahn"), variants=("faucet",))
    assert of(tap, flip("faucet", "Wasserkran"), flip("cat", "Katze")) == ("Katze",)


def test_the_nearest_cards_come_first_and_not_too_many() -> None:
    cards = [flip(f"front {n}", chr(0x4E00 + n)) for n in range(30)]
    found = distractors(cards, whole=True)
    expected = [17, 15, 18, 14, 19, 13, 20, 12, 21, 11, 22, 10]
    assert found[cards[16].key] == tuple(cards[n].answer for n in expected)
    assert len(expected) == MOST
    assert found[cards[0].key][:2] == (cards[1].answer, cards[-1].answer)
    assert list(found) == [card.key for card in cards]
    pair = [replace(card, aspect="pair") for card in cards[:2]]
    assert len(of(pair[0], *cards[2:16], pair[1], *cards[16:])) == MOST


def bare(text: str) -> str:
    folded = collapse(text).casefold()
    return folded.strip(" .") or folded


TEXTS = st.text("abA .é", min_size=1, max_size=4).filter(str.strip)


@given(
    st.lists(
        st.tuples(TEXTS, TEXTS, st.sampled_from(["", "x", "y"]), st.booleans()),
        max_size=25,
        unique_by=lambda entry: collapse(entry[0]),
    ),
    st.booleans(),
)
def test_no_distractor_can_be_taken_for_the_answer(
    entries: list[tuple[str, str, str, bool]], whole: bool
) -> None:
    cards: list[Flip] = []
    for front, back, aspect, reverse in entries:
        both = both_ways(front, back, aspect=aspect)
        cards += both if reverse else both[:1]
    found = distractors(cards, whole=whole)
    for card in cards:
        folded = bare(card.answer)
        wrong = [bare(text) for text in found.get(card.key, ())]
        assert card.key not in found or wrong
        assert len(wrong) == len(set(wrong)) <= MOST
        assert not any(text in folded or folded in text for text in wrong)
        ways = {other.answer for other in cards if other.reversed is card.reversed}
        assert set(found.get(card.key, ())) <= ways
    assert (why_none(cards, whole=whole) == "") is bool(found)


@pytest.mark.parametrize(
    ("cards", "whole", "why"),
    [
        ([], True, "There are no flip cards."),
        ([typed("?", "!")], False, "There are no flip cards."),
        ([*both_ways("dog", "Hund")], True, "there is only one: add some"),
        ([flip("dog", "Hund"), replace(flip("cat", "Katze"), entry=1)], False, "these have no aspect: write"),
        (
            [flip("dog", "Hund", aspect="x"), replace(flip("cat", "Katze", aspect="y"), entry=1)],
            False,
            "none has one that will do: write distractors = true under [quiz]",
        ),
        (
            [flip("red?", "yes"), replace(flip("blue?", "Yes."), entry=1)],
            True,
            "the same or contain each other",
        ),
    ],
)
def test_why_there_are_none(cards: list[Card], whole: bool, why: str) -> None:
    said = why_none(cards, whole=whole)
    assert why in said
    assert said.count(".") == 1
    assert said.endswith(".")


def test_there_is_no_why_where_there_are_some() -> None:
    assert why_none([flip("dog", "Hund"), flip("cat", "Katze")], whole=True) == ""


def test_only_so_many_texts_are_looked_at_for_a_card() -> None:
    near = [flip(f"front {n}", f"text {n}") for n in range(LOOKS)]
    far = flip("far", "back")
    half = LOOKS // 2
    assert of(flip("e", "e"), *near[:half], far, *near[half:]) == ()
    assert of(flip("e", "e"), *near[:half], far, *near[half + 1 :]) == ("back",)


@pytest.mark.parametrize("back", ["back {}", "{}", "a", "yes {}"])
def test_ten_thousand_cards_take_a_moment(back: str) -> None:
    """0.1 s here; comparing each with each would take a minute."""
    cards = [flip(f"front {n}", back.format(n % 5000), aspect=str(n % 3)) for n in range(10_000)]
    start = process_time()
    distractors(cards, whole=True)
    assert process_time() - start < 5

"""Near misses: which of them are typos, and which are other answers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from quizapp.deck.card import Card, Choice, Cloze, Typed
from quizapp.learn.ask import pose
from quizapp.learn.judge import Judgement, Written, judge
from quizapp.learn.same import fold
from quizapp.learn.typo import FEWEST, Lexicon, is_typo
from quizapp.record import Outcome
from tests.builders import flip, statement, typed

NOTHING = Lexicon(())


def answered(card: Card, text: str, *others: Card) -> Judgement:
    question = pose(card, times=0, random=Random(0))
    return judge(question, Written(text), Lexicon([card, *others]))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("efficency", "efficiency"),  # missing
        ("effficiency", "efficiency"),  # too many
        ("efficeency", "efficiency"),  # another
        ("efficeincy", "efficiency"),  # swapped
        ("Efficency!", "efficiency"),
        ("knowlege proces", "knowledge process"),  # one in each of two words
        ("knowledgeprocess", "knowledge process"),
        ("out sourcing", "outsourcing"),
        ("naive", "naïve"),
        ("the 3rd busines", "the 3rd business"),
        ("προγραμμα", "πρόγραμμα"),
    ],
)
def test_a_slip_of_the_finger_is_a_typo(typed: str, wanted: str) -> None:
    assert is_typo(typed, wanted, [wanted], NOTHING)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("cpst", "cost"),  # too short a word
        ("hot", "not"),
        ("ocurrance", "occurrence"),  # two slips in a word
        ("hypertension", "hypotension"),
        ("legal", "illegal"),  # prefixes and endings
        ("emigrate", "immigrate"),
        ("habla", "hablo"),
        ("costs", "cost"),
        ("knowlege proces managment", "knowledge process management"),  # three words
        ("process knowledge", "knowledge process"),
        ("not able", "notable"),  # too short to be run together
        ("covid-18", "covid-19"),  # digits
        ("covid", "covid-19"),
        ("1,5 litres", "1.5 litres"),
        ("version 11", "version 12"),
        ("win32x", "win23x"),
        ("degres −1", "degrees 1"),  # signs
        ("degres 1", "degrees −1"),
        ("percnt 10", "percent 10 %"),
        ("objctive C", "objective C++"),
        ("北京大学先", "北京大学生"),  # each sign is a word
        ("カタカメ", "カタカナ"),
        ("안녕하새요", "안녕하세요"),
        ("", "efficiency"),
        ("efficiency", "efficiency"),
    ],
)
def test_all_else_is_wrong(typed: str, wanted: str) -> None:
    assert not is_typo(typed, wanted, [wanted], NOTHING)


def test_a_typo_is_right_and_says_so() -> None:
    judgement = answered(typed("Q", "efficiency"), "efficency")
    assert (judgement.outcome, judgement.typo, judgement.near) == (Outcome.RIGHT, True, "efficiency")
    assert judgement.given == "efficency"
    same = answered(typed("Q", "efficiency"), "Efficiency.")
    assert (same.right, same.typo, same.near) == (True, False, "")


def test_a_near_miss_that_is_none_is_wrong_and_says_what_it_is_near_to() -> None:
    judgement = answered(typed("Q", "hypotension"), "hypertension")
    assert (judgement.outcome, judgement.typo, judgement.near) == (Outcome.WRONG, False, "hypotension")
    assert answered(typed("Q", "Paris"), "Rome").near == ""


def test_other_right_answers_may_be_mistyped_too() -> None:
    card = Typed(key="t", entry=0, prompt="Q", answer="KPO", accept=("knowledge process outsourcing",))
    judgement = answered(card, "knowledge proces outsourcing")
    assert (judgement.typo, judgement.near) == (True, "knowledge process outsourcing")


def test_an_answer_of_another_card_is_never_a_typo() -> None:
    """Nor what is as near to one, in whatever way the deck knows it."""
    alkane = typed("Only single bonds?", "alkane")
    assert answered(alkane, "alkene").typo, "where the deck knows nothing else"
    for other in (
        typed("A double bond?", "alkene"),
        flip("A double bond?", "Alkene"),
        Cloze(key="x", entry=0, prompt="An […].", answer="alkene", before="An ", after="."),
        Choice(key="x", entry=0, prompt="A double bond?", answer="alkyne", wrong=("alkene",)),
        statement("It has a double bond.", "alkene", choices=("alkene", "alkyne")),
        Typed(key="x", entry=0, prompt="C=C?", answer="olefin", accept=("alkene",)),
    ):
        assert not answered(alkane, "alkene", other).right
        # One letter from the one and one from the other.
        assert not answered(alkane, "alkine", other, typed("Q", "alkyne")).right


def test_as_near_to_another_answer_is_wrong() -> None:
    bahrain, other = typed("Manama?", "Bahrain"), typed("Old spelling?", "Bahrein")
    assert answered(bahrain, "Bahrian").typo
    assert not answered(bahrain, "Bahrin", other).right
    # With two slips, what is two slips from another answer is as near to it.
    two = typed("Q", "northern station")
    assert answered(two, "nothern statoin").typo
    assert not answered(two, "nothern statoin", typed("Q2", "nothern station")).right


def test_a_word_that_the_deck_uses_is_no_typo() -> None:
    card = typed("What do plants make?", "sulfate")
    assert answered(card, "sulfite").typo
    for other in (
        flip("What does sulfite do?", "It keeps wine."),
        structs.replace(typed("Q", "x"), why="It is no Sulfite, though."),
        statement("Wine has ‘sulfite’ in it.", "BPO"),
    ):
        assert not answered(card, "sulfite", other).right
    assert answered(card, "sulfite", flip("bisulfites", "hydrosulfite")).typo, "a part of a word is none"


def test_words_taken_apart_are_a_typo_unless_both_are_words() -> None:
    card = typed("Q", "overthrown kings")
    assert answered(card, "over thrown kings").typo
    assert answered(card, "over thrown kings", flip("It is over", "x")).typo
    assert not answered(card, "over thrown kings", flip("It is over", "thrown away")).right


words = st.text(st.sampled_from("abcdeé漢ñ"), max_size=8)
phrases = st.lists(words | st.text(st.sampled_from("0123456789.,-−+#%"), max_size=3), max_size=4).map(
    " ".join
)


def near(text: str, place: int, sign: str, how: int) -> str:
    """The text with one change in it."""
    place %= len(text) + 1
    return text[:place] + sign * (how != 1) + text[place + (how != 0) :]


@settings(max_examples=400)
@given(phrases, st.integers(0, 40), st.sampled_from("abcé漢0123456789+#%− "), st.integers(0, 2))
def test_no_digit_or_sign_differs_in_a_typo(wanted: str, place: int, sign: str, how: int) -> None:
    given = near(wanted, place, sign, how)
    if is_typo(given, wanted, [wanted], NOTHING):

        def fixed(text: str) -> list[str]:
            return [sign for sign in fold(text) if not sign.isalpha() and not sign.isspace()]

        assert fixed(given) == fixed(wanted)
        assert sum(map(str.isalpha, wanted)) >= FEWEST


@given(st.text(), st.text())
def test_no_two_texts_make_it_fail(given: str, wanted: str) -> None:
    if wanted.strip():
        judgement = answered(typed("Q", wanted), given)
        assert judgement.right or not judgement.typo
        assert judgement.near in ("", wanted)


@given(words, words)
def test_a_slip_is_one_either_way(left: str, right: str) -> None:
    if min(len(left), len(right)) >= FEWEST:
        assert is_typo(left, right, [right], NOTHING) == is_typo(right, left, [left], NOTHING)

"""What the answers of a run say beyond the score."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.deck.card import Card, Choice
from quizapp.learn.figures import (
    Figures,
    Mistake,
    MixedUp,
    by_aspect,
    figures,
    mistakes,
    new_and_known,
    steadiness_in_words,
    weakest,
)
from quizapp.learn.measure import Accuracy, Steadiness
from quizapp.record import Answer, Outcome, Seen
from tests.builders import statement, typed
from tests.learn.test_score import answer

RIGHT, WRONG, TIMEOUT = Outcome.RIGHT, Outcome.WRONG, Outcome.TIMEOUT
CHOICES = ("BPO", "KPO")


def card(key: str, right: str, aspect: str = "") -> Card:
    return replace(statement(key, right, aspect=aspect, choices=CHOICES), key=key)


def said(position: int, one: Card, given: str, *, ms: int = 1000) -> Answer:
    """An answer to a statement."""
    outcome = RIGHT if given == one.answer else WRONG
    return answer(position, outcome, card=one.key, given=given, ms=ms)


def run(*pairs: tuple[Card, str], ms: int = 1000) -> list[Answer]:
    return [said(position, one, given, ms=ms) for position, (one, given) in enumerate(pairs)]


def by_key(*cards: Card) -> dict[str, Card]:
    return {one.key: one for one in cards}


def counts(figure: Accuracy | None) -> tuple[int, int] | None:
    return (figure.right, figure.asked) if figure else None


B, K = card("b", "BPO", "cost"), card("k", "KPO", "cost")


# The whole


def test_the_figures_of_a_run() -> None:
    rows = [
        *run(*[(B, "BPO")] * 18, *[(B, "KPO")] * 2, ms=1500),
        *(said(20 + n, K, "BPO", ms=900) for n in range(8)),
        *(said(28 + n, K, "KPO", ms=1500) for n in range(12)),
    ]
    found = figures(rows, by_key(B, K), choices=CHOICES, seen={"b", "k"})
    assert counts(found.accuracy) == (30, 40)
    assert found.knowledge == 0.5
    assert (found.right_ms, found.wrong_ms) == (1500, 900)
    assert found.steadiness == Steadiness(1.0, 1500, 1500)
    assert found.streak == 18
    assert found.confusion is not None
    assert found.confusion.counts == ((18, 2), (8, 12))
    assert found.kappa == pytest.approx(0.5)
    assert found.detection is not None
    assert found.detection.lean == "BPO"
    assert found.weakest is not None
    assert found.weakest.mixed_up == MixedUp("BPO", "KPO", 10)
    assert (found.new, found.known) == (None, None)
    assert [mistake.card for mistake in found.mistakes] == ["k", "b"]  # 900 ms was quick, 1500 was not


def test_the_figures_of_nothing() -> None:
    assert figures([], {}, seen=set()) == Figures(
        accuracy=None,
        knowledge=None,
        right_ms=None,
        wrong_ms=None,
        steadiness=None,
        streak=0,
        confusion=None,
        kappa=None,
        detection=None,
        aspects=(),
        weakest=None,
        new=None,
        known=None,
        mistakes=(),
    )


def test_a_small_table_has_no_kappa() -> None:
    nine = figures(run(*[(B, "BPO")] * 4, *[(K, "KPO")] * 5), by_key(B, K))
    assert nine.confusion is not None
    assert (nine.kappa, nine.detection) == (None, None)
    ten = figures(run(*[(B, "BPO")] * 5, *[(K, "KPO")] * 5), by_key(B, K))
    assert ten.kappa == 1.0
    assert ten.detection is not None


def test_a_timeout_was_asked_but_is_no_mistake_and_has_no_time() -> None:
    rows = [said(0, B, "BPO"), answer(1, TIMEOUT, card="k", given="", ms=10_000)]
    found = figures(rows, by_key(B, K))
    assert counts(found.accuracy) == (1, 2)
    assert (found.right_ms, found.wrong_ms) == (1000, None)
    assert found.mistakes == ()


def test_of_an_answer_that_was_changed_the_last_counts() -> None:
    changed = replace(said(0, B, "BPO"), id="0009")
    found = figures([changed, said(0, B, "KPO"), said(1, K, "KPO")], by_key(B, K))
    assert counts(found.accuracy) == (2, 2)
    assert found.mistakes == ()


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Answer], dict[str, Card], set[str]]:
    """A run over a deck in which some cards are typed, some have no aspect, and some are gone."""
    aspects = st.sampled_from(["", "cost", "skills"])
    deck: list[Card] = [card(f"s{n}", draw(st.sampled_from(CHOICES)), draw(aspects)) for n in range(6)]
    deck += [replace(typed("t", "x"), key="t")]
    rows = [
        answer(
            position,
            draw(st.sampled_from(list(Outcome))),
            card=draw(st.sampled_from([*(one.key for one in deck), "gone"])),
            given=draw(st.sampled_from([*CHOICES, "x", ""])),
            k=draw(st.sampled_from([2, 3, None])),
            ms=draw(st.integers(0, 9000)),
        )
        for position in range(draw(st.integers(0, 60)))
    ]
    return rows, by_key(*deck), draw(st.sets(st.sampled_from([one.key for one in deck])))


@given(runs(), st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order_of_the_rows(
    made: tuple[list[Answer], dict[str, Card], set[str]], random: Random
) -> None:
    rows, cards, seen = made
    found = figures(rows, cards, seen=seen)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert figures(shuffled, dict(reversed(cards.items())), seen=seen) == found
    assert found.kappa is None or found.kappa <= 1
    assert sum(aspect.accuracy.asked for aspect in found.aspects) <= len(rows)


# Aspects


def test_the_lowest_aspect_comes_first() -> None:
    skills, plain = card("s", "BPO", "skills"), card("p", "BPO")
    rows = run((B, "BPO"), (skills, "KPO"), (skills, "BPO"), (plain, "KPO"), (B, "BPO"))
    found = by_aspect(rows, by_key(B, skills, plain))
    assert [(one.aspect, counts(one.accuracy)) for one in found] == [("skills", (1, 2)), ("cost", (2, 2))]


def test_the_weakest_contrast_has_answers_enough_and_two_sides() -> None:
    lonely = card("l", "BPO", "lonely")
    few, other = card("f", "BPO", "few"), card("g", "KPO", "few")
    cards = by_key(B, K, lonely, few, other)
    rows = run(*[(lonely, "KPO")] * 4, *[(few, "KPO")] * 3, (B, "KPO"), (K, "BPO"), (B, "BPO"), (K, "KPO"))
    found = weakest(rows, cards)
    assert found is not None
    assert (found.aspect, counts(found.accuracy)) == ("cost", (2, 4))
    assert found.mixed_up == MixedUp("BPO", "KPO", 2)
    assert weakest(rows[:-1], cards) is None  # three answers
    assert weakest(run(*[(B, "BPO")] * 4), cards) is None  # all went well


def test_what_was_typed_is_mixed_up_only_with_a_contrasts_answer() -> None:
    first = replace(typed("first?", "BPO"), key="1", aspect="history")
    then = replace(typed("then?", "KPO"), key="2", aspect="history")
    rows = [
        *(answer(n, WRONG, card="1", given="dunno", k=None) for n in range(3)),
        answer(3, WRONG, card="1", given="KPO", k=None),
    ]
    found = weakest(rows, by_key(first, then))
    assert found is not None
    assert found.mixed_up == MixedUp("BPO", "KPO", 1)
    found = weakest([replace(row, given="dunno") for row in rows], by_key(first, then))
    assert found is not None
    assert found.mixed_up is None


def test_a_wrong_answer_of_a_choice_card_is_mixed_up_with_its_right_one() -> None:
    choice = Choice(key="c", entry=0, prompt="?", answer="red", wrong=("blue", "green"), aspect="colour")
    rows = [answer(n, WRONG, card="c", given=given, k=3) for n, given in enumerate(["blue", *["green"] * 3])]
    found = weakest(rows, by_key(choice, replace(choice, key="d", answer="black")))
    assert found is not None
    assert found.mixed_up == MixedUp("green", "red", 3)


# New and known statements


def new_cards() -> list[Card]:
    return [card(f"n{number}", "BPO") for number in range(5)]


def test_new_statements_are_set_beside_known_ones() -> None:
    new = new_cards()
    rows = run(*[(B, "BPO")] * 5, *((one, "KPO" if one is new[0] else "BPO") for one in new))
    cards = by_key(B, *new)
    apart = new_and_known(rows, cards, {"b"})
    assert list(map(counts, apart)) == [(4, 5), (5, 5)]
    never = Seen(0, "")
    assert new_and_known(rows, cards, {"b": Seen(3, "0001"), "n0": never, "n1": never}) == apart
    assert new_and_known(rows[1:], cards, {"b"}) == (None, None)
    assert new_and_known(rows[:-1], cards, {"b"}) == (None, None)


def test_a_statement_is_new_only_once_in_a_run() -> None:
    new = new_cards()
    rows = run(*[(one, "KPO") for one in new], *[(one, "BPO") for one in new])
    assert list(map(counts, new_and_known(rows, by_key(*new), set()))) == [(0, 5), (5, 5)]
    assert new_and_known(list(reversed(rows)), by_key(*new), set()) == new_and_known(
        rows, by_key(*new), set()
    )


def test_only_statements_have_a_rule() -> None:
    asked = [replace(typed(str(n), "x"), key=str(n)) for n in range(10)]
    rows = [answer(n, RIGHT, card=str(n)) for n in range(10)]
    assert new_and_known(rows, by_key(*asked), {str(n) for n in range(5)}) == (None, None)


# Mistakes


def test_quick_mistakes_come_first() -> None:
    cards = [card(str(n), "BPO") for n in range(6)]
    right = [said(n, cards[n], "BPO", ms=1000 * (n + 1)) for n in range(3)]  # median 2000
    wrong = [
        said(3, cards[3], "KPO", ms=2000),
        said(4, cards[4], "KPO", ms=1999),
        said(5, cards[5], "KPO", ms=500),
        said(6, cards[3], "KPO", ms=10),  # its first wrong answer counts
    ]
    assert mistakes(reversed([*right, *wrong]), by_key(*cards)) == (
        Mistake("4", "KPO", "BPO", True, None),
        Mistake("5", "KPO", "BPO", True, None),
        Mistake("3", "KPO", "BPO", False, None),
    )
    assert [one.confident for one in mistakes(wrong, by_key(*cards))] == [
        False
    ] * 3  # nothing to compare with


def test_stated_certainty_decides_where_there_is_one() -> None:
    cards = [card(str(n), "BPO") for n in range(5)]
    rows = [
        said(0, cards[0], "BPO", ms=2000),
        said(1, cards[1], "KPO", ms=500),
        said(2, cards[2], "KPO", ms=9000),
        said(3, cards[3], "KPO", ms=500),
        said(4, cards[4], "KPO", ms=500),
    ]
    stated = {rows[1].id: 2, rows[2].id: 3, rows[4].id: 1}
    found = mistakes(rows, by_key(*cards), stated)
    assert [(one.card, one.confident, one.certainty) for one in found] == [
        ("2", True, 3),
        ("3", True, None),
        ("1", False, 2),
        ("4", False, 1),
    ]


def test_a_mistake_on_a_card_that_is_gone_has_no_right_answer() -> None:
    assert mistakes([answer(0, WRONG, card="gone", given="BPO")], {}) == (
        Mistake("gone", "BPO", "", False, None),
    )


@pytest.mark.parametrize(
    ("steady", "words"),
    [
        (Steadiness(0.8, 1200, 1800), "Steady: half of your right answers took 1.2 to 1.8 s."),
        (Steadiness(0.5, 1000, 3000), "Fairly steady: half of your right answers took 1.0 to 3.0 s."),
        (Steadiness(0.49, 1000, 3100), "Uneven: half of your right answers took 1.0 to 3.1 s."),
        (Steadiness(1.0, 1501, 1502), "Steady: half of your right answers took about 1.5 s."),
    ],
)
def test_steadiness_in_words(steady: Steadiness, words: str) -> None:
    assert steadiness_in_words(steady) == words

"""Cramming: any card, as often as wanted, and the schedule is untouched."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from quizapp.deck.card import Card
from quizapp.learn.cram import CramSession, apart
from quizapp.learn.judge import Chosen
from quizapp.learn.schedule import Plan, default_scheduler
from quizapp.learn.study import Asking, Finished, Grading, Item, Place, Reply
from quizapp.record import Grade, Mark, Memory, Moment, Ref, State, study_day
from tests.builders import START_MS, deck, flip, statement

NOW = Moment(START_MS, 0, study_day(START_MS, 0))
STEP = Memory(State.LEARNING, 1, 2.0, 5.0, START_MS, NOW.day, START_MS + 600_000, None, 1)
LATER = Memory(State.REVIEW, None, 30.0, 5.0, START_MS, NOW.day, None, "2026-03-01", 4)


def cram(*cards: Card, memory: Memory | None = None) -> CramSession:
    whole = deck(*cards)
    items = [Item(Ref("d", card.key), card, memory, 0) for card in whole.cards]
    plans = {"d": Plan(0.9, default_scheduler())}
    one = CramSession(items, {"d": whole}, plans=plans, random=Random(1))
    one.start(NOW)
    return one


def flips(count: int) -> list[Card]:
    return [flip(f"{place}", f"answer {place}") for place in range(count)]


def front(one: CramSession) -> str:
    assert isinstance(one.view, Asking)
    return one.view.item.card.prompt


def grade(one: CramSession, grade: Grade) -> Reply:
    one.reveal(NOW)
    reply = one.grade(grade, NOW, 900)
    assert isinstance(reply, Reply)
    return reply


@pytest.mark.parametrize("memory", [None, STEP, LATER])
def test_each_card_is_asked_once_in_order_whenever_it_is_due(memory: Memory | None) -> None:
    one = cram(*flips(5), memory=memory)
    asked = []
    while isinstance(one.view, Asking):
        asked.append(front(one))
        reply = grade(one, Grade.GOOD)
        assert (reply.graded, reply.memory) == (None, memory)
    assert asked == ["0", "1", "2", "3", "4"]
    assert one.view == Finished(5, 5, 5)
    assert one.memories() == ({Ref("d", card.key): memory for card in flips(5)} if memory else {})


def test_there_are_two_grades_that_lead_nowhere_with_a_hint_and_without() -> None:
    one = cram(structs.replace(flip("a", "b"), hint="c"), statement("s", "BPO"))
    one.hint()
    view = one.reveal(NOW)
    assert isinstance(view, Grading)
    assert (view.grades, view.outcomes, view.marked) == ((Grade.AGAIN, Grade.GOOD), {}, Grade.GOOD)
    for not_offered in (Grade.HARD, Grade.EASY):
        assert one.grade(not_offered, NOW, 900) is None
        assert one.view is view
    one.grade(Grade.GOOD, NOW, 900)
    one.answer(Chosen(1), NOW, 900)
    assert isinstance(one.view, Grading)
    assert (one.view.grades, one.view.marked) == ((Grade.AGAIN, Grade.GOOD), Grade.AGAIN)


@given(st.integers(1, 30), st.lists(st.booleans(), max_size=60))
def test_a_missed_card_comes_back_after_a_few_others(count: int, knew: list[bool]) -> None:
    one = cram(*flips(count))
    asked: list[str] = []
    missed: dict[str, tuple[int, int]] = {}  # when, and how many others there were
    while isinstance(one.view, Asking):
        card = front(one)
        if card in missed:
            when, others = missed.pop(card)
            assert len(asked) - when - 1 >= min(3, others)
        if len(asked) < len(knew) and not knew[len(asked)]:
            missed[card] = len(asked), len(one._line.queue)
        grade(one, Grade.AGAIN if card in missed else Grade.GOOD)
        asked.append(card)
    assert set(asked) == {card.prompt for card in flips(count)}
    assert not missed, "none is left before it was remembered"
    assert len(asked) == count + sum(not one for one in knew[: len(asked)])


def test_the_place_says_what_comes_again() -> None:
    one = cram(*flips(2))
    grade(one, Grade.AGAIN)
    assert isinstance(one.view, Asking)
    assert one.view.place == Place(2, 2, 1, 0)
    grade(one, Grade.GOOD)
    assert isinstance(one.view, Asking)
    assert one.view.place == Place(2, 2, 1, 1)


def test_another_grade_for_an_answer_counts_here_and_moves_nothing() -> None:
    one = cram(statement("s", "BPO"))
    one.answer(Chosen(1), NOW, 900)
    assert one.grade(Grade.GOOD, NOW, 900) is None
    assert one.view == Finished(1, 1, 1)


def test_what_is_put_aside_on_its_feedback_does_not_come_again() -> None:
    one = cram(*(statement(text, "BPO") for text in "abc"))
    first = front(one)
    one.answer(Chosen(1), NOW, 900)
    one.put_aside(Mark(suspended=True), NOW)
    while isinstance(one.view, Asking):
        assert front(one) != first
        grade(one, Grade.GOOD)
    assert one.view == Finished(3, 2, 3, aside=1)


def test_undo_goes_back_one_by_one() -> None:
    one = cram(*flips(3))
    views = [one.view]
    for each in (Grade.AGAIN, Grade.GOOD, Grade.AGAIN, Grade.GOOD):
        grade(one, each)
        views.append(one.view)
    while len(views) > 1:
        views.pop()
        assert one.undo(None, Mark()) == views[-1]


def entries(*sizes: int) -> list[Card]:
    """A deck's cards: an entry each of so many."""
    return [
        structs.replace(flip(f"{entry}.{part}", f"answer {entry}.{part}"), entry=entry)
        for entry, size in enumerate(sizes)
        for part in range(size)
    ]


class TestApart:
    @pytest.mark.parametrize(
        ("sizes", "expected"),
        [
            ((1, 1, 1), "0.0 1.0 2.0"),
            ((2,), "0.0 0.1"),
            ((2, 2), "0.0 1.0 0.1 1.1"),
            ((1, 1, 2), "2.0 0.0 1.0 2.1"),
            ((1, 3, 1, 1), "1.0 0.0 1.1 2.0 3.0 1.2"),
            ((2, 2, 3), "2.0 0.0 1.0 2.1 0.1 1.1 2.2"),
            ((2, 2, 4), "2.0 1.0 2.1 0.1 1.1 2.2 0.0 2.3"),
        ],
    )
    def test_all_others_are_between_cards_of_one_entry(self, sizes: tuple[int, ...], expected: str) -> None:
        assert " ".join(card.prompt for card in apart(entries(*sizes))) == expected

    @given(st.lists(st.integers(1, 4), max_size=8), st.randoms(use_true_random=False))
    def test_none_is_lost_and_two_follow_each_other_only_where_they_must(
        self, sizes: list[int], random: Random
    ) -> None:
        cards = entries(*sizes)
        random.shuffle(cards)
        ordered = apart(cards)
        assert sorted(card.prompt for card in ordered) == sorted(card.prompt for card in cards)
        touching = sum(one.entry == other.entry for one, other in pairwise(ordered))
        most = max(sizes, default=0)
        assert touching == max(0, 2 * most - 1 - len(cards))

"""Which cards are studied now, how many, and in which order."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.card import Card, Deck, StudyDefaults
from quizapp.learn.queue import Pool, aspect_by_aspect, next_due, ready, spread, together
from quizapp.record import Memory, Moment, State
from tests.builders import START_MS, deck, flip, statement

NOW = Moment(START_MS, 0, "2026-01-01")
MINUTE = 60_000


def memory(*, due_ms: int | None = None, due_day: str | None = None, stability: float = 5.0) -> Memory:
    state = State.REVIEW if due_day else State.LEARNING
    return Memory(
        state, None if due_day else 0, stability, 5.0, START_MS - 86_400_000, "2025-12-31", due_ms, due_day, 1
    )


def cards(number: int) -> list[Card]:
    return [flip(f"front {place}", f"back {place}") for place in range(number)]


def pool(
    whole: Deck, memories: dict[str, Memory] | None = None, *, new_done: int = 0, reviews_done: int = 0
) -> Pool:
    return Pool(whole, memories or {}, new_done, reviews_done)


class TestReady:
    def test_new_cards_stop_at_todays_limit(self) -> None:
        whole = deck(*cards(30))
        assert len(ready(pool(whole), NOW, Random(1)).new) == 20
        assert len(ready(pool(whole, new_done=15), NOW, Random(1)).new) == 5
        assert ready(pool(whole, new_done=25), NOW, Random(1)).new == ()

    def test_a_decks_own_limits_count(self) -> None:
        whole = deck(*cards(9), study=StudyDefaults(new_per_day=2, reviews_per_day=3))
        due = {card.key: memory(due_day="2026-01-01") for card in whole.cards[:6]}
        found = ready(pool(whole, due, reviews_done=1), NOW, Random(1))
        assert (len(found.new), len(found.reviews)) == (2, 2)

    def test_no_limit_of_zero_is_taken_for_none(self) -> None:
        whole = deck(*cards(9), study=StudyDefaults(new_per_day=0))
        assert ready(pool(whole), NOW, Random(1)).new == ()

    @pytest.mark.parametrize(
        ("due_day", "due"), [("2025-12-20", True), ("2026-01-01", True), ("2026-01-02", False)]
    )
    def test_a_review_is_due_on_its_study_day(self, due_day: str, due: bool) -> None:
        whole = deck(*cards(1))
        found = ready(pool(whole, {whole.cards[0].key: memory(due_day=due_day)}), NOW, Random(1))
        assert bool(found.reviews) is due

    def test_steps_due_within_twenty_minutes_count_the_earliest_first(self) -> None:
        whole = deck(*cards(3))
        later = [START_MS + 20 * MINUTE, START_MS - MINUTE, START_MS + 20 * MINUTE + 1]
        due = {card.key: memory(due_ms=at) for card, at in zip(whole.cards, later, strict=True)}
        assert ready(pool(whole, due), NOW, Random(1)).steps == (whole.cards[1], whole.cards[0])

    def test_the_best_remembered_review_comes_first(self) -> None:
        whole = deck(*cards(3))
        due = {
            card.key: memory(due_day="2026-01-01", stability=stability)
            for card, stability in zip(whole.cards, (1.0, 100.0, 10.0), strict=True)
        }
        found = ready(pool(whole, due), NOW, Random(1))
        assert [card for card, _ in found.reviews] == [whole.cards[1], whole.cards[2], whole.cards[0]]

    def test_memories_of_cards_that_are_gone_count_nothing(self) -> None:
        found = ready(pool(deck(*cards(1)), {"gone": memory(due_day="2026-01-01")}), NOW, Random(1))
        assert found.reviews == ()


class TestOrder:
    def test_aspects_keep_the_decks_order(self) -> None:
        whole = [
            statement("a1", "BPO", aspect="a"),
            statement("b1", "BPO", aspect="b"),
            statement("a2", "KPO", aspect="a"),
            statement("b2", "KPO", aspect="b"),
        ]
        assert [card.aspect for card in aspect_by_aspect(whole, Random(1))] == ["a", "a", "b", "b"]

    @given(st.integers(2, 8), st.integers())
    def test_a_contrast_is_one_to_three_cards_away(self, number: int, seed: int) -> None:
        sides = [
            statement(f"{side} {place}", side, aspect="a")
            for side in ("BPO", "KPO")
            for place in range(number)
        ]
        answers = [card.answer for card in aspect_by_aspect(sides, Random(seed))]
        for place, answer in enumerate(answers[: len(answers) - 3]):
            assert any(other != answer for other in answers[max(0, place - 3) : place + 4])

    def test_cards_without_an_aspect_keep_their_places(self) -> None:
        whole = cards(12)
        assert aspect_by_aspect(whole, Random(3)) == whole

    @given(st.lists(st.lists(st.integers(), max_size=30), max_size=4))
    def test_spreading_loses_nothing_and_keeps_each_order(self, rows: list[list[int]]) -> None:
        marked = [[(number, item) for item in row] for number, row in enumerate(rows)]
        mixed = spread(*([[item] for item in row] for row in marked))
        for number, row in enumerate(marked):
            assert [item for item in mixed if item[0] == number] == row

    def test_new_cards_of_one_aspect_stay_together(self) -> None:
        whole = [
            statement("a1", "BPO", aspect="a"),
            statement("a2", "KPO", aspect="a"),
            statement("b1", "BPO", aspect="b"),
            statement("c1", "BPO"),
            statement("c2", "KPO"),
        ]
        assert [len(group) for group in together(whole)] == [2, 1, 1, 1]
        assert [card for group in together(whole) for card in group] == whole

    def test_groups_stay_whole_and_the_first_row_begins(self) -> None:
        assert spread(["aaaa", "bb"], ["1", "2", "3", "4"]) == list("aaaa123bb4")

    def test_new_cards_are_met_all_the_way(self) -> None:
        mixed = spread("r" * 20, "n" * 4)
        assert "".join(mixed).count("n") == 4
        assert [place for place, kind in enumerate(mixed) if kind == "n"] == [3, 9, 15, 21]


class TestNextDue:
    def test_it_is_the_earliest_step_and_the_earliest_later_day(self) -> None:
        known = [
            memory(due_ms=START_MS + 5 * MINUTE),
            memory(due_ms=START_MS + 3 * MINUTE),
            memory(due_day="2026-01-01"),
            memory(due_day="2026-01-09"),
            memory(due_day="2026-01-04"),
        ]
        whole = deck(*cards(5))
        memories = {card.key: one for card, one in zip(whole.cards, known, strict=True)}
        assert next_due(pool(whole, memories), NOW) == (START_MS + 3 * MINUTE, "2026-01-04")

    def test_no_cards_nothing_due(self) -> None:
        assert next_due(pool(deck()), NOW) == (None, None)

    def test_cards_beyond_todays_limit_are_there_tomorrow(self) -> None:
        assert next_due(pool(deck(*cards(5)), new_done=20), NOW) == (None, "2026-01-02")
        assert next_due(pool(deck(*cards(5)), new_done=15), NOW) == (None, None)
        never = deck(*cards(5), study=StudyDefaults(new_per_day=0))
        assert next_due(pool(never), NOW) == (None, None)

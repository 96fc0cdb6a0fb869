"""What is expected of a deck on a later day."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from msgspec import structs

from quizapp.deck.card import StudyDefaults
from quizapp.learn.forecast import forecast, knowledge
from quizapp.learn.queue import Pool
from quizapp.learn.schedule import plan_for, review
from quizapp.record import Grade, Mark, Memory, Moment, State
from tests.builders import START_MS, deck, flip, statement

NOW = Moment(START_MS, 0, "2026-01-01")
CARDS = tuple(flip(f"front {n}", f"back {n}") for n in range(40))


def pool(**study: int | date) -> Pool:
    return Pool(deck(*CARDS, study=structs.replace(StudyDefaults(), **study)), {})


def known(stability: float) -> Memory:
    return Memory(State.REVIEW, None, stability, 5.0, START_MS, NOW.day, None, "2026-06-01", 3)


class TestForecast:
    def test_cards_that_are_studied_are_known_near_the_target(self) -> None:
        found = forecast(pool(new_per_day=40), NOW, "2026-03-01", Random(1))
        assert found is not None
        assert 0.88 < found.known < 0.98
        assert found.stopped == 0.0
        assert found.unseen == 0

    def test_a_higher_retention_takes_more_questions_and_is_known_better(self) -> None:
        low, high = (
            forecast(
                Pool(deck(*CARDS, study=StudyDefaults(new_per_day=40, retention=retention)), {}),
                NOW,
                "2026-04-01",
                Random(1),
            )
            for retention in (0.7, 0.97)
        )
        assert low is not None
        assert high is not None
        assert low.known < high.known
        assert low.questions < high.questions

    def test_what_the_limit_of_new_cards_leaves_is_unseen_and_unknown(self) -> None:
        found = forecast(pool(new_per_day=2), NOW, "2026-01-11", Random(1))
        assert found is not None
        assert found.unseen == 20
        assert found.known < 0.5

    def test_without_study_memory_only_fades(self) -> None:
        whole = deck(*CARDS)
        memories = {card.key: known(10.0) for card in whole.cards}
        found = forecast(Pool(whole, memories), NOW, "2026-01-11", Random(1))
        assert found is not None
        assert found.stopped == pytest.approx(0.9, abs=0.001)  # after its stability in days

    def test_suspended_cards_count_nowhere(self) -> None:
        whole = deck(*CARDS[:2])
        memories = {whole.cards[0].key: known(10.0)}
        marks = {whole.cards[1].key: Mark(suspended=True)}
        found = forecast(Pool(whole, memories, marks=marks), NOW, "2026-01-11", Random(1))
        assert found is not None
        assert found.stopped == pytest.approx(0.9, abs=0.001)

    @pytest.mark.parametrize("day", ["2026-01-01", "2025-12-31"])
    def test_there_is_none_of_a_day_that_is_not_to_come(self, day: str) -> None:
        assert forecast(pool(), NOW, day, Random(1)) is None

    def test_a_large_deck_stands_on_a_sample(self) -> None:
        large = Pool(
            deck(*(flip(f"f{n}", f"b{n}") for n in range(1000)), study=StudyDefaults(new_per_day=1000)), {}
        )
        found = forecast(large, NOW, "2026-01-04", Random(1))
        assert found is not None
        assert found.unseen == 0
        assert 600 < found.questions < 1100  # two steps and a review of each card in three days


def test_a_guess_is_not_knowledge() -> None:
    card = statement("Anyone can do it.", "BPO", choices=("BPO", "KPO"))
    whole = deck(card)
    plan = plan_for(whole.study, Pool(whole, {}).usual, NOW.day)
    memory = review(known(10.0), plan.graded(Grade.GOOD, NOW, 2), card_key=card.key)
    later = Moment(START_MS + round(memory.stability) * 86_400_000, 0, "2026-01-31")
    share = knowledge(memory, card, later, plan)
    right = knowledge(memory, flip("f", "b"), later, plan)
    assert share == pytest.approx(2 * right - 1)
    assert knowledge(None, card, later, plan) == 0.0

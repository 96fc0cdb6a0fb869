"""When a backlog is named, and what spreading it takes a day."""

from __future__ import annotations

import pytest
from msgspec import structs

from quizapp.deck.card import Deck, StudyDefaults, UsualStudy
from quizapp.learn.backlog import Behind, behind, load_of, longest_break, usual_day
from quizapp.learn.queue import Pool, later_day
from quizapp.record import Mark, Memory, Moment, State
from tests.builders import DAY_MS, START_MS, deck, flip

TODAY = "2026-01-20"
NOW = Moment(START_MS + 19 * DAY_MS, 0, TODAY)
CARDS = [flip(f"front {n}", f"back {n}") for n in range(60)]


def days(*numbers: int) -> list[str]:
    return [f"2026-01-{number:02d}" for number in numbers]


class TestBreak:
    @pytest.mark.parametrize(
        ("studied", "since", "longest"),
        [
            ([], None, 0),
            ([19], None, 1),
            ([8], None, 12),
            ([8, 20], None, 12),
            ([8, 14], None, 6),
            ([1, 13, 14, 15, 16, 17, 18, 19], None, 1),
            ([1, 14, 15, 16, 17, 18, 19], None, 13),
            ([8], 19, 1),
            ([8], 17, 3),
            ([8, 15, 16], 13, 4),
        ],
    )
    def test_it_ended_in_the_last_week(self, studied: list[int], since: int | None, longest: int) -> None:
        day = days(since)[0] if since else None
        assert longest_break(days(*studied), TODAY, day) == longest

    def test_a_usual_day_is_the_one_in_the_middle(self) -> None:
        assert usual_day({}) == 0
        assert usual_day({"a": 10, "b": 30, "c": 500}) == 30


class TestBehind:
    @pytest.mark.parametrize(
        ("cards", "over", "answered", "dismissed", "found"),
        [
            (19, True, {}, None, None),
            (20, True, {19: 30}, None, Behind(20, 0)),
            (80, False, {19: 30}, None, None),
            (80, False, {8: 30}, None, Behind(80, 12)),
            (60, False, {8: 30}, None, None),
            (60, True, {8: 30}, None, Behind(60, 12)),
            (80, False, {8: 30, 20: 999}, None, Behind(80, 12)),
            (80, False, {18: 30}, None, None),
            (80, False, {17: 30}, None, Behind(80, 3)),
            (80, True, {8: 30}, 20, None),
            (80, True, {8: 30, 18: 30, 19: 30}, 18, None),
            (80, False, {8: 30}, 10, Behind(80, 10)),
            (80, False, {8: 30, 16: 30}, 14, Behind(80, 4)),
        ],
    )
    def test_it_is_large_or_not(
        self, cards: int, over: bool, answered: dict[int, int], dismissed: int | None, found: Behind | None
    ) -> None:
        answers = {days(day)[0]: count for day, count in answered.items()}
        said = days(dismissed)[0] if dismissed else None
        assert behind(cards, over=over, answers=answers, today=TODAY, dismissed=said) == found


def memory(due_day: str, *, stability: float = 30.0) -> Memory:
    then = NOW.at_ms - 30 * DAY_MS
    return Memory(State.REVIEW, None, stability, 5.0, then, "2025-12-21", None, due_day, 5)


def pool(*memories: Memory, new_per_day: int = 0, whole: Deck | None = None) -> Pool:
    one = whole or deck(*CARDS, study=StudyDefaults(new_per_day=new_per_day))
    known = zip((card.key for card in one.cards), memories, strict=False)
    return Pool(one, dict(known))


class TestLoad:
    def test_cards_that_do_not_come_back_soon_are_spread_evenly(self) -> None:
        load = load_of(pool(*[memory(TODAY, stability=3000)] * 30), NOW)
        assert load.waiting == 30
        assert [load.a_day(days) for days in (3, 7, 40)] == [10, 5, 1]

    def test_those_that_fall_due_meanwhile_count_and_later_ones_do_not(self) -> None:
        soon, late = memory(later_day(TODAY, 2), stability=3000), memory(later_day(TODAY, 3), stability=3000)
        assert load_of(pool(*[memory(TODAY, stability=3000)] * 30, *[soon] * 15), NOW).a_day(3) == 15
        assert load_of(pool(*[memory(TODAY, stability=3000)] * 30, *[late] * 15), NOW).a_day(3) == 10

    def test_cards_that_come_back_meanwhile_count_again(self) -> None:
        often, seldom = memory(TODAY, stability=1), memory(TODAY, stability=3000)
        loads = [load_of(pool(*[one] * 30), NOW) for one in (often, seldom)]
        assert loads[0].a_day(30) > loads[1].a_day(30)
        assert loads[0].forgotten > 0.3 > 0.01 > loads[1].forgotten

    def test_new_cards_come_back_as_reviews(self) -> None:
        known = [memory(TODAY, stability=3000)] * 30
        without, with_new = pool(*known), pool(*known, new_per_day=5)
        assert load_of(with_new, NOW).a_day(14) > load_of(without, NOW).a_day(14)
        assert load_of(pool(new_per_day=5), NOW).a_day(1) == 1, "on the first day none comes back"

    def test_suspended_cards_do_not_count(self) -> None:
        whole = pool(*[memory(TODAY)] * 30, *[memory(later_day(TODAY, 1))] * 30)
        marks = {card.key: Mark(suspended=True) for card in CARDS[15:45]}
        load = load_of(structs.replace(whole, marks=marks), NOW)
        assert (load.waiting, load.each * len(load.to_come)) == (15, 15)

    def test_a_large_deck_is_counted_by_a_part_of_it(self) -> None:
        many = deck(*(flip(f"f {n}", "b") for n in range(4000)), study=StudyDefaults(new_per_day=0))
        load = load_of(pool(*[memory(TODAY, stability=3000)] * 2000, whole=many), NOW)
        assert len(load.courses) < 100
        assert load.a_day(10) in (200, 201)

    def test_it_is_one_at_least(self) -> None:
        assert load_of(Pool(deck(), {}, usual=UsualStudy()), NOW).a_day(7) == 1

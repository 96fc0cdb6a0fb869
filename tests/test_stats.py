"""Figures from answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quizapp.stats import days_from, minutes, row_of_days, week_of

TODAY = "2026-03-01"


class TestRowOfDays:
    @pytest.mark.parametrize(
        ("days", "length"),
        [
            ([], 0),
            (["2026-03-01"], 1),
            (["2026-03-01", "2026-02-28", "2026-02-27"], 3),
            # Today is not over yet.
            (["2026-02-28", "2026-02-27"], 2),
            (["2026-02-27", "2026-02-26"], 0),
            (["2026-03-01", "2026-02-27"], 1),
            (["2026-02-28", "2026-02-26"], 1),
            # Only before the first day may one be missing.
            (["2026-03-01", "2026-02-28", "2026-02-26"], 2),
        ],
    )
    def test_it_ends_today_or_yesterday(self, days: list[str], length: int) -> None:
        assert row_of_days(days, TODAY) == length

    def test_it_asks_for_no_day_beyond_the_first_gap(self) -> None:
        def days() -> Iterator[str]:
            yield "2026-03-01"
            yield "2026-02-20"
            raise AssertionError("asked for another day")

        assert row_of_days(days(), TODAY) == 1


class TestDays:
    @pytest.mark.parametrize("today", ["2026-02-23", "2026-02-26", "2026-03-01"])
    def test_the_week_goes_from_monday_to_sunday(self, today: str) -> None:
        week = week_of(today)
        assert (week[0], week[-1], len(week)) == ("2026-02-23", "2026-03-01", 7)
        assert list(week) == sorted(week)

    def test_the_next_monday_begins_another(self) -> None:
        assert week_of("2026-03-02")[0] == "2026-03-02"

    def test_days_follow_each_other_over_months(self) -> None:
        assert list(days_from("2026-02-27", 3)) == ["2026-02-27", "2026-02-28", "2026-03-01"]


class TestMinutes:
    def test_no_questions_take_no_time(self) -> None:
        assert minutes(0, [60_000] * 9) == 0

    def test_few_take_a_minute(self) -> None:
        assert minutes(1, [1_000] * 9) == 1

    def test_the_median_pace_counts_and_reading_is_added(self) -> None:
        # (9 s + 3 s) × 20; the slowest answer, somebody away from the keys, does not matter.
        assert minutes(20, [9_000, 8_000, 9_000, 10_000, 3_600_000]) == 4

    def test_four_answers_are_too_few_to_tell_a_pace(self) -> None:
        assert minutes(60, [600_000] * 4) == 11
        assert minutes(60, [600_000] * 5) == 603

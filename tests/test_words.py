"""Figures and times in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from quizapp import words
from quizapp.record import Memory, Moment, State, study_day

NOON = int(datetime(2026, 11, 22, 12, 0, tzinfo=UTC).timestamp() * 1000)
MINUTE = 60_000
MEMORY = Memory(
    state=State.REVIEW,
    step=None,
    stability=1.0,
    difficulty=5.0,
    last_ms=NOON,
    last_day="2026-11-22",
    due_ms=None,
    due_day=None,
    grades=1,
)


def moment(at_ms: int = NOON, offset_min: int = 0) -> Moment:
    return Moment(at_ms, offset_min, study_day(at_ms, offset_min))


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "1m"), (1, "1m"), (10, "10m"), (59, "59m"), (60, "1h"), (200, "3h")]
)
def test_an_interval_under_a_day(minutes: int, shown: str) -> None:
    memory = structs.replace(MEMORY, due_ms=NOON + minutes * MINUTE)
    assert words.interval(memory, moment()) == shown


def test_a_step_of_seconds_is_said_in_seconds() -> None:
    memory = structs.replace(MEMORY, due_ms=NOON + 20_000)
    assert words.interval(memory, moment()) == "20s"
    assert words.whole_interval(memory, moment()) == "20 seconds"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-11-23", "1d"),
        ("2026-11-30", "8d"),
        ("2027-01-20", "59d"),
        ("2027-01-21", "2mo"),
        ("2027-02-06", "2.5mo"),
        ("2027-11-21", "12mo"),
        ("2027-11-22", "1y"),
        ("2028-02-03", "1.2y"),
        ("2126-11-22", "100y"),
    ],
)
def test_an_interval_in_days(day: str, shown: str) -> None:
    assert words.interval(structs.replace(MEMORY, due_day=day), moment()) == shown


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ({"due_ms": NOON + MINUTE}, "1 minute"),
        ({"due_ms": NOON + 10 * MINUTE}, "10 minutes"),
        ({"due_ms": NOON + 200 * MINUTE}, "3 hours"),
        ({"due_day": "2026-11-23"}, "1 day"),
        ({"due_day": "2026-11-30"}, "8 days"),
        ({"due_day": "2027-02-06"}, "2.5 months"),
        ({"due_day": "2027-11-22"}, "1 year"),
    ],
)
def test_an_interval_to_be_read_out(due: dict[str, Any], said: str) -> None:
    assert words.whole_interval(structs.replace(MEMORY, **due), moment()) == said


@pytest.mark.parametrize(
    ("next_ms", "next_day", "shown"),
    [
        (None, None, ""),
        (NOON + 30 * MINUTE, None, "12:30"),
        (NOON + 30 * MINUTE, "2026-11-23", "12:30"),
        (None, "2026-11-23", "tomorrow"),
        (None, "2026-11-27", "Friday"),
        (None, "2026-12-03", "3 Dec"),
        (None, "2027-12-03", "3 Dec 2027"),
        (NOON + 21 * 60 * MINUTE, None, "tomorrow, 09:00"),
        (NOON + 21 * 60 * MINUTE, "2026-11-23", "tomorrow, 09:00"),
        (NOON + 45 * 60 * MINUTE, "2026-11-23", "tomorrow"),
    ],
)
def test_when_the_next_card_falls_due(next_ms: int | None, next_day: str | None, shown: str) -> None:
    assert words.when(next_ms, next_day, moment()) == shown


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-5, "a moment ago"),
        (0.4, "a moment ago"),
        (1, "1 minute ago"),
        (59, "59 minutes ago"),
        (60, "1 hour ago"),
        (23 * 60, "23 hours ago"),
        (24 * 60, "1 day ago"),
        (13 * 24 * 60, "13 days ago"),
        (14 * 24 * 60, "18 Dec, 01:00"),
    ],
)
def test_how_long_ago(minutes: float, said: str) -> None:
    at = Moment(at_ms=0, offset_min=60, day="1970-01-01")
    assert words.ago(round(-minutes * 60_000), at) == said


def test_dates_are_those_of_the_wall() -> None:
    late = moment(NOON + 13 * 60 * MINUTE, 60)  # 02:00 on Monday: still Sunday's study day
    assert late.day == "2026-11-22"
    assert words.short_date(late) == "Mon 23 Nov"
    assert words.date_and_time(late.at_ms, late.offset_min) == "23 Nov, 02:00"
    assert words.date_and_time(NOON, -600) == "22 Nov, 02:00"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-11-22", "today"),
        ("2026-11-21", "yesterday"),
        ("2026-11-16", "Monday"),
        ("2026-11-15", "15 Nov"),
    ],
)
def test_a_day_seen_from_today(day: str, shown: str) -> None:
    assert words.day_near(day, moment()) == shown


@pytest.mark.parametrize(
    ("left", "shown"),
    [(60, "1:00"), (59.99, "1:00"), (41.2, "0:42"), (0.01, "0:01"), (0, "0:00"), (600, "10:00")],
)
def test_the_clock(left: float, shown: str) -> None:
    assert words.clock(left) == shown


@pytest.mark.parametrize(
    ("score", "shown"),
    [(24.0, "24"), (2.5, "2.5"), (-3.0, "−3"), (200 / 3, "66.7"), (0.0, "0"), (-0.01, "0")],
)
def test_points(score: float, shown: str) -> None:
    assert words.points(score) == shown


def test_counts_and_seconds() -> None:
    assert words.count(1, "card") == "1 card"
    assert words.count(0, "card") == "0 cards"
    assert words.count(1234, "card") == "1,234 cards"
    assert words.seconds(1649) == "1.6 s"
    assert words.seconds(None) == "–"


@pytest.mark.parametrize(
    ("again", "said"), [(0, "7 of 1,017"), (1, "7 of 1,017, 1 again"), (1000, "7 of 1,017, 1,000 again")]
)
def test_the_place_of_a_card(again: int, said: str) -> None:
    assert words.place(7, 1017, again) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ([], ""),
        ([8], "1 card comes again in 8 minutes."),
        ([0.2], "1 card comes again in 1 minute."),
        ([25, 40, 41], "3 cards come again, the first in 25 minutes."),
        ([61, 600], "2 cards come again, the first in 1 hour."),
        ([180, 181], "2 cards come again, the first in 3 hours."),
    ],
)
def test_what_is_still_to_come(minutes: list[float], said: str) -> None:
    assert words.come_again([NOON + round(one * MINUTE) for one in minutes], moment()) == said


def test_how_a_leech_is_spoken_of() -> None:
    assert words.forgotten(1) == "Forgotten 1 time."
    assert words.forgotten(8, "KPO") == "Forgotten 8 times, often taken for KPO."
    assert words.forgotten(8, "Which one?") == "Forgotten 8 times, often taken for Which one?"

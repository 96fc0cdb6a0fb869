"""Answers → figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from quizapp.record import READING_MS

_USUAL_MS = 8_000
"""What an answer takes before there are any to measure."""


def row_of_days(days: Iterable[str], today: str) -> int:
    """How many study days in a row up to today or yesterday had an answer. days: ISO, latest first."""
    expected = date.fromisoformat(today)
    length = 0
    for day in map(date.fromisoformat, days):
        if length == 0 and day == expected - timedelta(days=1):
            # Today is not over: a row that reaches yesterday still stands.
            expected = day
        if day != expected:
            break
        length += 1
        expected -= timedelta(days=1)
    return length


def week_of(today: str) -> tuple[str, ...]:
    """The seven ISO dates, Monday first, of the week that holds today."""
    day = date.fromisoformat(today)
    return tuple(days_from((day - timedelta(days=day.weekday())).isoformat(), 7))


def days_from(first: str, count: int) -> Iterator[str]:
    """ISO dates of `count` days in a row."""
    day = date.fromisoformat(first)
    return ((day + timedelta(days=number)).isoformat() for number in range(count))


def minutes(questions: int, recent_ms: Sequence[int]) -> int:
    """About how many minutes these questions take, at the median pace of recent answers; at least 1."""
    # The statistics module takes 7 ms to import.
    pace = sorted(recent_ms)[len(recent_ms) // 2] if len(recent_ms) >= 5 else _USUAL_MS
    return max(1, round(questions * (pace + READING_MS) / 60_000)) if questions else 0

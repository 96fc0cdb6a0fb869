"""Study days. By the standard library alone: a shell that starts looks the day up, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def study_day(at_ms: int, offset_min: int, rollover_hour: int = 4) -> str:
    """The ISO date of the study day: the local date after taking off the rollover hour.

    at_ms: milliseconds since the epoch. offset_min: the local zone's offset from UTC in minutes.
    """
    local = datetime.fromtimestamp(at_ms / 1000, UTC) + timedelta(minutes=offset_min, hours=-rollover_hour)
    return local.date().isoformat()


def local_offset(at_ms: int) -> int:
    """The offset from UTC in minutes, east positive, of this machine's zone at a time."""
    offset = datetime.fromtimestamp(at_ms / 1000).astimezone().utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0

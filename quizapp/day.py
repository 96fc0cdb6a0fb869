"""Study days. By the standard library alone: a shell that starts looks the day up, and nothing else."""

from __future__ import annotations

from datetime import date, datetime

_DAY_MS = 86_400_000
_FIRST_DAY = date(1970, 1, 1).toordinal()


def study_day(at_ms: int, offset_min: int, rollover_hour: int = 4) -> str:
    """The ISO date of the study day: the local date after taking off the rollover hour.

    at_ms: milliseconds since the epoch. offset_min: the local zone's offset from UTC in minutes.
    """
    local = at_ms + (offset_min - rollover_hour * 60) * 60_000
    return date.fromordinal(_FIRST_DAY + local // _DAY_MS).isoformat()


def local_offset(at_ms: int) -> int:
    """The offset from UTC in minutes, east positive, of this machine's zone at a time."""
    offset = datetime.fromtimestamp(at_ms / 1000).astimezone().utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0

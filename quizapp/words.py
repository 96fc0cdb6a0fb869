"""Figures and times as they are said to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from quizapp.record import FEWEST, EventType, Memory, Moment, Run

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WHOLE_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_AGO = 14
_UNITS = {"second": "s", "minute": "m", "hour": "h", "day": "d", "month": "mo", "year": "y"}


def interval(memory: Memory, now: Moment) -> str:
    """How long until the card comes again: `20s`, `10m`, `3h`, `8d`, `2.5mo`, `1.2y`."""
    number, unit = _interval(memory, now)
    return f"{number}{_UNITS[unit]}"


def whole_interval(memory: Memory, now: Moment) -> str:
    """The same, to be read out: `10 minutes`, `1 day`, `2.5 months`."""
    number, unit = _interval(memory, now)
    return f"{number} {unit if number == '1' else unit + 's'}"


def _interval(memory: Memory, now: Moment) -> tuple[str, str]:
    """The number and its unit."""
    if memory.due_ms is not None:
        seconds = round((memory.due_ms - now.at_ms) / 1000)
        return (f"{seconds}", "second") if 0 < seconds < 55 else _time_until(memory.due_ms, now)
    return _days((date.fromisoformat(memory.due_day or now.day) - date.fromisoformat(now.day)).days)


def ago(at_ms: int, now: Moment) -> str:
    """When something was, after "of": `a moment ago`, `5 minutes ago`, `3 days ago`, `22 Nov, 19:04`."""
    minutes = round((now.at_ms - at_ms) / 60_000)
    if minutes < 1:
        return "a moment ago"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    if minutes < 24 * 60:
        return f"{count(round(minutes / 60), 'hour')} ago"
    if minutes < _DAYS_AGO * 24 * 60:
        return f"{count(round(minutes / 60 / 24), 'day')} ago"
    return date_and_time(at_ms, now.offset_min)


def span(days: float) -> str:
    """A number of days, in short: `<1d`, `8d`, `2.5mo`, `1.2y`."""
    number, unit = _days(max(1, round(days)))
    return f"{'<' if days < 0.5 else ''}{number}{_UNITS[unit]}"


def whole_span(days: float) -> str:
    """The same, to be read out: `less than a day`, `8 days`, `2.5 months`."""
    number, unit = _days(max(1, round(days)))
    return "less than a day" if days < 0.5 else f"{number} {unit if number == '1' else unit + 's'}"


def _days(days: int) -> tuple[str, str]:
    """So many days as a number and its unit."""
    if days < 60:
        return f"{days}", "day"
    if days < 365:
        return _short(days / 30.4), "month"
    return _short(days / 365), "year"


def _time_until(at_ms: int, now: Moment) -> tuple[str, str]:
    minutes = max(1, round((at_ms - now.at_ms) / 60_000))
    return (f"{minutes}", "minute") if minutes < 60 else (f"{round(minutes / 60)}", "hour")


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:.0f}"


def local(at_ms: int, offset_min: int) -> datetime:
    """A moment as the clock on the wall showed it, without a zone."""
    return (datetime.fromtimestamp(at_ms / 1000, UTC) + timedelta(minutes=offset_min)).replace(tzinfo=None)


def short_date(now: Moment) -> str:
    """`Sun 22 Nov`: the date on the wall."""
    day = local(now.at_ms, now.offset_min)
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def date_and_time(at_ms: int, offset_min: int) -> str:
    """`22 Nov, 19:04`."""
    at = local(at_ms, offset_min)
    return f"{at.day} {_MONTHS[at.month - 1]}, {at:%H:%M}"


def date_near(at_ms: int, offset_min: int, now: Moment) -> str:
    """`22 Nov, 19:04`; of another year `22 Nov 2025`."""
    at = local(at_ms, offset_min)
    if at.year == local(now.at_ms, now.offset_min).year:
        return date_and_time(at_ms, offset_min)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def weekday(day: str) -> str:
    """`Mon`, of an ISO date."""
    return _WEEKDAYS[date.fromisoformat(day).weekday()]


def day_near(day: str, now: Moment) -> str:
    """A study day as seen from now: `today`, `tomorrow`, `Friday`, `3 Dec`, `3 Dec 2027`."""
    then, today = date.fromisoformat(day), date.fromisoformat(now.day)
    match (then - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case days if abs(days) < 7:
            return _WHOLE_WEEKDAYS[then.weekday()]
        case _:
            year = "" if then.year == today.year else f" {then.year}"
            return f"{then.day} {_MONTHS[then.month - 1]}{year}"


def when(next_ms: int | None, next_day: str | None, now: Moment) -> str:
    """When the next card falls due, the earlier of a time and a day: `19:40`, `tomorrow`; "" if never."""
    if next_ms is not None:
        at = local(next_ms, now.offset_min)
        today = local(now.at_ms, now.offset_min).date()
        clock = f"{at:%H:%M}"
        if at.date() == today:
            return clock
        if next_day is None or at.date().isoformat() <= next_day:
            return f"{day_near(at.date().isoformat(), now)}, {clock}"
    return day_near(next_day, now) if next_day is not None else ""


def clock(seconds: float) -> str:
    """Time left as `0:42`: a second counts until it is over."""
    whole = int(-(-seconds // 1))
    return f"{whole // 60}:{whole % 60:02d}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 card`, `2 cards`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kept(number: int) -> str:
    """`It is kept`, `Both are kept`, `All 12 are kept`: of answers, when a session ends early."""
    return {1: "It is kept", 2: "Both are kept"}.get(number, f"All {number:,} are kept")


def points(score: float) -> str:
    """A score with at most one decimal, and a true minus sign: `24`, `0.5`, `−3`."""
    # Adding 0 makes −0.0 plain 0.
    return f"{round(score, 1) + 0:g}".replace("-", "−")


def seconds(ms: int | None) -> str:
    """An answer time: `1.6 s`; a dash where there is none."""
    return "–" if ms is None else f"{ms / 1000:.1f} s"


def why_no_best(run: Run) -> str:
    """Why a finished run can't be a best; "" where none of these reasons stands against it."""
    if run.certainty:
        return "An exam with certainty earns no best."
    if run.asked < FEWEST:
        return f"A best needs {FEWEST} answers."
    if 2 * run.right <= run.asked:
        return "A best needs more than half right."
    return "" if run.fresh else "This seed was used before; it earns no best again."


# ---- studying

NOTHING_SCHEDULED = "Nothing was scheduled: no due date has moved."
"""Said after a cram."""


def place(position: int, total: int, again: int) -> str:
    """`7 of 17`, `7 of 17, 2 again`: of a study's cards."""
    return f"{position:,} of {total:,}{f', {again:,} again' if again else ''}"


def minutes_up(minutes: int, left: int) -> str:
    """`5 minutes are up. 12 more wait`: of a day's study, and the cards that are left of it."""
    return f"{are_up(minutes)}. {left:,} more {'waits' if left == 1 else 'wait'}"


def are_up(minutes: int) -> str:
    """`5 minutes are up`, `1 minute is up`."""
    return f"{count(minutes, 'minute')} {'is' if minutes == 1 else 'are'} up"


def put_aside(type_: EventType) -> str:
    """`Suspended`, `Buried until tomorrow`: a card."""
    return "Suspended" if type_ is EventType.SUSPEND else "Buried until tomorrow"


def come_again(steps: Sequence[int], now: Moment) -> str:
    """`3 cards come again, the first in 25 minutes.`; "" without any.

    steps: when they do (ms), the earliest first.
    """
    if not steps:
        return ""
    number, unit = _time_until(steps[0], now)
    time = f"in {number} {unit if number == '1' else unit + 's'}"
    if len(steps) == 1:
        return f"1 card comes again {time}."
    return f"{len(steps):,} cards come again, the first {time}."


def forgotten(times: int, mistaken: str = "") -> str:
    """`Forgotten 8 times, often taken for KPO.`; mistaken: "" where it is taken for nothing."""
    taken = f", often taken for {mistaken}" if mistaken else ""
    return sentence(f"Forgotten {count(times, 'time')}{taken}")


def undone(what: str) -> str:
    """What every undo says once it is done. what: `suspending “…”`."""
    return sentence(f"Undone: {what}")


def redone(what: str) -> str:
    """What every redo says once it is done."""
    return sentence(f"Redone: {what}")


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."

"""What is said of a card in a list: a few cells each on when it comes and how well it is remembered, and both
in whole sentences."""

from __future__ import annotations

from msgspec import structs

from quizapp import words
from quizapp.browse.rows import Due, Row, due_of, is_buried
from quizapp.learn.schedule import Plan, retrievability
from quizapp.record import Memory, Moment, State

SUSPENDED = "suspended"
BURIED = "buried"
NEW = "new"
DUE = "due"


def due_cell(row: Row, latest: str | None, now: Moment) -> str:
    """`due`, `12d`, `10m`: how long until the card comes; or `new`, `suspended`, `buried`."""
    if row.mark.suspended:
        return SUSPENDED
    if is_buried(row, now):
        return BURIED
    if row.memory is None:
        return NEW
    due = due_of(row, latest, now)
    return DUE if due.is_now(now) else words.interval(_falling_due(row.memory, due), now)


def memory_cell(row: Row) -> str:
    """`12d`: how long the card is remembered: nine of ten such cards would still be known then. `step` while
    it is being learnt; "" before."""
    if row.memory is None:
        return ""
    return words.span(row.memory.stability) if row.memory.state is State.REVIEW else "step"


def lapses_cell(row: Row) -> str:
    """`2`: how often it was forgotten after it had been learnt; "" for never."""
    return f"{row.memory.lapses}" if row.memory is not None and row.memory.lapses else ""


def is_leech(row: Row) -> bool:
    """Whether the card is forgotten again and again."""
    return row.memory is not None and row.memory.is_leech


def standing(row: Row, plan: Plan, now: Moment) -> str:
    """How the card stands: `Due Friday. Remembered for 12 days; known now: 93 %.`"""
    said = [_set(row, now), _due(row, plan, now), _remembered(row, plan, now), _forgotten(row)]
    return " ".join(part for part in said if part)


def _set(row: Row, now: Moment) -> str:
    said = []
    if row.mark.suspended:
        said.append("Suspended: not asked until it is brought back.")
    elif is_buried(row, now):
        said.append("Buried until tomorrow.")
    if row.mark.flagged:
        said.append("Flagged.")
    return " ".join(said)


def _due(row: Row, plan: Plan, now: Moment) -> str:
    if row.memory is None:
        return "Never studied."
    due = due_of(row, plan.latest, now)
    if due.is_now(now):
        return "Due now."
    if due.day is not None:
        return f"Due {words.day_near(due.day, now)}."
    return f"Due in {words.whole_interval(_falling_due(row.memory, due), now)}."


def _remembered(row: Row, plan: Plan, now: Moment) -> str:
    memory = row.memory
    if memory is None:
        return ""
    if memory.state is not State.REVIEW:
        return "In learning steps."
    held = f"Remembered for {words.whole_span(memory.stability)}"
    if memory.is_ahead(now):
        return f"{held}."
    known = round(100 * retrievability(memory, now, plan.scheduler))
    return f"{held}; known now:\u00a0{known}\u00a0%."


def _forgotten(row: Row) -> str:
    if row.memory is None or not row.memory.lapses:
        return ""
    again = ", again and again" if row.memory.is_leech else ""
    times = "once" if row.memory.lapses == 1 else f"{row.memory.lapses:,} times"
    return f"Forgotten {times}{again}."


def _falling_due(memory: Memory, due: Due) -> Memory:
    return structs.replace(memory, due_day=due.day, due_ms=due.at_ms)

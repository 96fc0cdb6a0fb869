"""The orders in which a deck's cards can be listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from quizapp.browse.rows import Row, due_of, folded
from quizapp.deck.card import kind_of
from quizapp.record import DAY_MS, Moment, State

_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = float("inf")


class Order(StrEnum):
    """What the rows are sorted by, as it is named."""

    DECK = "deck order"
    DUE = "due"
    MEMORY = "memory"
    LAPSES = "lapses"
    PROMPT = "prompt"
    ANSWER = "answer"
    ASPECT = "aspect"
    KIND = "kind"

    def next(self, step: int = 1) -> Order:
        """The order that comes so many after this one, round and round."""
        orders = list(Order)
        return orders[(orders.index(self) + step) % len(orders)]


def in_order(
    rows: Sequence[Row], order: Order, latest: str | None, now: Moment, *, backwards: bool = False
) -> Sequence[Row]:
    """The rows in an order; where they are alike in it, in the deck's. latest: as in the deck's plan.

    rows: in the deck's order. backwards: the other way round, but cards that have nothing to be sorted by
    (never studied, without an aspect) stay last.
    """
    if order is Order.DECK:
        return rows[::-1] if backwards else rows
    key = _key(order, latest, now)
    keyed = [(key(row), row) for row in rows]
    last = [row for value, row in keyed if value in ("", _NEVER)]
    sorted_ = [pair for pair in keyed if pair[0] not in ("", _NEVER)]
    sorted_.sort(key=lambda pair: pair[0], reverse=backwards)
    return [*(row for _, row in sorted_), *last]


def _key(order: Order, latest: str | None, now: Moment) -> Callable[[Row], float | str]:
    match order:
        case Order.DUE:
            return _due_key(latest, now)
        case Order.MEMORY:
            return _memory_key
        case Order.LAPSES:
            return lambda row: -row.memory.lapses if row.memory is not None else _NEVER
        case Order.ANSWER:
            return lambda row: folded(row.card.answer)
        case Order.ASPECT:
            return lambda row: folded(row.card.aspect)
        case Order.KIND:
            return lambda row: kind_of(row.card).value
    # A row's texts begin with its prompt.
    return lambda row: row.sought


def _due_key(latest: str | None, now: Moment) -> Callable[[Row], float]:
    days: dict[str, float] = {}

    def key(row: Row) -> float:
        """When it is asked, in ms: what is suspended after all that has a date, what is new after that."""
        if row.memory is None:
            return _NEVER
        if row.mark.suspended:
            return 1e18
        due = due_of(row, latest, now)
        if due.at_ms is not None:
            return due.at_ms
        day = due.day or now.day
        if row.mark.buried is not None:
            day = max(day, row.mark.buried)
        if day not in days:
            days[day] = (date.fromisoformat(day).toordinal() - _EPOCH) * DAY_MS - now.offset_min * 60_000
        return days[day]

    return key


def _memory_key(row: Row) -> float:
    """Days for which it holds; what is still in learning steps comes first."""
    if row.memory is None:
        return _NEVER
    return row.memory.stability if row.memory.state is State.REVIEW else row.memory.stability - 1e6

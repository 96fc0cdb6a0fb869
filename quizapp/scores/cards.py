"""Reading the scores file card by card: what was answered, what is remembered, what was set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from quizapp.record import Cap, Event, EventType, Mark, Memory, Ref, Scheduler, Seen, Undoable
from quizapp.scores.rows import (
    ANSWER_COLUMNS,
    EVENT_COLUMNS,
    EVENT_NOT_UNDONE,
    LAST_REGRADE,
    MARK_COLUMNS,
    MEMORY_COLUMNS,
    NOT_UNDONE,
    Logged,
    Rows,
    event_of,
    logged,
    mark_of,
    memory_of,
)


class CardLog(Rows):
    """What the scores file says of cards and decks."""

    def memories(self, decks: Iterable[str]) -> dict[Ref, Memory]:
        """What is remembered of the cards of these decks."""
        found: dict[Ref, Memory] = {}
        for deck in decks:
            rows = self._rows(f"SELECT card, {MEMORY_COLUMNS} FROM memory WHERE deck = ?", (deck,))
            found.update({Ref(deck, row[0]): memory_of(row[1:]) for row in rows})
        return found

    def memory(self, ref: Ref) -> Memory | None:
        """What is remembered of one card."""
        rows = self._rows(f"SELECT {MEMORY_COLUMNS} FROM memory WHERE deck = ? AND card = ?", ref)
        return memory_of(rows[0]) if rows else None

    def history(self, ref: Ref, *, without: str = "") -> list[Logged]:
        """The grades of a card that count, in log order. without: the id of an answer to leave out."""
        rows = self._rows(
            f"SELECT {ANSWER_COLUMNS}, {LAST_REGRADE} FROM answer a "
            f"WHERE a.deck = ? AND a.card = ? AND a.grade IS NOT NULL AND a.id <> ? AND {NOT_UNDONE} "
            "ORDER BY a.id",
            (*ref, without),
        )
        return [logged(row, undone=False) for row in rows]

    def graded_cards(self) -> list[Ref]:
        """Every card that has a grade in the log, undone or not."""
        rows = self._rows(
            "SELECT DISTINCT deck, card FROM answer WHERE grade IS NOT NULL ORDER BY deck, card"
        )
        return [Ref(*row) for row in rows]

    def marks(self, decks: Iterable[str]) -> dict[Ref, Mark]:
        """What was set for cards of these decks; a card without a mark is absent."""
        found: dict[Ref, Mark] = {}
        for deck in decks:
            rows = self._rows(f"SELECT card, {MARK_COLUMNS} FROM mark WHERE deck = ?", (deck,))
            found.update({Ref(deck, row[0]): mark_of(row[1:]) for row in rows})
        return found

    def mark(self, ref: Ref) -> Mark:
        """What was set for one card."""
        rows = self._rows(f"SELECT {MARK_COLUMNS} FROM mark WHERE deck = ? AND card = ?", ref)
        return mark_of(rows[0]) if rows else Mark()

    def mark_events(self, ref: Ref, *, without: str = "") -> list[Event]:
        """The events that set a card's mark and were not undone, in log order. without: one to leave out."""
        rows = self._rows(
            f"SELECT {EVENT_COLUMNS} FROM event e WHERE e.subject = ? "
            f"AND e.type IN ('suspend', 'bury', 'flag') AND e.id <> ? AND {EVENT_NOT_UNDONE} ORDER BY e.id",
            (ref.card, without),
        )
        return [event for event in map(event_of, rows) if event.body["deck"] == ref.deck]

    def marked_cards(self) -> list[Ref]:
        """Every card that has a mark's event in the log, undone or not."""
        events = self.events(EventType.SUSPEND, EventType.BURY, EventType.FLAG)
        return sorted({Ref(event.body["deck"], event.subject) for event in events})

    def last_undoable(self) -> Undoable | None:
        """The last answer of study, or card suspended or buried, that was not undone; None without any.

        The answers of a quiz have no undo.
        """
        answers = self._rows(
            f"SELECT a.id, a.deck, a.card FROM answer a WHERE {NOT_UNDONE} "
            "AND NOT EXISTS (SELECT 1 FROM run r WHERE r.session = a.session) ORDER BY a.id DESC LIMIT 1"
        )
        found = [Undoable(id_, Ref(deck, card), None) for id_, deck, card in answers]
        for type_ in (EventType.SUSPEND, EventType.BURY):
            rows = self._rows(
                f"SELECT {EVENT_COLUMNS} FROM event e WHERE e.type = ? AND {EVENT_NOT_UNDONE} "
                "ORDER BY e.id DESC LIMIT 1",
                (str(type_),),
            )
            events = map(event_of, rows)
            found += [Undoable(one.id, Ref(one.body["deck"], one.subject), type_) for one in events]
        return max(found, default=None, key=lambda one: one.id)

    def cap(self, deck: str, day: str) -> Cap | None:
        """How the deck's backlog is being caught up with on a study day, or None."""
        body = self._last_body(EventType.CAP, deck)
        if body is None or body.get("per_day") is None or day >= body["until"]:
            return None
        return Cap(body["per_day"], body["until"])

    def parameters(self, deck: str) -> tuple[float, ...] | None:
        """The FSRS parameters fitted for a deck, else for all decks (subject ""); None for the usual ones."""
        for subject in (deck, ""):
            body = self._last_body(EventType.PARAMETERS, subject)
            if body is not None and body.get("parameters") is not None:
                return tuple(map(float, body["parameters"]))
        return None

    def mistaken_for(self, ref: Ref) -> str:
        """The wrong answer that a card was given most often; "" if there is none."""
        rows = self._rows(
            "SELECT a.given FROM answer a WHERE a.deck = ? AND a.card = ? AND a.outcome = 'wrong' "
            f"AND a.given <> '' AND a.how = 'chosen' AND {NOT_UNDONE} "
            "GROUP BY a.given ORDER BY count(*) DESC, max(a.id) DESC LIMIT 1",
            ref,
        )
        return rows[0][0] if rows else ""

    def _last_body(self, type_: EventType, subject: str) -> dict[str, Any] | None:
        rows = self._rows(
            f"SELECT e.body FROM event e WHERE e.subject = ? AND e.type = ? AND {EVENT_NOT_UNDONE} "
            "ORDER BY e.id DESC LIMIT 1",
            (subject, str(type_)),
        )
        body: dict[str, Any] | None = msgspec.json.decode(rows[0][0]) if rows else None
        return body

    def seen(self, deck: str, *, before: str = "") -> dict[str, Seen]:
        """How often and when last each card of a deck was answered, by key. before: only by older ids."""
        rows = self._rows(
            "SELECT a.card, count(*), max(a.id) FROM answer a "
            f"WHERE a.deck = ? AND (? = '' OR a.id < ?) AND {NOT_UNDONE} GROUP BY a.card",
            (deck, before, before),
        )
        return {card: Seen(times, last) for card, times, last in rows}

    def schedulers(self) -> dict[str, Scheduler]:
        """Every scheduler that the log names, by id."""
        found = {}
        for id_, parameters, steps, maximum in self._rows("SELECT * FROM scheduler"):
            both = msgspec.json.decode(steps)
            found[id_] = Scheduler(
                id_,
                msgspec.json.decode(parameters, type=tuple[float, ...]),
                tuple(both["learning"]),
                tuple(both["relearning"]),
                maximum,
            )
        return found

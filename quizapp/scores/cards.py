"""Reading the scores file card by card: what was answered, what is remembered, what was set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from quizapp.record import Cap, Event, EventType, Grade, Mark, Memory, Ref, Scheduler, Seen, Undoable
from quizapp.scores.moves import LAST, Moves, Piece
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

# The sessions that brought another program's history: msgspec writes JSON without spaces.
_IMPORTS = "SELECT s.subject FROM event s WHERE s.type = 'start' AND s.body LIKE '%\"mode\":\"import\"%'"


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
        """The grades of a card that count, in log order, with what was carried over to it. without: the id of
        an answer to leave out."""
        moves = self.moves()
        where, params = all_of(moves, ref)
        rows = self._rows(
            f"SELECT {ANSWER_COLUMNS}, {LAST_REGRADE} FROM answer a "
            f"WHERE {where} AND a.grade IS NOT NULL AND a.id <> ? AND {NOT_UNDONE} ORDER BY a.id",
            (*params, without),
        )
        return [logged(row, moves, undone=False) for row in rows]

    def grade_of(self, answer: str) -> Grade | None:
        """The grade that an answer had last, undone or not; None if it moved nothing."""
        rows = self._rows(f"SELECT {ANSWER_COLUMNS}, {LAST_REGRADE} FROM answer a WHERE a.id = ?", (answer,))
        return logged(rows[0], self.moves(), undone=False).grade if rows else None

    def card_now(self, ref: Ref, id_: str) -> Ref:
        """The card to which what was logged of a card under an id belongs now."""
        return self.moves().cards.now(ref, id_)

    def graded_cards(self) -> list[Ref]:
        """Every card that has a grade in the log, undone or not; where that was carried over, all that it
        may belong to."""
        rows = self._rows(
            "SELECT DISTINCT deck, card FROM answer WHERE grade IS NOT NULL ORDER BY deck, card"
        )
        found = [Ref(*row) for row in rows]
        cards = self.moves().cards
        return sorted({end for ref in found for end in cards.ends(ref)})

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
        cards = self.moves().cards
        keys = sorted({piece.of.card for piece in cards.pieces(ref)})
        rows = self._rows(
            f"SELECT {EVENT_COLUMNS} FROM event e WHERE e.subject IN ({', '.join('?' * len(keys))}) "
            f"AND e.type IN ('suspend', 'bury', 'flag') AND e.id <> ? AND {EVENT_NOT_UNDONE} ORDER BY e.id",
            (*keys, without),
        )
        events = map(event_of, rows)
        return [one for one in events if cards.now(Ref(one.body["deck"], one.subject), one.id) == ref]

    def marked_cards(self) -> list[Ref]:
        """Every card that has a mark's event in the log, undone or not."""
        events = self.events(EventType.SUSPEND, EventType.BURY, EventType.FLAG)
        cards = self.moves().cards
        return sorted({cards.now(Ref(event.body["deck"], event.subject), event.id) for event in events})

    def last_undoable(
        self, decks: Collection[str] | None = None, *, cram: bool | None = None
    ) -> Undoable | None:
        """The last answer of study, or card suspended or buried, that was not undone; None without any.

        decks: only of their cards; None for all. cram: only an answer of a cram, or nothing that was answered
        in one; None for both. The answers of a quiz have no undo, and an import is taken back as a whole.
        """
        if decks is None:
            found = [self._last_answer("", cram=cram)]
        else:
            found = [self._last_answer(deck, cram=cram) for deck in decks]
        if not cram:
            within = None if decks is None else frozenset(decks)
            found += [self._last_put_aside(type_, within) for type_ in (EventType.SUSPEND, EventType.BURY)]
        return max((one for one in found if one is not None), default=None, key=lambda one: one.id)

    def _last_answer(self, deck: str, *, cram: bool | None) -> Undoable | None:
        """The last answer to a card of a deck ("" for any) that can be undone."""
        moves = self.moves()
        # Of what is no quiz, only a cram moves nothing.
        graded = "" if cram is None else "AND a.grade IS NULL " if cram else "AND a.grade IS NOT NULL "
        within = "AND a.deck = ? " if deck else ""
        found = []
        for source in moves.sources(deck) if deck else ("",):
            before = LAST
            while rows := self._rows(
                f"SELECT a.id, a.deck, a.card FROM answer a WHERE a.id < ? {within}{graded}"
                f"AND {NOT_UNDONE} AND NOT EXISTS (SELECT 1 FROM run r WHERE r.session = a.session) "
                f"AND a.session NOT IN ({_IMPORTS}) ORDER BY a.id DESC LIMIT 1",
                (before, source) if source else (before,),
            ):
                before, *logged_as = rows[0]
                ref = moves.cards.now(Ref(*logged_as), before)
                if not deck or ref.deck == deck:
                    found.append(Undoable(before, ref, None))
                    break
        return max(found, default=None, key=lambda one: one.id)

    def _last_put_aside(self, type_: EventType, decks: frozenset[str] | None) -> Undoable | None:
        """The last suspending or burying of a card of these decks (None for any) that was not undone."""
        cards = self.moves().cards
        rows = self._rows(
            f"SELECT {EVENT_COLUMNS} FROM event e WHERE e.type = ? AND {EVENT_NOT_UNDONE} "
            "AND e.body NOT LIKE '%\"import\":%' ORDER BY e.id DESC LIMIT ?",
            (str(type_), 1 if decks is None else -1),
        )
        for one in map(event_of, rows):
            ref = cards.now(Ref(one.body["deck"], one.subject), one.id)
            if decks is None or ref.deck in decks:
                return Undoable(one.id, ref, type_)
        return None

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
        where, params = all_of(self.moves(), ref)
        rows = self._rows(
            f"SELECT a.given FROM answer a WHERE {where} AND a.outcome = 'wrong' "
            f"AND a.given <> '' AND a.how = 'chosen' AND {NOT_UNDONE} "
            "GROUP BY a.given ORDER BY count(*) DESC, max(a.id) DESC LIMIT 1",
            params,
        )
        return rows[0][0] if rows else ""

    def last_event(self, type_: EventType, subject: str) -> Event | None:
        """The last event of a type about a deck ("" for all decks) that was not undone."""
        where, params = within(self.moves().decks.pieces(subject), ("e.subject",), "e.id")
        rows = self._rows(
            f"SELECT {EVENT_COLUMNS} FROM event e WHERE {where} AND e.type = ? "
            f"AND {EVENT_NOT_UNDONE} ORDER BY e.id DESC LIMIT 1",
            (*params, str(type_)),
        )
        return event_of(rows[0]) if rows else None

    def _last_body(self, type_: EventType, subject: str) -> dict[str, Any] | None:
        event = self.last_event(type_, subject)
        return event.body if event is not None else None

    def seen(self, deck: str, *, before: str = "") -> dict[str, Seen]:
        """How often and when last each card of a deck was answered, by key. before: only by older ids."""
        moves = self.moves()
        if moves.touches(deck):
            return self._seen_of_moved(moves, deck, before or LAST)
        rows = self._rows(
            "SELECT a.card, count(*), max(a.id) FROM answer a "
            f"WHERE a.deck = ? AND (? = '' OR a.id < ?) AND {NOT_UNDONE} GROUP BY a.card",
            (deck, before, before),
        )
        return {card: Seen(times, last) for card, times, last in rows}

    def _seen_of_moved(self, moves: Moves, deck: str, before: str) -> dict[str, Seen]:
        counted: dict[str, Seen] = {}

        def count(ref: Ref, times: int, last: str) -> None:
            now = moves.cards.now(ref, last)
            if times and now.deck == deck:
                old = counted.get(now.card, Seen(0, ""))
                counted[now.card] = Seen(old.times + times, max(old.last, last))

        columns = f"count(*), coalesce(max(a.id), '') FROM answer a WHERE {NOT_UNDONE} AND a.deck = ?"
        for source in moves.sources(deck):
            rows = self._rows(
                f"SELECT a.card, min(a.id), {columns} AND a.id < ? GROUP BY a.card", (source, before)
            )
            for card, first, times, last in rows:
                ref = Ref(source, card)
                bounds = [id_ for id_ in moves.cards.exits(ref) if first < id_ < last]
                if not bounds:
                    count(ref, times, last)
                    continue
                for after, until in pairwise(("", *bounds, before)):
                    found = self._rows(
                        f"SELECT {columns} AND a.card = ? AND a.id > ? AND a.id < ?", (*ref, after, until)
                    )
                    count(ref, *found[0])
        return counted

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


def within(pieces: Sequence[Piece[Any]], columns: Sequence[str], id_: str) -> tuple[str, tuple[str, ...]]:
    """SQL for rows that are in one of these pieces, and what its marks stand for. columns: those that hold
    what the pieces are of. id_: that of the row's id."""
    parts: list[str] = []
    params: list[str] = []
    for piece in pieces:
        tests = [f"{column} = ?" for column in columns]
        params += (piece.of,) if isinstance(piece.of, str) else piece.of
        if piece.after:
            tests.append(f"{id_} > ?")
            params.append(piece.after)
        if piece.before != LAST:
            tests.append(f"{id_} < ?")
            params.append(piece.before)
        parts.append(" AND ".join(tests))
    return (parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})") if parts else "0", tuple(params)


def all_of(moves: Moves, ref: Ref) -> tuple[str, tuple[str, ...]]:
    """SQL for the answers that belong to a card."""
    return within(moves.cards.pieces(ref), ("a.deck", "a.card"), "a.id")

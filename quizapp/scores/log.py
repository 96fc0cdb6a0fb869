"""Reading the scores file: what was answered, what is remembered, how quizzes went.

An answer that an undo event names counts nowhere but in `answers`, which shows it as undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from quizapp.record import Answer, Event, EventType, Grade, Note, Ref, Run
from quizapp.scores.cards import all_of, within
from quizapp.scores.histories import HistoryLog
from quizapp.scores.moves import Moves
from quizapp.scores.rows import (
    ANSWER_COLUMNS,
    LAST_REGRADE,
    NOT_UNDONE,
    RUN_COLUMNS,
    Logged,
    answer_of,
    event_of,
    logged,
    run_of,
)

__all__ = ["Done", "Log", "Logged"]


class Done(NamedTuple):
    """Distinct cards graded on a study day: seen for the first time ever, and others."""

    new: int
    reviews: int


class Log(HistoryLog):
    """A scores file opened for reading. Every method raises ScoresError when the file can't be read."""

    # ---- days

    def done(self, day: str) -> dict[str, Done]:
        """What was studied on a study day, by deck."""
        moves = self.moves()
        if moves:
            return self._done_with_moved(moves, day)
        rows = self._rows(
            "SELECT deck, sum(new), sum(1 - new) FROM ("
            "  SELECT t.deck AS deck, NOT EXISTS (SELECT 1 FROM answer a WHERE a.deck = t.deck AND"
            f"   a.card = t.card AND a.id < t.first AND a.grade IS NOT NULL AND {NOT_UNDONE}) AS new FROM ("
            "    SELECT a.deck, a.card, min(a.id) AS first FROM answer a"
            f"   WHERE a.day = ? AND a.grade IS NOT NULL AND {NOT_UNDONE} GROUP BY a.deck, a.card) t"
            ") GROUP BY deck",
            (day,),
        )
        return {deck: Done(new, reviews) for deck, new, reviews in rows}

    def _done_with_moved(self, moves: Moves, day: str) -> dict[str, Done]:
        rows = self._rows(
            "SELECT a.deck, a.card, a.id FROM answer a "
            f"WHERE a.day = ? AND a.grade IS NOT NULL AND {NOT_UNDONE} ORDER BY a.id DESC",
            (day,),
        )
        # The first of a card's answers stays.
        firsts = {moves.cards.now(Ref(deck, card), id_): id_ for deck, card, id_ in rows}
        found: dict[str, Done] = {}
        for ref, first in firsts.items():
            where, params = all_of(moves, ref)
            before = self._rows(
                f"SELECT 1 FROM answer a WHERE {where} AND a.id < ? AND a.grade IS NOT NULL AND {NOT_UNDONE} "
                "LIMIT 1",
                (*params, first),
            )
            new, reviews = found.get(ref.deck, Done(0, 0))
            found[ref.deck] = Done(new, reviews + 1) if before else Done(new + 1, reviews)
        return found

    def answers_by_day(self, first: str, last: str) -> dict[str, int]:
        """How many answers were given on each study day from first to last; days without are absent."""
        rows = self._rows(
            "SELECT a.day, count(*) FROM answer a "
            f"WHERE a.day BETWEEN ? AND ? AND {NOT_UNDONE} GROUP BY a.day",
            (first, last),
        )
        return dict(rows)

    def last_day(self, before: str) -> str | None:
        """The latest study day before this one (exclusive) on which anything was answered."""
        rows = self._rows(
            f"SELECT a.day FROM answer a WHERE a.day < ? AND {NOT_UNDONE} ORDER BY a.day DESC LIMIT 1",
            (before,),
        )
        return rows[0][0] if rows else None

    def last_studied(self, deck: str) -> str | None:
        """The study day on which a deck was last answered."""
        where, params = within(self.moves().decks.pieces(deck), ("a.deck",), "a.id")
        rows = self._rows(
            f"SELECT a.day FROM answer a WHERE {where} AND {NOT_UNDONE} ORDER BY a.id DESC LIMIT 1",
            params,
        )
        return rows[0][0] if rows else None

    def recalled(self, deck: str, first: str) -> tuple[int, int]:
        """How many reviews of a deck were remembered since a study day, and how many there were.

        A review is a card's first grade of a day, of a card that was graded on an earlier day.
        """
        moves = self.moves()
        if moves.touches(deck):
            return self._recalled_with_moved(moves, deck, first)
        rows = self._rows(
            f"SELECT a.grade, {LAST_REGRADE} FROM answer a JOIN ("
            "  SELECT min(a.id) AS id FROM answer a"
            f"  WHERE a.deck = ? AND a.day >= ? AND a.grade IS NOT NULL AND {NOT_UNDONE}"
            "  GROUP BY a.card, a.day) f ON f.id = a.id "
            "WHERE EXISTS (SELECT 1 FROM answer b WHERE b.deck = a.deck AND b.card = a.card"
            "  AND b.day < a.day AND b.grade IS NOT NULL"
            "  AND NOT EXISTS (SELECT 1 FROM event u WHERE u.subject = b.id AND u.type = 'undo'))",
            (deck, first),
        )
        grades = [grade if body is None else msgspec.json.decode(body)["grade"] for grade, body in rows]
        return sum(grade > Grade.AGAIN for grade in grades), len(grades)

    def _recalled_with_moved(self, moves: Moves, deck: str, first: str) -> tuple[int, int]:
        reviews: dict[tuple[Ref, str], Logged] = {}
        for source in moves.sources(deck):
            rows = self._rows(
                f"SELECT {ANSWER_COLUMNS}, {LAST_REGRADE} FROM answer a "
                f"WHERE a.deck = ? AND a.day >= ? AND a.grade IS NOT NULL AND {NOT_UNDONE}",
                (source, first),
            )
            for found in (logged(row, moves, undone=False) for row in rows):
                one = reviews.setdefault((found.ref, found.answer.day), found)
                if found.answer.id < one.answer.id:
                    reviews[found.ref, found.answer.day] = found
        right = asked = 0
        for (ref, day), one in reviews.items():
            where, params = all_of(moves, ref)
            graded = (
                f"SELECT 1 FROM answer a WHERE {where} AND a.day < ? AND a.grade IS NOT NULL "
                f"AND {NOT_UNDONE} LIMIT 1"
            )
            if ref.deck == deck and self._rows(graded, (*params, day)):
                asked += 1
                right += one.grade is not None and one.grade > Grade.AGAIN
        return right, asked

    def recent_ms(self, count: int = 100) -> list[int]:
        """Answer times in ms of the last graded answers, the latest first."""
        rows = self._rows(
            "SELECT ms FROM answer WHERE grade IS NOT NULL ORDER BY id DESC LIMIT ?",
            (count,),
        )
        return [row[0] for row in rows]

    def ms_of(self, day: str) -> dict[str, list[int]]:
        """Answer times in ms of the graded answers of a study day, by deck: also of those that were undone,
        for the time is gone."""
        decks, found = self.moves().decks, dict[str, list[int]]()
        rows = self._rows("SELECT deck, id, ms FROM answer WHERE day = ? AND grade IS NOT NULL", (day,))
        for deck, id_, ms in rows:
            found.setdefault(decks.now(deck, id_), []).append(ms)
        return found

    # ---- sessions and runs

    def session_answers(self, session: str) -> list[Answer]:
        """The answers of a session that count, in log order."""
        rows = self._rows(
            f"SELECT {ANSWER_COLUMNS} FROM answer a WHERE a.session = ? AND {NOT_UNDONE} ORDER BY a.id",
            (session,),
        )
        return [answer_of(row) for row in rows]

    def runs(self, deck: str | None = None) -> list[Run]:
        """The quizzes of a deck, or of all decks, the oldest first. Those of a deck that was renamed belong
        to the deck that it is now."""
        moves = self.moves()
        where, params = ("1", ()) if deck is None else within(moves.decks.pieces(deck), ("deck",), "session")
        rows = self._rows(f"SELECT {RUN_COLUMNS} FROM run WHERE {where} ORDER BY session", params)
        return [_moved(moves, run_of(row)) for row in rows]

    def last_run(self, deck: str, *, timed: bool = False) -> Run | None:
        """The latest quiz of a deck that was no drill, finished or not. timed: nor a practice."""
        moves = self.moves()
        where, params = within(moves.decks.pieces(deck), ("deck",), "session")
        rows = self._rows(
            f"SELECT {RUN_COLUMNS} FROM run WHERE {where} AND drill = 0 AND NOT (? AND mode = 'practice') "
            "ORDER BY session DESC LIMIT 1",
            (*params, timed),
        )
        return _moved(moves, run_of(rows[0])) if rows else None

    def missed(self, deck: str | None = None) -> list[Ref]:
        """The cards of a deck, or of all, that were missed in a quiz and not right since; longest ago first.

        Only a card's first answer in a later quiz clears it: before any other its answer was shown in that
        quiz.
        """
        moves = self.moves()
        if not moves:
            return [Ref(*row[:2]) for row in self._last_in_quiz(deck or "", wrong=True)]
        last: dict[Ref, tuple[str, str, Ref]] = {}
        for source in moves.sources(deck) if deck is not None else ("",):
            for row in self._last_in_quiz(source):
                # What was given before the card's history was carried over says how another card stands.
                logged_as = Ref(*row[:2])
                before = [id_ for id_ in moves.cards.exits(logged_as) if id_ < row[2]]
                for found in (row, *(one for id_ in before for one in self._last_in_quiz(*logged_as, id_))):
                    ref = moves.cards.now(logged_as, found[2])
                    last[ref] = max(last.get(ref, ("", "", ref)), (found[2], found[3], logged_as))
        clears = [(one.id, one.subject, moves.until(one.id)) for one in self.events(EventType.CLEAR)]
        wrong = sorted(
            (id_, ref)
            for ref, (id_, outcome, logged_as) in last.items()
            if outcome == "wrong" and deck in (None, ref.deck)
            if not any(
                clear > id_ and cleared == then.cards.now(logged_as, id_).deck
                for clear, cleared, then in clears
            )
        )
        return [ref for _, ref in wrong]

    def _last_in_quiz(self, deck: str, card: str = "", before: str = "", *, wrong: bool = False) -> list[Any]:
        """Deck, card, id and outcome of the answer that says whether a card is missed. deck, card: "" for
        all. before: of older ids, "" for all. wrong: only where it is missed, and was not cleared since."""
        # A session's id is older than its answers': of a card's answers few are looked at. The plus has
        # SQLite look there, and not through all answers of the session.
        first = (
            "NOT EXISTS (SELECT 1 FROM answer b WHERE b.deck = a.deck AND b.card = a.card"
            " AND b.id > a.session AND b.id < a.id AND +b.session = a.session AND b.position < a.position)"
        )
        names = [(name, value) for name, value in (("deck", deck), ("card", card)) if value]
        where = f"WHERE {' AND '.join(f'{name} = ?' for name, _ in names)}" if names else ""
        missed = (
            "WHERE m.outcome = 'wrong' AND m.id > coalesce("
            "  (SELECT max(e.id) FROM event e WHERE e.subject = m.deck AND e.type = 'clear'), '') "
        )
        return self._rows(
            # Card by card, so that each one's answers are read from the last on, and only as far as need be.
            f"SELECT m.deck, m.card, m.id, m.outcome FROM (SELECT DISTINCT deck, card FROM answer {where}) c "
            "CROSS JOIN answer m ON m.id = ("
            "  SELECT a.id FROM answer a WHERE a.deck = c.deck AND a.card = c.card"
            f"{' AND a.id < ?' if before else ''}"
            f"  AND (a.outcome = 'wrong' OR a.outcome = 'right' AND a.scored = 1 AND {first})"
            "  AND EXISTS (SELECT 1 FROM run r WHERE r.session = a.session) ORDER BY a.id DESC LIMIT 1) "
            f"{missed if wrong else ''}ORDER BY m.id",
            (*(value for _, value in names), *filter(None, (before,))),
        )

    def notes(self, session: str) -> dict[str, Note]:
        """What events add to the answers of a session, by the answer's id."""
        rows = self._rows(
            "SELECT e.subject, e.body FROM answer a JOIN event e ON e.subject = a.id "
            "WHERE a.session = ? AND e.type IN ('certainty', 'limit') ORDER BY e.id",
            (session,),
        )
        bodies: dict[str, dict[str, Any]] = {}
        for subject, body in rows:
            bodies.setdefault(subject, {}).update(msgspec.json.decode(body))
        return {
            subject: Note(limit_ms=body.get("limit_ms"), certainty=body.get("certainty"))
            for subject, body in bodies.items()
        }

    def open_run(self, device: str, before_ms: int) -> str | None:
        """The latest quiz of a device that has answers but no end, the last of them given before this time.

        Its session's id; None if there is none.
        """
        rows = self._rows(
            "SELECT r.session FROM run r WHERE r.finished = 0 "
            "AND EXISTS (SELECT 1 FROM event s WHERE s.subject = r.session AND s.type = 'start'"
            "  AND s.device = ?) "
            "AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = r.session AND e.type = 'end') "
            "AND (SELECT a.at_ms FROM answer a WHERE a.session = r.session ORDER BY a.id DESC LIMIT 1) < ? "
            "ORDER BY r.session DESC LIMIT 1",
            (device, before_ms),
        )
        return rows[0][0] if rows else None

    def start_of(self, session: str) -> Event | None:
        """The event that a session started with."""
        columns = ", ".join(Event.__struct_fields__)
        rows = self._rows(
            f"SELECT {columns} FROM event WHERE subject = ? AND type = 'start' ORDER BY id LIMIT 1",
            (session,),
        )
        return event_of(rows[0]) if rows else None

    def answers(self) -> Iterator[Logged]:
        """The whole log of answers in its order; undone ones are marked."""
        moves = self.moves()
        last = ""
        while True:
            rows = self._rows(
                f"SELECT {ANSWER_COLUMNS}, {LAST_REGRADE}, NOT ({NOT_UNDONE}) FROM answer a "
                "WHERE a.id > ? ORDER BY a.id LIMIT 1000",
                (last,),
            )
            if not rows:
                return
            for row in rows:
                yield logged(row[:-1], moves, undone=bool(row[-1]))
            last = rows[-1][0]


def _moved(moves: Moves, run: Run) -> Run:
    """The run with the deck that it belongs to now."""
    deck = moves.decks.now(run.deck, run.session)
    return run if deck == run.deck else msgspec.structs.replace(run, deck=deck)

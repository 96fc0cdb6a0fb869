"""Reading the scores file: what was answered, what is remembered, how quizzes went.

An answer that an undo event names counts nowhere but in `answers`, which shows it as undone.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from quizapp.record import (
    Answer,
    Cap,
    Event,
    EventType,
    Grade,
    How,
    Mark,
    Memory,
    Note,
    Outcome,
    Ref,
    Run,
    Scheduler,
    Seen,
    State,
    Undoable,
)
from quizapp.scores.errors import ScoresBusyError, ScoresUnusableError

_NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM event u WHERE u.subject = a.id AND u.type = 'undo')"
_LAST_REGRADE = (
    "(SELECT r.body FROM event r WHERE r.subject = a.id AND r.type = 'regrade' ORDER BY r.id DESC LIMIT 1)"
)
ANSWER_COLUMNS = ", ".join(f"a.{name}" for name in Answer.__struct_fields__)
MEMORY_COLUMNS = ", ".join(Memory.__struct_fields__)
MARK_COLUMNS = ", ".join(Mark.__struct_fields__)
_RUN_COLUMNS = ", ".join(Run.__struct_fields__)
_EVENT_COLUMNS = ", ".join(f"e.{name}" for name in Event.__struct_fields__)
# The sessions that brought another program's history: msgspec writes JSON without spaces.
_IMPORTS = "SELECT s.subject FROM event s WHERE s.type = 'start' AND s.body LIKE '%\"mode\":\"import\"%'"
_EVENT_NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM event u WHERE u.subject = e.id AND u.type = 'undo')"


class Logged(NamedTuple):
    """An answer with what later events made of it. grade: the one that counts now."""

    answer: Answer
    grade: Grade | None
    undone: bool


class Done(NamedTuple):
    """Distinct cards graded on a study day: seen for the first time ever, and others."""

    new: int
    reviews: int


class Log:
    """A scores file opened for reading. Every method raises ScoresError when the file can't be read."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db
        # Screens append from a worker thread: one statement at a time, whoever asks.
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # ---- cards

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
            f"SELECT {ANSWER_COLUMNS}, {_LAST_REGRADE} FROM answer a "
            f"WHERE a.deck = ? AND a.card = ? AND a.grade IS NOT NULL AND a.id <> ? AND {_NOT_UNDONE} "
            "ORDER BY a.id",
            (*ref, without),
        )
        return [_logged(row, undone=False) for row in rows]

    def grade_of(self, answer: str) -> Grade | None:
        """The grade that an answer had last, undone or not; None if it moved nothing."""
        rows = self._rows(f"SELECT {ANSWER_COLUMNS}, {_LAST_REGRADE} FROM answer a WHERE a.id = ?", (answer,))
        return _logged(rows[0], undone=False).grade if rows else None

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
            f"SELECT {_EVENT_COLUMNS} FROM event e WHERE e.subject = ? "
            f"AND e.type IN ('suspend', 'bury', 'flag') AND e.id <> ? AND {_EVENT_NOT_UNDONE} ORDER BY e.id",
            (ref.card, without),
        )
        return [event for event in map(_event_of, rows) if event.body["deck"] == ref.deck]

    def marked_cards(self) -> list[Ref]:
        """Every card that has a mark's event in the log, undone or not."""
        events = self.events(EventType.SUSPEND, EventType.BURY, EventType.FLAG)
        return sorted({Ref(event.body["deck"], event.subject) for event in events})

    def last_undoable(self) -> Undoable | None:
        """The last answer of study, or card suspended or buried, that was not undone; None without any.

        The answers of a quiz have no undo, and an import is taken back as a whole.
        """
        answers = self._rows(
            f"SELECT a.id, a.deck, a.card FROM answer a WHERE {_NOT_UNDONE} "
            "AND NOT EXISTS (SELECT 1 FROM run r WHERE r.session = a.session) "
            f"AND a.session NOT IN ({_IMPORTS}) ORDER BY a.id DESC LIMIT 1"
        )
        found = [Undoable(id_, Ref(deck, card), None) for id_, deck, card in answers]
        for type_ in (EventType.SUSPEND, EventType.BURY):
            rows = self._rows(
                f"SELECT {_EVENT_COLUMNS} FROM event e WHERE e.type = ? AND {_EVENT_NOT_UNDONE} "
                "AND e.body NOT LIKE '%\"import\":%' ORDER BY e.id DESC LIMIT 1",
                (str(type_),),
            )
            events = map(_event_of, rows)
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
            f"AND a.given <> '' AND a.how = 'chosen' AND {_NOT_UNDONE} "
            "GROUP BY a.given ORDER BY count(*) DESC, max(a.id) DESC LIMIT 1",
            ref,
        )
        return rows[0][0] if rows else ""

    def last_event(self, type_: EventType, subject: str) -> Event | None:
        """The last event of a type about a subject that was not undone."""
        rows = self._rows(
            f"SELECT {_EVENT_COLUMNS} FROM event e WHERE e.subject = ? AND e.type = ? "
            f"AND {_EVENT_NOT_UNDONE} ORDER BY e.id DESC LIMIT 1",
            (subject, str(type_)),
        )
        return _event_of(rows[0]) if rows else None

    def _last_body(self, type_: EventType, subject: str) -> dict[str, Any] | None:
        event = self.last_event(type_, subject)
        return event.body if event is not None else None

    def seen(self, deck: str, *, before: str = "") -> dict[str, Seen]:
        """How often and when last each card of a deck was answered, by key. before: only by older ids."""
        rows = self._rows(
            "SELECT a.card, count(*), max(a.id) FROM answer a "
            f"WHERE a.deck = ? AND (? = '' OR a.id < ?) AND {_NOT_UNDONE} GROUP BY a.card",
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

    # ---- days

    def done(self, day: str) -> dict[str, Done]:
        """What was studied on a study day, by deck."""
        rows = self._rows(
            "SELECT deck, sum(new), sum(1 - new) FROM ("
            "  SELECT t.deck AS deck, NOT EXISTS (SELECT 1 FROM answer a WHERE a.deck = t.deck AND"
            f"   a.card = t.card AND a.id < t.first AND a.grade IS NOT NULL AND {_NOT_UNDONE}) AS new FROM ("
            "    SELECT a.deck, a.card, min(a.id) AS first FROM answer a"
            f"   WHERE a.day = ? AND a.grade IS NOT NULL AND {_NOT_UNDONE} GROUP BY a.deck, a.card) t"
            ") GROUP BY deck",
            (day,),
        )
        return {deck: Done(new, reviews) for deck, new, reviews in rows}

    def answers_by_day(self, first: str, last: str) -> dict[str, int]:
        """How many answers were given on each study day from first to last; days without are absent."""
        rows = self._rows(
            "SELECT a.day, count(*) FROM answer a "
            f"WHERE a.day BETWEEN ? AND ? AND {_NOT_UNDONE} GROUP BY a.day",
            (first, last),
        )
        return dict(rows)

    def last_day(self, before: str) -> str | None:
        """The latest study day before this one (exclusive) on which anything was answered."""
        rows = self._rows(
            f"SELECT a.day FROM answer a WHERE a.day < ? AND {_NOT_UNDONE} ORDER BY a.day DESC LIMIT 1",
            (before,),
        )
        return rows[0][0] if rows else None

    def last_studied(self, deck: str) -> str | None:
        """The study day on which a deck was last answered."""
        rows = self._rows(
            f"SELECT a.day FROM answer a WHERE a.deck = ? AND {_NOT_UNDONE} ORDER BY a.id DESC LIMIT 1",
            (deck,),
        )
        return rows[0][0] if rows else None

    def recalled(self, deck: str, first: str) -> tuple[int, int]:
        """How many reviews of a deck were remembered since a study day, and how many there were.

        A review is a card's first grade of a day, of a card that was graded on an earlier day.
        """
        rows = self._rows(
            f"SELECT a.grade, {_LAST_REGRADE} FROM answer a JOIN ("
            "  SELECT min(a.id) AS id FROM answer a"
            f"  WHERE a.deck = ? AND a.day >= ? AND a.grade IS NOT NULL AND {_NOT_UNDONE}"
            "  GROUP BY a.card, a.day) f ON f.id = a.id "
            "WHERE EXISTS (SELECT 1 FROM answer b WHERE b.deck = a.deck AND b.card = a.card"
            "  AND b.day < a.day AND b.grade IS NOT NULL)",
            (deck, first),
        )
        grades = [grade if body is None else msgspec.json.decode(body)["grade"] for grade, body in rows]
        return sum(grade > Grade.AGAIN for grade in grades), len(grades)

    def recent_ms(self, count: int = 100) -> list[int]:
        """Answer times in ms of the last graded answers, the latest first."""
        rows = self._rows(
            "SELECT ms FROM answer WHERE grade IS NOT NULL ORDER BY id DESC LIMIT ?",
            (count,),
        )
        return [row[0] for row in rows]

    # ---- sessions and runs

    def session_answers(self, session: str) -> list[Answer]:
        """The answers of a session that count, in log order."""
        rows = self._rows(
            f"SELECT {ANSWER_COLUMNS} FROM answer a WHERE a.session = ? AND {_NOT_UNDONE} ORDER BY a.id",
            (session,),
        )
        return [answer_of(row) for row in rows]

    def events(self, *types: EventType) -> list[Event]:
        """Events of these types (all without any), in log order."""
        marks = ", ".join("?" * len(types))
        where = f"WHERE type IN ({marks})" if types else ""
        columns = ", ".join(Event.__struct_fields__)
        rows = self._rows(f"SELECT {columns} FROM event {where} ORDER BY id", [str(type_) for type_ in types])
        return [_event_of(row) for row in rows]

    def runs(self, deck: str | None = None) -> list[Run]:
        """The quizzes of a deck, or of all decks, the oldest first."""
        where, params = ("WHERE deck = ?", (deck,)) if deck is not None else ("", ())
        rows = self._rows(f"SELECT {_RUN_COLUMNS} FROM run {where} ORDER BY session", params)
        return [_run_of(row) for row in rows]

    def last_run(self, deck: str, *, timed: bool = False) -> Run | None:
        """The latest quiz of a deck that was no drill, finished or not. timed: nor a practice."""
        rows = self._rows(
            f"SELECT {_RUN_COLUMNS} FROM run WHERE deck = ? AND drill = 0 AND NOT (? AND mode = 'practice') "
            "ORDER BY session DESC LIMIT 1",
            (deck, timed),
        )
        return _run_of(rows[0]) if rows else None

    def missed(self, deck: str | None = None) -> list[Ref]:
        """The cards of a deck, or of all, that were missed in a quiz and not right since; longest ago first.

        Only a card's first answer in a later quiz clears it: before any other its answer was shown in that
        quiz.
        """
        # A session's id is older than its answers': of a card's answers few are looked at. The plus has
        # SQLite look there, and not through all answers of the session.
        first = (
            "NOT EXISTS (SELECT 1 FROM answer b WHERE b.deck = a.deck AND b.card = a.card"
            " AND b.id > a.session AND b.id < a.id AND +b.session = a.session AND b.position < a.position)"
        )
        where, params = ("WHERE deck = ?", (deck,)) if deck is not None else ("", ())
        rows = self._rows(
            # Card by card, so that each one's answers are read from the last on, and only as far as need be.
            f"SELECT m.deck, m.card FROM (SELECT DISTINCT deck, card FROM answer {where}) c "
            "CROSS JOIN answer m ON m.id = ("
            "  SELECT a.id FROM answer a WHERE a.deck = c.deck AND a.card = c.card"
            f"  AND (a.outcome = 'wrong' OR a.outcome = 'right' AND a.scored = 1 AND {first})"
            "  AND EXISTS (SELECT 1 FROM run r WHERE r.session = a.session) ORDER BY a.id DESC LIMIT 1) "
            "WHERE m.outcome = 'wrong' AND m.id > coalesce("
            "  (SELECT max(e.id) FROM event e WHERE e.subject = m.deck AND e.type = 'clear'), '') "
            "ORDER BY m.id",
            params,
        )
        return [Ref(*row) for row in rows]

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
        return _event_of(rows[0]) if rows else None

    def answers(self) -> Iterator[Logged]:
        """The whole log of answers in its order; undone ones are marked."""
        last = ""
        while True:
            rows = self._rows(
                f"SELECT {ANSWER_COLUMNS}, {_LAST_REGRADE}, NOT ({_NOT_UNDONE}) FROM answer a "
                "WHERE a.id > ? ORDER BY a.id LIMIT 1000",
                (last,),
            )
            if not rows:
                return
            for row in rows:
                yield _logged(row[:-1], undone=bool(row[-1]))
            last = rows[-1][0]

    # ----

    def _rows(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise scores_error(self.path, error) from error


def scores_error(path: Path, error: sqlite3.Error) -> ScoresBusyError | ScoresUnusableError:
    """SQLite's error in words for people."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ScoresBusyError(
            path, f"The scores file {path} is busy: another program is writing to it. Nothing in it is lost."
        )
    return ScoresUnusableError(path, f"The scores file {path} can't be used: {error}. It was left as it is.")


def answer_of(row: Sequence[Any]) -> Answer:
    """An answer from its columns, in the order of its fields."""
    values = dict(zip(Answer.__struct_fields__, row, strict=True))
    values["how"] = How(values["how"])
    values["outcome"] = Outcome(values["outcome"])
    values["grade"] = None if values["grade"] is None else Grade(values["grade"])
    for flag in ("hinted", "repeat", "scored"):
        values[flag] = bool(values[flag])
    return Answer(**values)


def memory_of(row: Sequence[Any]) -> Memory:
    """A memory from its columns, in the order of its fields."""
    return Memory(State(row[0]), *row[1:])


def mark_of(row: Sequence[Any]) -> Mark:
    """A mark from its columns, in the order of its fields."""
    return Mark(bool(row[0]), row[1], bool(row[2]))


def _logged(row: Sequence[Any], *, undone: bool) -> Logged:
    answer = answer_of(row[:-1])
    regrade = row[-1]
    grade = answer.grade if regrade is None else Grade(msgspec.json.decode(regrade)["grade"])
    return Logged(answer, grade, undone)


def _event_of(row: Sequence[Any]) -> Event:
    values = dict(zip(Event.__struct_fields__, row, strict=True))
    values["type"] = EventType(values["type"])
    values["body"] = msgspec.json.decode(values["body"])
    return Event(**values)


def _run_of(row: Sequence[Any]) -> Run:
    values = dict(zip(Run.__struct_fields__, row, strict=True))
    values["choices"] = msgspec.json.decode(values["choices"], type=tuple[str, ...])
    for flag in ("finished", "drill", "fresh", "certainty"):
        values[flag] = bool(values[flag])
    return Run(**values)

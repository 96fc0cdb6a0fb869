"""The rows of the scores file as values, and the connection that they are read through."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

import msgspec

from quizapp.record import Answer, Event, EventType, Grade, How, Mark, Memory, Outcome, Ref, Run, State
from quizapp.scores.errors import ScoresBusyError, ScoresUnusableError
from quizapp.scores.moves import Moves, Rekey

NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM event u WHERE u.subject = a.id AND u.type = 'undo')"
LAST_REGRADE = (
    "(SELECT r.body FROM event r WHERE r.subject = a.id AND r.type = 'regrade' ORDER BY r.id DESC LIMIT 1)"
)
ANSWER_COLUMNS = ", ".join(f"a.{name}" for name in Answer.__struct_fields__)
MEMORY_COLUMNS = ", ".join(Memory.__struct_fields__)
MARK_COLUMNS = ", ".join(Mark.__struct_fields__)
RUN_COLUMNS = ", ".join(Run.__struct_fields__)
EVENT_COLUMNS = ", ".join(f"e.{name}" for name in Event.__struct_fields__)
# Where these are among an answer's fields; behind hinted all are flags and numbers.
_HOW, _OUTCOME, _GRADE, _HINTED = map(Answer.__struct_fields__.index, ("how", "outcome", "grade", "hinted"))
# Calling State takes half the time of a deck's memories.
_STATES = {state.value: state for state in State}
EVENT_NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM event u WHERE u.subject = e.id AND u.type = 'undo')"
_AGAIN = 0.02
"""Seconds before a busy file is tried again."""


class Logged(NamedTuple):
    """An answer with what later events made of it. grade: the one that counts now. ref: the card that it
    belongs to now."""

    answer: Answer
    grade: Grade | None
    undone: bool
    ref: Ref


class Rows:
    """A scores file opened for reading. Every method raises ScoresError when the file can't be read."""

    def __init__(self, path: Path, db: sqlite3.Connection, *, device: str = "") -> None:
        """device: this machine's id, "" where it has written nothing yet."""
        self.path = path
        self.device = device
        self._db = db
        # Screens append from a worker thread: one statement at a time, whoever asks.
        self._lock = threading.RLock()
        self._moves: Moves | None = None
        self._moved_at = -1

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def events(self, *types: EventType) -> list[Event]:
        """Events of these types (all without any), in log order."""
        marks = ", ".join("?" * len(types))
        where = f"WHERE type IN ({marks})" if types else ""
        columns = ", ".join(Event.__struct_fields__)
        rows = self._rows(f"SELECT {columns} FROM event {where} ORDER BY id", [str(type_) for type_ in types])
        return [event_of(row) for row in rows]

    def changes(self) -> int:
        """A number that is another one after other programs have written to the file."""
        return int(self._rows("PRAGMA data_version")[0][0])

    def moves(self) -> Moves:
        """Which cards' history was carried over to which; read again when anybody wrote to the file."""
        with self._lock:
            # The number changes with what others write; after what it wrote itself a store forgets the moves.
            version = self.changes()
            if self._moves is None or version != self._moved_at:
                rows = self._rows(
                    "SELECT e.id, e.device, e.body, (SELECT min(u.id) FROM event u WHERE u.subject = e.id "
                    "AND u.type = 'undo') FROM event e WHERE e.type = 'rekey' ORDER BY e.id"
                )
                self._moved_at = version
                self._moves = Moves(
                    Rekey.of(id_, device, msgspec.json.decode(body), undone or "")
                    for id_, device, body, undone in rows
                )
            return self._moves

    def _rows(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise scores_error(self.path, error) from error


class Transaction:
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK; SQLite's errors come out as ScoresError.

    The lock is held from the beginning to the end, and not while a busy file is waited for: a screen may read
    meanwhile.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: threading.RLock, *, waits: bool) -> None:
        """waits: whether a busy file is waited for, for as long as the connection was told to."""
        self._path, self._db, self._lock = path, db, lock
        self._waits = waits
        self._patience = 0.0  # seconds for which it is waited for

    def __enter__(self) -> None:
        late = None
        while True:
            try:
                return self._begin()
            except sqlite3.Error as error:
                failure = scores_error(self._path, error)
                late = monotonic() + self._patience if late is None else late
                if not isinstance(failure, ScoresBusyError) or monotonic() >= late:
                    raise failure from error
            sleep(_AGAIN)

    def _begin(self) -> None:
        """Begin with the lock held; where the file is busy, without it and at once."""
        self._lock.acquire()
        try:
            own = self._db.execute("PRAGMA busy_timeout").fetchone()[0]
            self._patience = own / 1000 if self._waits else 0.0
            try:
                self._db.execute("PRAGMA busy_timeout = 0")
                self._db.execute("BEGIN IMMEDIATE")
            finally:
                self._db.execute(f"PRAGMA busy_timeout = {own}")
        except BaseException:
            self._lock.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            self._end(error)
        finally:
            self._lock.release()

    def _end(self, error: BaseException | None) -> None:
        try:
            if error is None:
                self._db.execute("COMMIT")
                return
        except sqlite3.Error as failure:
            error = failure
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise scores_error(self._path, error) from error


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


def row_of_answer(answer: Answer) -> tuple[Any, ...]:
    """An answer as its columns hold it, in the order of its fields."""
    row = msgspec.structs.astuple(answer)
    how, outcome, grade = row[_HOW], row[_OUTCOME], row[_GRADE]
    # What is no plain int or str, sqlite3 adapts value by value, which takes as long as all the rest.
    return (
        *row[:_HOW],
        str(how),
        *row[_HOW + 1 : _OUTCOME],
        str(outcome),
        None if grade is None else int(grade),
        *row[_GRADE + 1 : _HINTED],
        *map(int, row[_HINTED:]),
    )


def row_of_memory(ref: Ref, memory: Memory) -> tuple[Any, ...]:
    """A memory as its columns hold it: the card's, and then in the order of its fields."""
    state, *rest = msgspec.structs.astuple(memory)
    return (*ref, int(state), *rest)


def memory_of(row: Sequence[Any]) -> Memory:
    """A memory from its columns, in the order of its fields."""
    return Memory(_STATES[row[0]], *row[1:])


def mark_of(row: Sequence[Any]) -> Mark:
    """A mark from its columns, in the order of its fields."""
    return Mark(bool(row[0]), row[1], bool(row[2]))


def logged(row: Sequence[Any], moves: Moves, *, undone: bool) -> Logged:
    """An answer from its columns and its last regrade's body."""
    answer = answer_of(row[:-1])
    regrade = row[-1]
    grade = answer.grade if regrade is None else Grade(msgspec.json.decode(regrade)["grade"])
    return Logged(answer, grade, undone, moves.cards.now(answer.ref, answer.id))


def event_of(row: Sequence[Any]) -> Event:
    values = dict(zip(Event.__struct_fields__, row, strict=True))
    values["type"] = EventType(values["type"])
    values["body"] = msgspec.json.decode(values["body"])
    return Event(**values)


def run_of(row: Sequence[Any]) -> Run:
    values = dict(zip(Run.__struct_fields__, row, strict=True))
    values["choices"] = msgspec.json.decode(values["choices"], type=tuple[str, ...])
    for flag in ("finished", "drill", "fresh", "certainty"):
        values[flag] = bool(values[flag])
    return Run(**values)

"""Opening the scores file and adding to it. The log's rows are only ever inserted."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from quizapp.record import Answer, CardText, Event, EventType, Mark, Memory, Ref, Run, Scheduler
from quizapp.scores.device import device_of, device_text
from quizapp.scores.errors import NotScoresError, ScoresError, ScoresTooNewError, ScoresUnusableError
from quizapp.scores.ids import Ids
from quizapp.scores.log import Log
from quizapp.scores.migrations import APPLICATION_ID, VERSION, migrate
from quizapp.scores.moves import Moves
from quizapp.scores.rows import Transaction, row_of_answer, row_of_memory, scores_error

if TYPE_CHECKING:
    from quizapp.scores.bulk import Alike

_MAGIC = b"SQLite format 3\x00"
_LAST_ID = (
    "SELECT max(id) FROM (SELECT max(id) AS id FROM answer WHERE device = ? "
    "UNION ALL SELECT max(id) FROM event WHERE device = ?)"
)
BUSY_SECONDS = 5.0
"""How long a busy file is waited for before it is named."""


Drawn = tuple[Sequence[Event], Sequence[CardText]]
Caches = tuple[Mapping[Ref, Memory | None], Mapping[Ref, Mark]]
"""What is to be remembered of cards, and what is set for them."""


class Follow(NamedTuple):
    """How caches follow from the log, for where another program has written meanwhile. as_of: the store's
    `changes` when they were worked out. read: reads them from the log that has the new rows."""

    as_of: int
    read: Callable[[], Caches]


class Store(Log):
    """A scores file opened for writing.

    note: what the person should know of how the file is kept, or "". fresh:
    whether there was no file before. stale: whether an earlier version wrote some of its caches: they want
    to be recomputed.
    """

    def __init__(
        self,
        path: Path,
        db: sqlite3.Connection,
        *,
        device: str,
        ids: Ids,
        note: str,
        fresh: bool,
        stale: bool = False,
    ) -> None:
        super().__init__(path, db, device=device)
        self.fresh = fresh
        self.stale = stale
        self.note = note
        self._ids = ids
        self._ids_lock = threading.Lock()

    def new_ids(self, number: int) -> list[str]:
        """Ids as `new_id` gives them, so many at once."""
        with self._ids_lock:
            return self._ids.some(number)

    def new_id(self) -> str:
        """An id for a row, greater than every id that this device gave out before."""
        # Not the file's lock: a row may be drawn up while another one waits for a busy file.
        with self._ids_lock:
            return self._ids.new()

    def moves(self) -> Moves:
        """As for a log; ids that are given out from now on are greater than all that other programs of this
        device gave out: what is drawn up from what they wrote comes after it, whatever the clock does."""
        with self._lock:
            before = self._moved_at
            moves = super().moves()
            if self._moved_at != before:
                self._after(self._rows(_LAST_ID, (self.device, self.device))[0][0])
            return moves

    def _after(self, id_: str | None) -> None:
        with self._ids_lock:
            if id_ is not None:
                self._ids.after(id_)

    def append(
        self,
        rows: Iterable[Answer | Event],
        *,
        memories: Mapping[Ref, Memory | None] | None = None,
        marks: Mapping[Ref, Mark] | None = None,
        run: Run | None = None,
        texts: Iterable[CardText] = (),
        schedulers: Iterable[Scheduler] = (),
        follow: Follow | None = None,
        alike: Alike | None = None,
        last: Callable[[], object] = lambda: None,
    ) -> None:
        """Write rows of the log with the caches that follow from them, in one transaction.

        memories: None for a card means that nothing is remembered of it any more. follow: what takes the
        place of memories and marks if another program has written since they were worked out. alike: answers
        beside those of `rows`, more than a person gives. last: called when all is written and nobody else
        sees it yet. Either everything is on disk when this returns, or a ScoresError (or what `rows`, `alike`
        or `last` raise) was raised and nothing is: the same call may be made again.
        """
        from quizapp.scores.bulk import put_answers, put_rows  # home writes nothing

        with self._transaction():
            changed = follow is not None and _changes(self._db) != follow.as_of
            for scheduler in schedulers:
                self._insert("scheduler", _scheduler_row(scheduler))
            known = sorted(map(msgspec.structs.astuple, texts))
            put_rows(self._db, "card_text", CardText.__struct_fields__, known)
            self._put_log(rows)
            if alike is not None:
                put_answers(self._db, alike)
            if follow is not None and changed:
                self._put_cards(*self._read_inside(follow.read))
            else:
                self._put_cards(memories or {}, marks or {})
            if run is not None:
                self._put_run(run)
            last()

    def _read_inside(self, read: Callable[[], Caches]) -> Caches:
        """What is read within a transaction. If that fails in the end, the moves that were seen are none."""
        try:
            return read()
        finally:
            self._moves = None

    def append_drawn(
        self,
        draw_up: Callable[[], Drawn],
        follow: Callable[[], Caches],
        *,
        waits: bool = True,
    ) -> Sequence[Event]:
        """Write events that depend on what the log holds, and memories and marks that then follow from it.

        draw_up: makes the events, with the texts of cards that they name. follow: reads the caches' new
        values from the log that has them. All in one transaction, so that no answer of another program falls
        between. waits: whether a busy file is waited for. Returns the events; without any nothing is
        written.
        """
        try:
            with self._transaction(waits=waits):
                self._after(_last_id(self._db, self.device))
                events, texts = draw_up()
                for event in events:
                    self._put_event(event)
                for text in texts:
                    self._insert("card_text", msgspec.structs.asdict(text))
                if events:
                    self._put_cards(*follow())
                return events
        finally:
            # If it failed, the moves that `follow` saw are none.
            self._moves = None

    def _put_log(self, rows: Iterable[Answer | Event]) -> None:
        from quizapp.scores.bulk import put_rows  # as in `append`

        for kind, some in groupby(rows, type):
            if kind is Answer:
                answers = (row_of_answer(row) for row in some if isinstance(row, Answer))
                put_rows(self._db, "answer", Answer.__struct_fields__, answers)
            else:
                for row in some:
                    if isinstance(row, Event):
                        self._put_event(row)

    def _put_event(self, event: Event) -> None:
        body = msgspec.json.encode(event.body).decode()
        if event.type in (EventType.REKEY, EventType.UNDO):
            self._moves = None
        self._insert("event", {**msgspec.structs.asdict(event), "body": body})

    def _put_cards(self, memories: Mapping[Ref, Memory | None], marks: Mapping[Ref, Mark]) -> None:
        from quizapp.scores.bulk import put_rows  # as in `append`

        gone = [ref for ref, memory in memories.items() if memory is None]
        self._db.executemany("DELETE FROM memory WHERE deck = ? AND card = ?", gone)
        # In the table's own order: many go in twice as fast.
        kept = ((ref, memory) for ref in sorted(memories) if (memory := memories[ref]) is not None)
        columns = (*Ref._fields, *Memory.__struct_fields__)
        put_rows(self._db, "memory", columns, (row_of_memory(*one) for one in kept), replace=True)
        for ref, mark in marks.items():
            self._put_mark(ref, mark)

    def replace_caches(
        self, compute: Callable[[], tuple[Mapping[Ref, Memory], Mapping[Ref, Mark], Iterable[Run]]]
    ) -> bool:
        """Put what `compute` reads from the log in place of all memories, marks and runs.

        True if that changed any.

        All in one transaction, so that no answer of another program falls between reading and writing. Runs
        of sessions in the log that `compute` does not give stay: a later version may know their mode.
        """
        with self._transaction():
            before = self._caches()
            memories, marks, runs = compute()
            self._db.execute("DELETE FROM memory")
            self._db.execute("DELETE FROM mark")
            self._db.execute(
                "DELETE FROM run WHERE session NOT IN (SELECT subject FROM event WHERE type = 'start')"
            )
            self._put_cards(memories, marks)
            for run in runs:
                self._put_run(run)
            return self._caches() != before

    def _caches(self) -> list[Any]:
        return [
            *self._rows("SELECT * FROM memory ORDER BY deck, card"),
            *self._rows("SELECT * FROM mark ORDER BY deck, card"),
            *self._rows("SELECT * FROM run ORDER BY session"),
        ]

    def _put_mark(self, ref: Ref, mark: Mark) -> None:
        if mark == Mark():
            self._db.execute("DELETE FROM mark WHERE deck = ? AND card = ?", ref)
            return
        self._insert("mark", {**ref._asdict(), **msgspec.structs.asdict(mark)}, verb="INSERT OR REPLACE")

    def _put_run(self, run: Run) -> None:
        values = msgspec.structs.asdict(run)
        values["choices"] = msgspec.json.encode(run.choices).decode()
        self._insert("run", values, verb="INSERT OR REPLACE")

    def _insert(self, table: str, values: Mapping[str, Any], *, verb: str = "INSERT") -> None:
        # A row that is there already was written by a call whose answer got lost: it is the same row.
        again = " ON CONFLICT DO NOTHING" if verb == "INSERT" else ""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self._db.execute(f"{verb} INTO {table} ({names}) VALUES ({marks}){again}", list(values.values()))

    def _transaction(self, *, waits: bool = True) -> Transaction:
        return Transaction(self.path, self._db, self._lock, waits=waits)


def _changes(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def open_store(path: Path, *, now_ms: Callable[[], int], busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open the scores file for writing, and make it if there is none.

    now_ms: milliseconds since the epoch, for ids. Raises ScoresTooNewError, NotScoresError (the file was left
    untouched), ScoresBusyError and ScoresUnusableError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error) from error
    version = _examine(path, busy_seconds)
    try:
        db = _connect(path, "rwc", busy_seconds)
    except sqlite3.Error as error:
        raise scores_error(path, error) from error
    try:
        note = _prepare(db)
        migrate(db)
        device = device_of(path.parent / "device-id")
        last = _last_id(db, device)
        return Store(
            path,
            db,
            device=device,
            ids=Ids(now_ms, last),
            note=note,
            fresh=not version,
            stale=bool(db.execute("SELECT 1 FROM memory WHERE lapses < 0 LIMIT 1").fetchone()),
        )
    except sqlite3.Error as error:
        db.close()
        raise scores_error(path, error) from error
    except OSError as error:
        db.close()
        raise _unusable(path, error) from error


def open_log(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Log:
    """Open the scores file for reading only; where there is none, an empty log. Raises as `open_store`.

    A file of an earlier version is brought up to date in memory: it is the app that changes it.
    """
    version = _examine(path, busy_seconds)
    try:
        if version == VERSION:
            db = _connect(path, "ro", busy_seconds)
        else:
            db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            if version:
                with closing(_connect(path, "ro", busy_seconds)) as old:
                    old.backup(db)
            migrate(db)
    except sqlite3.Error as error:
        raise scores_error(path, error) from error
    device = ""
    with suppress(OSError):
        device = device_text(path.parent / "device-id")
    return Log(path, db, device=device)


def _connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    # as_uri needs an absolute path, and quotes what a URI may not hold.
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)


def _examine(path: Path, busy_seconds: float) -> int:
    """The version of the file at path, 0 if there is none or it is empty. Nothing is written."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise _unusable(path, error) from error
    if not head:
        return 0
    if not head.startswith(_MAGIC):
        raise NotScoresError(
            path,
            f"{path} is not a scores file (it is no SQLite database). It was left untouched. "
            "Move it away, or name another folder in QUIZAPP_HOME.",
        )
    # The header is looked at before SQLite is: even a read-only look leaves files beside a write-ahead log.
    # A version that still stands in that log alone is found by SQLite itself.
    mark, version = int.from_bytes(head[68:72]), int.from_bytes(head[60:64])
    if mark == APPLICATION_ID and version > VERSION:
        raise _too_new(path, version)
    try:
        with closing(_connect(path, "ro", busy_seconds)) as db:
            # One snapshot: another program may be making the file right now.
            db.execute("BEGIN")
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            mark = db.execute("PRAGMA application_id").fetchone()[0]
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise NotScoresError(
                path,
                f"{path} is damaged: {error}. It was left untouched. Keep a copy; then move it away, and "
                "quizapp starts a new one.",
            ) from error
        raise scores_error(path, error) from error
    if mark == APPLICATION_ID and version > VERSION:
        raise _too_new(path, version)
    if tables and mark != APPLICATION_ID:
        raise NotScoresError(
            path,
            f"{path} is a database of another program. It was left untouched. "
            "Move it away, or name another folder in QUIZAPP_HOME.",
        )
    return version if mark == APPLICATION_ID else 0


def _prepare(db: sqlite3.Connection) -> str:
    """Set how the file is kept; what the person should know of it, or ""."""
    mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    db.execute("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":
        # There fsync alone leaves data in the drive's own cache.
        db.execute("PRAGMA fullfsync = 1")
    if mode == "wal":
        return ""
    db.execute("PRAGMA journal_mode = DELETE")
    return (
        "The scores file's folder allows no write-ahead log (a network folder?): answers take longer to save."
    )


def _last_id(db: sqlite3.Connection, device: str) -> str | None:
    last: str | None = db.execute(_LAST_ID, (device, device)).fetchone()[0]
    return last


def _scheduler_row(scheduler: Scheduler) -> dict[str, Any]:
    steps = {"learning": scheduler.learning, "relearning": scheduler.relearning}
    return {
        "id": scheduler.id,
        "parameters": msgspec.json.encode(scheduler.parameters).decode(),
        "steps": msgspec.json.encode(steps).decode(),
        "maximum_interval": scheduler.maximum_interval,
    }


def _too_new(path: Path, version: int) -> ScoresError:
    return ScoresTooNewError(
        path,
        f"{path} was written by a newer quizapp (format {version}; this one knows {VERSION}). "
        "It was left untouched. Update quizapp to use it.",
    )


def _unusable(path: Path, error: OSError) -> ScoresError:
    reason = error.strerror or str(error)
    return ScoresUnusableError(path, f"The scores file {path} can't be used: {reason}. Nothing was changed.")

"""The scores file as it lies on the disk: whether it is one, of which version, and how SQLite keeps it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from quizapp.scores.errors import NotScoresError, ScoresError, ScoresTooNewError, ScoresUnusableError
from quizapp.scores.migrations import APPLICATION_ID, VERSION
from quizapp.scores.rows import scores_error

_MAGIC = b"SQLite format 3\x00"


def connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    """The file, opened as SQLite has it in `mode` (ro, rwc). Raises sqlite3.Error."""
    # as_uri needs an absolute path, and quotes what a URI may not hold.
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)


def examine(path: Path, busy_seconds: float) -> int:
    """The version of the file at path, 0 if there is none or it is empty. Nothing is written."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise unusable(path, error) from error
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
        with closing(connect(path, "ro", busy_seconds)) as db:
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


def prepare(db: sqlite3.Connection) -> str:
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


def _too_new(path: Path, version: int) -> ScoresError:
    return ScoresTooNewError(
        path,
        f"{path} was written by a newer quizapp (format {version}; this one knows {VERSION}). "
        "It was left untouched. Update quizapp to use it.",
    )


def unusable(path: Path, error: OSError) -> ScoresError:
    """What is said where the system does not let us have the file."""
    reason = error.strerror or str(error)
    return ScoresUnusableError(path, f"The scores file {path} can't be used: {reason}. Nothing was changed.")

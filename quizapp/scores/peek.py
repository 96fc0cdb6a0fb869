"""A look at whether anything may be due, for a shell that starts: SQLite is all that it imports.

A person waits for it at every new prompt, so it reads no more than a few rows of indexes. What it finds is
looked into properly afterwards; what it denies must be sure.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from quizapp.scores.migrations import APPLICATION_ID, VERSION

_OF_DECK = "(:deck = '' OR m.deck = :deck)"
_HIDDEN = (
    "EXISTS (SELECT 1 FROM mark k WHERE k.deck = m.deck AND k.card = m.card "
    "AND (k.suspended = 1 OR k.buried > :last))"
)
_STEP = f"SELECT 1 FROM memory m WHERE m.due_ms <= :now AND {_OF_DECK} AND NOT {_HIDDEN} LIMIT 1"
_REVIEW = f"SELECT 1 FROM memory m WHERE m.due_day <= :last AND {_OF_DECK} AND NOT {_HIDDEN} LIMIT 1"
# A clock that ran ahead and was set right since leaves cards that are due at once. Ids begin with their time,
# so that the last answer's tells whether there may be any, without a look at all cards.
_AHEAD = (
    "SELECT 1 WHERE (SELECT max(id) FROM answer) > :ahead_id "
    f"AND EXISTS (SELECT 1 FROM memory m WHERE m.last_ms > :ahead AND {_OF_DECK} AND NOT {_HIDDEN})"
)
_DAY_MS = 86_400_000
# On the day of an exam cards fall due that were scheduled beyond it. Each grade names the exam's day, so the
# last answers of a deck tell it. The decks are found one by one, without a look at all cards.
_EXAM = (
    "WITH RECURSIVE m (deck) AS (SELECT min(deck) FROM memory UNION ALL "
    "SELECT (SELECT min(deck) FROM memory WHERE deck > m.deck) FROM m WHERE m.deck IS NOT NULL) "
    f"SELECT 1 FROM m WHERE {_OF_DECK} AND EXISTS (SELECT 1 FROM (SELECT a.latest FROM answer a "
    "WHERE a.deck = m.deck ORDER BY a.id DESC LIMIT 100) WHERE latest BETWEEN :first AND :last) LIMIT 1"
)


def may_be_due(path: str, now_ms: int, days: tuple[str, str], deck: str = "") -> bool:
    """Whether a card may be due now. A no is sure, but on the day of an exam that no late answer knew of.

    path: the scores file. days: the earliest and the latest that the study day can be. deck: the id of the
    only deck to look at; one that the file does not know stands for all. Nothing is written, not even beside
    the file, and nothing is waited for: where the file can't be read, a card may be due.
    """
    try:
        if not os.path.getsize(path):  # noqa: PTH202 - pathlib costs a shell 4 ms
            return False
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    try:
        with closing(_connect(os.path.abspath(path))) as db:  # noqa: PTH100 - as above
            return _may_be_due(db, now_ms, days, deck)
    except (sqlite3.Error, ValueError):  # a path may hold what SQLite can't be given
        return True


def _may_be_due(db: sqlite3.Connection, now_ms: int, days: tuple[str, str], deck: str) -> bool:
    mark, version = (
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    if (mark, version) != (APPLICATION_ID, VERSION):
        return True
    known = deck and db.execute("SELECT 1 FROM memory WHERE deck = ? LIMIT 1", (deck,)).fetchone()
    values = {
        "now": now_ms,
        "first": days[0],
        "last": days[1],
        "deck": deck if known else "",
        "ahead": now_ms + _DAY_MS,
        "ahead_id": _id_at(now_ms + _DAY_MS),
    }
    return any(db.execute(sql, values).fetchone() for sql in (_STEP, _REVIEW, _EXAM, _AHEAD))


def _id_at(at_ms: int) -> str:
    """What all ids after this time are greater than."""
    digits = f"{max(0, at_ms):012x}"
    return f"{digits[:8]}-{digits[8:]}"


def _connect(path: str) -> sqlite3.Connection:
    # Even a read-only look leaves files beside one with a write-ahead log, unless SQLite is told that nobody
    # writes. So it is where nothing waits in a log or a journal; whoever begins now spoils this look at most.
    still = not any(_size(path + end) for end in ("-wal", "-journal"))
    for sign, escape in (("%", "%25"), ("?", "%3f"), ("#", "%23"), (os.sep, "/")):
        path = path.replace(sign, escape)
    uri = f"file:/{path.lstrip('/')}?mode=ro{'&immutable=1' if still else ''}"
    return sqlite3.connect(uri, uri=True, timeout=0.0, isolation_level=None)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)  # noqa: PTH202 - as above
    except OSError:
        return 0

"""Whether the scores file is sound, and how much is in it."""

from __future__ import annotations

import sqlite3
from typing import Any

from msgspec import Struct

from quizapp.scores.log import Log


class Health(Struct, frozen=True):
    """A look at the whole file. version: of its format. journal: how SQLite writes it. size: in bytes.

    undone: how many of the answers are. memories and runs: rows of the caches. faults: SQLite's own words.
    """

    version: int
    sqlite: str
    journal: str
    size: int
    answers: int
    undone: int
    events: int
    memories: int
    runs: int
    faults: tuple[str, ...]


def health(log: Log) -> Health:
    """Read the whole file and check it. Raises ScoresError where it can't be read at all."""

    def value(sql: str) -> Any:
        return log._rows(sql)[0][0]

    undone = "SELECT count(DISTINCT a.id) FROM answer a JOIN event e ON a.id = e.subject AND e.type = 'undo'"
    found = [str(row[0]) for row in log._rows("PRAGMA integrity_check")]
    return Health(
        version=value("PRAGMA user_version"),
        sqlite=sqlite3.sqlite_version,
        journal=value("PRAGMA journal_mode"),
        size=value("PRAGMA page_count") * value("PRAGMA page_size"),
        answers=value("SELECT count(*) FROM answer"),
        undone=value(undone),
        events=value("SELECT count(*) FROM event"),
        memories=value("SELECT count(*) FROM memory"),
        runs=value("SELECT count(*) FROM run"),
        faults=() if found == ["ok"] else tuple(found),
    )

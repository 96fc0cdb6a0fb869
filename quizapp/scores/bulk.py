"""Many rows at once, as an import has them. One at a time they take twice as long."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

_TOGETHER = 40
"""So many rows are one statement: SQLite's older versions take 999 values in one."""
_MANY = 2000


def put_rows(
    db: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows into a table of the log. One that is there already is left as it is."""
    left = iter(rows)
    row = f"({', '.join('?' * len(columns))})"
    while batch := list(islice(left, _TOGETHER)):
        db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * len(batch))} "
            "ON CONFLICT DO NOTHING",
            list(chain.from_iterable(batch)),
        )


@contextmanager
def indexes_made_anew(db: sqlite3.Connection, table: str, coming: int) -> Iterator[None]:
    """Within a transaction: make a table's indexes when all rows are there, if more come than it has. Each
    row would be put into each index, at a place that is as good as random."""
    made: list[tuple[str, str]] = []
    if coming >= _MANY and coming > db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
        made = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            (table,),
        ).fetchall()
    for name, _ in made:
        db.execute(f"DROP INDEX {name}")
    yield
    # If it failed, the transaction is rolled back, and they are as they were.
    for _, sql in made:
        db.execute(sql)

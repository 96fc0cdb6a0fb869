"""Many rows at once, as an import has them. One at a time they take several times as long."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from msgspec import Struct

from quizapp.record import Grade, How, Outcome

_TOGETHER = 100
"""So many rows are one statement: at 23 values each, SQLite takes 1,424."""
_MANY = 2000

_TEXT, _WHOLE = frozenset({str}), frozenset({int})
_NONE = frozenset({type(None)})
_NUMBER = frozenset({float}) | _NONE
_TYPES: Mapping[str, frozenset[type]] = {
    **dict.fromkeys(("id", "device", "day", "deck", "card", "session", "kind", "how", "given"), _TEXT),
    **dict.fromkeys(("at_ms", "offset_min", "position", "variant", "ms"), _WHOLE),
    **dict.fromkeys(("hinted", "repeat", "scored"), _WHOLE),
    "outcome": _TEXT,
    "k": _WHOLE | _NONE,
    "grade": _WHOLE | _NONE,
    "target": _NUMBER,
    "latest": _TEXT | _NONE,
    "scheduler": _TEXT | _NONE,
}
"""What a column of an answer may hold, as its CHECK in the file has it."""
_VALUES: Mapping[str, frozenset[object]] = {
    "how": frozenset(map(str, How)),
    "outcome": frozenset(map(str, Outcome)),
    "grade": frozenset({None, *map(int, Grade)}),
    **dict.fromkeys(("hinted", "repeat", "scored"), frozenset({0, 1})),
}


class Alike(Struct, frozen=True):
    """Answers that are alike in most. shared: what all of them have, by column. columns: the others. rows:
    those values of each answer, as its columns hold them. many: how many answers there are."""

    shared: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Any]]
    many: int


def put_rows(
    db: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    replace: bool = False,
) -> None:
    """Insert rows into a table. One that is there already is left as it is, unless it is to be replaced."""
    left, names = iter(rows), tuple(columns)
    while batch := list(islice(left, _TOGETHER)):
        statement = _insert(table, (), names, len(batch), replace=replace)
        db.execute(statement, list(chain.from_iterable(batch)))


def put_answers(db: sqlite3.Connection, alike: Alike) -> None:
    """Within a transaction: insert answers, each new to the file. Raises sqlite3.IntegrityError for one that
    the file does not take.

    The CHECKs of the file take as long as all the rest, row by row. Here the same is held a column at a time,
    and they are off meanwhile.
    """
    shared, values = tuple(alike.shared), list(alike.shared.values())
    _check(shared, [values])
    left = iter(alike.rows)
    with _unchecked(db), _indexes_made_anew(db, "answer", alike.many):
        while batch := list(islice(left, _TOGETHER)):
            _check(alike.columns, batch)
            statement = _insert("answer", shared, alike.columns, len(batch))
            db.execute(statement, [*values, *chain.from_iterable(batch)])


@lru_cache(maxsize=8)
def _insert(
    table: str, shared: tuple[str, ...], columns: tuple[str, ...], rows: int, *, replace: bool = False
) -> str:
    """The statement for so many rows: first the values that all share, then those of each."""
    width, ahead = len(columns), len(shared)
    common = [f"?{place}" for place in range(1, ahead + 1)]
    each = (
        ", ".join([*common, *(f"?{ahead + row * width + place}" for place in range(1, width + 1))])
        for row in range(rows)
    )
    verb, again = ("INSERT OR REPLACE", "") if replace else ("INSERT", " ON CONFLICT DO NOTHING")
    return f"{verb} INTO {table} ({', '.join(shared + columns)}) VALUES ({'), ('.join(each)}){again}"


def _check(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Hold what the CHECKs of the file do. Raises sqlite3.IntegrityError, as they would."""
    for name, column in zip(columns, zip(*rows, strict=True), strict=True):
        good = set(map(type, column)) <= _TYPES[name]
        if not good or (name in _VALUES and not set(column) <= _VALUES[name]):
            raise sqlite3.IntegrityError(f"CHECK constraint failed: {name}")


@contextmanager
def _unchecked(db: sqlite3.Connection) -> Iterator[None]:
    """Insert without the file's CHECKs: whoever does must have held them."""
    db.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        db.execute("PRAGMA ignore_check_constraints = OFF")


@contextmanager
def _indexes_made_anew(db: sqlite3.Connection, table: str, coming: int) -> Iterator[None]:
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

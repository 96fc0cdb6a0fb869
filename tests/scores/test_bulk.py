"""Many answers at once: all or none, in every index, and held to what the file holds single ones to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.record import Answer
from quizapp.scores.bulk import Alike, put_rows
from quizapp.scores.errors import ScoresUnusableError
from quizapp.scores.rows import row_of_answer
from quizapp.scores.store import Store, open_store
from tests.builders import FakeClock
from tests.scores.test_store import answer

COLUMNS = Answer.__struct_fields__
SHARED = ("device", "session", "how", "given")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scores.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(open_store(path, now_ms=FakeClock().now_ms, busy_seconds=0)) as opened:
        yield opened


def alike(rows: Sequence[Answer], between: Callable[[int], None] = lambda number: None) -> Alike:
    """The answers, which have the first one's SHARED. between: called before each."""
    columns = tuple(name for name in COLUMNS if name not in SHARED)

    def values() -> Iterator[list[object]]:
        for number, one in enumerate(rows):
            between(number)
            row = dict(zip(COLUMNS, row_of_answer(one), strict=True))
            yield [row[name] for name in columns]

    first = dict(zip(COLUMNS, row_of_answer(rows[0]), strict=True))
    return Alike({name: first[name] for name in SHARED}, columns, values(), len(rows))


def shape(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize("before", [1, 3_000])
def test_they_are_all_there_in_every_index(store: Store, path: Path, before: int) -> None:
    as_made = shape(path)
    store.append([answer(store, f"a{number}") for number in range(before)])
    rows = [answer(store, f"b{number % 50}") for number in range(2_001)]
    store.append([], alike=alike(rows))
    assert [one.answer for one in store.answers()][before:] == rows
    assert shape(path) == as_made
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_stops_halfway_leaves_neither_rows_nor_gaps_in_the_indexes(store: Store, path: Path) -> None:
    as_made = shape(path)

    def stop(number: int) -> None:
        if number == 2_400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.append([], alike=alike([answer(store, f"c{number}") for number in range(2_500)], stop))
    assert list(store.answers()) == []
    assert shape(path) == as_made


def test_one_that_is_refused_takes_all_others_with_it(store: Store) -> None:
    rows = [answer(store, f"c{number}") for number in range(2_500)]
    rows[2_100] = structs.replace(rows[2_100], k="two")
    with pytest.raises(ScoresUnusableError, match="k"):
        store.append([], alike=alike(rows))
    assert list(store.answers()) == []


def test_afterwards_the_file_holds_its_checks_again(store: Store) -> None:
    store.append([], alike=alike([answer(store)]))
    with pytest.raises(ScoresUnusableError, match="CHECK"):
        store.append([structs.replace(answer(store), k="two")])


VALUES = (None, 0, 1, 2, 5, -1, 1.5, "", "right", "chosen", "2026-01-01", b"right")


@pytest.mark.parametrize("column", COLUMNS[1:])
@pytest.mark.parametrize("shared", [False, True])
def test_it_takes_what_a_single_answer_may_hold_and_nothing_else(
    store: Store, column: str, *, shared: bool
) -> None:
    """What SQLite would make another value of, such as 1 of "1", is refused too."""
    for value in VALUES:
        single, many = (
            dict(zip(COLUMNS, row_of_answer(answer(store)), strict=True)) | {column: value} for _ in range(2)
        )
        given = Alike(many, (), [()], 1) if shared else Alike({}, COLUMNS, [list(many.values())], 1)
        taken = _kept(store, column, single)
        assert _takes(store, given) is taken, value


def _kept(store: Store, column: str, row: dict[str, object]) -> bool:
    """Whether the file takes a single answer with this row, and the value as it is."""
    try:
        put_rows(store._db, "answer", COLUMNS, [list(row.values())])
    except sqlite3.IntegrityError:
        return False
    kept = store._db.execute("SELECT * FROM answer WHERE id = ?", (row["id"],)).fetchone()[
        COLUMNS.index(column)
    ]
    return kept == row[column] and type(kept) is type(row[column])


def _takes(store: Store, given: Alike) -> bool:
    try:
        store.append([], alike=given)
    except ScoresUnusableError:
        return False
    return True

"""A scores file of an earlier version is brought up to date with all that is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.cli.scores_file import open_scores
from quizapp.learn.schedule import Graded, default_scheduler, review
from quizapp.record import EventType, Grade, Moment, Ref
from quizapp.scores.migrations import APPLICATION_ID, STEPS, VERSION
from quizapp.scores.store import open_log, open_store
from tests.builders import DAY_MS, START_MS, FakeClock
from tests.scores.test_store import MEMORY, answer, event

START = (
    '{"deck":"d","decks":["d"],"content":"c","mode":"sprint","choices":["BPO","KPO"],"seconds":60,"seed":1,'
    '"drill":false,"cards":30,"version":"0.1"}'
)
RUN = ("0190", "d", "c", "sprint", '["BPO","KPO"]', 60, 1, 2, 60, "2026-01-01", 1, 0, 0, 0, 0.0, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as the first version made it, with a quiz in it."""
    path = tmp_path / "scores.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        STEPS[0](db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        db.execute(
            "INSERT INTO event VALUES ('0190', 'dev', 2, 60, '2026-01-01', 'start', '0190', ?)", (START,)
        )
        db.execute(
            "INSERT INTO event VALUES ('0191', 'dev', 2, 60, '2026-01-01', 'end', '0190', ?)",
            ('{"finished":true,"answers":0}',),
        )
        db.execute("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", RUN)
    return path


def test_a_file_of_the_first_version_has_what_was_usual(path: Path) -> None:
    with closing(open_store(path, now_ms=FakeClock().now_ms)) as store:
        assert store._db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        (run,) = store.runs("d")
        assert (run.session, run.finished, run.seconds) == ("0190", True, 60)
        assert (run.cards, run.certainty, run.pace) == (None, False, 1.0)
        assert rebuild(store) is False
        row = answer(store)
        store.append([row, event(store, EventType.LIMIT, row.id, limit_ms=5000)], memories={row.ref: MEMORY})
        assert store.memory(Ref("d", "c1")) == MEMORY
        assert store.last_run("d") == run


def test_it_is_the_same_shape_as_a_new_one(path: Path, tmp_path: Path) -> None:
    def shape(file: Path) -> list[tuple[object, ...]]:
        with closing(open_store(file, now_ms=FakeClock().now_ms)) as store:
            return store._db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()

    assert shape(path) == shape(tmp_path / "new.db")


def test_it_can_be_read_without_being_changed(path: Path) -> None:
    before = path.read_bytes()
    with closing(open_log(path)) as log:
        assert [event.type for event in log.events()] == [EventType.START, EventType.END]
        assert [(run.session, run.pace) for run in log.runs("d")] == [("0190", 1.0)]
    assert path.read_bytes() == before


@pytest.mark.parametrize("sql", ["cards = 'x'", "certainty = 2", "pace = 'x'"])
def test_its_new_columns_refuse_values_of_another_type(path: Path, sql: str) -> None:
    with (
        closing(open_store(path, now_ms=FakeClock().now_ms)) as store,
        pytest.raises(sqlite3.IntegrityError, match="CHECK"),
    ):
        store._db.execute(f"UPDATE run SET {sql}")  # noqa: S608 - from this file


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A file as the second version made it: a card forgotten twice after it was learnt, by its log."""
    path = tmp_path / "second" / "scores.db"
    clock = FakeClock()
    with closing(open_store(path, now_ms=clock.now_ms)) as store:
        memory = None
        for day, grade in ((0, Grade.EASY), (9, Grade.AGAIN), (20, Grade.GOOD), (30, Grade.AGAIN)):
            at = Moment(START_MS + day * DAY_MS, 60, f"2026-01-{day + 1:02d}")
            graded = Graded(grade, at, 0.95, None, default_scheduler())
            memory = review(memory, graded, card_key="c1")
            row = structs.replace(
                answer(store, grade=grade, day=at.day), at_ms=at.at_ms, scheduler=default_scheduler().id
            )
            store.append([row], memories={row.ref: memory}, schedulers=[default_scheduler()])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for sql in (
            "DROP TABLE mark",
            *(
                f"DROP INDEX {name}"
                for name in ("memory_due_day", "memory_due_ms", "memory_stale", "event_type")
            ),
            "ALTER TABLE memory DROP COLUMN lapses",
            "PRAGMA user_version = 2",
        ):
            db.execute(sql)
    return path


class TestMarksAndLapses:
    """From the second version to the third: caches lack what they hold now, until they are recounted."""

    def test_the_app_recounts_once_and_says_so(
        self, second: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        clock = FakeClock(START_MS + 40 * DAY_MS)
        with closing(open_scores(second, clock)) as store:
            memory = store.memory(Ref("d", "c1"))
            assert memory is not None
            assert (memory.lapses, memory.grades) == (2, 4)
            assert store.marks(["d"]) == {}
        assert "from an earlier quizapp; bringing it up to date" in capsys.readouterr().err
        with closing(open_scores(second, clock)) as store:
            assert store.memory(Ref("d", "c1")) == memory
            assert not store.stale
        assert capsys.readouterr().err == ""

    def test_nothing_else_of_a_memory_changes(self, second: Path) -> None:
        clock = FakeClock(START_MS + 40 * DAY_MS)
        with closing(open_store(second, now_ms=clock.now_ms)) as store:
            assert store.stale
            before = store.memory(Ref("d", "c1"))
            assert before is not None
            assert before.lapses == -1
            assert rebuild(store)
            after = store.memory(Ref("d", "c1"))
            assert after == structs.replace(before, lapses=2)

    def test_a_recount_that_was_cut_off_is_made_up_for(self, second: Path) -> None:
        clock = FakeClock(START_MS + 40 * DAY_MS)
        open_store(second, now_ms=clock.now_ms).close()  # brought to the third version, and killed then
        with closing(open_scores(second, clock)) as store:
            memory = store.memory(Ref("d", "c1"))
            assert memory is not None
            assert memory.lapses == 2

    def test_it_can_be_read_without_being_changed(self, second: Path) -> None:
        before = second.read_bytes()
        with closing(open_log(second)) as log:
            assert log.memory(Ref("d", "c1")) is not None
            assert log.marks(["d"]) == {}
        assert second.read_bytes() == before

    def test_it_is_the_same_shape_as_a_new_one(self, second: Path, tmp_path: Path) -> None:
        shapes = []
        for file in (second, tmp_path / "new.db"):
            with closing(open_store(file, now_ms=FakeClock().now_ms)) as store:
                columns = store._db.execute("SELECT name FROM pragma_table_info('memory')").fetchall()
                names = store._db.execute("SELECT type, name FROM sqlite_master ORDER BY name").fetchall()
                shapes.append((columns, names))
        assert shapes[0] == shapes[1]

    def test_a_new_file_wants_no_recount(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with closing(open_scores(tmp_path / "new.db", FakeClock())) as store:
            assert not store.stale
        assert capsys.readouterr().err == ""

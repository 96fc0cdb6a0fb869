"""The scores file: insert-only, in log order, and careful with files that are not its own."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.record import (
    Answer,
    CardText,
    Event,
    EventType,
    Grade,
    How,
    Memory,
    Outcome,
    Ref,
    Run,
    State,
)
from quizapp.scores.errors import NotScoresError, ScoresBusyError, ScoresTooNewError, ScoresUnusableError
from quizapp.scores.ids import Ids
from quizapp.scores.migrations import VERSION
from quizapp.scores.store import Store, open_log, open_store
from tests.builders import FakeClock

MEMORY = Memory(State.REVIEW, None, 3.5, 5.0, 1, "2026-01-01", None, "2026-01-04", 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scores" / "scores.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = open_store(path, now_ms=FakeClock().now_ms, busy_seconds=0)
    yield store
    store.close()


def answer(
    store: Store, card: str = "c1", *, grade: Grade | None = Grade.GOOD, day: str = "2026-01-01"
) -> Answer:
    return Answer(
        id=store.new_id(),
        device=store.device,
        at_ms=1,
        offset_min=60,
        day=day,
        deck="d",
        card=card,
        session="s",
        position=0,
        kind="statement",
        how=How.CHOSEN,
        k=2,
        variant=0,
        given="BPO",
        outcome=Outcome.RIGHT,
        grade=grade,
        target=0.95 if grade else None,
        latest=None,
        scheduler="x" if grade else None,
        hinted=False,
        repeat=grade is None,
        scored=True,
        ms=1200,
    )


def event(store: Store, type_: EventType, subject: str, **body: object) -> Event:
    return Event(store.new_id(), store.device, 2, 60, "2026-01-01", type_, subject, body)


def run(store: Store, **changes: object) -> Run:
    values = {
        "session": store.new_id(),
        "deck": "d",
        "content": "c",
        "mode": "sprint",
        "choices": ("BPO", "KPO"),
        "seconds": 60,
        "seed": 1,
        "at_ms": 1,
        "offset_min": 0,
        "day": "2026-01-01",
        "finished": True,
        "drill": False,
        "asked": 10,
        "right": 9,
        "score": 8.0,
        "fresh": True,
    }
    return Run(**(values | changes))  # type: ignore[arg-type]  # the fields come as one mapping


class TestWriting:
    def test_an_answer_comes_back_as_it_was(self, store: Store) -> None:
        row = answer(store)
        store.append([row], memories={row.ref: MEMORY})
        (logged,) = store.answers()
        assert (logged.answer, logged.grade, logged.undone) == (row, Grade.GOOD, False)
        assert store.memories(["d"]) == {Ref("d", "c1"): MEMORY}
        assert store.memory(Ref("d", "c1")) == MEMORY

    @pytest.mark.parametrize("sql", ["UPDATE answer SET ms = 1", "DELETE FROM answer", "DELETE FROM event"])
    def test_the_log_refuses_to_be_changed(self, store: Store, path: Path, sql: str) -> None:
        store.append([answer(store), event(store, EventType.FLAG, "c1")])
        with (
            closing(sqlite3.connect(path)) as db,
            pytest.raises(sqlite3.IntegrityError, match="the log only grows"),
        ):
            db.execute(sql)

    def test_columns_refuse_values_of_another_type(self, store: Store, path: Path) -> None:
        store.append([answer(store)])
        with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            db.execute("INSERT INTO card_text VALUES ('d', 'c', 'flip', 'p', x'00')")

    def test_a_write_that_fails_leaves_nothing(self, store: Store) -> None:
        row = answer(store)
        broken = Memory(State.REVIEW, None, 1.0, 1.0, 1, "2026-01-01", 5, "2026-01-02", 1)  # due twice
        with pytest.raises(ScoresUnusableError):
            store.append([row], memories={row.ref: broken})
        assert list(store.answers()) == []

    def test_the_same_write_twice_is_one_row(self, store: Store) -> None:
        row = answer(store)
        text = CardText("d", "c1", "statement", "Prompt", "BPO")
        store.append([row], texts=[text])
        store.append([row], texts=[text])
        assert len(list(store.answers())) == 1

    def test_it_syncs_fully_and_uses_a_write_ahead_log(self, store: Store) -> None:
        assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.note == ""

    def test_an_answer_is_one_transaction(self, store: Store) -> None:
        spoken: list[str] = []
        store._db.set_trace_callback(spoken.append)
        row = answer(store)
        store.append([row, event(store, EventType.START, "s")], memories={row.ref: MEMORY}, run=run(store))
        # How long a busy file is waited for is no part of it.
        spoken = [line for line in spoken if not line.startswith("PRAGMA busy_timeout")]
        assert spoken[0].startswith("BEGIN")
        assert spoken[-1] == "COMMIT"
        assert sum(line.startswith(("BEGIN", "COMMIT")) for line in spoken) == 2


class TestReading:
    def test_an_undone_answer_counts_nowhere_but_in_the_log(self, store: Store) -> None:
        row = answer(store)
        store.append([row])
        store.append([event(store, EventType.UNDO, row.id)], memories={row.ref: None})
        assert [logged.undone for logged in store.answers()] == [True]
        assert store.history(row.ref) == []
        assert store.seen("d") == {}
        assert store.done("2026-01-01") == {}
        assert store.answers_by_day("2026-01-01", "2026-01-02") == {}
        assert store.last_day("2026-01-02") is None
        assert store.session_answers("s") == []

    def test_the_last_regrade_counts(self, store: Store) -> None:
        row = answer(store)
        store.append([row])
        store.append([event(store, EventType.REGRADE, row.id, grade=1)])
        store.append([event(store, EventType.REGRADE, row.id, grade=4)])
        assert [logged.grade for logged in store.history(row.ref)] == [Grade.EASY]

    def test_new_and_reviewed_cards_of_a_day_are_told_apart(self, store: Store) -> None:
        store.append([answer(store, "old", day="2026-01-01")])
        for card in ("old", "old", "new", "new", "newer"):
            store.append([answer(store, card, day="2026-01-02")])
        store.append([answer(store, "quizzed", grade=None, day="2026-01-02")])
        assert store.done("2026-01-02") == {"d": (2, 1)}

    def test_runs_come_back_as_they_were_and_know_whether_they_may_be_a_best(self, store: Store) -> None:
        runs = [
            run(store, score=8.0),
            run(store, score=11.0),
            run(store, score=30.0, finished=False),
            run(store, score=31.0, fresh=False),
            run(store, score=32.0, asked=9, right=9),
            run(store, score=33.0, asked=10, right=5),
            run(store, score=34.0, drill=True),
            run(store, score=3.0, seconds=30),
        ]
        for one in runs:
            store.append([], run=one)
        assert store.runs("d") == runs
        assert [one.score for one in store.runs("d") if one.eligible] == [8.0, 11.0, 3.0]

    def test_long_logs_are_read_in_pieces(self, store: Store) -> None:
        rows = [answer(store, f"c{number}") for number in range(2500)]
        store.append(rows)
        assert [logged.answer.id for logged in store.answers()] == [row.id for row in rows]


class TestOpening:
    def test_reading_where_there_is_no_file_makes_none(self, path: Path) -> None:
        with closing(open_log(path)) as log:
            assert list(log.answers()) == []
        assert not path.parent.exists()

    def test_a_newer_file_is_refused_and_left_untouched(self, store: Store, path: Path) -> None:
        store.append([answer(store)])
        store.close()
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA user_version = {VERSION + 1}")
        before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
        with pytest.raises(ScoresTooNewError, match="newer quizapp"):
            open_store(path, now_ms=int)
        with pytest.raises(ScoresTooNewError, match="newer quizapp"):
            open_log(path)
        assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before

    @pytest.mark.parametrize(
        "content", [b"not a database", b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000]
    )
    def test_a_file_that_is_no_database_is_named_and_left_untouched(
        self, tmp_path: Path, content: bytes
    ) -> None:
        path = tmp_path / "scores.db"
        path.write_bytes(content)
        with pytest.raises(NotScoresError) as caught:
            open_store(path, now_ms=int)
        assert str(path) in str(caught.value)
        assert path.read_bytes() == content
        assert [file.name for file in tmp_path.iterdir()] == ["scores.db"]

    def test_a_database_of_another_program_is_left_untouched(self, tmp_path: Path) -> None:
        path = tmp_path / "scores.db"
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE bookmarks (url TEXT)")
        before = path.read_bytes()
        with pytest.raises(NotScoresError, match="another program"):
            open_store(path, now_ms=int)
        assert path.read_bytes() == before

    def test_a_folder_in_its_place_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "scores.db").mkdir()
        with pytest.raises(ScoresUnusableError, match=r"scores\.db"):
            open_store(tmp_path / "scores.db", now_ms=int)

    def test_an_empty_file_becomes_a_scores_file(self, tmp_path: Path) -> None:
        (tmp_path / "scores.db").touch()
        with closing(open_store(tmp_path / "scores.db", now_ms=FakeClock().now_ms)) as store:
            store.append([answer(store)])
            assert len(list(store.answers())) == 1

    def test_a_busy_file_is_named_and_the_write_may_be_tried_again(self, store: Store, path: Path) -> None:
        row = answer(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ScoresBusyError, match="busy"):
                store.append([row])
            other.execute("ROLLBACK")
        store.append([row])
        assert len(list(store.answers())) == 1

    def test_a_write_that_waits_keeps_no_reader_waiting(self, path: Path) -> None:
        said: list[ScoresBusyError] = []
        with (
            closing(open_store(path, now_ms=FakeClock().now_ms, busy_seconds=1)) as store,
            closing(sqlite3.connect(path, isolation_level=None)) as other,
        ):

            def write() -> None:
                try:
                    store.append([answer(store)])
                except ScoresBusyError as error:
                    said.append(error)

            other.execute("BEGIN IMMEDIATE")
            writing = threading.Thread(target=write)
            writing.start()
            late = monotonic() + 0.2
            while monotonic() < late:
                store.changes()
            assert writing.is_alive()
            other.execute("ROLLBACK")
            writing.join()
            assert not said
            assert len(list(store.answers())) == 1

    def test_a_write_need_not_wait(self, path: Path) -> None:
        with (
            closing(open_store(path, now_ms=FakeClock().now_ms, busy_seconds=60)) as store,
            closing(sqlite3.connect(path, isolation_level=None)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            began = monotonic()
            with pytest.raises(ScoresBusyError):
                store.append_drawn(lambda: ((), ()), lambda: ({}, {}), waits=False)
            assert monotonic() - began < 30

    def test_a_file_left_by_a_killed_program_keeps_its_answers(self, store: Store, path: Path) -> None:
        store.append([answer(store)])
        crashed = path.parent.parent / "crashed"
        shutil.copytree(
            path.parent, crashed
        )  # as a kill would leave it: the write-ahead log not yet folded in
        assert (crashed / "scores.db-wal").stat().st_size > 0
        with closing(open_log(crashed / "scores.db")) as log:
            assert len(list(log.answers())) == 1

    def test_the_device_is_the_same_next_time(self, store: Store, path: Path) -> None:
        with closing(open_store(path, now_ms=int)) as again:
            assert again.device == store.device

    def test_a_clock_set_back_reorders_nothing(self, path: Path) -> None:
        clock = FakeClock()
        with closing(open_store(path, now_ms=clock.now_ms)) as store:
            first = answer(store)
            store.append([first])
        clock.forward(-10 * 86_400_000)
        with closing(open_store(path, now_ms=clock.now_ms)) as store:
            second = answer(store)
            store.append([second])
            assert [logged.answer.id for logged in store.answers()] == [first.id, second.id]


class TestIds:
    @given(st.lists(st.integers(0, 2**47), min_size=2, max_size=50))
    def test_they_only_grow_whatever_the_clock_does(self, times: list[int]) -> None:
        clock = iter(times)
        ids = Ids(lambda: next(clock))
        made = [ids.new() for _ in times]
        assert made == sorted(set(made))

    def test_they_go_on_from_the_last_one(self) -> None:
        last = Ids(lambda: 5_000).new()
        assert Ids(lambda: 1_000, last).new() > last

    def test_ten_thousand_in_one_millisecond_stay_in_order(self) -> None:
        ids = Ids(lambda: 5_000)
        made = [ids.new() for _ in range(10_000)]
        assert made == sorted(set(made))

    def test_many_at_once_stay_in_order_between_single_ones(self) -> None:
        ids = Ids(lambda: 5_000)
        made = [ids.new(), *ids.some(10_000), ids.new()]
        assert made == sorted(set(made))
        assert ids.some(0) == []

    def test_they_are_version_7_uuids_of_their_time(self) -> None:
        for id_ in Ids(lambda: 0x123456789ABC).some(64):
            made = uuid.UUID(id_)
            assert str(made) == id_
            assert (made.version, made.variant) == (7, uuid.RFC_4122)
            assert made.int >> 80 == 0x123456789ABC

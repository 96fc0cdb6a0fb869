"""The look at what may be due: its no is sure, it waits for nothing, and it leaves nothing behind."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from quizapp.record import Answer, Grade, How, Mark, Memory, Moment, Outcome, Ref, State
from quizapp.scores import peek
from quizapp.scores.migrations import VERSION
from quizapp.scores.peek import may_be_due
from quizapp.scores.store import Store, open_store
from tests.builders import DAY_MS, START_MS, FakeClock

TODAY = "2026-01-01"
REVIEW = Memory(State.REVIEW, None, 3.5, 5.0, 1, "2025-12-01", None, TODAY, 2)
LATER = structs.replace(REVIEW, due_day="2026-01-02")
STEP = structs.replace(REVIEW, state=State.LEARNING, step=0, due_ms=START_MS, due_day=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scores.db"


def write(path: Path, *memories: Memory, marks: Iterable[Mark] = (), deck: str = "d") -> Path:
    """A scores file with a card for each memory, with its mark, and closed."""
    refs = [Ref(deck, f"{number:032x}") for number in range(len(memories))]
    with closing(open_store(path, now_ms=FakeClock().now_ms)) as store:
        store.append(
            [],
            memories=dict(zip(refs, memories, strict=True)),
            marks=dict(zip(refs, marks, strict=False)),
        )
    return path


def look(path: Path, *, now_ms: int = START_MS, day: str = TODAY, deck: str = "") -> bool:
    return may_be_due(str(path), now_ms, (day, day), deck)


def graded(store: Store, deck: str, latest: str | None) -> Answer:
    """An answer that was scheduled up to an exam's day, or without an exam."""
    return Answer(
        id=store.new_id(),
        device=store.device,
        at_ms=1,
        offset_min=0,
        day="2025-12-01",
        deck=deck,
        card="c",
        session="s",
        position=0,
        kind="flip",
        how=How.REVEALED,
        k=None,
        variant=0,
        given="",
        outcome=Outcome.RIGHT,
        grade=Grade.GOOD,
        target=0.9,
        latest=latest,
        scheduler=None,
        hinted=False,
        repeat=False,
        scored=False,
        ms=900,
    )


class TestNothingDue:
    def test_without_a_file(self, path: Path) -> None:
        assert not look(path)
        assert not look(path / "below" / "a file")
        path.touch()
        assert not look(path / "below" / "a file")
        assert not look(path)
        assert os.listdir(path.parent) == [path.name]  # noqa: PTH208 - names alone

    def test_before_its_time(self, path: Path) -> None:
        write(path, LATER, structs.replace(STEP, due_ms=START_MS + 1))
        assert not look(path)
        assert look(path, day="2026-01-02")
        assert look(path, now_ms=START_MS + 1)

    @pytest.mark.parametrize("mark", [Mark(suspended=True), Mark(buried="2026-01-02")])
    def test_set_aside(self, path: Path, mark: Mark) -> None:
        assert not look(write(path, REVIEW, STEP, marks=[mark, mark]))

    def test_in_the_deck_asked_for(self, path: Path) -> None:
        write(path, REVIEW, deck="french")
        write(path, LATER, deck="maths")
        assert not look(path, deck="maths")
        assert look(path, deck="french")
        # What is no deck's id may be its title.
        assert look(path, deck="Maths")


class TestDue:
    @pytest.mark.parametrize("memory", [REVIEW, STEP, structs.replace(REVIEW, due_day="2025-06-01")])
    def test_now_or_before(self, path: Path, memory: Memory) -> None:
        assert look(write(path, LATER, memory))

    @pytest.mark.parametrize("mark", [Mark(flagged=True), Mark(buried=TODAY)])
    def test_a_flag_hides_nothing_nor_does_a_bury_that_is_over(self, path: Path, mark: Mark) -> None:
        assert look(write(path, REVIEW, marks=[mark]))

    def test_where_the_day_is_not_known_the_latest_counts(self, path: Path) -> None:
        write(path, LATER, marks=[Mark(buried="2026-01-02")])
        assert may_be_due(str(path), START_MS, (TODAY, "2026-01-02"))

    @pytest.mark.parametrize(("first", "due"), [(TODAY, False), ("2025-12-31", True)])
    def test_on_the_day_of_an_exam_whatever_the_memories_say(self, path: Path, first: str, due: bool) -> None:
        write(path, LATER, deck="a")
        write(path, LATER, deck="b")
        write(path, LATER, deck="c")
        with closing(open_store(path, now_ms=FakeClock().now_ms)) as store:
            store.append([graded(store, "b", "2025-11-30"), graded(store, "b", "2025-12-31")])
            store.append([graded(store, "c", None)])
        assert may_be_due(str(path), START_MS, (first, TODAY)) is due
        assert may_be_due(str(path), START_MS, (first, TODAY), "b") is due
        assert not may_be_due(str(path), START_MS, (first, TODAY), "c")

    @pytest.mark.parametrize("mark", [Mark(), Mark(suspended=True)])
    def test_what_a_clock_that_ran_ahead_has_graded(self, path: Path, mark: Mark) -> None:
        """Its due day is to come; but it is asked at once."""
        ahead = FakeClock(START_MS + 2 * DAY_MS)
        write(path, structs.replace(LATER, due_day="2026-01-09", last_ms=ahead.at_ms), marks=[mark])
        with closing(open_store(path, now_ms=ahead.now_ms)) as store:
            store.append([graded(store, "d", None)])
        assert look(path) is (mark == Mark())
        assert not look(path, now_ms=START_MS + DAY_MS)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
    @given(data=st.data())
    def test_it_agrees_with_what_memories_and_marks_say(self, tmp_path: Path, data: st.DataObject) -> None:
        days = st.sampled_from(["2025-12-31", TODAY, "2026-01-02"])
        reviews = st.builds(lambda day: structs.replace(REVIEW, due_day=day), days)
        steps = st.builds(
            lambda ms: structs.replace(STEP, due_ms=ms), st.integers(START_MS - 2, START_MS + 2)
        )
        marks = st.builds(Mark, st.booleans(), st.none() | days, st.booleans())
        cards = data.draw(st.lists(st.tuples(reviews | steps, marks), max_size=4))
        path = write(
            tmp_path / secrets.token_hex(8), *(card[0] for card in cards), marks=(card[1] for card in cards)
        )
        now = Moment(START_MS, 0, TODAY)
        assert look(path) is any(memory.is_due(now) and not mark.hides(TODAY) for memory, mark in cards)


class TestAFileThatIsNotLookedInto:
    """It may hold what is due: whoever opens it properly says what is wrong."""

    @pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00 and no more"])
    def test_no_database(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        assert look(path)
        assert path.read_bytes() == content

    @pytest.mark.parametrize(
        "pragma", ["application_id = 7", f"user_version = {VERSION + 1}", "user_version = 2"]
    )
    def test_another_program_s_or_version_s(self, path: Path, pragma: str) -> None:
        write(path, LATER)
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA {pragma}")
        assert look(path)

    def test_a_folder(self, path: Path) -> None:
        path.mkdir()
        assert look(path)

    def test_one_that_is_locked_is_not_waited_for(self, path: Path) -> None:
        write(path, LATER)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("UPDATE memory SET lapses = 1")
            assert look(path)

    def test_a_name_that_sqlite_can_t_be_given(self, path: Path) -> None:
        assert may_be_due("\0", START_MS, (TODAY, TODAY))


class TestNoTrace:
    def test_nothing_is_written_nor_left_beside_the_file(self, path: Path) -> None:
        write(path, LATER)
        before = {entry: entry.read_bytes() for entry in path.parent.iterdir()}
        assert not look(path)
        assert {entry: entry.read_bytes() for entry in path.parent.iterdir()} == before

    def test_what_waits_in_the_write_ahead_log_is_seen(self, path: Path) -> None:
        write(path, LATER)
        with closing(open_store(path, now_ms=FakeClock().now_ms)) as store:
            store.append([], memories={Ref("d", "new"): REVIEW})
            assert look(path)

    @pytest.mark.parametrize("name", ["a b", "50%", "what?", "#1", "ü", "%41"])
    def test_any_name_of_a_folder(self, path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = path.parent / name
        folder.mkdir()
        write(folder / "scores.db", LATER)
        assert not look(folder / "scores.db")
        monkeypatch.chdir(folder)
        assert not may_be_due("scores.db", START_MS, (TODAY, TODAY))
        assert may_be_due("scores.db", START_MS, ("2026-01-02", "2026-01-02"))


class TestItsCost:
    def test_few_statements(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        statements: list[str] = []
        connect = peek._connect

        def traced(path: str) -> sqlite3.Connection:
            db = connect(path)
            db.set_trace_callback(statements.append)
            return db

        monkeypatch.setattr(peek, "_connect", traced)
        assert not look(write(path, LATER), deck="d")
        assert len(statements) == 7

    def test_no_look_at_all_cards_or_answers(self, path: Path) -> None:
        write(path, LATER)
        values = {"now": 0, "first": "", "last": "", "deck": ""}
        with closing(sqlite3.connect(path)) as db:
            plans = [
                [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
                for sql in (peek._STEP, peek._REVIEW, peek._EXAM)
            ]
        assert "memory_due_ms" in plans[0][0]
        assert "memory_due_day" in plans[1][0]
        # The list of decks is gone through, and a hundred answers of each: no table is.
        looks = [line for plan in plans for line in plan if "SCAN" in line]
        assert {line.rpartition(" ")[2].rstrip("0123456789)") for line in looks} <= {"m", "(subquery-"}, looks
        assert any("answer_deck" in line for line in plans[2])

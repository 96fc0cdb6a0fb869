"""What was set for cards and decks: marks, caps and parameters; and what can be undone last."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.caches import mark_from, rebuild
from quizapp.record import Cap, Event, EventType, Grade, Mark, Outcome, Ref, Undoable
from quizapp.scores.store import Store, open_log, open_store
from tests.builders import FakeClock
from tests.scores.test_store import MEMORY, answer, event, run

REF = Ref("d", "c1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=FakeClock().now_ms)) as store:
        yield store


def append(store: Store, type_: EventType, subject: str, **body: object) -> Event:
    row = event(store, type_, subject, **body)
    store.append([row])
    return row


class TestMarks:
    def test_a_mark_comes_back_as_it_was_and_an_empty_one_is_gone(self, store: Store) -> None:
        mark = Mark(suspended=True, buried="2026-01-02", flagged=True)
        store.append([], marks={REF: mark, Ref("e", "c1"): Mark(flagged=True)})
        assert store.mark(REF) == mark
        assert store.marks(["d"]) == {REF: mark}
        assert store.marks(["e", "d", "x"]).keys() == {REF, Ref("e", "c1")}
        store.append([], marks={REF: Mark()})
        assert store.mark(REF) == Mark()
        assert store.marks(["d"]) == {}

    @pytest.mark.parametrize("sql", ["suspended = 2", "flagged = 'x'", "buried = x'00'"])
    def test_columns_refuse_values_of_another_type(self, store: Store, sql: str) -> None:
        store.append([], marks={REF: Mark(flagged=True)})
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            store._db.execute(f"UPDATE mark SET {sql}")  # noqa: S608 - from this file

    def test_it_follows_from_the_events_that_were_not_undone(self, store: Store) -> None:
        append(store, EventType.SUSPEND, "c1", deck="d", on=True)
        last = append(store, EventType.BURY, "c1", deck="d", until="2026-01-02")
        append(store, EventType.FLAG, "c1", deck="d", on=True)
        append(store, EventType.FLAG, "c1", deck="e", on=False)
        append(store, EventType.SUSPEND, "c2", deck="d", on=False)
        assert mark_from(store, REF) == Mark(suspended=True, buried="2026-01-02", flagged=True)
        assert mark_from(store, REF, without=last.id) == Mark(suspended=True, flagged=True)
        append(store, EventType.UNDO, last.id)
        append(store, EventType.SUSPEND, "c1", deck="d", on=False)
        assert mark_from(store, REF) == Mark(flagged=True)
        assert store.marked_cards() == [REF, Ref("d", "c2"), Ref("e", "c1")]

    def test_a_rebuild_makes_them_from_the_log(self, store: Store) -> None:
        append(store, EventType.FLAG, "c1", deck="d", on=True)
        store.append([], marks={Ref("d", "c2"): Mark(suspended=True)})
        assert rebuild(store)
        assert store.marks(["d"]) == {REF: Mark(flagged=True)}
        assert not rebuild(store)


class TestCap:
    def test_the_last_counts_until_its_day(self, store: Store) -> None:
        assert store.cap("d", "2026-01-01") is None
        append(store, EventType.CAP, "d", per_day=9, until="2026-01-04")
        append(store, EventType.CAP, "e", per_day=1, until="2026-02-04")
        last = append(store, EventType.CAP, "d", per_day=5, until="2026-01-03")
        assert store.cap("d", "2026-01-02") == Cap(5, "2026-01-03")
        assert store.cap("d", "2026-01-03") is None
        append(store, EventType.UNDO, last.id)
        assert store.cap("d", "2026-01-03") == Cap(9, "2026-01-04")
        append(store, EventType.CAP, "d", per_day=None, until=None)
        assert store.cap("d", "2026-01-02") is None


class TestParameters:
    def test_the_decks_own_come_before_those_of_all(self, store: Store) -> None:
        assert store.parameters("d") is None
        append(store, EventType.PARAMETERS, "", parameters=[1, 2.5])
        assert store.parameters("d") == (1.0, 2.5)
        own = append(store, EventType.PARAMETERS, "d", parameters=[3.0, 4.0])
        assert (store.parameters("d"), store.parameters("e")) == ((3.0, 4.0), (1.0, 2.5))
        append(store, EventType.UNDO, own.id)
        assert store.parameters("d") == (1.0, 2.5)
        append(store, EventType.PARAMETERS, "", parameters=None)
        assert store.parameters("d") is None


class TestUndoable:
    def test_it_is_the_last_of_answers_and_cards_put_aside(self, store: Store) -> None:
        assert store.last_undoable() is None
        first, second = answer(store), answer(store, "c2", grade=None)
        store.append([first, second], memories={REF: MEMORY})
        aside = append(store, EventType.SUSPEND, "c3", deck="d", on=True)
        buried = append(store, EventType.BURY, "c4", deck="e", until="2026-01-02")
        append(store, EventType.FLAG, "c5", deck="d", on=True)
        append(store, EventType.CAP, "d", per_day=5, until="2026-01-03")
        for expected in (
            Undoable(buried.id, Ref("e", "c4"), EventType.BURY),
            Undoable(aside.id, Ref("d", "c3"), EventType.SUSPEND),
            Undoable(second.id, Ref("d", "c2"), None),
            Undoable(first.id, REF, None),
        ):
            assert store.last_undoable() == expected
            append(store, EventType.UNDO, expected.id)
        assert store.last_undoable() is None

    def test_of_some_decks_and_of_study_or_cram(self, store: Store) -> None:
        studied, crammed = answer(store), answer(store, "c2", grade=None)
        store.append([studied, crammed])
        aside = append(store, EventType.SUSPEND, "c3", deck="e", on=True)
        assert store.last_undoable([]) is None
        assert store.last_undoable(["e"]) == Undoable(aside.id, Ref("e", "c3"), EventType.SUSPEND)
        assert store.last_undoable(["d"]) == Undoable(crammed.id, Ref("d", "c2"), None)
        assert store.last_undoable(["d"], cram=False) == Undoable(studied.id, REF, None)
        assert store.last_undoable(["d", "e"], cram=True) == Undoable(crammed.id, Ref("d", "c2"), None)
        assert store.last_undoable(["e"], cram=True) is None

    def test_what_was_carried_over_is_that_of_its_deck_now(self, store: Store) -> None:
        older, newer = answer(store), answer(store, "c2")
        store.append([older, newer])
        moved = {"deck": "d", "to_deck": "e", "cards": {"c2": "c2"}, "whole": False, "by": "person"}
        append(store, EventType.REKEY, "d", **moved, file="")
        assert store.last_undoable(["d"]) == Undoable(older.id, REF, None)
        assert store.last_undoable(["e"]) == Undoable(newer.id, Ref("e", "c2"), None)

    def test_answers_of_a_quiz_are_passed_over(self, store: Store) -> None:
        studied = answer(store)
        played = run(store)
        store.append([studied, structs.replace(answer(store, "c2"), session=played.session)], run=played)
        assert store.last_undoable() == Undoable(studied.id, REF, None)

    def test_the_grade_of_an_answer_is_its_last_even_if_it_was_undone(self, store: Store) -> None:
        row, ungraded = answer(store), answer(store, "c2", grade=None)
        store.append([row, ungraded])
        assert (store.grade_of(row.id), store.grade_of(ungraded.id)) == (Grade.GOOD, None)
        append(store, EventType.REGRADE, row.id, grade=2)
        append(store, EventType.UNDO, row.id)
        assert store.grade_of(row.id) is Grade.HARD
        assert store.grade_of("x") is None


def test_what_a_leech_is_mistaken_for_is_the_wrong_answer_it_was_given_most(store: Store) -> None:
    def given(text: str, outcome: Outcome = Outcome.WRONG) -> str:
        row = structs.replace(answer(store), given=text, outcome=outcome)
        store.append([row])
        return row.id

    assert store.mistaken_for(REF) == ""
    for text in ("KPO", "Both", "KPO"):
        given(text)
    given("BPO", Outcome.RIGHT)
    assert store.mistaken_for(REF) == "KPO"
    assert store.mistaken_for(Ref("d", "c2")) == ""
    for _ in range(2):
        last = given("Both")
    assert store.mistaken_for(REF) == "Both"
    append(store, EventType.UNDO, last)
    assert store.mistaken_for(REF) == "Both", "as often as the other, and later"


def test_a_log_can_be_read_while_it_is_written(store: Store, tmp_path: Path) -> None:
    append(store, EventType.CAP, "d", per_day=9, until="2026-01-04")
    with closing(open_log(tmp_path / "scores.db")) as log:
        assert log.cap("d", "2026-01-01") == Cap(9, "2026-01-04")

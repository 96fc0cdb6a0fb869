"""What the real Anki logged of reviews → our log, and FSRS goes on from there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from quizapp.caches import rebuild
from quizapp.day import local_offset, study_day
from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki_past import History, Past, history_of
from quizapp.deck.exchange.draft import Cancelled
from quizapp.record import Answer, Event, Grade, Mark, Outcome, Ref, State
from quizapp.scores.store import Store, open_store
from quizapp.sitting.importing import Brought, bring_history, imports, take_back
from quizapp.sitting.undoing import undo_last
from tests.anki.desk import decks_of
from tests.anki.oracle import DAY_MS, Oracle
from tests.builders import FakeClock

NOW_MS = time.time_ns() // 1_000_000
"""Anki refuses reviews of the future, so now is now."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW_MS)


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as opened:
        yield opened


def history(path: Path, today: str = "2026-01-01") -> tuple[History, dict[str, Deck]]:
    collection, taken, decks = decks_of(path)
    return history_of(collection, taken, decks, today), decks


def bring(store: Store, clock: FakeClock, path: Path) -> Brought:
    found, _ = history(path)
    return bring_history(store, clock, found.cards, found.past, found.marks, source=path.name)


def answers(store: Store) -> list[Answer]:
    return [logged.answer for logged in store.answers() if not logged.undone]


def test_each_review_becomes_an_answer_of_its_time(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    for number in range(5):
        oracle.add("Basic", [f"front {number}", "back"])
    oracle.review_all(3)
    there = oracle.reviews()
    brought = bring(store, clock, oracle.export(tmp_path / "x.apkg"))
    logged = answers(store)
    assert [(one.at_ms, one.grade, one.ms) for one in logged] == [
        (at, ease, ms) for at, ease, _, _, ms, _ in there
    ]
    assert (brought.answers, brought.cards, brought.known, brought.late) == (15, 5, 0, 0)
    assert [one.id for one in logged] == sorted(one.id for one in logged)
    assert all(one.day == study_day(one.at_ms, local_offset(one.at_ms)) for one in logged)
    assert {one.outcome for one in logged if one.grade is Grade.AGAIN} <= {Outcome.WRONG}
    assert {one.session for one in logged} == {brought.session}
    assert [event.subject for event in imports(store)] == [brought.session]


@pytest.mark.parametrize("legacy", [False, True])
def test_memories_are_those_that_anki_has_by_fsrs(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock, legacy: bool
) -> None:
    """Anki computes its own from the same reviews, by its own FSRS-6 in Rust with the same parameters."""
    oracle.col.set_config("fsrs", True)
    for number in range(20):
        oracle.add("Basic", [f"front {number}", "back"])
    oracle.review_all(6, at_noon=True)
    states = oracle.fsrs_states()
    assert len(states) == 20
    path = oracle.export(tmp_path / "x.apkg", legacy=legacy)
    found, decks = history(path)
    bring_history(store, clock, found.cards, found.past, source="x")
    memories = store.memories(["Default"])
    assert len(memories) == 20
    for card in decks["Default"].cards:
        stability, difficulty = states[card.prompt]
        memory = memories[Ref("Default", card.key)]
        assert memory.stability == pytest.approx(stability, rel=0.01)
        assert memory.difficulty == pytest.approx(difficulty, abs=0.02)


def test_the_caches_are_those_that_a_rebuild_gives(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    for number in range(20):
        oracle.add("Basic (and reversed card)", [f"front {number}", f"back {number}"])
    oracle.review_all(5)
    oracle.col.sched.suspend_cards(oracle.card_ids()[:3])
    bring(store, clock, oracle.export(tmp_path / "x.apkg"))
    assert len(store.memories(["Default"])) == 40
    assert not rebuild(store)


def test_a_second_import_adds_only_what_is_new(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    oracle.add("Basic", ["front", "back"])
    oracle.review_all(3)
    path = oracle.export(tmp_path / "x.apkg")
    assert bring(store, clock, path).answers == 3
    again = bring(store, clock, path)
    assert (again.session, again.answers, again.known) == ("", 0, 3)
    assert len(imports(store)) == 1
    oracle.log_review(oracle.card_ids()[0], NOW_MS - DAY_MS, ease=4)
    newer = bring(store, clock, oracle.export(tmp_path / "y.apkg"))
    assert (newer.answers, newer.known, newer.late) == (1, 3, 0)
    assert not rebuild(store)


def test_what_lies_before_our_own_answers_moves_nothing(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    oracle.add("Basic", ["front", "back"])
    card = oracle.card_ids()[0]
    oracle.log_review(card, NOW_MS - DAY_MS, ease=3)
    bring(store, clock, oracle.export(tmp_path / "x.apkg"))
    before = store.memories(["Default"])
    oracle.log_review(card, NOW_MS - 9 * DAY_MS, ease=1)
    late = bring(store, clock, oracle.export(tmp_path / "y.apkg"))
    assert (late.answers, late.late) == (1, 1)
    assert store.memories(["Default"]) == before
    assert not rebuild(store)


def test_an_import_is_taken_back_as_a_whole(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    oracle.add("Basic", ["front", "back"])
    oracle.add("Basic", ["other", "back"])
    oracle.review_all(3)
    oracle.col.sched.suspend_cards(oracle.card_ids()[:1])
    path = oracle.export(tmp_path / "x.apkg")
    brought = bring(store, clock, path)
    assert undo_last(store, clock) is None
    assert take_back(store, clock, brought.session) == 6
    assert store.memories(["Default"]) == {}
    assert store.marks(["Default"]) == {}
    assert not rebuild(store)
    assert bring(store, clock, path).answers == 6
    assert len(store.memories(["Default"])) == 2
    assert not rebuild(store)


def test_rows_that_nobody_answered_are_counted_and_do_not_come(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    oracle.add("Basic", ["moved by hand", "back"])
    oracle.add("Basic", ["made new again", "back"])
    oracle.add("Basic", ["crammed", "back"])
    oracle.add("Basic", ["without a log", "back"])
    oracle.review_all(2)
    by_hand, anew, crammed, bare = oracle.card_ids()
    oracle.forget_log(bare)
    oracle.log_review(by_hand, NOW_MS - DAY_MS, ease=0, type_=4, factor=2500)
    oracle.log_review(anew, NOW_MS - 2 * DAY_MS, ease=0, type_=4, factor=0)
    oracle.log_review(anew, NOW_MS - DAY_MS + 1, ease=3, type_=0)
    oracle.log_review(crammed, NOW_MS - DAY_MS + 2, ease=1, type_=3, factor=0)
    found, decks = history(oracle.export(tmp_path / "x.apkg"))
    assert (found.manual, found.strays, found.bare) == (2, 0, 1)
    bring_history(store, clock, found.cards, found.past, source="x")
    by_prompt = {card.prompt: Ref("Default", card.key) for card in decks["Default"].cards}
    memories = store.memories(["Default"])
    assert memories[by_prompt["made new again"]].grades == 1
    assert memories[by_prompt["made new again"]].last_ms == NOW_MS - DAY_MS + 1
    assert memories[by_prompt["crammed"]].grades == 2
    assert by_prompt["without a log"] not in memories
    moved_nothing = [one for one in answers(store) if one.grade is None]
    assert len(moved_nothing) == 3
    assert all(one.repeat for one in moved_nothing)


def test_suspended_flagged_and_buried_cards_stay_so(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    for name in ("suspended", "flagged", "buried", "plain"):
        oracle.add("Basic", [name, "back"])
    ids = oracle.card_ids()
    oracle.col.sched.suspend_cards(ids[:1])
    oracle.col.set_user_flag_for_cards(2, ids[1:2])
    oracle.col.sched.bury_cards(ids[2:3])
    path = oracle.export(tmp_path / "x.apkg")
    today = clock().day
    found, decks = history(path, today)
    brought = bring_history(store, clock, found.cards, found.past, found.marks, source="x")
    assert brought.session
    names = {card.key: card.prompt for card in decks["Default"].cards}
    marks = {names[ref.card]: mark for ref, mark in store.marks(["Default"]).items()}
    next_day = date.fromisoformat(today).fromordinal(date.fromisoformat(today).toordinal() + 1).isoformat()
    assert marks == {
        "suspended": Mark(suspended=True),
        "flagged": Mark(flagged=True),
        "buried": Mark(buried=next_day),
    }
    assert not rebuild(store)
    assert bring_history(store, clock, found.cards, found.past, found.marks, source="x").session == ""


def test_an_import_that_is_called_off_leaves_nothing(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    for number in range(100):
        oracle.add("Basic", [f"front {number}", "back"])
    oracle.review_all(12)
    found, _ = history(oracle.export(tmp_path / "x.apkg"))
    with pytest.raises(Cancelled):
        bring_history(store, clock, found.cards, found.past, source="x", progress=lambda done, _: done < 1000)
    assert answers(store) == []
    assert store.events() == []


def test_an_answer_that_another_program_writes_meanwhile_counts(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    oracle.add("Basic", ["front", "back"])
    oracle.review_all(3)
    found, _ = history(oracle.export(tmp_path / "x.apkg"))
    own = [Past(found.past[0].ref, NOW_MS, Grade.AGAIN, True, 10)]

    def meanwhile(*_: int) -> bool:
        with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as other:
            bring_history(other, clock, found.cards, own, source="y")
        return True

    bring_history(store, clock, found.cards, found.past, source="x", progress=meanwhile)
    assert len(answers(store)) == 4
    assert not rebuild(store)


def test_an_answer_that_another_program_writes_while_an_import_is_taken_back_counts(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    oracle.add("Basic", ["front", "back"])
    oracle.review_all(3)
    found, _ = history(oracle.export(tmp_path / "x.apkg"))
    brought = bring_history(store, clock, found.cards, found.past, source="x")
    own = [Past(found.past[0].ref, NOW_MS, Grade.AGAIN, True, 10)]
    marks = {found.past[0].ref: Mark(suspended=True)}

    def meanwhile(log: Store) -> list[Event]:
        # It is asked for when the memories are known.
        monkeypatch.setattr("quizapp.sitting.importing.imports", imports)
        with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as other:
            bring_history(other, clock, found.cards, own, marks, source="y")
        return imports(log)

    monkeypatch.setattr("quizapp.sitting.importing.imports", meanwhile)
    take_back(store, clock, brought.session)
    assert [one.at_ms for one in answers(store)] == [NOW_MS]
    assert len(store.memories(["Default"])) == 1
    assert not rebuild(store)


def test_reviews_of_clozes_go_to_their_blanks(
    oracle: Oracle, tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    oracle.add("Cloze", ["{{c2::two}} {{c1::one}} {{c2::again}}", ""])
    first, second = oracle.card_ids()
    oracle.log_review(first, NOW_MS - DAY_MS, ease=1, type_=0)
    oracle.log_review(second, NOW_MS - 2 * DAY_MS, ease=4, type_=0)
    found, decks = history(oracle.export(tmp_path / "x.apkg"))
    bring_history(store, clock, found.cards, found.past, source="x")
    grades = {one.card: one.grade for one in answers(store)}
    assert {card.answer: grades.get(card.key) for card in decks["Default"].cards} == {
        "two": Grade.EASY,
        "one": Grade.AGAIN,
        "again": None,
    }
    memories = store.memories(["Default"]).values()
    assert sorted(memory.state for memory in memories) == [State.LEARNING, State.REVIEW]

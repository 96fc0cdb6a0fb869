"""Few minutes a day: the order of the cards, when a session ends, and what replay makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.deck.card import Deck, StudyDefaults, UsualStudy
from quizapp.deck.library import Library
from quizapp.learn.gain import gain
from quizapp.learn.minutes import Budget
from quizapp.learn.queue import Lineup, Pool, lineup_of, ready
from quizapp.learn.study import Asking, Finished
from quizapp.overview import overview
from quizapp.record import Cap, EventType, Grade, Memory, Moment, Ref, State
from quizapp.scores.store import Store, open_store
from quizapp.sitting import StudySitting, study
from quizapp.sitting.one import one
from tests.builders import DAY_MS, FakeClock, deck, flip

FEW = UsualStudy(minutes_per_day=1)
CARDS = [flip(f"front {n}", f"back {n}") for n in range(6)]
DECK = deck(*CARDS)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as store:
        yield store


def begin(
    store: Store, clock: FakeClock, *decks: Deck, usual: UsualStudy = FEW, minutes: int | None = None
) -> StudySitting:
    sitting = study(store, clock, decks or (DECK,), Random(1), usual, minutes=minutes)
    sitting.start()
    return sitting


def answer(sitting: StudySitting, times: int = 1, *, ms: int = 27_000, grade: Grade = Grade.GOOD) -> None:
    """Two answers of 27 s and their feedback are a minute."""
    for _ in range(times):
        sitting.reveal()
        sitting.grade(grade, ms)


def over(sitting: StudySitting) -> bool:
    return isinstance(sitting.view, Finished)


def due(now: Moment, stability: float) -> Memory:
    before = now.at_ms - 9 * DAY_MS
    return Memory(State.REVIEW, None, stability, 5.0, before, "2025-12-23", None, "2026-01-01", 3)


class TestOrder:
    STABILITIES = (900.0, 90.0, 30.0, 9.0, 3.0, 0.02)

    def pool(self, now: Moment) -> Pool:
        memories = {card.key: due(now, days) for card, days in zip(DECK.cards, self.STABILITIES, strict=True)}
        return Pool(DECK, memories, usual=FEW)

    def test_what_gains_most_is_first(self, clock: FakeClock) -> None:
        pool, now = self.pool(clock()), clock()
        found = ready(pool, now, Random(1)).reviews
        gains = [gain(pool.memories[card.key], now, pool.plan(now)) for card, _ in found]
        assert [rank for _, rank in found] == gains == sorted(gains, reverse=True)
        order = [card for card, _ in found]
        known = [card for card, _ in ready(pool, now, Random(1), Lineup.KNOWN).reviews]
        assert order not in (known, known[::-1])
        assert order[-1] == known[0] == DECK.cards[0], "what is known for years can wait"

    def test_minutes_go_before_a_catch_up_and_one_deck_is_enough(self, clock: FakeClock) -> None:
        told = self.pool(clock())
        free = structs.replace(told, usual=UsualStudy())
        caught = structs.replace(free, cap=Cap(3, "2026-02-01"))
        assert lineup_of([free]) is Lineup.KNOWN
        assert lineup_of([free, caught]) is Lineup.FORGOTTEN
        assert lineup_of([caught, told, free]) is Lineup.GAIN
        assert lineup_of([structs.replace(told, cap=Cap(3, "2026-02-01"))]) is Lineup.GAIN

    def test_a_session_and_a_single_question_begin_with_the_same_card(
        self, store: Store, clock: FakeClock
    ) -> None:
        memories = self.pool(clock()).memories
        store.append([], memories={Ref("d", key): memory for key, memory in memories.items()})
        view = begin(store, clock).view
        single = one(store, clock, [DECK], Random(1), FEW)
        assert isinstance(view, Asking)
        assert single is not None
        single.sitting.start()
        assert isinstance(single.sitting.view, Asking)
        assert view.item.card == single.sitting.view.item.card


class TestSteps:
    def test_what_was_forgotten_comes_on_the_next_study_day(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock)
        assert isinstance(sitting.view, Asking)
        ref = sitting.view.item.ref
        answer(sitting, ms=500, grade=Grade.AGAIN)
        memory = store.memory(ref)
        assert memory is not None
        assert (memory.state, memory.due_ms, memory.due_day) == (State.REVIEW, None, "2026-01-02")

    def test_replay_leads_where_the_answers_led_whatever_is_set_later(
        self, store: Store, clock: FakeClock
    ) -> None:
        for usual in (FEW, UsualStudy(), FEW, UsualStudy(minutes_per_day=9)):
            for grade in (Grade.AGAIN, Grade.GOOD, Grade.HARD):
                answer(begin(store, clock, usual=usual), 2, ms=500, grade=grade)
                clock.forward(DAY_MS // 3)
        steps = {scheduler.learning for scheduler in store.schedulers().values()}
        assert steps == {(), (60, 600)}
        assert not rebuild(store)


class TestEnd:
    def test_it_ends_once_the_minutes_are_used_up_and_goes_on_when_told(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = begin(store, clock)
        answer(sitting)
        assert not over(sitting), "half a minute is left"
        answer(sitting)
        assert sitting.view == Finished(2, 2, 2, left=4, minutes=1)
        assert [event.body for event in store.events(EventType.END)] == [{"finished": True, "answers": 2}]
        sitting.go_on()
        assert sitting.budget is None
        answer(sitting, 4)
        assert sitting.view == Finished(6, 6, 6)

    def test_the_last_card_ends_it_as_ever(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock, deck(*CARDS[:2]))
        answer(sitting, 2)
        assert sitting.view == Finished(2, 2, 2)

    def test_earlier_answers_of_the_day_count_and_those_of_the_day_before_do_not(
        self, store: Store, clock: FakeClock
    ) -> None:
        answer(begin(store, clock))
        sitting = begin(store, clock)
        assert sitting.budget == Budget(1, 30_000)
        answer(sitting)
        assert isinstance(begin(store, clock).view, Finished)
        clock.forward(DAY_MS)
        assert isinstance(begin(store, clock).view, Asking)

    def test_time_that_was_taken_is_gone_also_if_the_answer_is_undone(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = begin(store, clock)
        answer(sitting, 2)
        sitting.undo()
        assert isinstance(sitting.view, Asking)
        assert begin(store, clock).budget == sitting.budget == Budget(1, 60_000)
        answer(sitting)
        assert isinstance(sitting.view, Finished)

    def test_who_was_called_away_loses_a_minute_at_most(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock, usual=UsualStudy(minutes_per_day=2))
        answer(sitting, ms=3_600_000)
        assert isinstance(sitting.view, Asking)

    def test_another_decks_answers_do_not_count(self, store: Store, clock: FakeClock) -> None:
        other = deck(flip("other", "one"), id="other")
        answer(begin(store, clock, other), ms=60_000)
        assert begin(store, clock).budget == Budget(1)
        assert begin(store, clock, DECK, other).budget == Budget(1, 63_000)

    def test_minutes_of_a_session_go_before_what_is_set_and_begin_with_it(
        self, store: Store, clock: FakeClock
    ) -> None:
        own = deck(*CARDS, study=StudyDefaults(minutes_per_day=200))
        answer(begin(store, clock, own))
        sitting = begin(store, clock, own, usual=UsualStudy(), minutes=1)
        assert sitting.budget == Budget(1)
        answer(sitting, 2, grade=Grade.AGAIN)
        assert isinstance(sitting.view, Finished)
        assert not sitting.steps_to_come(), "nothing comes again on the same day"

    def test_without_a_limit_nothing_ends_it(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock, usual=UsualStudy())
        answer(sitting, 6, grade=Grade.EASY)
        assert (sitting.budget, sitting.view) == (None, Finished(6, 6, 6))


class TestHome:
    def test_it_takes_no_longer_than_what_is_left(self, store: Store, clock: FakeClock) -> None:
        many = deck(*(flip(f"front {n}", "back") for n in range(40)))
        library = Library(decks={many.id: many})
        usual = UsualStudy(new_per_day=40, minutes_per_day=2)
        found = overview(store, library, clock(), usual)
        assert (found.minutes, found.budget) == (2, Budget(2))
        assert overview(store, library, clock(), UsualStudy(40)).minutes > 2
        answer(begin(store, clock, many, usual=usual), 3)
        assert overview(store, library, clock(), usual).minutes == 1
        answer(begin(store, clock, many, usual=usual))
        found = overview(store, library, clock(), usual)
        assert found.budget is not None
        assert (found.minutes, found.budget.is_up) == (0, True)

    def test_few_cards_take_less(self, store: Store, clock: FakeClock) -> None:
        library = Library(decks={DECK.id: DECK})
        assert overview(store, library, clock(), UsualStudy(minutes_per_day=200)).minutes == 1

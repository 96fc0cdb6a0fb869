"""Catching up after a break: what is offered, what is written, and what is asked then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quizapp.backlogs import spreads
from quizapp.deck.card import StudyDefaults, UsualStudy
from quizapp.deck.library import Library
from quizapp.learn.backlog import Behind
from quizapp.learn.schedule import default_scheduler, retrievability
from quizapp.learn.study import Asking, Grading
from quizapp.overview import Overview, overview
from quizapp.record import Answer, EventType, Grade, How, Memory, Outcome, Ref, State
from quizapp.scores.store import Store, open_store
from quizapp.sitting import StudySitting, catch_up, lift_caps, study
from tests.builders import DAY_MS, FakeClock, deck, flip

USUAL = UsualStudy(new_per_day=0)
ONE = deck(*(flip(f"one {n}", f"back {n}") for n in range(40)), id="one")
TWO = deck(*(flip(f"two {n}", f"back {n}") for n in range(20)), id="two")
DECKS = [ONE, TWO, deck(flip("new", "one"), id="three")]
LIBRARY = Library(decks={one.id: one for one in DECKS})


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scores.db"


@pytest.fixture
def store(path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(path, now_ms=clock.now_ms)) as store:
        yield store


@pytest.fixture(autouse=True)
def backlog(store: Store, clock: FakeClock) -> None:
    """All cards of two decks are due since yesterday, and were learnt more or less well, in no order."""
    last = clock().at_ms - 20 * DAY_MS
    memories, rows = {}, []
    for whole in (ONE, TWO):
        for number, card in enumerate(whole.cards):
            stability = 2.0 + (number * 7) % len(whole.cards)
            memories[Ref(whole.id, card.key)] = Memory(
                State.REVIEW, None, stability, 5.0, last, "2025-12-12", None, "2025-12-31", 4
            )
            rows.append(earlier(store, Ref(whole.id, card.key), last))
    store.append(rows, memories=memories, schedulers=[default_scheduler()])


def earlier(store: Store, ref: Ref, at_ms: int) -> Answer:
    """An answer of long ago: its card is no new one any more."""
    return Answer(
        id=store.new_id(),
        device=store.device,
        at_ms=at_ms,
        offset_min=0,
        day="2025-12-12",
        deck=ref.deck,
        card=ref.card,
        session="earlier",
        position=0,
        kind="flip",
        how=How.REVEALED,
        k=None,
        variant=0,
        given="",
        outcome=Outcome.RIGHT,
        grade=Grade.GOOD,
        target=0.9,
        latest=None,
        scheduler=default_scheduler().id,
        hinted=False,
        repeat=False,
        scored=False,
        ms=4000,
    )


def look(store: Store, clock: FakeClock) -> Overview:
    return overview(store, LIBRARY, clock(), USUAL)


def sitting(store: Store, clock: FakeClock) -> StudySitting:
    made = study(store, clock, DECKS, Random(1), USUAL)
    made.start()
    return made


def answer_all(store: Store, clock: FakeClock) -> list[tuple[Ref, float]]:
    """Study until nothing is left, everything Easy; the cards with how likely each was to be known."""
    asked = []
    one = sitting(store, clock)
    while isinstance(one.view, Asking):
        item = one.view.item
        assert item.memory is not None
        asked.append((item.ref, retrievability(item.memory, clock(), default_scheduler())))
        one.reveal()
        assert isinstance(one.view, Grading)
        one.grade(Grade.EASY, 1000)
    return asked


class TestCap:
    def test_the_likeliest_to_be_forgotten_come_first_across_decks(
        self, store: Store, clock: FakeClock
    ) -> None:
        catch_up(store, clock, {"one": 4, "two": 2}, "2026-01-04")
        known = store.memories(["one", "two"])
        scheduler = default_scheduler()
        chances = {ref: retrievability(memory, clock(), scheduler) for ref, memory in known.items()}
        asked = answer_all(store, clock)
        assert [chance for _, chance in asked] == sorted(chance for _, chance in asked)
        for whole, number in ((ONE, 4), (TWO, 2)):
            of_deck = sorted((chance for ref, chance in chances.items() if ref.deck == whole.id))
            assert [chance for ref, chance in asked if ref.deck == whole.id] == of_deck[:number]

    def test_without_a_cap_the_best_remembered_come_first(self, store: Store, clock: FakeClock) -> None:
        asked = [chance for _, chance in answer_all(store, clock)]
        assert len(asked) == 60
        assert asked == sorted(asked, reverse=True)

    def test_it_holds_in_the_next_session_and_after_a_restart_and_ends_on_its_day(
        self, store: Store, clock: FakeClock, path: Path
    ) -> None:
        catch_up(store, clock, {"one": 4, "two": 2}, "2026-01-03")
        one = sitting(store, clock)
        for _ in range(3):
            one.reveal()
            one.grade(Grade.EASY, 1000)
        one.leave()
        seen = look(store, clock)
        assert (seen.due, seen.backlog, seen.until) == (3, 57, "2026-01-03")
        with closing(open_store(path, now_ms=clock.now_ms)) as again:
            assert len(answer_all(again, clock)) == 3
            assert look(again, clock).due == 0
            assert look(again, clock).next_day == "2026-01-02"
        clock.forward(DAY_MS)
        assert len(answer_all(store, clock)) == 6
        clock.forward(DAY_MS)
        assert look(store, clock).until is None
        assert len(answer_all(store, clock)) == 48

    def test_one_event_a_deck_and_all_at_once(self, store: Store, clock: FakeClock) -> None:
        catch_up(store, clock, {"one": 4, "two": None}, "2026-01-04")
        assert [(event.subject, event.body) for event in store.events(EventType.CAP)] == [
            ("one", {"per_day": 4, "until": "2026-01-04"}),
            ("two", {"per_day": None, "until": None}),
        ]

    def test_lifting_it_brings_the_usual_limits_back(self, store: Store, clock: FakeClock) -> None:
        catch_up(store, clock, {"one": 4, "two": 2}, "2026-01-04")
        lift_caps(store, clock, ["one", "two"])
        assert (look(store, clock).due, look(store, clock).until) == (60, None)
        assert look(store, clock).behind is None, "and it is not offered at once again"

    def test_a_decks_own_limit_is_never_exceeded(self, store: Store, clock: FakeClock) -> None:
        catch_up(store, clock, {"one": 30}, "2026-01-04")
        seen = overview(store, LIBRARY, clock(), UsualStudy(new_per_day=0, reviews_per_day=10))
        assert [(line.due, line.backlog) for line in seen.lines] == [(10, 40), (10, 20), (0, 0)]


class TestOffer:
    def test_a_backlog_beyond_a_days_limit_is_named(self, store: Store, clock: FakeClock) -> None:
        assert look(store, clock).behind is None
        few = UsualStudy(new_per_day=0, reviews_per_day=39)
        assert overview(store, LIBRARY, clock(), few).behind == Behind(60, 20)
        never = UsualStudy(new_per_day=0, reviews_per_day=0)
        assert overview(store, LIBRARY, clock(), never).behind is None

    def test_one_after_a_break_is_until_it_is_dismissed_and_after_the_next_break(
        self, store: Store, clock: FakeClock
    ) -> None:
        for _ in range(2):
            one = sitting(store, clock)
            one.reveal()
            one.grade(Grade.EASY, 1000)
            one.leave()
            clock.forward(DAY_MS)
        few = UsualStudy(new_per_day=0, reviews_per_day=30)
        assert overview(store, LIBRARY, clock(), few).behind == Behind(58, 20), "a break that ended lately"
        clock.forward(DAY_MS)
        clock.forward(6 * DAY_MS)
        assert look(store, clock).behind == Behind(58, 8)
        lift_caps(store, clock, ["one", "two"])
        assert look(store, clock).behind is None
        clock.forward(2 * DAY_MS)
        assert look(store, clock).behind is None
        clock.forward(DAY_MS)
        assert look(store, clock).behind == Behind(58, 3)

    def test_it_is_not_named_while_it_is_being_caught_up_with(self, store: Store, clock: FakeClock) -> None:
        few = UsualStudy(new_per_day=0, reviews_per_day=39)
        catch_up(store, clock, {"one": 4}, "2026-01-04")
        assert overview(store, LIBRARY, clock(), few).behind is None
        clock.forward(3 * DAY_MS)
        assert overview(store, LIBRARY, clock(), few).behind is not None, "it is still there at the end"


class TestSpreads:
    def test_each_deck_has_its_share(self, store: Store, clock: FakeClock) -> None:
        found = spreads(store, DECKS, clock(), USUAL)
        assert [one.days for one in found] == [3, 7, 14, 30]
        three = found[0]
        assert three.until == "2026-01-04"
        assert set(three.per_day) == {"one", "two"}
        assert 14 <= three.per_day["one"] <= 20
        assert 7 <= three.per_day["two"] <= 10
        assert three.reviews == sum(three.per_day.values())
        assert [one.reviews for one in found] == sorted((one.reviews for one in found), reverse=True)
        assert three.minutes > found[-1].minutes >= 1

    def test_what_the_limits_do_not_allow_is_not_offered(self, store: Store, clock: FakeClock) -> None:
        few = UsualStudy(new_per_day=0, reviews_per_day=9)
        found = spreads(store, DECKS, clock(), few)
        assert found
        assert found[0].days > 3
        assert all(number <= 9 for one in found for number in one.per_day.values())

    def test_with_nothing_due_there_is_nothing_to_spread(self, store: Store, clock: FakeClock) -> None:
        answer_all(store, clock)
        assert spreads(store, DECKS, clock(), USUAL) == []
        own = deck(flip("a", "b"), study=StudyDefaults(reviews_per_day=0))
        assert spreads(store, [own], clock(), USUAL) == []

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_the_backlog_is_gone_on_its_day(self, store: Store, clock: FakeClock, place: int) -> None:
        found = spreads(store, DECKS, clock(), USUAL)[place]
        catch_up(store, clock, found.per_day, found.until)
        for _ in range(found.days):
            answer_all(store, clock)
            clock.forward(DAY_MS)
        seen = look(store, clock)
        assert seen.until is None
        assert seen.backlog <= found.reviews

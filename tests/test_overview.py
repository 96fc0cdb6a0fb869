"""What waits in each deck, counted from the library and the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck.card import Deck, QuizDefaults, StudyDefaults, UsualStudy, content_hash
from quizapp.deck.library import Library
from quizapp.learn.order import askable
from quizapp.learn.schedule import default_scheduler
from quizapp.overview import DeckLine, Overview, deck_lines, overview, usual_quiz
from quizapp.record import (
    Answer,
    Cap,
    Event,
    EventType,
    Grade,
    How,
    Mark,
    Memory,
    Moment,
    Outcome,
    Ref,
    Run,
    State,
)
from quizapp.scores.store import Store, open_store
from tests.builders import DAY_MS, FakeClock, deck, flip, statement

MINUTE = 60_000
CARDS = [flip(f"front {n}", f"back {n}") for n in range(30)]
SIDES = [statement(f"b {n}", "BPO") for n in range(12)] + [statement(f"k {n}", "KPO") for n in range(12)]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def review(now: Moment, due_day: str) -> Memory:
    return Memory(State.REVIEW, None, 5.0, 5.0, now.at_ms - 9 * DAY_MS, "2025-12-23", None, due_day, 3)


def step(now: Moment, due_in_ms: int, number: int = 1) -> Memory:
    due = now.at_ms + due_in_ms
    return Memory(State.LEARNING, number, 5.0, 5.0, now.at_ms - MINUTE, now.day, due, None, 1)


def remember(store: Store, clock: FakeClock, *memories: Memory, of: str = "d") -> None:
    """The first cards of the deck are remembered like this."""
    store.append([], memories={Ref(of, card.key): m for card, m in zip(CARDS, memories, strict=False)})


def answer(store: Store, at: Moment, card: str, *, of: str = "d", grade: Grade | None = Grade.GOOD) -> str:
    row = Answer(
        id=store.new_id(),
        device=store.device,
        at_ms=at.at_ms,
        offset_min=at.offset_min,
        day=at.day,
        deck=of,
        card=card,
        session="s",
        position=0,
        kind="flip",
        how=How.REVEALED,
        k=None,
        variant=0,
        given="",
        outcome=Outcome.RIGHT,
        grade=grade,
        target=0.9,
        latest=None,
        scheduler=default_scheduler().id,
        hinted=False,
        repeat=False,
        scored=False,
        ms=9_000,
    )
    store.append([row], schedulers=[default_scheduler()])
    return row.id


def look(store: Store, clock: FakeClock, *decks: Deck) -> Overview:
    return overview(store, Library(decks={deck.id: deck for deck in decks}), clock())


def line(store: Store, clock: FakeClock, whole: Deck | None = None) -> DeckLine:
    one = whole or deck(*CARDS)
    (line,) = deck_lines(store, Library(decks={one.id: one}), clock())
    return line


class TestNew:
    def test_a_deck_never_studied_has_a_days_new_cards_each_asked_twice(
        self, store: Store, clock: FakeClock
    ) -> None:
        found = line(store, clock)
        assert (found.due, found.new, found.seen, found.questions) == (0, 20, 0, 40)
        assert (found.best, found.last, found.studied, found.next_ms) == (None,) * 4
        assert found.next_day == "2026-01-02"  # more new cards than a day has

    @pytest.mark.parametrize(("limit", "new"), [(0, 0), (3, 3), (99, 30)])
    def test_the_decks_limit_holds(self, store: Store, clock: FakeClock, limit: int, new: int) -> None:
        assert line(store, clock, deck(*CARDS, study=StudyDefaults(new_per_day=limit))).new == new

    @pytest.mark.parametrize(("own", "new"), [(None, 4), (3, 3)])
    def test_without_one_the_usual_limit_holds(
        self, store: Store, clock: FakeClock, own: int | None, new: int
    ) -> None:
        one = deck(*CARDS, study=StudyDefaults(new_per_day=own))
        whole = overview(store, Library(decks={one.id: one}), clock(), UsualStudy(new_per_day=4))
        assert (whole.new, whole.lines[0].new) == (new, new)

    def test_cards_begun_today_count_against_it_and_others_do_not(
        self, store: Store, clock: FakeClock
    ) -> None:
        yesterday = clock()
        answer(store, yesterday, CARDS[0].key)
        clock.forward(DAY_MS)
        remember(store, clock, *[review(clock(), "2026-02-01")] * 3)
        answer(store, clock(), CARDS[0].key)
        answer(store, clock(), CARDS[1].key)
        answer(store, clock(), CARDS[1].key)
        answer(store, clock(), CARDS[2].key, grade=None)
        assert line(store, clock).new == 19


class TestDue:
    def test_reviews_of_today_and_before_are_due(self, store: Store, clock: FakeClock) -> None:
        now = clock()
        remember(store, clock, *[review(now, day) for day in ("2025-12-01", "2026-01-01", "2026-01-02")])
        found = line(store, clock)
        assert (found.due, found.seen, found.new) == (2, 3, 20)
        assert found.questions == 2 + 2 * 20
        assert found.next_day == "2026-01-02"

    def test_the_decks_limit_of_reviews_holds_less_what_was_done_today(
        self, store: Store, clock: FakeClock
    ) -> None:
        limited = deck(*CARDS, study=StudyDefaults(reviews_per_day=4))
        for card in CARDS[:2]:
            answer(store, clock(), card.key)
        clock.forward(DAY_MS)
        remember(store, clock, *[review(clock(), "2026-01-02")] * 8)
        assert line(store, clock, limited).due == 4
        answer(store, clock(), CARDS[0].key)
        assert line(store, clock, limited).due == 3

    def test_steps_due_within_twenty_minutes_are_due_whatever_the_limit(
        self, store: Store, clock: FakeClock
    ) -> None:
        now = clock()
        remember(store, clock, step(now, -MINUTE), step(now, 20 * MINUTE, 0), step(now, 20 * MINUTE + 1))
        found = line(store, clock, deck(*CARDS, study=StudyDefaults(new_per_day=0, reviews_per_day=0)))
        assert (found.due, found.new) == (2, 0)
        # The second of two steps is asked once more, the first twice.
        assert found.questions == 1 + 2

    def test_the_next_step_is_named(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, step(clock(), 45 * MINUTE), step(clock(), 30 * MINUTE))
        found = line(store, clock)
        assert (found.due, found.next_ms, found.next_day) == (0, clock().at_ms + 30 * MINUTE, "2026-01-02")

    def test_cards_that_left_the_deck_do_not_count(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, *[review(clock(), "2026-01-01")] * 3)
        found = line(store, clock, deck(*CARDS[2:]))
        assert (found.due, found.seen) == (1, 1)

    def test_another_deck_with_the_same_card_has_its_own_memory(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, review(clock(), "2026-01-01"), of="other")
        assert line(store, clock).due == 0


class TestAside:
    def test_what_is_put_aside_flagged_and_forgotten_again_and_again_is_counted(
        self, store: Store, clock: FakeClock
    ) -> None:
        due = review(clock(), "2026-01-01")
        remember(store, clock, due, structs.replace(due, lapses=8), structs.replace(due, lapses=7), due)
        keys = [card.key for card in CARDS]
        marks = {
            Ref("d", keys[0]): Mark(suspended=True, flagged=True),
            Ref("d", keys[3]): Mark(buried="2026-01-02"),
            Ref("d", keys[9]): Mark(buried="2026-01-01"),
            Ref("d", keys[29]): Mark(flagged=True),
        }
        store.append([], marks=marks)
        found = line(store, clock)
        assert (found.due, found.aside, found.flagged, found.leeches) == (2, 2, 2, 1)
        assert (found.seen, found.new) == (4, 20)
        assert found.due_days == {"2026-01-01": 3}, "a suspended card falls due on no day"

    def test_a_suspended_leech_is_pointed_out_no_more(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, structs.replace(review(clock(), "2026-01-01"), lapses=8))
        store.append([], marks={Ref("d", CARDS[0].key): Mark(suspended=True)})
        assert line(store, clock).leeches == 0

    def test_a_card_beyond_the_exam_counts_on_its_day(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, review(clock(), "2026-03-01"))
        exam = StudyDefaults(exam_date=date(2026, 1, 3))
        found = line(store, clock, deck(*CARDS[:1], study=exam))
        assert (found.next_day, found.due_days) == ("2026-01-03", {"2026-01-03": 1})


class TestBacklog:
    def cap(self, store: Store, clock: FakeClock, of: str, per_day: int | None, until: str | None) -> None:
        at = clock()
        row = Event(
            id=store.new_id(),
            device=store.device,
            at_ms=at.at_ms,
            offset_min=0,
            day=at.day,
            type=EventType.CAP,
            subject=of,
            body={"per_day": per_day, "until": until},
        )
        store.append([row])

    def test_it_is_all_that_is_due_whatever_the_limits(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, *[review(clock(), "2026-01-01")] * 8, step(clock(), 0))
        found = line(store, clock, deck(*CARDS, study=StudyDefaults(reviews_per_day=3)))
        assert (found.due, found.backlog, found.limit) == (4, 9, 3)
        assert line(store, clock).limit == 200

    def test_a_cap_leaves_fewer_until_its_day(self, store: Store, clock: FakeClock) -> None:
        remember(store, clock, *[review(clock(), "2026-01-01")] * 8)
        self.cap(store, clock, "d", 3, "2026-01-02")
        self.cap(store, clock, "other", 1, "2026-01-09")
        found = line(store, clock)
        assert (found.due, found.backlog, found.cap) == (3, 8, Cap(3, "2026-01-02"))
        assert found.questions == 3 + 2 * 20
        assert found.next_day == "2026-01-02"
        clock.forward(DAY_MS)
        assert (line(store, clock).due, line(store, clock).cap) == (8, None)

    def test_all_decks_are_added_up(self, store: Store, clock: FakeClock) -> None:
        for of, per_day, until in (("a", 3, "2026-01-05"), ("d", 2, "2026-01-07")):
            remember(store, clock, *[review(clock(), "2026-01-01")] * 8, of=of)
            self.cap(store, clock, of, per_day, until)
        whole = look(store, clock, deck(*CARDS, id="a"), deck(*CARDS))
        assert (whole.due, whole.backlog, whole.until) == (5, 16, "2026-01-07")
        self.cap(store, clock, "d", None, None)
        whole = look(store, clock, deck(*CARDS, id="a"), deck(*CARDS))
        assert (whole.due, whole.backlog, whole.until) == (11, 16, "2026-01-05")


def run(store: Store, clock: FakeClock, whole: Deck, **given: object) -> Run:
    """A finished run of the deck's usual quiz, but for what is given."""
    setup = usual_quiz(whole)
    usual: dict[str, object] = {
        "session": store.new_id(),
        "deck": whole.id,
        "content": content_hash(askable(whole.cards, setup.choices)),
        "mode": setup.mode.value,
        "choices": setup.choices,
        "seconds": setup.seconds,
        "seed": 1,
        "at_ms": clock.at_ms,
        "offset_min": 0,
        "day": clock().day,
        "finished": True,
        "drill": False,
        "asked": 20,
        "right": 15,
        "score": 10.0,
        "fresh": True,
    }
    made = Run(**(usual | given))  # type: ignore[arg-type] # passed on as it is
    store.append([], run=made)
    return made


class TestBest:
    QUIZ = Deck(
        id="q",
        path=Path("q.toml"),
        title="Q",
        choices=("BPO", "KPO", "Both"),
        quiz=QuizDefaults(choices=("BPO", "KPO"), seconds=30),
        cards=tuple(SIDES),
    )

    def test_it_is_the_highest_that_counts_and_the_first_of_equals(
        self, store: Store, clock: FakeClock
    ) -> None:
        run(store, clock, self.QUIZ, score=8.0)
        best = run(store, clock, self.QUIZ, score=12.0)
        run(store, clock, self.QUIZ, score=12.0)
        last = run(store, clock, self.QUIZ, score=99.0, asked=9, right=9)
        found = line(store, clock, self.QUIZ)
        assert (found.best, found.last) == (best, last)

    @pytest.mark.parametrize(
        "other",
        [
            {"content": "x"},
            {"mode": "practice", "seconds": None},
            {"seconds": 60},
            {"choices": ()},
            {"finished": False},
            {"drill": True},
        ],
    )
    def test_another_quiz_is_not_the_usual_one(
        self, store: Store, clock: FakeClock, other: dict[str, object]
    ) -> None:
        run(store, clock, self.QUIZ, **other)
        found = line(store, clock, self.QUIZ)
        assert (found.best, found.last) == (None, None)

    def test_a_run_that_cannot_be_a_best_is_still_the_last(self, store: Store, clock: FakeClock) -> None:
        last = run(store, clock, self.QUIZ, right=3)
        found = line(store, clock, self.QUIZ)
        assert (found.best, found.last) == (None, last)

    def test_the_order_of_the_choices_does_not_matter(self, store: Store, clock: FakeClock) -> None:
        best = run(store, clock, self.QUIZ, choices=("KPO", "BPO"))
        assert line(store, clock, self.QUIZ).best == best


class TestWhole:
    def test_all_decks_are_added_up(self, store: Store, clock: FakeClock) -> None:
        now = clock()
        remember(store, clock, review(now, "2026-01-01"), step(now, 30 * MINUTE), of="a")
        remember(store, clock, *[review(now, day) for day in ("2026-01-05", "2026-01-02", "2026-01-03")])
        found = look(store, clock, deck(*CARDS, id="a"), deck(*CARDS))
        assert [line.deck.id for line in found.lines] == ["a", "d"]
        assert (found.due, found.new) == (1, 40)
        assert (found.next_ms, found.next_day) == (now.at_ms + 30 * MINUTE, "2026-01-02")
        assert found.to_come == (
            ("2026-01-02", 1),
            ("2026-01-03", 1),
            ("2026-01-04", 0),
            ("2026-01-05", 1),
        )
        # 81 questions of 8 and 3 s.
        assert found.minutes == 15

    def test_a_row_of_days_and_the_week_count_answers_that_stand(
        self, store: Store, clock: FakeClock
    ) -> None:
        undone = []
        for _ in range(3):
            answer(store, clock(), CARDS[0].key)
            undone.append(answer(store, clock(), CARDS[0].key))
            clock.forward(DAY_MS)
        for subject in undone:
            at = clock()
            event = Event(
                id=store.new_id(),
                device=store.device,
                at_ms=at.at_ms,
                offset_min=0,
                day=at.day,
                type=EventType.UNDO,
                subject=subject,
                body={},
            )
            store.append([event])
        found = look(store, clock, deck(*CARDS))
        assert clock().day == "2026-01-04"
        assert found.row == 3
        assert found.week[0] == ("2025-12-29", 0)
        assert found.week[3:] == (("2026-01-01", 1), ("2026-01-02", 1), ("2026-01-03", 1), ("2026-01-04", 0))
        assert found.lines[0].studied == "2026-01-03"
        answer(store, clock(), CARDS[0].key)
        assert look(store, clock, deck(*CARDS)).row == 4

    def test_without_decks_there_is_nothing(self, store: Store, clock: FakeClock) -> None:
        found = look(store, clock)
        assert (found.lines, found.due, found.new, found.minutes, found.row) == ((), 0, 0, 0, 0)
        assert (found.next_ms, found.next_day) == (None, None)

"""Study days where clocks and zones change: none is skipped or counted twice, and the row of days stands.

The zones are POSIX rules, which need no data of the machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.caches import rebuild
from quizapp.learn.schedule import Graded, default_scheduler, due_day, elapsed_days, retrievability, review
from quizapp.learn.study import Asking, Finished
from quizapp.record import Grade, Mark, Memory, Moment, Ref, study_day
from quizapp.scores.peek import may_be_due
from quizapp.scores.store import Store, open_store
from quizapp.sitting import StudySitting, catch_up, lift_caps, study, unflag, wall_clock
from quizapp.sitting.one import one
from quizapp.stats import row_of_days
from tests.builders import DAY_MS, START_MS, FakeClock, deck, flip
from tests.test_overview import look

HOUR_MS = 3_600_000
MINUTE_MS = 60_000

BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"
NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"
LOS_ANGELES = "PST8PDT,M3.2.0,M11.1.0"
SYDNEY = "AEST-10AEDT,M10.1.0,M4.1.0/3"
LORD_HOWE = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"  # half an hour
HAVANA = "CST5CDT,M3.2.0/0,M11.1.0/1"  # at midnight
TOKYO = "JST-9"
KATHMANDU = "<+0545>-5:45"
AUCKLAND = "NZST-12NZDT,M9.5.0,M4.1.0/3"


def utc(text: str) -> int:
    """Milliseconds since the epoch of an ISO time in UTC."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


At = Callable[..., Moment]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """What the wall clock says on a machine in this zone: at(zone, ms) or at(zone, ms, rollover)."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system sets no time zone for one program")

    def read(zone: str, at_ms: int, rollover_hour: int = 4) -> Moment:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        monkeypatch.setattr(time, "time_ns", lambda: at_ms * 1_000_000)
        return wall_clock(rollover_hour)

    yield read
    monkeypatch.undo()
    time.tzset()


def local(moment: Moment) -> str:
    """What a clock on the wall shows."""
    shown = datetime.fromtimestamp(moment.at_ms / 1000, UTC) + timedelta(minutes=moment.offset_min)
    return shown.strftime("%Y-%m-%d %H:%M")


def graded(grade: Grade, now: Moment) -> Graded:
    return Graded(grade, now, 0.9, None, default_scheduler())


def learnt(now: Moment) -> Memory:
    """A card that was easy at first sight: due in about eight days."""
    return review(None, graded(Grade.EASY, now), card_key="k", fuzz=False)


class TestRollover:
    @pytest.mark.parametrize(
        ("clock", "hour", "day"),
        [
            ("2026-01-02T03:59:59.999", 4, "2026-01-01"),
            ("2026-01-02T04:00", 4, "2026-01-02"),
            ("2026-01-02T00:00", 4, "2026-01-01"),
            ("2026-01-01T23:59", 4, "2026-01-01"),
            ("2026-01-01T23:59", 0, "2026-01-01"),
            ("2026-01-02T00:00", 0, "2026-01-02"),
            ("2026-03-01T03:59", 4, "2026-02-28"),
        ],
    )
    def test_a_study_day_begins_at_the_rollover_hour(self, clock: str, hour: int, day: str) -> None:
        assert study_day(utc(clock), 0, hour) == day
        # The same local time elsewhere is the same study day.
        assert study_day(utc(clock) - 570 * MINUTE_MS, 570, hour) == day
        assert study_day(utc(clock) + 480 * MINUTE_MS, -480, hour) == day

    def test_the_wall_clock_rolls_over_by_local_time(self, at: At) -> None:
        # Tokyo is nine hours ahead.
        assert at(TOKYO, utc("2026-01-01T18:59")).day == "2026-01-01"
        assert at(TOKYO, utc("2026-01-01T19:00")).day == "2026-01-02"
        assert at(TOKYO, utc("2026-01-01T19:00"), 5).day == "2026-01-01"
        assert at(KATHMANDU, utc("2026-01-01T22:14")).day == "2026-01-01"
        assert at(KATHMANDU, utc("2026-01-01T22:15")) == Moment(utc("2026-01-01T22:15"), 345, "2026-01-02")

    def test_who_studies_at_four_and_at_one_to_four_each_night_has_a_row(self) -> None:
        early = [study_day(utc("2026-01-01T04:00") + n * DAY_MS, 0) for n in range(5)]
        late = [study_day(utc("2026-01-02T03:59") + n * DAY_MS, 0) for n in range(5)]
        assert early == late
        assert row_of_days(reversed(early), early[-1]) == 5

    def test_a_card_falls_due_when_the_day_rolls_over(self) -> None:
        memory = learnt(Moment(START_MS, 0, "2026-01-01"))
        assert memory.due_day == "2026-01-09"

        def due(clock: str) -> bool:
            return memory.is_due(Moment(utc(clock), 0, study_day(utc(clock), 0)))

        assert not due("2026-01-09T03:59")
        assert due("2026-01-09T04:00")


class TestDaylightSaving:
    @pytest.mark.parametrize(
        ("zone", "change", "hours"),
        [
            (BERLIN, "2026-03-28", 23),
            (BERLIN, "2026-10-24", 25),
            (NEW_YORK, "2026-03-07", 23),
            (NEW_YORK, "2026-10-31", 25),
            (SYDNEY, "2026-10-03", 23),
            (SYDNEY, "2026-04-04", 25),
            (LORD_HOWE, "2026-10-03", 23.5),
            (LORD_HOWE, "2026-04-04", 24.5),
            (HAVANA, "2026-03-07", 23),
            (HAVANA, "2026-10-31", 25),
        ],
    )
    def test_no_day_is_skipped_or_counted_twice(self, at: At, zone: str, change: str, hours: float) -> None:
        """Every ten minutes of a week: the study days follow each other, and one is shorter or longer."""
        begin = utc(change) - 3 * DAY_MS
        days = [at(zone, begin + n * 10 * MINUTE_MS).day for n in range(7 * 24 * 6)]
        whole = {day: days.count(day) / 6 for day in days[days.index(days[0]) :]}
        assert days == sorted(days)
        assert [date.fromisoformat(b) - date.fromisoformat(a) for a, b in pairwise(whole)] == [
            timedelta(days=1)
        ] * (len(whole) - 1)
        inner = dict(list(whole.items())[1:-1])
        assert inner == dict.fromkeys(inner, 24) | {change: hours}

    @pytest.mark.parametrize("rollover", range(7))
    @pytest.mark.parametrize(
        ("zone", "change"), [(BERLIN, "2026-03-29"), (BERLIN, "2026-10-25"), (HAVANA, "2026-11-01")]
    )
    def test_no_rollover_hour_doubles_a_day(self, at: At, zone: str, change: str, rollover: int) -> None:
        """Also where the rollover is within the hour that is left out, or there twice."""
        begin = utc(change) - DAY_MS
        days = [at(zone, begin + n * 10 * MINUTE_MS, rollover).day for n in range(3 * 24 * 6)]
        assert days == sorted(days)
        assert len(set(days)) in (3, 4)

    def test_the_hour_that_is_there_twice_has_two_offsets(self, at: At) -> None:
        summer, winter = at(BERLIN, utc("2026-10-25T00:30")), at(BERLIN, utc("2026-10-25T01:30"))
        assert local(summer) == local(winter) == "2026-10-25 02:30"
        assert (summer.offset_min, winter.offset_min) == (120, 60)
        assert summer.day == winter.day == "2026-10-24"
        assert elapsed_days(summer.at_ms, summer.day, winter) == 0

    @pytest.mark.parametrize("change", ["2026-03-29", "2026-10-25"])
    @pytest.mark.parametrize("hour", ["03:59", "04:00", "12:00", "23:59"])
    def test_a_row_of_days_survives_the_change(self, at: At, change: str, hour: str) -> None:
        """Who studies at the same local time each day, in Berlin, has a day each day."""
        days = []
        for number in range(-5, 6):
            day = date.fromisoformat(change) + timedelta(days=number)
            begin = utc(day.isoformat()) - 3 * HOUR_MS
            moments = (at(BERLIN, begin + n * MINUTE_MS) for n in range(30 * 60))
            days.append(next(m.day for m in moments if local(m) == f"{day.isoformat()} {hour}"))
        assert row_of_days(reversed(days), days[-1]) == 11

    @pytest.mark.parametrize(("change", "hours"), [("2026-03-28", 23), ("2026-10-24", 25)])
    def test_the_short_and_the_long_day_are_a_day_to_the_memory(
        self, at: At, change: str, hours: int
    ) -> None:
        first = at(BERLIN, utc(f"{change}T17:00"))
        second = at(BERLIN, first.at_ms + hours * HOUR_MS)
        assert local(first)[-5:] == local(second)[-5:]
        assert elapsed_days(first.at_ms, first.day, second) == 1
        memory = learnt(first)
        due = (date.fromisoformat(memory.due_day or "") - date.fromisoformat(first.day)).days
        assert due == 8
        # Eight local days later it is due, at the same hour or from 04:00 on, whatever the offset is by then.
        assert memory.is_due(at(BERLIN, first.at_ms + 7 * DAY_MS + hours * HOUR_MS))
        assert not memory.is_due(at(BERLIN, first.at_ms + 6 * DAY_MS + hours * HOUR_MS))


class TestFlying:
    def test_east_the_next_morning_comes_too_soon_to_be_a_day(self, at: At) -> None:
        """Reviewed in Berlin in the evening, and again five hours later, by a morning of Tokyo."""
        berlin = at(BERLIN, utc("2026-01-10T19:00"))
        tokyo = at(TOKYO, utc("2026-01-11T00:00"))
        assert (local(berlin), local(tokyo)) == ("2026-01-10 20:00", "2026-01-11 09:00")
        assert (berlin.day, tokyo.day) == ("2026-01-10", "2026-01-11")
        assert elapsed_days(berlin.at_ms, berlin.day, tokyo) == 0
        landed = at(TOKYO, utc("2026-01-11T08:00"))
        assert elapsed_days(berlin.at_ms, berlin.day, landed) == 1

    def test_west_the_same_day_goes_on(self, at: At) -> None:
        """Sixteen hours of flight and waiting, and it is still the day on which it was reviewed."""
        tokyo = at(TOKYO, utc("2026-01-10T00:00"))
        there = at(LOS_ANGELES, utc("2026-01-10T16:00"))
        assert (local(tokyo), local(there)) == ("2026-01-10 09:00", "2026-01-10 08:00")
        assert elapsed_days(tokyo.at_ms, tokyo.day, there) == 0

    def test_west_across_the_date_line_the_day_goes_back_and_nothing_elapses(self, at: At) -> None:
        auckland = at(AUCKLAND, utc("2026-01-10T20:00"))
        there = at(LOS_ANGELES, utc("2026-01-11T10:00"))
        assert (auckland.day, there.day) == ("2026-01-11", "2026-01-10")
        memory = learnt(auckland)
        assert elapsed_days(auckland.at_ms, auckland.day, there) == 0
        assert retrievability(memory, there, default_scheduler()) == 1
        again = review(memory, graded(Grade.GOOD, there), card_key="k", fuzz=False)
        assert again.due_day is not None
        assert again.due_day > there.day

    def test_a_learning_step_waits_ten_minutes_in_any_zone(self, at: At) -> None:
        berlin = at(BERLIN, utc("2026-01-10T19:00"))
        memory = review(None, graded(Grade.GOOD, berlin), card_key="k")
        for zone in (TOKYO, LOS_ANGELES, AUCKLAND):
            assert not memory.is_due(at(zone, berlin.at_ms + 9 * MINUTE_MS))
            assert memory.is_due(at(zone, berlin.at_ms + 10 * MINUTE_MS))

    @pytest.mark.parametrize("there", [TOKYO, NEW_YORK, LOS_ANGELES, SYDNEY])
    def test_a_due_day_is_a_local_day_wherever_one_is(self, at: At, there: str) -> None:
        """Due from 04:00 of its day on, by the clock of where the learner is by then."""
        memory = learnt(at(BERLIN, utc("2026-01-10T19:00")))
        assert memory.due_day == "2026-01-18"
        first = next(
            moment
            for moment in (at(there, utc("2026-01-16T00:00") + n * MINUTE_MS * 10) for n in range(1000))
            if memory.is_due(moment)
        )
        assert local(first) == "2026-01-18 04:00"

    def test_a_row_of_days_survives_flights_both_ways(self, at: At) -> None:
        """Each evening where one is: Berlin, Tokyo from the 12th on, Los Angeles from the 14th, Berlin."""
        seen = [
            at(BERLIN, utc("2026-01-10T20:00")),
            at(BERLIN, utc("2026-01-11T20:00")),
            at(TOKYO, utc("2026-01-12T12:00")),
            at(TOKYO, utc("2026-01-13T12:00")),
            at(LOS_ANGELES, utc("2026-01-15T05:00")),
            at(LOS_ANGELES, utc("2026-01-16T05:00")),
            at(BERLIN, utc("2026-01-16T20:00")),
        ]
        days = [moment.day for moment in seen]
        assert row_of_days(reversed(days), days[-1]) == 7

    def test_a_day_that_the_date_line_leaves_out_was_no_day_to_study(self, at: At) -> None:
        """From Los Angeles to Auckland one date is never there. A row of days counts dates, so it ends."""
        before = at(LOS_ANGELES, utc("2026-01-11T03:00"))
        landed = at(AUCKLAND, utc("2026-01-11T19:00"))
        assert (before.day, landed.day) == ("2026-01-10", "2026-01-12")
        assert row_of_days([landed.day, before.day], landed.day) == 1


DECK = deck(flip("front 1", "back 1"), flip("front 2", "back 2"), flip("front 3", "back 3"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as store:
        yield store


def begin(store: Store, clock: FakeClock) -> StudySitting:
    sitting = study(store, clock, [DECK], Random(1))
    sitting.start()
    return sitting


def grade(sitting: StudySitting, given: Grade) -> None:
    sitting.reveal()
    sitting.grade(given, 900)


def grade_all(sitting: StudySitting, given: Grade) -> int:
    """Grade what is asked until nothing is; how many answers that took."""
    while isinstance(sitting.view, Asking):
        grade(sitting, given)
    return sitting.answers


class TestClockSetBack:
    @pytest.mark.parametrize("back_ms", [MINUTE_MS, HOUR_MS, DAY_MS, 30 * DAY_MS])
    def test_the_log_keeps_its_order_and_leads_to_the_same_memories(
        self, store: Store, clock: FakeClock, back_ms: int
    ) -> None:
        sitting = begin(store, clock)
        grade(sitting, Grade.GOOD)
        grade(sitting, Grade.AGAIN)
        clock.forward(-back_ms)
        grade_all(sitting, Grade.EASY)
        rows = [logged.answer for logged in store.answers()]
        assert [row.id for row in rows] == sorted({row.id for row in rows})
        assert [row.position for row in rows] == list(range(len(rows)))
        assert rows[2].at_ms < rows[1].at_ms
        memories = store.memories([DECK.id])
        rebuild(store)
        assert store.memories([DECK.id]) == memories

    def test_two_programs_answer_in_the_order_of_the_log(
        self, store: Store, clock: FakeClock, tmp_path: Path
    ) -> None:
        """What this one answers follows from what the other one wrote, though that was later by its clock."""
        mine = begin(store, clock)
        with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as other:
            clock.forward(HOUR_MS)
            grade(begin(other, clock), Grade.EASY)
            clock.forward(-HOUR_MS)
            grade(mine, Grade.AGAIN)
            memories = store.memories([DECK.id])
            (memory,) = memories.values()
            assert memory.grades == 2
            assert [logged.grade for logged in store.answers()] == [Grade.EASY, Grade.AGAIN]
            assert rebuild(store) is False
            assert store.memories([DECK.id]) == memories

    def test_what_is_said_last_counts_whichever_program_says_it(
        self, store: Store, clock: FakeClock, tmp_path: Path
    ) -> None:
        ref = Ref(DECK.id, DECK.cards[0].key)
        with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as other:
            clock.forward(HOUR_MS)
            catch_up(other, clock, {DECK.id: 5}, "2026-02-01")
            begin(other, clock).flag()
            clock.forward(-HOUR_MS)
            lift_caps(store, clock, [DECK.id])
            assert store.cap(DECK.id, clock().day) is None
            clock.forward(HOUR_MS)
            begin(other, clock).flag()
            begin(other, clock).flag()
            clock.forward(-HOUR_MS)
            unflag(store, clock, [ref])
            assert rebuild(store) is False
            assert store.mark(ref) == Mark()

    @given(later=st.lists(st.integers(-400 * DAY_MS, 400 * DAY_MS), min_size=1, max_size=6))
    def test_elapsed_is_never_negative_and_the_next_due_day_is_to_come(self, later: list[int]) -> None:
        clock = FakeClock()
        memory: Memory | None = None
        for ms in later:
            clock.forward(ms)
            now = clock()
            if memory is not None:
                assert elapsed_days(memory.last_ms, memory.last_day, now) >= 0
                assert 0 < retrievability(memory, now, default_scheduler()) <= 1
            memory = review(memory, graded(Grade.EASY, now), card_key="k")
            assert memory.last_day == now.day
            assert memory.due_day is not None
            assert memory.due_day > now.day

    def test_a_learning_step_waits_as_much_longer_as_the_clock_was_set_back(
        self, store: Store, clock: FakeClock
    ) -> None:
        assert grade_all(begin(store, clock), Grade.EASY) == 3
        clock.forward(20 * DAY_MS)
        sitting = begin(store, clock)
        grade(sitting, Grade.AGAIN)  # back in ten minutes
        clock.forward(-HOUR_MS)
        grade_all(sitting, Grade.EASY)
        assert sitting.answers == 3
        # Steps are shown up to 20 minutes early.
        clock.forward(49 * MINUTE_MS)
        assert isinstance(begin(store, clock).view, Finished)
        clock.forward(MINUTE_MS)
        assert isinstance(begin(store, clock).view, Asking)

    def test_due_cards_are_there_again_when_the_clock_is_where_it_was(
        self, store: Store, clock: FakeClock
    ) -> None:
        """They wait for as long as the clock was set back, and none is lost."""
        grade_all(begin(store, clock), Grade.EASY)
        due = max(memory.due_day or "" for memory in store.memories([DECK.id]).values())
        while clock().day < due:
            clock.forward(DAY_MS)
        assert isinstance(begin(store, clock).view, Asking)
        clock.forward(-5 * DAY_MS)
        assert isinstance(begin(store, clock).view, Finished)
        clock.forward(5 * DAY_MS)
        assert grade_all(begin(store, clock), Grade.GOOD) == 3

    @pytest.mark.parametrize("grade_ahead", [Grade.EASY, Grade.AGAIN])
    @pytest.mark.parametrize("only_one", [False, True])
    def test_what_was_graded_by_a_clock_that_ran_ahead_is_due_at_once(
        self, store: Store, clock: FakeClock, grade_ahead: Grade, only_one: bool
    ) -> None:
        """Whether it was learnt then or left in its steps: else it would be hidden for four years."""
        ahead = 4 * 365 * DAY_MS
        clock.forward(ahead)
        for _ in range(3):
            sitting = begin(store, clock)
            grade(sitting, grade_ahead)
        last = clock()
        clock.forward(-ahead)
        assert may_be_due(str(store.path), clock.at_ms, (clock().day, clock().day))
        view = look(store, clock, DECK)
        assert (view.lines[0].due + view.lines[0].new, view.lines[0].backlog) == (
            3,
            len(store.memories(["d"])),
        )
        assert view.next_day is None or view.next_day < last.day
        if only_one:
            found = one(store, clock, [DECK], Random(1))
            assert found is not None
            sitting = found.sitting
            sitting.start()
        else:
            sitting = begin(store, clock)
        assert grade_all(sitting, Grade.EASY) == (1 if only_one else 3)
        assert rebuild(store) is False
        known = [memory for memory in store.memories(["d"]).values() if memory.last_ms < last.at_ms]
        assert len(known) == sitting.answers
        assert all(memory.due_day is not None and memory.due_day < "2026-03-01" for memory in known)

    def test_a_clock_that_runs_ahead_by_less_than_a_day_hides_cards_for_as_long(
        self, clock: FakeClock
    ) -> None:
        memory = learnt(clock())
        clock.forward(-DAY_MS)
        assert not memory.is_due(clock())
        clock.forward(-1)
        assert memory.is_due(clock())
        assert due_day(memory, None, clock()) == clock().day

    def test_the_row_of_days_leaves_out_days_that_are_yet_to_come(
        self, store: Store, clock: FakeClock
    ) -> None:
        """Answered yesterday and today, and once with a clock three days ahead."""
        line = deck(*(flip(f"front {number}", "back") for number in range(9)))

        def answer_one() -> int:
            sitting = study(store, clock, [line], Random(1))
            sitting.start()
            grade(sitting, Grade.EASY)
            return look(store, clock, line).row

        assert answer_one() == 1
        clock.forward(4 * DAY_MS)
        assert answer_one() == 1
        clock.forward(-3 * DAY_MS)
        assert answer_one() == 2
        clock.forward(DAY_MS)
        assert look(store, clock, line).row == 2

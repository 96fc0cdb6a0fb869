"""A quiz in any mode is on disk as it happens, and a rebuild from its log gives the same run again."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.deck.card import StudyDefaults, UsualStudy
from quizapp.learn.judge import Chosen, Written
from quizapp.learn.quiz import Asking, Done, Judged, Mode, Paused, QuizSetup
from quizapp.learn.setup import usual_setup
from quizapp.record import Event, EventType, Grade, Mark, Memory, Note, Outcome, Ref, State
from quizapp.scores.errors import ScoresBusyError
from quizapp.scores.store import Store, open_store
from quizapp.sitting import QuizSitting, end_killed, killed_run, quiz
from quizapp.sitting.writing import event_of
from tests.builders import DAY_MS, FakeClock, blind_after, deck, flip, statement, typed

MINUTE = 60_000
DECK = deck(
    *(statement(f"Anyone can do it {n}.", "BPO") for n in range(7)),
    *(statement(f"Few can do it {n}.", "KPO") for n in range(8)),
    flip("What is it for?", "Cutting costs"),
    typed("What does K stand for?", "knowledge"),
)
TWO = ("BPO", "KPO")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as store:
        yield store


def setup(mode: Mode, *, certainty: bool = False, pace: float = 1.0, seed: int = 7) -> QuizSetup:
    return usual_setup(mode, 15, choices=TWO, seed=seed, certainty=certainty, pace=pace)


def begun(store: Store, clock: FakeClock, given: QuizSetup, counts: UsualStudy | None = None) -> QuizSitting:
    sitting = quiz(store, clock, DECK, DECK.cards, given, counts)
    sitting.begin()
    return sitting


def answer(
    sitting: QuizSitting, now: float, took: float, *, right: bool = True, certainty: int | None = None
) -> None:
    view = sitting.view
    assert isinstance(view, Asking)
    sitting.session.painted(now)
    card = view.question.card
    if view.question.typed:
        sitting.answer(Written(card.answer if right else "?"), now + took, certainty)
        return
    texts = [option.text for option in view.question.options]
    places = [place for place, text in enumerate(texts) if (text == card.answer) is right]
    sitting.answer(Chosen(places[0]), now + took, certainty)


def play(sitting: QuizSitting, random: Random, now: float = 0.0, most: int = 200) -> None:
    """Play on with luck and misses, slow cards and pauses, to the end if there is one."""
    for _ in range(most):
        match sitting.view:
            case Asking():
                sitting.session.painted(now)
                certainty = random.randint(1, 3) if sitting.session.setup.certainty else None
                what = random.random()
                if what < 0.1:
                    sitting.pause(now + 0.5)
                elif what < 0.2:
                    now += 7
                    sitting.tick(now)
                elif what < 0.3 and sitting.session.setup.mode is Mode.EXAM:
                    sitting.flag()
                    sitting.show(random.randrange(sitting.exam.total), now + 0.4)
                else:
                    answer(
                        sitting, now, random.random() * 2.9, right=random.random() < 0.7, certainty=certainty
                    )
                now += 3
            case Judged():
                sitting.go_on()
            case Paused():
                sitting.session.resume()
            case _:
                break
        if sitting.session.setup.mode is Mode.EXAM and not sitting.exam.open:
            sitting.submit(now)


MODES = pytest.mark.parametrize(
    "given_",
    [*(setup(mode) for mode in Mode), setup(Mode.EXAM, certainty=True), setup(Mode.COUNTDOWN, pace=2)],
    ids=lambda given_: f"{given_.mode}{' certain' * given_.certainty}{' paced' * (given_.pace > 1)}",
)


class TestRebuild:
    @MODES
    def test_a_rebuild_gives_the_same_run(self, store: Store, clock: FakeClock, given_: QuizSetup) -> None:
        for seed in range(3):
            sitting = begun(store, clock, structs.replace(given_, seed=seed))
            play(sitting, Random(seed))
            if seed:
                sitting.end(9999)
                assert isinstance(sitting.view, Done)
        runs = store.runs("d")
        assert len(runs) == 3
        assert runs[-1] == sitting.run(finished=runs[-1].finished)
        assert runs[-1].score == sitting.points == sitting.results().score
        assert (runs[0].cards, runs[0].certainty, runs[0].pace) == (
            given_.cards,
            given_.certainty,
            given_.pace,
        )
        assert rebuild(store) is False
        store._db.execute("UPDATE run SET score = 1234.5, asked = 77, cards = 3, pace = 9.0, certainty = 1")
        assert rebuild(store) is True
        assert store.runs("d") == runs

    @pytest.mark.parametrize("first", [0, 1])
    def test_of_two_windows_with_one_seed_the_first_to_begin_has_it_fresh(
        self, store: Store, clock: FakeClock, first: int
    ) -> None:
        with closing(open_store(store.path, now_ms=clock.now_ms)) as other:
            windows = []
            for one in (store, other):
                windows.append(quiz(one, clock, DECK, DECK.cards, setup(Mode.SPRINT)))
                clock.forward(1)
            order = [windows[first], windows[1 - first]]
            for sitting in order:
                sitting.begin()
                clock.forward(1)
            for sitting in windows:
                answer(sitting, 0, 1)
            assert [sitting.run(finished=False).fresh for sitting in order] == [True, False]
            assert store.runs("d") == [sitting.run(finished=False) for sitting in order]
            assert order[1].best() is None
            assert [run.session for run in order[1].earlier] == [order[0].id]
            assert rebuild(store) is False

    def test_a_busy_file_begins_with_the_runs_read_before(self, store: Store, clock: FakeClock) -> None:
        begun(store, clock, setup(Mode.SPRINT))
        sitting = quiz(store, clock, DECK, DECK.cards, setup(Mode.SPRINT))
        store._db.execute("PRAGMA journal_mode = delete")
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(ScoresBusyError):
                sitting.begin()
            other.execute("ROLLBACK")
        assert isinstance(sitting.view, Asking)
        sitting.retry()
        assert [run.fresh for run in store.runs("d")] == [True, False]

    @settings(max_examples=30, deadline=None)
    @given(st.sampled_from(Mode), st.integers(0, 10**6), st.integers(1, 40), st.booleans())
    def test_also_of_any_part_of_one(self, mode: Mode, seed: int, most: int, counts: bool) -> None:
        clock = FakeClock()
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(open_store(Path(folder) / "scores.db", now_ms=clock.now_ms)) as store,
        ):
            sitting = begun(store, clock, setup(mode, seed=seed), UsualStudy() if counts else None)
            play(sitting, Random(seed), most=most)
            before = store._caches()
            assert store.notes(sitting.id) == sitting.notes
            assert store.session_answers(sitting.id) == sitting.answers
            assert rebuild(store) is False
            assert store._caches() == before

    def test_the_score_of_a_countdown_outlives_an_edit_of_its_cards(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = begun(store, clock, setup(Mode.COUNTDOWN))
        answer(sitting, 0, 1)
        (event,) = store.events(EventType.LIMIT)
        (logged,) = store.answers()
        prompt = {card.key: card.prompt for card in DECK.cards}[logged.answer.card]
        limit_ms = round(3000 + 1000 * len(prompt) / 12)
        assert (event.subject, event.body) == (logged.answer.id, {"limit_ms": limit_ms})
        assert store.notes(sitting.id) == {logged.answer.id: Note(limit_ms=limit_ms)}
        assert sitting.points == pytest.approx(100 * (limit_ms - 1000) / limit_ms)

    def test_a_quiz_without_card_times_logs_none(self, store: Store, clock: FakeClock) -> None:
        for mode in (Mode.SPRINT, Mode.PRACTICE, Mode.EXAM):
            answer(begun(store, clock, setup(mode)), 0, 1)
        assert store.events(EventType.LIMIT, EventType.CERTAINTY) == []


class TestTransactions:
    def test_an_answer_and_what_is_said_of_it_are_one_transaction(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = begun(store, clock, setup(Mode.EXAM, certainty=True))
        spoken: list[str] = []
        store._db.set_trace_callback(spoken.append)
        answer(sitting, 0, 1, certainty=3)
        writes = [line for line in spoken if line.startswith(("BEGIN", "COMMIT", "INSERT INTO"))]
        assert [line.split(" (")[0] for line in writes if "card_text" not in line] == [
            "BEGIN IMMEDIATE",
            "INSERT INTO answer",
            "INSERT INTO event",
            "COMMIT",
        ]

    def test_a_submitted_exam_is_one_transaction_with_its_end(self, store: Store, clock: FakeClock) -> None:
        sitting = begun(store, clock, setup(Mode.EXAM))
        answer(sitting, 0, 1)
        spoken: list[str] = []
        store._db.set_trace_callback(spoken.append)
        sitting.submit(5)
        assert spoken.count("COMMIT") == 1
        assert [one.answer.outcome for one in store.answers()] == [Outcome.RIGHT, *[Outcome.SKIPPED] * 14]
        (end,) = store.events(EventType.END)
        assert end.body == {"finished": True, "answers": 15}
        (run,) = store.runs("d")
        assert (run.finished, run.asked, run.right) == (True, 15, 1)

    def test_a_busy_file_keeps_a_whole_exam_for_later(self, store: Store, clock: FakeClock) -> None:
        sitting = begun(store, clock, setup(Mode.EXAM))
        answer(sitting, 0, 1)
        sitting.session.painted(5)
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ScoresBusyError):
                sitting.tick(500)
            other.execute("ROLLBACK")
        assert isinstance(sitting.view, Done)
        sitting.retry()
        assert [one.answer.outcome for one in store.answers()] == [Outcome.RIGHT, *[Outcome.TIMEOUT] * 14]
        assert store.runs("d")[0].finished
        assert rebuild(store) is False

    @pytest.mark.parametrize("mode", Mode)
    def test_a_quiz_ends_in_the_log_once(self, store: Store, clock: FakeClock, mode: Mode) -> None:
        sitting = begun(store, clock, setup(mode))
        play(sitting, Random(1))
        for _ in range(2):
            sitting.end(9999)
            sitting.close(9999)
        assert len(store.events(EventType.END)) == 1


class TestExam:
    def test_a_changed_answer_is_a_further_row_and_the_last_counts(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = begun(store, clock, setup(Mode.EXAM, certainty=True))
        answer(sitting, 0, 1, right=False, certainty=3)
        sitting.show(0, 2)
        answer(sitting, 2, 1, right=True, certainty=2)
        rows = [one.answer for one in store.answers()]
        assert [(row.position, row.outcome) for row in rows] == [(0, Outcome.WRONG), (0, Outcome.RIGHT)]
        assert [event.body for event in store.events(EventType.CERTAINTY)] == [
            {"certainty": 3},
            {"certainty": 2},
        ]
        found = sitting.results()
        assert (found.asked, found.right, found.certainty, found.score) == (1, 1, 2, 100)
        (run,) = store.runs("d")
        assert (run.asked, run.right, run.certainty, run.eligible) == (1, 1, True, False)

    def test_an_exam_that_is_killed_keeps_every_answer(self, store: Store, clock: FakeClock) -> None:
        sitting = begun(store, clock, setup(Mode.EXAM))
        for turn in range(4):
            answer(sitting, turn, 0.5)
        with closing(open_store(store.path, now_ms=clock.now_ms)) as again:
            assert [one.answer.position for one in again.answers()] == [0, 1, 2, 3]
            (run,) = again.runs("d")
            assert (run.finished, run.asked) == (False, 4)

    def test_only_the_first_answer_of_a_card_counts_for_study(self, store: Store, clock: FakeClock) -> None:
        due = Memory(State.REVIEW, None, 5.0, 5.0, 0, "2025-01-01", None, "2026-01-01", 3)
        store.append([], memories={Ref("d", card.key): due for card in DECK.cards})
        sitting = begun(store, clock, setup(Mode.EXAM), UsualStudy())
        answer(sitting, 0, 1, right=False)
        sitting.show(0, 2)
        answer(sitting, 2, 1, right=True)
        sitting.submit(9)
        grades = [one.answer.grade for one in store.answers()]
        assert grades[0] == 1
        assert grades[1:] == [None] * 15
        assert rebuild(store) is True  # the memories that no log explains are gone

    @pytest.mark.parametrize("days", [0, 4])
    def test_on_an_exams_day_all_that_study_asks_counts(
        self, store: Store, clock: FakeClock, days: int
    ) -> None:
        """Though it was scheduled beyond it, before there was an exam."""
        exam = structs.replace(DECK, study=StudyDefaults(exam_date=date(2026, 1, 5)))
        known = Memory(State.REVIEW, None, 5.0, 5.0, 0, "2025-12-01", None, "2026-02-01", 3)
        store.append([], memories={Ref("d", card.key): known for card in DECK.cards})
        clock.forward(days * DAY_MS)
        sitting = quiz(store, clock, exam, exam.cards, setup(Mode.PRACTICE), UsualStudy())
        sitting.begin()
        answer(sitting, 0, 1)
        (logged,) = store.answers()
        assert logged.grade == (Grade.GOOD if days else None)

    @pytest.mark.parametrize(
        ("mark", "grade"),
        [
            (Mark(flagged=True), Grade.GOOD),
            (Mark(suspended=True), None),
            (Mark(buried="2026-01-02"), None),
            (Mark(buried="2026-01-01"), Grade.GOOD),
        ],
    )
    def test_a_card_that_was_put_aside_does_not_count_for_study(
        self, store: Store, clock: FakeClock, mark: Mark, grade: Grade | None
    ) -> None:
        due = Memory(State.REVIEW, None, 5.0, 5.0, 0, "2025-01-01", None, "2026-01-01", 3)
        refs = [Ref("d", card.key) for card in DECK.cards]
        store.append([], memories=dict.fromkeys(refs, due), marks=dict.fromkeys(refs, mark))
        sitting = begun(store, clock, setup(Mode.PRACTICE), UsualStudy())
        answer(sitting, 0, 1)
        (logged,) = store.answers()
        assert logged.grade is grade

    def test_no_answer_is_lost_where_the_file_cannot_be_read_once_it_was_judged(
        self, store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        due = Memory(State.REVIEW, None, 5.0, 5.0, 0, "2025-01-01", None, "2026-01-01", 3)
        store.append([], memories={Ref("d", card.key): due for card in DECK.cards})
        sitting = begun(store, clock, setup(Mode.PRACTICE), UsualStudy())
        blind_after(monkeypatch, store, sitting.session, "answer")
        answer(sitting, 0, 1)
        monkeypatch.undo()
        (logged,) = store.answers()
        assert logged.grade is Grade.GOOD

    def test_what_only_an_exam_can_do(self, store: Store, clock: FakeClock) -> None:
        sprint = begun(store, clock, setup(Mode.SPRINT))
        with pytest.raises(TypeError, match="only an exam"):
            sprint.submit(1)
        sitting = begun(store, clock, setup(Mode.EXAM))
        sitting.next(0)
        sitting.flag()
        sitting.previous(0)
        sitting.go_on()  # there is no feedback to leave
        assert [mark.position for mark in sitting.exam.marks if mark.flagged] == [1]
        assert isinstance(sitting.view, Asking)
        assert sitting.view.position == 0

    def test_before_it_begins_nothing_is_logged(self, store: Store, clock: FakeClock) -> None:
        sitting = quiz(store, clock, DECK, DECK.cards, setup(Mode.EXAM))
        sitting.submit(1)
        sitting.pause(1)
        sitting.end(1)
        assert store.events() == []


class TestFlip:
    def test_a_flip_card_with_distractors_is_logged_as_chosen(self, store: Store, clock: FakeClock) -> None:
        card = next(card for card in DECK.cards if card.prompt == "What is it for?")
        given_ = QuizSetup(mode=Mode.COUNTDOWN)
        sitting = quiz(store, clock, DECK, [card], given_, distractors={card.key: ["Speed", "Prestige"]})
        sitting.begin()
        answer(sitting, 0, 1, right=False)
        (logged,) = store.answers()
        assert (logged.answer.kind, logged.answer.how, logged.answer.k) == ("flip", "chosen", 3)
        assert logged.answer.given in ("Speed", "Prestige")


class TestKilled:
    def cut_off(self, store: Store, clock: FakeClock, mode: Mode = Mode.SPRINT) -> QuizSitting:
        sitting = begun(store, clock, setup(mode))
        answer(sitting, 0, 1)
        if mode is not Mode.EXAM:
            sitting.go_on()
        answer(sitting, 2, 1, right=False)
        return sitting

    @pytest.mark.parametrize("mode", Mode)
    def test_it_is_offered_until_its_end_is_written(self, store: Store, clock: FakeClock, mode: Mode) -> None:
        sitting = self.cut_off(store, clock, mode)
        clock.forward(10 * MINUTE)
        assert killed_run(store, clock) is None  # it may still be going on
        clock.forward(1)
        found = killed_run(store, clock)
        assert found is not None
        assert (found.start, found.answered) == (sitting._start, 2)
        assert [one.card for one in found.missed] == [sitting.answers[1].card]
        end_killed(store, clock, found)
        assert killed_run(store, clock) is None
        (end,) = store.events(EventType.END)
        assert (end.subject, end.body) == (sitting.id, {"finished": False, "answers": 2})
        assert rebuild(store) is False
        assert store.runs("d")[0].finished is False

    def test_one_without_answers_or_with_an_end_is_none(self, store: Store, clock: FakeClock) -> None:
        begun(store, clock, setup(Mode.SPRINT))
        self.cut_off(store, clock).end(5)
        finished = begun(store, clock, setup(Mode.COUNTDOWN))
        play(finished, Random(1))
        clock.forward(60 * MINUTE)
        assert killed_run(store, clock) is None

    def test_the_latest_is_offered_and_then_the_one_before(self, store: Store, clock: FakeClock) -> None:
        first = self.cut_off(store, clock)
        clock.forward(60 * MINUTE)
        second = self.cut_off(store, clock)
        clock.forward(60 * MINUTE)
        for sitting in (second, first):
            found = killed_run(store, clock)
            assert found is not None
            assert found.start.session == sitting.id
            end_killed(store, clock, found)

    def test_one_of_another_device_is_not_ours_to_end(self, store: Store, clock: FakeClock) -> None:
        self.cut_off(store, clock)
        clock.forward(60 * MINUTE)
        store.device = "another"
        assert killed_run(store, clock) is None

    @pytest.mark.parametrize("change", [{"mode": "relay"}, {"pace": 1.5}, {"seconds": None}])
    def test_one_that_only_a_later_version_knows_is_not_offered(
        self, store: Store, clock: FakeClock, change: dict[str, object]
    ) -> None:
        sitting = self.cut_off(store, clock)
        start = sitting._start
        assert start is not None
        body = {**start.body("99"), **change}
        with closing(open_store(store.path.parent / "later.db", now_ms=clock.now_ms)) as later:
            event = event_of(later, EventType.START, sitting.id, body, clock())
            rows = [structs.replace(row, device=later.device) for row in sitting.answers]
            later.append([event, *rows], run=store.runs("d")[0])
            clock.forward(60 * MINUTE)
            assert killed_run(store, clock) is not None
            assert later.open_run(later.device, clock.at_ms) == sitting.id
            assert killed_run(later, clock) is None

    def test_a_live_quiz_that_was_offered_elsewhere_ends_as_it_ends(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = self.cut_off(store, clock, Mode.EXAM)
        clock.forward(60 * MINUTE)
        found = killed_run(store, clock)
        assert found is not None
        end_killed(store, clock, found)
        sitting.submit(9)
        assert store.runs("d")[0].finished is True
        assert rebuild(store) is False

    def test_it_is_found_by_indexes_alone(self, store: Store) -> None:
        """Nothing reads the whole log at start."""
        spoken: list[str] = []
        store._db.set_trace_callback(spoken.append)
        store.open_run(store.device, 0)
        store._db.set_trace_callback(None)
        plan = [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {spoken[0]}")]
        assert any("run_unfinished" in step for step in plan)
        assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]


class TestStartEvents:
    def test_they_hold_what_was_asked_for(self, store: Store, clock: FakeClock) -> None:
        given_ = QuizSetup(mode=Mode.EXAM, seconds=90, choices=TWO, seed=3, cards=9, certainty=True, pace=2)
        begun(store, clock, given_)
        (event,) = store.events(EventType.START)
        body = dict(event.body)
        assert (body["cards"], body["wanted"], body["certainty"], body["pace"]) == (16, 9, True, 2.0)
        assert (body["mode"], body["seconds"], body["choices"]) == ("exam", 90, list(TWO))

    def test_an_old_one_is_rebuilt_with_what_was_usual(self, store: Store, clock: FakeClock) -> None:
        now = clock()
        body = {
            "deck": "d",
            "decks": ["d"],
            "content": "c",
            "mode": "sprint",
            "choices": ["BPO", "KPO"],
            "seconds": 60,
            "seed": 4,
            "drill": False,
            "cards": 30,
            "version": "0.1",
        }
        id_ = store.new_id()
        store.append([Event(id_, store.device, now.at_ms, 0, now.day, EventType.START, id_, body)])
        assert rebuild(store) is True
        (run,) = store.runs("d")
        assert (run.cards, run.certainty, run.pace, run.seconds) == (None, False, 1.0, 60)

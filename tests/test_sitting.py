"""Sittings: every answer is on disk when the call returns, and replay leads where the answers led."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.deck.card import UsualStudy
from quizapp.learn import quiz as quizzing
from quizapp.learn.judge import Chosen, Written
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.record import Event, EventType, Grade, How, Mark, Memory, Outcome, Ref, Run, State
from quizapp.scores.errors import ScoresBusyError
from quizapp.scores.store import Store, open_store
from quizapp.sitting import QuizSitting, StudySitting, cram, quiz, study
from tests.builders import DAY_MS, FakeClock, deck, flip, statement, typed

DECK = deck(
    statement("Anyone can do it.", "BPO", aspect="providers"),
    statement("Few can do it.", "KPO", aspect="providers"),
    flip("What is it for?", "Cutting costs"),
    typed("What does K stand for?", "knowledge"),
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as store:
        yield store


def start(store: Store, clock: FakeClock, seed: int = 1) -> StudySitting:
    sitting = study(store, clock, [DECK], Random(seed))
    sitting.start()
    return sitting


def choose(sitting: StudySitting, *, right: bool) -> None:
    view = sitting.view
    assert isinstance(view, Asking)
    if view.question.typed:
        sitting.answer(Written(view.item.card.answer if right else "?"), 900)
    elif view.question.options:
        places = [
            p for p, o in enumerate(view.question.options) if (o.text == view.item.card.answer) is right
        ]
        sitting.answer(Chosen(places[0]), 900)
    else:
        sitting.reveal()
        sitting.grade(Grade.GOOD if right else Grade.AGAIN, 900)


class TestStudy:
    def test_a_right_answer_is_on_disk_before_it_is_shown(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        (logged,) = store.answers()
        assert isinstance(sitting.view, Grading)
        assert logged.answer.outcome is Outcome.RIGHT
        assert logged.grade is Grade.GOOD
        assert logged.answer.k == 3
        assert logged.answer.target == pytest.approx(0.9 + 0.1 / 3)
        assert store.memory(logged.answer.ref) == sitting.view.outcomes[Grade.GOOD]

    def test_a_wrong_answer_is_graded_again(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=False)
        assert isinstance(sitting.view, Grading)
        assert sitting.view.marked is Grade.AGAIN
        (logged,) = store.answers()
        assert (logged.answer.outcome, logged.grade) == (Outcome.WRONG, Grade.AGAIN)

    def test_another_grade_is_an_event_and_moves_the_memory(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        assert isinstance(sitting.view, Grading)
        easy = sitting.view.outcomes[Grade.EASY]
        sitting.grade(Grade.EASY, 500)
        (logged,) = store.answers()
        assert (logged.answer.grade, logged.grade) == (Grade.GOOD, Grade.EASY)
        assert store.memory(logged.answer.ref) == easy

    def test_the_marked_grade_writes_nothing_more(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        sitting.grade(Grade.GOOD, 500)
        assert store.events(EventType.REGRADE) == []
        assert isinstance(sitting.view, Asking)

    def test_a_revealed_card_is_logged_when_it_is_graded(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        sitting.reveal()
        assert list(store.answers()) == []
        clock.forward(90_000)
        sitting.grade(Grade.HARD, 500)
        (logged,) = store.answers()
        assert (logged.answer.how, logged.answer.k, logged.answer.target) == (How.REVEALED, None, 0.9)
        assert logged.answer.outcome is Outcome.RIGHT
        memory = store.memory(logged.answer.ref)
        assert memory is not None
        assert memory.due_ms == clock.at_ms + 330_000

    def test_again_comes_back_in_the_session_and_steps_are_shown_early(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = start(store, clock)
        asked: dict[str, int] = {}
        while isinstance(sitting.view, Asking):
            card = sitting.view.item.card.key
            asked[card] = asked.get(card, 0) + 1
            choose(sitting, right=asked[card] > 1)
            if isinstance(sitting.view, Grading):
                sitting.grade(sitting.view.marked, 500)
        assert set(asked) == {card.key for card in DECK.cards}
        assert all(times == 3 for times in asked.values())  # Again, Good (10 minutes), Good (days)
        assert all(memory.state is State.REVIEW for memory in store.memories(["d"]).values())

    def test_undo_goes_back_to_the_first_card_also_from_the_summary(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = start(store, clock)
        first = sitting.view
        assert isinstance(first, Asking)
        answers = 0
        while not isinstance(sitting.view, Finished):
            choose(sitting, right=True)
            answers += 1
            if isinstance(sitting.view, Grading):
                sitting.grade(Grade.EASY, 500)
        for _ in range(answers):
            sitting.undo()
        views: list[object] = [sitting.view]
        assert store.memories(["d"]) == {}
        assert all(logged.undone for logged in store.answers())
        sitting.undo()
        views.append(sitting.view)
        assert views == [first, first]

    def test_undo_after_a_reveal_only_hides_the_answer(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        sitting.grade(Grade.GOOD, 500)
        before = sitting.view
        sitting.reveal()
        sitting.undo()
        assert sitting.view == before
        assert store.events(EventType.UNDO) == []

    def test_the_contrast_gives_no_answer_away(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=False)
        view = sitting.view
        assert isinstance(view, Grading)
        assert view.contrast is None  # the other side is still to be asked
        sitting.grade(Grade.AGAIN, 500)
        choose(sitting, right=True)
        assert isinstance(sitting.view, Grading)
        assert sitting.view.contrast == view.item.card

    def test_todays_new_cards_are_not_offered_again(self, store: Store, clock: FakeClock) -> None:
        limited = deck(*DECK.cards, study=DECK.study.__class__(new_per_day=2))
        sitting = study(store, clock, [limited], Random(1))
        sitting.start()
        while not isinstance(sitting.view, Finished):
            choose(sitting, right=True)
            if isinstance(sitting.view, Grading):
                sitting.grade(Grade.EASY, 500)
        assert sitting.view.cards == 2
        again = study(store, clock, [limited], Random(1))
        again.start()
        assert isinstance(again.view, Finished)
        clock.forward(DAY_MS)
        tomorrow = study(store, clock, [limited], Random(1))
        tomorrow.start()
        assert isinstance(tomorrow.view, Asking)

    def test_what_is_usual_holds_where_the_deck_says_nothing(self, store: Store, clock: FakeClock) -> None:
        sitting = study(store, clock, [DECK], Random(1), UsualStudy(new_per_day=2, retention=0.7))
        sitting.start()
        while not isinstance(sitting.view, Finished):
            choose(sitting, right=True)
            if isinstance(sitting.view, Grading):
                sitting.grade(Grade.GOOD, 500)
        assert sitting.view.cards == 2
        assert not sitting.more_waits()
        assert {(logged.answer.k, round(logged.answer.target or 0, 3)) for logged in store.answers()} <= {
            (3, 0.8),
            (None, 0.7),
        }

    def test_leaving_ends_the_session_in_the_log(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        sitting.leave()
        begun, ended = store.events(EventType.START, EventType.END)
        assert begun.subject == ended.subject == sitting.id
        assert ended.body == {"finished": False, "answers": 1}

    def test_a_session_without_an_answer_leaves_no_trace(self, store: Store, clock: FakeClock) -> None:
        start(store, clock).leave()
        assert store.events() == []

    def test_a_busy_file_keeps_the_answer_for_later(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ScoresBusyError):
                choose(sitting, right=True)
            assert sitting.unwritten
            other.execute("ROLLBACK")
        sitting.retry()
        assert not sitting.unwritten
        assert len(list(store.answers())) == 1


class TestLog:
    def test_a_session_starts_before_its_first_answer(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        (begun,) = store.events(EventType.START)
        (logged,) = store.answers()
        assert begun.id < logged.answer.id

    def test_starts_of_study_and_quiz_have_one_shape(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        quiz(store, clock, DECK, DECK.cards, QuizSetup(mode=Mode.PRACTICE, seed=3)).begin()
        study_start, quiz_start = store.events(EventType.START)
        assert set(study_start.body) == set(quiz_start.body)
        assert study_start.body["mode"] == "study"
        assert quiz_start.body["choices"] == ["BPO", "KPO", "Both"]  # all of them, spelled out
        assert study_start.body["deck"] == quiz_start.body["deck"] == "d"

    def test_an_end_that_a_busy_file_refused_is_written_with_the_rest(
        self, store: Store, clock: FakeClock
    ) -> None:
        one = deck(DECK.cards[2])
        sitting = study(store, clock, [one], Random(1))
        sitting.start()
        sitting.reveal()
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ScoresBusyError):
                sitting.grade(Grade.EASY, 500)
            other.execute("ROLLBACK")
        sitting.retry()
        assert [event.type for event in store.events()] == [EventType.START, EventType.END]
        assert len(list(store.answers())) == 1

    def test_a_quiz_that_ended_while_the_file_was_busy_is_stored_as_it_ended(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = quiz(store, clock, DECK, DECK.cards, SETUP)
        sitting.begin()
        sitting.session.painted(0.0)
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ScoresBusyError):
                sitting.end(61.0)
            other.execute("ROLLBACK")
        sitting.retry()
        (run,) = store.runs("d")
        assert run.finished
        assert [logged.answer.outcome for logged in store.answers()] == [Outcome.TIMEOUT]
        assert rebuild(store) is False

    def test_two_sessions_at_once_agree_on_what_is_remembered(self, store: Store, clock: FakeClock) -> None:
        one, other = start(store, clock), start(store, clock)
        choose(one, right=True)
        clock.forward(60_000)
        choose(other, right=True)
        assert len(list(store.answers())) == 2
        assert rebuild(store) is False

    def test_an_answer_that_waited_for_a_busy_file_counts_what_came_before_it(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = start(store, clock)
        with closing(open_store(store.path, now_ms=clock.now_ms, busy_seconds=0)) as other:
            elsewhere = start(other, clock)
            with closing(sqlite3.connect(store.path, isolation_level=None)) as lock:
                lock.execute("BEGIN IMMEDIATE")
                with pytest.raises(ScoresBusyError):
                    choose(sitting, right=True)
                lock.execute("ROLLBACK")
            choose(elsewhere, right=False)
        sitting.retry()
        assert len(list(store.answers())) == 2
        assert rebuild(store) is False

    def test_a_flag_that_waited_for_a_busy_file_keeps_the_card_buried(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = start(store, clock)
        view = sitting.view
        assert isinstance(view, Asking)
        with closing(open_store(store.path, now_ms=clock.now_ms, busy_seconds=0)) as other:
            elsewhere = start(other, clock)
            with closing(sqlite3.connect(store.path, isolation_level=None)) as lock:
                lock.execute("BEGIN IMMEDIATE")
                with pytest.raises(ScoresBusyError):
                    sitting.flag()
                lock.execute("ROLLBACK")
            elsewhere.suspend()
        sitting.retry()
        assert store.mark(view.item.ref) == Mark(flagged=True, suspended=True)
        assert rebuild(store) is False

    def test_an_undo_that_waited_for_a_busy_file_keeps_what_another_program_graded(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        with closing(open_store(store.path, now_ms=clock.now_ms, busy_seconds=0)) as other:
            clock.forward(600_000)
            elsewhere = start(other, clock)
            with closing(sqlite3.connect(store.path, isolation_level=None)) as lock:
                lock.execute("BEGIN IMMEDIATE")
                with pytest.raises(ScoresBusyError):
                    sitting.undo()
                lock.execute("ROLLBACK")
            choose(elsewhere, right=True)
        sitting.retry()
        assert rebuild(store) is False

    def test_a_changed_grade_keeps_what_another_session_made_of_the_card(
        self, store: Store, clock: FakeClock
    ) -> None:
        one, other = start(store, clock), start(store, clock)
        choose(one, right=True)
        clock.forward(600_000)
        choose(other, right=True)
        one.grade(Grade.AGAIN, 500)
        kept = store.memories(["d"])
        assert rebuild(store) is False
        assert store.memories(["d"]) == kept

    def test_a_rebuild_leaves_runs_alone_whose_mode_it_does_not_know(
        self, store: Store, clock: FakeClock
    ) -> None:
        now = clock()
        session = store.new_id()
        begun = Event(
            session, store.device, now.at_ms, 0, now.day, EventType.START, session, {"mode": "marathon"}
        )
        run = Run(
            session, "d", "c", "exam", (), None, 1, now.at_ms, 0, now.day, True, False, 20, 18, 90.0, True
        )
        store.append([begun], run=run)
        assert rebuild(store) is False
        assert store.runs("d") == [run]


SETUP = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=("BPO", "KPO"), seed=7)


class TestQuiz:
    def begun(self, store: Store, clock: FakeClock, setup: QuizSetup = SETUP) -> QuizSitting:
        sitting = quiz(store, clock, DECK, DECK.cards, setup)
        sitting.begin()
        return sitting

    def test_answers_are_logged_without_a_grade_and_move_nothing(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = self.begun(store, clock)
        assert isinstance(sitting.view, quizzing.Asking)
        sitting.session.painted(0.0)
        given = Written("x") if sitting.view.question.typed else Chosen(0)
        sitting.answer(given, 1.5)
        (logged,) = store.answers()
        assert logged.grade is None
        assert (logged.answer.repeat, logged.answer.scored, logged.answer.ms) == (True, True, 1500)
        assert store.memories(["d"]) == {}
        assert [run.asked for run in store.runs("d")] == [1]

    def due_cards(self, store: Store, clock: FakeClock) -> dict[Ref, Memory]:
        """Study every card until none is left, then let them fall due."""
        sitting = start(store, clock)
        while not isinstance(sitting.view, Finished):
            choose(sitting, right=True)
            if isinstance(sitting.view, Grading):
                sitting.grade(Grade.GOOD, 500)
        clock.forward(30 * DAY_MS)
        return dict(store.memories(["d"]))

    def play(self, sitting: QuizSitting, rounds: int, *, right: bool = True) -> None:
        for now in range(rounds):
            view = sitting.view
            assert isinstance(view, quizzing.Asking)
            sitting.session.painted(float(now))
            question = view.question
            given: Chosen | Written = Written(question.card.answer if right else "?")
            if question.options:
                places = [
                    p for p, o in enumerate(question.options) if (o.text == question.card.answer) is right
                ]
                given = Chosen(places[0])
            sitting.answer(given, now + 0.5)
            sitting.go_on()

    def test_it_counts_for_study_where_that_is_wanted(self, store: Store, clock: FakeClock) -> None:
        before = self.due_cards(store, clock)
        sitting = quiz(store, clock, DECK, DECK.cards, SETUP, UsualStudy(retention=0.8))
        sitting.begin()
        self.play(sitting, 6)
        graded = [logged for logged in store.answers() if logged.answer.session == sitting.id]
        first = {logged.answer.card: logged for logged in reversed(graded)}
        for logged in graded:
            counts = first[logged.answer.card] is logged
            assert (logged.grade is not None) is counts
            assert logged.answer.repeat is not counts
            if counts:
                k = logged.answer.k
                assert logged.answer.target == pytest.approx(0.8 + (0.2 / k if k else 0))
        after = store.memories(["d"])
        assert {ref.card for ref in after if after[ref] != before[ref]} == set(first)
        assert rebuild(store) is False

    def test_a_wrong_answer_then_counts_as_again(self, store: Store, clock: FakeClock) -> None:
        self.due_cards(store, clock)
        sitting = quiz(store, clock, DECK, DECK.cards, SETUP, UsualStudy())
        sitting.begin()
        self.play(sitting, 1, right=False)
        assert sitting.answers[-1].grade is Grade.AGAIN

    @pytest.mark.parametrize("due", [True, False])
    def test_new_cards_and_drills_never_count(self, store: Store, clock: FakeClock, due: bool) -> None:
        if due:
            self.due_cards(store, clock)
        setup = structs.replace(SETUP, mode=Mode.PRACTICE, seconds=None, drill=due)
        sitting = quiz(store, clock, DECK, DECK.cards, setup, UsualStudy())
        sitting.begin()
        self.play(sitting, 3)
        assert [answer.grade for answer in sitting.answers] == [None] * 3

    def test_a_quiz_ended_early_keeps_its_answers_but_is_no_best(
        self, store: Store, clock: FakeClock
    ) -> None:
        sitting = self.begun(store, clock)
        sitting.session.painted(0.0)
        sitting.answer(Chosen(0) if not sitting.view.question.typed else Written("x"), 1.0)  # type: ignore[union-attr] # a card is asked
        sitting.end(2.0)
        (run,) = store.runs("d")
        assert (run.finished, run.asked, run.eligible) == (False, 1, False)

    def test_the_same_seed_is_fresh_only_once(self, store: Store, clock: FakeClock) -> None:
        self.begun(store, clock)
        self.begun(store, clock)
        practice = structs.replace(SETUP, mode=Mode.PRACTICE, seconds=None)
        quiz(store, clock, DECK, DECK.cards, practice).begin()
        assert [run.fresh for run in store.runs("d")] == [True, False, False]
        assert rebuild(store) is False


ACTIONS = (
    *("right", "wrong", "reveal", "undo", "again", "hard", "good", "easy", "leave", "quiz"),
    *("suspend", "bury", "flag", "hint", "cram"),
)
actions = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 3 * DAY_MS)), max_size=40)


class TestRebuild:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(actions)
    def test_it_changes_nothing_after_any_sequence(self, path: list[tuple[str, int]]) -> None:
        clock = FakeClock()
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(open_store(Path(folder) / "scores.db", now_ms=clock.now_ms)) as store,
        ):
            sitting = start(store, clock)
            for action, later in path:
                clock.forward(later)
                self.act(store, clock, sitting, action)
                if isinstance(sitting.view, Finished) or action == "leave":
                    sitting = start(store, clock)
            before = store._caches()
            assert rebuild(store) is False
            assert store._caches() == before

    def act(self, store: Store, clock: FakeClock, sitting: StudySitting, action: str) -> None:
        match action:
            case "right" | "wrong":
                if isinstance(sitting.view, Asking):
                    choose(sitting, right=action == "right")
            case "reveal":
                sitting.reveal()
            case "undo":
                sitting.undo()
            case "leave":
                sitting.leave()
            case "suspend":
                sitting.suspend()
            case "bury":
                sitting.bury()
            case "flag":
                sitting.flag()
            case "hint":
                sitting.hint()
            case "cram":
                crammed = cram(store, clock, [DECK], Random(1))
                crammed.start()
                for right in (True, False):
                    if isinstance(crammed.view, Asking):
                        choose(crammed, right=right)
                        crammed.grade(Grade.GOOD, 700)
                crammed.bury()
                crammed.leave()
            case "quiz":
                game = quiz(store, clock, DECK, DECK.cards, SETUP, UsualStudy())
                game.begin()
                for now in range(3):
                    game.session.painted(now)
                    typed_ = isinstance(game.view, quizzing.Asking) and game.view.question.typed
                    game.answer(Written("x") if typed_ else Chosen(0), now + 0.5)
                    game.go_on()
                game.end(9.0)
            case grade:
                sitting.grade(Grade[grade.upper()], 700)

    def test_it_mends_a_cache_that_is_off(self, store: Store, clock: FakeClock) -> None:
        sitting = start(store, clock)
        choose(sitting, right=True)
        kept = store.memories(["d"])
        store._db.execute("UPDATE memory SET stability = 99.0")
        assert rebuild(store) is True
        assert store.memories(["d"]) == kept

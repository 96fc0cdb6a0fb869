"""Undo over sessions and restarts, what is put aside or flagged, and cramming: what the log has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.deck.card import StudyDefaults
from quizapp.learn.judge import Chosen
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.pools import Only
from quizapp.record import EventType, Grade, Mark, Ref, Undoable
from quizapp.scores.store import Store, open_store
from quizapp.sitting import (
    StudySitting,
    bring_back,
    bury,
    cram,
    flag,
    quiz,
    study,
    suspend,
    undo_last,
    unflag,
    unmark,
)
from tests.builders import DAY_MS, FakeClock, blind_after, deck, flip, statement

FLIPS = deck(flip("uno", "one"), flip("dos", "two"), flip("tres", "three"), id="flips")
OTHER = deck(flip("un", "one"), flip("deux", "two"), id="other")
SIDES = deck(
    statement("Anyone can do it.", "BPO", aspect="who"),
    statement("Few can.", "KPO", aspect="who"),
    id="sides",
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@contextmanager
def opened(folder: Path, clock: FakeClock) -> Iterator[Store]:
    """The scores file, as a start of the program opens it; what it caches is what a rebuild makes."""
    with closing(open_store(folder / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as store:
        yield store
        before = store._caches()
        assert rebuild(store) is False
        assert store._caches() == before


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with opened(tmp_path, clock) as store:
        yield store


def begin(store: Store, clock: FakeClock, *decks: object, crams: bool = False) -> StudySitting:
    chosen = [one for one in (FLIPS, OTHER, SIDES) if one in decks] or [FLIPS]
    sitting = (cram if crams else study)(store, clock, chosen, Random(1))
    sitting.start()
    return sitting


def prompt(sitting: StudySitting) -> str:
    assert isinstance(sitting.view, Asking), sitting.view
    return sitting.view.item.card.prompt


def grade(sitting: StudySitting, grade: Grade = Grade.EASY) -> None:
    sitting.reveal()
    sitting.grade(grade, 900)


class TestUndoAcrossSessions:
    def test_the_last_answer_of_an_earlier_session_is_asked_again(
        self, tmp_path: Path, clock: FakeClock
    ) -> None:
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock)
            assert not sitting.can_undo
            grade(sitting)
            grade(sitting)
            sitting.leave()
        clock.forward(3_600_000)
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock)
            assert prompt(sitting) == "tres"
            assert sitting.can_undo
            done = sitting.undo()
            assert done is not None
            assert (done.ref, done.type, store.grade_of(done.id)) == (
                Ref("flips", FLIPS.cards[1].key),
                None,
                Grade.EASY,
            )
            assert sitting.undone == (done, True)
            assert prompt(sitting) == "dos"
            assert store.memory(done.ref) is None
            sitting.undo()
            assert prompt(sitting) == "uno"
            assert not sitting.can_undo
            assert sitting.undo() is None
            assert sitting.undone is None
            assert store.memories(["flips"]) == {}
            for text in ("uno", "dos", "tres"):
                assert prompt(sitting) == text
                grade(sitting)
                assert sitting.undone is None
            assert isinstance(sitting.view, Finished)
            # These two were answered in this session: they are not "earlier".
            sitting.undo()
            assert sitting.undone is not None
            assert not sitting.undone.earlier

    def test_at_the_end_where_nothing_waits(self, store: Store, clock: FakeClock) -> None:
        one = begin(store, clock)
        while not isinstance(one.view, Finished):
            grade(one)
        other = begin(store, clock)
        assert isinstance(other.view, Finished)
        other.undo()
        assert prompt(other) == "tres"
        grade(other, Grade.EASY)
        assert other.view == Finished(1, 1, 1)
        assert [event.type for event in store.events() if event.subject == other.id] == [
            EventType.START,
            EventType.END,
        ]

    def test_another_decks_answers_stay(self, store: Store, clock: FakeClock) -> None:
        grade(begin(store, clock, FLIPS))
        other = begin(store, clock, OTHER)
        grade(other)
        other.suspend()
        known, marks = store.memories(["other"]), store.marks(["other"])
        sitting = begin(store, clock, FLIPS)
        done = sitting.undo()
        assert done is not None
        assert done.ref.deck == "flips", "it is the last of this session's deck"
        assert not sitting.can_undo
        assert sitting.undo() is None
        assert (store.memories(["other"]), store.marks(["other"])) == (known, marks)
        assert begin(store, clock, FLIPS, OTHER).can_undo
        assert undo_last(store, clock) is not None, "home takes back what any session did"

    def test_a_cards_other_side_that_was_asked_today_keeps_it_back(
        self, store: Store, clock: FakeClock
    ) -> None:
        cards = tuple(structs.replace(card, entry=0) for card in FLIPS.cards[:2])
        whole = structs.replace(FLIPS, cards=cards)
        for days in (0, 1):
            clock.forward(days * DAY_MS)
            one = study(store, clock, [whole], Random(1))
            one.start()
            assert isinstance(one.view, Asking)
            assert one.view.place.total == 1
            grade(one)
            one.leave()
        again = study(store, clock, [whole], Random(1))
        again.start()
        assert isinstance(again.view, Finished)
        again.undo()
        view = again.view
        assert prompt(again) == "dos", "it was itself what kept it back"
        done = again.undo()
        assert done is not None
        assert done.ref.card == cards[0].key
        assert again.view == view, "its other side is asked in this session"

    def test_the_answers_of_a_quiz_stay(self, store: Store, clock: FakeClock) -> None:
        game = quiz(store, clock, SIDES, SIDES.cards, QuizSetup(mode=Mode.PRACTICE, seed=1))
        game.begin()
        game.session.painted(0.0)
        game.answer(Chosen(0), 1.0)
        sitting = begin(store, clock)
        assert not sitting.can_undo
        assert sitting.undo() is None
        assert undo_last(store, clock) is None

    def test_the_wording_of_a_card_is_that_of_the_answer(self, store: Store, clock: FakeClock) -> None:
        card = structs.replace(FLIPS.cards[0], variants=("eins",))
        whole = deck(card, FLIPS.cards[1], id="wordings")
        one = study(store, clock, [whole], Random(1))
        one.start()
        for _ in range(3):
            grade(one, Grade.GOOD)
        other = study(store, clock, [whole], Random(1))
        other.start()
        assert prompt(other) == "dos"
        other.undo()
        assert isinstance(other.view, Asking)
        assert other.view.question.prompt == "eins"
        other.undo()
        other.undo()
        assert isinstance(other.view, Asking)
        assert other.view.question.prompt == "uno"

    def test_a_crams_answers_stay_but_in_a_cram(self, store: Store, clock: FakeClock) -> None:
        crammed = begin(store, clock, crams=True)
        grade(crammed, Grade.GOOD)
        sitting = begin(store, clock)
        assert not sitting.can_undo
        assert sitting.undo() is None
        grade(sitting)
        sitting.suspend()
        known, marks = store.memories(["flips"]), store.marks(["flips"])
        # In a cram it is asked whether it is due or not; what study did stays.
        again = begin(store, clock, crams=True)
        first = prompt(again)
        grade(again, Grade.GOOD)
        for _ in range(2):
            assert again.undo() is not None
        assert prompt(again) == first
        assert not again.can_undo
        assert again.undo() is None
        assert (store.memories(["flips"]), store.marks(["flips"])) == (known, marks)


@pytest.mark.parametrize(
    ("do", "type_"), [(StudySitting.suspend, EventType.SUSPEND), (StudySitting.bury, EventType.BURY)]
)
class TestPuttingAside:
    def test_undo_comes_back_to_the_card(
        self, store: Store, clock: FakeClock, do: Callable[[StudySitting], None], type_: EventType
    ) -> None:
        sitting = begin(store, clock)
        first = sitting.view
        do(sitting)
        assert sitting.put_aside is type_
        assert prompt(sitting) == "dos"
        (event,) = store.events(type_)
        assert store.mark(Ref("flips", event.subject)).hides(clock().day)
        grade(sitting)
        assert sitting.put_aside is None
        sitting.undo()
        assert sitting.put_aside is type_
        done = sitting.undo()
        assert done is not None
        assert done.type is type_
        assert sitting.view == first
        assert store.mark(done.ref) == Mark()
        assert store.marks(["flips"]) == {}

    def test_of_an_earlier_session_too(
        self, tmp_path: Path, clock: FakeClock, do: Callable[[StudySitting], None], type_: EventType
    ) -> None:
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock)
            grade(sitting)
            do(sitting)
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock)
            assert prompt(sitting) == "tres"
            assert isinstance(sitting.view, Asking)
            assert sitting.view.place.total == 1
            done = sitting.undo()
            assert done is not None
            assert done.type is type_
            assert prompt(sitting) == "dos"
            sitting.undo()
            assert prompt(sitting) == "uno"

    def test_on_feedback_the_answer_stays_and_can_be_regraded(
        self, store: Store, clock: FakeClock, do: Callable[[StudySitting], None], type_: EventType
    ) -> None:
        sitting = begin(store, clock, SIDES)
        sitting.answer(Chosen(0), 900)
        view = sitting.view
        assert isinstance(view, Grading)
        do(sitting)
        assert sitting.put_aside is type_
        assert store.memory(view.item.ref) == view.outcomes[view.marked]
        sitting.undo()
        assert sitting.view == view
        sitting.grade(Grade.EASY, 900)
        assert store.memory(view.item.ref) == view.outcomes[Grade.EASY]
        (logged,) = store.answers()
        assert logged.grade is Grade.EASY

    def test_the_only_card_ends_the_session_without_a_trace_of_it(
        self, store: Store, clock: FakeClock, do: Callable[[StudySitting], None], type_: EventType
    ) -> None:
        sitting = study(store, clock, [deck(FLIPS.cards[0], id="flips")], Random(1))
        sitting.start()
        do(sitting)
        assert sitting.view == Finished(0, 0, 0, aside=1)
        assert [event.type for event in store.events()] == [type_]
        sitting.undo()
        assert prompt(sitting) == "uno"


class TestMarks:
    def test_a_buried_card_waits_for_the_next_study_day(self, store: Store, clock: FakeClock) -> None:
        begin(store, clock).bury()
        assert prompt(begin(store, clock)) == "dos"
        clock.forward(DAY_MS)
        assert prompt(begin(store, clock)) == "uno"

    def test_a_suspended_one_waits_for_ever(self, store: Store, clock: FakeClock) -> None:
        begin(store, clock).suspend()
        clock.forward(90 * DAY_MS)
        assert prompt(begin(store, clock)) == "dos"
        assert prompt(begin(store, clock, crams=True)) == "dos"

    def test_a_flag_comes_and_goes_and_chooses_what_to_study(self, tmp_path: Path, clock: FakeClock) -> None:
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock)
            sitting.flag()
            assert isinstance(sitting.view, Asking)
            assert sitting.view.item.mark.flagged
            assert not sitting.can_undo, "the key that flags takes the flag away"
            grade(sitting)
            sitting.flag()
            sitting.flag()
        with opened(tmp_path, clock) as store:
            assert store.marks(["flips"]) == {Ref("flips", FLIPS.cards[0].key): Mark(flagged=True)}
            only = cram(store, clock, [FLIPS], Random(1), only=Only(flagged=True))
            only.start()
            grade(only, Grade.GOOD)
            assert only.view == Finished(1, 1, 1)
            # It is still there after undo, on the card that is asked again.
            sitting = begin(store, clock)
            sitting.undo()
            sitting.undo()
            assert isinstance(sitting.view, Asking)
            assert sitting.view.item.mark.flagged

    def test_a_flag_that_was_set_on_feedback_outlives_its_undo(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock, SIDES)
        sitting.answer(Chosen(0), 900)
        sitting.flag()
        sitting.undo()
        assert isinstance(sitting.view, Asking)
        assert sitting.view.item.mark.flagged
        sitting.suspend()
        sitting.undo()
        assert isinstance(sitting.view, Asking)
        assert sitting.view.item.mark == Mark(flagged=True)


class TestHints:
    def test_the_log_knows_of_it_and_it_costs_easy(self, store: Store, clock: FakeClock) -> None:
        whole = deck(structs.replace(FLIPS.cards[0], hint="It is one."), id="flips")
        sitting = study(store, clock, [whole], Random(1))
        sitting.start()
        sitting.hint()
        sitting.reveal()
        sitting.grade(Grade.EASY, 900)
        assert isinstance(sitting.view, Grading)
        sitting.grade(Grade.GOOD, 900)
        (logged,) = store.answers()
        assert (logged.answer.hinted, logged.grade) == (True, Grade.GOOD)


class TestWhatMovesMemory:
    """FSRS's own steps do, on the same day too; drills, crams and quizzes do not, over restarts."""

    def test_over_restarts(self, tmp_path: Path, clock: FakeClock) -> None:
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock, SIDES)
            for _ in range(2):
                sitting.answer(Chosen(0), 900)
                assert isinstance(sitting.view, Grading)
                sitting.grade(sitting.view.marked, 900)
            steps = store.memories(["sides"])
            assert all(memory.due_ms is not None for memory in steps.values())
        clock.forward(600_000)
        with opened(tmp_path, clock) as store:
            sitting = begin(store, clock, SIDES)
            while isinstance(sitting.view, Asking):
                grade(sitting, Grade.GOOD)
            known = store.memories(["sides"])
            assert all(known[ref] != steps[ref] for ref in steps), "a step of the same day counts"
            assert all(memory.due_day is not None for memory in known.values())
        for crams in (True, True, False, False):
            clock.forward(3_600_000)
            with opened(tmp_path, clock) as store:
                assert store.memories(["sides"]) == known
                if crams:
                    sitting = begin(store, clock, SIDES, crams=True)
                    while isinstance(sitting.view, Asking):
                        sitting.answer(Chosen(0), 900)
                        assert isinstance(sitting.view, Grading)
                        assert not sitting.view.outcomes
                        sitting.grade(Grade.GOOD, 900)
                    assert isinstance(begin(store, clock, SIDES).view, Finished), "nothing became due"
                else:
                    setup = QuizSetup(mode=Mode.PRACTICE, seed=1)
                    setup = setup.for_drill() if clock.at_ms % 2 else setup
                    game = quiz(store, clock, SIDES, SIDES.cards, setup)
                    game.begin()
                    game.session.painted(0.0)
                    game.answer(Chosen(0), 1.0)
                    game.go_on()
                    game.end(2.0)
        with opened(tmp_path, clock) as store:
            assert store.memories(["sides"]) == known
            repeats = [one.answer for one in store.answers() if one.answer.repeat]
            assert len(repeats) == 6
            assert {(one.grade, one.target, one.scheduler) for one in repeats} == {(None, None, None)}
            modes = [event.body["mode"] for event in store.events(EventType.START)]
            assert modes == ["study", "study", "cram", "cram", "practice", "practice"]

    def test_a_cram_has_due_and_new_cards_as_they_were(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock)
        grade(sitting)
        sitting.leave()
        crammed = begin(store, clock, crams=True)
        while isinstance(crammed.view, Asking):
            grade(crammed, Grade.GOOD)
        assert not crammed.more_waits()
        after = begin(store, clock)
        assert prompt(after) == "dos"
        assert isinstance(after.view, Asking)
        assert after.view.item.memory is None
        assert store.done(clock().day)["flips"] == (1, 0), "nor are today's limits used up"

    def test_a_cram_asks_the_other_side_of_a_card_last(self, store: Store, clock: FakeClock) -> None:
        there, back, *others = FLIPS.cards
        cards = (structs.replace(there, entry=0), structs.replace(back, entry=0), *others)
        crammed = cram(store, clock, [structs.replace(FLIPS, cards=cards)], Random(1))
        crammed.start()
        asked = []
        while isinstance(crammed.view, Asking):
            asked.append(prompt(crammed))
            grade(crammed, Grade.GOOD)
        assert (asked[0], asked[-1]) == ("uno", "dos")

    def test_limits_and_siblings_do_not_hold_in_a_cram(self, store: Store, clock: FakeClock) -> None:
        few = structs.replace(FLIPS, study=StudyDefaults(new_per_day=1))
        sitting = cram(store, clock, [few], Random(1))
        sitting.start()
        assert isinstance(sitting.view, Asking)
        assert sitting.view.place.total == 3


class TestStillToCome:
    def test_steps_that_come_later_are_counted(self, store: Store, clock: FakeClock) -> None:
        slow = structs.replace(FLIPS, study=StudyDefaults(steps=(3600,)))
        sitting = study(store, clock, [slow], Random(1))
        sitting.start()
        for _ in range(2):
            grade(sitting, Grade.AGAIN)
            clock.forward(60_000)
        sitting.bury()
        assert isinstance(sitting.view, Finished)
        assert list(sitting.steps_to_come()) == [clock.at_ms + 58 * 60_000, clock.at_ms + 59 * 60_000]
        assert sitting.next_due() == (clock.at_ms + 58 * 60_000, "2026-01-02")


def test_home_takes_back_what_a_session_would(store: Store, clock: FakeClock) -> None:
    sitting = begin(store, clock)
    grade(sitting, Grade.GOOD)
    sitting.suspend()
    sitting.leave()
    first, second = undo_last(store, clock), undo_last(store, clock)
    assert isinstance(first, Undoable)
    assert isinstance(second, Undoable)
    assert (first.type, store.grade_of(second.id)) == (EventType.SUSPEND, Grade.GOOD)
    assert undo_last(store, clock) is None
    assert (store.memories(["flips"]), store.marks(["flips"])) == ({}, {})


def test_no_grade_is_lost_where_the_file_cannot_be_read_once_it_was_given(
    store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begin(store, clock, SIDES)
    sitting.answer(Chosen(0), 900)
    assert isinstance(sitting.view, Grading)
    other = Grade.HARD if sitting.view.marked is Grade.GOOD else Grade.EASY
    blind_after(monkeypatch, store, sitting._session, "grade")
    sitting.grade(other, 900)
    monkeypatch.undo()
    (logged,) = store.answers()
    assert logged.grade is other


def test_a_grade_is_changed_of_an_answer_that_another_program_has_undone(
    store: Store, clock: FakeClock, tmp_path: Path
) -> None:
    sitting = begin(store, clock, SIDES)
    sitting.answer(Chosen(0), 900)
    assert isinstance(sitting.view, Grading)
    ref, marked = sitting.view.item.ref, sitting.view.marked
    with opened(tmp_path, clock) as other:
        assert undo_last(other, clock) is not None
    sitting.grade(Grade.HARD if marked is Grade.GOOD else Grade.EASY, 900)
    assert store.memory(ref) is None


class TestBroughtBack:
    """On a deck's page a card that was put aside is brought back."""

    @pytest.mark.parametrize("put_aside", [StudySitting.suspend, StudySitting.bury])
    def test_undo_takes_back_what_was_done_before_and_hides_no_card_again(
        self, store: Store, clock: FakeClock, put_aside: Callable[[StudySitting], None]
    ) -> None:
        sitting = begin(store, clock)
        grade(sitting)
        ref = Ref("flips", FLIPS.cards[1].key)
        put_aside(sitting)
        sitting.leave()
        assert store.mark(ref) != Mark()
        bring_back(store, clock, [ref])
        assert store.mark(ref) == Mark()
        later = begin(store, clock)
        assert prompt(later) == "dos"
        done = later.undo()
        assert done is not None
        assert (done.ref, done.type) == (Ref("flips", FLIPS.cards[0].key), None)
        assert store.mark(ref) == Mark()
        assert undo_last(store, clock) is None

    def test_a_flag_stays(self, store: Store, clock: FakeClock) -> None:
        sitting = begin(store, clock)
        sitting.flag()
        sitting.bury()
        sitting.undo()
        sitting.suspend()
        ref = Ref("flips", FLIPS.cards[0].key)
        bring_back(store, clock, [ref])
        assert store.mark(ref) == Mark(flagged=True)
        unflag(store, clock, [ref])
        assert store.mark(ref) == Mark()
        assert store.last_undoable() is None


class TestSetInAList:
    """In the list of a deck's cards one is suspended, buried or flagged, with no session."""

    CARD = FLIPS.cards[0]
    REF = Ref("flips", FLIPS.cards[0].key)

    def test_each_is_taken_back_and_leaves_what_was_set_before(self, store: Store, clock: FakeClock) -> None:
        marks = [store.mark(self.REF)]
        done = []
        for set_ in (flag, bury, suspend):
            done.append(set_(store, clock, "flips", self.CARD))
            marks.append(store.mark(self.REF))
        assert marks[-1] == Mark(suspended=True, buried="2026-01-02", flagged=True)
        for one in reversed(done):
            assert store.mark(self.REF) == marks.pop()
            unmark(store, clock, one)
        assert store.mark(self.REF) == marks.pop() == Mark()
        assert not rebuild(store)

    def test_what_was_brought_back_and_set_once_more_is_taken_back_too(
        self, store: Store, clock: FakeClock
    ) -> None:
        done = suspend(store, clock, "flips", self.CARD)
        bring_back(store, clock, [self.REF])
        suspend(store, clock, "flips", self.CARD)
        unmark(store, clock, done)
        assert store.mark(self.REF) == Mark()
        unmark(store, clock, done)
        assert store.mark(self.REF) == Mark()
        assert not rebuild(store)

    def test_study_undoes_it_as_its_own(self, store: Store, clock: FakeClock) -> None:
        suspend(store, clock, "flips", self.CARD)
        sitting = begin(store, clock)
        assert prompt(sitting) == "dos"
        sitting.undo()
        assert prompt(sitting) == "uno"

    def test_the_card_can_be_named_when_it_has_gone(self, store: Store, clock: FakeClock) -> None:
        flag(store, clock, "flips", self.CARD)
        assert store.texts([self.REF])[self.REF].prompt == "uno"

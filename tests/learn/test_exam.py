"""The exam session: free movement, one clock, no feedback before the end."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizapp.deck.card import Card, Flip
from quizapp.learn.exam import ExamSession, session_for
from quizapp.learn.judge import Chosen, Given, Written
from quizapp.learn.quiz import Asking, Done, Mode, Paused, QuizSession, QuizSetup, Ready, Reply
from quizapp.record import Outcome, Seen
from tests.learn.test_quiz import TWO, deck, statement, typed


def setup(cards: int = 6, seconds: int = 60, *, certainty: bool = False, pace: float = 1.0) -> QuizSetup:
    return QuizSetup(
        mode=Mode.EXAM, seconds=seconds, choices=TWO, cards=cards, certainty=certainty, pace=pace
    )


def exam(
    cards: list[Card] | None = None, given: QuizSetup | None = None, seed: int = 1, *, begun: bool = True
) -> ExamSession:
    session = ExamSession(cards or deck(5, 5), given or setup(), seen={}, random=Random(seed))
    if begun:
        session.begin()
    return session


def position(session: ExamSession) -> int:
    assert isinstance(session.view, Asking)
    return session.view.position


def giving(session: ExamSession, *, right: bool = True) -> Given:
    assert isinstance(session.view, Asking)
    question = session.view.question
    if question.typed:
        return Written(question.card.answer if right else "no")
    texts = [option.text for option in question.options]
    place = texts.index(question.card.answer)
    return Chosen(place if right else (place + 1) % len(texts))


def play(
    session: ExamSession, now: float, took: float, *, right: bool = True, certainty: int | None = None
) -> Reply:
    session.painted(now)
    (reply,) = session.answer(giving(session, right=right), now + took, certainty)
    return reply


def outcomes(replies: tuple[Reply, ...]) -> list[tuple[int, Outcome]]:
    return [(reply.position, reply.judgement.outcome) for reply in replies]


# Beginning


def test_it_waits_until_it_begins() -> None:
    session = exam(begun=False)
    assert session.view == Ready()
    session.painted(5)
    assert (session.running, session.left(99), session.tick(999)) == (False, 60, ())
    assert (session.show(1, 9), session.submit(9)) == ((), ())
    session.flag()
    assert session.view == Ready()
    view = session.begin()
    assert isinstance(view, Asking)
    assert (view.position, view.total) == (0, 6)
    assert session.begin() is view
    assert (session.total, session.remaining, session.open) == (6, 6, (0, 1, 2, 3, 4, 5))
    assert not any(mark.flagged for mark in session.marks)


def test_a_session_is_an_exam_or_it_is_not() -> None:
    sprint = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)
    with pytest.raises(ValueError, match="is an exam"):
        ExamSession(deck(2, 2), sprint, seen={}, random=Random(1))
    with pytest.raises(ValueError, match="ExamSession"):
        QuizSession(deck(2, 2), setup(2), seen={}, random=Random(1))
    assert isinstance(session_for(deck(2, 2), sprint, seen={}, random=Random(1)), QuizSession)
    assert isinstance(session_for(deck(2, 2), setup(2), seen={}, random=Random(1)), ExamSession)


@pytest.mark.parametrize(("cards", "sides"), [(6, [3, 3]), (7, [3, 4])])
def test_its_cards_are_even_and_those_asked_longest_ago(cards: int, sides: list[int]) -> None:
    seen = {f"{side} {n}": Seen(1, f"{n}{side}") for side in TWO for n in range(9)}
    for seed in range(30):
        session = ExamSession(deck(9, 9), setup(cards), seen=seen, random=Random(seed))
        keys = [question.card.key for question in session.questions]
        counts = Counter(key[:3] for key in keys)
        assert sorted(counts.values()) == sides
        assert set(keys) == {f"{side} {n}" for side in TWO for n in range(counts[side])}
        assert len(session.cards) == 18


def test_neither_same_nor_opposite_pays() -> None:
    same = pairs = 0
    for seed in range(10_000):
        session = ExamSession(deck(14, 16), setup(20), seen={}, random=Random(seed))
        sides = [question.card.answer for question in session.questions]
        runs = [len(list(run)) for _, run in groupby(sides)]
        assert max(runs) <= 3
        assert Counter(sides) == {"BPO": 10, "KPO": 10}
        same += len(sides) - len(runs)
        pairs += len(sides) - 1
    assert 0.45 <= same / pairs <= 0.55


def test_a_wording_is_the_next_in_turn() -> None:
    cards: list[Card] = [statement("a", "BPO", "a1"), statement("b", "KPO", "b1")]
    session = ExamSession(cards, setup(2), seen={"a": Seen(3, "1")}, random=Random(1))
    assert {question.prompt for question in session.questions} == {"a1", "b"}


# Answers


def test_an_answer_is_logged_and_leads_to_the_next_open_card() -> None:
    session = exam()
    with pytest.raises(RuntimeError, match="no question"):
        session.answer(Chosen(0), 1)
    reply = play(session, 10, 1.5)
    assert (reply.position, reply.ms, reply.scored, reply.late, reply.repeat) == (0, 1500, True, False, True)
    assert reply.judgement.outcome is Outcome.RIGHT
    assert (reply.certainty, reply.limit_ms) == (None, None)
    assert position(session) == 1
    assert not session.running  # until it is painted
    play(session, 20, 1, right=False)
    assert (session.answered, session.right, session.wrong, session.open) == (2, 1, 1, (2, 3, 4, 5))


def test_after_the_last_card_come_those_left_open() -> None:
    session = exam()
    session.show(3, 0)
    for expected in (3, 4, 5, 0, 1, 2):
        assert position(session) == expected
        play(session, 0, 1)
    assert session.open == ()
    assert position(session) == 2  # all answered: it stays
    assert isinstance(session.view, Asking)


def test_changing_an_answer_is_a_further_reply_of_the_same_position() -> None:
    session = exam()
    first = play(session, 0, 1, right=False)
    session.painted(10)
    session.show(0, 12)
    assert session.marks[0].given == first.judgement.given
    again = play(session, 20, 2)
    assert (again.position, again.ms) == (0, 3000)  # all its time in sight
    assert (session.right, session.wrong, session.answered) == (1, 0, 1)
    assert position(session) == 1


def test_a_place_that_is_not_there_changes_nothing() -> None:
    session = exam()
    session.painted(0)
    with pytest.raises(IndexError):
        session.answer(Chosen(7), 1)
    for wrong in (-1, 6):
        with pytest.raises(IndexError):
            session.show(wrong, 1)
    assert (session.running, session.answered, position(session)) == (True, 0, 0)


def test_next_and_previous_go_round() -> None:
    session = exam()
    session.previous(0)
    assert position(session) == 5
    session.next(0)
    session.next(0)
    assert position(session) == 1


def test_flags_come_and_go_and_marks_show_all() -> None:
    session = exam()
    play(session, 0, 1)
    session.flag()
    session.show(4, 2)
    session.flag()
    session.flag()
    marks = session.marks
    assert [mark.position for mark in marks] == list(range(6))
    assert [mark.open for mark in marks] == [False, True, True, True, True, True]
    assert [mark.flagged for mark in marks] == [False, True, False, False, False, False]
    assert [mark.current for mark in marks] == [False, False, False, False, True, False]
    assert marks[0].given == session.questions[0].card.answer


# Time


def test_time_is_pooled_and_runs_from_paint_until_the_card_leaves() -> None:
    session = exam()
    session.painted(0)
    session.painted(3)
    assert session.left(10) == 50
    session.next(10)
    assert session.left(500) == 50  # nothing is on the screen yet
    session.painted(500)
    assert session.left(505) == 45
    play(session, 500, 10)
    assert session.left(999) == 40
    assert (session.limit, exam(given=setup(pace=2)).left(0)) == (60, 120)


def test_when_time_is_up_it_submits_itself() -> None:
    session = exam()
    play(session, 0, 10)
    session.painted(20)
    assert (session.tick(69.9), session.overdue(69.9)) == ((), False)
    assert session.overdue(70.1)
    replies = session.tick(70.1)
    assert outcomes(replies) == [(place, Outcome.TIMEOUT) for place in range(1, 6)]
    assert [reply.ms for reply in replies] == [50_000, 0, 0, 0, 0]
    assert all(reply.scored and reply.judgement.k == 2 for reply in replies)
    assert session.view == Done(finished=True)
    assert session.left(999) == 0


@pytest.mark.parametrize("how", ["answer", "show", "next", "pause", "submit", "end"])
def test_whatever_is_done_after_zero_submits_and_open_cards_are_timeouts(how: str) -> None:
    session = exam()
    session.painted(0)
    match how:
        case "answer":
            replies = session.answer(giving(session), 60)
        case "show":
            replies = session.show(3, 61)
        case _:
            replies = getattr(session, how)(62)
    assert outcomes(replies) == [(place, Outcome.TIMEOUT) for place in range(6)]
    assert session.view == Done(finished=True)


@pytest.mark.parametrize("how", ["tick", "end", "submit"])
def test_time_up_with_every_card_answered_is_a_finished_exam(how: str) -> None:
    session = exam()
    for turn in range(6):
        play(session, turn, 1)
    session.painted(100)
    assert getattr(session, how)(200) == ()
    assert session.view == Done(finished=True)


def test_an_hour_does_not_drift() -> None:
    session = exam(deck(10, 10), setup(20, 3601))
    random = Random(5)
    now, spent = 1_000_000.0, 0
    while spent < 3_600_000_000 - 2_000_000:
        took = random.randrange(50_000, 2_000_000)
        session.painted(now)
        for frame in range(1, took // 16_667):
            session.left(now + frame / 60)
            assert session.tick(now + frame / 60) == ()
        match random.randrange(4):
            case 0:
                session.pause(now + took / 1e6)
                session.resume()
            case 1:
                session.next(now + took / 1e6)
            case _:
                session.answer(giving(session), now + took / 1e6)
        spent += took
        now += took / 1e6 + random.random()
    assert abs(session.left(now) - (3601 - spent / 1e6)) < 1 / 60 / 10


# Ends and pauses


def test_submitting_skips_what_is_open() -> None:
    session = exam()
    play(session, 0, 1)
    session.show(3, 1)
    session.painted(2)
    replies = session.submit(4)
    assert outcomes(replies) == [(place, Outcome.SKIPPED) for place in range(1, 6)]
    assert [reply.ms for reply in replies] == [0, 0, 2000, 0, 0]
    assert session.view == Done(finished=True)
    assert session.submit(5) == session.end(5) == session.pause(5) == session.tick(99) == ()
    assert session.view == Done(finished=True)


def test_leaving_early_is_unfinished_and_logs_nothing_more() -> None:
    session = exam()
    play(session, 0, 1)
    assert session.end(2) == ()
    assert session.view == Done(finished=False)


def test_a_pause_hides_and_another_open_card_comes() -> None:
    session = exam()
    play(session, 0, 1)
    session.painted(10)
    assert session.pause(12) == ()
    assert isinstance(session.view, Paused)
    assert (session.running, session.left(99)) == (False, 57)
    session.painted(13)
    assert not session.running
    session.resume()
    assert position(session) == 2
    for expected in (2, 3, 4, 5, 1):  # the hidden one comes last
        assert position(session) == expected
        reply = play(session, 20, 1)
    assert reply.ms == 3000


def test_a_pause_on_an_answered_a_lone_or_an_unpainted_card_comes_back_to_it() -> None:
    session = exam()
    play(session, 0, 1)
    session.show(0, 1)
    session.painted(2)
    session.pause(3)
    session.resume()
    assert position(session) == 0
    session.show(4, 3)
    session.pause(3)  # not yet painted: nothing was seen
    session.resume()
    assert position(session) == 4
    lone = exam([typed("a")], setup(1))
    lone.painted(0)
    lone.pause(1)
    lone.resume()
    assert position(lone) == 0
    waiting = exam(begun=False)
    waiting.pause(1)
    assert waiting.resume() == Ready()


def test_a_paused_exam_can_be_submitted() -> None:
    session = exam()
    session.painted(0)
    session.pause(1)
    assert len(session.submit(2)) == 6
    assert session.view == Done(finished=True)


# Certainty and flip cards


def test_certainty_comes_with_the_answer() -> None:
    session = exam(given=setup(certainty=True))
    assert play(session, 0, 1, certainty=3).certainty == 3
    session.show(0, 1)
    assert play(session, 2, 1, certainty=1).certainty == 1
    assert session.marks[0].certainty == 1
    session.painted(4)
    for wrong in (None, 0, 4):
        with pytest.raises(ValueError, match="does not fit"):
            session.answer(giving(session), 5, wrong)
    assert session.running
    plain = exam()
    plain.painted(0)
    with pytest.raises(ValueError, match="does not fit"):
        plain.answer(giving(plain), 1, 2)


def test_flip_cards_are_chosen_among_their_distractors() -> None:
    cards: list[Card] = [Flip(key=f"f{n}", entry=0, prompt=f"f{n}", answer=f"back {n}") for n in range(6)]
    wrong = {card.key: [other.answer for other in cards if other is not card] for card in cards}
    session = ExamSession(cards, setup(6), seen={}, random=Random(1), distractors=wrong)
    session.begin()
    assert all(question.k == 4 for question in session.questions)
    assert play(session, 0, 1).judgement.outcome is Outcome.RIGHT


# Any calls in any order


class AnyExam(RuleBasedStateMachine):
    """Calls as a person and a clock may make them; what must hold after each."""

    @initialize(
        cards=st.integers(1, 8), seconds=st.integers(1, 30), certainty=st.booleans(), seed=st.integers(0, 99)
    )
    def begin(self, cards: int, seconds: int, certainty: bool, seed: int) -> None:
        given = setup(cards, seconds, certainty=certainty)
        self.certainty = 2 if certainty else None
        self.session = exam([*deck(3, 3), typed("a"), typed("b")], given, seed)
        self.now = 1000.0
        self.log: list[Reply] = []
        self.left = float(seconds)

    @rule(seconds=st.floats(0, 4))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def paint(self) -> None:
        self.session.painted(self.now)

    @precondition(lambda self: isinstance(self.session.view, Asking))
    @rule(right=st.booleans(), seconds=st.floats(0, 2))
    def answer(self, right: bool, seconds: float) -> None:
        self.session.painted(self.now)
        given = giving(self.session, right=right)
        self.now += seconds
        self.log += self.session.answer(given, self.now, self.certainty)

    @rule(place=st.integers(0, 7))
    def show(self, place: int) -> None:
        self.log += self.session.show(place % self.session.total, self.now)

    @rule(forward=st.booleans())
    def step(self, forward: bool) -> None:
        self.log += (self.session.next if forward else self.session.previous)(self.now)

    @rule()
    def flag(self) -> None:
        self.session.flag()

    @rule()
    def pause(self) -> None:
        self.log += self.session.pause(self.now)

    @rule()
    def resume(self) -> None:
        self.session.resume()

    @rule()
    def tick(self) -> None:
        self.log += self.session.tick(self.now)

    @precondition(lambda self: len(self.log) > 5)
    @rule(whole=st.booleans())
    def finish(self, whole: bool) -> None:
        self.log += (self.session.submit if whole else self.session.end)(self.now)

    @invariant()
    def the_clock_never_grows(self) -> None:
        left = self.session.left(self.now)
        assert 0 <= left <= self.left
        self.left = left

    @invariant()
    def the_log_says_what_the_session_says(self) -> None:
        session = self.session
        last = {reply.position: reply.judgement for reply in self.log}
        given = {place: one for place, one in last.items() if one.outcome in (Outcome.RIGHT, Outcome.WRONG)}
        assert session.answered == len(given)
        assert session.right == sum(judgement.right for judgement in given.values())
        assert session.open == tuple(place for place in range(session.total) if place not in given)
        assert [mark.given for mark in session.marks] == [
            given[place].given if place in given else None for place in range(session.total)
        ]
        assert sum(mark.current for mark in session.marks) == 1
        if isinstance(session.view, Done):
            # Each card has come to something, or the exam was left.
            assert session.view.finished is (len(last) == session.total) or not session.view.finished
        else:
            assert len(last) == len(given)


AnyExam.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
TestAnyExam = AnyExam.TestCase

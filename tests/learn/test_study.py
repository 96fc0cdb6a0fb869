"""The study session, with no screen, no clock and no database."""

from __future__ import annotations

from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from quizapp.deck.card import Card, Deck
from quizapp.learn.judge import Chosen
from quizapp.learn.schedule import AHEAD_MS, Plan, default_scheduler
from quizapp.learn.study import Asking, Finished, Grading, Item, Reply, StudySession
from quizapp.record import Grade, Memory, Moment, Ref, State, study_day
from tests.builders import DAY_MS, START_MS, deck, flip, statement

CARDS: tuple[Card, ...] = (
    statement("Anyone can do it.", "BPO", aspect="providers"),
    statement("Few can do it.", "KPO", aspect="providers"),
    statement("It is an outside service.", "Both", aspect="place"),
    flip("What is it for?", "Cutting costs"),
)


PLANS = {"d": Plan(0.9, default_scheduler())}


def at(ms: int) -> Moment:
    return Moment(ms, 0, study_day(ms, 0))


def session(whole: Deck, memories: dict[str, Memory] | None = None) -> StudySession:
    known = memories or {}
    items = [Item(Ref(whole.id, card.key), card, known.get(card.key), 0) for card in whole.cards]
    return StudySession(items, {whole.id: whole}, plans=PLANS, random=Random(1))


def asked(view: object) -> Card:
    assert isinstance(view, Asking)
    return view.item.card


class TestOrder:
    def test_it_ends_when_every_card_is_known(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        while isinstance(one.view, Asking):
            one.reveal(at(START_MS))
            one.grade(Grade.EASY, at(START_MS), 1000)
        assert one.view == Finished(answers=4, right=4, cards=4)

    def test_no_cards_no_questions(self) -> None:
        assert session(deck()).start(at(START_MS)) == Finished(0, 0, 0)

    def test_a_step_that_is_due_goes_before_the_rest(self) -> None:
        one = session(deck(*CARDS))
        first = asked(one.start(at(START_MS)))
        one.reveal(at(START_MS))
        one.grade(Grade.AGAIN, at(START_MS), 1000)  # comes back in a minute
        assert asked(one.view) is not first
        one.reveal(at(START_MS + 60_000))
        one.grade(Grade.EASY, at(START_MS + 60_000), 1000)
        assert asked(one.view) is first

    def test_the_card_just_answered_lets_others_go_first(self) -> None:
        one = session(deck(*CARDS[:2]))
        first = asked(one.start(at(START_MS)))
        for _ in range(4):
            last = asked(one.view)
            one.reveal(at(START_MS))
            one.grade(Grade.AGAIN, at(START_MS), 1000)
            assert asked(one.view) is not last
        assert asked(one.view) is first

    def test_a_step_further_off_than_twenty_minutes_ends_the_session(self) -> None:
        whole = deck(CARDS[0])
        later = START_MS + AHEAD_MS + 1
        step = Memory(State.LEARNING, 1, 2.0, 5.0, START_MS, "2026-01-01", later, None, 1)
        assert isinstance(session(whole, {CARDS[0].key: step}).start(at(START_MS)), Finished)
        assert isinstance(session(whole, {CARDS[0].key: step}).start(at(START_MS + 1)), Asking)

    def test_the_number_of_questions_is_what_good_answers_take(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        totals = set()
        while isinstance(one.view, Asking):
            totals.add(one.view.place.total)
            one.reveal(at(START_MS))
            one.grade(Grade.GOOD, at(START_MS), 1000)
        assert totals == {8}
        assert one.answers == 8


class TestAnswers:
    def test_wrong_is_again_and_right_is_good(self) -> None:
        one = session(deck(CARDS[0]))
        one.start(at(START_MS))
        reply = one.answer(Chosen(1), at(START_MS), 1000)
        assert reply is not None
        assert reply.graded is not None
        assert reply.graded.grade is Grade.AGAIN
        assert isinstance(one.view, Grading)
        assert one.view.marked is Grade.AGAIN
        assert one.view.outcomes[Grade.AGAIN] == reply.memory

    def test_an_answer_to_nothing_is_none(self) -> None:
        one = session(deck(CARDS[0]))
        one.start(at(START_MS))
        one.answer(Chosen(0), at(START_MS), 1000)
        assert one.answer(Chosen(1), at(START_MS), 1000) is None
        assert one.answers == 1

    def test_wordings_take_turns(self) -> None:
        card = statement("One wording.", "BPO").__class__(
            key="k",
            entry=0,
            prompt="One wording.",
            variants=("Another.",),
            answer="BPO",
            choices=("BPO", "KPO"),
            keys=("b", "k"),
        )
        one = session(deck(card))
        one.start(at(START_MS))
        prompts = []
        while isinstance(one.view, Asking):
            prompts.append(one.view.question.prompt)
            one.answer(Chosen(0), at(START_MS), 1000)
            one.grade(Grade.GOOD, at(START_MS), 1000)
        assert prompts == ["One wording.", "Another."]

    def test_a_contrast_that_is_not_part_of_the_session_may_be_shown(self) -> None:
        whole = deck(*CARDS)
        item = Item(Ref("d", CARDS[0].key), CARDS[0], None, 0)
        one = StudySession([item], {"d": whole}, plans=PLANS, random=Random(1))
        one.start(at(START_MS))
        one.answer(Chosen(1), at(START_MS), 1000)
        assert isinstance(one.view, Grading)
        assert one.view.contrast == whole.cards[1]


class StudyMachine(RuleBasedStateMachine):
    """Whatever a person does, the session keeps its counts and loses no card."""

    def __init__(self) -> None:
        super().__init__()
        self.one = session(deck(*CARDS))
        self.now = START_MS
        self.replies: list[tuple[Reply, Memory | None]] = []
        self.one.start(at(self.now))

    @rule(later=st.integers(0, 3 * DAY_MS // 2))
    def time_passes(self, later: int) -> None:
        self.now += later

    @precondition(lambda self: isinstance(self.one.view, Asking) and bool(self.one.view.question.options))
    @rule(place=st.integers(0, 2))
    def choose(self, place: int) -> None:
        view = self.one.view
        assert isinstance(view, Asking)
        reply = self.one.answer(Chosen(place), at(self.now), 1000)
        assert reply is not None
        self.replies.append((reply, view.item.memory))

    @rule()
    def reveal(self) -> None:
        self.one.reveal(at(self.now))

    @rule(grade=st.sampled_from(list(Grade)))
    def grade(self, grade: Grade) -> None:
        view = self.one.view
        result = self.one.grade(grade, at(self.now), 1000)
        if isinstance(result, Reply):
            assert isinstance(view, Grading)
            self.replies.append((result, view.item.memory))

    @precondition(lambda self: self.replies)
    @rule()
    def undo(self) -> None:
        reply, memory = self.replies.pop()
        view = self.one.undo(memory)
        assert isinstance(view, Asking)
        assert view.item.ref == reply.item.ref
        assert view.item.memory == memory

    @invariant()
    def counts_agree(self) -> None:
        assert self.one.answers == len(self.replies)
        if isinstance(self.one.view, Asking | Grading):
            assert 1 <= self.one.view.place.position <= self.one.view.place.total

    @invariant()
    def no_card_is_lost(self) -> None:
        on_screen = {self.one.view.item.ref} if isinstance(self.one.view, Asking | Grading) else set()
        known = {ref for ref, memory in self.one.memories().items() if memory.due_day is not None}
        assert on_screen | known | set(self.one._queue) | set(self.one._waiting) == {
            Ref("d", card.key) for card in CARDS
        }


TestStudyMachine = StudyMachine.TestCase
TestStudyMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)

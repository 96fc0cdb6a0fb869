"""The study session, with no screen, no clock and no database."""

from __future__ import annotations

from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs

from quizapp.deck.card import Card, Deck
from quizapp.learn.judge import Chosen
from quizapp.learn.schedule import AHEAD_MS, Plan, default_scheduler
from quizapp.learn.study import Asking, Finished, Grading, Item, Place, Regrade, Reply, StudySession
from quizapp.record import LEECH_LAPSES, Grade, Mark, Memory, Moment, Ref, State, study_day
from tests.builders import DAY_MS, START_MS, deck, flip, statement

CARDS: tuple[Card, ...] = (
    statement("Anyone can do it.", "BPO", aspect="providers"),
    statement("Few can do it.", "KPO", aspect="providers"),
    statement("It is an outside service.", "Both", aspect="place"),
    flip("What is it for?", "Cutting costs"),
)


HINTED = deck(
    *(structs.replace(card, hint="Think.") if place % 2 else card for place, card in enumerate(CARDS))
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

    def test_the_place_counts_cards_and_those_that_come_again(self) -> None:
        one = session(deck(*CARDS[:2]))
        one.start(at(START_MS))
        seen = []
        for grade in (Grade.AGAIN, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.GOOD):
            assert isinstance(one.view, Asking)
            seen.append((one.view.item.card.prompt, one.view.place, round(one.view.place.fraction, 3)))
            one.reveal(at(START_MS))
            one.grade(grade, at(START_MS), 1000)
        few, anyone = CARDS[1].prompt, CARDS[0].prompt
        assert seen == [
            (anyone, Place(1, 2, 0, 0), 0.0),
            (few, Place(2, 2, 1, 0), 0.25),
            (anyone, Place(2, 2, 2, 0), 0.5),
            (few, Place(2, 2, 2, 0), 0.5),
            (anyone, Place(2, 2, 1, 1), 0.75),
        ]
        assert isinstance(one.view, Finished)

    def test_nothing_but_an_earlier_sessions_card_makes_more_of_them(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        totals = set()
        for grade in (Grade.AGAIN, Grade.AGAIN, Grade.HARD, Grade.AGAIN, Grade.GOOD, Grade.AGAIN) * 3:
            if isinstance(one.view, Asking):
                totals.add(one.view.place.total)
                one.reveal(at(START_MS))
                one.grade(grade, at(START_MS), 1000)
        assert totals == {4}


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


class TestHints:
    def test_a_hint_costs_easy(self) -> None:
        whole = deck(structs.replace(flip("Capital of France?", "Paris"), hint="On the Seine."))
        one = session(whole)
        one.start(at(START_MS))
        assert isinstance(one.hint(), Asking)
        view = one.reveal(at(START_MS))
        assert isinstance(view, Grading)
        assert view.grades == (Grade.AGAIN, Grade.HARD, Grade.GOOD)
        assert set(view.outcomes) == set(view.grades)
        assert one.grade(Grade.EASY, at(START_MS), 1000) is None
        assert one.view is view
        reply = one.grade(Grade.GOOD, at(START_MS), 1000)
        assert isinstance(reply, Reply)
        assert reply.hinted

    def test_it_stays_when_a_reveal_or_an_answer_is_taken_back(self) -> None:
        one = session(deck(structs.replace(CARDS[0], hint="Think.")))
        one.start(at(START_MS))
        one.hint()
        one.reveal(at(START_MS))
        view = one.hide_answer()
        assert isinstance(view, Asking)
        assert view.hinted
        one.answer(Chosen(0), at(START_MS), 1000)
        view = one.undo(None, Mark())
        assert isinstance(view, Asking)
        assert view.hinted

    def test_there_is_none_of_a_card_without_one_nor_after_the_answer(self) -> None:
        one = session(deck(CARDS[0], structs.replace(CARDS[1], hint="Think.")))
        one.start(at(START_MS))
        assert not getattr(one.hint(), "hinted", False)
        one.answer(Chosen(0), at(START_MS), 1000)
        one.grade(Grade.EASY, at(START_MS), 1000)
        one.answer(Chosen(0), at(START_MS), 1000)
        assert not getattr(one.hint(), "hinted", False)


class TestPuttingAside:
    def test_the_next_card_is_asked_and_that_one_never(self) -> None:
        one = session(deck(*CARDS))
        first = asked(one.start(at(START_MS)))
        second = asked(one.put_aside(Mark(suspended=True), at(START_MS)))
        assert second is not first
        while isinstance(one.view, Asking):
            assert one.view.item.card is not first
            assert one.view.place.total == 3
            one.reveal(at(START_MS))
            one.grade(Grade.EASY, at(START_MS), 1000)
        assert one.view == Finished(answers=3, right=3, cards=3, aside=1)

    def test_on_its_feedback_it_does_not_come_again_and_its_answer_stays(self) -> None:
        one = session(deck(*CARDS))
        first = asked(one.start(at(START_MS)))
        reply = one.answer(Chosen(1), at(START_MS), 1000)
        assert reply is not None
        feedback = one.view
        one.put_aside(Mark(suspended=True), at(START_MS))
        assert one.answers == 1
        assert one.memories()[reply.item.ref] == reply.memory
        assert isinstance(feedback, Grading)
        assert one.undo(reply.memory, Mark(flagged=True)) == structs.replace(
            feedback, item=structs.replace(feedback.item, mark=Mark(flagged=True))
        )
        regrade = one.grade(Grade.HARD, at(START_MS), 1000)
        assert isinstance(regrade, Regrade)
        assert regrade.memory == feedback.outcomes[Grade.HARD]
        assert one.undo(None, Mark()).item.card is first  # type: ignore[union-attr] # a card is asked

    def test_a_revealed_one_is_asked_again_when_that_is_undone(self) -> None:
        one = session(deck(*CARDS))
        view = one.start(at(START_MS))
        one.reveal(at(START_MS))
        one.put_aside(Mark(buried="2026-01-02"), at(START_MS))
        assert one.undo(None, Mark()) == view

    def test_the_last_card(self) -> None:
        one = session(deck(CARDS[0]))
        view = one.start(at(START_MS))
        assert one.put_aside(Mark(suspended=True), at(START_MS)) == Finished(0, 0, 0, aside=1)
        assert one.put_aside(Mark(suspended=True), at(START_MS)) == Finished(0, 0, 0, aside=1)
        assert one.undo(None, Mark()) == view

    def test_a_flag_stays_when_the_answer_is_undone(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        one.answer(Chosen(1), at(START_MS), 1000)
        view = one.set_mark(Mark(flagged=True))
        assert isinstance(view, Grading)
        assert view.item.mark.flagged
        view = one.undo(None, Mark(flagged=True))
        assert isinstance(view, Asking)
        assert view.item.mark.flagged


class TestPuttingFirst:
    def test_before_the_card_on_the_screen_which_comes_next(self) -> None:
        whole = deck(*CARDS)
        items = [Item(Ref("d", card.key), card, None, 0) for card in CARDS[:2]]
        one = StudySession(items, {"d": whole}, plans=PLANS, random=Random(1))
        first = asked(one.start(at(START_MS)))
        late = Item(Ref("d", CARDS[3].key), CARDS[3], None, 5)
        view = one.put_first(late)
        assert asked(view) is CARDS[3]
        assert isinstance(view, Asking)
        assert view.place == Place(1, 3, 0, 0)
        one.reveal(at(START_MS))
        one.grade(Grade.EASY, at(START_MS), 1000)
        assert asked(one.view) is first

    def test_a_card_that_waits_in_the_session_is_asked_once(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        last = Item(Ref("d", CARDS[3].key), CARDS[3], None, 0)
        view = one.put_first(last)
        prompts = []
        while isinstance(one.view, Asking):
            prompts.append(one.view.item.card.prompt)
            assert one.view.place.total == 4
            one.reveal(at(START_MS))
            one.grade(Grade.EASY, at(START_MS), 1000)
        assert asked(view) is CARDS[3]
        assert sorted(prompts) == sorted(card.prompt for card in CARDS)

    def test_the_card_on_the_screen_stays_as_it_is_posed(self) -> None:
        one = session(deck(*CARDS))
        view = one.start(at(START_MS))
        assert isinstance(view, Asking)
        again = one.put_first(structs.replace(view.item, times=4))
        assert isinstance(again, Asking)
        assert again.question is view.question
        assert again.place == view.place

    def test_after_the_end_the_session_goes_on(self) -> None:
        whole = deck(*CARDS)
        one = StudySession([], {"d": whole}, plans=PLANS, random=Random(1))
        assert isinstance(one.start(at(START_MS)), Finished)
        assert asked(one.put_first(Item(Ref("d", CARDS[0].key), CARDS[0], None, 0))) is CARDS[0]
        one.answer(Chosen(0), at(START_MS), 1000)
        one.grade(Grade.EASY, at(START_MS), 1000)
        assert one.view == Finished(1, 1, 1)


def leech(lapses: int = LEECH_LAPSES) -> Memory:
    return Memory(
        State.REVIEW, None, 2.0, 9.0, START_MS - 9 * DAY_MS, "2025-12-23", None, "2026-01-01", 20, lapses
    )


class TestLeeches:
    WHOLE = deck(
        statement("Anyone can do it.", "BPO", aspect="providers"),
        statement("Both can do it.", "Both", aspect="providers"),
        statement("Few can do it.", "KPO", aspect="providers"),
    )

    def one(self, memory: Memory, *, mistaken: str = "KPO", asked_too: int = 0) -> StudySession:
        cards = self.WHOLE.cards[: 1 + asked_too]
        items = [
            Item(Ref("d", card.key), card, None if number else memory, 0, mistaken="" if number else mistaken)
            for number, card in enumerate(cards)
        ]
        one = StudySession(items, {"d": self.WHOLE}, plans=PLANS, random=Random(1))
        one.start(at(START_MS))
        return one

    def test_a_wrong_answer_is_told_with_what_it_is_taken_for_most(self) -> None:
        one = self.one(leech())
        one.answer(Chosen(2), at(START_MS), 1000)
        assert isinstance(one.view, Grading)
        assert one.view.judgement is not None
        assert one.view.judgement.given == "Both"
        assert one.view.leech == LEECH_LAPSES + 1, "this time included"
        assert one.view.contrast is self.WHOLE.cards[2]

    def test_what_was_just_given_is_shown_of_any_other_card(self) -> None:
        one = self.one(leech(), mistaken="")
        one.answer(Chosen(2), at(START_MS), 1000)
        assert isinstance(one.view, Grading)
        assert one.view.contrast is self.WHOLE.cards[1]

    def test_no_card_that_is_still_asked_is_given_away(self) -> None:
        one = self.one(leech(), mistaken="Both", asked_too=1)
        one.answer(Chosen(2), at(START_MS), 1000)
        assert isinstance(one.view, Grading)
        assert one.view.contrast is self.WHOLE.cards[2]

    def test_the_answer_that_makes_it_one(self) -> None:
        one = self.one(leech(LEECH_LAPSES - 1))
        one.answer(Chosen(1), at(START_MS), 1000)
        assert isinstance(one.view, Grading)
        assert one.view.leech == LEECH_LAPSES

    def test_a_right_answer_is_no_cause_to_mention_it(self) -> None:
        one = self.one(leech())
        one.answer(Chosen(0), at(START_MS), 1000)
        assert isinstance(one.view, Grading)
        assert not one.view.leech

    def test_of_a_revealed_one_it_is_known_before_the_grade(self) -> None:
        one = self.one(leech())
        view = one.reveal(at(START_MS))
        assert isinstance(view, Grading)
        assert (view.leech, view.contrast) == (LEECH_LAPSES, self.WHOLE.cards[2])
        one = self.one(leech(LEECH_LAPSES - 1))
        view = one.reveal(at(START_MS))
        assert isinstance(view, Grading)
        assert not view.leech


class StudyMachine(RuleBasedStateMachine):
    """Whatever a person does, the session keeps its counts and loses no card."""

    def __init__(self) -> None:
        super().__init__()
        self.one = session(HINTED)
        self.now = START_MS
        self.log: dict[Ref, list[Memory | None]] = {}  # what was remembered of each card, the latest last
        self.marks: dict[Ref, Mark] = {}
        # What can be undone: the view before it, and whether it was an answer.
        self.done: list[tuple[Asking | Grading, bool]] = []
        self.one.start(at(self.now))

    @rule(later=st.integers(0, 3 * DAY_MS // 2))
    def time_passes(self, later: int) -> None:
        self.now += later

    def answered(self, reply: Reply, before: Asking) -> None:
        """An answer is in the log."""
        assert reply.hinted is before.hinted
        self.log.setdefault(reply.item.ref, [None]).append(reply.memory)
        self.done.append((before, True))

    @precondition(lambda self: isinstance(self.one.view, Asking) and bool(self.one.view.question.options))
    @rule(place=st.integers(0, 2))
    def choose(self, place: int) -> None:
        view = self.one.view
        assert isinstance(view, Asking)
        reply = self.one.answer(Chosen(place), at(self.now), 1000)
        assert reply is not None
        self.answered(reply, view)

    @rule()
    def reveal(self) -> None:
        self.one.reveal(at(self.now))

    @rule()
    def hint(self) -> None:
        before = self.one.view
        view = self.one.hint()
        assert (isinstance(before, Asking) and before.item.card.hint) or view is before

    @precondition(lambda self: isinstance(self.one.view, Grading))
    @rule(grade=st.sampled_from(list(Grade)))
    def grade(self, grade: Grade) -> None:
        view = self.one.view
        assert isinstance(view, Grading)
        result = self.one.grade(grade, at(self.now), 1000)
        if grade not in view.grades:
            assert self.one.view is view
        elif isinstance(result, Reply):
            self.answered(result, Asking(view.item, view.question, view.place, view.hinted))
        elif isinstance(result, Regrade):
            self.log[result.ref][-1] = result.memory

    @precondition(lambda self: not isinstance(self.one.view, Finished))
    @rule()
    def flag(self) -> None:
        assert not isinstance(self.one.view, Finished)
        ref = self.one.view.item.ref
        flagged = self.marks.get(ref, Mark()).flagged
        self.marks[ref] = Mark(flagged=not flagged)
        view = self.one.set_mark(self.marks[ref])
        assert not isinstance(view, Finished)
        assert view.item.mark.flagged is not flagged

    @precondition(lambda self: not isinstance(self.one.view, Finished))
    @rule(suspend=st.booleans())
    def put_aside(self, suspend: bool) -> None:
        view = self.one.view
        assert not isinstance(view, Finished)
        self.done.append((view, False))
        after = self.one.put_aside(Mark(suspended=suspend, buried=None if suspend else "9999"), at(self.now))
        assert isinstance(after, Finished) or after.item.ref != view.item.ref

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before, answer = self.done.pop()
        ref = before.item.ref
        known = self.log.get(ref, [None])
        if answer:
            known.pop()
        mark = self.marks.get(ref, Mark())
        view = self.one.undo(known[-1], mark)
        assert not isinstance(view, Finished)
        assert (view.item.ref, view.item.mark) == (ref, mark)
        if isinstance(before, Grading) and before.judgement is not None:
            assert isinstance(view, Grading)
            assert (view.judgement, view.outcomes) == (before.judgement, before.outcomes)
        else:
            assert isinstance(view, Asking)
            assert view.hinted is before.hinted
            assert view.item.memory == known[-1]
        assert self.one._items[ref].memory == known[-1]

    @invariant()
    def counts_agree(self) -> None:
        assert self.one.answers == sum(answer for _, answer in self.done)
        if isinstance(self.one.view, Asking | Grading):
            place = self.one.view.place
            assert 1 <= place.position <= place.total == len(CARDS) - len(self.one._aside)
            assert place.position - 1 <= place.done + place.again <= place.position
            assert 0 <= place.fraction < 1

    @invariant()
    def easy_is_offered_without_a_hint(self) -> None:
        view = self.one.view
        if isinstance(view, Grading):
            assert (Grade.EASY in view.grades) is not view.hinted
            assert set(view.outcomes) == set(view.grades)

    @invariant()
    def no_card_is_lost(self) -> None:
        on_screen = {self.one.view.item.ref} if isinstance(self.one.view, Asking | Grading) else set()
        known = {ref for ref, memory in self.one.memories().items() if memory.due_day is not None}
        asked = on_screen | set(self.one._line)
        assert asked | known | self.one._aside == {Ref("d", card.key) for card in CARDS}
        assert not asked & self.one._aside
        assert self.one._aside == {before.item.ref for before, answer in self.done if not answer}

    @invariant()
    def the_log_is_what_is_remembered(self) -> None:
        assert {ref: known[-1] for ref, known in self.log.items() if known[-1]} == self.one.memories()


TestStudyMachine = StudyMachine.TestCase
TestStudyMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


class TestRenewed:
    """The decks were saved while the session runs."""

    def grade(self, one: StudySession) -> None:
        one.reveal(at(START_MS))
        one.grade(Grade.EASY, at(START_MS), 1000)

    def test_the_card_on_the_screen_stays_and_the_next_is_as_it_is_now(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        view = one.view
        one.renew({"d": deck(*(structs.replace(card, why="New.") for card in CARDS))})
        assert one.view is view
        one.reveal(at(START_MS))
        assert isinstance(one.view, Grading)
        assert one.view.item.card.why == ""
        one.grade(Grade.EASY, at(START_MS), 1000)
        assert asked(one.view).why == "New."

    def test_a_card_that_is_gone_is_dropped_when_its_turn_comes(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        left = [card for card in CARDS if card != CARDS[1]]
        one.renew({"d": deck(*left)})
        seen = [asked(one.view).prompt]
        while True:
            self.grade(one)
            if isinstance(one.view, Finished):
                break
            seen.append(asked(one.view).prompt)
        assert seen == [card.prompt for card in left]
        assert one.view == Finished(answers=3, right=3, cards=3)

    def test_one_that_comes_back_before_its_turn_is_asked(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        one.renew({"d": deck(CARDS[0], CARDS[1])})
        self.grade(one)
        one.renew({"d": deck(*CARDS)})
        self.grade(one)
        assert asked(one.view).prompt == CARDS[2].prompt

    def test_the_card_on_the_screen_may_be_gone_itself(self) -> None:
        one = session(deck(*CARDS[:2]))
        one.start(at(START_MS))
        one.renew({"d": deck(CARDS[1])})
        one.reveal(at(START_MS))
        one.grade(Grade.AGAIN, at(START_MS), 1000)  # and it would come again
        assert asked(one.view).prompt == CARDS[1].prompt
        self.grade(one)
        assert isinstance(one.view, Finished)
        assert one.view.answers == 2

    def test_a_step_that_is_gone_is_dropped_too(self) -> None:
        one = session(deck(*CARDS[:2]))
        one.start(at(START_MS))
        one.reveal(at(START_MS))
        one.grade(Grade.AGAIN, at(START_MS), 1000)
        one.renew({"d": deck(CARDS[1])})
        self.grade(one)
        assert isinstance(one.view, Finished)

    def test_what_is_undone_is_asked_again(self) -> None:
        one = session(deck(*CARDS))
        one.start(at(START_MS))
        first = asked(one.view)
        self.grade(one)
        one.renew({"d": deck(*CARDS[1:])})
        self.grade(one)
        one.undo(None, Mark())
        one.undo(None, Mark())
        assert asked(one.view) == first

    def test_new_cards_are_for_the_next_session(self) -> None:
        one = session(deck(CARDS[0]))
        one.start(at(START_MS))
        one.renew({"d": deck(*CARDS)})
        self.grade(one)
        assert isinstance(one.view, Finished)

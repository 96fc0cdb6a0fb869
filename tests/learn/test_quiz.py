"""The quiz session: modes, time, outcomes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizapp.deck.card import Card, Flip, Statement, Typed
from quizapp.learn.judge import Chosen, Given, Written
from quizapp.learn.quiz import (
    Asking,
    Done,
    Judged,
    Mode,
    NoCards,
    Paused,
    QuizSession,
    QuizSetup,
    Ready,
    Reply,
)
from quizapp.record import How, Outcome, Seen

CHOICES = ("BPO", "KPO", "Both")
TWO = ("BPO", "KPO")
PRACTICE = QuizSetup(mode=Mode.PRACTICE, choices=TWO)
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)


def statement(key: str, answer: str, *variants: str) -> Statement:
    return Statement(
        key=key,
        entry=0,
        prompt=key,
        answer=answer,
        choices=CHOICES,
        keys=("b", "k", "o"),
        variants=variants,
    )


def deck(bpo: int, kpo: int) -> list[Card]:
    sides = [("BPO", n) for n in range(bpo)] + [("KPO", n) for n in range(kpo)]
    return [statement(f"{answer} {n}", answer) for answer, n in sides]


def typed(key: str) -> Typed:
    return Typed(key=key, entry=0, prompt=key, answer=key)


def start(
    cards: list[Card], setup: QuizSetup, seed: int = 1, seen: dict[str, Seen] | None = None
) -> QuizSession:
    session = QuizSession(cards, setup, seen=seen or {}, random=Random(seed))
    session.begin()
    return session


def asked(session: QuizSession) -> Card:
    assert isinstance(session.view, Asking)
    return session.view.question.card


def giving(session: QuizSession, *, right: bool = True) -> Given:
    """A right or a wrong answer to the question on the screen."""
    assert isinstance(session.view, Asking)
    question = session.view.question
    if question.typed:
        return Written(question.card.answer if right else "no")
    texts = [option.text for option in question.options]
    place = texts.index(question.card.answer)
    return Chosen(place if right else (place + 1) % len(texts))


def play(session: QuizSession, now: float, took: float, *, right: bool = True) -> Reply:
    session.painted(now)
    return session.answer(giving(session, right=right), now + took)


# Setting up


@pytest.mark.parametrize(
    ("cards", "choices", "sentence"),
    [
        ([], (), "There are no cards to ask."),
        ([Flip(key="f", entry=0, prompt="f", answer="b")], (), "A quiz can't judge flip cards"),
        (deck(2, 2), ("BPO",), "A quiz needs at least two choices in play."),
        ([statement("s", "Both")], TWO, "No card's answer is one of BPO, KPO."),
    ],
)
def test_nothing_to_ask_is_said_in_words(cards: list[Card], choices: tuple[str, ...], sentence: str) -> None:
    setup = QuizSetup(mode=Mode.PRACTICE, choices=choices)
    with pytest.raises(NoCards, match=sentence):
        QuizSession(cards, setup, seen={}, random=Random(1))


def test_a_session_waits_until_it_begins() -> None:
    session = QuizSession(deck(2, 2), SPRINT, seen={}, random=Random(1))
    session.painted(5)
    assert session.tick(500) is None
    assert session.view == Ready()
    assert session.left(500) == 60
    assert isinstance(session.begin(), Asking)
    first = session.view
    assert session.begin() is first


def test_its_cards_are_the_askable_ones_balance_or_not() -> None:
    session = start([*deck(3, 5), statement("both", "Both")], PRACTICE)
    assert {card.key for card in session.cards} == {card.key for card in deck(3, 5)}
    assert session.total == session.remaining == 6


def test_only_the_choices_in_play_are_offered() -> None:
    true = Statement(key="t", entry=0, prompt="t", answer="True", choices=("True", "False"), keys=("t", "f"))
    session = start([*deck(1, 1), true], PRACTICE)
    shown = set()
    for turn in range(3):
        assert isinstance(session.view, Asking)
        shown.add(tuple(option.text for option in session.view.question.options))
        assert play(session, turn, 0.5).judgement.k == 2
        session.go_on()
    assert shown == {TWO, ("True", "False")}


def test_wordings_take_turns_over_sessions_and_rounds() -> None:
    cards: list[Card] = [statement("a", "BPO", "a1", "a2"), statement("b", "KPO", "b1", "b2")]
    session = start(cards, SPRINT, seen={"a": Seen(1, "01"), "b": Seen(1, "01")})
    variants: dict[str, list[int]] = {"a": [], "b": []}
    for turn in range(6):
        reply = play(session, turn, 0.5)
        variants[reply.question.card.key].append(reply.question.variant)
        session.go_on()
    assert variants == {"a": [1, 2, 0], "b": [1, 2, 0]}


# Answers


@pytest.mark.parametrize(
    "setup",
    [SPRINT, PRACTICE, QuizSetup(mode=Mode.COUNTDOWN, choices=TWO)],
    ids=lambda setup: setup.mode,
)
def test_only_what_may_stop_midway_begins_with_those_asked_longest_ago(setup: QuizSetup) -> None:
    cards = deck(20, 20)
    seen = {card.key: Seen(1, f"{card.key.split()[-1]:>02}") for card in cards}
    orders: list[tuple[int, ...]] = []
    for seed in range(40):
        session = start(cards, setup, seed, seen)
        keys = []
        for turn in range(30):
            keys.append(asked(session).key)
            play(session, turn, 0.1)
            session.go_on()
        orders.append(tuple(int(key.split()[-1]) for key in keys if key.startswith("BPO"))[:5])
    assert len(set(orders)) > 20
    longest_ago = all(set(five) == set(range(5)) for five in orders)
    assert longest_ago is (setup.mode is not Mode.COUNTDOWN)


def test_an_answer_is_judged_logged_and_shown() -> None:
    session = start(deck(2, 2), PRACTICE)
    assert not session.running
    with pytest.raises(RuntimeError, match="no question"):
        session.answer(Chosen(0), 1)
    session.painted(10)
    session.painted(11)  # only the first counts
    assert session.running
    with pytest.raises(IndexError):
        session.answer(Chosen(2), 12)
    assert session.running
    reply = session.answer(giving(session), 12.3456)
    assert (reply.ms, reply.position, reply.scored, reply.late, reply.repeat) == (2346, 0, True, False, True)
    assert reply.judgement.outcome is Outcome.RIGHT
    view = session.view
    assert view == Judged(
        question=reply.question, judgement=reply.judgement, position=0, total=4, scored=True, late=False
    )
    assert (session.answered, session.right, session.wrong) == (1, 1, 0)
    with pytest.raises(RuntimeError):
        session.answer(Chosen(0), 13)
    session.go_on()
    assert isinstance(session.view, Asking)
    assert session.view.position == 1


def test_calls_that_do_not_fit_do_nothing() -> None:
    session = start(deck(2, 2), PRACTICE)
    view = session.view
    for call in (session.go_on, session.resume, session.begin):
        assert call() is view
    assert session.tick(1e9) is None
    session.end(1)
    assert session.view == Done(finished=False)
    for call in (session.go_on, session.resume, session.begin):
        assert call() == Done(finished=False)
    session.painted(2)
    assert not session.running
    assert session.pause(2) is session.tick(2) is session.end(2) is None
    assert session.view == Done(finished=False)


# Practice


def test_practice_is_done_when_each_card_was_right_once() -> None:
    session = start([*deck(3, 4), typed("x")], PRACTICE)
    assert session.left(5) is None
    for turn in range(7):
        assert session.remaining == 7 - turn
        play(session, turn, 0.5)
        session.go_on()
    assert session.view == Done(finished=True)
    assert (session.right, session.remaining) == (7, 0)


def test_practice_scores_first_answers_only() -> None:
    session = start(deck(1, 1), PRACTICE)
    missed = play(session, 0, 1, right=False)
    session.go_on()
    play(session, 2, 1)
    session.go_on()
    again = play(session, 4, 1)
    assert again.question.card == missed.question.card
    assert (missed.scored, again.scored, again.late, again.position) == (True, False, False, 2)
    assert (session.answered, session.right, session.wrong) == (3, 1, 1)
    assert session.go_on() == Done(finished=True)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_missed_card_returns_after_three_to_eight_others(share: float) -> None:
    gaps: Counter[int] = Counter()
    for seed in range(40):
        random = Random(seed)
        session = start(deck(20, 20), PRACTICE, seed)
        missed_at: dict[str, int] = {}
        fresh = 40
        turn = 0
        while not isinstance(session.view, Done):
            key = asked(session).key
            if key in missed_at:
                gap = turn - missed_at.pop(key) - 1
                # Too few others: only when no new card was left to put between.
                assert gap <= 8
                assert gap >= 3 or fresh == 0
                if fresh:
                    gaps[gap] += 1
            else:
                fresh -= 1
            right = random.random() > share
            if not right:
                missed_at[key] = turn
            play(session, turn, 0.1, right=right)
            session.go_on()
            turn += 1
            assert turn < 5000
        assert not missed_at
    if share == 0.1:
        assert set(gaps) == {3, 4, 5, 6, 7, 8}


def test_with_too_few_others_a_missed_card_comes_after_all_of_them() -> None:
    session = start([typed("a"), typed("b"), typed("c")], PRACTICE)
    keys = []
    for turn in range(9):
        keys.append(asked(session).key)
        play(session, turn, 0.1, right=False)
        session.go_on()
    assert keys == keys[:3] * 3
    lone = start([typed("a")], PRACTICE)
    for turn in range(3):
        play(lone, turn, 0.1, right=False)
        assert isinstance(lone.go_on(), Asking)


def test_a_pause_in_practice_shows_the_same_card_again() -> None:
    session = start(deck(2, 2), PRACTICE)
    view = session.view
    session.painted(0)
    assert session.pause(2) is None
    assert session.view == Paused(position=0, total=4)
    assert not session.running
    session.pause(3)
    assert session.resume() is view
    session.painted(100)
    assert session.answer(giving(session), 101.5).ms == 3500
    session.go_on()
    assert play(session, 200, 0.25).ms == 250


def test_ending_practice_on_its_last_card_is_early_and_after_it_is_not() -> None:
    session = start([typed("a")], PRACTICE)
    session.painted(0)
    session.end(1)
    assert session.view == Done(finished=False)
    session = start([typed("a")], PRACTICE)
    play(session, 0, 1)
    session.pause(2)
    session.end(3)
    assert session.view == Done(finished=True)


def test_a_drill_asks_all_its_cards() -> None:
    session = start(deck(1, 4), QuizSetup(mode=Mode.PRACTICE, choices=TWO, drill=True))
    assert session.total == 5


# Sprint


def test_the_clock_runs_from_paint_to_key_only() -> None:
    session = start(deck(4, 4), SPRINT)
    assert session.left(100) == 60
    session.painted(100)
    assert session.left(110) == 50
    session.answer(giving(session), 110)
    assert session.left(1000) == 50
    session.go_on()
    assert session.left(2000) == 50
    session.painted(2000)
    session.pause(2005)
    assert session.left(3000) == 45
    session.resume()
    assert session.left(3000) == 45
    session.painted(3000)
    assert session.left(2999) == 45  # a key that was pressed before the paint was noted
    assert session.left(9999) == 0


def test_a_card_begun_before_zero_may_be_answered_but_is_not_scored() -> None:
    session = start(deck(4, 4), SPRINT)
    play(session, 0, 59.9)
    session.go_on()
    reply = play(session, 100, 0.2)
    assert (reply.scored, reply.late, reply.judgement.outcome) == (False, True, Outcome.RIGHT)
    assert (session.answered, session.right, session.left(100.2)) == (2, 1, 0)
    assert isinstance(session.view, Judged)
    assert session.view.late
    assert session.go_on() == Done(finished=True)


def test_ten_seconds_after_zero_a_card_is_a_timeout() -> None:
    session = start([*deck(4, 4)], SPRINT)
    session.painted(5)
    assert session.tick(65) is None
    assert session.tick(74.9) is None
    reply = session.tick(75.0)
    assert reply is not None
    assert (reply.judgement.outcome, reply.scored, reply.late, reply.ms) == (
        Outcome.TIMEOUT,
        False,
        True,
        70_000,
    )
    assert (reply.judgement.given, reply.judgement.k, reply.judgement.how) == ("", 2, How.CHOSEN)
    assert session.tick(76) is None
    assert (session.right, session.wrong) == (0, 0)
    assert session.go_on() == Done(finished=True)


def test_a_key_that_comes_too_late_for_a_tick_is_a_timeout_as_well() -> None:
    session = start([typed("a")], SPRINT)
    session.painted(0)
    reply = session.answer(Written("a"), 200)
    assert (reply.judgement.outcome, reply.ms, reply.judgement.how) == (Outcome.TIMEOUT, 70_000, How.TYPED)
    assert session.go_on() == Done(finished=True)


@pytest.mark.parametrize("how", ["pause", "end"])
@pytest.mark.parametrize(("now", "ms"), [(60.0, 60_000), (65.0, 65_000), (500.0, 70_000)])
def test_leaving_after_zero_is_a_timeout_and_finished(how: str, now: float, ms: int) -> None:
    session = start(deck(4, 4), SPRINT)
    session.painted(0)
    reply = session.pause(now) if how == "pause" else session.end(now)
    assert reply is not None
    assert (reply.judgement.outcome, reply.scored, reply.ms) == (Outcome.TIMEOUT, False, ms)
    assert session.view == Done(finished=True)


def test_leaving_before_zero_is_early_and_logs_nothing() -> None:
    session = start(deck(4, 4), SPRINT)
    session.painted(0)
    assert session.end(59) is None
    assert session.view == Done(finished=False)
    assert session.answered == 0


def test_feedback_at_zero_leads_to_the_end() -> None:
    for how in ("go_on", "pause", "end"):
        session = start(deck(4, 4), QuizSetup(mode=Mode.SPRINT, seconds=1, choices=TWO))
        play(session, 0, 1.0)
        if how == "pause":
            session.pause(2)
            assert isinstance(session.view, Paused)
            assert isinstance(session.resume(), Judged)
        if how == "end":
            session.end(2)
        session.go_on()
        assert session.view == Done(finished=True)


def test_a_sprint_never_runs_out_and_no_card_follows_itself() -> None:
    decks: list[list[Card]] = [deck(1, 1), deck(2, 2), deck(3, 5), [typed("a"), typed("b")]]
    for cards in decks:
        session = start(cards, QuizSetup(mode=Mode.SPRINT, seconds=1000, choices=TWO))
        last = ""
        counts: Counter[str] = Counter()
        for turn in range(300):
            key = asked(session).key
            assert key != last
            last = key
            counts[key] += 1
            play(session, turn, 0.1, right=turn % 3 > 0)
            session.go_on()
        assert len(counts) == len(cards)  # those that balance left out of a round come in the next
        sides = Counter(key[:3] for key in counts.elements())
        assert max(sides.values()) - min(sides.values()) <= 3
        assert session.answered == session.right + session.wrong == 300


def test_what_balance_left_out_of_a_round_comes_in_the_next() -> None:
    for seed in range(10):
        session = start(deck(1, 2), SPRINT, seed)
        keys = []
        for turn in range(20):
            keys.append(asked(session).key)
            play(session, turn, 0.1)
            session.go_on()
        kpo = [key for key in keys if key[0] == "K"]
        assert all(one != other for one, other in pairwise(kpo))


def test_a_lone_card_follows_itself() -> None:
    session = start([typed("a")], SPRINT)
    play(session, 0, 1)
    session.go_on()
    assert asked(session).key == "a"


def test_a_paused_card_goes_back_and_another_is_dealt() -> None:
    soon: Counter[int] = Counter()
    for seed in range(200):
        session, twin = (start(deck(5, 5), SPRINT, seed) for _ in range(2))
        hidden = asked(session).key
        session.painted(0)
        session.pause(1)
        session.resume()
        play(twin, 0, 1)
        twin.go_on()
        assert asked(session) == asked(twin)  # the next in line, whatever its side
        assert isinstance(session.view, Asking)
        assert session.view.position == 0
        keys = []
        for turn in range(10):
            keys.append(asked(session).key)
            play(session, 10 + turn, 0.1)
            session.go_on()
        assert sorted(keys) == sorted(card.key for card in deck(5, 5))  # none lost, none twice
        soon[keys.index(hidden)] += 1
    assert 0 not in soon
    assert len(soon) == 9


def test_a_card_that_was_not_yet_painted_stays_over_a_pause() -> None:
    session = start(deck(5, 5), SPRINT)
    view = session.view
    session.pause(1)
    assert session.resume() is view


def test_pauses_at_the_end_of_a_round_show_another_card_while_there_is_one() -> None:
    for cards in (deck(1, 1), deck(2, 2), deck(2, 4)):
        for seed in range(50):
            random = Random(seed)
            session = start(cards, QuizSetup(mode=Mode.SPRINT, seconds=900, choices=TWO), seed)
            shown = answered = ""
            for turn in range(60):
                key = asked(session).key
                assert key != shown
                assert key != answered or len(cards) == 2
                shown = key
                if random.random() < 0.5:
                    session.painted(turn)
                    session.pause(turn + 0.1)
                    session.resume()
                else:
                    play(session, turn, 0.1)
                    answered = key
                    session.go_on()


def test_an_hour_does_not_drift() -> None:
    session = start(deck(14, 16), QuizSetup(mode=Mode.SPRINT, seconds=3600, choices=TWO))
    random = Random(3)
    now, spent, shown = 1_000_000.0, 0, 0.0  # spent: whole microseconds of question time, so exact
    while spent < 3_595_000_000:
        took = random.randrange(50_000, 2_000_000)
        session.painted(now)
        for frame in range(1, took // 16_667):
            left = session.left(now + frame / 60)
            assert left is not None
            shown = left
        if random.random() < 0.1:
            session.pause(now + took / 1e6)
            session.resume()
        else:
            session.answer(giving(session), now + took / 1e6)
            session.go_on()
        spent += took
        now += took / 1e6 + random.random()
    left = session.left(now)
    assert left is not None
    assert abs(left - (3600 - spent / 1e6)) < 1 / 60 / 10
    assert left <= shown


def test_the_same_seed_asks_the_same() -> None:
    def keys(seed: int) -> list[str]:
        session = start([*deck(14, 16), typed("x")], SPRINT, seed)
        out = []
        for turn in range(50):
            out.append(asked(session).key)
            play(session, turn, 0.1)
            session.go_on()
        return out

    assert keys(7) == keys(7) != keys(8)


# Any calls in any order


class AnyQuiz(RuleBasedStateMachine):
    """Calls as a person and a clock may make them; what must hold after each."""

    @initialize(
        bpo=st.integers(0, 6),
        kpo=st.integers(0, 6),
        others=st.integers(1, 3),
        mode=st.sampled_from([mode for mode in Mode if mode is not Mode.EXAM]),
        seconds=st.integers(1, 20),
        drill=st.booleans(),
        seed=st.integers(0, 99),
    )
    def begin(
        self, bpo: int, kpo: int, others: int, mode: Mode, seconds: int, drill: bool, seed: int
    ) -> None:
        self.cards = [*deck(bpo, kpo), *(typed(f"typed {n}") for n in range(others))]
        length = seconds if mode is Mode.SPRINT else None
        self.setup = QuizSetup(mode=mode, seconds=length, choices=TWO, drill=drill)
        self.session = QuizSession(self.cards, self.setup, seen={}, random=Random(seed))
        self.now = 1000.0
        self.log: list[Reply] = []
        self.session.begin()

    def note(self, reply: Reply | None) -> None:
        if reply is not None:
            self.log.append(reply)

    @rule(seconds=st.floats(0, 4))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def paint(self) -> None:
        self.session.painted(self.now)

    @precondition(lambda self: self.session.running)
    @rule(right=st.booleans(), seconds=st.floats(0, 2))
    def answer(self, right: bool, seconds: float) -> None:
        self.now += seconds
        self.note(self.session.answer(giving(self.session, right=right), self.now))
        assert isinstance(self.session.view, Judged)

    @precondition(lambda self: isinstance(self.session.view, Asking))
    @rule(right=st.booleans(), seconds=st.floats(0, 2))
    def play(self, right: bool, seconds: float) -> None:
        self.session.painted(self.now)
        self.answer(right, seconds)
        self.session.go_on()

    @rule()
    def go_on(self) -> None:
        judged = isinstance(self.session.view, Judged)
        view = self.session.go_on()
        assert not judged or isinstance(view, Asking | Done)

    @rule()
    def pause(self) -> None:
        self.note(self.session.pause(self.now))
        assert isinstance(self.session.view, Paused | Done)

    @rule()
    def resume(self) -> None:
        assert not isinstance(self.session.resume(), Paused)

    @rule()
    def tick(self) -> None:
        self.note(self.session.tick(self.now))

    @precondition(lambda self: len(self.log) > 12)
    @rule()
    def end(self) -> None:
        self.note(self.session.end(self.now))
        assert isinstance(self.session.view, Done)

    @invariant()
    def the_clock_never_grows(self) -> None:
        session, left, limit = self.session, self.session.left(self.now), self.session.limit
        assert (left is None) is (limit is None)
        if left is None or limit is None:
            assert self.setup.mode is Mode.PRACTICE or isinstance(session.view, Ready | Paused | Done)
            return
        assert 0 <= left <= limit
        # Which card's clock it is; a sprint has one for all of them.
        card = "" if self.setup.mode is Mode.SPRINT or not isinstance(session.view, Asking) else None
        clock = session.view.question.card.key if card is None and isinstance(session.view, Asking) else card
        if clock == self.whose and limit == self.limit:
            assert left <= self.left
        self.whose, self.left, self.limit = clock, left, limit

    whose: str | None = None
    left = limit = 0.0

    @invariant()
    def the_counts_agree_with_the_log(self) -> None:
        session = self.session
        scored = Counter(reply.judgement.outcome for reply in self.log if reply.scored)
        assert session.answered == len(self.log)
        assert [reply.position for reply in self.log] == list(range(len(self.log)))
        assert (session.right, session.wrong) == (scored[Outcome.RIGHT], scored[Outcome.WRONG])
        assert session.timeouts == scored[Outcome.TIMEOUT]
        if self.setup.mode in (Mode.SPRINT, Mode.PRACTICE):
            assert session.timeouts == 0
        if isinstance(session.view, Asking | Paused):
            assert session.view.position == len(self.log)
        if self.setup.mode is Mode.SPRINT:
            assert all(reply.scored != reply.late for reply in self.log)
            assert not any(reply.late for reply in self.log[:-1])
        elif self.setup.mode is Mode.SURVIVAL:
            assert session.lives == 3 - session.wrong - session.timeouts
            assert all(reply.limit_ms is not None and reply.ms <= reply.limit_ms for reply in self.log)
        elif self.setup.mode is Mode.COUNTDOWN:
            keys = [reply.question.card.key for reply in self.log]
            assert len(set(keys)) == len(keys)
            assert session.total is not None
            assert session.remaining == session.total - len(keys)
            assert all(reply.limit_ms is not None and reply.ms <= reply.limit_ms for reply in self.log)
        else:
            firsts = {reply.question.card.key for reply in self.log}
            assert sum(reply.scored for reply in self.log) == len(firsts)
            right = [reply.question.card.key for reply in self.log if reply.judgement.right]
            assert len(set(right)) == len(right)
            assert session.total is not None
            assert session.remaining == session.total - len(right)

    def teardown(self) -> None:
        """Whatever happened, the quiz can be brought to its end, and no card is lost."""
        if not hasattr(self, "session"):
            return
        session = self.session
        ended_early = isinstance(session.view, Done)
        for _ in range(300):
            if isinstance(session.view, Done):
                break
            session.resume()
            session.go_on()
            if isinstance(session.view, Asking):
                session.painted(self.now)
                self.now += 0.5
                # Survival goes on while it goes well.
                right = self.setup.mode is not Mode.SURVIVAL
                self.note(session.answer(giving(session, right=right), self.now))
        assert isinstance(session.view, Done)
        assert ended_early or session.view.finished
        self.the_counts_agree_with_the_log()
        if self.setup.mode in (Mode.PRACTICE, Mode.COUNTDOWN):
            assert session.view.finished == (session.remaining == 0)


AnyQuiz.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
TestAnyQuiz = AnyQuiz.TestCase

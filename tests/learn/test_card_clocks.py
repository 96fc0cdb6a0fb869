"""Countdown and survival: each card has its own time."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from random import Random

import pytest

from quizapp.deck.card import Card, Flip
from quizapp.learn.quiz import Asking, Done, Judged, Mode, Paused, QuizSession, QuizSetup
from quizapp.learn.timing import Watch, card_ms
from quizapp.record import How, Outcome, Seen
from tests.learn.test_quiz import TWO, asked, deck, giving, play, start, statement, typed

COUNTDOWN = QuizSetup(mode=Mode.COUNTDOWN, choices=TWO)
SURVIVAL = QuizSetup(mode=Mode.SURVIVAL, choices=TWO)
BOTH = pytest.mark.parametrize("setup", [COUNTDOWN, SURVIVAL])


def limit(session: QuizSession) -> float:
    assert session.limit is not None
    return session.limit


# The time of a card


def test_a_card_has_three_seconds_and_one_for_twelve_characters() -> None:
    assert card_ms("") == 3000
    assert card_ms("x" * 12) == 4000
    assert card_ms("x" * 12, pace=2) == 8000
    assert card_ms("x" * 7) == 3583


def test_right_answers_shrink_it_to_half() -> None:
    assert card_ms("x" * 12, right=1) == 3880
    assert card_ms("x" * 12, right=22) == round(4000 * 0.97**22)
    assert card_ms("x" * 12, right=23) == card_ms("x" * 12, right=900) == 2000
    assert card_ms("x" * 12, right=900, pace=2) == 4000


@BOTH
def test_it_is_by_the_wording_that_is_shown(setup: QuizSetup) -> None:
    cards: list[Card] = [statement("short", "BPO", "long " * 12), statement("other", "KPO", "long " * 12)]
    seen = {"short": Seen(1, "1"), "other": Seen(1, "2")}
    assert limit(start(cards, setup, seen=seen)) == 8
    assert limit(start(cards, setup)) == pytest.approx(3 + 5 / 12, abs=0.001)


@BOTH
def test_the_clock_is_the_cards_and_runs_from_paint_to_key(setup: QuizSetup) -> None:
    session = start([typed("x" * 12), typed("y" * 36)], setup)
    first = limit(session)
    assert session.left(500) == first
    session.painted(500)
    assert session.left(501.5) == first - 1.5
    reply = session.answer(giving(session), 502)
    assert (reply.ms, reply.limit_ms) == (2000, 1000 * first)
    assert session.left(900) == first - 2
    assert session.limit == first
    session.go_on()
    second = limit(session)
    assert session.left(1000) == second
    # The other card of 4 or 6 s, after one right answer.
    assert second == pytest.approx((10 - first) * (0.97 if setup is SURVIVAL else 1))


@BOTH
def test_a_timeout_is_its_own_outcome_and_feedback_follows(setup: QuizSetup) -> None:
    session = start(deck(3, 3), setup)
    session.painted(10)
    assert not session.overdue(10 + limit(session) - 0.001)
    assert session.tick(10 + limit(session) - 0.001) is None
    assert session.overdue(10 + limit(session) + 0.05)
    reply = session.tick(10 + limit(session) + 0.05)
    assert reply is not None
    assert (reply.judgement.outcome, reply.judgement.given, reply.judgement.k) == (Outcome.TIMEOUT, "", 2)
    assert (reply.judgement.how, reply.scored, reply.late) == (How.CHOSEN, True, False)
    assert reply.ms == reply.limit_ms
    assert isinstance(session.view, Judged)
    assert (session.right, session.wrong, session.timeouts, session.answered) == (0, 0, 1, 1)
    assert isinstance(session.go_on(), Asking)


@BOTH
def test_a_key_after_the_time_is_a_timeout(setup: QuizSetup) -> None:
    session = start(deck(3, 3), setup)
    reply = play(session, 0, limit(session))
    assert reply.judgement.outcome is Outcome.TIMEOUT
    assert session.right == 0


@BOTH
def test_a_pause_puts_the_card_back_and_its_time_goes_on_when_it_returns(setup: QuizSetup) -> None:
    session = start(deck(3, 3), setup)
    hidden = asked(session).key
    session.painted(0)
    assert session.pause(1.25) is None
    assert isinstance(session.view, Paused)
    assert (session.limit, session.left(2)) == (None, None)
    session.resume()
    assert asked(session).key != hidden
    assert session.left(100) == session.limit
    for turn in range(20):
        if asked(session).key == hidden:
            break
        play(session, 100 + turn, 0.1)
        session.go_on()
    assert session.left(200) == limit(session) - 1.25
    assert play(session, 200, 0.5).ms == 1750


@BOTH
def test_pausing_wins_no_time_for_a_lone_card(setup: QuizSetup) -> None:
    session = start([typed("a")], setup)
    for turn in range(3):
        session.painted(10 * turn)
        session.pause(10 * turn + 1)
        session.resume()
    assert session.left(0) == limit(session) - 3
    session.painted(50)
    reply = session.tick(51)
    assert reply is not None
    assert reply.judgement.outcome is Outcome.TIMEOUT


@BOTH
@pytest.mark.parametrize("how", ["pause", "end"])
def test_leaving_when_the_time_was_over_is_a_timeout(setup: QuizSetup, how: str) -> None:
    session = start(deck(3, 3), setup)
    session.painted(0)
    reply = session.pause(99) if how == "pause" else session.end(99)
    assert reply is not None
    assert reply.judgement.outcome is Outcome.TIMEOUT
    if how == "pause":
        assert isinstance(session.view, Paused)
        assert isinstance(session.resume(), Judged)
    else:
        assert session.view == Done(finished=False)


@BOTH
def test_leaving_before_that_is_early_and_logs_nothing(setup: QuizSetup) -> None:
    session = start(deck(3, 3), setup)
    session.painted(0)
    assert session.end(1) is None
    assert session.view == Done(finished=False)


# Countdown


def test_countdown_asks_each_card_once() -> None:
    session = start([*deck(4, 6), typed("t")], COUNTDOWN)
    assert session.total == session.remaining == 9
    assert session.lives is None
    keys = []
    for turn in range(9):
        keys.append(asked(session).key)
        play(session, turn, 0.1, right=turn % 2 == 0)
        session.go_on()
    assert len(set(keys)) == 9
    assert session.view == Done(finished=True)
    assert (session.right, session.wrong, session.answered) == (5, 4, 9)


def test_a_short_countdown_takes_those_asked_longest_ago_evenly() -> None:
    seen = {f"{side} {n}": Seen(1, f"{n}{side}") for side in TWO for n in range(6)}
    for seed in range(20):
        session = start(deck(8, 9), QuizSetup(mode=Mode.COUNTDOWN, choices=TWO, cards=6), seed, seen)
        keys = []
        while isinstance(session.view, Asking):
            keys.append(asked(session).key)
            play(session, 0, 0.1)
            session.go_on()
        assert Counter(key[:3] for key in keys) == {"BPO": 3, "KPO": 3}
        assert {key for key in keys if key[0] == "B"} == {"BPO 6", "BPO 7", "BPO 0"}  # two never asked


def test_pauses_lose_no_card_of_a_countdown() -> None:
    for seed in range(50):
        random = Random(seed)
        session = start(deck(3, 3), COUNTDOWN, seed)
        keys: list[str] = []
        shown = ""
        for turn in range(200):
            if not isinstance(session.view, Asking):
                break
            key = asked(session).key
            assert key != shown or session.remaining == 1
            shown = key
            if random.random() < 0.5:
                session.painted(turn)
                session.pause(turn + 0.001)
                session.resume()
            else:
                play(session, turn, 0.1)
                keys.append(key)
                session.go_on()
        assert sorted(keys) == sorted(card.key for card in deck(3, 3))
        assert session.view == Done(finished=True)


# Survival


def test_survival_ends_with_the_third_life() -> None:
    session = start(deck(3, 3), SURVIVAL)
    assert (session.lives, session.total, session.remaining) == (3, None, None)
    play(session, 0, 0.1, right=False)
    session.go_on()
    session.painted(10)
    session.tick(99)
    assert session.lives == 1
    session.go_on()
    play(session, 100, 0.1)
    session.go_on()
    play(session, 101, 0.1, right=False)
    assert (session.lives, session.right, session.wrong, session.timeouts) == (0, 1, 2, 1)
    assert isinstance(session.view, Judged)
    assert session.go_on() == Done(finished=True)


def test_an_exhausted_deck_is_reshuffled() -> None:
    session = start(deck(3, 3), SURVIVAL)
    rounds = []
    for _ in range(5):
        keys = []
        for turn in range(6):
            keys.append(asked(session).key)
            play(session, turn, 0.1)
            session.go_on()
        rounds.append(tuple(keys))
    assert all(len(set(keys)) == 6 for keys in rounds)
    assert len(set(rounds)) > 1


def test_each_right_answer_makes_the_next_card_shorter() -> None:
    session = start([typed("x" * 12)], SURVIVAL)
    limits = []
    for turn in range(30):
        limits.append(limit(session))
        play(session, turn, 0.1, right=turn != 1)
        session.go_on()
    assert limits[:4] == pytest.approx([4, 3.88, 3.88, 4 * 0.97**2], abs=0.001)
    assert limits[-1] == 2


def test_a_card_that_a_pause_sent_back_returns_with_its_own_time() -> None:
    """With the shorter one that it would get by then, it could cost a life the moment it is painted."""
    session = start([typed("x" * 12 + str(n)) for n in range(9)], SURVIVAL)
    hidden, before = asked(session).key, limit(session)
    session.painted(0)
    session.pause(0.9 * before)
    session.resume()
    for turn in range(20):
        if asked(session).key == hidden:
            break
        play(session, 100 + turn, 0.1)
        session.go_on()
    assert session.right >= 1
    assert limit(session) == before
    assert session.left(200) == pytest.approx(0.1 * before)
    reply = play(session, 200, 0.05 * before)
    assert reply.judgement.right
    assert reply.limit_ms == 1000 * before
    assert reply.ms == round(950 * before)
    session.go_on()
    assert limit(session) < before


def test_no_pause_makes_an_answer_take_longer_than_it_may() -> None:
    for seed in range(50):
        random, now = Random(seed), 0.0
        session = start([typed("x" * 12 + str(n)) for n in range(6)], SURVIVAL, seed)
        for _ in range(200):
            if not isinstance(session.view, Asking):
                break
            session.painted(now)
            left = session.left(now)
            assert left is not None
            assert left > 0
            if random.random() < 0.4:
                assert session.pause(now + 0.9 * left) is None
                session.resume()
            else:
                reply = session.answer(giving(session), now + 0.5 * left)
                assert reply.limit_ms is not None
                assert reply.ms <= reply.limit_ms
                session.go_on()
            now += 100


# The order and the time, in the long run


@BOTH
def test_neither_same_nor_opposite_pays(setup: QuizSetup) -> None:
    """Over 10,000 rounds as the sessions deal them."""
    same = pairs = 0
    for seed in range(10_000 // 5 if setup is SURVIVAL else 10_000):
        session = start(deck(7, 8), setup, seed)
        sides: list[str] = []
        while isinstance(session.view, Asking) and len(sides) < 70:
            sides.append(asked(session).answer)
            play(session, 0, 0.01)
            session.go_on()
        runs = [len(list(run)) for _, run in groupby(sides)]
        # Where two rounds meet, a run may go on.
        assert max(runs) <= (3 if setup is COUNTDOWN else 6)
        pairs += len(sides) - 1
        same += len(sides) - len(runs)
    assert 0.45 <= same / pairs <= 0.55


@BOTH
def test_an_hour_does_not_drift(setup: QuizSetup) -> None:
    """Of every card the time is exact, however often it was looked at, hidden or slept through."""
    random = Random(3)
    now, spent = 1_000_000.0, 0
    waited: dict[str, int] = {}  # microseconds in sight before a pause, so exact
    session = start([typed("x" * 100 + str(n)) for n in range(9)], setup)
    while spent < 3_600_000_000:
        if isinstance(session.view, Done):
            session, waited = start([typed("x" * 100 + str(n)) for n in range(9)], setup), {}
        key = asked(session).key
        before = waited.pop(key, 0)
        took = random.randrange(50_000, 1_200_000)
        session.painted(now)
        for frame in range(1, took // 16_667):
            assert session.tick(now + frame / 60) is None
        left = session.left(now + took / 1e6)
        assert left is not None
        assert abs(limit(session) - left - (before + took) / 1e6) < 1 / 60 / 1000
        if random.random() < 0.1 and before == 0:
            session.pause(now + took / 1e6)
            session.resume()
            waited[key] = took
        else:
            reply = session.answer(giving(session), now + took / 1e6)
            assert abs(reply.ms - (before + took) / 1000) <= 0.501
            session.go_on()
        spent += took
        now += took / 1e6 + random.random()


def test_a_watch_adds_up_what_was_in_sight() -> None:
    watch = Watch()
    watch.start(5)
    watch.start(6)
    assert (watch.all(7), watch.one(7), watch.running) == (2, 2, True)
    assert watch.all(4) == 0  # a key that was pressed before the paint was noted
    watch.stop(8)
    watch.turn(1.5)
    watch.start(20)
    assert (watch.all(21), watch.one(21)) == (4, 2.5)


# Flip cards


@BOTH
def test_a_flip_card_is_chosen_among_its_distractors(setup: QuizSetup) -> None:
    cards: list[Card] = [Flip(key=f"f{n}", entry=0, prompt=f"f{n}", answer=f"back {n}") for n in range(4)]
    wrong = {card.key: [other.answer for other in cards if other is not card] for card in cards[:3]}
    session = QuizSession(cards, setup, seen={}, random=Random(1), distractors=wrong)
    assert {card.key for card in session.cards} == {"f0", "f1", "f2"}
    session.begin()
    for right in (True, False):
        assert isinstance(session.view, Asking)
        question = session.view.question
        assert (question.k, question.typed) == (4, False)
        assert {option.text for option in question.options} == {card.answer for card in cards}
        reply = play(session, 0, 0.5, right=right)
        assert reply.judgement.right is right
        assert reply.judgement.k == 4
        session.go_on()

"""How a deck's last quiz was set up, from the log alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck.card import Deck, QuizDefaults
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.setup import usual_setup
from quizapp.overview import last_setup
from quizapp.scores.store import Store, open_store
from quizapp.sitting import quiz
from tests.builders import FakeClock, deck, flip, statement, typed

CHOICES = ("BPO", "KPO", "Both")
DECK = deck(*(statement(f"{side} {n}", side) for side in CHOICES for n in range(5)), typed("t", "t"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def begin(store: Store, clock: FakeClock, setup: QuizSetup, of: Deck = DECK) -> None:
    quiz(store, clock, of, of.cards, setup).begin()


def test_without_a_quiz_there_is_none(store: Store, clock: FakeClock) -> None:
    assert last_setup(store, DECK) is None
    begin(store, clock, QuizSetup(mode=Mode.PRACTICE), structs.replace(DECK, id="other"))
    assert last_setup(store, DECK) is None


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("choices", [(), ("BPO", "KPO"), ("KPO", "Both")])
def test_it_is_the_last_one_but_for_its_seed(
    store: Store, clock: FakeClock, mode: Mode, choices: tuple[str, ...]
) -> None:
    begin(store, clock, QuizSetup(mode=Mode.SPRINT, seconds=30, seed=1))
    setup = usual_setup(mode, 11, choices=choices, seed=2, certainty=mode is Mode.EXAM, pace=2)
    begin(store, clock, setup)
    assert last_setup(store, DECK) == structs.replace(setup, seed=0, pace=setup.paced)


def test_a_drill_is_not_remembered(store: Store, clock: FakeClock) -> None:
    setup = usual_setup(Mode.COUNTDOWN, 16)
    begin(store, clock, setup)
    begin(store, clock, setup.for_drill())
    assert last_setup(store, DECK) == setup


def test_choices_that_the_deck_no_longer_has_are_left_out(store: Store, clock: FakeClock) -> None:
    begin(store, clock, QuizSetup(mode=Mode.SPRINT, seconds=60, choices=("BPO", "KPO")))

    def remembered(choices: tuple[str, ...], usual: tuple[str, ...] = ()) -> tuple[str, ...]:
        edited = deck(*(statement(side, side, choices=choices) for side in choices))
        found = last_setup(store, structs.replace(edited, quiz=QuizDefaults(choices=usual)))
        assert found is not None
        return found.choices

    assert remembered(("KPO", "Both", "BPO")) == ("KPO", "BPO")
    assert remembered(("BPO", "KPO")) == ()  # all there are
    assert remembered(("BPO", "Others", "None"), usual=("Others", "None")) == ("Others", "None")
    assert remembered(("BPO", "KPO", "Both"), usual=("KPO", "BPO")) == ("KPO", "BPO")


def test_no_more_cards_than_there_are_now(store: Store, clock: FakeClock) -> None:
    begin(store, clock, usual_setup(Mode.EXAM, 16, cards=12))
    found = last_setup(store, structs.replace(DECK, cards=DECK.cards[:12]))
    assert found is not None
    # Of 5, 5 and 2 a side; each card has the time that it had.
    assert (found.cards, found.seconds) == (6, 60)
    assert last_setup(store, structs.replace(DECK, cards=())) is None


def test_with_fewer_cards_an_exam_keeps_its_pace_and_a_second_at_least(
    store: Store, clock: FakeClock
) -> None:
    begin(store, clock, usual_setup(Mode.EXAM, 15, cards=15, seconds=2, pace=2))
    fewer = structs.replace(DECK, cards=(DECK.cards[0], DECK.cards[5], DECK.cards[10]))
    found = last_setup(store, fewer)
    assert found is not None
    assert (found.cards, found.seconds, found.pace) == (3, 1, 2)
    same = last_setup(store, DECK)
    assert same is not None
    assert (same.cards, same.seconds) == (15, 2)


def test_the_last_timed_quiz_is_remembered_past_a_practice(store: Store, clock: FakeClock) -> None:
    begin(store, clock, QuizSetup(mode=Mode.PRACTICE))
    assert last_setup(store, DECK, timed=True) is None
    setup = usual_setup(Mode.COUNTDOWN, 16)
    begin(store, clock, setup)
    begin(store, clock, QuizSetup(mode=Mode.PRACTICE))
    assert last_setup(store, DECK, timed=True) == setup
    assert last_setup(store, DECK) == QuizSetup(mode=Mode.PRACTICE)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE run SET mode = 'relay'", "UPDATE run SET pace = 1.5", "UPDATE run SET seconds = NULL"],
)
def test_a_quiz_that_only_a_later_version_can_repeat_is_none(
    store: Store, clock: FakeClock, sql: str
) -> None:
    begin(store, clock, QuizSetup(mode=Mode.SPRINT, seconds=30))
    store._db.execute(sql)
    assert last_setup(store, DECK) is None


def test_flip_cards_count_with_their_distractors(store: Store, clock: FakeClock) -> None:
    card = flip("front", "back")
    one, wrong = deck(card), {card.key: ("other",)}
    quiz(store, clock, one, one.cards, usual_setup(Mode.EXAM, 1), distractors=wrong).begin()
    assert last_setup(store, one) is None
    assert last_setup(store, one, wrong) == usual_setup(Mode.EXAM, 1)

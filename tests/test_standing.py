"""How a deck stands: each figure from a log that is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.carry import rekey_of
from quizapp.deck.card import Deck, StudyDefaults, UsualStudy
from quizapp.deck.library import Library
from quizapp.learn.judge import Chosen
from quizapp.learn.study import Asking
from quizapp.record import Grade, Ref
from quizapp.scores.store import Store, open_store
from quizapp.sitting import bring_back, carry, study, unflag
from quizapp.standing import Standing, standing
from tests.builders import DAY_MS, FakeClock, deck, flip, statement

DECK = deck(
    statement("Anyone can do it.", "BPO"),
    statement("Few can do it.", "KPO"),
    flip("What is it for?", "Cutting costs"),
    flip("Who does it?", "Others"),
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def look(store: Store, clock: FakeClock, whole: Deck = DECK) -> Standing:
    return standing(store, whole, clock(), UsualStudy(), Random(1))


def learn(store: Store, clock: FakeClock, grade: Grade = Grade.EASY, most: int = 9) -> None:
    sitting = study(store, clock, [DECK], Random(1))
    sitting.start()
    for _ in range(most):
        if not isinstance(sitting.view, Asking):
            break
        sitting.reveal()
        sitting.grade(grade, 900)
    sitting.leave()


def test_a_new_deck_is_all_new(store: Store, clock: FakeClock) -> None:
    found = look(store, clock)
    assert (found.new, found.learning, found.young, found.old) == (4, 0, 0, 0)
    assert found.known is None
    assert found.asked == 0
    assert found.exam is None
    assert sum(count for _, count in found.to_come) == 0


def test_cards_move_from_new_to_learning_to_young(store: Store, clock: FakeClock) -> None:
    learn(store, clock, Grade.EASY, most=3)
    sitting = study(store, clock, [DECK], Random(1))
    sitting.start()
    sitting.reveal()
    sitting.grade(Grade.AGAIN, 900)
    found = look(store, clock)
    assert (found.new, found.learning, found.young, found.old) == (0, 1, 3, 0)
    assert found.known == pytest.approx(1.0)
    assert found.to_come[0] == (clock().day, 1)  # the step; the others come later
    assert sum(count for _, count in found.to_come) == 4


def test_recall_is_measured_on_reviews_of_a_later_day(store: Store, clock: FakeClock) -> None:
    learn(store, clock)
    assert look(store, clock).asked == 0  # first sight is no review
    clock.forward(20 * DAY_MS)
    learn(store, clock, Grade.GOOD, most=3)
    learn(store, clock, Grade.AGAIN, most=1)
    learn(store, clock, Grade.GOOD, most=1)  # the same card's step is no second review
    found = look(store, clock)
    assert (found.recalled, found.asked) == (3, 4)
    clock.forward(31 * DAY_MS)
    assert look(store, clock).asked == 0


@pytest.mark.parametrize("carried", [False, True])
def test_what_follows_an_answer_that_was_undone_is_no_review(
    store: Store, clock: FakeClock, carried: bool
) -> None:
    """A window that was left open for days takes its own last answer back."""
    whole = structs.replace(DECK, cards=DECK.cards[2:])
    if carried:
        # Of another card of the deck: then all is counted by where it belongs.
        learn(store, clock, Grade.EASY, most=1)
        key = DECK.cards[0].key
        carry(store, clock, Library(decks={"d": DECK}), rekey_of("d", DECK, {key: DECK.cards[1].key}))
    early = study(store, clock, [whole], Random(1))
    early.start()
    early.reveal()
    early.grade(Grade.EASY, 900)
    clock.forward(20 * DAY_MS)
    other = study(store, clock, [whole], Random(1))
    other.start()
    other.reveal()
    other.grade(Grade.GOOD, 900)
    assert store.recalled("d", "2026-01-01") == (1, 1)
    early.undo()
    assert store.recalled("d", "2026-01-01") == (0, 0)


def test_a_changed_grade_counts_as_changed(store: Store, clock: FakeClock) -> None:
    learn(store, clock)
    clock.forward(20 * DAY_MS)
    sitting = study(store, clock, [structs.replace(DECK, cards=DECK.cards[:1])], Random(1))
    sitting.start()
    sitting.answer(Chosen(0), 900)
    sitting.grade(Grade.AGAIN, 900)
    assert (look(store, clock).recalled, look(store, clock).asked) == (0, 1)


def test_marked_cards_are_listed_and_come_back(store: Store, clock: FakeClock) -> None:
    sitting = study(store, clock, [DECK], Random(1))
    sitting.start()
    keys = []
    for do in (sitting.suspend, sitting.bury):
        assert isinstance(sitting.view, Asking)
        keys.append(sitting.view.item.card.key)
        do()
    assert isinstance(sitting.view, Asking)
    keys.append(sitting.view.item.card.key)
    sitting.flag()
    found = look(store, clock)
    assert [card.key for card in (*found.suspended, *found.buried, *found.flagged)] == keys
    assert found.new == 3
    refs = [Ref(DECK.id, key) for key in keys]
    bring_back(store, clock, refs[:2])
    unflag(store, clock, refs[2:])
    found = look(store, clock)
    assert found.suspended == found.buried == found.flagged == ()
    assert found.new == 4


def test_an_exam_has_a_forecast_until_its_day(store: Store, clock: FakeClock) -> None:
    whole = structs.replace(DECK, study=StudyDefaults(exam_date=date(2026, 1, 10)))
    found = look(store, clock, whole)
    assert found.exam is not None
    assert found.exam.forecast.day == "2026-01-10"
    assert found.exam.minutes >= 1
    clock.forward(9 * DAY_MS)
    assert look(store, clock, whole).exam is None

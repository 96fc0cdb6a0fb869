"""Typed answers in study and in each mode: all of the deck's answers count, also those that are not asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quizapp.deck.card import Deck
from quizapp.learn.judge import Written
from quizapp.learn.setup import Mode, usual_setup
from quizapp.record import Grade, Outcome
from quizapp.scores.store import Store, open_store
from quizapp.sitting import quiz, study
from tests.builders import FakeClock, deck, flip, typed

ALKANE = typed("Only single bonds?", "alkane")
ALONE = deck(ALKANE)
TOLD = deck(ALKANE, flip("A double bond?", "alkene"))
RULING = pytest.mark.parametrize(
    ("whole", "outcome"), [(ALONE, Outcome.RIGHT), (TOLD, Outcome.WRONG)], ids=["alone", "told apart"]
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=FakeClock().now_ms)) as store:
        yield store


@RULING
def test_study(store: Store, whole: Deck, outcome: Outcome) -> None:
    sitting = study(store, FakeClock(), [whole], Random(1))
    sitting.start()
    sitting.answer(Written("alkene"), 1000)
    (logged,) = store.answers()
    assert (logged.answer.given, logged.answer.outcome) == ("alkene", outcome)
    assert logged.grade is (Grade.GOOD if outcome is Outcome.RIGHT else Grade.AGAIN)


@RULING
@pytest.mark.parametrize("mode", list(Mode))
def test_a_quiz(store: Store, whole: Deck, outcome: Outcome, mode: Mode) -> None:
    """Flip cards without wrong answers are not asked, and still their answers are known."""
    sitting = quiz(store, FakeClock(), whole, [ALKANE], usual_setup(mode, 1, seed=1))
    sitting.begin()
    sitting.session.painted(0.0)
    sitting.answer(Written("alkene"), 1.0)
    assert [(one.given, one.outcome) for one in sitting.answers] == [("alkene", outcome)]

"""What was taken back, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quizapp.deck.library import Library
from quizapp.learn.judge import Chosen
from quizapp.record import Grade
from quizapp.scores.store import Store, open_store
from quizapp.sitting import cram, study, undo_last
from quizapp.undone import undone
from tests.builders import FakeClock, deck, statement

LONG = deck(statement("Nearly anybody could offer it, a child too.", "BPO"), id="sides")
LIBRARY = Library(decks={"sides": LONG})


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def taken_back(store: Store, clock: FakeClock, library: Library = LIBRARY) -> str:
    done = undo_last(store, clock)
    assert done is not None
    return undone(store, library, done)


def test_an_answer_is_named_by_its_last_grade_its_card_and_its_deck(store: Store, clock: FakeClock) -> None:
    sitting = study(store, clock, [LONG], Random(1))
    sitting.start()
    sitting.answer(Chosen(0), 1000)
    sitting.grade(Grade.HARD, 1000)
    assert taken_back(store, clock) == "Hard for “Nearly anybody could offer it, a child…” of Sides"


def test_so_is_a_card_that_was_put_aside(store: Store, clock: FakeClock) -> None:
    sitting = study(store, clock, [LONG], Random(1))
    sitting.start()
    sitting.bury()
    assert taken_back(store, clock) == "burying “Nearly anybody could offer it, a child…” of Sides"
    sitting = study(store, clock, [LONG], Random(1))
    sitting.start()
    sitting.suspend()
    assert taken_back(store, clock) == "suspending “Nearly anybody could offer it, a child…” of Sides"


def test_cram_gives_no_grade(store: Store, clock: FakeClock) -> None:
    sitting = cram(store, clock, [LONG], Random(1))
    sitting.start()
    sitting.answer(Chosen(0), 1000)
    assert taken_back(store, clock) == "an answer to “Nearly anybody could offer it, a child…” of Sides"


def test_a_card_that_is_gone_is_named_by_its_deck(store: Store, clock: FakeClock) -> None:
    sitting = study(store, clock, [LONG], Random(1))
    sitting.start()
    for library, said in (
        (Library(decks={}), "Again for a card of sides"),
        (Library(decks={"sides": deck(id="sides")}), "Good for a card that has left Sides"),
    ):
        sitting.answer(Chosen(1 if "Again" in said else 0), 1000)
        assert taken_back(store, clock, library) == said
        sitting = study(store, clock, [LONG], Random(1))
        sitting.start()

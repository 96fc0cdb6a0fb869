"""`quizapp optimize`: kept only if better, and taken back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.deck.card import Deck
from quizapp.learn.study import Asking, Grading
from quizapp.record import Grade
from quizapp.scores.store import Store, open_log, open_store
from quizapp.sitting import study
from tests.builders import DAY_MS, FakeClock, deck, flip
from tests.cli.conftest import Run, Write

CARDS = 40
FILE = "".join(f'[[card]]\nfront = "front {n}"\nback = "back {n}"\n' for n in range(CARDS))
DECK = deck(*(flip(f"front {n}", f"back {n}") for n in range(CARDS)), id="mine")


@pytest.fixture
def store(home: Path, write: Write) -> Iterator[Store]:
    write("mine.toml", FILE)
    clock = FakeClock()
    with closing(open_store(home / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def live(store: Store, days: int, recall: float) -> None:
    """Study for so many days, with a memory that keeps each card with this chance however long it was."""
    random, clock = Random(3), FakeClock()
    usual = structs.replace(DECK.study, new_per_day=CARDS)
    for _ in range(days):
        study_day(store, clock, structs.replace(DECK, study=usual), random, recall)
        clock.forward(DAY_MS)


def study_day(store: Store, clock: FakeClock, whole: Deck, random: Random, recall: float) -> None:
    sitting = study(store, clock, [whole], random)
    sitting.start()
    while isinstance(view := sitting.view, Asking | Grading):
        if isinstance(view, Asking):
            known = view.item.memory is None or random.random() < recall
            sitting.reveal()
            sitting.grade(Grade.GOOD if known else Grade.AGAIN, 900)


def scheduled_by(home: Path) -> tuple[float, ...] | None:
    with closing(open_log(home / "scores.db")) as log:
        return log.parameters("mine")


class TestWithEnough:
    def test_better_ones_are_kept_and_answers_are_scheduled_by_them(
        self, run: Run, home: Path, store: Store
    ) -> None:
        live(store, 14, 0.6)
        result = run("optimize")
        assert result.exit_code == 0, result.output
        assert "Better, and kept from the next answer on." in result.stdout
        assert "log loss" in result.stdout
        fitted = scheduled_by(home)
        assert fitted is not None
        clock = FakeClock(FakeClock().at_ms + 60 * DAY_MS)
        study_day(store, clock, DECK, Random(1), 1.0)
        *_, last = store.answers()
        assert last.answer.scheduler is not None
        assert store.schedulers()[last.answer.scheduler].parameters == fitted

    def test_a_dry_run_keeps_nothing(self, run: Run, home: Path, store: Store) -> None:
        live(store, 14, 0.6)
        result = run("optimize", "--dry-run", "mine")
        assert "Better; nothing was kept" in result.stdout
        assert scheduled_by(home) is None

    def test_it_is_taken_back(self, run: Run, home: Path, store: Store) -> None:
        live(store, 14, 0.6)
        run("optimize", "mine")
        assert scheduled_by(home) is not None
        assert run("optimize", "--undo").exit_code == 1  # that one would be of all decks
        assert run("optimize", "--undo", "mine").exit_code == 0
        assert scheduled_by(home) is None
        again = run("optimize", "--undo", "mine")
        assert again.exit_code == 1
        assert 'There is no fit of "mine" to undo' in again.stderr

    def test_cancelled_it_changes_nothing(
        self, run: Run, home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live(store, 14, 0.6)

        def cancelled(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("quizapp.sitting.fitting.histories", cancelled)
        result = run("optimize")
        assert result.exit_code == 1
        assert "Cancelled; nothing was changed" in result.stderr
        assert scheduled_by(home) is None


def test_too_few_reviews_are_named(run: Run, store: Store) -> None:
    live(store, 1, 0.9)
    result = run("optimize")
    assert result.exit_code == 1
    assert "a fit needs 400" in result.stderr


def test_without_the_extra_it_says_what_to_install(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(store, 14, 0.6)
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    result = run("optimize")
    assert result.exit_code == 1
    assert "pip install 'quizapp[optimize]'" in result.stderr


def test_nothing_is_to_be_installed_for_too_few_reviews(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    assert "There are 0 reviews; a fit needs 400" in run("optimize").stderr


def test_dry_run_and_undo_do_not_go_together(run: Run) -> None:
    assert run("optimize", "--dry-run", "--undo").exit_code == 2

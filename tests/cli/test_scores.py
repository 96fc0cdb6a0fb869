"""`quizapp scores`: the best and the last quizzes, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from quizapp.deck.card import Deck
from quizapp.deck.read import read_deck
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.scores.store import Store, open_store
from tests.builders import FakeClock
from tests.cli.conftest import Run, Write
from tests.quizzes import taken

TWO = ("BPO", "KPO")
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)
HOUR = 3_600_000

TEN = 'title = "Ten of them"\nchoices = ["BPO", "KPO", "Both"]\n[quiz]\nchoices = ["BPO", "KPO"]\n' + "".join(
    f'[[card]]\nstatement = "Statement {n} it is."\nanswer = "{TWO[n % 2]}"\n' for n in range(16)
)


class Taker:
    """Takes quizzes on the decks of the home, an hour apart."""

    def __init__(self, home: Path, write: Write) -> None:
        self._write = write
        self.clock = FakeClock()
        self.store: Store = open_store(home / "scores.db", now_ms=self.clock.now_ms)
        self._seed = 0

    def deck(self, text: str, id_: str = "ten") -> Deck:
        path = self._write(f"{id_}.toml", text)
        deck, problems = read_deck(path, deck_id=id_)
        assert deck is not None
        assert not problems
        return deck

    def take(self, deck: Deck, answers: str, setup: QuizSetup = SPRINT, *, early: bool = False) -> None:
        self._seed += 1
        sitting = taken(self.store, self.clock, deck, setup, answers, seed=self._seed, ended=early)
        if not early:
            # Its time is over.
            sitting.end(99)
        self.clock.forward(HOUR)


@pytest.fixture
def taker(home: Path, write: Write) -> Iterator[Taker]:
    taker = Taker(home, write)
    with closing(taker.store):
        yield taker


def listed(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def finish(taker: Taker, deck: Deck, answers: str) -> None:
    """A practice of all cards, which ends by itself."""
    taker.take(deck, answers, QuizSetup(mode=Mode.PRACTICE, choices=TWO))


def test_without_quizzes_it_says_what_to_do(run: Run) -> None:
    result = run("scores")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "There are no quizzes yet. To take one: quizapp quiz DECK\n"
    assert listed(run("scores", "--json")) == []


def test_the_best_and_the_last(run: Run, taker: Taker) -> None:
    deck = taker.deck(TEN)
    for answers in ("+" * 16, "+" * 8 + "-" + "+" * 8, "++--"):
        finish(taker, deck, answers)
    lines = [line.split("  ") for line in run("scores").stdout.splitlines()]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert rows == [
        ["ten: Practice; BPO, KPO"],
        ["best", "100 % right", "16 of 16", "2026-01-01 10:00"],
        ["best", "93.8 % right", "15 of 16", "2026-01-01 11:00"],
        ["last", "50 % right", "2 of 4", "2026-01-01 12:00", "ended early"],
        ["last", "93.8 % right", "15 of 16", "2026-01-01 11:00"],
        ["last", "100 % right", "16 of 16", "2026-01-01 10:00"],
    ]
    assert max(map(len, run("scores").stdout.splitlines())) < 80


def test_other_conditions_are_another_list(run: Run, taker: Taker) -> None:
    deck = taker.deck(TEN)
    finish(taker, deck, "+" * 16)
    taker.take(deck, "+" * 12, early=True)
    taker.take(deck, "+" * 12, QuizSetup(mode=Mode.SPRINT, seconds=30), early=True)
    found = listed(run("scores", "--json"))
    assert [(one["mode"], one["seconds"], one["choices"]) for one in found] == [
        ("sprint", 30, ["BPO", "KPO", "Both"]),
        ("sprint", 60, ["BPO", "KPO"]),
        ("practice", None, ["BPO", "KPO"]),
    ]
    assert [len(one["best"]) for one in found] == [0, 0, 1], "the sprints ended early"
    (last,) = found[1]["last"]
    assert last == {
        "session": last["session"],
        "at": "2026-01-01T11:00:00+00:00",
        "day": "2026-01-01",
        "score": 12,
        "asked": 12,
        "right": 12,
        "finished": False,
        "may_be_best": False,
        "seed": 2,
        "older_cards": False,
    }


def test_quizzes_of_older_cards_are_marked_and_come_last(run: Run, taker: Taker) -> None:
    finish(taker, taker.deck(TEN), "+" * 16)
    changed = taker.deck(TEN.replace("Statement 0 it is.", "Something else it is."))
    finish(taker, changed, "+" * 8 + "-" + "+" * 8)
    (found,) = listed(run("scores", "ten", "--json"))
    assert [(one["score"], one["older_cards"]) for one in found["best"]] == [(93.75, False), (100, True)]
    assert [one["older_cards"] for one in found["last"]] == [False, True]
    (older,) = [
        line for line in run("scores").stdout.splitlines() if "best" in line and "older cards" in line
    ]
    assert "100 % right" in older


def test_only_a_few_are_listed(run: Run, taker: Taker) -> None:
    deck = taker.deck(TEN)
    for _ in range(7):
        finish(taker, deck, "+" * 16)
    (found,) = listed(run("scores", "--json"))
    assert (found["quizzes"], len(found["best"]), len(found["last"])) == (7, 3, 5)
    assert found["best"][0]["at"].startswith("2026-01-01T10"), "the first of equals"


def test_one_deck(run: Run, taker: Taker, write: Write) -> None:
    finish(taker, taker.deck(TEN), "+" * 16)
    finish(taker, taker.deck(TEN.replace("Ten of them", "Others"), "others"), "+" * 16)
    assert [one["deck"] for one in listed(run("scores", "--json"))] == ["others", "ten"]
    assert [one["title"] for one in listed(run("scores", "others", "--json"))] == ["Others"]
    path = write("others.toml", TEN)
    assert [one["deck"] for one in listed(run("scores", path, "--json"))] == ["others"]
    path.unlink()
    (gone,) = listed(run("scores", "others", "--json"))
    assert (gone["title"], gone["quizzes"]) == ("others", 1), "a deck that is gone keeps its scores"


def test_a_deck_that_there_is_not(run: Run, taker: Taker) -> None:
    finish(taker, taker.deck(TEN), "+" * 16)
    result = run("scores", "tne")
    assert result.exit_code != 0
    assert "ten" in result.stderr


def test_drills_are_no_scores(run: Run, taker: Taker) -> None:
    deck = taker.deck(TEN)
    taker.take(deck, "+++", SPRINT.for_drill(), early=True)
    assert listed(run("scores", "--json")) == []

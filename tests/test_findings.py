"""What figures say in words, and what is not said of too little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.deck.card import Deck
from quizapp.findings import findings
from quizapp.learn.judge import Chosen
from quizapp.learn.quiz import Asking, Mode, QuizSetup
from quizapp.scores.store import Store, open_store
from tests.builders import FakeClock, deck, statement
from tests.quizzes import taken
from tests.tui.app import two_sided

SIDES = two_sided()
TWO = ("BPO", "KPO")
PRACTICE = QuizSetup(mode=Mode.PRACTICE, choices=TWO)
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)
CLOCK = FakeClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=CLOCK.now_ms)) as store:
        yield store


def said(
    store: Store, setup: QuizSetup, answers: str, *, quizzed: Deck = SIDES, seed: int = 1, certainty: str = ""
) -> dict[str, str]:
    ended = taken(store, CLOCK, quizzed, setup, answers, seed=seed, certainty=certainty).ended()
    return dict(findings(ended.results(), ended.figures(), ended.run, ended.best))


def test_a_few_answers_say_little(store: Store) -> None:
    assert said(store, PRACTICE, "+") == {"Accuracy": "100 % right (21–100 %); beyond guessing 100 %"}


def test_nothing_is_said_of_nothing(store: Store) -> None:
    assert said(store, PRACTICE, "") == {}


def test_a_longer_run(store: Store) -> None:
    lines = said(store, SPRINT, "+++-++++++++")
    assert lines["Accuracy"] == "92 % right (65–99 %); beyond guessing 83 %"
    assert lines["Time"] == (
        "Right answers 1.5 s, wrong ones 2.5 s.\nSteady: half of your right answers took about 1.5 s."
    )
    assert lines["Agreement"].startswith("κ .8")
    assert lines["Aspects"].endswith("others all right")
    assert "1 of " in lines["Aspects"]
    assert "Lean" not in lines, "twelve answers are too few"
    assert "New" not in lines, "all of them were new"


def test_worse_than_guessing_is_nothing_beyond_it(store: Store) -> None:
    assert said(store, PRACTICE, "---+--")["Accuracy"].endswith("beyond guessing 0 %")


def test_a_lean_is_named(store: Store) -> None:
    """KPO was said too readily: five BPOs are wrong, and none of the KPOs."""
    cards = [statement(f"Number {n}.", TWO[n % 2]) for n in range(24)]
    many = deck(*cards, id="many")
    setup = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)
    sitting = taken(store, CLOCK, many, setup, "", ended=False)
    wrong = 5
    for now in range(24):
        view = sitting.view
        assert isinstance(view, Asking)
        sitting.session.painted(now)
        texts, answer = [option.text for option in view.question.options], view.question.card.answer
        lean = answer == "BPO" and wrong > 0
        wrong -= lean
        sitting.answer(Chosen(texts.index("KPO" if lean else answer)), now + 1)
        sitting.go_on()
    sitting.end(24)
    ended = sitting.ended()
    lines = dict(findings(ended.results(), ended.figures(), ended.run, ended.best))
    assert lines["Lean"] == "You lean towards KPO."


def test_new_statements_against_known_ones(store: Store) -> None:
    few = QuizSetup(mode=Mode.PRACTICE, choices=TWO, cards=8)
    assert "New" not in said(store, few, "++++++++")
    # The eight that were never asked come first.
    lines = said(store, SPRINT, "----++++" + "++++++++", seed=2)
    assert lines["New"] == (
        "New statements 50 % right, known ones 100 %: you may know the sentences better than the rule."
    )


def test_a_rule_that_was_learnt(store: Store) -> None:
    said(store, QuizSetup(mode=Mode.PRACTICE, choices=TWO, cards=8), "++++++++")
    lines = said(store, PRACTICE, "+" * 16, seed=2)
    assert lines["New"].endswith("New statements 100 % right, known ones 100 %: you know the rule.")


def test_an_exam_says_its_certainty_and_not_its_score_again(store: Store) -> None:
    setup = QuizSetup(mode=Mode.EXAM, seconds=100, cards=10, choices=TWO, certainty=True)
    lines = said(store, setup, "++-++-++++", certainty="3313333333")
    assert lines["Accuracy"] == "80 % right (49–94 %)"
    assert lines["Certainty"] == "18 points for how sure you were, of at most 30"


def test_one_point_is_a_point(store: Store) -> None:
    setup = QuizSetup(mode=Mode.EXAM, seconds=20, cards=2, choices=TWO, certainty=True)
    assert said(store, setup, "+-", certainty="12")["Certainty"].startswith("−1 point for how sure")

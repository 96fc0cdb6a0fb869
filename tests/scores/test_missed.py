"""Which cards count as missed: those answered wrong in a quiz, until one's first answer is right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quizapp.learn.judge import Chosen
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.study import Asking
from quizapp.record import Grade
from quizapp.scores.store import Store, open_store
from quizapp.sitting import clear_missed, quiz, study
from tests.builders import FakeClock
from tests.quizzes import taken
from tests.tui.app import two_sided

SIDES = two_sided()
CARDS = {card.key: card for card in SIDES.cards}
TWO = ("BPO", "KPO")
PRACTICE = QuizSetup(mode=Mode.PRACTICE, choices=TWO)
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)
CLOCK = FakeClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=CLOCK.now_ms)) as store:
        yield store


def missed(store: Store) -> list[str]:
    found = store.missed("sides")
    assert found == store.missed(), "there is no other deck"
    return [ref.card for ref in found]


def drill(store: Store, answers: str) -> None:
    cards = tuple(CARDS[key] for key in missed(store))
    taken(store, CLOCK, SIDES, PRACTICE.for_drill(), answers, cards=cards)


def test_wrong_answers_are_missed_the_oldest_first(store: Store) -> None:
    sitting = taken(store, CLOCK, SIDES, SPRINT, "+-+--")
    assert missed(store) == [row.card for row in sitting.answers if row.outcome == "wrong"]
    assert store.missed("another") == []


def test_a_drill_that_is_left_loses_none(store: Store) -> None:
    taken(store, CLOCK, SIDES, SPRINT, "+-+--")
    before = set(missed(store))
    drill(store, "-")
    assert set(missed(store)) == before


def test_right_in_a_drill_is_missed_no_more(store: Store) -> None:
    taken(store, CLOCK, SIDES, SPRINT, "---")
    drill(store, "+")
    assert len(missed(store)) == 2


def test_the_repeat_in_a_drill_that_was_wrong_first_clears_nothing(store: Store) -> None:
    taken(store, CLOCK, SIDES, SPRINT, "-")
    drill(store, "-+")
    assert len(missed(store)) == 1, "its answer was on the screen a moment before"
    drill(store, "+")
    assert missed(store) == []


def test_right_in_any_later_quiz_is_missed_no_more(store: Store) -> None:
    taken(store, CLOCK, SIDES, SPRINT, "--")
    taken(store, CLOCK, SIDES, PRACTICE, "+" * 16, seed=2)
    assert missed(store) == []


ROUND = len([card for card in SIDES.cards if card.answer in TWO])
SURVIVAL = QuizSetup(mode=Mode.SURVIVAL, choices=TWO)


def test_a_later_round_of_the_same_quiz_clears_nothing(store: Store) -> None:
    for setup in (SPRINT, SURVIVAL):
        sitting = taken(store, CLOCK, SIDES, setup, "--" + "+" * (2 * ROUND))
        rows = sitting.answers
        wrong = [row.card for row in rows if row.outcome == "wrong"]
        assert all([row.card for row in rows].count(card) > 1 for card in wrong)
        assert missed(store) == wrong, "its answer was on the screen a round before"
        taken(store, CLOCK, SIDES, PRACTICE, "+" * ROUND, seed=2)
        assert missed(store) == []


def test_right_first_in_a_later_quiz_clears_whatever_its_later_rounds(store: Store) -> None:
    taken(store, CLOCK, SIDES, SPRINT, "--")
    sitting = taken(store, CLOCK, SIDES, SURVIVAL, "+" * (2 * ROUND) + "-", seed=2)
    assert missed(store) == [sitting.answers[-1].card]
    taken(store, CLOCK, SIDES, SURVIVAL, "+" * (2 * ROUND), seed=3)
    assert missed(store) == []


def test_no_answer_first_and_right_in_a_later_round_clears_nothing(store: Store) -> None:
    sitting = taken(store, CLOCK, SIDES, SPRINT, "--")
    before = missed(store)
    cards = tuple(CARDS[row.card] for row in sitting.answers)
    taken(store, CLOCK, SIDES, SURVIVAL, "t" + "+" * 5, cards=cards, seed=2)
    assert len(missed(store)) == 1
    assert set(missed(store)) < set(before)


def test_what_study_says_is_another_matter(store: Store) -> None:
    sitting = study(store, CLOCK, [SIDES], Random(1))
    sitting.start()
    view = sitting.view
    assert isinstance(view, Asking)
    marks = [option.text == view.item.card.answer for option in view.question.options]
    sitting.answer(Chosen(marks.index(False)), 1000)
    sitting.grade(Grade.AGAIN, 0)
    assert missed(store) == []


def test_of_an_answer_that_was_changed_in_an_exam_the_last_counts(store: Store) -> None:
    setup = QuizSetup(mode=Mode.EXAM, seconds=100, cards=4, choices=TWO, seed=1)
    sitting = quiz(store, CLOCK, SIDES, SIDES.cards, setup)
    sitting.begin()
    sitting.exam.painted(0)
    card = sitting.exam.questions[0].card
    texts = [option.text for option in sitting.exam.questions[0].options]
    right = texts.index(card.answer)
    sitting.answer(Chosen(1 - right), 1)
    assert missed(store) == [card.key]
    sitting.show(0, 1)
    sitting.exam.painted(1)
    sitting.answer(Chosen(right), 2)
    sitting.submit(3)
    assert missed(store) == []


def test_clearing_is_about_what_was_missed_so_far(store: Store) -> None:
    taken(store, CLOCK, SIDES, SPRINT, "--")
    clear_missed(store, CLOCK, "sides")
    assert missed(store) == []
    sitting = taken(store, CLOCK, SIDES, SPRINT, "+-", seed=2)
    assert missed(store) == [sitting.answers[1].card]


def test_it_is_found_by_indexes(store: Store) -> None:
    statements: list[str] = []
    store._db.set_trace_callback(statements.append)
    store.missed("sides")
    store._db.set_trace_callback(None)
    (sql,) = [one for one in statements if "'clear'" in one]
    plan = " ".join(row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}"))
    assert "answer_card (deck=?)" in plan
    assert "answer_card (deck=? AND card=?)" in plan
    assert "answer_card (deck=? AND card=? AND id>? AND id<?)" in plan
    assert "PRIMARY KEY (id=?)" in plan

"""Scores, results and bests."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace

from quizapp.deck.card import Card, Statement, Typed
from quizapp.learn.quiz import Mode
from quizapp.learn.score import (
    Confusion,
    Missed,
    best,
    comparable,
    is_best,
    is_fresh,
    practice_score,
    results,
    run_of,
    sprint_score,
    streak,
)
from quizapp.learn.start import Start
from quizapp.record import Answer, How, Outcome, Run

RIGHT, WRONG, TIMEOUT = Outcome.RIGHT, Outcome.WRONG, Outcome.TIMEOUT


def answer(
    position: int,
    outcome: Outcome,
    *,
    card: str = "",
    given: str = "BPO",
    k: int | None = 2,
    scored: bool = True,
    ms: int = 1000,
) -> Answer:
    return Answer(
        id=f"{position:04}",
        device="d",
        at_ms=0,
        offset_min=0,
        day="2026-11-22",
        deck="deck",
        card=card or f"card {position}",
        session="0100",
        position=position,
        kind="statement",
        how=How.CHOSEN if k else How.TYPED,
        k=k,
        variant=0,
        given=given,
        outcome=outcome,
        grade=None,
        target=None,
        latest=None,
        scheduler=None,
        hinted=False,
        repeat=True,
        scored=scored,
        ms=ms,
    )


def rows(*outcomes: Outcome, k: int | None = 2) -> list[Answer]:
    return [answer(position, outcome, k=k) for position, outcome in enumerate(outcomes)]


def statement(key: str, answer: str, choices: tuple[str, ...] = ("BPO", "KPO", "Both")) -> Statement:
    return Statement(key=key, entry=0, prompt=key, answer=answer, choices=choices, keys=("",) * len(choices))


# Formulas


@pytest.mark.parametrize(
    ("right", "wrong", "k", "points"),
    [(27, 3, 2, 24.0), (10, 3, 4, 9.0), (10, 2, 3, 9.0), (5, 4, None, 5.0), (0, 2, 2, -2.0), (0, 0, 2, 0.0)],
)
def test_sprint_is_right_less_the_wrong_by_their_odds(
    right: int, wrong: int, k: int | None, points: float
) -> None:
    assert sprint_score(rows(*[RIGHT] * right, *[WRONG] * wrong, k=k)) == points


def test_each_wrong_answer_counts_with_its_own_k() -> None:
    mixed = [answer(0, RIGHT), answer(1, WRONG, k=2), answer(2, WRONG, k=5), answer(3, WRONG, k=None)]
    assert sprint_score(mixed) == 1 - 1 - 0.25


def test_what_is_not_scored_does_not_count() -> None:
    late = [answer(0, RIGHT), answer(1, WRONG, scored=False), answer(2, TIMEOUT, scored=False)]
    assert sprint_score(late) == 1
    assert practice_score(late) == 100


@pytest.mark.parametrize("k", [2, 3, 5])
def test_blind_guessing_earns_nothing(k: int) -> None:
    random = Random(k)
    guesses = rows(*(RIGHT if random.randrange(k) == 0 else WRONG for _ in range(20_000)), k=k)
    assert abs(sprint_score(guesses)) < 20_000 * 0.02


def test_practice_is_per_cent_right_of_first_answers() -> None:
    practice = [answer(0, WRONG), answer(1, RIGHT), answer(2, RIGHT), answer(3, RIGHT, scored=False)]
    assert practice_score(practice) == pytest.approx(66.67, abs=0.01)
    assert practice_score([]) == 0


def test_a_streak_is_of_right_answers_in_a_row() -> None:
    assert streak([]) == 0
    assert streak(rows(RIGHT, RIGHT, WRONG, RIGHT, RIGHT, RIGHT, TIMEOUT, RIGHT)) == 3


# Results


def test_the_results_of_a_sprint() -> None:
    choices = ("BPO", "KPO")
    cards: dict[str, Card] = {
        "b": statement("b", "BPO"),
        "k": statement("k", "KPO"),
        "tf": statement("tf", "True", ("True", "False")),
        "t": Typed(key="t", entry=0, prompt="t", answer="t"),
        "edited": statement("edited", "Both"),
    }
    log = [
        answer(0, RIGHT, card="b", given="BPO", ms=1200),
        answer(1, WRONG, card="k", given="BPO", ms=900),
        answer(2, RIGHT, card="tf", given="True", ms=1500),
        answer(3, WRONG, card="t", given="x", k=None, ms=5000),
        answer(4, WRONG, card="b", given="KPO", ms=1000),
        answer(5, RIGHT, card="gone", given="KPO", ms=1300),
        answer(6, RIGHT, card="edited", given="BPO", ms=1300),
        answer(7, RIGHT, card="k", given="KPO", ms=1100),
        answer(8, WRONG, card="tf", given="False", ms=900, scored=False),
        answer(9, TIMEOUT, card="k", given="", ms=70_000, scored=False),
    ]
    found = results(Mode.SPRINT, sorted(log, key=lambda row: row.outcome), cards, choices)
    assert found.score == 5 - 2
    assert (found.asked, found.right, found.wrong, found.late, found.timeout) == (8, 5, 3, 1, 1)
    assert found.median_ms == 1250
    assert found.streak == 3
    assert found.confusion == (
        Confusion(choices, ((1, 1), (1, 1))),
        Confusion(("True", "False"), ((1, 0), (0, 0))),
    )
    assert found.missed == (
        Missed("k", "BPO", "KPO"),
        Missed("t", "x", "x"),
        Missed("b", "KPO", "KPO"),
        Missed("tf", "False", "False"),
    )


def test_the_results_of_practice_have_repeats_and_none_too_late() -> None:
    log = [
        answer(0, WRONG, card="a", given="x"),
        answer(1, RIGHT, card="b"),
        answer(2, WRONG, card="a", given="y", scored=False, ms=9000),
        answer(3, RIGHT, card="a", given="a", scored=False, ms=9000),
    ]
    found = results(Mode.PRACTICE, log, {})
    assert (found.score, found.asked, found.right, found.wrong, found.late) == (50, 2, 1, 1, 0)
    assert found.median_ms == 1000
    assert found.missed == (Missed("a", "x", "a"),)


def test_the_results_of_nothing() -> None:
    found = results(Mode.SPRINT, [], {})
    assert (found.score, found.asked, found.median_ms, found.streak) == (0, 0, None, 0)
    assert found.confusion == ()
    assert found.missed == ()


# Runs


START = Start(
    session="0100",
    deck="deck",
    content="hash",
    mode=Mode.SPRINT,
    choices=("BPO", "KPO"),
    seconds=60,
    seed=7,
    drill=False,
    at_ms=5,
    offset_min=60,
    day="2026-11-22",
)


def run(session: str = "0100", score: float = 12.0, **changes: object) -> Run:
    made = run_of(replace(START, session=session), rows(*[RIGHT] * 12), finished=True, fresh=True)
    return replace(made, score=score, **changes)


def test_a_run_of_its_start_and_its_answers() -> None:
    log = [*rows(*[RIGHT] * 9, WRONG), answer(10, RIGHT, scored=False)]
    assert run_of(START, log, finished=True, fresh=False) == Run(
        session="0100",
        deck="deck",
        content="hash",
        mode="sprint",
        choices=("BPO", "KPO"),
        seconds=60,
        seed=7,
        at_ms=5,
        offset_min=60,
        day="2026-11-22",
        finished=True,
        drill=False,
        asked=10,
        right=9,
        score=8.0,
        fresh=False,
    )
    assert run_of(START, [], finished=False, fresh=True).score == 0


def test_a_run_does_not_depend_on_the_order_of_its_rows() -> None:
    log = [answer(n, RIGHT if n % 3 else WRONG, k=2 + n % 7) for n in range(200)]
    shuffled = list(log)
    Random(1).shuffle(shuffled)
    runs = [run_of(START, one, finished=True, fresh=True) for one in (log, shuffled)]
    assert runs[0] == runs[1]
    assert sprint_score(rows(RIGHT, WRONG, WRONG, WRONG, k=4)) == 0.0


def test_the_best_is_of_earlier_runs_under_the_same_conditions() -> None:
    like = run("0100", 20.0)
    runs = [
        run("0001", 11.0),
        run("0002", 14.0, choices=("KPO", "BPO")),
        run("0003", 14.0),
        run("0004", 99.0, deck="other"),
        run("0005", 99.0, content="edited"),
        run("0006", 99.0, mode="practice"),
        run("0007", 99.0, choices=("BPO", "KPO", "Both")),
        run("0008", 99.0, seconds=120),
        run("0081", 99.0, cards=20),
        run("0082", 99.0, pace=2.0),
        run("0083", 99.0, certainty=True),
        run("0009", 99.0, finished=False),
        run("0010", 99.0, drill=True),
        run("0011", 99.0, asked=9, right=9),
        run("0012", 99.0, right=6),
        run("0013", 99.0, fresh=False),
        run("0200", 99.0),  # later
        like,
    ]
    found = best(runs, like)
    assert found is not None
    assert found.session == "0002"
    assert best(reversed(runs), START) == found
    assert best([like], like) is None
    assert not comparable(runs[3], like)


def test_a_best_beats_the_one_before() -> None:
    assert is_best(run(score=12.0), None)
    assert is_best(run(score=12.0), run("0001", 11.5))
    assert not is_best(run(score=12.0), run("0001", 12.0))
    assert not is_best(run(score=12.0, finished=False), None)
    assert not is_best(run(score=12.0, fresh=False), run("0001", 1.0))


def test_a_seed_is_fresh_once() -> None:
    assert is_fresh(START, [])
    other = [run("0001", seed=8), run("0002", seed=7, deck="other")]
    later = [run("0200", seed=7), run("0100", seed=7)]
    assert is_fresh(START, [*other, *later])
    assert not is_fresh(START, [run("0001", seed=7, finished=False)])


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "practice", "seconds": None},
        {"mode": "exam", "seconds": 200, "cards": 20},
        {"seconds": 30},
        {"pace": 2.0},
        {"choices": ("BPO", "KPO", "Both")},
        {"content": "edited"},
        {"drill": True},
        {"finished": False},
    ],
)
def test_a_seed_is_used_up_in_any_quiz_of_its_deck(changes: dict[str, object]) -> None:
    """With one seed all modes deal the same cards first."""
    assert not is_fresh(START, [replace(run("0001", seed=7), **changes)])

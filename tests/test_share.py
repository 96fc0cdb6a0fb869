"""A result as text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from quizapp.record import Outcome, Run
from quizapp.share import WIDTH, result_card
from tests.learn.test_score import RIGHT, TIMEOUT, WRONG, answer, rows

SPRINT = Run(
    session="0100",
    deck="deck",
    content="hash",
    mode="sprint",
    choices=("BPO", "KPO"),
    seconds=60,
    seed=7,
    at_ms=1_795_387_440_000,  # 2026-11-22 22:44 UTC
    offset_min=120,
    day="2026-11-22",
    finished=True,
    drill=False,
    asked=6,
    right=5,
    score=4.0,
    fresh=True,
)


def test_a_sprint_as_text() -> None:
    log = [
        *rows(RIGHT, RIGHT, WRONG, RIGHT, RIGHT, RIGHT),
        answer(6, WRONG, scored=False, ms=9000),
    ]
    assert result_card("BPO or\n KPO?", SPRINT, list(reversed(log))) == (
        "BPO or KPO?\n"
        "Sprint, 60 seconds, 2026-11-23\n"
        "4 points: 5 right, 1 wrong, 83 % right\n"
        "✓✓✗✓✓✓\n"
        "Median time 1.0 s"
    )


@pytest.mark.parametrize(
    ("changes", "what", "score"),
    [
        (
            {"mode": "practice", "seconds": None, "score": 83.333},
            "Practice, 6 cards",
            "83.3 % right: 5 right, 1 wrong",
        ),
        ({"mode": "practice", "seconds": None, "drill": True, "asked": 1}, "Drill, 1 card", "4 % right"),
        ({"mode": "exam", "seconds": 60, "score": -12.5}, "Exam, 6 cards", "Knowledge 0 of 100: 5 right"),
        ({"mode": "countdown", "seconds": None, "score": 1234.56}, "Countdown, 6 cards", "1234.6 points:"),
        (
            {"mode": "survival", "seconds": None, "score": 5.0},
            "Survival, 6 cards",
            "5 right, 1 wrong, 83 % right",
        ),
        ({"score": -1.0}, "Sprint, 60 seconds", "−1 point: 5 right"),
        ({"mode": "exam", "seconds": 60, "score": 46.0}, "Exam, 6 cards", "Knowledge 46 of 100: 5 right"),
        ({"score": -1.5}, "Sprint, 60 seconds", "−1.5 points:"),
        ({"score": 1.0}, "Sprint, 60 seconds", "1 point:"),
        ({"score": -0.0}, "Sprint, 60 seconds", "0 points:"),
        ({"finished": False}, "Sprint, 60 seconds, ended early", "4 points:"),
    ],
)
def test_what_was_run_and_its_score(changes: dict[str, object], what: str, score: str) -> None:
    lines = result_card("T", replace(SPRINT, **changes), rows(*[RIGHT] * 5, WRONG)).split("\n")
    assert lines[1] == f"{what}, 2026-11-23"
    assert lines[2].startswith(score)


def test_unanswered_cards_are_neither_right_nor_wrong() -> None:
    card = result_card("T", SPRINT, rows(RIGHT, TIMEOUT, WRONG, Outcome.SKIPPED))
    assert "1 right, 1 wrong, 2 unanswered, 25 % right" in card
    assert "✓·✗·" in card


def test_of_an_answer_that_was_changed_the_last_counts() -> None:
    changed = replace(answer(0, RIGHT), id="0009")
    assert "2 right, 0 wrong" in result_card("T", SPRINT, [changed, *rows(WRONG, RIGHT)])


def test_a_run_without_answers() -> None:
    nothing = replace(SPRINT, finished=False, asked=0, right=0, score=0.0)
    assert result_card("T", nothing, [answer(0, WRONG, scored=False)]) == (
        "T\nSprint, 60 seconds, ended early, 2026-11-23\nNo answers"
    )


@pytest.mark.parametrize(("count", "end"), [(WIDTH, "✓"), (WIDTH + 1, "…")])
def test_the_row_of_signs_has_a_line_of_its_own_and_fits_it(count: int, end: str) -> None:
    signs = result_card("T", SPRINT, rows(*[RIGHT] * count)).split("\n")[3]
    assert len(signs) == WIDTH
    assert signs.endswith(end)


def test_it_gives_no_card_and_no_answer_away_and_no_control_character() -> None:
    log = [answer(0, WRONG, card="secret prompt", given="secret answer")]
    card = result_card("\x1b[31m" + "x" * 100, SPRINT, log)
    assert "secret" not in card
    assert card.startswith("␛[31mx")
    assert len(card.split("\n")[0]) == 60

"""The promises of fairness.py, quickly: who knows more has more, in each timed mode."""

from __future__ import annotations

from random import Random
from statistics import fmean

import pytest

from quizapp.learn.setup import Mode
from tests.bench.fairness import PLAYERS, TIMED, Player, in_order, play, shipped_cards
from tests.learn.test_exam import exam


@pytest.mark.parametrize("mode", TIMED)
def test_who_knows_more_has_more(mode: Mode) -> None:
    means = play(shipped_cards(), 40 if mode is not Mode.SURVIVAL else 20, [mode])
    assert in_order(means[mode]), means[mode]


def test_the_players_are_as_the_model_has_them() -> None:
    """Its closed forms: right with odds of 1/(1 + exp(−va)), after a/2v · tanh(va/2) seconds on average."""
    question = exam().questions[0]
    balanced = next(player for player in PLAYERS if player.name == "balanced")
    assert isinstance(balanced, Player)
    random = Random(1)
    seen = [balanced.think(question, random) for _ in range(20_000)]
    fixed = balanced.other + len(question.prompt) / balanced.reading
    # In steps of 0.07 a boundary of 1.5 is one of 1.56.
    assert fmean(right for _, right in seen) == pytest.approx(0.912, abs=0.01)
    assert fmean(seconds for seconds, _ in seen) - fixed == pytest.approx(0.428, abs=0.02)

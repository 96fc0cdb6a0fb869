"""Whether the scores of timed quizzes reward knowing, and neither guessing nor hurry.

    .venv/bin/python tests/bench/fairness.py [--runs N]

Simulated players take every mode of the quiz of a shipped deck, through the real sessions on a clock that is
only counted on, and their mean scores are printed. It exits 1 if a promise fails.

A player who thinks is a drift-diffusion model: evidence for one side or the other adds up, with noise, until
it reaches a boundary, and the boundary reached is the answer (R. Ratcliff and G. McKoon, "The diffusion
decision model", Neural Computation 20 (2008), 873–922). The noise is 1 per √s. On that scale people's drifts
are 0 to 4 a second, their boundaries 0.5 to 2.5 apart, and all but the decision takes 0.2 to 0.5 s; reading
comes on top of it.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from random import Random
from statistics import fmean
from typing import NamedTuple

from quizapp.deck.card import Card
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import read_deck
from quizapp.learn.ask import Question
from quizapp.learn.exam import ExamSession, session_for
from quizapp.learn.judge import Chosen
from quizapp.learn.order import most_cards
from quizapp.learn.quiz import Asking, Done, Judged, QuizSession, Reply
from quizapp.learn.score import score
from quizapp.learn.setup import Mode, usual_setup
from quizapp.record import Answer, Note
from quizapp.settings.values import Settings

STEP = 0.005
"""Seconds of one step of the diffusion."""
LONGEST = 10.0
"""Nobody thinks longer, in seconds: then either answer is given."""
CHOICES = ("BPO", "KPO")
TIMED = (Mode.SPRINT, Mode.EXAM, Mode.COUNTDOWN, Mode.SURVIVAL)
MASHER = {Mode.SPRINT: 0.05, Mode.EXAM: 0.05, Mode.COUNTDOWN: 0.05, Mode.SURVIVAL: 0.10}
"""What share of the expert's mean a masher may have at most."""


class Player(NamedTuple):
    """drift: evidence a second for the right answer, 0 for who knows nothing. boundary: between the two
    answers; a hasty player's is narrow. other: seconds for seeing, and for pressing the key. reading:
    characters a second."""

    name: str
    drift: float
    boundary: float
    other: float
    reading: float

    def think(self, question: Question, random: Random) -> tuple[float, bool]:
        """After how many seconds the answer is given, and whether it is right."""
        seconds, right = _decision(self.drift, self.boundary, random)
        return self.other + len(question.prompt) / self.reading + seconds, right


class Masher(NamedTuple):
    """Presses any key at once, again and again, and reads nothing."""

    name: str = "masher"

    def think(self, question: Question, random: Random) -> tuple[float, bool]:
        """As Player's. Keys that come too early are dropped, and pressed again."""
        seconds = random.uniform(0.15, 0.3)
        while seconds < Settings().dead_seconds:
            seconds += random.uniform(0.15, 0.3)
        return seconds, random.random() * (question.k or 1) < 1


# 25 characters a second are about 250 words a minute, the usual speed of silent reading. The guesser reads,
# and then takes what comes; the hasty one knows what the balanced one does, but skims, and stops thinking
# early; the careful one waits for more evidence; the expert's evidence is of another quality.
PLAYERS: tuple[Player | Masher, ...] = (
    Player("expert", drift=3.5, boundary=1.5, other=0.35, reading=25),
    Player("careful", drift=1.5, boundary=2.5, other=0.35, reading=25),
    Player("balanced", drift=1.5, boundary=1.5, other=0.35, reading=25),
    Player("hasty", drift=1.5, boundary=0.5, other=0.35, reading=40),
    Player("guesser", drift=0.0, boundary=0.5, other=0.35, reading=40),
    Masher(),
)


@cache
def _ways(drift: float, boundary: float) -> tuple[Sequence[float], Sequence[float]]:
    """The odds of having answered right, and of having answered at all, by number of steps.

    The diffusion as a walk in small steps, which start midway: each goes up with odds of (1 + drift·√dt)/2.
    """
    size = STEP**0.5
    half = max(1, round(boundary / 2 / size))
    up = (1 + drift * size) / 2
    inside = [0.0] * (2 * half + 1)  # odds of being here, still thinking; both ends are answers
    inside[half] = 1.0
    right, answered = [0.0], [0.0]
    for _ in range(int(LONGEST / STEP)):
        after = [0.0] * len(inside)
        for place in range(1, 2 * half):
            after[place + 1] += up * inside[place]
            after[place - 1] += (1 - up) * inside[place]
        right.append(after[-1])
        answered.append(answered[-1] + after[0] + after[-1])
        after[0] = after[-1] = 0.0
        inside = after
    return right, answered


def _decision(drift: float, boundary: float, random: Random) -> tuple[float, bool]:
    right, answered = _ways(drift, boundary)
    drawn = random.random()
    step = bisect_left(answered, drawn)
    if step == len(answered):
        return LONGEST, random.random() < 0.5
    return STEP * step, random.random() * (answered[step] - answered[step - 1]) < right[step]


def given(question: Question, random: Random, *, right: bool) -> Chosen:
    """A right or a wrong answer to a question that is chosen."""
    fits = [
        place
        for place, option in enumerate(question.options)
        if (option.text == question.card.answer) is right
    ]
    return Chosen(random.choice(fits))


def take(player: Player | Masher, mode: Mode, cards: Sequence[Card], seed: int) -> float:
    """The score of one quiz. Feedback takes the time that the app gives it, and a key is dead as there."""
    setup = usual_setup(mode, most_cards(cards, CHOICES), choices=CHOICES, seed=seed)
    session = session_for(cards, setup, seen={}, random=Random(seed))
    random = Random(f"{player.name} {mode} {seed}")
    replies = list(
        _exam(player, session, random) if isinstance(session, ExamSession) else _quiz(player, session, random)
    )
    rows = [_row(number, reply) for number, reply in enumerate(replies)]
    notes = {row.id: Note(limit_ms=reply.limit_ms) for row, reply in zip(rows, replies, strict=True)}
    return score(mode, rows, notes)


def _quiz(player: Player | Masher, session: QuizSession, random: Random) -> Iterator[Reply]:
    now, dead, quiz = 0.0, Settings().dead_seconds, Settings().quiz
    session.begin()
    while not isinstance(session.view, Done):
        if isinstance(session.view, Asking):
            session.painted(now)
            question = session.view.question
            seconds, right = player.think(question, random)
            now += max(seconds, dead)
            # An answer that comes too late comes back as a timeout.
            yield session.answer(given(question, random, right=right), now)
        if isinstance(session.view, Judged):
            now += quiz.right_seconds if session.view.judgement.right else quiz.wrong_seconds
            session.go_on()


def _exam(player: Player | Masher, session: ExamSession, random: Random) -> Iterator[Reply]:
    """Card after card; nobody comes back to any."""
    now, dead = 0.0, Settings().dead_seconds
    session.begin()
    while isinstance(session.view, Asking) and session.open:
        session.painted(now)
        seconds, right = player.think(session.view.question, random)
        now += max(seconds, dead)
        yield from session.answer(given(session.view.question, random, right=right), now)
    yield from session.submit(now)


def _row(number: int, reply: Reply) -> Answer:
    judgement = reply.judgement
    return Answer(
        id=f"{number:06}",
        device="",
        at_ms=0,
        offset_min=0,
        day="2026-01-01",
        deck="",
        card=reply.question.card.key,
        session="",
        position=reply.position,
        kind="statement",
        how=judgement.how,
        k=judgement.k,
        variant=reply.question.variant,
        given=judgement.given,
        outcome=judgement.outcome,
        grade=None,
        target=None,
        latest=None,
        scheduler=None,
        hinted=False,
        repeat=reply.repeat,
        scored=reply.scored,
        ms=reply.ms,
    )


def shipped_cards() -> tuple[Card, ...]:
    """Those of the deck "BPO or KPO?"."""
    deck, problems = read_deck(shipped_folder() / "bpo-or-kpo.toml", deck_id="bpo-or-kpo")
    if deck is None:
        raise SystemExit(str(problems[0]))
    return deck.cards


Means = Mapping[Mode, Mapping[str, float]]


def play(cards: Sequence[Card], runs: int, modes: Sequence[Mode]) -> Means:
    """The mean score of each player in each of these modes."""
    return {
        mode: {
            player.name: fmean(take(player, mode, cards, seed) for seed in range(runs)) for player in PLAYERS
        }
        for mode in modes
    }


def in_order(found: Mapping[str, float]) -> bool:
    """Whether the expert's mean is above the balanced one's, that above the hasty one's, and that above those
    who know nothing."""
    row = [found["expert"], found["balanced"], found["hasty"], max(found["guesser"], found["masher"])]
    return all(one > other for one, other in pairwise(row))


def promises(means: Means) -> Iterator[tuple[str, bool]]:
    """What was promised of each timed mode, and whether it holds."""
    for mode in TIMED:
        found = means[mode]
        yield f"{mode}: expert > balanced > hasty > guesser and masher", in_order(found)
        share, most = found["masher"] / found["expert"], MASHER[mode]
        yield f"{mode}: the masher has {share:.1%} of the expert's mean, at most {most:.0%}", share <= most


def main() -> None:
    """Print the mean scores, and each promise with whether it holds."""
    parser = argparse.ArgumentParser(description="Whether the quiz's scores are fair.")
    parser.add_argument("--runs", type=int, default=400, help="runs of each player in each mode (400)")
    runs = parser.parse_args().runs
    if runs < 200:
        parser.error("fewer than 200 runs say little")
    means = play(shipped_cards(), runs, tuple(Mode))
    print(f"Mean scores of {runs} runs".ljust(26), *(f"{player.name:>9}" for player in PLAYERS))
    for mode, found in means.items():
        print(mode.ljust(26), *(f"{found[player.name]:9.1f}" for player in PLAYERS))
    print()
    kept = True
    for text, holds in promises(means):
        print("holds" if holds else "FAILS", text)
        kept = kept and holds
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()

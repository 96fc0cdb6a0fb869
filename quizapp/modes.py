"""What the modes of a quiz are called, and their rules, as they are said to people."""

from __future__ import annotations

from quizapp import words
from quizapp.learn.setup import LIVES, Mode, QuizSetup
from quizapp.record import Run


def name(setup: QuizSetup) -> str:
    """`Sprint`; a drill is practice with a name of its own."""
    return "Drill" if setup.drill else setup.mode.value.capitalize()


def kind(setup: QuizSetup) -> str:
    """`Sprint, 60 seconds`, `Exam, 20 cards, 200 seconds`, `Countdown, twice the time`."""
    return ", ".join([name(setup), *_details(setup.cards, setup.seconds, setup.certainty, setup.paced)])


def kind_of(run: Run) -> str:
    """The same of a run in the log, whatever its mode."""
    head = "Drill" if run.drill else run.mode.capitalize()
    return ", ".join([head, *_details(run.cards, run.seconds, run.certainty, run.pace)])


def _details(cards: int | None, seconds: int | None, certainty: bool, pace: float) -> list[str]:
    parts = [words.count(cards, "card")] if cards is not None else []
    if seconds is not None:
        parts.append(words.count(seconds, "second"))
    if certainty:
        parts.append("with certainty")
    if pace != 1:
        parts.append("twice the time")
    return parts


def length(setup: QuizSetup, total: int | None) -> str:
    """How long it takes, before it begins: `60 seconds`, `28 cards, each with its own time`, `3 lives`.

    total: how many cards are asked, None where no number ends it.
    """
    cards = words.count(total or 0, "card")
    match setup.mode:
        case Mode.PRACTICE:
            return f"{cards}, no clock"
        case Mode.EXAM:
            return f"{cards}, {words.clock(setup.time or 0)} for all"
        case Mode.COUNTDOWN:
            return f"{cards}, each with its own time"
        case Mode.SURVIVAL:
            return words.count(LIVES, "life", "lives")
        case Mode.SPRINT:
            return words.count(setup.seconds or 0, "second")


def unit(mode: Mode) -> str:
    """What a score counts."""
    match mode:
        case Mode.SPRINT | Mode.COUNTDOWN:
            return "points"
        case Mode.PRACTICE:
            return "% right"
        case Mode.EXAM:
            return "knowledge"
        case Mode.SURVIVAL:
            return "right"


def shown_score(mode: Mode, score: float) -> float:
    """The score as it is shown: nobody knows less than nothing, though guesses may be worse than chance."""
    return max(0.0, score) if mode is Mode.EXAM else score


def score_of(run: Run) -> str:
    """A run's score in its own unit, as `scored` says it."""
    # A later version may have other modes.
    known = run.mode in {mode.value for mode in Mode}
    return scored(Mode(run.mode), run.score) if known else words.points(run.score)


def scored(mode: Mode, score: float) -> str:
    """A score in its unit: `24 points`, `66.7 % right`, `46 of 100`; an exam's is not below 0."""
    number = words.points(shown_score(mode, score))
    return f"{number} of 100" if mode is Mode.EXAM else f"{number} {unit_of(mode, score)}"


def unit_of(mode: Mode, score: float) -> str:
    """What a score counts, to stand beside its number: `point` beside 1 and −1."""
    counts = unit(mode)
    return in_points(score).partition(" ")[2] if counts == "points" else counts


def in_points(score: float) -> str:
    """`24 points`, `−1 point`."""
    number = words.points(score)
    return f"{number} {'point' if number in ('1', '−1') else 'points'}"


def rules(setup: QuizSetup) -> str:
    """How a quiz goes and how it is scored, in two or three sentences."""
    match setup.mode:
        case Mode.PRACTICE:
            return "No clock. A missed card comes back until it was right once; first answers count."
        case Mode.SPRINT:
            return (
                f"{setup.seconds} seconds. A right answer counts 1; a wrong one costs what a guess "
                "would win. The clock stands still while you read why. A pause takes the card away; "
                "it comes back later."
            )
        case Mode.EXAM:
            text = (
                "One clock for all cards, and no word on any until the end. You may go back, flag a card and "
                "change an answer. The score is what you know beyond guessing, from 0 to 100."
            )
            if setup.certainty:
                text += (
                    " Say first how sure you are: 1, 2 or 3. Right earns that many, wrong costs 0, 2 or 6. "
                    "It earns no best."
                )
            return text
        case Mode.COUNTDOWN:
            return (
                "Each card has its own time, from its length. A quick right answer earns most, a quick wrong "
                "one costs most; a card that runs out of time counts nothing. A pause takes the card "
                "away; it comes back with the time it had left."
            )
        case Mode.SURVIVAL:
            return (
                f"{LIVES} lives; a wrong answer or a time-out costs one. Each right answer makes the "
                "time for a card a little shorter. Right answers count."
            )

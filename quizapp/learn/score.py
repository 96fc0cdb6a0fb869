"""Scores: what the answers of a quiz come to. Pure: the same rows give the same figures, live and rebuilt.

Each formula names its source. Only scored answers enter the figures, unless a docstring says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from msgspec import Struct

from quizapp.deck.card import Card, Statement
from quizapp.learn.order import in_play
from quizapp.learn.quiz import Mode
from quizapp.record import Answer, Outcome, Run


class Start(Struct, frozen=True):
    """What was known of a run before its first answer. content: the hash of the cards asked from."""

    session: str
    deck: str
    content: str
    mode: Mode
    choices: tuple[str, ...]
    seconds: int | None
    seed: int
    drill: bool
    at_ms: int
    offset_min: int
    day: str


class Confusion(Struct, frozen=True):
    """What was said for what: counts[answer][given], both by their place in options."""

    options: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class Missed(Struct, frozen=True):
    """A card that was answered wrong. card: its key. given: the first wrong answer. last: the last answer."""

    card: str
    given: str
    last: str


class Results(Struct, frozen=True):
    """All that the results screen says of one run.

    asked, right, wrong: scored answers. late: answers given after zero; timeout: cards that got none. Neither
    is scored. median_ms: None without an answer. streak: the longest row of right answers.
    """

    mode: Mode
    score: float
    asked: int
    right: int
    wrong: int
    late: int
    timeout: int
    median_ms: int | None
    streak: int
    confusion: tuple[Confusion, ...]
    missed: tuple[Missed, ...]


def sprint_score(rows: Iterable[Answer]) -> float:
    """Right − Σ 1/(k − 1) over the wrong: guessing blindly among k choices earns 0 on average.

    k is the number of choices shown; a typed answer guesses nothing, so that a wrong one costs nothing.
    Source: formula scoring, the correction for guessing R − W/(k − 1): R. B. Frary, "Formula scoring of
    multiple-choice tests", Educational Measurement: Issues and Practice 7 (1988), 33–38,
    doi:10.1111/j.1745-3992.1988.tb00434.x.
    Here each card counts with its own k.
    """
    rows = [row for row in rows if row.scored]
    wrong = Counter(row.k for row in rows if row.outcome is Outcome.WRONG)
    # Equal k together: three thirds are 1. And fsum rounds once: the order of the rows does not matter.
    lost = fsum(times / (k - 1) for k, times in wrong.items() if k is not None and k > 1)
    return _count(rows, Outcome.RIGHT) - lost


def practice_score(rows: Iterable[Answer]) -> float:
    """Per cent right of the first answers, those that practice scores; 0 without any. Source: DESIGN §7."""
    outcomes = [row.outcome for row in rows if row.scored]
    return 100 * outcomes.count(Outcome.RIGHT) / len(outcomes) if outcomes else 0.0


def score(mode: Mode, rows: Iterable[Answer]) -> float:
    """The score in the mode's own unit: points (sprint), per cent (practice)."""
    match mode:
        case Mode.SPRINT:
            return sprint_score(rows)
        case Mode.PRACTICE:
            return practice_score(rows)


def results(
    mode: Mode, rows: Sequence[Answer], cards: Mapping[str, Card], choices: Sequence[str] = ()
) -> Results:
    """The results of one run. rows: its answers. cards: by key; choices: those in play, () for all."""
    rows = _in_order(rows)
    scored = [row for row in rows if row.scored]
    unscored = [row for row in rows if not row.scored]
    answered = [row.ms for row in scored if row.outcome is not Outcome.TIMEOUT]
    return Results(
        mode=mode,
        score=score(mode, rows),
        asked=len(scored),
        right=_count(scored, Outcome.RIGHT),
        wrong=_count(scored, Outcome.WRONG),
        # Practice has no clock: its unscored answers are repeats.
        late=0 if mode is Mode.PRACTICE else _count(unscored, Outcome.RIGHT, Outcome.WRONG),
        timeout=_count(rows, Outcome.TIMEOUT),
        median_ms=_median(answered),
        streak=streak(scored),
        confusion=confusions(scored, cards, choices),
        missed=missed(rows),
    )


def _in_order(rows: Iterable[Answer]) -> list[Answer]:
    return sorted(rows, key=lambda row: row.position)


def _median(values: Sequence[int]) -> int | None:
    # The module statistics costs 20 ms to import, which every command would pay.
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return round((ordered[middle - 1] + ordered[middle]) / 2) if ordered else None


def _count(rows: Iterable[Answer], *outcomes: Outcome) -> int:
    return sum(row.outcome in outcomes for row in rows)


def streak(rows: Iterable[Answer]) -> int:
    """The length of the longest row of right answers."""
    longest = current = 0
    for row in rows:
        current = current + 1 if row.outcome is Outcome.RIGHT else 0
        longest = max(longest, current)
    return longest


def confusions(
    rows: Iterable[Answer], cards: Mapping[str, Card], choices: Sequence[str] = ()
) -> tuple[Confusion, ...]:
    """What was said for what, a table for each set of choices that statements share; the fullest first.

    A row is left out if its card is gone or no longer has these choices.
    """
    tables: dict[tuple[str, ...], list[list[int]]] = {}
    for row in rows:
        card = cards.get(row.card)
        if not isinstance(card, Statement):
            continue
        shown = in_play(card, choices)
        if card.answer in shown and row.given in shown:
            table = tables.setdefault(shown, [[0] * len(shown) for _ in shown])
            table[shown.index(card.answer)][shown.index(row.given)] += 1
    found = [Confusion(shown, tuple(tuple(line) for line in table)) for shown, table in tables.items()]
    return tuple(sorted(found, key=lambda one: -sum(map(sum, one.counts))))


def missed(rows: Iterable[Answer]) -> tuple[Missed, ...]:
    """The cards answered wrong, late or not, in the order in which they first were. A timeout is no miss."""
    wrong: dict[str, str] = {}
    last: dict[str, str] = {}
    for row in _in_order(rows):
        if row.outcome is Outcome.WRONG:
            wrong.setdefault(row.card, row.given)
        if row.outcome is not Outcome.TIMEOUT:
            last[row.card] = row.given
    return tuple(Missed(card=card, given=given, last=last[card]) for card, given in wrong.items())


def run_of(start: Start, rows: Sequence[Answer], *, finished: bool, fresh: bool) -> Run:
    """The run as it stands after these answers. finished: it ended, and not early. fresh: see `is_fresh`."""
    scored = [row for row in rows if row.scored]
    return Run(
        session=start.session,
        deck=start.deck,
        content=start.content,
        mode=start.mode.value,
        choices=start.choices,
        seconds=start.seconds,
        seed=start.seed,
        at_ms=start.at_ms,
        offset_min=start.offset_min,
        day=start.day,
        finished=finished,
        drill=start.drill,
        asked=len(scored),
        right=_count(scored, Outcome.RIGHT),
        score=score(start.mode, scored),
        fresh=fresh,
    )


def comparable(one: Run | Start, other: Run | Start) -> bool:
    """Whether the two ran under the same conditions: deck, content, mode, choices (in any order), length."""
    return _conditions(one) == _conditions(other)


def _conditions(run: Run | Start) -> tuple[object, ...]:
    return (run.deck, run.content, run.mode, frozenset(run.choices), run.seconds)


def is_fresh(start: Start, runs: Iterable[Run]) -> bool:
    """Whether no earlier comparable run had its seed: whoever knows the order could answer from memory."""
    return not any(run.seed == start.seed for run in _earlier(runs, start))


def best(runs: Iterable[Run], like: Run | Start) -> Run | None:
    """The best of the earlier comparable runs that may be a best; the first of equals. None without any."""
    found = [run for run in _earlier(runs, like) if run.eligible]
    return min(found, key=lambda run: (-run.score, run.session), default=None)


def _earlier(runs: Iterable[Run], like: Run | Start) -> Iterable[Run]:
    # Ids order as the log does; at_ms would not, where a clock was set back.
    return (run for run in runs if run.session < like.session and comparable(run, like))


def is_best(run: Run, earlier: Run | None) -> bool:
    """Whether the run beats the best of the earlier ones, or is the first that may be a best. Ties do not."""
    return run.eligible and (earlier is None or run.score > earlier.score)

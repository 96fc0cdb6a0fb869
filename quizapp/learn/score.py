"""Scores: what the answers of a quiz come to. Pure: the same rows give the same figures, live and rebuilt.

Each formula names its source. Only scored answers enter the figures, unless a docstring says otherwise, and
of an answer that was changed only its last row: `counted` takes these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from msgspec import Struct

from quizapp.deck.card import Card, Statement
from quizapp.learn.order import in_play
from quizapp.learn.setup import Mode
from quizapp.learn.start import Start
from quizapp.record import Answer, Note, Outcome, Run


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

    asked: scored questions; right, wrong: how many of them. late: answers given after a sprint's zero, which
    are not scored. timeout: cards whose time ran out, not scored in a sprint. skipped: cards of a submitted
    exam without an answer. median_ms: of the answers, None without any. streak: the longest row of right
    answers. missed: see there. unanswered: the keys of cards that got no answer, in their order. certainty:
    the points of certainty-based marking, None where it was not asked for.
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
    skipped: int = 0
    unanswered: tuple[str, ...] = ()
    certainty: int | None = None


Notes = Mapping[str, Note]
"""What events add to answers, by the answer's id."""
_NO_NOTES: Notes = {}


def counted(rows: Iterable[Answer]) -> list[Answer]:
    """The rows of one session that count, in the order of their cards: of each position the last row.

    Only an exam has more than one: an answer there may be changed, and each change is a row. Ids order as the
    log does.
    """
    last = {row.position: row for row in sorted(rows, key=lambda row: row.id)}
    return [last[position] for position in sorted(last)]


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


def exam_score(rows: Iterable[Answer]) -> float:
    """Knowledge: 100 · (acc − g)/(1 − g), g the mean of 1/k over the asked cards; 0 without any.

    acc is the share of them that is right: what is open at the end is not. A card that is not chosen guesses
    nothing, 1/k = 0. Guessing blindly comes to 0 on average, so that it may well be below: it is stored as it
    is, and screens show 0 then.
    Source: Abbott's formula, (p − g)/(1 − g), for what chance alone would reach: W. S. Abbott, "A method of
    computing the effectiveness of an insecticide", Journal of Economic Entomology 18 (1925), 265–267. With
    one k for all, and no card open, it is the formula scoring of a sprint as a share of the cards.
    """
    rows = [row for row in rows if row.scored]
    if not rows:
        return 0.0
    choices = Counter(row.k for row in rows)
    guessed = fsum(times / k for k, times in choices.items() if k)
    # Both times the number of cards: whole numbers stay whole.
    return 100 * (_count(rows, Outcome.RIGHT) - guessed) / (len(rows) - guessed)


def countdown_score(rows: Iterable[Answer], notes: Notes) -> float:
    """100 · Σ S, S = (2x − 1)(d − t)/d: x is 1 if right, else 0, and t of the card's time d was used.

    A fast answer wins or loses much, a slow one little, a time-out nothing.
    d follows from the wording that was shown, and decks change. So d is logged: an event `limit` names each
    answer, in the same transaction, and says its {"limit_ms": d}. The log alone then gives the score again,
    with the time that the card really had, whatever becomes of the rule. An answer without one counts 0.
    Source: the signed residual time rule ("high speed, high stakes"): G. Maris and H. van der Maas, "Speed-
    accuracy response models: scoring rules based on response time and accuracy", Psychometrika 77 (2012),
    615–633, doi:10.1007/s11336-012-9288-y, here in shares of d; the factor is ours.
    """
    return 100 * fsum(_stake(row, notes.get(row.id)) for row in rows if row.scored)


def _stake(row: Answer, note: Note | None) -> float:
    if note is None or not note.limit_ms or row.outcome not in (Outcome.RIGHT, Outcome.WRONG):
        return 0.0
    left = max(0, note.limit_ms - row.ms) / note.limit_ms
    return left if row.outcome is Outcome.RIGHT else -left


def survival_score(rows: Iterable[Answer]) -> float:
    """Right answers before the last life is gone. Source: DESIGN §7."""
    return float(_count((row for row in rows if row.scored), Outcome.RIGHT))


CERTAINTY_POINTS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
"""What a right and a wrong answer count, by how sure it was said to be."""


def certainty_score(rows: Iterable[Answer], notes: Notes) -> int:
    """Points by how sure each answer was said to be: 1, 2, 3 if right, 0, −2, −6 if wrong; 0 if open.

    It pays to say 2 from a probability of 67 % right on, and 3 from 80 % on.
    Source: certainty-based marking: A. R. Gardner-Medwin, "Confidence assessment in the teaching of basic
    science", Association for Learning Technology Journal 3 (1995), 80–85, doi:10.3402/rlt.v3i1.9597.
    """
    points = 0
    for row in rows:
        note = notes.get(row.id)
        if row.scored and note is not None and note.certainty is not None:
            right, wrong = CERTAINTY_POINTS[note.certainty]
            points += right * (row.outcome is Outcome.RIGHT) + wrong * (row.outcome is Outcome.WRONG)
    return points


def score(mode: Mode, rows: Iterable[Answer], notes: Notes = _NO_NOTES) -> float:
    """The score in the mode's own unit: points (sprint, countdown), per cent (practice), knowledge (exam),
    right answers (survival)."""
    rows = counted(rows)
    match mode:
        case Mode.SPRINT:
            return sprint_score(rows)
        case Mode.PRACTICE:
            return practice_score(rows)
        case Mode.EXAM:
            return exam_score(rows)
        case Mode.COUNTDOWN:
            return countdown_score(rows, notes)
        case Mode.SURVIVAL:
            return survival_score(rows)


def results(
    mode: Mode,
    rows: Sequence[Answer],
    cards: Mapping[str, Card],
    choices: Sequence[str] = (),
    notes: Notes = _NO_NOTES,
) -> Results:
    """The results of one run. rows: its answers. cards: by key; choices: those in play, () for all."""
    rows = counted(rows)
    scored = [row for row in rows if row.scored]
    unscored = [row for row in rows if not row.scored]
    answered = [row.ms for row in scored if row.outcome in (Outcome.RIGHT, Outcome.WRONG)]
    certain = any(note.certainty is not None for note in notes.values())
    return Results(
        mode=mode,
        score=score(mode, rows, notes),
        asked=len(scored),
        right=_count(scored, Outcome.RIGHT),
        wrong=_count(scored, Outcome.WRONG),
        # Practice has no clock: its unscored answers are repeats.
        late=_count(unscored, Outcome.RIGHT, Outcome.WRONG) if mode is Mode.SPRINT else 0,
        timeout=_count(rows, Outcome.TIMEOUT),
        median_ms=_median(answered),
        streak=streak(scored),
        confusion=confusions(scored, cards, choices),
        missed=missed(rows),
        skipped=_count(rows, Outcome.SKIPPED),
        unanswered=tuple(
            dict.fromkeys(row.card for row in rows if row.outcome in (Outcome.TIMEOUT, Outcome.SKIPPED))
        ),
        certainty=certainty_score(rows, notes) if certain else None,
    )


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
    """The cards answered wrong, late or not, in the order in which they first were. No answer is no miss."""
    wrong: dict[str, str] = {}
    last: dict[str, str] = {}
    for row in counted(rows):
        if row.outcome is Outcome.WRONG:
            wrong.setdefault(row.card, row.given)
        if row.outcome in (Outcome.RIGHT, Outcome.WRONG):
            last[row.card] = row.given
    return tuple(Missed(card=card, given=given, last=last[card]) for card, given in wrong.items())


def run_of(
    start: Start, rows: Sequence[Answer], *, finished: bool, fresh: bool, notes: Notes = _NO_NOTES
) -> Run:
    """The run as it stands after these answers. finished: it ended, and not early. fresh: see `is_fresh`."""
    scored = [row for row in counted(rows) if row.scored]
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
        score=score(start.mode, scored, notes),
        fresh=fresh,
        cards=start.cards,
        certainty=start.certainty,
        pace=start.pace,
    )


def comparable(one: Run | Start, other: Run | Start) -> bool:
    """Whether the two ran under the same conditions: deck, content, mode, choices (in any order), length.

    Their length is that in seconds, in cards, and the pace.
    """
    return _conditions(one) == _conditions(other)


def _conditions(run: Run | Start) -> tuple[object, ...]:
    length = (run.seconds, run.cards, run.pace)
    return (run.deck, run.content, run.mode, frozenset(run.choices), length)


def is_fresh(start: Start, runs: Iterable[Run]) -> bool:
    """Whether no earlier run of its deck had its seed: whoever knows the order could answer from memory.

    Any run counts, a drill or an unfinished one as well: with one seed all modes deal the same cards first.
    """
    return not any(run.seed == start.seed for run in _before(runs, start) if run.deck == start.deck)


def best(runs: Iterable[Run], like: Run | Start) -> Run | None:
    """The best of the earlier comparable runs that may be a best; the first of equals. None without any."""
    found = [run for run in _before(runs, like) if comparable(run, like) and run.eligible]
    return min(found, key=lambda run: (-run.score, run.session), default=None)


def _before(runs: Iterable[Run], like: Run | Start) -> Iterable[Run]:
    # Ids order as the log does; at_ms would not, where a clock was set back.
    return (run for run in runs if run.session < like.session)


def is_best(run: Run, earlier: Run | None) -> bool:
    """Whether the run beats the best of the earlier ones, or is the first that may be a best. Ties do not."""
    return run.eligible and (earlier is None or run.score > earlier.score)

"""Figures: what the answers of a run say beyond its score. Pure; the formulas are in `measure.py`.

Every row that is passed counts, so pass those of one run that do: the scored ones. Of an answer that was
changed only the last row is taken. A card that got no answer (timeout, skipped) was asked and is not right,
and has no time. The order of the rows does not matter: each has its position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from quizapp.deck.card import Card, Statement
from quizapp.learn.measure import (
    Accuracy,
    Detection,
    Steadiness,
    accuracy,
    detection,
    kappa,
    knowledge,
    median,
    steadiness,
)
from quizapp.learn.score import Confusion, confusions, counted, missed, streak
from quizapp.record import Answer, Outcome, Seen

ENOUGH = 10
"""So many answers a table needs before κ and d′ are taken of it."""
ASPECT_FROM = 4
"""So many answers an aspect needs before it is called the weakest."""
NEW_FROM = 5
"""So many answers both new and known statements need before they are set side by side."""
SURE = 3
"""The highest certainty that a person can state, of 1 to 3."""

NO_CERTAINTY: Mapping[str, int] = {}
"""Nobody said how sure they were."""


class AspectFigure(Struct, frozen=True):
    """How the cards of one aspect went."""

    aspect: str
    accuracy: Accuracy


class MixedUp(Struct, frozen=True):
    """Two answers of which one was given for the other, and how often, either way."""

    first: str
    second: str
    times: int


class Weakest(Struct, frozen=True):
    """The aspect with contrasts that went worst. mixed_up: None if no two answers of it were."""

    aspect: str
    accuracy: Accuracy
    mixed_up: MixedUp | None


class Mistake(Struct, frozen=True):
    """A card answered wrong, as it first was. right: its answer, "" if the card is gone.

    confident: the person was sure, or else quick; such a mistake is the most worth looking at. certainty: as
    it was stated, 1 to 3, or None.
    """

    card: str
    given: str
    right: str
    confident: bool
    certainty: int | None


class Figures(Struct, frozen=True):
    """All of it. None stands wherever there is too little to say.

    knowledge: corrected for guessing, below 0 if guessing would have done better. right_ms, wrong_ms: median
    times. steadiness: of the right answers. confusion: the fullest table; kappa and detection are of it.
    aspects: the lowest accuracy first. new: of statements never seen before this run; known: of the others.
    mistakes: confident ones first.
    """

    accuracy: Accuracy | None
    knowledge: float | None
    right_ms: int | None
    wrong_ms: int | None
    steadiness: Steadiness | None
    streak: int
    confusion: Confusion | None
    kappa: float | None
    detection: Detection | None
    aspects: tuple[AspectFigure, ...]
    weakest: Weakest | None
    new: Accuracy | None
    known: Accuracy | None
    mistakes: tuple[Mistake, ...]


SeenBefore = Mapping[str, Seen] | AbstractSet[str]
"""The cards that were answered before a run, by their keys."""


def figures(
    rows: Iterable[Answer],
    cards: Mapping[str, Card],
    *,
    choices: Sequence[str] = (),
    seen: SeenBefore | None = None,
    certainty: Mapping[str, int] = NO_CERTAINTY,
) -> Figures:
    """The figures of a run. rows: its answers that count. cards: the deck's, by key.

    choices: the deck's choices in play, () for all. seen: what was answered before the run, None if that is
    not known. certainty: by answer id, from 1 (guessed) to 3 (sure).
    """
    rows = counted(rows)
    tables = confusions(rows, cards, choices)
    table = tables[0] if tables else None
    full = table if table and sum(map(sum, table.counts)) >= ENOUGH else None
    aspects = by_aspect(rows, cards)
    new, known = new_and_known(rows, cards, seen) if seen is not None else (None, None)
    return Figures(
        accuracy=_accuracy(rows),
        knowledge=knowledge(_right(rows), (row.k for row in rows)),
        right_ms=median(_times(rows, Outcome.RIGHT)),
        wrong_ms=median(_times(rows, Outcome.WRONG)),
        steadiness=steadiness(_times(rows, Outcome.RIGHT)),
        streak=streak(rows),
        confusion=table,
        kappa=kappa(full) if full else None,
        detection=detection(full) if full else None,
        aspects=aspects,
        weakest=weakest(rows, cards),
        new=new,
        known=known,
        mistakes=mistakes(rows, cards, certainty),
    )


def by_aspect(rows: Iterable[Answer], cards: Mapping[str, Card]) -> tuple[AspectFigure, ...]:
    """Accuracy by aspect, the lowest first, of equals the one with more answers. No aspect is none."""
    found = [
        AspectFigure(aspect, figure)
        for aspect, some in _rows_by_aspect(rows, cards).items()
        if (figure := _accuracy(some))
    ]
    return tuple(sorted(found, key=lambda one: (one.accuracy.share, -one.accuracy.asked, one.aspect)))


def weakest(rows: Iterable[Answer], cards: Mapping[str, Card]) -> Weakest | None:
    """The aspect with the lowest accuracy among those that have a contrast and at least four answers.

    Cards of one aspect with different answers are each other's contrast. None if all of them went well.
    """
    answers: dict[str, set[str]] = {}
    for card in cards.values():
        answers.setdefault(card.aspect, set()).add(card.answer)
    grouped = _rows_by_aspect(rows, cards)
    for figure in by_aspect(rows, cards):
        aspect, went = figure.aspect, figure.accuracy
        if went.right == went.asked:
            break
        if went.asked >= ASPECT_FROM and len(answers[aspect]) > 1:
            return Weakest(aspect, went, _mixed_up(grouped[aspect], cards, answers[aspect]))
    return None


def _mixed_up(rows: Iterable[Answer], cards: Mapping[str, Card], answers: AbstractSet[str]) -> MixedUp | None:
    """The two answers mixed up most. answers: the aspect's; what was typed counts only as one of them."""
    pairs = Counter(
        tuple(sorted((row.given, cards[row.card].answer)))
        for row in rows
        if row.outcome is Outcome.WRONG and (row.k is not None or row.given in answers)
    )
    if not pairs:
        return None
    (first, second), times = min(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return MixedUp(first, second, times)


def new_and_known(
    rows: Iterable[Answer], cards: Mapping[str, Card], seen: SeenBefore
) -> tuple[Accuracy | None, Accuracy | None]:
    """Accuracy of statements never seen before this run, and of the others; both None if either has too few.

    Near equal, the rule has been learnt; far better where the statement is known, only the sentences. An
    answer to a statement that came earlier in the run itself is one to a known statement.
    """
    before = {key for key, known in seen.items() if known.times} if isinstance(seen, Mapping) else set(seen)
    new: list[Answer] = []
    known: list[Answer] = []
    for row in counted(rows):
        if isinstance(cards.get(row.card), Statement):
            (known if row.card in before else new).append(row)
            before.add(row.card)
    if min(len(new), len(known)) < NEW_FROM:
        return None, None
    return _accuracy(new), _accuracy(known)


def mistakes(
    rows: Iterable[Answer], cards: Mapping[str, Card], certainty: Mapping[str, int] = NO_CERTAINTY
) -> tuple[Mistake, ...]:
    """The cards answered wrong, confident ones first, else in the order in which they first were.

    Confident is who stated the highest certainty; where none was stated, who was quicker than the median of
    the run's right answers. A timeout is no mistake.
    """
    rows = counted(rows)
    usual = median(_times(rows, Outcome.RIGHT))
    first: dict[str, Answer] = {}
    for row in rows:
        if row.outcome is Outcome.WRONG:
            first.setdefault(row.card, row)
    found = []
    for one in missed(rows):
        row = first[one.card]
        stated = certainty.get(row.id)
        quick = usual is not None and row.ms < usual
        card = cards.get(one.card)
        found.append(
            Mistake(
                card=one.card,
                given=one.given,
                right=card.answer if card else "",
                confident=quick if stated is None else stated >= SURE,
                certainty=stated,
            )
        )
    return tuple(sorted(found, key=lambda mistake: not mistake.confident))


def steadiness_in_words(steady: Steadiness) -> str:
    """What steadiness means, for people: `Steady: half of your right answers took 1.2 to 1.6 s.`

    Steady is a middle half within a factor of 1.5 (of 0.8), uneven one beyond a factor of 3 (of 0.5).
    """
    name = "Steady" if steady.of >= 0.8 else "Fairly steady" if steady.of >= 0.5 else "Uneven"
    low, high = (f"{ms / 1000:.1f}" for ms in (steady.low_ms, steady.high_ms))
    took = f"about {low}" if low == high else f"{low} to {high}"
    return f"{name}: half of your right answers took {took} s."


def _right(rows: Iterable[Answer]) -> int:
    return sum(row.outcome is Outcome.RIGHT for row in rows)


def _times(rows: Iterable[Answer], outcome: Outcome) -> list[int]:
    return [row.ms for row in rows if row.outcome is outcome]


def _accuracy(rows: Sequence[Answer]) -> Accuracy | None:
    return accuracy(_right(rows), len(rows))


def _rows_by_aspect(rows: Iterable[Answer], cards: Mapping[str, Card]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for row in rows:
        card = cards.get(row.card)
        if card is not None and card.aspect:
            found.setdefault(card.aspect, []).append(row)
    return found

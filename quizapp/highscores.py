"""The best and the last quizzes of each deck, quizzes under the same conditions together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from quizapp import modes
from quizapp.deck.card import Deck, content_hash
from quizapp.learn.order import askable
from quizapp.overview import distractors_of
from quizapp.record import Run

BEST = 3
"""So many of the best are listed."""
LAST = 5
"""So many of the last are listed."""


class Score(Struct, frozen=True):
    """One quiz. older: its deck asked other cards then than it would now."""

    run: Run
    older: bool


class HighScores(Struct, frozen=True):
    """The quizzes of one deck under the same conditions: mode, choices, length, pace, certainty.

    deck: its id. title: the same where the deck is gone. kind: what the conditions are called, without the
    choices. best: those that may be a best, the highest first, but those of older cards after all others.
    last: the latest first, with those that ended early. count: of all.
    """

    deck: str
    title: str
    kind: str
    choices: tuple[str, ...]
    best: tuple[Score, ...]
    last: tuple[Score, ...]
    count: int


def high_scores(runs: Iterable[Run], decks: Mapping[str, Deck]) -> list[HighScores]:
    """All of them in the order of the decks, gone ones at the end; in each the latest first.

    No drills, and none that ended before its first answer.
    """
    groups: dict[tuple[object, ...], list[Run]] = {}
    for run in sorted(runs, key=lambda run: run.session, reverse=True):
        if not run.drill and (run.asked or run.finished):
            groups.setdefault(_conditions(run), []).append(run)
    places = {id_: place for place, id_ in enumerate(decks)}
    # Sorting keeps the order of equals, which is that of the latest runs.
    ordered = sorted(
        groups.values(),
        key=lambda some: (
            places.get(some[0].deck, len(places)),
            some[0].deck if some[0].deck not in places else "",
        ),
    )
    return [_high_scores(some, decks.get(some[0].deck)) for some in ordered]


def _conditions(run: Run) -> tuple[object, ...]:
    """What has to be the same, but for the cards."""
    length = (run.seconds, run.cards, run.pace, run.certainty)
    return (run.deck, run.mode, frozenset(run.choices), length)


def _high_scores(runs: list[Run], deck: Deck | None) -> HighScores:
    """runs: at least one, the latest first."""
    latest = runs[0]
    now = _content_now(latest, deck) if deck is not None else latest.content
    scores = [Score(run, older=run.content != now) for run in runs]
    best = sorted(
        (one for one in scores if one.run.eligible),
        key=lambda one: (one.older, -one.run.score, one.run.session),
    )
    return HighScores(
        deck=latest.deck,
        title=deck.title if deck is not None else latest.deck,
        kind=modes.kind_of(latest),
        choices=latest.choices,
        best=tuple(best[:BEST]),
        last=tuple(scores[:LAST]),
        count=len(scores),
    )


def _content_now(run: Run, deck: Deck) -> str:
    """The content hash that such a run would have with the cards that the deck has now."""
    choices = () if set(run.choices) == set(deck.choices) else run.choices
    return content_hash(askable(deck.cards, choices, distractors_of(deck)))

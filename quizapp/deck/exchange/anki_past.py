"""Anki's review log → answers as ours has them, and what was set for its cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from quizapp.deck.card import Card, Deck
from quizapp.deck.exchange.anki import Taken
from quizapp.deck.exchange.anki_notes import AnkiCard, Collection, Review
from quizapp.garbage import no_garbage
from quizapp.record import Grade, Mark, Ref

_FILTERED, _MANUAL, _RESCHEDULED = 3, 4, 5
_LONGEST_MS = 3_600_000
"""What a review took is cut off here: Anki itself stops its clock after a minute."""


class Past(NamedTuple):
    """One answer of another program. ref: of the card. moved: whether it counted for when the card comes
    next. ms: how long it took."""

    ref: Ref
    at_ms: int
    grade: Grade
    moved: bool
    ms: int


class History(NamedTuple):
    """What comes of a review log. cards: all that may be named in it. manual: how many rows nobody answered,
    but which set a due date by hand or made a card new again. strays: how many belong to cards that were not
    taken over. bare: how many cards are scheduled in Anki, but have no review there: they come as new."""

    cards: dict[Ref, Card]
    past: tuple[Past, ...]
    marks: dict[Ref, Mark]
    manual: int
    strays: int
    bare: int


@no_garbage()
def history_of(collection: Collection, taken: Taken, decks: Mapping[str, Deck], last_day: str) -> History:
    """The history of the cards that were taken over. decks: as they were read back from what was written.
    last_day: the study day on which the collection was last changed; what was buried then is not any more on
    the next."""
    cards: dict[Ref, Card] = {}
    by_anki: dict[int, Ref] = {}
    marks: dict[Ref, Mark] = {}
    scheduled: dict[int, Ref] = {}
    next_day = (date.fromisoformat(last_day) + timedelta(days=1)).isoformat()
    for id_, deck in decks.items():
        for card, origin in _origins(deck, taken.origins.get(id_, ())):
            ref = Ref(id_, card.key)
            cards[ref] = card
            if origin is None:
                continue
            by_anki[origin.id] = ref
            if origin.scheduled:
                scheduled[origin.id] = ref
            if mark := _mark(origin, next_day):
                marks[ref] = mark
    past, manual, strays = _past(collection.reviews, by_anki)
    bare = scheduled.keys() - {review.card for review in collection.reviews}
    return History(cards, past, marks, manual, strays, len(bare))


def _origins(
    deck: Deck, origins: Sequence[Sequence[AnkiCard | None]]
) -> Iterable[tuple[Card, AnkiCard | None]]:
    """The cards of a deck with Anki's: an entry's are in the order in which both have them."""
    by_entry: dict[int, list[Card]] = {}
    for card in deck.cards:
        by_entry.setdefault(card.entry, []).append(card)
    for entry, cards in by_entry.items():
        if entry < len(origins) and len(origins[entry]) == len(cards):
            yield from zip(cards, origins[entry], strict=True)


def _mark(card: AnkiCard, next_day: str) -> Mark | None:
    if not (card.suspended or card.buried or card.flagged):
        return None
    return Mark(card.suspended, next_day if card.buried else None, card.flagged)


def _past(reviews: Sequence[Review], refs: Mapping[int, Ref]) -> tuple[tuple[Past, ...], int, int]:
    manual = strays = 0
    # A card that was made new again begins anew: what was before moves nothing any more.
    anew = {review.card: review.at_ms for review in reviews if review.type == _MANUAL and not review.factor}
    past: list[Past] = []
    grades = (None, *Grade)
    for at_ms, card, ease, type_, factor, ms in reviews:
        ref = refs.get(card)
        if ref is None:
            strays += 1
        elif not 1 <= ease <= 4 or type_ in (_MANUAL, _RESCHEDULED) or (grade := grades[ease]) is None:
            manual += 1
        else:
            # A filtered deck may leave the schedule alone; then the row has no factor.
            moved = at_ms > anew.get(card, -1) and not (type_ == _FILTERED and not factor)
            past.append(Past(ref, at_ms, grade, moved, min(max(ms, 0), _LONGEST_MS)))
    return tuple(past), manual, strays

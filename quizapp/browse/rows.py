"""A deck's cards with what is remembered of them and what was set for them, one row a card."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec import Struct, structs

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.schedule import Plan, due_day, plan_for
from quizapp.record import Mark, Memory, Moment
from quizapp.scores.log import Log

_NOTHING = Mark()


class Row(Struct, frozen=True, gc=False):
    """A card, with what is remembered of it (None: never studied) and what was set for it.

    sought: all its texts in the form in which they are sought, the prompt first.
    """

    card: Card
    memory: Memory | None
    mark: Mark
    sought: str


class Rows(Struct, frozen=True):
    """A deck's rows, in the deck's order. plan: how its cards are scheduled."""

    deck: Deck
    rows: tuple[Row, ...]
    plan: Plan


class Due(Struct, frozen=True):
    """When a card is asked again: on a study day, or at a time (ms) where it is in a learning step. Both None
    for a card that was never studied."""

    day: str | None = None
    at_ms: int | None = None

    def is_now(self, now: Moment) -> bool:
        """Whether that is now, or was before."""
        if self.at_ms is not None:
            return self.at_ms <= now.at_ms
        return self.day is not None and self.day <= now.day


def rows_of(log: Log, deck: Deck, now: Moment, usual: UsualStudy, before: Rows | None = None) -> Rows:
    """The rows of a deck as they are now: its memories and marks are read in one go.

    usual: what holds where the deck sets nothing. before: the rows that there were; texts that are in the
    form to be sought already are taken from there. Raises ScoresError.
    """
    memories = {ref.card: memory for ref, memory in log.memories([deck.id]).items()}
    marks = {ref.card: mark for ref, mark in log.marks([deck.id]).items()}
    if before is not None and before.deck is deck:
        texts: Sequence[str] = [row.sought for row in before.rows]
    else:
        texts = [_sought(card) for card in deck.cards]
    rows = tuple(
        Row(card, memories.get(card.key), marks.get(card.key, _NOTHING), text)
        for card, text in zip(deck.cards, texts, strict=True)
    )
    plan = plan_for(deck.study, usual, now.day, log.parameters(deck.id))
    return Rows(deck, rows, plan)


def with_mark(rows: Rows, key: str, mark: Mark) -> Rows:
    """The rows with another mark for a card, by its key."""
    changed = tuple(structs.replace(row, mark=mark) if row.card.key == key else row for row in rows.rows)
    return structs.replace(rows, rows=changed)


def folded(text: str) -> str:
    """A text in the form in which it is sought: case and the Unicode form do not count."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", text).casefold()


def due_of(row: Row, latest: str | None, now: Moment) -> Due:
    """When a row's card falls due, whatever was set for it. latest: as in the deck's plan."""
    memory = row.memory
    if memory is None:
        return Due()
    day = due_day(memory, latest, now)
    return Due(day) if day is not None else Due(None, memory.due_ms)


def is_buried(row: Row, now: Moment) -> bool:
    """Whether the card is not asked today, and would be but for that."""
    return not row.mark.suspended and row.mark.hides(now.day)


def _sought(card: Card) -> str:
    texts = (card.prompt, card.answer, card.why, card.hint, card.aspect, card.source)
    # A line may end anywhere within a phrase, but none goes on from one text into the next.
    return folded("\0".join((*texts, *card.variants, *card.tags)).replace("\n", " "))

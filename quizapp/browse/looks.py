"""How a deck's cards are looked at, and which of them is selected after the deck has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from quizapp.browse.orders import Order
from quizapp.browse.rows import Row, Rows
from quizapp.deck.card import Card, Deck


class Look(Struct):
    """How a deck's cards were looked at last. selected: a card's key, "" for the first."""

    typed: str = ""
    order: Order = Order.DECK
    backwards: bool = False
    selected: str = ""


def found_again(card: Card, before: Rows, after: Deck, below: Iterable[Row], above: Sequence[Row]) -> str:
    """The key of what is to be selected in a deck that has changed: the card itself, or what its entry says
    now, or else its neighbour in the list; "" if there is none of these.

    below, above: the rows around it in the list as it was.
    """
    now = {one.key for one in after.cards}
    if card.key in now:
        return card.key
    edited = next((one.key for one in fresh(before, after) if one.entry == card.entry), "")
    around = (row.card.key for row in (*below, *reversed(above)))
    return edited or next((key for key in around if key in now), "")


def fresh(before: Rows, after: Deck) -> list[Card]:
    """The cards that a deck has now and had not before."""
    known = {row.card.key for row in before.rows}
    return [card for card in after.cards if card.key not in known]

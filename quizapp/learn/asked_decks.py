"""The decks that a session asks from, which a person can edit while it runs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import structs

from quizapp.deck.card import Card, Deck, kind_of
from quizapp.learn.study_views import Item

if TYPE_CHECKING:
    from quizapp.learn.typo import Lexicon


class AskedDecks:
    """Decks by id, as they are asked from."""

    def __init__(self, decks: Mapping[str, Deck]) -> None:
        self._decks = decks
        self._renewed: Mapping[str, Deck] | None = None  # the decks from the next card on
        self._known: dict[str, Lexicon] = {}  # what answers are judged by, of the decks that had one
        self._cards: dict[str, dict[str, Card]] = {}  # by key, of the decks that were changed

    def __getitem__(self, id_: str) -> Deck:
        return self._decks[id_]

    def renew(self, decks: Mapping[str, Deck]) -> None:
        """Have these decks once they are taken over. It may be called by another thread."""
        self._renewed = decks

    def take_over(self) -> None:
        """Have the decks as they are now, if they were changed."""
        decks = self._renewed
        if decks is None or decks is self._decks:
            return
        for id_, deck in decks.items():
            if deck is not self._decks[id_]:
                self._known.pop(id_, None)
                self._cards[id_] = {card.key: card for card in deck.cards}
        self._decks = decks

    def known(self, id_: str) -> Lexicon:
        """What a deck's answers are judged by."""
        # With what it needs half a millisecond of the start: home asks, and judges nothing.
        from quizapp.learn.typo import Lexicon

        return self._known.setdefault(id_, Lexicon(self._decks[id_].cards))

    def as_it_reads(self, item: Item) -> Item | None:
        """A card as its deck has it now; None if it is there no more."""
        cards = self._cards.get(item.ref.deck)
        if cards is None:
            return item
        card = cards.get(item.ref.card)
        return structs.replace(item, card=card) if card is not None else None


def is_other(card: Card, other: Card) -> bool:
    """Whether a card is asked in another way than the other: it is of another kind."""
    return kind_of(card) is not kind_of(other)


def says_the_same(card: Card, other: Card) -> bool:
    """Whether they are alike but for their place in the file."""
    return structs.replace(card, entry=other.entry) == other

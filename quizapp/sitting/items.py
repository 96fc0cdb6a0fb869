"""Cards as a study session takes them, with what the log says of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quizapp.deck.card import Card
from quizapp.learn.queue import Pool
from quizapp.learn.study import Item
from quizapp.record import LEECH_LAPSES, Mark, Memory, Ref, Seen
from quizapp.scores.store import Store


class Items:
    """Cards of a pool as a session takes them."""

    def __init__(self, store: Store, pool: Pool) -> None:
        self._store, self._pool = store, pool
        wordings = any(card.variants for card in pool.deck.cards)
        self._seen: Mapping[str, Seen] = store.seen(pool.deck.id) if wordings else {}

    def of(self, cards: Iterable[Card]) -> list[Item]:
        """These cards."""
        return [self._item(card) for card in cards]

    def _item(self, card: Card) -> Item:
        ref, memory = Ref(self._pool.deck.id, card.key), self._pool.memories.get(card.key)
        return Item(
            ref=ref,
            card=card,
            memory=memory,
            times=self._seen[card.key].times if card.key in self._seen else 0,
            mark=self._pool.marks.get(card.key, Mark()),
            mistaken=mistaken(self._store, ref, memory),
        )


def mistaken(store: Store, ref: Ref, memory: Memory | None) -> str:
    """What a leech, or a card that one more wrong answer makes one, is taken for most often; else ""."""
    if memory is None or memory.lapses < LEECH_LAPSES - 1:
        return ""
    return store.mistaken_for(ref)

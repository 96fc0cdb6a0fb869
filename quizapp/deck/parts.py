"""Which card of an entry is which after the entry was changed: by what each asks, not by its wording."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.deck.card import Card, Cloze, Flip
from quizapp.deck.text import collapse

Part = tuple[str, int]
"""What a card of an entry is: the front or the back; of a cloze, its blank and which of equal ones."""


def new_keys(old: Sequence[Card], new: Sequence[Card]) -> dict[str, str]:
    """The new key of each card of an entry that a person changed, by its old one; without those that stay.

    A part that is not there any more has none. A blank that was written differently, in the place that it
    had, is the same one.
    """
    before, after = parts(old), parts(new)
    pairs = {old_key: after[part] for part, old_key in before.items() if part in after}
    if any(isinstance(card, Cloze) for card in (*old, *new)):
        settled = set(pairs.values())
        pairs |= {
            was.key: now.key
            for was, now in zip(old, new, strict=False)
            if was.key not in pairs and now.key not in settled
            if (isinstance(was, Cloze) and isinstance(now, Cloze)) or len(old) == len(new) == 1
        }
    return {old_key: new_key for old_key, new_key in pairs.items() if old_key != new_key}


def parts(cards: Sequence[Card]) -> dict[Part, str]:
    """The keys of an entry's cards, by what each of them is."""
    found: dict[Part, str] = {}
    for card in cards:
        if isinstance(card, Cloze):
            blank = f"blank {collapse(card.answer)}"
            times = sum(name == blank for name, _ in found) + 1
            found[blank, times] = card.key
        else:
            found["back" if isinstance(card, Flip) and card.reversed else "front", 0] = card.key
    return found

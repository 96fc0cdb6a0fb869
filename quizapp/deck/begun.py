"""A card that is being typed: what is wrong with it so far, told before the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping

from quizapp.deck.card import Deck, Kind
from quizapp.deck.entry import Choices, Reader
from quizapp.deck.faults import Faults
from quizapp.deck.text import collapse
from quizapp.deck.write import Value

_REST: dict[Kind, dict[str, Value]] = {
    Kind.STATEMENT: {"statement": "\u2026", "answer": True},
    Kind.FLIP: {"front": "\u2026", "back": "\u2026"},
    Kind.CHOICE: {"question": "\u2026", "answer": "\u2026", "wrong": ["\u2026\u2026"]},
    Kind.TYPED: {"question": "\u2026", "answer": "\u2026"},
    Kind.CLOZE: {"cloze": "{\u2026} \u2026"},
}
"""What stands for the keys that are still to come."""


def fault_so_far(deck: Deck, kind: Kind, table: Mapping[str, Value]) -> str:
    """What is wrong with the keys of a new card that are typed already, and what to do; "" if nothing is."""
    faults = Faults()
    by_text = {collapse(text): text for text in deck.choices}
    reader = Reader(faults, Choices(deck.choices, deck.keys, by_text) if deck.choices else None)
    cards = reader.cards(_REST[kind] | dict(table), len(deck.cards))
    if faults.found:
        _, _, message, remedy, _ = faults.found[0]
        return f"{message}; {remedy}" if remedy else message
    earlier = {card.key: card.entry + 1 for card in deck.cards}
    same = next((earlier[card.key] for card in cards if card.key in earlier), None)
    if same is None:
        return ""
    prompt = next(iter(_REST[kind]))
    return f"the {prompt} is the same as in card {same}; say it in other words"

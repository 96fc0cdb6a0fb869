"""What the list of cards says beside them: on its filter, where it is empty, in its help."""

from __future__ import annotations

from textual.content import Content

from quizapp import words
from quizapp.browse.query import KINDS, STATES, Query
from quizapp.deck.card import Deck
from quizapp.tui.layout import fitting
from quizapp.tui.widgets.signs import FLAG, LEECH

RULES = (
    "Every card of the deck. Due: when it comes again. Memory: for how long it is remembered; nine of ten "
    "such cards would still be known then. Forgotten: how often it was, after it had been learnt."
)
FILTERS = (
    ("pay law", "Cards with both words, in any of their texts"),
    ('"pay law"', "With these words one after the other"),
    ("tag:verb", "With this in a tag; so, too, aspect: and answer:"),
    ("kind:", f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"),
    ("is:", f"{', '.join(STATES[:-1])} or {STATES[-1]}"),
    ("-is:new", "A minus: only the others"),
    ("note:", "Any other word with its colon is sought as it is"),
)
SIGNS = (
    (FLAG, "Flagged"),
    (LEECH, "Forgotten again and again (is:leech)"),
)
_EXAMPLES = ("Filter: words, tag:, aspect:, answer:, kind:, is:due", "Filter: words, tag:, is:due")
_USUAL = 32
"""Cells of the line before it is laid out: as many as the narrowest has."""


def examples(width: int) -> str:
    """What may be typed, in a line of so many cells."""
    return fitting(width if width > 0 else _USUAL, *_EXAMPLES)


def found(shown: int, total: int, *, filtered: bool) -> str:
    """`12 of 40 cards`; `40 cards` without a filter."""
    cards = words.count(total, "card")
    return f"{shown:,} of {cards}" if filtered else cards


def instead(query: Query, width: int) -> Content | None:
    """In the place of the columns' names: what is wrong with the filter, or what may be typed next."""
    if query.trouble:
        return Content.assemble((f"▲ {fitting(width - 2, *query.trouble)}", "$text-warning"))
    return Content.assemble((fitting(width, *query.hint), "$text-muted")) if query.hint else None


def reading(number: int) -> str:
    """In the list's place until so many cards are there."""
    return f"Reading {number:,} cards…"


def nothing(deck: Deck, query: Query, key: str) -> str:
    """Why no card is to be seen, in a line or two. key: the one that helps."""
    if not deck.cards:
        return f"No cards yet. {key} adds one."
    return f"{query.known}\n{key} shows all." if query.known else f"No card is like that. {key} shows all."

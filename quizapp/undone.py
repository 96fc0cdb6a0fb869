"""What was taken back, as it is said to people."""

from __future__ import annotations

from quizapp.deck.library import Library
from quizapp.record import EventType, Undoable
from quizapp.scores.log import Log

_MOST = 40
"""So many characters of a prompt name its card."""


def undone(log: Log, library: Library, done: Undoable, most: int = _MOST) -> str:
    """`Good for “Nearly anybody could…” of BPO or KPO?`, `suspending “…” of …`: what an undo took back.

    most: characters of a prompt.
    """
    card = _card(library, done, most)
    match done.type:
        case EventType.SUSPEND:
            return f"suspending {card}"
        case EventType.BURY:
            return f"burying {card}"
    grade = log.grade_of(done.id)
    return f"{grade.name.capitalize()} for {card}" if grade is not None else f"an answer to {card}"


def _card(library: Library, done: Undoable, most: int) -> str:
    deck = library.decks.get(done.ref.deck)
    if deck is None:
        return f"a card of {done.ref.deck}"
    prompt = next((card.prompt for card in deck.cards if card.key == done.ref.card), "")
    return f"“{_short(prompt, most)}” of {deck.title}" if prompt else f"a card that has left {deck.title}"


def _short(prompt: str, most: int) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"

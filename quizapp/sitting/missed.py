"""The missed cards of a deck: those answered wrong in a quiz, until a later one's first answer is right.

Which they are is read from the log (`Log.missed`), so that a drill that fails or ends early loses none.
"""

from __future__ import annotations

from quizapp.record import EventType
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, next_event


def clear_missed(store: Store, clock: Clock, deck: str) -> None:
    """Log that what was missed so far in a deck, by its id, is not to be drilled."""
    store.append([next_event(store, EventType.CLEAR, deck, {}, clock)])

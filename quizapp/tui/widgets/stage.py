"""The card and its answers."""

from __future__ import annotations

from textual.containers import Vertical


class Stage(Vertical):
    """Holds a CardView and a Place, which together take the same rows for every card.

    So a long list of answers makes the card shorter, from its first frame, and nothing below moves.
    """

"""A card that is suspended from its form: by what lies below, so that its undo takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.deck.card import Deck
from quizapp.tui.card_actions import CardActions
from quizapp.tui.study import StudyScreen

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


def put_aside(app: QuizApp, deck: Deck, key: str) -> None:
    """Ask the card with this key no more. A question below that asks it goes on with the next one; a list
    below that has it selected can take that back."""
    for screen in app.screen_stack:
        if isinstance(screen, StudyScreen) and screen.asks(deck.id, key):
            screen.action_suspend()
            return
    below = app.screen
    if not (isinstance(below, CardActions) and below.suspend(deck.id, key)):
        app.editing.suspend(deck, key)

"""A card that is suspended from its form: by what lies below, so that its undo takes that back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizapp.deck.card import Deck
from quizapp.record import Ref
from quizapp.tui.card_actions import CardActions
from quizapp.tui.study import StudyScreen

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


def put_aside(app: QuizApp, deck: Deck, key: str, leave: Callable[[], None]) -> None:
    """Ask the card with this key no more. A question below that asks it goes on with the next one; a list
    below that has it selected can take that back. leave: leaves the form, where there is something to do."""
    asking = [one for one in app.screen_stack if isinstance(one, StudyScreen) and one.asks(deck.id, key)]
    if not asking and app.store.mark(Ref(deck.id, key)).suspended:
        app.editing.say("It is suspended already. The list of its deck's cards brings it back.")
        return
    leave()
    if asking:
        asking[0].action_suspend()
        return
    below = app.screen
    if not (isinstance(below, CardActions) and below.suspend(deck.id, key)):
        app.editing.suspend(deck, key)

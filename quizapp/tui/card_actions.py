"""What the keys of a list of cards do with the selected one: its form, a new card, and away with it."""

from __future__ import annotations

from abc import abstractmethod

from quizapp.browse.rows import Row
from quizapp.deck.card import Deck
from quizapp.tui.screen import AppScreen


class CardActions(AppScreen):
    """A screen that lists the cards of a deck."""

    @property
    @abstractmethod
    def deck(self) -> Deck:
        """The deck whose cards are listed."""

    @property
    @abstractmethod
    def selected(self) -> Row | None:
        """The selected row."""

    @abstractmethod
    def action_suspend(self) -> None:
        """Ask the selected card no more, or bring it back."""

    def suspend(self, deck: str, key: str) -> bool:
        """Suspend the selected card, as its form was asked to, so that it can be taken back here. Whether it
        is this card of this deck."""
        row = self.selected
        if row is None or (self.deck.id, row.card.key) != (deck, key):
            return False
        if not row.mark.suspended:
            self.action_suspend()
        return True

    def action_edit(self) -> None:
        """Change the selected card."""
        if self.selected is not None:
            self.quizapp.editing.edit(self.deck, self.selected.card)

    def action_add(self) -> None:
        """Write a new one."""
        self.quizapp.editing.add(self.deck)

    def action_duplicate(self) -> None:
        """Write a new one that begins as the selected one."""
        if self.selected is not None:
            self.quizapp.editing.duplicate(self.deck, self.selected.card)

    def action_delete(self) -> None:
        """Take the selected card's entry out of the deck."""
        if self.selected is not None:
            self.quizapp.editing.delete(self.deck, self.selected.card)

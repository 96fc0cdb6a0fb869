"""What the keys of home open, with what is selected there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from quizapp.deck.card import Deck
from quizapp.overview import DeckLine
from quizapp.tui.screen import AppScreen


class HomeActions(AppScreen):
    """A screen with Today and the decks, of which one is selected."""

    @property
    @abstractmethod
    def selected(self) -> DeckLine | None:
        """The selected deck; None for Today."""

    @property
    @abstractmethod
    def shown(self) -> Sequence[DeckLine]:
        """The decks that are listed, below Today."""

    @property
    def decks(self) -> list[Deck]:
        """The selected deck; with Today all of them."""
        selected = self.selected
        return [selected.deck] if selected else list(self.quizapp.library.decks.values())

    def action_study(self) -> None:
        """Study what is selected."""
        selected = self.selected
        self.quizapp.sessions.study(self.decks, selected.deck.title if selected else "Today")

    def action_quiz(self) -> None:
        """A timed quiz on the selected deck, or on the first that can be quizzed."""
        self._quiz(self.quizapp.sessions.quiz)

    def action_practice(self) -> None:
        """A quiz without a clock."""
        self._quiz(self.quizapp.sessions.practice)

    def action_set_up(self) -> None:
        """Choose mode, length and choices first."""
        self._quiz(self.quizapp.sessions.set_up)

    def _quiz(self, start: Callable[[Deck], object]) -> None:
        decks = self.decks
        deck = next((deck for deck in decks if self.quizapp.sessions.can_quiz(deck)), None)
        if deck is None:
            self.notify("There is nothing here that a quiz can judge. Enter studies it.", markup=False)
        else:
            start(deck)

    def action_choose(self) -> None:
        """Choose what to study, beginning with what is selected."""
        selected = self.selected
        self.quizapp.sessions.choose([selected.deck] if selected else [])

    def action_catch_up(self) -> None:
        """Choose over how many days to spread what waits."""
        from quizapp.tui.catch_up import CatchUpScreen

        self.app.push_screen(CatchUpScreen())

    def action_problems(self) -> None:
        """Show what is wrong in decks."""
        from quizapp.tui.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(self.quizapp.problems, self.quizapp.library.hidden))

    def action_older(self) -> None:
        """Ask which cards are older ones."""
        self.quizapp.histories.show()

    def action_killed(self) -> None:
        """Show the quiz that was cut off."""
        self.quizapp.sessions.show_killed()

    def action_scores(self) -> None:
        """Show the best and the last quizzes of what is selected."""
        selected = self.selected
        self.quizapp.sessions.scores(selected.deck if selected else None)

    def action_page(self) -> None:
        """Show how the selected deck stands."""
        self._with_deck(self.quizapp.sessions.page)

    def action_browse(self) -> None:
        """Show the cards of the selected deck."""
        self._with_deck(self.quizapp.sessions.browse)

    def action_add(self) -> None:
        """Write cards for the selected deck."""
        # What changes decks is imported with the first change.
        self._with_deck(lambda deck: self.quizapp.editing.add(deck))

    def action_new_deck(self) -> None:
        """Make a deck."""
        self.quizapp.exchanges.new_deck()

    def action_import(self) -> None:
        """Import a deck from a file."""
        self.quizapp.exchanges.import_deck()

    def action_export(self) -> None:
        """Write the selected deck as another program's file."""
        self._with_deck(self.quizapp.exchanges.export)

    def _with_deck(self, do: Callable[[Deck], object]) -> None:
        """Do something with the selected deck; Today is none, and the first deck is below it."""
        if self.selected is not None:
            do(self.selected.deck)
        elif self.shown:
            self.notify("This is for a deck: select one first.", markup=False)

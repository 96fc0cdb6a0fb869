"""What each of the app's screens has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class AppScreen(Screen[None]):
    """A screen of quizapp."""

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

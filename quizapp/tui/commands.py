"""What the command palette offers: what the screen's keys do, and every deck by its title."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_HIDDEN = ("command_palette", "app.command_palette")
_MOVES = ("list.", "scroll.", "card.")


class Command(NamedTuple):
    """A line of the palette. text: plain, it may hold a deck's title."""

    text: str
    run: Callable[[], object]


class Commands(Provider):
    """Every action of the screen below, then study, quiz and practice for every deck."""

    async def discover(self) -> Hits:
        """All of them."""
        for command in self._commands():
            # Textual reads a plain string as markup; a title is none.
            yield DiscoveryHit(Content(command.text), command.run, text=command.text)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.text)
            if score > 0:
                # Not `matcher.highlight`, which reads the title as markup.
                yield Hit(score, Content(command.text), command.run, text=command.text)

    def _commands(self) -> Iterator[Command]:
        yield from self._of_screen(moves=False)
        app = cast("QuizApp", self.app)
        for deck in app.library.decks.values():
            yield Command(f"Study: {deck.title}", partial(app.sessions.study, [deck], deck.title))
            if app.sessions.can_quiz(deck):
                yield Command(f"Timed quiz: {deck.title}", partial(app.sessions.quiz, deck))
                yield Command(f"Practice: {deck.title}", partial(app.sessions.practice, deck))
        yield from self._of_screen(moves=True)

    def _of_screen(self, *, moves: bool) -> Iterator[Command]:
        """What the keys of the screen do. moves: those that only move a list or a text, or all others."""
        seen: set[str] = set()
        for node, binding, enabled, tooltip in self.screen.active_bindings.values():
            # Only our own bindings have an id, and a tooltip if they are worth a line.
            if not (enabled and tooltip and binding.id) or binding.id.startswith(_MOVES) is not moves:
                continue
            if binding.action not in (*_HIDDEN, *seen):
                seen.add(binding.action)
                yield Command(tooltip, partial(self.app.run_action, binding.action, node))

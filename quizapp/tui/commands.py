"""What the command palette offers: what the screen's keys do, and every deck by its title."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.cells import cell_len
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from quizapp.deck.card import Deck
from quizapp.deck.library import names_of
from quizapp.tui.help import MOVES
from quizapp.tui.layout import cut
from quizapp.tui.widgets.key_footer import key_name

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_HIDDEN = ("command_palette",)
_WIDTH = 70
_NAME = 14
_NARROW = 56


class Command(NamedTuple):
    """A line of the palette. name and does: plain, a name may be a deck's title. key: "" if it has none."""

    name: str
    run: Callable[[], object]
    does: str = ""
    key: str = ""

    @property
    def text(self) -> str:
        """What is sought in."""
        return f"{self.name} {self.does}".strip()

    def line(self, width: int) -> Content:
        """The line in so many cells: name, what it does where there is room, key."""
        room = width - (cell_len(self.key) + 1 if self.key else 0)
        if not self.does or width < _NARROW:
            name = cut(self.name, room)
            does = ""
        else:
            name = cut(self.name, _NAME).ljust(_NAME)
            does = cut(self.does, room - cell_len(name) - 2)
        gap = max(0, width - cell_len(name) - cell_len(does) - cell_len(self.key) - (2 if does else 0))
        return Content.assemble(
            (name, "$foreground"),
            ("  " if does else ""),
            (does, "$text-muted"),
            " " * gap,
            (self.key, "$text-accent"),
        )


class Commands(Provider):
    """Every action of the screen below, then study, quiz, practice, cram and drill for every deck."""

    _missed: AbstractSet[str] = frozenset()
    """The decks in which something was missed, by their ids."""

    @property
    def _width(self) -> int:
        """The cells of a line: the palette's own, less two at both edges and one for the scrollbar."""
        return min(_WIDTH, self.app.size.width) - 5

    async def discover(self) -> Hits:
        """All of them."""
        for command in self._commands():
            # Textual reads a plain string as markup; a title is none.
            yield DiscoveryHit(command.line(self._width), command.run, text=command.text)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.text)
            if score > 0:
                # Not `matcher.highlight`, which reads the title as markup.
                yield Hit(score, command.line(self._width), command.run, text=command.text)

    async def startup(self) -> None:
        """Look up, once a menu, which decks have missed cards."""
        app = cast("QuizApp", self.app)
        self._missed = {ref.deck for ref in app.store.missed()}

    def _commands(self) -> Iterator[Command]:
        yield from self._of_screen(moves=False)
        app = cast("QuizApp", self.app)
        names = names_of(app.library.decks.values())
        for deck in app.library.decks.values():
            name = names[deck.id]
            yield Command(f"Study: {name}", partial(app.sessions.study, [deck], deck.title))
            yield Command(f"Figures: {name}", partial(app.sessions.page, deck))
            yield Command(f"Cards: {name}", partial(app.sessions.browse, deck))
            yield Command(f"Export: {name}", partial(app.exchanges.export, deck))
            if app.sessions.can_quiz(deck):
                yield Command(f"Timed quiz: {name}", partial(app.sessions.quiz, deck))
                yield Command(f"Practice: {name}", partial(app.sessions.practice, deck))
            # Not app.editing.add itself: what changes decks is imported with the first change.
            yield Command(f"Add a card: {name}", partial(_add, app, deck))
            yield Command(f"Cram: {name}", partial(app.sessions.cram, [deck], deck.title))
            if deck.id in self._missed and app.sessions.missed(deck):
                drill = partial(app.sessions.drill_missed, deck)
                yield Command(f"Drill what was missed: {name}", drill)
                yield Command(f"Clear what was missed: {name}", partial(app.sessions.forget_missed, deck))
        yield from self._of_screen(moves=True)

    def _of_screen(self, *, moves: bool) -> Iterator[Command]:
        """What the keys of the screen do. moves: those that only move a list or a text, or all others."""
        seen: set[str] = set()
        active = sorted(self.screen.active_bindings.values(), key=lambda active: not active.binding.show)
        for node, binding, enabled, tooltip in active:
            # Only our own bindings have an id, and a tooltip if they are worth a line.
            if not (enabled and tooltip and binding.id) or binding.id.startswith(MOVES) is not moves:
                continue
            action = binding.action.removeprefix("app.")
            if action not in (*_HIDDEN, *seen):
                seen.add(action)
                run = partial(self.app.run_action, binding.action, node)
                key = binding.key_display or key_name(binding.key)
                yield Command(binding.description, run, tooltip, key)


def _add(app: QuizApp, deck: Deck) -> None:
    app.editing.add(deck)

"""Decks that are saved while the app runs: looked for beside the screens, and handed to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from quizapp.deck.library import Library, Sources
from quizapp.record import Ref
from quizapp.tui.background import begin

if TYPE_CHECKING:
    from quizapp.deck.watch import Watch
    from quizapp.tui.app import QuizApp

EVERY = 0.3
"""Seconds between two looks. A change counts at the second look that sees it, so that it is there in time."""
_SHARE = 10
"""A look that took long is followed by a pause so many times as long."""


@runtime_checkable
class HeedsDecks(Protocol):
    """A screen that shows what comes of decks."""

    def decks_changed(self) -> None:
        """The app has other decks now."""


@runtime_checkable
class HeedsEdits(Protocol):
    """A screen that shows cards by their keys."""

    def cards_edited(self, moves: Mapping[Ref, Ref]) -> None:
        """A person edited cards here; the app has the decks as they are now. moves: the cards that have
        another key."""


class Watching:
    """Looks every now and then whether a deck was saved."""

    def __init__(self, app: QuizApp) -> None:
        self._app = app
        self._watch: Watch | None = None  # none until the first look
        self._looking = False
        self._not_before = 0.0  # on the clock of the machine

    def start(self) -> None:
        """Look from now on; the decks are those of the last moments."""
        if self._app.library.sources is not None:
            self._tick()
            self._app.set_interval(EVERY, self._tick)

    def _tick(self) -> None:
        if not self._looking and monotonic() >= self._not_before:
            begin(self._app, self.look, group="watch")

    async def look(self) -> None:
        """Look once. Where files have changed, and stay so for two looks, the app gets the decks."""
        library = self._app.library
        if self._looking or library.sources is None:
            return
        self._looking = True
        try:
            found = await asyncio.to_thread(self._look, library, library.sources)
        finally:
            self._looking = False
        # Where the app was given other decks meanwhile, the next look reads the files again.
        if found is not None and self._app.library is library:
            self._take_over(*found)

    async def read_now(self, between: Callable[[Library], object], moves: Mapping[Ref, Ref]) -> None:
        """Read what has changed at once, as after a change that was asked for here. between: what comes, in a
        thread, before any screen sees the new decks. moves: the cards that have other keys there."""
        done = False
        while True:
            library = self._app.library
            if library.sources is None:
                return
            found = await asyncio.to_thread(self._read, library, library.sources)
            if not done:
                await asyncio.to_thread(between, found[0])
                done = True
            if self._app.library is library:
                break
        self._take_over(*found)
        for screen in self._app.screen_stack:
            if isinstance(screen, HeedsEdits):
                screen.cards_edited(moves)

    def _take_over(self, library: Library, watch: Watch) -> None:
        self._app.library, self._watch = library, watch
        for screen in self._app.screen_stack:
            if isinstance(screen, HeedsDecks):
                screen.decks_changed()

    def _read(self, library: Library, sources: Sources) -> tuple[Library, Watch]:
        """The library as it is now. Runs in a thread."""
        from quizapp.deck.watch import Watch, read_again, signature

        now = signature(sources)
        seen = self._watch.seen if self._watch is not None else {}
        return read_again(library, seen, now), Watch(now)

    def _look(self, library: Library, sources: Sources) -> tuple[Library, Watch] | None:
        """The library as it is now, and what to compare the next look with; None if it is the same. Runs in a
        thread."""
        # Imported here, so that the first frame does not wait for it.
        from quizapp.deck.watch import Watch, read_again, signature

        began = monotonic()
        now = signature(sources)
        self._not_before = monotonic() + _SHARE * (monotonic() - began)
        if self._watch is None:
            self._watch = Watch(now)
        if not self._watch.changed(now):
            return None
        return read_again(library, self._watch.seen, now), Watch(now)

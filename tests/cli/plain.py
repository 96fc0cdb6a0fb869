"""A person at plain lines: what they type and when, and what they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Lines
from quizapp.deck.card import Deck
from quizapp.deck.library import Library
from quizapp.record import EventType
from quizapp.scores.store import Store, open_store
from quizapp.settings.values import Settings
from tests.builders import FakeClock

Meet = Callable[..., "Person"]
"""Makes a person who has these decks."""
Said = str | Callable[["Person"], str]
"""A line that is typed, or what makes one when it is asked for."""


class Person:
    """Types the lines of a script, each after some seconds; then the input ends. Keeps what is written."""

    def __init__(self, folder: Path, *decks: Deck, settings: Settings | None = None) -> None:
        self.clock = FakeClock()
        self.seconds = 1000.0
        self.text = ""
        self.slept: list[float] = []
        self.store: Store = open_store(folder / "scores.db", now_ms=self.clock.now_ms, busy_seconds=0.0)
        self.script: Iterator[tuple[float, Said]] = iter(())
        lines = Lines(self._read, self._write, now=lambda: self.seconds, sleep=self.slept.append)
        library = Library(decks={deck.id: deck for deck in decks})
        self.desk = Desk(lines, library, self.store, self.clock, settings or Settings(), seed=lambda: 7)

    def types(self, *script: Said | tuple[float, Said]) -> Person:
        """The lines to come; one without seconds is typed after one second."""
        self.script = iter([one if isinstance(one, tuple) else (1.0, one) for one in script])
        return self

    def _read(self) -> str:
        wait, said = next(self.script, (0.0, ""))
        self.seconds += wait
        self.clock.forward(round(wait * 1000))
        if said == "^C":
            raise KeyboardInterrupt
        line = said if isinstance(said, str) else said(self)
        return f"{line}\n" if wait else ""

    def _write(self, text: str) -> None:
        self.text += text

    @property
    def last(self) -> list[str]:
        """The lines since the last empty one: the question that is asked."""
        return self.text.rsplit("\n\n", 1)[-1].splitlines()

    def given(self) -> list[tuple[str, str, int | None, bool]]:
        """The answers in the log: what was given, what came of it, its grade, whether it was undone."""
        return [
            (one.answer.given, one.answer.outcome.value, one.grade, one.undone)
            for one in self.store.answers()
        ]

    def ended(self) -> list[bool]:
        """How the sessions ended: whether each was finished."""
        return [event.body["finished"] for event in self.store.events(EventType.END)]

"""A person's folder, and the program started there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

# Windows has no pseudo-terminal that ptyprocess knows; there these tests have nothing to run in.
pytest.importorskip("ptyprocess")

from tests.end_to_end.terminal import Terminal

_OURS = ("QUIZAPP_", "TEXTUAL", "PYTEST_")
_TERMINAL = ("COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "TERM_PROGRAM", "PYTHONWARNINGS")

NO_WAITING = """\
dead_seconds = 0

[quiz]
wrong_seconds = 0
"""
"""Settings with which a key counts as soon as the screen is painted."""


class Home:
    """A person's folder with decks, scores and settings, and the ways to run the program on it.

    No key is dead there that comes after the paint, unless the test wants the usual times.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.decks = path / "decks"
        self.scores = path / "scores.db"
        self.settings = path / "config.toml"
        self.decks.mkdir(parents=True)
        self.settings.write_text(NO_WAITING, encoding="utf-8")
        # As CI names it, to run the same tests on the wheel that it built; else this installation.
        named = os.environ.get("QUIZAPP_COMMAND")
        self.command = [named] if named else [sys.executable, "-m", "quizapp"]
        self._terminals: list[Terminal] = []

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """What the program finds in its environment."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _TERMINAL and not name.startswith(_OURS)
        }
        own = {"HOME": str(self.path), "QUIZAPP_HOME": str(self.path), "PYTHONUTF8": "1"}
        return {**kept, **own, "TERM": "xterm-256color", **(extra or {})}

    def take_the_usual_times(self) -> None:
        """Let keys be dead and feedback stay for as long as they do where nobody set anything."""
        self.settings.unlink()

    def deck(self, name: str, text: str) -> Path:
        """A deck file in the person's own folder."""
        path = self.decks / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def start(
        self, *args: str | Path, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
    ) -> Terminal:
        """The program in a terminal."""
        argv = [*self.command, *map(str, args)]
        terminal = Terminal(argv, env=self.environment(env), cwd=self.path, size=size)
        self._terminals.append(terminal)
        return terminal

    def run(self, *args: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        """A command that needs no terminal, with pipes for its input and output; it must end so."""
        done = subprocess.run(
            [*self.command, *map(str, args)],
            env=self.environment(),
            cwd=self.path,
            input="",
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def log(self) -> list[dict[str, Any]]:
        """All answers that `quizapp log` knows of, the oldest first."""
        return [json.loads(line) for line in self.run("log", "--json").stdout.splitlines()]

    def due(self, deck: str, *args: str | Path) -> dict[str, Any]:
        """What `quizapp decks` says of a deck."""
        listed: Sequence[dict[str, Any]] = json.loads(self.run("decks", "--json", *args).stdout)
        return next(one for one in listed if one["id"] == deck)

    def close(self) -> None:
        """End what still runs."""
        for terminal in self._terminals:
            terminal.close()


Scenario = Callable[[Home], None]
"""What a person does at a home."""

SIZES = ((80, 24), (40, 15))
"""Columns and rows: the usual terminal, and the smallest that is promised to work."""


class SideBySide:
    """Runs scenarios at the same time, each at a home of its own: they spend most of theirs in waiting."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *scenarios: Scenario) -> None:
        """Run them; the first that fails is raised."""
        with ThreadPoolExecutor(len(scenarios)) as pool:
            played = [pool.submit(self._play, *named) for named in enumerate(scenarios)]
        for one in played:
            one.result()

    def _play(self, number: int, scenario: Scenario) -> None:
        home = Home(self._folder / str(number))
        try:
            scenario(home)
        finally:
            home.close()

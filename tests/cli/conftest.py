"""A home of its own for each test, decks in it, and the command line to call."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.group import cli
from quizapp.deck.card import Deck
from quizapp.settings.values import Settings
from tests.cli.app import FakeApp
from tests.cli.plain import Meet, Person

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

SIDES = """\
title = "Which side?"
choices = ["BPO", "KPO", "Both"]

[quiz]
choices = ["BPO", "KPO"]

[[card]]
statement = "Anyone can do it."
answer = "BPO"

[[card]]
statement = "Few can do it."
answer = "KPO"

[[card]]
statement = "It is done elsewhere."
answer = "Both"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of QUIZAPP_HOME; the current folder is another, and empty."""
    monkeypatch.setenv("QUIZAPP_HOME", str(tmp_path / "home"))
    # Where the tests run may be a dumb terminal.
    monkeypatch.setenv("TERM", "xterm-256color")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "home"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[FakeApp]:
    monkeypatch.setitem(sys.modules, "quizapp.tui.app", SimpleNamespace(QuizApp=FakeApp))
    monkeypatch.setattr("quizapp.cli.screen.has_terminal", lambda: True)
    FakeApp.opened, FakeApp.code = [], 0
    return FakeApp


@pytest.fixture
def run(home: Path) -> Run:
    """Call the command line; what it prints is in `stdout` and `stderr`."""

    def call(*args: str | Path, typed: str | bytes = "") -> Result:
        result = CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="quizapp", input=typed)
        # Anything but an exit would be a traceback.
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


@pytest.fixture
def meet(tmp_path: Path) -> Iterator[Meet]:
    """Meet a person with some decks, each at a folder of their own."""
    with ExitStack() as stores:

        def meet(*decks: Deck, settings: Settings | None = None) -> Person:
            folder = tmp_path / secrets.token_hex(4)
            person = Person(folder, *decks, settings=settings)
            stores.enter_context(closing(person.store))
            return person

        yield meet


@pytest.fixture
def write(home: Path) -> Write:
    """Write a file below the home's deck folder, or anywhere by an absolute path."""

    def to(name: str, text: str) -> Path:
        path = home / "decks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return to

"""What a command really imports, seen in `sys.modules` of a process of its own.

The static half, who may import whom, is import-linter's: see the contracts in pyproject.toml.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.carry import text_of
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import read_deck
from quizapp.record import CardText, EventType, Mark, Memory, Ref, State
from quizapp.scores.store import open_store
from quizapp.sitting.writing import event_of
from tests.builders import FakeClock

HEAVY = {"textual", "rich", "fsrs"}
HOME_DOES_WITHOUT = {
    *(f"quizapp.learn.{name}" for name in ("quiz", "exam", "deal", "timing", "figures", "measure")),
    *(f"quizapp.learn.{name}" for name in ("judge", "typo", "same", "difference", "score")),
    *(f"quizapp.sitting.{name}" for name in ("quizzing", "ended", "marking", "missed", "undoing")),
    *(f"quizapp.settings.{name}" for name in ("catalogue", "write")),
    *(f"quizapp.deck.{name}" for name in ("scan", "recover", "likeness", "whereabouts")),
    *(f"quizapp.tui.{name}" for name in ("question", "study", "quiz", "timed", "exam", "results", "scores")),
    *(
        f"quizapp.tui.{name}"
        for name in ("setup", "settings", "keys", "keymap", "themes", "help", "problems", "carry")
    ),
    *(f"quizapp.tui.{name}" for name in ("commands", "widgets.card_view", "widgets.answers")),
    *(f"quizapp.tui.{name}" for name in ("importing", "import_preview", "imported", "exporting", "paths")),
    *(
        "quizapp.exchanging",
        "quizapp.exchanging.arriving",
        "quizapp.deck.exchange",
        "quizapp.sitting.importing",
    ),
    *("quizapp.share", "quizapp.highscores", "quizapp.findings", "quizapp.modes", "quizapp.caches"),
    *("quizapp.tui.too_small", "quizapp.scores.bulk"),
    *("fsrs", "tomlkit"),
}
"""What the first frame must not wait for."""

COMMAND = """\
import json, sys
from quizapp.cli import main
sys.argv = ["quizapp", *{args!r}]
try:
    main()
finally:
    print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})), file=sys.stderr)
"""
FIRST_FRAME = """\
import asyncio, gc, json, sys
from quizapp.cli import main, screen
from quizapp.tui.app import QuizApp

async def one_frame(app):
    async with app.run_test() as pilot:
        await pilot.pause()
        assert gc.isenabled()
        print(json.dumps(sorted(sys.modules)), file=sys.stderr)

screen.has_terminal = lambda: True
QuizApp.run = lambda app, **_: asyncio.run(one_frame(app))
sys.argv = ["quizapp"]
main()
"""
IMPORT = """\
import json, sys
import quizapp.{modules}
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


def imported(code: str, home: Path) -> set[str]:
    """What the code says at the end: the top-level packages that are imported, or all modules."""
    process = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QUIZAPP_HOME": str(home), "TERM": "xterm-256color"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in process.stderr, process.stderr
    return set(json.loads(process.stderr.splitlines()[-1]))


def with_due_cards(home: Path, day: str = "2026-01-02") -> None:
    """A scores file in which every card of a shipped deck but one waits for its review on this day."""
    deck, _ = read_deck(shipped_folder() / "bpo-or-kpo.toml", deck_id="bpo-or-kpo")
    assert deck is not None
    due = Memory(State.REVIEW, None, 5.0, 5.0, 0, "2026-01-01", None, day, 3)
    with closing(open_store(home / "scores.db", now_ms=FakeClock().now_ms)) as store:
        refs = {Ref(deck.id, card.key): card for card in deck.cards if card is not deck.cards[0]}
        texts = [text_of(ref.deck, card) for ref, card in refs.items()]
        store.append([], memories=dict.fromkeys(refs, due), texts=texts)


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["study", "--help"],
        ["decks"],
        ["decks", "--json"],
        ["scores"],
        ["scores", "--json"],
        ["check"],
        ["check", "--strict", "--json"],
        ["schema"],
        ["log"],
        ["paths"],
        ["doctor"],
        ["quiz", "bpo-or-kpo", "--choices", "BPO"],
        ["study", "bpo-or-kpo"],
    ],
)
def test_a_command_without_a_screen_imports_no_screen_and_no_scheduler(
    tmp_path: Path, args: Sequence[str]
) -> None:
    with_due_cards(tmp_path)
    found = imported(COMMAND.format(args=list(args)), tmp_path)
    assert "click" in found
    assert not found & HEAVY


@pytest.mark.parametrize("args", [["study", "bpo-or-kpo"], ["quiz", "bpo-or-kpo"], []])
def test_plain_lines_import_no_screen(tmp_path: Path, args: Sequence[str]) -> None:
    with_due_cards(tmp_path)
    found = imported(COMMAND.format(args=["--plain", *args]), tmp_path)
    assert "sqlite3" in found
    assert not found & {"textual", "rich"}


@pytest.mark.parametrize("args", [["study", "bpo-or-kpo"], []])
def test_prompts_are_compared_only_where_a_history_has_lost_its_card(
    tmp_path: Path, args: Sequence[str]
) -> None:
    with_due_cards(tmp_path)
    assert "rapidfuzz" not in imported(COMMAND.format(args=["--plain", *args]), tmp_path)
    with closing(open_store(tmp_path / "scores.db", now_ms=FakeClock().now_ms)) as store:
        store.append(
            [event_of(store, EventType.FLAG, "gone", {"deck": "bpo-or-kpo", "on": True}, FakeClock()())],
            marks={Ref("bpo-or-kpo", "gone"): Mark(flagged=True)},
            texts=[CardText("bpo-or-kpo", "gone", "statement", "x" * 60, "BPO")],
        )
    assert "rapidfuzz" in imported(COMMAND.format(args=["--plain"]), tmp_path), "home asks what it may be"


OPENED = """\
import asyncio, json, sys
from contextlib import closing
from pathlib import Path
from quizapp.deck.library import load_library
from quizapp.scores.store import open_store
from quizapp.settings.places import Places
from quizapp.settings.read import read_config
from quizapp.sitting import wall_clock
from quizapp.tui.app import QuizApp
from quizapp.tui.opening import Home, Study

async def main(home, keys):
    places = Places(decks=home / "decks", scores=home / "scores.db", config=home / "config.toml")
    library = load_library(paths=[], folders=[], user=places.decks, shipped=home / "none")
    with closing(open_store(places.scores, now_ms=lambda: wall_clock().at_ms)) as store:
        app = QuizApp(
            library=library, store=store, clock=wall_clock, places=places, random=lambda: 1,
            config=read_config(places.config), opening=Study((library.decks["one"],)) if keys else Home(),
        )
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.pause(app.pace.dead + 0.1)
            await pilot.press(*keys)
            await pilot.pause()
            print(app.export_screenshot())

asyncio.run(main(Path({home!r}), {keys!r}))
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})), file=sys.stderr)
"""
CARD = '[[card]]\nfront = "What is **this**?"\nback = """\n```python\nlen(x)\n```\n"""\nwhy = "So *it* is."\n'


@pytest.mark.parametrize(
    ("deck", "keys", "heavy"),
    [
        (CARD, ["space"], set()),
        (CARD, [], set()),
        (f"markdown = true\n{CARD}", [], {"markdown_it"}),
        (f"markdown = true\n{CARD}", ["space"], {"markdown_it", "pygments"}),
        (f"{CARD}markdown = true\n", ["space"], {"markdown_it", "pygments"}),
        (f"markdown = true\n{CARD}markdown = false\n", ["space"], set()),
    ],
)
def test_a_card_without_markdown_imports_nothing_of_it(
    tmp_path: Path, deck: str, keys: list[str], heavy: set[str]
) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "one.toml").write_text(deck, encoding="utf-8")
    found = imported(OPENED.format(home=str(tmp_path), keys=keys), tmp_path)
    assert "textual" in found
    assert found & {"markdown_it", "pygments", "rapidfuzz"} == heavy


def test_only_rebuilding_needs_the_scheduler(tmp_path: Path) -> None:
    with_due_cards(tmp_path)
    found = imported(COMMAND.format(args=["doctor", "--rebuild"]), tmp_path)
    assert not found & {"textual", "rich"}


def test_one_with_nothing_due_imports_but_the_database(tmp_path: Path) -> None:
    with_due_cards(tmp_path, "9999-01-01")
    terminal = "import quizapp.cli.glance\nquizapp.cli.glance.has_terminal = lambda: True\n"
    found = imported(terminal + COMMAND.format(args=["one"]), tmp_path)
    assert "sqlite3" in found
    assert not found & {*HEAVY, "click", "msgspec", "tomli", "platformdirs"}
    with_due_cards(tmp_path, "2026-01-02")
    assert "click" in imported(terminal + COMMAND.format(args=["one"]), tmp_path)


def test_help_imports_neither_decks_nor_scores(tmp_path: Path) -> None:
    assert not imported(COMMAND.format(args=["--help"]), tmp_path) & {"tomli", "sqlite3", "platformdirs"}


def test_the_core_imports_no_screen_and_no_scheduler(tmp_path: Path) -> None:
    modules = (
        "record, problem, deck.library, learn.study, learn.quiz, learn.score, learn.figures, learn.distract, "
        "scores.store, stats, settings, share, "
        "caches, overview, sitting, words, cli.group, tui, tui.opening"
    )
    found = imported(IMPORT.format(modules=modules.replace(", ", ", quizapp.")), tmp_path)
    assert "quizapp" in found
    assert not found & HEAVY


def test_decks_and_sessions_import_no_database(tmp_path: Path) -> None:
    modules = "deck.library, quizapp.learn.quiz, quizapp.learn.study, quizapp.stats"
    assert "sqlite3" not in imported(IMPORT.format(modules=modules), tmp_path)


def test_home_imports_no_other_screen_and_no_quiz(tmp_path: Path) -> None:
    found = imported(FIRST_FRAME, tmp_path)
    assert {"textual", "quizapp.tui.home", "quizapp.learn.study"} <= found
    assert sorted(found & HOME_DOES_WITHOUT) == []

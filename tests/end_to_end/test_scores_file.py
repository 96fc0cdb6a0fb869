"""A scores file that can't be used now, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.end_to_end.decks import MIX
from tests.end_to_end.home import Home


def test_a_busy_file_is_named_and_the_answer_kept(home: Home) -> None:
    home.deck("mix", MIX)
    terminal = home.start("study", "mix")
    terminal.wait_for("London lies on it.")
    with closing(sqlite3.connect(home.scores, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # Whether the key was taken can't be seen yet; those that come after it are dropped.
        terminal.press_for("t", "busy")
        # The screen answers all the while.
        terminal.press("?")
        terminal.wait_for("Esc closes")
        terminal.press("escape")
        terminal.wait_for("busy")
        other.execute("ROLLBACK")
    terminal.wait_for("✓ Right")
    terminal.press_for("space", "Cologne lies on it.")
    assert [row["given"] for row in home.log()] == ["Thames"]


@pytest.mark.parametrize("kind", ["newer", "other", "text"])
def test_a_file_that_is_not_ours_is_left_alone(home: Home, kind: str) -> None:
    match kind:
        case "newer":
            # The mark that the program puts on its own files, so that only the version is strange.
            home.start("study", "bpo-or-kpo").wait_for("1 of")
            home.close()
            with closing(sqlite3.connect(home.scores)) as db:
                db.execute("PRAGMA user_version = 1000")
                db.execute("PRAGMA journal_mode = DELETE")
            words = "newer quizapp"
        case "other":
            with closing(sqlite3.connect(home.scores)) as db:
                db.execute("CREATE TABLE theirs (x)")
            words = "another program"
        case _:
            home.scores.write_text("my shopping list\n")
            words = "not a scores file"
    before = {path.name: path.read_bytes() for path in home.path.iterdir() if path.is_file()}
    terminal = home.start()
    assert terminal.wait_exit() == 1
    assert words in terminal.flat
    assert "untouched" in "".join(terminal.flat.split())
    assert "Traceback" not in terminal.flat
    assert "\x1b[?1049h" not in terminal.raw.decode()
    refused = home.run("log", "--json", code=1)
    assert words in refused.stderr
    assert refused.stdout == ""
    assert {path.name: path.read_bytes() for path in home.path.iterdir() if path.is_file()} == before

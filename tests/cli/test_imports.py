"""`quizapp imports`: what came with a history is listed, and taken back."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.scores.store import open_log
from tests.cli.conftest import Run, Write
from tests.cli.test_packages import store, studied  # noqa: F401 - fixtures


@pytest.fixture
def imported(run: Run, home: Path, studied: Path) -> Path:  # noqa: F811 - a fixture
    """The deck that came of a package with three reviews."""
    assert run("export", "mine", "mine.apkg").exit_code == 0
    result = run("import", "mine.apkg", "--to", "Again")
    assert result.exit_code == 0
    assert "quizapp imports undo" in result.stdout
    return home / "decks" / "Again.toml"


def answers(home: Path) -> int:
    with closing(open_log(home / "scores.db")) as log:
        return sum(not logged.undone for logged in log.answers())


def test_without_any_there_is_a_word(run: Run, home: Path) -> None:
    assert "No import came with a history, or into a deck" in run("imports").stderr
    assert "There is no import to undo" in run("imports", "undo").stderr


def test_they_are_listed(run: Run, imported: Path) -> None:
    listed = run("imports").stdout.splitlines()
    assert listed[0].split() == ["NO", "DATE", "FILE", "DECKS", "REVIEWS", "ADDED"]
    assert listed[1].split()[-3:] == ["mine.apkg", "Again", "3"]
    (found,) = json.loads(run("imports", "--json").stdout)
    assert (found["file"], found["decks"], found["reviews"]) == ("mine.apkg", ["Again"], 3)
    assert found["taken_back"] is False


def test_taking_back_leaves_the_deck_and_what_was_answered_here(run: Run, home: Path, imported: Path) -> None:
    assert answers(home) == 6
    result = run("imports", "undo")
    assert result.exit_code == 0
    assert 'Undone: 3 reviews from "mine.apkg"' in result.stdout
    assert "Kept, as it was imported" in result.stdout
    assert imported.is_file()
    assert answers(home) == 3
    assert run("imports").stdout.rstrip().endswith("undone")
    assert "There is no import to undo" in run("imports", "undo").stderr
    assert run("imports", "undo", "1").exit_code == 2
    assert run("imports", "undo", "2").exit_code == 2


def test_the_deck_goes_too_if_it_is_said_and_nobody_changed_it(run: Run, home: Path, imported: Path) -> None:
    result = run("imports", "undo", "1", "--remove-decks")
    assert "Removed:" in result.stdout
    assert not imported.exists()
    assert answers(home) == 3


def test_a_deck_that_was_changed_stays_whatever_is_said(run: Run, imported: Path) -> None:
    imported.write_text(imported.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    result = run("imports", "undo", "--remove-decks")
    assert "Kept:" in result.stdout
    assert imported.is_file()


def test_it_can_be_imported_again(run: Run, home: Path, imported: Path) -> None:
    run("imports", "undo", "--remove-decks")
    assert run("import", "mine.apkg", "--to", "Again").exit_code == 0
    assert answers(home) == 6


def test_a_name_stays_within_the_folder(run: Run, home: Path, studied: Path, write: Write) -> None:  # noqa: F811 - a fixture
    run("export", "mine", "mine.apkg")
    result = run("import", "mine.apkg", "--to", "../outside")
    assert result.exit_code == 2
    assert "can't be the name of a deck" in result.stderr
    assert not (home / "outside.toml").exists()

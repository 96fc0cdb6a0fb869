"""Anki packages on the command line: decks and their history, out and in again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quizapp.deck.read import read_deck
from quizapp.learn.study import Asking, Grading
from quizapp.record import Grade
from quizapp.scores.log import Log
from quizapp.scores.store import Store, open_log, open_store
from quizapp.sitting import study
from tests.builders import FakeClock
from tests.cli.conftest import SIDES, Run, Write


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    clock = FakeClock()
    with closing(open_store(home / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


@pytest.fixture
def studied(home: Path, store: Store, write: Write) -> Path:
    """A deck of which every card was studied once, and one was flagged."""
    path = write("mine.toml", SIDES)
    deck, _ = read_deck(path, deck_id="mine")
    assert deck is not None
    sitting = study(store, FakeClock(), [deck], Random(1))
    sitting.start()
    sitting.flag()
    while isinstance(sitting.view, Asking | Grading):
        sitting.reveal()
        sitting.grade(Grade.EASY, 900)
    return path


def answers(home: Path) -> int:
    with closing(open_log(home / "scores.db")) as log:
        return sum(1 for _ in log.answers())


def test_a_deck_goes_out_and_comes_back_with_its_history(run: Run, home: Path, studied: Path) -> None:
    assert run("export", "mine", "mine.apkg").exit_code == 0
    result = run("import", "mine.apkg", "--to", "Again")
    assert result.exit_code == 0, result.output
    assert "1 deck written" in result.stdout
    before, _ = read_deck(studied, deck_id="d")
    after, problems = read_deck(home / "decks" / "Again.toml", deck_id="d")
    assert problems == []
    assert before is not None
    assert after is not None
    assert [card.key for card in after.cards] == [card.key for card in before.cards]
    with closing(open_log(home / "scores.db")) as log:
        (there,) = {ref.deck for ref in log.graded_cards()} - {"mine"}
        assert len(log.memories([there])) == 3
        assert sum(mark.flagged for mark in log.marks([there]).values()) == 1


def test_a_name_is_the_title_and_no_path(run: Run, home: Path, studied: Path) -> None:
    run("export", "mine", "mine.apkg")
    assert run("import", "mine.apkg", "--to", "trees/My Words").exit_code == 0
    assert 'title   = "My Words"' in (home / "decks" / "trees" / "My-Words.toml").read_text("utf-8")
    result = run("import", "mine.apkg", "--to", "out/words.toml")
    assert result.exit_code == 2
    assert "leave out .toml" in result.stderr


def test_without_history_nothing_is_logged(run: Run, home: Path, studied: Path) -> None:
    run("export", "mine", "mine.apkg")
    logged = answers(home)
    assert run("import", "mine.apkg", "--to", "Again", "--no-history").exit_code == 0
    assert answers(home) == logged


def test_a_dry_run_writes_nothing(run: Run, home: Path, studied: Path) -> None:
    run("export", "mine", "mine.apkg")
    logged = answers(home)
    result = run("import", "mine.apkg", "--to", "Again", "--dry-run")
    path = home / "decks" / "Again.toml"
    assert "Again  3 cards: 3 statement\n" in result.stdout
    assert f"  {path}\n  Anyone can do it.  →  BPO\n" in result.stdout
    assert "With them would come 3 reviews of 3 cards" in result.stdout
    assert sorted(path.name for path in (home / "decks").iterdir()) == ["mine.toml"]
    assert answers(home) == logged


def test_a_dry_run_notes_that_the_deck_is_there(run: Run, home: Path, studied: Path) -> None:
    run("export", "mine", "mine.apkg")
    result = run("import", "mine.apkg", "--to", "mine", "--dry-run")
    assert result.exit_code == 0
    assert f'There is a deck "mine" already: {studied}.' in result.stdout


def test_what_to_do_next_is_said_and_no_history_is_none(run: Run, home: Path, write: Write) -> None:
    write("mine.toml", SIDES)
    run("export", "mine", "mine.apkg")
    result = run("import", "mine.apkg", "--to", "My trees")
    assert "To study it:  quizapp study My-trees" in result.stdout
    assert "0 reviews" not in result.stdout


def test_a_deck_is_never_replaced(run: Run, home: Path, studied: Path) -> None:
    run("export", "mine", "mine.apkg")
    result = run("import", "mine.apkg", "--to", "mine")
    assert result.exit_code == 2
    assert studied.read_text(encoding="utf-8") == SIDES


def test_a_failure_leaves_no_half(
    run: Run, home: Path, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "mine", "mine.apkg")

    def fails(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quizapp.sitting.importing.bring_history", fails)
    result = run("import", "mine.apkg", "--to", "Again")
    assert result.exit_code == 1
    assert "Cancelled; nothing was written" in result.stderr
    assert sorted(path.name for path in (home / "decks").iterdir()) == ["mine.toml"]
    run("import", "mine.apkg", "--to", "deep/er/Again")
    assert sorted(path.name for path in (home / "decks").iterdir()) == ["mine.toml"], "no empty folder"


def test_on_a_terminal_a_bar_shows_how_far_it_has_come(
    run: Run, home: Path, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("export", "mine", "mine.apkg").stderr.count("Writing") == 0
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    assert "Writing" in run("export", "mine", "other.apkg").stderr
    said = run("import", "mine.apkg", "--to", "Again").stderr
    assert "Reading" in said
    assert "History" in said


def test_the_decks_are_written_last_so_that_a_kill_leaves_none_without_its_history(
    run: Run, home: Path, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "mine", "mine.apkg")
    there: list[list[str]] = []
    put = Store._put_cards

    def seen(store: Store, *given: Any) -> None:
        # All rows are put in by then, and others do not see them yet.
        there.append(sorted(path.name for path in (home / "decks").iterdir()))
        put(store, *given)

    monkeypatch.setattr(Store, "_put_cards", seen)
    assert run("import", "mine.apkg", "--to", "Again").exit_code == 0
    assert there == [["mine.toml"]]
    assert (home / "decks" / "Again.toml").is_file()


def test_a_name_that_is_taken_meanwhile_leaves_no_history(
    run: Run, home: Path, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "mine", "mine.apkg")
    before, put = answers(home), Store._put_cards

    def taken(store: Store, *given: Any) -> None:
        (home / "decks" / "Again.toml").write_text(SIDES, encoding="utf-8")
        put(store, *given)

    monkeypatch.setattr(Store, "_put_cards", taken)
    assert run("import", "mine.apkg", "--to", "Again").exit_code == 2
    assert answers(home) == before
    assert (home / "decks" / "Again.toml").read_text(encoding="utf-8") == SIDES


def test_an_interrupt_when_the_history_is_in_the_log_leaves_the_decks(
    run: Run, home: Path, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "mine", "mine.apkg")
    before = answers(home)

    def interrupted(store: Store) -> None:
        Log.close(store)
        raise KeyboardInterrupt

    # Closing a large file may take a second.
    with monkeypatch.context() as patched:
        patched.setattr(Store, "close", interrupted)
        result = run("import", "mine.apkg", "--to", "Again")
    assert result.exit_code == 130
    assert "nothing was written" not in result.stderr
    assert answers(home) == 2 * before
    assert (home / "decks" / "Again.toml").is_file()


@pytest.mark.parametrize("data", [b"front,back\na,b\n", b"", b"PK\x03\x04half"])
def test_a_file_that_is_no_package_gets_one_sentence(run: Run, home: Path, data: bytes) -> None:
    Path("w.apkg").write_bytes(data)
    result = run("import", "w.apkg")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_file_there_is_replaced_only_by_force(run: Run, home: Path, studied: Path) -> None:
    Path("mine.apkg").write_bytes(b"mine")
    assert run("export", "mine", "mine.apkg").exit_code == 2
    assert Path("mine.apkg").read_bytes() == b"mine"
    assert run("export", "mine", "mine.apkg", "--force").exit_code == 0


def test_options_of_tables_are_for_tables(run: Run, home: Path) -> None:
    Path("w.apkg").write_bytes(b"")
    assert "this is an Anki package" in run("import", "w.apkg", "--header").stderr
    Path("w.json").write_text(json.dumps([{"front": "a", "back": "b"}]), encoding="utf-8")
    assert "--no-history is for Anki packages" in run("import", "w.json", "--no-history").stderr

"""`quizapp new`: a deck to begin with, and never over another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.card import Kind, kind_of
from quizapp.deck.read import read_deck
from quizapp.deck.schema_file import schema_file
from tests.cli.conftest import SIDES, Run, Write
from tests.deck.test_schema import taplo


def test_it_says_where_the_deck_is_and_what_to_do_next(run: Run, home: Path) -> None:
    result = run("new", "Spanish verbs")
    path = home / "decks" / "Spanish-verbs.toml"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f'"Spanish verbs" is in {path}',
        "To write cards:  quizapp edit Spanish-verbs",
        "To add one:      quizapp add Spanish-verbs",
        "To study them:   quizapp study Spanish-verbs",
    ]
    deck, problems = read_deck(path, deck_id="x")
    assert deck is not None
    assert (deck.title, len(deck.cards), problems) == ("Spanish verbs", 1, [])
    assert run("check").exit_code == 0


@pytest.mark.parametrize("kind", Kind)
def test_the_first_card_is_of_the_kind(run: Run, home: Path, kind: Kind) -> None:
    assert run("new", "x", "--kind", kind.value).exit_code == 0
    deck, problems = read_deck(home / "decks" / "x.toml", deck_id="x")
    assert deck is not None
    assert problems == []
    assert [kind_of(card) for card in deck.cards] == [kind]


def test_choices_make_it_a_deck_of_statements(run: Run, home: Path) -> None:
    assert run("new", "x", "--choices", "BPO, \"K'PO\\").exit_code == 0
    deck, problems = read_deck(home / "decks" / "x.toml", deck_id="x")
    assert deck is not None
    assert (deck.choices, problems) == (("BPO", "\"K'PO\\"), [])


def test_a_path_is_where_it_goes(run: Run, home: Path) -> None:
    result = run("new", "verbs.toml")
    assert result.exit_code == 0
    assert "quizapp study verbs.toml" in result.stdout
    assert Path("verbs.toml").is_file()
    assert not (home / "decks").exists()


def test_a_deck_in_a_folder_within(run: Run, home: Path) -> None:
    assert run("new", "langs/la casa").exit_code == 0
    assert 'title = "la casa"' in (home / "decks" / "langs" / "la-casa.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["mine", "mine.toml"])
def test_no_file_is_ever_replaced(run: Run, write: Write, name: str) -> None:
    path = write("mine.toml", SIDES)
    given = name if name == "mine" else path
    result = run("new", given)
    assert result.exit_code == 2
    assert "already; to change it: quizapp edit" in result.stderr
    assert path.read_text(encoding="utf-8") == SIDES


def test_nor_is_a_deck_hidden_that_ships(run: Run, home: Path) -> None:
    result = run("new", "bpo or kpo")
    assert result.exit_code == 2
    assert "quizapp edit bpo-or-kpo" in result.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["x", "--choices", "A"], "2 to 9"),
        (["x", "--choices", ""], "2 to 9"),
        (["x", "--choices", "A,B,A"], 'has "A" twice'),
        (["x", "--choices", "A,\x1bB"], "control character"),
        (["x", "--choices", "A,B", "--kind", "flip"], "--choices are for statements"),
        (["../x"], "can't be the name of a deck"),
        (["?"], "can't be the name of a deck"),
        (["a\nb"], "can't be a name"),
        (["nowhere/x.toml"], "There is no folder"),
        ([".toml"], "has no name"),
    ],
)
def test_what_can_t_be_is_said_and_nothing_is_written(
    run: Run, home: Path, args: list[str], says: str
) -> None:
    result = run("new", *args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not home.exists()
    assert list(Path.cwd().iterdir()) == []


def test_a_folder_that_may_not_be_written_is_one_sentence(run: Run, home: Path) -> None:
    home.parent.joinpath("home").write_text("", encoding="utf-8")
    result = run("new", "x")
    assert result.exit_code == 1
    assert "can't be written" in result.stderr


def test_editors_check_it_by_the_schema_that_it_names(run: Run, home: Path) -> None:
    assert run("new", "Words").exit_code == 0
    path = home / "decks" / "Words.toml"
    assert path.read_text(encoding="utf-8").startswith(f"#:schema {schema_file().as_uri()}\n")
    assert taplo(path)
    path.write_text(path.read_text(encoding="utf-8").replace("front", "frnt"), encoding="utf-8")
    assert not taplo(path)

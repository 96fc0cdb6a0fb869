"""`quizapp new`: a deck to begin with, and never over another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp import __version__
from quizapp.deck.card import Kind, kind_of
from quizapp.deck.read import read_deck
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


def test_nor_one_whose_name_differs_in_case_alone(run: Run, home: Path, write: Write) -> None:
    path = write("Spanish.toml", SIDES)
    result = run("new", "spanish")
    assert result.exit_code == 2
    assert "already; to change it: quizapp edit Spanish" in result.stderr
    assert list(path.parent.glob("*.toml")) == [path]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["x", "--choices", "A"], "--choices needs 2 to 9 answers"),
        (["x", "--choices", "A,B,C,D,E,F,G,H,I,J"], "--choices needs 2 to 9 answers"),
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


class TestSchema:
    """Editors with Taplo complete and check a new deck, on whatever machine it is opened."""

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("Words", "#:schema ./quizapp.schema.json"),
            ("langs/old/Words", "#:schema ../../quizapp.schema.json"),
        ],
    )
    def test_it_is_named_by_its_place_beside_the_decks(
        self, run: Run, home: Path, tmp_path: Path, name: str, line: str
    ) -> None:
        assert run("new", name).exit_code == 0
        decks = home / "decks"
        assert (decks / f"{name}.toml").read_text(encoding="utf-8").splitlines()[0] == line
        # It may all be moved, as git does.
        moved = decks.rename(tmp_path / "cloned")
        path = moved / f"{name}.toml"
        assert taplo(path)
        path.write_text(path.read_text(encoding="utf-8").replace("front", "frnt"), encoding="utf-8")
        assert not taplo(path)

    def test_beside_a_file_that_is_named_by_its_path(self, run: Run, home: Path) -> None:
        Path("notes").mkdir()
        assert run("new", "notes/verbs.toml").exit_code == 0
        assert sorted(path.name for path in Path("notes").iterdir()) == ["quizapp.schema.json", "verbs.toml"]
        assert taplo(Path("notes/verbs.toml").absolute())

    def test_a_path_into_the_deck_folder_shares_that_of_the_folder(self, run: Run, home: Path) -> None:
        (home / "decks" / "langs").mkdir(parents=True)
        path = home / "decks" / "langs" / "verbs.toml"
        assert run("new", path).exit_code == 0
        assert path.read_text(encoding="utf-8").startswith("#:schema ../quizapp.schema.json\n")
        assert (home / "decks" / "quizapp.schema.json").is_file()

    def test_one_of_an_older_version_is_brought_up_to_date(self, run: Run, home: Path) -> None:
        run("new", "one")
        schema = home / "decks" / "quizapp.schema.json"
        now = schema.read_text(encoding="utf-8")
        assert f'"$comment": "Of quizapp {__version__}"' in now
        old = now.replace(f"quizapp {__version__}", "quizapp 0.0.9").replace('"hint"', '"tip"')
        schema.write_text(old, encoding="utf-8")
        run("new", "two")
        assert schema.read_text(encoding="utf-8") == now

    def test_one_of_a_newer_version_stays(self, run: Run, home: Path) -> None:
        run("new", "one")
        schema = home / "decks" / "quizapp.schema.json"
        newer = schema.read_text(encoding="utf-8").replace(f"quizapp {__version__}", "quizapp 10000.1.0")
        schema.write_text(newer, encoding="utf-8")
        run("new", "two")
        assert schema.read_text(encoding="utf-8") == newer
        assert (home / "decks" / "two.toml").read_text(encoding="utf-8").startswith("#:schema ./")

    @pytest.mark.parametrize("theirs", ["{}", "not JSON", '{"title": "mine"}'])
    def test_a_file_of_that_name_that_is_not_ours_stays(self, run: Run, write: Write, theirs: str) -> None:
        schema = write("quizapp.schema.json", theirs)
        assert run("new", "one").exit_code == 0
        assert schema.read_text(encoding="utf-8") == theirs
        assert "#:schema" not in (schema.parent / "one.toml").read_text(encoding="utf-8")

    def test_where_there_is_a_deck_already_none_is_written(self, run: Run, write: Write) -> None:
        path = write("mine.toml", SIDES)
        assert run("new", path).exit_code == 2
        assert [file.name for file in path.parent.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize("kind", Kind)
def test_what_it_says_fits_a_terminal(run: Run, home: Path, kind: Kind) -> None:
    assert run("new", "langs/Spanish verbs", "--kind", kind.value).exit_code == 0
    text = (home / "decks" / "langs" / "Spanish-verbs.toml").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 80

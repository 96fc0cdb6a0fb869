"""Which decks there are."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck import library as module
from quizapp.deck.library import (
    Hidden,
    Library,
    UnknownDeck,
    find_deck,
    load_library,
    shipped_folder,
    shown_as,
)
from quizapp.deck.read import read_deck
from quizapp.problem import Problem

CARD = '[[card]]\nfront = "x"\nback = "y"\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A place with a person's folder, a shipped one and two more."""
    for name in ("user", "shipped", "one", "two", "else"):
        (tmp_path / name).mkdir()
    return tmp_path


Load = Callable[..., Library]


@pytest.fixture
def load(place: Path) -> Load:
    def load(*paths: str, folders: tuple[str, ...] = ()) -> Library:
        return load_library(
            paths=[place / path for path in paths],
            folders=[place / folder for folder in folders],
            user=place / "user",
            shipped=place / "shipped",
            cwd=place,
            home=place.parent,
        )

    return load


def write(path: Path, title: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((f'title = "{title}"\n' if title else "") + CARD, encoding="utf-8")
    return path


def ids(library: Library) -> list[str]:
    return list(library.decks)


class TestIds:
    def test_an_id_is_the_path_below_its_folder(self, place: Path, load: Load) -> None:
        write(place / "user/spanish.toml")
        write(place / "user/languages/french verbs.toml")
        write(place / "user/a/b/c.d.toml")
        write(place / "user/LOUD.TOML")
        assert set(ids(load())) == {"spanish", "languages/french verbs", "a/b/c.d", "LOUD"}

    def test_an_id_is_nfc(self, place: Path, load: Load) -> None:
        write(place / "user" / unicodedata.normalize("NFD", "é/ü.toml"))
        assert ids(load()) == ["\u00e9/\u00fc"]

    def test_hidden_files_and_other_files_are_passed_over(self, place: Path, load: Load) -> None:
        write(place / "user/.spanish.toml")
        write(place / "user/.git/spanish.toml")
        write(place / "user/spanish.txt")
        write(place / "user/spanish.toml~")
        assert structs.replace(load(), sources=None) == Library(
            decks={}, folders=(place / "user", place / "shipped")
        )

    def test_decks_come_in_natural_order_folder_by_folder(self, place: Path, load: Load) -> None:
        for name in ("user/verbs10", "user/verbs2", "user/Alpha", "user/b/x", "shipped/a", "one/0", "two/0b"):
            write(place / f"{name}.toml")
        write(place / "else/last.toml")
        found = ids(load("else/last.toml", folders=("two", "one")))
        assert found == ["last", "Alpha", "b/x", "verbs2", "verbs10", "0b", "0", "a"]

    def test_two_files_whose_names_are_the_same_text(self, place: Path, load: Load) -> None:
        names = ["caf\u00e9.toml", "cafe\u0301.toml"]
        for name in names:
            write(place / "user" / name)
        if len(list((place / "user").iterdir())) < 2:
            pytest.skip("this file system makes one of the two names")
        library = load()
        assert ids(library) == ["caf\u00e9"]
        assert len(library.hidden) == 1

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
    def test_a_name_that_is_no_text_is_a_problem(self, place: Path, load: Load) -> None:
        path = os.fsencode(place / "user") + b"/caf\xe9.toml"
        Path(os.fsdecode(path)).write_text(CARD)
        library = load(os.fsdecode(path))
        assert library.decks == {}
        assert set(library.problems) == {
            Problem("user/caf\ufffd.toml", 0, 0, None, "the file's name is not UTF-8", "rename it")
        }


class TestPrecedence:
    def test_a_path_then_the_given_folders_then_the_person_then_the_shipped(
        self, place: Path, load: Load
    ) -> None:
        for folder in ("user", "shipped", "one", "two"):
            write(place / folder / "d.toml", folder)
        assert load().decks["d"].title == "user"
        assert load(folders=("one", "two")).decks["d"].title == "one"
        assert load(folders=("two", "one")).decks["d"].title == "two"
        library = load("shipped/d.toml", folders=("one",))
        assert library.decks["d"].title == "shipped"
        assert library.hidden == (
            Hidden("d", place / "shipped/d.toml", place / "one/d.toml"),
            Hidden("d", place / "shipped/d.toml", place / "user/d.toml"),
        )

    def test_a_copy_of_a_shipped_deck_is_not_worth_a_word(self, place: Path, load: Load) -> None:
        write(place / "shipped/d.toml", "Rivers")
        copy = write(place / "user/d.toml", "Rivers")
        with copy.open("a", encoding="utf-8") as file:
            file.write("\n[[card]]\nfront = 'more'\nback = 'x'\n")
        assert load().hidden == ()
        write(place / "user/d.toml", "Seas")
        assert load().hidden == (Hidden("d", place / "user/d.toml", place / "shipped/d.toml"),)

    def test_only_files_that_count_are_read(
        self, place: Path, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(place / "user/d.toml")
        (place / "shipped/d.toml").write_text("broken")
        asked: list[Path] = []

        def spy(path: Path, *, deck_id: str, shown_as: str | None = None) -> object:
            asked.append(path)
            return read_deck(path, deck_id=deck_id, shown_as=shown_as)

        monkeypatch.setattr(module, "read_deck", spy)
        assert load().problems == ()
        assert asked == [place / "user/d.toml"]

    def test_a_file_that_counts_counts_even_if_it_cannot_be_read(self, place: Path, load: Load) -> None:
        (place / "user/d.toml").write_bytes(b"\xff")
        write(place / "shipped/d.toml")
        library = load()
        assert library.decks == {}
        assert library.unread == {"d": place / "user/d.toml"}
        assert [problem.path for problem in library.problems] == ["user/d.toml"]

    def test_a_file_in_two_of_the_folders_counts_once(self, place: Path, load: Load) -> None:
        write(place / "user/sub/d.toml")
        library = load(folders=("user/sub", "user"))
        assert ids(library) == ["d"]
        assert library.hidden == ()


class TestPaths:
    def test_a_path_in_a_folder_has_that_folders_id(self, place: Path, load: Load) -> None:
        write(place / "user/a/d.toml")
        library = load("user/a/d.toml")
        assert ids(library) == ["a/d"]
        assert library.hidden == ()
        assert ids(load("else/../user/a/d.toml")) == ["a/d"]

    def test_a_path_in_a_folder_through_a_link_too(self, place: Path, load: Load) -> None:
        write(place / "user/a/d.toml")
        (place / "link").symlink_to(place / "user")
        assert ids(load("link/a/d.toml")) == ["a/d"]

    def test_a_path_outside_has_its_stem(self, place: Path, load: Load) -> None:
        write(place / "else/d.toml")
        write(place / "else/notes.txt")
        assert ids(load("else/d.toml", "else/notes.txt")) == ["d", "notes"]

    def test_a_path_whose_stem_is_taken_has_a_hash_too(self, place: Path, load: Load) -> None:
        write(place / "user/d.toml")
        path = write(place / "else/d.toml")
        short = hashlib.sha256(str(path).encode()).hexdigest()[:6]
        library = load("else/d.toml")
        assert ids(library) == [f"d-{short}", "d"]
        assert library.hidden == ()

    def test_two_paths_with_one_stem(self, place: Path, load: Load) -> None:
        write(place / "else/d.toml")
        path = write(place / "else/x/d.toml")
        short = hashlib.sha256(str(path).encode()).hexdigest()[:6]
        assert ids(load("else/d.toml", "else/x/d.toml", "else/d.toml")) == ["d", f"d-{short}"]

    def test_a_path_that_does_not_exist_is_a_problem(self, place: Path, load: Load) -> None:
        library = load("else/d.toml")
        assert library.problems == (Problem("else/d.toml", 0, 0, None, "there is no such file"),)
        assert library.unread == {"d": place / "else/d.toml"}


class TestFolders:
    def test_the_persons_and_the_shipped_folder_may_be_missing(self, tmp_path: Path) -> None:
        a, b = tmp_path / "a", tmp_path / "b"
        assert structs.replace(load_library(user=a, shipped=b), sources=None) == Library(
            decks={}, folders=(a, b)
        )

    def test_a_given_folder_may_not(self, load: Load) -> None:
        library = load(folders=("three",))
        assert library.problems == (Problem("three", 0, 0, None, "there is no such folder"),)

    def test_a_file_is_no_folder(self, place: Path, load: Load) -> None:
        write(place / "else/d.toml")
        message, remedy = "this is a file, not a folder", "give a deck by its path alone"
        assert load(folders=("else/d.toml",)).problems == (
            Problem("else/d.toml", 0, 0, None, message, remedy),
        )

    def test_a_folder_that_cannot_be_read_is_a_problem(
        self, place: Path, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(place / "user/ok.toml")
        write(place / "user/secret/d.toml")
        scandir = os.scandir

        def refuse(path: Path) -> object:
            if Path(path).name == "secret":
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
        library = load()
        assert ids(library) == ["ok"]
        message = "the folder can't be read (Permission denied)"
        assert library.problems == (Problem("user/secret", 0, 0, None, message),)

    def test_loops_of_links_end(self, place: Path, load: Load) -> None:
        write(place / "user/a/d.toml")
        (place / "user/a/up").symlink_to(place / "user")
        (place / "user/self").symlink_to(place / "user/self")
        (place / "user/self.toml").symlink_to(place / "user/self.toml")
        library = load()
        assert ids(library) == ["a/d"]
        assert list(library.unread) == ["self"]

    def test_a_link_does_not_change_the_id_of_what_it_leads_to(self, place: Path, load: Load) -> None:
        # Folders are listed in no order: with so many links one is sure to come before what it leads to.
        write(place / "user/m/d.toml")
        for name in "abcdefghijklnopqrstuvwxyz":
            (place / "user" / name).symlink_to(place / "user/m")
        assert ids(load()) == ["m/d"]

    def test_a_linked_folder_is_searched(self, place: Path, load: Load) -> None:
        write(place / "else/d.toml")
        (place / "user/more").symlink_to(place / "else")
        (place / "user/linked.toml").symlink_to(place / "else/d.toml")
        assert ids(load()) == ["linked", "more/d"]

    def test_a_broken_link_is_a_problem(self, place: Path, load: Load) -> None:
        (place / "user/d.toml").symlink_to(place / "nowhere")
        assert load().problems == (Problem("user/d.toml", 0, 0, None, "there is no such file"),)

    def test_relative_folders_are_relative_to_where_we_are(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(place)
        (place / "one/d.toml").write_text("x = 1")
        library = load_library(
            paths=[Path("one/d.toml")], folders=[Path("one")], user=Path("user"), shipped=Path("shipped")
        )
        assert ids(library) == ["d"]
        assert library.decks["d"].path == place / "one/d.toml"
        assert [problem.path for problem in library.problems] == [str(Path("one/d.toml"))]


class TestShownAs:
    CWD, HOME = Path("/home/ann/decks"), Path("/home/ann")

    @pytest.mark.parametrize(
        ("path", "shown"),
        [
            ("/home/ann/decks/my.toml", "my.toml"),
            ("/home/ann/decks/a/my.toml", "a/my.toml"),
            ("/home/ann/my.toml", "~/my.toml"),
            ("/home/anna/my.toml", "/home/anna/my.toml"),
            ("/srv/my.toml", "/srv/my.toml"),
            ("/srv/\x1b[31m\n.toml", "/srv/␛[31m␊.toml"),
            ("/srv/caf\udce9.toml", "/srv/caf\ufffd.toml"),
        ],
    )
    def test_a_path_is_shown_as_a_person_knows_it(self, path: str, shown: str) -> None:
        assert shown_as(Path(path), cwd=self.CWD, home=self.HOME) == str(Path(shown))

    def test_without_a_home_or_a_place(self) -> None:
        path = Path("/home/ann/my.toml")
        assert shown_as(path, cwd=None, home=None) == str(path)


class TestOrder:
    def test_decks_of_statements_come_first_a_few_statements_make_none(self, place: Path, load: Load) -> None:
        head = 'choices = ["Left", "Right"]\n'
        one = '[[card]]\nstatement = "{}"\nanswer = "Left"\n'
        texts = {
            "a": CARD,
            "b": head + one.format("one") + CARD + CARD.replace("x", "z"),
            "c": head + one.format("one") + one.format("two") + CARD,
            "d": head + one.format("one"),
            "e": head,
        }
        for name, text in texts.items():
            (place / f"user/{name}.toml").write_text(text, encoding="utf-8")
        assert ids(load()) == ["c", "d", "a", "b", "e"]


class TestShipped:
    def test_the_checkouts_folder(self) -> None:
        assert shipped_folder() == Path(__file__).parents[2] / "decks"

    def test_an_installed_packages_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        package = tmp_path / "site-packages/quizapp"
        (package / "deck").mkdir(parents=True)
        (package / "shipped_decks").mkdir()
        monkeypatch.setattr(module, "__file__", str(package / "deck/library.py"))
        assert shipped_folder() == package / "shipped_decks"


class TestCost:
    def test_good_decks_pay_for_no_scanner(self, place: Path) -> None:
        write(place / "user/d.toml")
        code = (
            "import sys; from pathlib import Path; from quizapp.deck.library import load_library\n"
            f"found = load_library(user=Path({str(place / 'user')!r}), shipped=Path('none'))\n"
            "assert list(found.decks) == ['d']\n"
            "print(*(name for name in sys.modules if name.startswith('quizapp') or name == 'difflib'))"
        )
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        loaded = set(run.stdout.split())
        assert "quizapp.deck.read" in loaded
        assert not loaded & {"quizapp.deck.scan", "quizapp.deck.recover", "difflib"}


class TestFindDeck:
    @pytest.fixture
    def library(self, place: Path, load: Load) -> Library:
        write(place / "user/spanish.toml", "Spanish verbs")
        write(place / "user/a/French.toml", "French  verbs")
        write(place / "user/one.toml", "Same")
        write(place / "user/two.toml", "same")
        write(place / "user/three.toml", "SPANISH")
        (place / "user/bad.toml").write_bytes(b"\xff")
        return load()

    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("spanish", "spanish"),
            ("a/French", "a/French"),
            ("A/FRENCH", "a/French"),
            ("spanish VERBS", "spanish"),
            ("french verbs", "a/French"),
        ],
    )
    def test_by_id_or_by_title(self, library: Library, name: str, id_: str) -> None:
        assert find_deck(library, name).id == id_

    def test_an_id_counts_before_a_title(self, library: Library) -> None:
        assert find_deck(library, "spanish").id == "spanish"
        with pytest.raises(UnknownDeck, match=r'^"SPANISH" could be spanish, three; give the id$'):
            find_deck(library, "SPANISH")

    def test_a_name_that_fits_several(self, library: Library) -> None:
        with pytest.raises(UnknownDeck, match=r'^"SAME" could be one, two; give the id$'):
            find_deck(library, "SAME")

    def test_a_deck_that_could_not_be_read(self, library: Library) -> None:
        with pytest.raises(UnknownDeck, match=r'^the deck "bad" can\'t be read; see its problems$'):
            find_deck(library, "bad")

    def test_a_name_that_fits_none(self, library: Library) -> None:
        message = (
            'there is no deck "spansh"; did you mean "spanish"? '
            "(the decks are a/French, one, spanish, three, two)"
        )
        with pytest.raises(UnknownDeck) as caught:
            find_deck(library, "spansh")
        assert str(caught.value) == message

    def test_of_many_decks_only_the_likeliest_is_named(self, place: Path, load: Load) -> None:
        for number in range(11):
            write(place / f"user/deck{number}.toml", f"Number {number}")
        library = load()
        with pytest.raises(UnknownDeck) as caught:
            find_deck(library, "zzz")
        assert str(caught.value) == 'there is no deck "zzz"'

    def test_of_no_decks(self) -> None:
        with pytest.raises(UnknownDeck, match=r'^there is no deck "x"; there are no decks$'):
            find_deck(Library(decks={}), "x")

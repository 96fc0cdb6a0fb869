"""What the command line and the app share of importing: how a table is read, names, all files or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.exchange.columns import FIELDS
from quizapp.deck.exchange.draft import Draft
from quizapp.deck.library import Library, load_library
from quizapp.exchanging.arriving import (
    Arriving,
    BadNameError,
    TakenError,
    arriving,
    free_id,
    id_of,
    path_of,
    place,
    remove_unchanged,
    title_of,
    titled,
    written,
)
from quizapp.exchanging.coming import Coming, as_format, look_into, new_ids, ready, stepped_format
from quizapp.exchanging.table import table_of

DRAFT = Draft(({"front": "a", "back": "b"},))


def goes_on(_: int, __: int) -> bool:
    return True


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A person's folder with the deck `mine`, and one that can't be read."""
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "mine.toml").write_text('[[card]]\nfront = "a"\nback = "b"\n', encoding="utf-8")
    (folder / "broken.toml").write_text("[[", encoding="utf-8")
    return load_library(user=folder, shipped=tmp_path / "none")


class TestTable:
    def test_each_delimiter_is_proposed_anew(self) -> None:
        table = table_of("front;back\na,b;c\n")
        assert (table.delimiter, table.header, table.columns) == (";", True, ("front", "back"))
        other = table.with_delimiter(1).with_delimiter(1).with_delimiter(1)
        assert other.delimiter == ","
        assert other.unclear
        assert table.with_delimiter(1).with_delimiter(-1).delimiter == ";"

    def test_what_no_text_says_is_unclear_until_it_is_said(self) -> None:
        table = table_of("a\nb\n")
        assert table.unclear == "it has no two columns"
        assert table.with_delimiter(1).delimiter == "\t"
        assert table.with_delimiter(-1).delimiter == "|"

    def test_columns_go_through_all_that_they_can_hold(self) -> None:
        table = table_of("front,back\na,b\n")
        seen = [table.columns[0]]
        for _ in range(len(FIELDS) + 1):
            table = table.with_column(0, 1)
            seen.append(table.columns[0])
        assert len(set(seen)) == len(seen) - 1
        assert seen[-1] == "front"
        assert table.with_column(0, -1).columns[0] == ""

    def test_the_first_row_may_be_a_card(self) -> None:
        table = table_of("front,back\na,b\n")
        assert (table.name_of(0), table.sample(1)) == ("“front”", "b")
        assert len(table.draft().entries) == 1
        table = table.with_header()
        assert (table.name_of(0), table.sample(1)) == ("Column 1", "back")
        assert len(table.draft().entries) == 2

    def test_and_a_card_may_be_names(self) -> None:
        table = table_of("x,y\na,b\n").with_header()
        assert (table.name_of(0), table.sample(0)) == ("“x”", "a")
        assert len(table.draft().entries) == 1


class TestNames:
    def test_none_leads_out_of_the_folder(self) -> None:
        for name in ("..", "../x", "", "a//b", "/"):
            with pytest.raises(BadNameError):
                id_of(name)

    def test_a_taken_one_is_refused_or_gets_a_number(self, library: Library, tmp_path: Path) -> None:
        folder = tmp_path / "decks"
        for id_ in ("mine", "broken"):
            with pytest.raises(TakenError, match="already"):
                place(id_, library, folder)
            assert free_id(id_, library, folder) == f"{id_}-2"
        (folder / "mine-2.toml").write_text("", encoding="utf-8")
        assert free_id("mine", library, folder, ["mine-3"]) == "mine-4"
        assert free_id("other", library, folder) == "other"

    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("a/b c", "b c"),
            ("x\x1by", "x␛y"),
            ("a\nb", "a b"),
            ("\udcff", "\ufffd"),
            ("r\u202etl", "r\ufffdtl"),
        ],
    )
    def test_a_title_is_what_a_deck_may_have(self, name: str, title: str) -> None:
        assert title_of(name) == title
        assert arriving(titled(DRAFT, name), "x", Path("x.toml")).deck.title == title


class TestWriting:
    def made(self, tmp_path: Path, *ids: str) -> list[Arriving]:
        return [arriving(DRAFT, id_, path_of(id_, tmp_path)) for id_ in ids]

    def test_all_or_none(self, tmp_path: Path) -> None:
        decks = self.made(tmp_path, "a", "b/c", "d")
        (tmp_path / "d.toml").write_text("mine", encoding="utf-8")
        with pytest.raises(TakenError), written(decks):
            pass
        assert [path.name for path in tmp_path.iterdir()] == ["d.toml"]
        assert (tmp_path / "d.toml").read_text(encoding="utf-8") == "mine"

    def test_what_somebody_changed_meanwhile_stays(self, tmp_path: Path) -> None:
        (one,) = self.made(tmp_path, "a")

        def change_and_fail() -> None:
            one.path.write_text("changed", encoding="utf-8")
            raise OSError("no room")

        with pytest.raises(OSError, match="no room"), written([one]):
            change_and_fail()
        assert one.path.read_text(encoding="utf-8") == "changed"

    def test_only_empty_folders_go(self, tmp_path: Path) -> None:
        one, other = self.made(tmp_path, "x/y/a", "x/b")
        with written([one, other]):
            pass
        assert remove_unchanged(one.path, one.digest, tmp_path)
        assert [path.name for path in (tmp_path / "x").iterdir()] == ["b.toml"]
        assert remove_unchanged(one.path, one.digest, tmp_path), "it is gone"


class TestComing:
    def look(self, path: Path, text: str) -> Coming:
        path.write_text(text, encoding="utf-8")
        return look_into(path, goes_on)

    def test_every_text_can_be_read_as_every_format(self, tmp_path: Path) -> None:
        coming = self.look(tmp_path / "x.txt", "Q: a\nA: b\n")
        assert not coming.format
        assert "say which" in coming.unclear
        seen = []
        for _ in range(5):
            coming = as_format(coming, stepped_format(coming, 1))
            seen.append(coming.format)
            assert bool(coming.unclear) is not bool(coming.decks)
        assert seen == ["csv", "tsv", "gift", "markdown", "json"]

    def test_a_name_of_one_s_own_is_the_title(self, library: Library, tmp_path: Path) -> None:
        folder = tmp_path / "decks"
        coming = self.look(tmp_path / "x.json", '{"title": "Theirs", "cards": [{"front": "a", "back": "b"}]}')
        assert coming.name == "Theirs"
        for name, id_, title in (
            ("Theirs", "Theirs", "Theirs"),
            ("mine", "mine-2", "mine"),
            ("a/B", "a/B", "B"),
        ):
            ids = new_ids(coming, name, library, folder)
            (made,) = ready(coming, name, ids, folder)
            assert (made.id, made.deck.title, made.path) == (id_, title, path_of(id_, folder))

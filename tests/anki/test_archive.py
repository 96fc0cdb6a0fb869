"""A package is not to be trusted: whatever is wrong with it takes one sentence, and changes nothing."""

from __future__ import annotations

import sqlite3
import sys
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
import zstandard

from quizapp.anki.archive import LIMIT
from quizapp.anki.read import read_collection
from quizapp.anki.take import take
from quizapp.anki.write import write_package
from quizapp.deck.exchange.draft import ExchangeError
from tests.anki.desk import outgoing_of
from tests.builders import FakeClock

TEXT = '[[card]]\nfront = "a"\nback = "b"\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A good one."""
    path = tmp_path / "good.apkg"
    write_package(path, outgoing_of(TEXT), FakeClock()())
    return path


def collection(package: Path) -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read("collection.anki2")


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def changed(package: Path, *statements: str, version: int = 11) -> Path:
    """The package with a collection that these statements went over."""
    file = package.with_name("changed.anki2")
    file.write_bytes(collection(package))
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE col SET ver = ?", (version,))
        for statement in statements:
            db.execute(statement)
    return zipped(package.with_name("changed.apkg"), collection__anki2=file.read_bytes())


def refusal(path: Path, *, limit: int = LIMIT) -> str:
    with pytest.raises(ExchangeError) as caught:
        read_collection(path, limit=limit)
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_a_good_one_is_read(package: Path) -> None:
    _, taken = take(package)
    assert [dict(entry) for entry in taken.drafts["d"].entries] == [{"front": "a", "back": "b"}]


def test_a_text_file_by_another_name(tmp_path: Path) -> None:
    path = tmp_path / "x.apkg"
    path.write_text("front,back\n", encoding="utf-8")
    assert refusal(path) == f"{path} is no Anki package: it is not a zip archive. Nothing was changed."


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert "No such file or directory" in refusal(tmp_path / "none.apkg")
    assert "can't be read" in refusal(tmp_path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_one(package: Path, share: float) -> None:
    data = package.read_bytes()
    package.write_bytes(data[: int(len(data) * share)])
    assert "is damaged or incomplete" in refusal(package)


@pytest.mark.parametrize("place", range(40, 1200, 97))
def test_a_damaged_one(package: Path, place: int) -> None:
    data = bytearray(package.read_bytes())
    data[place] ^= 0xFF
    package.write_bytes(data)
    with suppress(ExchangeError):
        read_collection(package)


def test_an_archive_without_a_collection(tmp_path: Path) -> None:
    assert "holds no Anki collection" in refusal(zipped(tmp_path / "x.apkg", readme=b"x"))


def test_names_in_the_archive_are_no_paths(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "in" / "evil.apkg"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../outside", b"x")
        archive.writestr("/tmp/outside-quizapp", b"x")  # noqa: S108 - where it must not appear
        archive.writestr("collection.anki2", collection(package))
    read_collection(path)
    assert not Path("/tmp/outside-quizapp").exists()  # noqa: S108 - as above
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["evil.apkg", "good.apkg", "in"]


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.apkg", collection__anki2=bytes(50_000_000))
    assert path.stat().st_size < 60_000
    assert "unpacks to more than 9 MB" in refusal(path, limit=10_000_000)


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.apkg", collection__anki2=bytes(50_000_000))
    # In the list at the end, behind its mark and 20 bytes more, stands the size it claims.
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    assert "Nothing was changed" in refusal(path, limit=10_000_000)


def test_a_zstd_bomb(tmp_path: Path) -> None:
    packed = zstandard.ZstdCompressor().compress(bytes(50_000_000))
    path = zipped(tmp_path / "x.apkg", meta=b"\x08\x03", collection__anki21b=packed)
    assert path.stat().st_size < 20_000
    assert "unpacks to more than 9 MB" in refusal(path, limit=10_000_000)


def test_zstd_that_is_none(tmp_path: Path) -> None:
    assert "is damaged" in refusal(zipped(tmp_path / "x.apkg", collection__anki21b=b"not zstd at all"))


def test_the_stub_beside_a_newer_collection_is_not_the_collection(package: Path) -> None:
    stub = changed(package, "UPDATE notes SET flds = replace(flds, 'a', 'Please update')")
    stub_data = collection(stub)
    packed = zstandard.ZstdCompressor().compress(collection(package))
    both = zipped(package.with_name("both.apkg"), collection__anki2=stub_data, collection__anki21b=packed)
    assert read_collection(both).notes[0].fields[0] == "a"


def test_without_zstandard_the_remedy_is_named(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = zstandard.ZstdCompressor().compress(collection(package))
    path = zipped(package.with_name("new.apkg"), collection__anki21b=packed)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert "pip install 'quizapp[anki]'" in refusal(path)
    # The older forms need none.
    read_collection(package)


@pytest.mark.parametrize("version", [10, 19, 99])
def test_an_unknown_schema(package: Path, version: int) -> None:
    assert f"(schema {version};" in refusal(changed(package, version=version))


def test_a_newer_form_of_a_package(package: Path) -> None:
    path = zipped(package.with_name("x.apkg"), meta=b"\x08\x04", collection__anki2=collection(package))
    assert "newer Anki" in refusal(path)


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TABLE cards",),
        ("DROP TABLE notes", "CREATE VIEW notes AS SELECT 1 AS id, 1 AS mid, '' AS tags, '' AS flds"),
        ("DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING fts5(id, mid, tags, flds)"),
        ("DROP TABLE notes", "CREATE TABLE notes (id, mid, tags, x, flds GENERATED ALWAYS AS (upper('x')))"),
        ("UPDATE notes SET flds = x'00ff'",),
        ("UPDATE notes SET mid = 'text'",),
        ("UPDATE col SET models = '{'",),
        ("UPDATE col SET models = '[]'",),
        ("UPDATE col SET models = '{\"1\": {\"name\": 1}}'",),
        ("UPDATE col SET models = replace(hex(zeroblob(50000)), '0', '[')",),
        ("UPDATE col SET decks = 'null'",),
        ("DELETE FROM col",),
        ("CREATE TABLE notetypes (id, name, config)",),
    ],
)  # fmt: skip
def test_a_collection_that_anki_did_not_write(package: Path, statements: tuple[str, ...]) -> None:
    assert "can't be read" in refusal(changed(package, *statements))


def test_triggers_and_views_beside_the_tables_are_never_run(package: Path) -> None:
    loop = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    path = changed(
        package,
        f"CREATE VIEW endless AS {loop}",
        "CREATE TRIGGER t AFTER UPDATE ON notes BEGIN SELECT 1; END",
    )
    assert len(read_collection(path).notes) == 1


def test_text_that_is_no_utf8_comes_with_signs_in_its_place(package: Path) -> None:
    path = changed(package, "UPDATE notes SET flds = CAST(x'61ff1f62' || x'1f1f1f1f1f1f' AS TEXT)")
    assert read_collection(path).notes[0].fields[:2] == ("a\ufffd", "b")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cards SET did = 77",
        "UPDATE notes SET mid = 77",
        "DELETE FROM cards",
        "UPDATE cards SET ord = 7",
        "UPDATE notes SET flds = ''",
        "UPDATE col SET decks = '{}'",
    ],
)
def test_what_does_not_fit_together_is_listed(package: Path, statement: str) -> None:
    _, taken = take(changed(package, statement))
    (draft,) = taken.drafts.values()
    assert len(draft.entries) + len(draft.losses) == 1


def test_a_blob_that_is_no_protobuf(package: Path) -> None:
    path = changed(
        package,
        "CREATE TABLE notetypes (id integer, name text, config blob)",
        "CREATE TABLE fields (ntid integer, ord integer, name text)",
        "CREATE TABLE templates (ntid integer, ord integer, config blob)",
        "CREATE TABLE decks (id integer, name text, kind blob)",
        "INSERT INTO templates VALUES (1, 0, x'0affffffffffffffffffff')",
        version=18,
    )
    assert "can't be read" in refusal(path)


def test_a_memory_hog_is_refused(package: Path) -> None:
    path = changed(package, "UPDATE notes SET flds = zeroblob(70000000)")
    assert path.stat().st_size < 1_000_000
    assert "can't be read" in refusal(path)


def test_the_temporary_file_is_gone(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    read_collection(package)
    refusal(zipped(tmp_path / "x.apkg", collection__anki2=b"no database"))
    assert list(folder.iterdir()) == []

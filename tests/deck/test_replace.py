"""A file is replaced whole or not at all, and never when it is not what it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.deck import replace
from quizapp.deck.edit import EditError, add_entry
from quizapp.deck.replace import FileChanged, ReadOnlyFileError, edited, replace_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something between the look at the file and the step that replaces it."""
    real = replace._held

    def held(path: Path) -> bytes | None:
        found = real(path)
        do()
        return found

    monkeypatch.setattr(replace, "_held", held)


def test_it_holds_what_was_given_and_nothing_else_is_left(path: Path) -> None:
    path.write_bytes(b"a")
    replace_file(path, b"a", b"b")
    assert path.read_bytes() == b"b"
    assert list(path.parent.iterdir()) == [path]


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "mine.toml"
    replace_file(path, None, b"a")
    assert path.read_bytes() == b"a"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("now", [b"theirs", None])
def test_a_file_that_changed_is_left_as_it_is(path: Path, now: bytes | None) -> None:
    if now is not None:
        path.write_bytes(now)
    with pytest.raises(FileChanged):
        replace_file(path, b"before", b"after")
    assert (path.read_bytes() if path.exists() else None) == now
    assert list(path.parent.iterdir()) == ([path] if now is not None else [])


def test_a_new_file_replaces_none(path: Path) -> None:
    path.write_bytes(b"theirs")
    with pytest.raises(FileChanged):
        replace_file(path, None, b"mine")
    assert path.read_bytes() == b"theirs"


@pytest.mark.skipif(sys.platform == "win32", reason="not every disk there has such links")
def test_nor_one_that_came_at_the_last_instant(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, lambda: path.write_bytes(b"theirs"))
    with pytest.raises(FileChanged):
        replace_file(path, None, b"mine")
    assert path.read_bytes() == b"theirs"
    assert list(path.parent.iterdir()) == [path]


def test_without_such_links_a_new_file_is_made_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    replace_file(path, None, b"mine")
    assert path.read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path, path: Path) -> None:
    real = tmp_path / "elsewhere.toml"
    real.write_bytes(b"a")
    real.chmod(0o640)
    path.symlink_to(real)
    replace_file(path, b"a", b"b")
    assert path.is_symlink()
    assert real.read_bytes() == b"b"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_may_not_be_written_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"a")
    # root may write anything.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ReadOnlyFileError):
        replace_file(path, b"a", b"b")
    assert path.read_bytes() == b"a"


def test_nothing_is_left_behind_where_the_disk_is_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path.write_bytes(b"a")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"a", b"b")
    assert path.read_bytes() == b"a"
    assert list(path.parent.iterdir()) == [path]


class TestEdited:
    def test_the_mark_and_the_line_ends_stay(self) -> None:
        before = b'\xef\xbb\xbf[[card]]\r\nfront = "a"\r\nback = "b"\r\n'
        after = edited(before, lambda text: add_entry(text, {"front": "c", "back": "d"}))
        assert after == before + b'\r\n[[card]]\r\nfront = "c"\r\nback = "d"\r\n'

    def test_what_is_no_utf8_is_refused(self) -> None:
        with pytest.raises(EditError, match="UTF-8"):
            edited(b"# caf\xe9\n", lambda text: text)

"""New decks are written all or none, and what was there before stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.exchange.draft import Draft, ExchangeError
from quizapp.deck.replace import replace_file
from quizapp.exchanging.arriving import Arriving, TakenError, arriving, path_of, remove_unchanged, written

DRAFT = Draft(({"front": "a", "back": "b"},))


def new(folder: Path, id_: str) -> Arriving:
    return arriving(DRAFT, id_, path_of(id_, folder))


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_fails_behind_them_takes_them_away_with_their_folders(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    decks = [new(tmp_path, id_) for id_ in ("a/b/c", "a/d", "own/e")]

    def fail() -> None:
        assert len(everything(tmp_path)) == 6
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), written(decks):
        fail()
    assert everything(tmp_path) == ["own"], "a folder that was there stays"


def test_one_that_can_not_be_written_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("a file", encoding="utf-8")
    with pytest.raises(ExchangeError, match="can't be written"), written([new(tmp_path, "f/x")]):
        pass
    long = new(tmp_path, f"x/y/{'z' * 300}")
    with pytest.raises(ExchangeError, match="can't be written"), written([new(tmp_path, "a/b"), long]):
        pass
    assert everything(tmp_path) == ["f"]


def test_one_that_is_there_stays_though_it_says_the_same(tmp_path: Path) -> None:
    there = new(tmp_path, "there")
    with written([there]):
        pass
    with pytest.raises(TakenError), written([new(tmp_path, "a"), there]):
        pass
    assert everything(tmp_path) == ["there.toml"]


def test_an_interrupt_while_one_is_written_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(path: Path, before: bytes | None, after: bytes) -> None:
        replace_file(path, before, after)
        raise KeyboardInterrupt

    monkeypatch.setattr("quizapp.exchanging.arriving.replace_file", interrupted)
    by_path = arriving(DRAFT, str(tmp_path / "x" / "y.toml"), tmp_path / "x" / "y.toml")
    for one in (new(tmp_path, "a/b"), by_path):
        with pytest.raises(KeyboardInterrupt), written([one]):
            pass
    assert everything(tmp_path) == []


@pytest.mark.parametrize("id_", ["../x", "sub/../../x"])
def test_nothing_outside_of_the_folder_is_ever_removed(tmp_path: Path, id_: str) -> None:
    """The ids come from the log, which other machines write too."""
    folder = tmp_path / "decks"
    (folder / "sub").mkdir(parents=True)
    outside = new(tmp_path, "x")
    with written([outside]):
        pass
    assert not remove_unchanged(path_of(id_, folder), outside.digest, folder)
    assert outside.path.is_file()

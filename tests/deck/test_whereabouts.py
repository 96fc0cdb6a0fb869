"""Whether a deck's file is gone, or only out of sight."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from quizapp.deck.library import Library, load_library
from quizapp.deck.whereabouts import Whereabouts, whereabouts

CARD = '[[card]]\nfront = "a"\nback = "b"\n'


@pytest.fixture
def user(tmp_path: Path) -> Path:
    for name in ("spanish", "more/verbs", "more/nouns", "alone/one"):
        path = tmp_path / "user" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CARD, encoding="utf-8")
    return tmp_path / "user"


def look(user: Path, name: str, *folders: Path) -> Whereabouts:
    return whereabouts(str(user / f"{name}.toml"), library(user, *folders))


def library(user: Path, *folders: Path) -> Library:
    return load_library(user=user, shipped=user.parent / "none", folders=folders)


def test_a_file_that_is_taken_away_is_gone(user: Path) -> None:
    (user / "spanish.toml").unlink()
    assert look(user, "spanish") is Whereabouts.GONE


def test_of_a_folder_with_another_name_the_files_are_gone(user: Path) -> None:
    (user / "more").rename(user / "others")
    assert look(user, "more/verbs") is Whereabouts.GONE


def test_a_file_in_a_folder_that_was_not_looked_in_is_there(user: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (user / "spanish.toml").rename(tmp_path / "else/spanish.toml")
    assert whereabouts(str(tmp_path / "else/spanish.toml"), library(user)) is Whereabouts.THERE


@pytest.mark.parametrize("file", ["", "/nowhere/at/all.toml", "\0"])
def test_of_a_place_that_is_not_known_nothing_is_said(user: Path, file: str) -> None:
    assert whereabouts(file, library(user)) is Whereabouts.UNKNOWN


def test_a_folder_that_was_not_looked_in_says_nothing(user: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(user, other)
    (other / "spanish.toml").unlink()
    assert look(other, "spanish", other) is Whereabouts.GONE
    assert whereabouts(str(other / "spanish.toml"), library(user)) is Whereabouts.UNKNOWN


def test_an_empty_folder_may_be_a_disk_that_is_not_mounted(user: Path) -> None:
    (user / "alone/one.toml").unlink()
    assert look(user, "alone/one") is Whereabouts.UNKNOWN


def test_so_may_one_without_any_decks(user: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    (disk / "lost+found").mkdir(parents=True)
    assert look(disk, "spanish", disk, user) is Whereabouts.UNKNOWN


def test_and_a_link_that_leads_nowhere(user: Path, tmp_path: Path) -> None:
    (user / "disk").symlink_to(tmp_path / "unplugged")
    assert look(user, "disk/verbs") is Whereabouts.UNKNOWN


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every folder")
def test_and_a_folder_that_can_not_be_read(user: Path) -> None:
    (user / "more/verbs.toml").unlink()
    (user / "more").chmod(0)
    try:
        assert look(user, "more/verbs") is Whereabouts.UNKNOWN
    finally:
        (user / "more").chmod(0o755)


def test_a_file_under_another_id_is_not_out_of_sight(user: Path) -> None:
    found = load_library(user=user, shipped=user.parent / "none", folders=[user / "more"])
    assert "verbs" in found.decks
    assert "more/verbs" not in found.decks
    assert whereabouts(str(user / "more/verbs.toml"), found) is Whereabouts.UNKNOWN

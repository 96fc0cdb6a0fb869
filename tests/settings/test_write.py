"""One setting is written, and nothing else of the file changes."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizapp.settings import write
from quizapp.settings.catalogue import as_toml, settings_list, value_of
from quizapp.settings.read import parse_config
from quizapp.settings.values import Settings
from quizapp.settings.write import ConfigError, write_setting

MINE = """# mine
theme = "lamp"   # by day

# how I study
[study]   # x
new_per_day = 3 # few
[keys]
home.quiz = "z"  # zz
home.study = "enter"

[quiz]
# clock
clock = true
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def changed(path: Path, key: str, value: Any, text: str = MINE) -> list[str]:
    """The lines that one change takes out and puts in."""
    path.write_text(text, encoding="utf-8")
    write_setting(path, key, value)
    before, after = text.splitlines(), path.read_text(encoding="utf-8").splitlines()
    out = [f"-{line}" for line in before if line not in after]
    return out + [f"+{line}" for line in after if line not in before]


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    write_setting(path, "theme", "nord")
    write_setting(path, "study.rollover", 3)
    assert path.read_text(encoding="utf-8") == (
        "# quizapp's settings: the settings screen writes here, and so may you.\n\n"
        'theme = "nord"\n\n[study]\nrollover = 3\n'
    )


@pytest.mark.parametrize(
    ("key", "value", "change"),
    [
        ("theme", "nord", ['-theme = "lamp"   # by day', '+theme = "nord"   # by day']),
        ("theme", None, ['-theme = "lamp"   # by day']),
        ("keymap", "vim", ['+keymap = "vim"']),
        ("study.new_per_day", 5, ["-new_per_day = 3 # few", "+new_per_day = 5 # few"]),
        ("study.retention", 0.8, ["+retention = 0.8"]),
        ("quiz.clock", False, ["-clock = true", "+clock = false"]),
        ("keys.home.quiz", "y", ['-home.quiz = "z"  # zz', '+home.quiz = "y"  # zz']),
        ("keys.home.quiz", None, ['-home.quiz = "z"  # zz']),
        ("keys.home.find", "f", ['+"home.find" = "f"']),
        ("keys.help", "h", ['+help = "h"']),
        ("decks", ("~/a", 'b"c'), ['+decks = ["~/a", "b\\"c"]']),
    ],
)
def test_only_its_own_line_changes(path: Path, key: str, value: Any, change: list[str]) -> None:
    assert changed(path, key, value) == change


def test_a_new_key_stays_away_from_the_comment_of_the_next_table(path: Path) -> None:
    changed(path, "keymap", "vim")
    assert 'by day\nkeymap = "vim"\n\n# how I study\n[study]' in path.read_text(encoding="utf-8")
    changed(path, "keymap", "vim", "# of study\n[study]\nrollover = 3\n")
    assert path.read_text(encoding="utf-8") == 'keymap = "vim"\n\n# of study\n[study]\nrollover = 3\n'


def test_windows_line_ends_and_the_mark_stay(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf# x\r\ntheme = "lamp"\r\n[study]\r\n')
    write_setting(path, "theme", "nord")
    write_setting(path, "study.rollover", 3)
    assert path.read_bytes() == b'\xef\xbb\xbf# x\r\ntheme = "nord"\r\n[study]\r\nrollover = 3\r\n'


@pytest.mark.parametrize("text", ['theme = "lamp\n', "[study\n", 'theme = "a"\ntheme = "b"\n', "study = 3\n"])
def test_a_file_that_is_broken_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="Nothing was changed"):
        write_setting(path, "study.rollover", 3)
    assert path.read_text(encoding="utf-8") == text
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_not_utf8_is_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        write_setting(path, "theme", "nord")
    assert path.read_bytes() == b"# caf\xe9\n"


def test_a_change_by_somebody_else_is_not_overwritten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text('theme = "lamp"\n', encoding="utf-8")
    real = write._edited

    def edited(*given: Any) -> bytes:
        path.write_text('theme = "paper"\n', encoding="utf-8")
        return real(*given)

    monkeypatch.setattr(write, "_edited", edited)
    with pytest.raises(ConfigError, match="changed meanwhile"):
        write_setting(path, "theme", "nord")
    assert path.read_text(encoding="utf-8") == 'theme = "paper"\n'
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path, path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text('theme = "lamp"\n', encoding="utf-8")
    real.chmod(0o600)
    path.symlink_to(real)
    write_setting(path, "theme", "nord")
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8") == 'theme = "nord"\n'
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="can't be written"):
        write_setting(tmp_path / "file" / "config.toml", "theme", "nord")


ALL = settings_list()
COMMENT = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\x85"), max_size=12)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A config file as a person may write it: some keys, comments and blank lines anywhere."""
    lines: list[str] = []
    for table in ("", "study", "quiz"):
        chosen = draw(st.lists(st.sampled_from(ALL), unique_by=lambda setting: setting.key))
        of_table = [s for s in chosen if s.key.rpartition(".")[0] == table]
        if table and of_table:
            lines += [draw(st.sampled_from(["", f"# {draw(COMMENT)}"])), f"[{table}]"]
        for setting in of_table:
            lines += [f"# {draw(COMMENT)}"] * draw(st.integers(0, 1)) + [""] * draw(st.integers(0, 1))
            end = draw(st.sampled_from(["", f"  # {draw(COMMENT)}"]))
            lines.append(f"{setting.key.rpartition('.')[2]} = {as_toml(setting.default)}{end}")
    return "\n".join(lines) + "\n" * draw(st.integers(0, 2))


def other(setting: Any) -> Any:
    values: dict[str, Any] = {
        "truth": not setting.default,
        "whole": 7,
        "number": 0.75,
        "text": "nord",
        "texts": ("a", "b"),
        "choice": "vim",
    }
    return values[setting.kind]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files(), st.sampled_from(ALL))
def test_every_other_line_stays(text: str, setting: Any) -> None:
    assume(parse_config(text, Path("c"), "c").problems == ())
    value = other(setting)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(text, encoding="utf-8")
        write_setting(path, setting.key, value)
        after = path.read_text(encoding="utf-8")
        config = parse_config(after, path, "c")
    name = setting.key.rpartition(".")[2]
    assert config.problems == ()
    assert value_of(config.settings, setting.key) == value
    for one in ALL:
        if one.key != setting.key:
            assert value_of(config.settings, one.key) == value_of(Settings(), one.key)
    table = setting.key.rpartition(".")[0]
    mine = (f"{name} = ", f"[{table}]" if table else "\0")
    kept = [line for line in text.splitlines() if line and not line.startswith(mine)]
    now = [line for line in after.splitlines() if line and not line.startswith(mine)]
    assert now == kept


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_may_not_be_written_is_not_replaced(path: Path) -> None:
    path.write_text('theme = "lamp"\n', encoding="utf-8")
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("root may write anything")
    with pytest.raises(ConfigError, match="may not be written"):
        write_setting(path, "theme", "nord")
    assert path.read_text(encoding="utf-8") == 'theme = "lamp"\n'

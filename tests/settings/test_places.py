"""Where a person's files lie."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from quizapp.settings.places import places


def test_one_variable_puts_everything_into_one_folder() -> None:
    found = places({"QUIZAPP_HOME": "/somewhere/quiz"})
    assert (found.decks, found.scores) == (Path("/somewhere/quiz/decks"), Path("/somewhere/quiz/scores.db"))
    assert found.config == Path("/somewhere/quiz/config.toml")


def test_a_tilde_in_it_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert places({"QUIZAPP_HOME": "~/quiz"}).scores == tmp_path / "quiz" / "scores.db"


@pytest.mark.parametrize("environ", [{}, {"QUIZAPP_HOME": ""}])
def test_without_it_the_platform_decides(environ: dict[str, str]) -> None:
    folder = platformdirs.user_data_path("quizapp", appauthor=False)
    found = places(environ)
    assert (found.decks, found.scores) == (folder / "decks", folder / "scores.db")
    assert found.config == platformdirs.user_config_path("quizapp", appauthor=False) / "config.toml"

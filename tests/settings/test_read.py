"""config.toml as it is read: each bad value is named with its place, and the rest counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.problem import Problem
from quizapp.settings.read import Config, parse_config, read_config
from quizapp.settings.values import QuizSettings, Settings, StudySettings


def parse(text: str) -> Config:
    return parse_config(text, Path("config.toml"), "config.toml")


def problems(text: str) -> list[str]:
    return [str(problem) for problem in parse(text).problems]


def test_no_file_is_an_empty_one(tmp_path: Path) -> None:
    config = read_config(tmp_path / "config.toml")
    assert (config.settings, config.problems) == (Settings(), ())


def test_every_value_is_taken_over() -> None:
    config = parse(
        'theme = "nord"\nreduced_motion = true\ndead_seconds = 0\ndecks = ["~/a"]\nkeymap = "vim"\n'
        "[study]\nnew_per_day = 5\nreviews_per_day = 50\nretention = 0.85\nrollover = 3\n"
        "minutes_per_day = 7\n"
        "[quiz]\nclock = false\nready_seconds = 0\nright_seconds = 1\nwrong_seconds = 3\n"
        'counts_for_study = true\n[keys]\n"home.quiz" = "z"\n'
    )
    assert config.problems == ()
    assert config.settings == Settings(
        theme="nord",
        reduced_motion=True,
        dead_seconds=0.0,
        decks=("~/a",),
        keymap="vim",
        study=StudySettings(5, 50, 0.85, 3, 7),
        quiz=QuizSettings(
            clock=False, ready_seconds=0, right_seconds=1, wrong_seconds=3, counts_for_study=True
        ),
        keys={"home.quiz": "z"},
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('thme = "nord"', '1:1: unknown key "thme"; did you mean "theme"?'),
        ("theme = 3", "1:1: theme is 3, not a theme's name"),
        ('\nkeymap = "vm"', '2:1: keymap is "vm", not default or vim; did you mean "vim"?'),
        (
            'reduced_motion = "yes"',
            "1:1: reduced_motion is a text, not true or false; write reduced_motion = true",
        ),
        ("dead_seconds = 9", "1:1: dead_seconds is 9, not a number of seconds from 0 to 2"),
        ("rollover = 3", '1:1: unknown key "rollover"; it stands under [study]'),
        ('[study]\ntheme = "nord"', '2:1: unknown key "theme"; it stands above the first [table]'),
        ("[study]\n  rollover = 24", "2:3: rollover is 24, not a whole hour from 0 to 23"),
        ("[study]\nretention = 1", "2:1: retention is 1, not a number from 0.5 to 0.99"),
        (
            '[study]\nnew_per_day = "12"',
            "2:1: new_per_day is a text, not a whole number from 0 to 9999; take the quotes away",
        ),
        ("study = 3", "1:1: study is a whole number, not a table; write [study] and its keys below"),
        ("[quizz]\nclock = false", '1:1: unknown key "quizz"; did you mean "quiz"?'),
        (
            "[keys]\nhelp = 3",
            "2:1: help is a whole number, not a text; write its keys in quotes, commas between them",
        ),
        (
            'decks = "~/a"',
            "1:1: decks is a text, not a list of folders such as ['~/notes']; "
            'put it in brackets: decks = ["~/a"]',
        ),
        ("decks = [1.5]", "1:1: item 1 of decks is a decimal number, not a text; quote it"),
        ('theme = "nord', "1:1: a text is never closed; close it with the quotes that opened it"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, problem: str) -> None:
    assert problems(text) == [f"config.toml:{problem}"]


def test_a_bad_value_costs_only_itself_and_all_are_named() -> None:
    config = parse('theme = "nord"\ndead_seconds = "x"\n[study]\nnew_per_day = 7\nrollover = 99\n[qiz]\n')
    assert [problem.line for problem in config.problems] == [2, 5, 6]
    assert config.settings == Settings(theme="nord", study=StudySettings(new_per_day=7))


def test_what_can_be_read_of_a_broken_file_counts() -> None:
    config = parse('theme = "nord"\n[study]\nnew_per_day = \n[quiz]\nclock = false\n')
    assert [str(problem) for problem in config.problems] == [
        'config.toml:3:15: a key without a value; write a text in quotes after the =: "…"'
    ]
    assert config.settings == Settings(theme="nord", quiz=QuizSettings(clock=False))


@pytest.mark.parametrize("text", ['"home.quiz" = "z"', 'home.quiz = "z"', '[keys.home]\nquiz = "z"'])
def test_an_id_may_be_quoted_or_not(text: str) -> None:
    config = parse(f"[keys]\n{text}\n")
    assert config.settings.keys == {"home.quiz": "z"}
    last = text.count("\n") + 2
    assert config.problem(("keys", "home.quiz"), "no") == Problem("config.toml", last, 1, None, "no")


def test_a_problem_of_a_key_that_is_not_there_is_at_the_top() -> None:
    assert str(parse("").problem(("theme",), "gone", "do this")) == "config.toml:1:1: gone; do this"


class TestFiles:
    def test_a_folder(self, tmp_path: Path) -> None:
        (problem,) = read_config(tmp_path, "config.toml").problems
        assert str(problem) == "config.toml: this is a folder, not a file; take it away"

    def test_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "config.toml"
        path.write_bytes(b'theme = "nord"\n# caf\xe9\n')
        config = read_config(path, "config.toml")
        assert [str(p) for p in config.problems] == [
            "config.toml:2:6: the file is not UTF-8 (byte 0xE9); save it as UTF-8"
        ]
        assert config.settings == Settings()

    def test_windows_line_ends_and_a_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "config.toml"
        path.write_bytes(b'\xef\xbb\xbftheme = "nord"\r\n[study]\r\nrollover = 30\r\n')
        config = read_config(path, "config.toml")
        assert config.settings.theme == "nord"
        assert [(p.line, p.column) for p in config.problems] == [(3, 1)]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    parse(text)

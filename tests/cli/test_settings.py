"""`quizapp settings`: what is set, and setting it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizapp.settings.catalogue import settings_list
from quizapp.tui.keymap import bindings
from tests.cli.conftest import Run

MINE = """# mine
theme = "paper"   # by day

# how I study
[study]
new_per_day = 7 # few
[keys]
home.quiz = "z"
"""


@pytest.fixture
def config(home: Path) -> Path:
    """The config file, whose folder is there."""
    home.mkdir()
    return home / "config.toml"


def written(config: Path, text: str) -> Path:
    config.write_text(text, encoding="utf-8")
    return config


class TestShow:
    def test_all_are_listed_with_their_values_as_toml(self, run: Run, home: Path) -> None:
        result = run("settings")
        assert (result.exit_code, result.stderr) == (0, "")
        lines = result.stdout.splitlines()
        assert len(lines) == len(settings_list())
        for line, setting in zip(lines, settings_list(), strict=True):
            assert line.split()[0] == setting.key
            assert line.endswith(setting.description)
        assert lines[0].split()[:2] == ["theme", '"lamp"']
        assert not home.exists(), "looking makes no file"

    def test_ones_own_keys_are_listed_too(self, run: Run, config: Path) -> None:
        written(config, MINE)
        lines = run("settings").stdout.splitlines()
        assert lines[-1].split(maxsplit=2) == ["keys.home.quiz", '"z"', "Your keys for it"]

    def test_json(self, run: Run, config: Path) -> None:
        written(config, 'decks = ["."]\n' + MINE)
        found = json.loads(run("settings", "--json").stdout)
        assert list(found) == [*(setting.key for setting in settings_list()), "keys.home.quiz"]
        assert (found["theme"], found["study.new_per_day"], found["decks"]) == ("paper", 7, ["."])
        assert (found["quiz.clock"], found["keys.home.quiz"]) == (True, "z")
        assert json.loads(run("settings", "decks", "--json").stdout) == ["."]
        assert json.loads(run("settings", "theme", "--json").stdout) == "paper"

    @pytest.mark.parametrize(
        ("key", "shown"),
        [
            ("theme", "paper"),
            ("study.new_per_day", "7"),
            ("study.retention", "0.9"),
            ("quiz.clock", "true"),
            ("decks", "[]"),
            ("keys.home.quiz", "z"),
            ("keys.home.find", "/"),
            ("keys.help", "?, f1"),
        ],
    )
    def test_one(self, run: Run, config: Path, key: str, shown: str) -> None:
        written(config, MINE)
        result = run("settings", key)
        assert (result.exit_code, result.stdout, result.stderr) == (0, f"{shown}\n", "")

    @pytest.mark.parametrize(
        ("args", "hint"),
        [
            (["them"], 'There is no setting "them"; did you mean "theme"?'),
            (["retention"], 'There is no setting "retention"; did you mean "study.retention"?'),
            (["xyzzy", "1"], 'There is no setting "xyzzy"; quizapp settings lists all'),
            (["keys."], 'There is no setting "keys."'),
            (["keys.home.quizz"], 'There is no binding "home.quizz"; did you mean "home.quiz"?'),
            (["keys.xyzzy", "z"], 'There is no binding "xyzzy"; docs/keys.md lists all'),
            (["--reset", "keys.xyzzy"], 'There is no binding "xyzzy"; docs/keys.md lists all'),
            (["--reset"], "--reset takes a KEY and no VALUE"),
            (["--reset", "theme", "nord"], "--reset takes a KEY and no VALUE"),
        ],
    )
    def test_what_is_not_there_is_named(self, run: Run, config: Path, args: list[str], hint: str) -> None:
        result = run("settings", *args)
        assert (result.exit_code, result.stdout) == (2, "")
        assert hint in result.stderr
        assert not config.exists()


class TestProblems:
    BAD = 'theme = "papper"\nnope = 1\ndecks = ["gone"]\n[study]\nnew_per_day = -1\n[keys]\nhome.quiz = "p"\n'

    def test_each_has_its_place_and_the_exit_code_is_1(self, run: Run, config: Path) -> None:
        path = written(config, self.BAD)
        result = run("settings")
        assert result.exit_code == 1
        name = str(path).replace(str(Path.home()), "~", 1)
        assert [line.removeprefix(name) for line in result.stderr.splitlines()] == [
            ':1:1: there is no theme "papper"; did you mean "paper"?',
            ':2:1: unknown key "nope"',
            ':3:1: the folder "gone" does not exist; make it, or take it out',
            ":5:1: new_per_day is -1, not a whole number from 0 to 9999",
            ":7:1: the key p is taken by home.problems (what is wrong in decks or settings); choose another",
        ]
        assert result.stdout.splitlines()[0].split()[:2] == ["theme", '"lamp"']
        assert json.loads(run("settings", "--json").stdout)["study.new_per_day"] == 20

    def test_a_bad_value_is_not_shown_as_if_it_counted(self, run: Run, config: Path) -> None:
        written(config, self.BAD)
        assert run("settings", "theme").stdout == "lamp\n"
        assert run("settings", "keys.home.quiz").stdout == f"{bindings()['home.quiz'].keys}\n"

    def test_a_change_mends_one(self, run: Run, config: Path) -> None:
        written(config, self.BAD)
        assert run("settings", "theme", "paper").exit_code == 0
        assert run("settings", "--reset", "keys.home.quiz").exit_code == 0
        assert run("settings", "study.new_per_day", "3").exit_code == 0
        assert config.read_text(encoding="utf-8") == (
            'theme = "paper"\nnope = 1\ndecks = ["gone"]\n[study]\nnew_per_day = 3\n[keys]\n'
        )

    def test_a_file_that_is_not_toml_is_left_as_it_is(self, run: Run, config: Path) -> None:
        written(config, 'theme = "lamp\n')
        shown = run("settings")
        assert shown.exit_code == 1
        assert ":1:14: a text is never closed" in shown.stderr
        result = run("settings", "theme", "paper")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.endswith(
            "config.toml is not TOML that can be edited. Nothing was changed; mend it first.\n"
        )
        assert config.read_text(encoding="utf-8") == 'theme = "lamp\n'

    def test_keys_that_are_unknown_can_be_taken_out(self, run: Run, config: Path) -> None:
        written(config, '[keys]\nnope = "x"\n')
        assert run("settings", "--reset", "keys.nope").exit_code == 0
        assert config.read_text(encoding="utf-8") == "[keys]\n"


class TestChange:
    @pytest.mark.parametrize(
        ("key", "value", "line"),
        [
            ("theme", "nord", 'theme = "nord"   # by day'),
            ("reduced_motion", "on", "reduced_motion = true"),
            ("study.new_per_day", "0", "new_per_day = 0 # few"),
            ("study.retention", "0,85", "retention = 0.85"),
            ("quiz.ready_seconds", "2", "ready_seconds = 2.0"),
            ("keymap", "vim", 'keymap = "vim"'),
            ("keys.home.quiz", "y", 'home.quiz = "y"'),
            ("keys.home.find", "y, f3", '"home.find" = "y, f3"'),
            ("decks", "~, /", 'decks = ["~", "/"]'),
            ("decks", '["/", "~"]', 'decks = ["/", "~"]'),
        ],
    )
    def test_one_line_changes_and_comments_stay(
        self, run: Run, config: Path, key: str, value: str, line: str
    ) -> None:
        written(config, MINE)
        result = run("settings", key, value)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith(f"{key} is now ")
        after = config.read_text(encoding="utf-8").splitlines()
        assert line in after
        before = MINE.splitlines()
        assert len([old for old in before if old not in after]) <= 1
        assert run("settings").exit_code == 0

    def test_reset(self, run: Run, config: Path) -> None:
        written(config, MINE)
        result = run("settings", "--reset", "theme")
        assert (result.exit_code, result.stderr) == (0, "theme is as usual again.\n")
        assert config.read_text(encoding="utf-8") == MINE.replace('theme = "paper"   # by day\n', "")
        assert run("settings", "theme").stdout == "lamp\n"

    def test_the_file_and_its_folder_are_made(self, run: Run, home: Path) -> None:
        assert run("settings", "theme", "paper").exit_code == 0
        assert 'theme = "paper"' in (home / "config.toml").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("key", "value", "says"),
        [
            ("study.new_per_day", "many", "new_per_day takes a whole number from 0 to 9999, not “many”."),
            ("study.retention", "1", "retention takes a number from 0.5 to 0.99, not “1”."),
            ("theme", "", "theme takes a theme's name."),
            ("theme", "papper", 'There is no theme "papper"; did you mean "paper"?'),
            ("keymap", "emacs", "keymap takes default or vim, not “emacs”."),
            ("decks", "[1]", "decks takes a list of folders"),
            ("keys.home.quiz", "p", "The key p is taken by home.problems"),
            ("keys.home.quiz", "", "No key is given"),
            ("keys.study.undo", "u", "The key u belongs to the answers there"),
        ],
    )
    def test_a_bad_value_is_refused(self, run: Run, config: Path, key: str, value: str, says: str) -> None:
        written(config, MINE)
        result = run("settings", key, value)
        assert (result.exit_code, result.stdout) == (2, "")
        assert says in result.stderr
        assert config.read_text(encoding="utf-8") == MINE

    @pytest.mark.parametrize(
        ("text", "args"),
        [
            ('theme = "papper"\n', ["theme", "papper"]),
            ('[keys]\nhome.quiz = "p"\n', ["keys.home.quiz", "p"]),
            (
                '[keys]\nhome.quiz = "r"\nhome.practice = "t"\n',
                ["--reset", "keys.home.quiz"],
            ),
            ('[keys]\nproblems.close = "j"\n', ["keymap", "vim"]),
        ],
    )
    def test_what_is_or_would_become_wrong_is_refused(
        self, run: Run, config: Path, text: str, args: list[str]
    ) -> None:
        written(config, text)
        assert run("settings", *args).exit_code == 2
        assert config.read_text(encoding="utf-8") == text

    def test_a_folder_that_is_not_there_is_taken_and_told(self, run: Run, config: Path) -> None:
        result = run("settings", "decks", "~nobody-of-this-name/x, ./here")
        assert result.exit_code == 0
        assert [line.partition(": ")[2] for line in result.stderr.splitlines()[1:]] == [
            'the folder "~nobody-of-this-name/x" does not exist; make it, or take it out',
            'the folder "./here" does not exist; make it, or take it out',
        ]
        assert run("decks").exit_code == 0

    def test_a_place_that_can_not_be_written_is_named(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        monkeypatch.setenv("QUIZAPP_HOME", str(tmp_path / "file"))
        assert run("settings").exit_code == 0
        result = run("settings", "theme", "paper")
        assert result.exit_code == 1
        assert "can't be written" in result.stderr
        assert "Nothing was changed." in result.stderr

    def test_what_is_in_the_file_can_do_no_harm(self, run: Run, config: Path) -> None:
        escapes = 'theme = "\\u001b[31m[red]"\ndecks = ["\\u001b]0;x\\u0007"]\n[keys]\n"\\u001b" = "x"\n'
        written(config, escapes)
        for args in ([], ["theme"], ["decks"], ["--json"]):
            result = run("settings", *args)
            assert not {"\x1b", "\x07"} & set(result.output)

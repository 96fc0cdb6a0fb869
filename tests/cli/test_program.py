"""The program as it is started: help, names, pipes and encodings."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp import __version__
from quizapp.cli import main
from quizapp.cli.group import COMMANDS, cli
from quizapp.record import Answer, How, Outcome
from quizapp.scores.store import open_store
from tests.builders import FakeClock
from tests.cli.conftest import Run


def start(home: Path, *args: str, **environ: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "quizapp", *args],
        env={**os.environ, "QUIZAPP_HOME": str(home), **environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with 3,000 answers, more than a pipe holds."""
    home = tmp_path_factory.mktemp("answered")
    clock = FakeClock()
    with closing(open_store(home / "scores.db", now_ms=clock.now_ms)) as store:
        row = Answer(
            id="",
            device=store.device,
            at_ms=clock.at_ms,
            offset_min=0,
            day="2026-01-01",
            deck="d",
            card="0" * 32,
            session="s",
            position=0,
            kind="typed",
            how=How.TYPED,
            k=None,
            variant=0,
            given="é 漢",
            outcome=Outcome.RIGHT,
            grade=None,
            target=None,
            latest=None,
            scheduler=None,
            hinted=False,
            repeat=True,
            scored=True,
            ms=1,
        )
        store.append([structs.replace(row, id=store.new_id()) for _ in range(3000)])
    return home


class TestHelp:
    def test_it_lists_every_command(self, run: Run) -> None:
        result = run("--help")
        assert result.exit_code == 0
        for name, summary in COMMANDS.items():
            assert f"  {name} " in result.stdout
            assert summary in result.stdout

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_has_an_example_and_the_summary_of_the_list(self, run: Run, name: str) -> None:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"    quizapp {name}" in result.stdout or f"quizapp {name}\n" in result.stdout
        command = cli.get_command(cli.make_context("quizapp", [], resilient_parsing=True), name)
        assert command is not None
        assert command.name == name
        summary = COMMANDS[name].removesuffix(".")
        assert (command.help or "").startswith(summary)

    def test_the_version(self, run: Run) -> None:
        assert run("--version").stdout == f"quizapp {__version__}\n"


class TestProgram:
    def test_it_runs_as_a_module(self, home: Path) -> None:
        out, err = start(home, "--version").communicate()
        assert (out.decode().strip(), err) == (f"quizapp {__version__}", b"")

    @pytest.mark.parametrize("form", [[], ["--json"]])
    def test_a_reader_that_goes_is_no_error(self, answered: Path, form: list[str]) -> None:
        process = start(answered, "log", *form)
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait() in (0, 1)

    @pytest.mark.parametrize("command", [["log"], ["log", "--json"], ["decks"], ["check", "décks/ \udcff漢"]])
    def test_an_encoding_that_lacks_a_letter_is_no_error(self, answered: Path, command: list[str]) -> None:
        process = start(answered, *command, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        out, err = process.communicate()
        assert out.isascii()
        assert out
        assert b"Traceback" not in err
        assert process.returncode == (1 if command[0] == "check" else 0)

    def test_json_is_right_in_any_encoding(self, answered: Path) -> None:
        out, _ = start(answered, "log", "--json", PYTHONIOENCODING="latin-1").communicate()
        assert b'"\\u00e9 \\u6f22"' in out.splitlines()[0]

    def test_without_a_terminal_it_says_so(self, home: Path) -> None:
        process = start(home)
        out, err = process.communicate()
        assert (process.returncode, out) == (2, b"")
        assert b"needs a terminal" in err
        assert not home.exists()

    def test_ctrl_c_is_quiet_even_at_the_very_start(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(prog_name: str) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("quizapp.cli.group.cli", interrupted)
        with pytest.raises(SystemExit) as exit_:
            main()
        assert exit_.value.code == 130
        assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("args", [("decks",), ("paths",), ("schema",)])
def test_an_output_that_is_full_is_named_in_one_sentence(tmp_path: Path, args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quizapp", *args],
            env={**os.environ, "QUIZAPP_HOME": str(tmp_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: The output can't be written")
    assert len(done.stderr.splitlines()) == 1

"""`quizapp edit`: the person's own editor, a copy of what ships, and what is wrong afterwards."""

from __future__ import annotations

import shlex
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quizapp.deck.library import load_library, shipped_folder
from quizapp.overview import overview
from quizapp.record import Grade
from quizapp.scores.store import open_store
from quizapp.sitting import study
from tests.builders import FakeClock
from tests.cli.conftest import SIDES, Run, Write

SHIPPED = "bpo-kpo-terms"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that adds what is in a file beside it to the end, and notes what it was called with."""
    script = tmp_path / "an editor.py"
    script.write_text(
        "import pathlib, sys\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "(here / 'called').write_text(repr(sys.argv[1:]))\n"
        "with open(sys.argv[-1], 'a') as file: file.write((here / 'typed').read_text())\n",
        encoding="utf-8",
    )
    (tmp_path / "typed").write_text("", encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} --wait")
    return tmp_path


def test_it_opens_the_deck_and_says_what_it_has(run: Run, write: Write, editor: Path) -> None:
    path = write("mine.toml", SIDES)
    result = run("edit", "mine")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == '"Which side?": 3 cards, no problems\n'
    assert (editor / "called").read_text() == repr(["--wait", str(path)])


def test_visual_comes_first(run: Run, write: Write, editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("mine.toml", SIDES)
    monkeypatch.setenv("VISUAL", "no-such-editor")
    result = run("edit", "mine")
    assert result.exit_code == 2
    assert 'no program "no-such-editor"' in result.stderr
    assert not (editor / "called").exists()


def test_problems_are_listed_afterwards(run: Run, write: Write, editor: Path) -> None:
    path = write("mine.toml", SIDES)
    (editor / "typed").write_text('[[card]]\nstatement = "x"\nanswer = "BOP"\n', encoding="utf-8")
    result = run("edit", "mine")
    assert result.exit_code == 1
    line = len(SIDES.splitlines()) + 3
    assert result.stdout.replace("~", str(Path.home())).startswith(f"{path}:{line}:1: card 4: ")
    assert "3 cards, 1 problem" in result.stderr


@pytest.mark.parametrize("data", [b"caf\xe9 = 1\n", b"[[card\n"])
def test_a_deck_with_problems_can_be_mended(run: Run, write: Write, editor: Path, data: bytes) -> None:
    write("mine.toml", "").write_bytes(data)
    result = run("edit", "mine")
    assert (editor / "called").exists()
    assert result.exit_code == 1
    assert "mine.toml" in result.stdout


@pytest.mark.parametrize(
    ("value", "says"), [(None, "No editor is set"), (" ", "No editor is set"), ("vi 'x", "not closed")]
)
def test_without_an_editor_that_is_said_and_nothing_is_copied(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, says: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    if value is not None:
        monkeypatch.setenv("EDITOR", value)
    result = run("edit", SHIPPED)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not home.exists()


class TestWithoutAName:
    """Where neither VISUAL nor EDITOR says anything, an editor that is there is taken, at a terminal."""

    @pytest.fixture(autouse=True)
    def _terminal(self, editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("EDITOR")
        monkeypatch.setattr("quizapp.cli.edit.has_terminal", lambda: True)
        (editor / "programs").mkdir()
        monkeypatch.setenv("PATH", str(editor / "programs"))

    def program(self, editor: Path, name: str) -> None:
        path = editor / "programs" / name
        path.write_text(f'#!{sys.executable}\nimport runpy, sys\nsys.argv.insert(1, "{name}")\n')
        with path.open("a") as file:
            file.write(f"runpy.run_path({str(editor / 'an editor.py')!r})\n")
        path.chmod(0o755)

    @pytest.mark.skipif(sys.platform == "win32", reason="a script has no #! there")
    @pytest.mark.parametrize(
        ("there", "taken"), [(["vi"], "vi"), (["vi", "nano"], "nano"), (["vi", "nano", "editor"], "editor")]
    )
    def test_one_that_is_there_is_taken(
        self, run: Run, write: Write, editor: Path, there: list[str], taken: str
    ) -> None:
        for name in there:
            self.program(editor, name)
        path = write("mine.toml", SIDES)
        result = run("edit", "mine")
        assert result.exit_code == 0
        assert (editor / "called").read_text() == repr([taken, str(path)])

    def test_none_is_there(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES)
        result = run("edit", "mine")
        assert result.exit_code == 2
        assert "No editor is set" in result.stderr

    @pytest.mark.skipif(sys.platform == "win32", reason="a script has no #! there")
    def test_none_is_opened_without_a_terminal(
        self, run: Run, write: Write, editor: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.program(editor, "vi")
        monkeypatch.setattr("quizapp.cli.edit.has_terminal", lambda: False)
        write("mine.toml", SIDES)
        assert "No editor is set" in run("edit", "mine").stderr
        assert not (editor / "called").exists()


def test_an_unknown_deck_is_said(run: Run, editor: Path) -> None:
    result = run("edit", "nowhere")
    assert result.exit_code == 2
    assert "quizapp new" in result.stderr


def test_a_file_anywhere_is_named_by_its_path(run: Run, editor: Path) -> None:
    Path("there.toml").write_text(SIDES, encoding="utf-8")
    assert run("edit", "there.toml").exit_code == 0
    assert "there.toml" in (editor / "called").read_text()


class TestShipped:
    def test_it_is_copied_and_the_copy_is_opened(self, run: Run, home: Path, editor: Path) -> None:
        result = run("edit", SHIPPED)
        copy = home / "decks" / f"{SHIPPED}.toml"
        assert result.exit_code == 0
        assert copy.read_bytes() == (shipped_folder() / f"{SHIPPED}.toml").read_bytes()
        assert repr(str(copy))[1:-1] in (editor / "called").read_text()
        assert f"Your copy takes its place: {copy}" in result.stderr

    def test_the_copy_keeps_the_history(self, run: Run, home: Path, editor: Path) -> None:
        clock = FakeClock()
        before = load_library(user=home / "decks", shipped=shipped_folder())
        deck = before.decks[SHIPPED]
        with closing(open_store(home / "scores.db", now_ms=clock.now_ms)) as store:
            sitting = study(store, clock, [deck], Random(1))
            sitting.start()
            for _ in range(3):
                sitting.reveal()
                sitting.grade(Grade.EASY, 1000)
            new = {line.deck.id: line.new for line in overview(store, before, clock()).lines}[SHIPPED]
            (editor / "typed").write_text('\n[[card]]\nfront = "one more"\nback = "x"\n', encoding="utf-8")
            assert run("edit", SHIPPED).exit_code == 0
            after = load_library(user=home / "decks", shipped=shipped_folder())
            mine = after.decks[SHIPPED]
            assert mine.path.is_relative_to(home)
            assert [card.key for card in mine.cards[:-1]] == [card.key for card in deck.cards]
            lines = {line.deck.id: line for line in overview(store, after, clock()).lines}
            assert lines[SHIPPED].new == new
            studied = store.memories([SHIPPED])
            assert len(studied) == 3
            assert {ref.card for ref in studied} <= {card.key for card in mine.cards}

    def test_the_second_time_the_copy_is_opened_as_it_is(self, run: Run, home: Path, editor: Path) -> None:
        run("edit", SHIPPED)
        copy = home / "decks" / f"{SHIPPED}.toml"
        copy.write_text(SIDES, encoding="utf-8")
        result = run("edit", SHIPPED)
        assert "takes its place" not in result.stderr
        assert copy.read_text(encoding="utf-8") == SIDES

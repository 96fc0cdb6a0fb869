"""`quizapp`, `quizapp study` and `quizapp quiz`: what the app is opened with, and what is refused before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from quizapp.cli.screen import has_terminal
from quizapp.pools import Only
from quizapp.tui.opening import Home, Study
from tests.cli.app import FakeApp, opening
from tests.cli.conftest import SIDES, Run, Write

HAS_TERMINAL = has_terminal
TAGGED = """\
[[card]]
front = "a"
back = "b"
tags = ["easy"]
aspect = "Who"

[[card]]
front = "c"
back = "d"
tags = ["hard", "Easy"]
"""


class TestOpening:
    def test_alone_it_opens_the_home_screen(self, run: Run, app: type[FakeApp], home: Path) -> None:
        result = run()
        assert result.exit_code == 0
        assert opening(app) == Home()
        given = app.opened[0].given
        assert "bpo-or-kpo" in given["library"].decks
        assert given["places"].scores == home / "scores.db"
        assert given["random"]() != given["random"]()
        assert result.output == ""

    def test_deck_files_are_among_the_decks_of_the_home_screen(
        self, run: Run, app: type[FakeApp], tmp_path: Path
    ) -> None:
        (tmp_path / "one.toml").write_text(SIDES)
        (tmp_path / "two.toml").write_text(SIDES)
        assert run(tmp_path / "one.toml", tmp_path / "two.toml").exit_code == 0
        assert opening(app) == Home()
        assert {"one", "two"} <= set(app.opened[0].given["library"].decks)

    @pytest.mark.parametrize("name", ["mine", "MINE", "which side?", "home/decks/mine.toml"])
    def test_study_takes_an_id_a_title_or_a_path(
        self, run: Run, app: type[FakeApp], write: Write, tmp_path: Path, name: str
    ) -> None:
        write("mine.toml", SIDES)
        assert run("study", tmp_path / name if "/" in name else name).exit_code == 0
        assert isinstance(opening(app), Study)
        (deck,) = opening(app).decks
        assert (deck.id, len(deck.cards)) == ("mine", 3)
        assert (opening(app).only, opening(app).cram) == (None, False)

    def test_study_takes_several_decks_and_each_once(
        self, run: Run, app: type[FakeApp], write: Write, tmp_path: Path
    ) -> None:
        write("mine.toml", SIDES)
        write("yours.toml", SIDES)
        (tmp_path / "here" / "file.txt").write_text(SIDES)
        write("empty.toml", "")
        assert run("study", "yours", "file.txt", "mine", "YOURS", "empty").exit_code == 0
        assert [deck.id for deck in opening(app).decks] == ["yours", "file", "mine"]

    def test_without_a_deck_it_takes_all_that_have_cards(
        self, run: Run, app: type[FakeApp], write: Write
    ) -> None:
        write("mine.toml", SIDES)
        write("empty.toml", "")
        assert run("study").exit_code == 0
        decks = opening(app).decks
        assert {"mine", "bpo-or-kpo"} <= {deck.id for deck in decks}
        assert "empty" not in {deck.id for deck in decks}

    @pytest.mark.parametrize(
        ("args", "only", "cram"),
        [
            (["--tag", "EASY"], Only(tag="easy"), False),
            (["--aspect", " who "], Only(aspect="Who"), False),
            (["--tag", "easy", "--aspect", "who", "--flagged"], Only("easy", "Who", flagged=True), False),
            (["--flagged"], Only(flagged=True), False),
            (["--cram"], None, True),
        ],
    )
    def test_study_takes_a_tag_an_aspect_and_flagged_cards(
        self, run: Run, app: type[FakeApp], write: Write, args: list[str], only: Only | None, cram: bool
    ) -> None:
        write("mine.toml", TAGGED)
        assert run("study", "mine", *args).exit_code == 0
        assert (opening(app).only, opening(app).cram) == (only, cram)

    def test_study_takes_minutes_but_a_cram_does_not(
        self, run: Run, app: type[FakeApp], write: Write
    ) -> None:
        write("mine.toml", SIDES)
        assert run("study", "mine", "--minutes", "5").exit_code == 0
        assert (opening(app).minutes, opening(app).cram) == (5, False)
        for wrong in (("--minutes", "0"), ("--minutes", "241"), ("--minutes", "5", "--cram")):
            result = run("study", "mine", *wrong)
            assert result.exit_code == 2
        assert "--minutes is for study; a cram has no limit" in result.stderr

    def test_a_file_needs_no_suffix_and_no_folder(
        self, run: Run, app: type[FakeApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "here" / "deck.txt").write_text(SIDES)
        assert run("study", "deck.txt").exit_code == 0
        assert [deck.path.name for deck in opening(app).decks] == ["deck.txt"]

    def test_a_deck_with_problems_opens_with_its_good_cards(
        self, run: Run, app: type[FakeApp], write: Write
    ) -> None:
        write("mine.toml", SIDES + '\n[[card]]\nstatement = "x"\nanswer = "?"\n')
        assert run("study", "mine").exit_code == 0
        assert len(opening(app).decks[0].cards) == 3
        assert app.opened[0].given["library"].problems

    @pytest.mark.parametrize("before", [True, False])
    def test_folders_are_named_before_or_after_the_command(
        self, run: Run, app: type[FakeApp], tmp_path: Path, before: bool
    ) -> None:
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "extra.toml").write_text(SIDES)
        option = ["--decks", str(tmp_path / "more")]
        args = [*option, "study", "extra"] if before else ["study", "extra", *option]
        assert run(*args).exit_code == 0
        assert [deck.id for deck in opening(app).decks] == ["extra"]

    @pytest.mark.parametrize("args", [("study", "mine"), ("quiz", "mine")])
    def test_inline_runs_it_below_the_prompt(
        self, run: Run, app: type[FakeApp], write: Write, monkeypatch: pytest.MonkeyPatch, args: tuple[str]
    ) -> None:
        write("mine.toml", SIDES)
        assert run(*args, "--inline").exit_code == 0
        assert run(*args).exit_code == 0
        assert [opened.given["inline"] for opened in app.opened] == [True, False]
        monkeypatch.setattr(sys, "platform", "win32")
        refused = run(*args, "--inline")
        assert refused.exit_code == 2
        assert "--inline needs Linux or macOS" in refused.stderr

    def test_the_apps_code_is_returned(self, run: Run, app: type[FakeApp]) -> None:
        app.code = 3
        assert run().exit_code == 3


class TestRefusals:
    """One sentence on stderr, exit code 2, and no app, no scores file."""

    @pytest.fixture(autouse=True)
    def _nothing_happens(self, app: type[FakeApp], home: Path) -> Any:
        yield
        assert app.opened == []
        assert not (home / "scores.db").exists()

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["study", "mien"], 'no deck "mien"; did you mean "mine"?'),
            (["quiz", "mien"], 'did you mean "mine"?'),
            (["study", "decks/mien.toml"], 'no file "decks/mien.toml"'),
            (["study", ""], "no deck"),
            (["study", "/"], "--decks DIR"),
            (["mien.toml"], 'no file "mien.toml"'),
            (["quiz", "mine", "--seconds", "soon"], "'soon' is not a valid integer"),
            (["quiz", "mine", "--mode", "sprnt"], "'sprnt'"),
            (["quiz", "mine", "--choices", ""], "is not one of"),
            (["study", "empty"], "has no cards yet; to add one: quizapp add empty"),
            (["study", "binary"], "can't be read"),
            (["--decks", "nowhere", "study", "mine"], '"nowhere" of --decks does not exist'),
            (["study", "mine", "--decks", "nowhere"], '"nowhere" of --decks does not exist'),
            (["stduy", "mine"], 'There is no command "stduy"; did you mean "study"?'),
            (["xyzzy"], "to study a deck: quizapp study DECK"),
            (["study", "mine", "mien"], 'no deck "mien"; did you mean "mine"?'),
            (["study", "empty", "flips", "--tag", "x"], "No card here has a tag"),
            (["study", "flips", "--aspect", "x"], "No card here has an aspect"),
            (["study", "empty", "empty2"], "None of these decks has cards yet; to add one: quizapp add DECK"),
            (
                ["study", "tagged", "--tag", "esay"],
                'no tag "esay" here; did you mean "easy"? (the tags are easy, hard)',
            ),
            (["study", "tagged", "--tag", ""], 'no tag "" here (the tags are easy, hard)'),
            (
                ["study", "tagged", "--aspect", "why"],
                'no aspect "why" here; did you mean "Who"? (the only one is Who)',
            ),
            (
                ["study", "tagged", "--tag", "hard", "--aspect", "who"],
                'both the tag "hard" and the aspect "Who"',
            ),
            (["study", "mine", "--sconds"], "No such option"),
        ],
    )
    def test_each_says_what_is_wrong(self, run: Run, write: Write, args: list[str], said: str) -> None:
        write("mine.toml", SIDES)
        write("flips.toml", '[[card]]\nfront = "a"\nback = "b"\n')
        write("empty.toml", "")
        write("empty2.toml", "")
        write("tagged.toml", TAGGED)
        (write("binary.toml", "")).write_bytes(b"\xff\xfe\x00")
        result = run(*args)
        assert result.exit_code == 2
        assert said in result.stderr
        assert result.stdout == ""

    def test_a_near_file_or_folder_is_suggested(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "here" / "verbs.toml").write_text(SIDES)
        (tmp_path / "here" / "french").mkdir()
        assert 'did you mean "verbs.toml"?' in run("study", "verb.toml").stderr
        assert 'did you mean "french"?' in run("--decks", "frensh", "decks").stderr
        assert "give a deck by its path alone" in run("--decks", "verbs.toml", "decks").stderr

    def test_a_path_that_cannot_be_read_says_why(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "bad.toml").write_bytes(b"title = '\xff'")
        result = run("study", tmp_path / "bad.toml")
        assert result.exit_code == 2
        assert "UTF-8" in result.stderr

    def test_without_a_terminal_nothing_opens(
        self, run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("quizapp.cli.screen.has_terminal", HAS_TERMINAL)
        write("mine.toml", SIDES)
        for args in ([], ["study", "bpo-or-kpo"], ["quiz", "bpo-or-kpo"]):
            result = run(*args)
            assert result.exit_code == 2
            assert "needs a terminal" in result.stderr
            assert result.stdout == ""

    @pytest.mark.parametrize("args", [["study"], ["quiz"], ["study", "--decks"], []])
    @pytest.mark.parametrize("name", ["x" * 5000, "x" * 5000 + ".toml", "\udcff.toml", "a" * 300 + "/b.toml"])
    def test_a_name_that_no_file_can_have_is_no_crash(self, run: Run, args: list[str], name: str) -> None:
        result = run(*args, name)
        assert result.exit_code == 2
        assert max(map(len, result.stderr.splitlines())) < 200

    def test_escapes_in_what_was_typed_are_shown(self, run: Run) -> None:
        for args in (["\x1b[31m"], ["study", "\x1b[31m"], ["\x1b[31m.toml"], ["--decks", "\x1b[31m"]):
            result = run(*args)
            assert result.exit_code == 2
            assert "\x1b" not in result.output
            assert "␛[31m" in result.stderr


def test_a_scores_file_that_is_none_is_named_and_left(run: Run, app: type[FakeApp], home: Path) -> None:
    home.mkdir()
    (home / "scores.db").write_text("not a database, but a text long enough to be looked at")
    result = run("study", "bpo-or-kpo")
    assert result.exit_code == 1
    assert f"Error: {home / 'scores.db'} is not a scores file" in result.stderr
    assert app.opened == []

"""Choosing a theme; what a terminal of sixteen colours, or with a font of few signs, shows instead."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import tomli
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

import quizapp
from quizapp.learn.distract import _PUNCTUATION
from quizapp.learn.quiz import Asking, Paused, Ready
from quizapp.tui.opening import Study
from quizapp.tui.settings import SettingsScreen
from quizapp.tui.terminal import PlainSigns, Terminal, terminal_of
from quizapp.tui.theme import theme_names
from quizapp.tui.themes import ThemeScreen
from tests.tui.app import SIZES, playing, two_sided

SIDES = two_sided()


class TestChoosing:
    async def test_each_is_shown_while_selected_and_the_old_one_comes_back(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("ctrl+t")
            shown = []
            for _ in theme_names():
                shown.append(player.app.theme)
                await player.press("down")
            assert tuple(shown) == theme_names()
            await player.press("escape")
            assert player.app.theme == "lamp"
            assert player.home
            assert not player.config

    @pytest.mark.parametrize("size", SIZES)
    async def test_the_list_goes_on_and_the_one_that_is_kept_is_in_the_file(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, SIDES, size=size, config='# mine\ntheme = "nord" # cold\n') as player:
            assert player.app.theme == "nord"
            await player.press("ctrl+t")
            assert "▌ nord" in player.text.replace("▌↓", "▌ "), "it is selected, and in view"
            assert "Enter keeps" in player.text
            assert "↓" in player.text or size[1] > 40
            await player.press("home", "down", "enter")
            assert player.app.theme == "paper"
            assert player.config == '# mine\ntheme = "paper" # cold\n'
            assert player.home

    async def test_a_key_typed_right_after_another_does_not_leave_the_preview(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("ctrl+t")
            player.post("down", "escape")
            await player.settled()
            assert player.app.theme == "lamp"

    async def test_a_click_selects_and_a_second_one_keeps(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("ctrl+t")
            for _ in range(2):
                await player.pilot.click("#theme-list", offset=(5, 1))
                await player.settled()
            assert player.app.theme == "paper"
            assert tomli.loads(player.config) == {"theme": "paper"}

    async def test_one_that_can_not_be_written_is_not_kept_and_says_so(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            (tmp_path / "config.toml").mkdir()
            await player.press("ctrl+t", "down", "enter")
            assert player.app.theme == "lamp"
            assert "can't be read" in player.words

    async def test_it_opens_over_the_settings_and_over_no_modal(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("comma", "ctrl+t", "ctrl+t", "down", "enter")
            assert isinstance(player.app.screen, SettingsScreen)
            assert player.line("▌").endswith("paper")
            await player.press("f1", "ctrl+t")
            assert not isinstance(player.app.screen, ThemeScreen)

    async def test_one_that_is_not_there_is_a_problem(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config='\ntheme = "lamp-16"\n') as player:
            assert player.app.theme == "lamp"
            await player.press("p")
            assert 'line 2:1 there is no theme "lamp-16" did you mean "lamp"?' in player.words


class TestOverQuestions:
    @pytest.mark.parametrize("key", ["ctrl+t", "ctrl+p"])
    async def test_a_quiz_is_paused(self, tmp_path: Path, key: str) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("t", "space")
            prompt = player.question.prompt
            await player.press(key)
            screen = player.app.screen_stack[-2]
            sitting = screen.sitting  # type: ignore[attr-defined] # a session's screen is shown
            assert isinstance(sitting.view, Paused)
            assert not sitting.session.running
            assert prompt not in player.words
            await player.press("escape")
            await player.until(lambda: player.app.screen is screen)
            await player.settled()
            assert isinstance(player.quiz.view, Asking)
            assert not player.answers

    async def test_a_quiz_that_has_not_begun_waits(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("t", "ctrl+t", "down", "enter")
            assert isinstance(player.quiz.view, Ready)
            assert player.app.theme == "paper"

    async def test_study_goes_on_and_the_key_that_kept_the_theme_does_no_more(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=Study((SIDES,))) as player:
            before = player.text
            await player.press("ctrl+t", "down", "space")
            assert player.app.theme == "paper"
            assert player.text == before
            assert not player.answers
            assert player.question


class TestSixteenColours:
    async def test_ours_have_another_and_the_settings_keep_its_name(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, terminal=Terminal(sixteen=True)) as player:
            assert player.app.theme == "lamp-16"
            assert player.app.settings.theme == "lamp"
            await player.press("ctrl+t", "down")
            assert player.app.theme == "paper-16"
            await player.press("enter", "comma")
            assert tomli.loads(player.config) == {"theme": "paper"}
            assert player.line("▌").endswith("paper")

    async def test_from_the_start(self, tmp_path: Path) -> None:
        async with playing(
            tmp_path, SIDES, config='theme = "paper"\n', terminal=Terminal(sixteen=True)
        ) as player:
            assert player.app.theme == "paper-16"

    def test_other_themes_are_as_they_are(self) -> None:
        assert Terminal(sixteen=True).theme("nord") == "nord"
        assert Terminal().theme("lamp") == "lamp"

    @pytest.mark.parametrize(
        ("environ", "terminal"),
        [
            ({"TERM": "xterm-256color"}, Terminal()),
            ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Terminal()),
            ({"TERM": "tmux-256color"}, Terminal()),
            ({"TERM": "xterm"}, Terminal(sixteen=True)),
            ({"TERM": "xterm-16color"}, Terminal(sixteen=True)),
            ({"TERM": "linux"}, Terminal(sixteen=True, plain_signs=True)),
            ({"TERM": "linux", "COLORTERM": "truecolor"}, Terminal(plain_signs=True)),
            ({"TERM": "dumb"}, Terminal()),
        ],
    )
    def test_terminals(self, environ: dict[str, str], terminal: Terminal) -> None:
        assert terminal_of(environ) == terminal


def plain(text: str) -> str:
    """The text as the console of Linux gets it."""
    segments = PlainSigns().apply([Segment(text)], Color(0, 0, 0))
    return "".join(segment.text for segment in segments)


def signs() -> set[str]:
    """All characters but ASCII in the texts of the program; those of docstrings are not drawn, nor those of
    the formats that decks come in."""
    found: set[str] = set()
    for path in Path(quizapp.__file__).parent.rglob("*.py"):
        if "exchange" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                found |= {sign for sign in node.value if not sign.isascii() and sign.isprintable()}
    return found


class TestPlainSigns:
    def test_every_sign_that_is_drawn_has_one_of_the_same_width_that_the_console_has(self) -> None:
        # With these, read.py, judge.py and distract.py tell what people wrote.
        drawn = signs() - set("„‟‚´") - set(_PUNCTUATION)
        drawn |= set("…“”")
        assert {"✓", "✗", "▌", "…", "‖", "╸", "␡"} <= drawn
        assert {sign for sign in drawn if not _of_the_console(plain(sign))} == set()
        assert {sign for sign in drawn if cell_len(plain(sign)) != cell_len(sign)} == set()

    def test_right_and_wrong_and_choices_stay_apart(self) -> None:
        for several in ("✓✗", "◆●■▲▼★○□◇", "━─", "▁▄█", "▸▌"):
            changed = [plain(sign) for sign in several]
            assert len(set(changed)) == len(several), several

    async def test_the_screen_is_drawn_in_them(self, tmp_path: Path) -> None:
        async with playing(
            tmp_path, SIDES, opening=Study((SIDES,)), terminal=Terminal(plain_signs=True)
        ) as player:
            await player.answer(right=False)
            assert "x Wrong. It is " in player.text
            assert "1-4 Grade" in player.footer.replace("–", "-")
            assert {sign for sign in player.text if not _of_the_console(sign)} == set()

    def test_styles_and_controls_stay(self) -> None:
        from rich.style import Style

        segment = Segment("✓ Right", Style(bold=True))
        assert PlainSigns().apply([segment], Color(0, 0, 0)) == [Segment("√ Right", Style(bold=True))]


def _of_the_console(sign: str) -> bool:
    """Whether the font of the console has it: Python takes the first places for control characters."""
    try:
        sign.encode("cp437")
    except UnicodeEncodeError:
        return sign in "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"
    return True

"""The settings screen: what is set can be seen, and changed for good at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import tomli
from textual import events

from quizapp.settings.catalogue import settings_list, shown_value
from quizapp.tui.help import HelpScreen
from quizapp.tui.keys import KeysScreen
from quizapp.tui.pace import pace_of
from quizapp.tui.settings import SettingsScreen
from quizapp.tui.themes import ThemeScreen
from quizapp.tui.widgets.setting_list import SettingList
from quizapp.tui.widgets.words import Value, Words
from tests.builders import FakeClock
from tests.tui.app import SIZES, Player, playing, two_sided

KEYS = [setting.key for setting in settings_list()]
SIDES = two_sided()
MINE = """# mine
dead_seconds = 0.3   # a slow keyboard

# how I study
[study]
new_per_day = 7 # few
"""


async def selected(player: Player, key: str) -> None:
    """The settings screen, with this setting selected."""
    if not isinstance(player.app.screen, SettingsScreen):
        await player.press("comma")
    player.app.screen.query_one(SettingList).selected = KEYS.index(key)
    await player.settled()


async def typed(player: Player, key: str, text: str) -> None:
    """Type this as the value of a setting, without taking it."""
    await selected(player, key)
    await player.press("enter")
    value = player.app.screen.query_one(Value)
    assert value.has_focus
    await player.press(*["backspace"] * len(value.value), *text)


def word(player: Player) -> str:
    """What is said about the selected setting."""
    return " ".join(str(player.app.screen.query_one(Words).render()).split())


class TestList:
    @pytest.mark.parametrize("size", SIZES)
    async def test_every_setting_is_there_with_its_value_and_its_key(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, SIDES, size=size) as player:
            await player.press("comma")
            for setting in settings_list():
                line = player.line("▌").replace("▌↓", "▌ ")
                assert line.endswith(shown_value(setting.default))
                name = line.removeprefix("▌ ").removesuffix(shown_value(setting.default)).strip()
                assert setting.description.startswith(name.removesuffix("…"))
                assert (name == setting.description) or name.endswith("…")
                assert word(player).startswith(f"{setting.key} {setting.description}. Takes "[:40])
                assert "…" not in word(player), "all of it is there, on small screens too"
                await player.press("down")
            assert player.line("▌") == "▌ Which keys do what as usual"
            assert "↓" not in player.text
            await player.press("home")
            assert "↓" in player.text or size[1] > 40

    async def test_what_counts_later_says_so(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            for key in KEYS:
                await selected(player, key)
                assert word(player).endswith("From the next start on.") is (
                    key in ("decks", "study.rollover")
                )

    async def test_what_is_not_usual_is_bold(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config=MINE) as player:
            await player.press("comma")
            styles = {
                str(line).split()[-1]: str(span.style)
                for row, line in player.app.screen.query_one(SettingList).lines(70)
                if row is not None
                for span in line.spans[-1:]
            }
            assert styles["0.3"] == styles["7"] == "bold $foreground"
            assert styles["200"] == styles["lamp"] == "$text-muted"

    async def test_escape_goes_back_and_help_helps(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("comma", "question_mark")
            assert isinstance(player.app.screen, HelpScreen)
            await player.press("escape", "escape")
            assert player.home

    async def test_the_last_row_leads_to_the_keys_and_the_first_to_the_themes(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("comma", "end", "left", "backspace", "enter")
            assert isinstance(player.app.screen, KeysScreen)
            await player.press("escape")
            assert isinstance(player.app.screen, SettingsScreen)
            await player.press("home", "enter")
            assert isinstance(player.app.screen, ThemeScreen)
            assert not player.config


class TestChange:
    async def test_a_change_is_written_at_once_and_comments_stay(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config=MINE) as player:
            await selected(player, "study.new_per_day")
            await player.press("right")
            assert player.config == MINE.replace("new_per_day = 7", "new_per_day = 8")
            assert player.line("▌") == "▌ New cards a day, for each deck 8"
            await player.press("left", "left")
            assert player.config == MINE.replace("new_per_day = 7", "new_per_day = 6")
            await player.press("backspace")
            assert player.config == MINE.replace("new_per_day = 7 # few\n", "")
            assert player.line("▌") == "▌ New cards a day, for each deck 20"

    @pytest.mark.parametrize(
        ("key", "keys", "value"),
        [
            ("quiz.clock", ["enter"], False),
            ("quiz.clock", ["enter", "space"], True),
            ("keymap", ["enter"], "vim"),
            ("keymap", ["enter", "enter"], "default"),
            ("theme", ["right"], "paper"),
            ("theme", ["right", "left"], "lamp"),
            ("study.retention", ["left"], 0.89),
            ("study.retention", ["right"] * 12, 0.99),
            ("dead_seconds", ["right"], 0.3),
            ("quiz.right_seconds", ["left"] * 6, 0),
            ("study.rollover", ["left"] * 6, 0),
        ],
    )
    async def test_steps(self, tmp_path: Path, key: str, keys: list[str], value: object) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, key)
            await player.press(*keys)
            found = tomli.loads(player.config)
            for name in key.split("."):
                found = found[name]
            assert found == value

    @pytest.mark.parametrize(
        ("key", "text", "value"),
        [
            ("study.new_per_day", "15", {"study": {"new_per_day": 15}}),
            ("study.retention", "0,85", {"study": {"retention": 0.85}}),
            ("decks", "~/a?, b c", {"decks": ["~/a?", "b c"]}),
            ("decks", '["a,b"]', {"decks": ["a,b"]}),
        ],
    )
    async def test_a_value_is_typed(self, tmp_path: Path, key: str, text: str, value: object) -> None:
        async with playing(tmp_path, SIDES) as player:
            await typed(player, key, text)
            assert player.footer == "Enter Take F1 Help Esc Back"
            await player.press("enter")
            assert tomli.loads(player.config) == value
            assert not player.app.screen.query_one(Value).display
            assert player.app.screen.query_one(SettingList).has_focus

    async def test_a_list_goes_on_where_it_ends_and_can_be_emptied(self, tmp_path: Path) -> None:
        for name in ("a,b", "c", "d"):
            (tmp_path / name).mkdir()
        async with playing(tmp_path, SIDES, config='decks = ["a,b"]\n') as player:
            await selected(player, "decks")
            await player.press("enter", "backspace", *', "c"]', "enter")
            assert player.config == 'decks = ["a,b", "c"]\n'
            await typed(player, "decks", "c, d")
            await player.press("enter")
            assert player.config == 'decks = ["c", "d"]\n'
            assert not player.app.problems
            await typed(player, "decks", "")
            await player.press("enter")
            assert player.config == "decks = []\n"

    async def test_what_was_not_changed_is_not_written(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "dead_seconds")
            await player.press("enter", "enter")
            assert not player.config
            assert player.app.screen.query_one(SettingList).has_focus

    @pytest.mark.parametrize("size", SIZES)
    async def test_a_bad_value_is_named_and_not_written(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, SIDES, size=size, config=MINE) as player:
            await typed(player, "study.new_per_day", "2.5")
            assert "▲ new_per_day takes a whole number from 0 to 9999, not “2.5”." in word(player)
            await player.press("enter")
            assert player.app.screen.query_one(Value).has_focus
            assert player.config == MINE
            await player.press("backspace", "backspace")
            assert "▲" not in word(player)
            await player.press("enter")
            assert player.config == MINE.replace("new_per_day = 7", "new_per_day = 2")

    async def test_escape_leaves_the_value_and_only_then_the_screen(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config=MINE) as player:
            await typed(player, "study.new_per_day", "99999")
            await player.press("escape")
            assert isinstance(player.app.screen, SettingsScreen)
            assert "▲" not in word(player)
            await player.press("right")
            assert player.config == MINE.replace("new_per_day = 7", "new_per_day = 8")
            await player.press("escape")
            assert player.home

    async def test_help_and_the_menu_come_back_to_what_is_typed(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await typed(player, "study.new_per_day", "1")
            await player.press("f1")
            assert isinstance(player.app.screen, HelpScreen)
            assert "Take the value that was typed" in player.words
            await player.press("f1", "ctrl+p", "escape", "2", "enter")
            assert tomli.loads(player.config) == {"study": {"new_per_day": 12}}

    async def test_tab_does_not_leave_the_line_open(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await typed(player, "study.new_per_day", "1")
            await player.press("tab", "5", "shift+tab", "enter")
            assert tomli.loads(player.config) == {"study": {"new_per_day": 15}}
            await player.press("tab", "down", "right")
            assert tomli.loads(player.config)["study"]["reviews_per_day"] == 201

    async def test_a_click_on_another_row_drops_what_is_typed(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await typed(player, "study.new_per_day", "5")
            rows = player.app.screen.query_one(SettingList)
            assert await player.pilot.click(rows, offset=(5, 1))
            await player.settled()
            assert player.line("▌ ").startswith("▌ Less motion")
            assert not player.app.screen.query_one(Value).display
            await player.press("enter")
            assert tomli.loads(player.config) == {"reduced_motion": True}

    async def test_a_click_on_the_selected_row_changes_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "keymap")
            assert await player.pilot.click(player.app.screen.query_one(SettingList), offset=(5, 4))
            await player.settled()
            assert player.config.endswith('keymap = "vim"\n')

    async def test_control_characters_of_a_paste_are_seen(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await typed(player, "decks", "")
            player.app.post_message(events.Paste("[red]\x1b[31m"))
            await player.settled()
            assert player.app.screen.query_one(Value).value == "[red]␛[31m"
            assert "[red]␛[31m" in player.text


class TestTheFile:
    async def test_a_change_by_somebody_else_meanwhile_is_kept_and_read(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config=MINE) as player:
            await selected(player, "quiz.clock")
            other = MINE.replace("new_per_day = 7", "new_per_day = 3")
            (tmp_path / "config.toml").write_text(other, encoding="utf-8")
            await player.press("enter")
            assert player.config == f"{other}\n[quiz]\nclock = false\n"
            assert player.app.settings.study.new_per_day == 3

    @pytest.mark.parametrize("size", SIZES)
    async def test_one_that_can_not_be_written_is_named(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, SIDES, size=size) as player:
            (tmp_path / "config.toml").mkdir()
            await selected(player, "quiz.clock")
            await player.press("enter")
            assert word(player).startswith("quiz.clock ▲ ")
            assert "can't be read" in str(player.app.screen.query_one(Words)._trouble)
            assert player.app.settings.quiz.clock, "it is as it was"
            await player.press("up", "down")
            assert "▲" not in word(player)

    async def test_one_that_is_broken_is_left_alone(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config='theme = "lamp\n') as player:
            assert "▲ 1 problem in config.toml" in player.words
            await selected(player, "quiz.clock")
            await player.press("enter")
            assert "Nothing was changed" in word(player)
            assert player.config == 'theme = "lamp\n'

    async def test_its_problems_are_on_home_and_listed_and_stop_nothing(self, tmp_path: Path) -> None:
        bad = 'theme = "papper"\nnope = 1\ndecks = ["gone"]\n[study]\nnew_per_day = -1\n[keys]\nhelp = "x"\n'
        async with playing(tmp_path, SIDES, size=(80, 40), config=bad) as player:
            assert "▲ 5 problems in config.toml p shows them" in player.words
            assert player.app.theme == "lamp"
            await player.press("p")
            for part in (
                'line 1:1 there is no theme "papper" did you mean "paper"?',
                'line 2:1 unknown key "nope"',
                'line 3:1 the folder "gone" does not exist make it, or take it out',
                "line 5:1 new_per_day is -1",
                "line 7:1 the key x belongs to the answers there",
                "Settings with a problem have their usual values. Save the file, and",
            ):
                assert part in player.words
            assert "The other cards" not in player.words
            await player.press("escape", "enter")
            assert player.question

    async def test_problems_stay_known_after_a_change(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config='decks = ["gone"]\n') as player:
            await selected(player, "quiz.clock")
            await player.press("enter", "escape")
            assert "▲ 1 problem in config.toml" in player.words
            await typed(player, "decks", "")
            await player.press("enter", "escape")
            assert "▲" not in player.text


class TestEffect:
    async def test_limits_of_study(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            assert player.line("Today") == "▌ Today 0 due 17 new"
            await typed(player, "study.new_per_day", "4")
            await player.press("enter", "escape")
            assert player.line("Today") == "▌ Today 0 due 4 new"

    async def test_pace(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, pace=None) as player:
            await typed(player, "dead_seconds", "2")
            await player.press("enter")
            await typed(player, "quiz.wrong_seconds", "3")
            await player.press("enter", "escape")
            assert player.app.pace == pace_of(player.app.settings)
            assert (player.app.pace.dead, player.app.pace.wrong) == (2, 3)
            await player.press("enter", "b")
            assert not player.answers, "the key came within 2 s"

    async def test_the_clock_is_hidden_from_the_start(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "quiz.clock")
            await player.press("enter", "escape", "t", "space")
            assert "1:00" not in player.text
            assert "━" not in player.text
            assert "Show clock" in player.footer
            await player.press("f2")
            assert ":" in player.text.splitlines()[1]
            assert "━" in player.text

    async def test_practice_has_its_bar_where_the_clock_is_hidden(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config="[quiz]\nclock = false\n") as player:
            await player.press("r", "space")
            assert player.quiz_screen.setup.seconds is None
            assert "━" in player.text

    @pytest.mark.parametrize("reduced", [True, False])
    async def test_less_motion(self, tmp_path: Path, reduced: bool) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "reduced_motion")
            await player.press(*["enter"] * (1 if reduced else 2))
            assert player.app.animation_level == ("none" if reduced else "full")
            await player.press("escape", "t", "space")
            screen = player.quiz_screen
            at = screen.now() + 20.45
            fractions = []
            for _ in range(5):
                at += 0.1
                screen.now = partial(float, at)  # type: ignore[method-assign] # a clock in place of the real one
                screen._show_time()
                fractions.append(screen.bar.fraction)
            assert len(set(fractions)) == (1 if reduced else 5)

    async def test_the_theme(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "theme")
            await player.press("right")
            assert player.app.theme == "paper"
            await player.press("backspace")
            assert player.app.theme == "lamp"

    async def test_the_set_of_keys(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "keymap")
            await player.press("enter", "j")
            assert player.line("▌ ").startswith("▌ New cards a day")
            await player.press("k", "enter", "j")
            assert player.line("▌ ").startswith("▌ Set of keys"), "they are as usual again"

    async def test_the_rollover_counts_later(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, SIDES, clock=clock) as player:
            day = player.app.clock().day
            await typed(player, "study.rollover", "23")
            await player.press("enter")
            assert player.app.clock().day == day

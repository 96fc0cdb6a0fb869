"""The keys screen: every binding, and giving it another key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import tomli
from textual.widgets import Input

from quizapp.deck.card import Deck
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.keymap import bindings, grouped
from quizapp.tui.keys import KeysScreen, NewKeyScreen
from quizapp.tui.opening import Study
from quizapp.tui.problems import ProblemsScreen
from quizapp.tui.settings import SettingsScreen
from quizapp.tui.widgets.setting_list import SettingList
from quizapp.tui.widgets.words import Words
from tests.builders import deck, typed
from tests.tui.app import SIZES, Player, choice_card, playing, two_sided

SIDES = two_sided()
IDS = [bound.id for found in grouped().values() for bound in found]


async def selected(player: Player, id_: str) -> None:
    """The keys screen, with this binding selected."""
    if isinstance(player.app.screen, HomeScreen):
        await player.press("comma", "end", "enter")
    assert isinstance(player.app.screen, KeysScreen)
    player.app.screen.query_one(SettingList).selected = IDS.index(id_)
    await player.settled()


async def given(player: Player, id_: str, key: str) -> None:
    """Give a binding another key."""
    await selected(player, id_)
    await player.press("enter", key)


async def until_exit(player: Player) -> None:
    """Wait until the app has been told to end."""
    while not player.app._exit:
        await asyncio.sleep(0)


def word(player: Player) -> str:
    """What is said about the selected binding."""
    return " ".join(str(player.app.screen.query_one(Words).render()).split())


class TestList:
    @pytest.mark.parametrize("size", SIZES)
    async def test_every_binding_is_there_with_where_it_works(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, SIDES, size=size) as player:
            await player.press("comma", "end", "enter", "home")
            for bound in (bound for found in grouped().values() for bound in found):
                assert word(player).startswith(f"keys.{bound.id} Enter, and then its new key. Usually ")
                if len(bound.screens) > 1:
                    assert bound.screens[0] in word(player)
                name = player.line("▌").removeprefix("▌").removeprefix("↓").strip()
                assert name.startswith(bound.does) or "…" in name
                await player.press("down")
            text = "\n".join(str(line) for _, line in player.app.screen.query_one(SettingList).lines(70))
            headings = ["Home", "Study", "Quiz", "Results", "Questions", "Lists", "Long texts", "Everywhere"]
            places = [text.index(f"  {heading}\n") for heading in headings]
            assert places == sorted(places)

    async def test_a_preset_is_shown_as_changed(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config='keymap = "vim"\n') as player:
            await selected(player, "list.up")
            assert player.line("The row above").endswith("The row above ↑ k")


class TestChange:
    async def test_the_new_key_works_at_once_and_the_old_one_no_more(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config="# mine\n", size=(80, 50)) as player:
            assert "t Timed quiz" in player.footer
            place = player.footer.split().index("t")
            await given(player, "home.quiz", "z")
            assert player.config == '# mine\n\n[keys]\n"home.quiz" = "z"\n'
            assert player.line("▌") == "▌ A timed quiz on the selected deck z"
            await player.press("escape")
            assert player.line("▌") == "▌ Which keys do what 1 changed"
            await player.press("escape")
            assert "z Timed quiz" in player.footer
            assert player.footer.split().index("z") == place, "in its usual place"
            await player.press("t")
            assert player.home
            await player.press("question_mark")
            assert "z A timed quiz on the selected deck" in player.words
            await player.press("escape", "ctrl+p", *"selected deck")
            await player.until(lambda: "A timed quiz on the selected deck" in player.words)
            await player.press("escape", "z")
            assert player.quiz_screen

    async def test_a_sign_is_written_as_people_write_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await given(player, "home.find", ".")
            assert tomli.loads(player.config) == {"keys": {"home.find": "."}}
            await given(player, "home.settings", "f4")
            await given(player, "home.find", ",")
            assert tomli.loads(player.config)["keys"]["home.find"] == "comma"
            await player.press("escape", "escape", ",")
            assert isinstance(player.app.focused, Input)

    async def test_a_clash_is_refused_and_the_other_one_named(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await given(player, "home.quiz", "p")
            assert word(player) == (
                "keys.home.quiz ▲ The key p is taken by home.problems (what is wrong in decks or "
                "settings); choose another"
            )
            assert not player.config
            await given(player, "home.quiz", "p")
            assert "▲ The key p is taken" in word(player), "and so it is the second time"

    @pytest.mark.parametrize("key", ["x", "X", "7", "left", "down"])
    @pytest.mark.parametrize("id_", ["study.undo", "quiz.pause", "help", "theme"])
    async def test_answer_keys_are_refused(self, tmp_path: Path, id_: str, key: str) -> None:
        async with playing(tmp_path, SIDES) as player:
            await given(player, id_, key)
            assert f"▲ The key {key} belongs to the answers there" in word(player)
            assert not player.config

    async def test_escape_leaves_the_key_and_every_other_key_is_one(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await selected(player, "results.drill")
            await player.press("enter")
            assert isinstance(player.app.screen, NewKeyScreen)
            assert "Practise the missed cards" in player.words
            await player.press("escape")
            assert not player.config
            await player.press("enter", "f1")
            assert "▲ The key f1 is taken by help" in word(player)
            await player.press("enter", "enter")
            assert "▲ The key enter is taken by results.again" in word(player)

    @pytest.mark.parametrize("menu", ["ctrl+p", "ctrl+o"])
    async def test_the_menus_key_is_one_too_and_opens_nothing(self, tmp_path: Path, menu: str) -> None:
        async with playing(tmp_path, SIDES, config=f'[keys]\nmenu = "{menu}"\n') as player:
            await given(player, "home.quiz", menu)
            assert isinstance(player.app.screen, KeysScreen)
            assert f"▲ The key {menu} is taken by menu" in word(player)
            await given(player, "home.quiz", "ctrl+t")
            assert "▲ The key ctrl+t is taken by theme" in word(player)
            await given(player, "menu", "ctrl+k")
            assert 'menu = "ctrl+k"' in player.config
            await given(player, "menu", "ctrl+p")
            assert 'menu = "ctrl+p"' in player.config

    @pytest.mark.parametrize(("config", "key"), [("", "ctrl+q"), ('[keys]\nquit = "ctrl+x"\n', "ctrl+x")])
    async def test_the_key_that_quits_still_does(self, tmp_path: Path, config: str, key: str) -> None:
        async with playing(tmp_path, SIDES, config=config) as player:
            await selected(player, "home.quiz")
            await player.press("enter")
            assert f"Esc leaves it, ^{key[-1]} quits." in player.words
            player.post(key)
            await asyncio.wait_for(until_exit(player), 10)

    async def test_the_usual_key_comes_back(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await given(player, "home.quiz", "z")
            await player.press("backspace")
            assert player.line("▌") == "▌ A timed quiz on the selected deck t"
            assert "home.quiz" not in player.config
            await player.press("escape", "escape", "t")
            assert player.quiz_screen

    async def test_it_does_not_while_another_has_it(self, tmp_path: Path) -> None:
        keys = '[keys]\n"home.quiz" = "r"\n"home.practice" = "t"\n'
        async with playing(tmp_path, SIDES, config=keys) as player:
            await selected(player, "home.quiz")
            await player.press("backspace")
            assert "▲ Then the key t is taken by home.quiz" in word(player)
            assert player.config == keys

    async def test_dotted_ids_are_changed_where_they_stand(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config='[keys]\nhome.quiz = "z"   # why not\n') as player:
            await given(player, "home.quiz", "y")
            assert player.config == '[keys]\nhome.quiz = "y"   # why not\n'
            await player.press("escape", "escape", "y")
            assert player.quiz_screen

    async def test_a_file_that_can_not_be_written(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            (tmp_path / "config.toml").mkdir()
            await given(player, "home.quiz", "z")
            assert "▲" in word(player)
            await player.press("escape", "escape")
            assert "t Timed quiz" in player.footer

    async def test_the_menu_has_another_key_on_every_screen(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, config='[keys]\nmenu = "ctrl+o"\n') as player:
            assert "^o Menu" in player.footer
            for keys in ([], ["enter"]):
                await player.press(*keys, "ctrl+p")
                assert player.app.screen.id != "--command-palette"
                assert not player.app.screen.is_modal
                await player.press("ctrl+o")
                assert player.app.screen.is_modal
                await player.press("escape")

    async def test_keys_of_ones_own_are_named_where_keys_are(self, tmp_path: Path) -> None:
        keys = '[keys]\n"keys.change" = "f5"\n"themes.keep" = "f6"\n"home.problems" = "y"\nhelp = "f10"\n'
        async with playing(tmp_path, SIDES, config=f"nope = 1\n{keys}") as player:
            assert "y shows it" in player.words
            assert player.footer.endswith("F10 Help")
            await player.press("y")
            assert isinstance(player.app.screen, ProblemsScreen)
            assert player.footer == "F10 Help Esc Home"
            await player.press("escape")
            await player.press("comma", "end", "enter")
            assert "F5, and then its new key." in word(player)
            await player.press("ctrl+t")
            assert "F6 keeps Esc leaves" in player.words


class TestQuestions:
    async def test_changed_keys_are_alive_when_the_usual_ones_are(self, tmp_path: Path) -> None:
        keys = 'dead_seconds = 2\n[keys]\nhelp = "f10"\n"study.leave" = "f11"\n'
        async with playing(tmp_path, SIDES, pace=None, opening=Study((SIDES,)), config=keys) as player:
            assert player.footer.endswith("F10 Help F11 Leave")
            await player.press("f10")
            assert isinstance(player.app.screen, HelpScreen)
            await player.press("escape", "escape")
            assert player.study_screen
            await player.press("f11")
            assert player.home

    async def test_vim_moves_lists_and_answers_nothing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, typing(), config='keymap = "vim"\n') as player:
            await player.press("j", "j")
            assert player.line("▌").startswith("▌ Typing")
            await player.press("k", "k", "G", "g", "j", "enter")
            before = player.text
            await player.press("j", "g", "G")
            assert player.text == before
            assert not player.answers
            await player.press("k")
            assert [answer.given for answer in player.answers] == ["KPO"], "its own letter"

    async def test_choices_with_the_letters_of_vim_are_answered_by_them(self, tmp_path: Path) -> None:
        jk = deck(choice_card("Which?", "jam", "kale"), id="jk")
        async with playing(tmp_path, jk, opening=Study((jk,)), config='keymap = "vim"\n') as player:
            keys = {option.text: option.key for option in player.question.options}
            letter = keys["jam"] or "1"
            await player.press(letter)
            assert [answer.given for answer in player.answers] == ["jam"]

    async def test_vim_writes_j_and_k_into_a_typed_answer(self, tmp_path: Path) -> None:
        words = typing()
        async with playing(tmp_path, words, opening=Study((words,)), config='keymap = "vim"\n') as player:
            await player.press(*"jkgG?,", "enter")
            assert [answer.given for answer in player.answers] == ["jkgG?,"]


def typing() -> Deck:
    """A deck with one typed card."""
    from msgspec import structs

    return structs.replace(deck(typed("jk?", "jkgG?,"), id="words"), title="Typing")


async def test_a_faulty_key_is_a_problem_and_the_usual_one_works(tmp_path: Path) -> None:
    keys = '[keys]\nhome.quiz = "p"\nnope = "x"\n"study.undo" = "u"\n'
    async with playing(tmp_path, SIDES, config=keys) as player:
        assert "▲ 3 problems in config.toml" in player.words
        await player.press("p")
        assert isinstance(player.app.screen, ProblemsScreen)
        assert "line 2:1 the key p is taken by home.problems" in player.words
        await player.press("escape", "t")
        assert player.quiz_screen


async def test_settings_lie_behind_the_keys(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        await selected(player, "home.quiz")
        await player.press("f1")
        assert isinstance(player.app.screen, HelpScreen)
        await player.press("escape", "escape")
        assert isinstance(player.app.screen, SettingsScreen)
        assert len(IDS) == len(bindings())


@pytest.mark.parametrize("keys", [[], ["f1"]], ids=["keys", "help"])
async def test_a_session_from_the_menu_lies_above_home(tmp_path: Path, keys: list[str]) -> None:
    async with playing(tmp_path, SIDES) as player:
        await selected(player, "home.quiz")
        await player.press(*keys)
        await player.choose("study bpo", "Study: BPO or KPO?")
        assert player.study_screen
        await player.press("escape")
        assert player.home


async def test_a_session_from_the_menu_over_help_ends_the_one_below(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES, opening=Study((SIDES,))) as player:
        await player.press("b", "f1")
        await player.choose("timed bpo", "Timed quiz: BPO or KPO?")
        assert player.quiz_screen
        assert len(player.answers) == 1
        await player.press("escape")
        assert player.home

"""Help, built from the bindings; and the list of what is wrong in decks."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.library import Library
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Study
from quizapp.tui.problems import ProblemsScreen
from tests.builders import deck, flip, typed
from tests.tui.app import SIZES, Player, library_in, playing, two_sided

SIDES = two_sided()
BROKEN = """choices = ["BPO", "KPO"]
[[card]]
statement = "Good."
answer = "KPO"
[[card]]
statement = "Misspelt."
answer = "BOP"
[[card]]
frnt = "x"
back = "y"
"""


def broken(folder: Path, *, decks: int = 1) -> Library:
    return library_in(folder, {f"user/broken{n}.toml": BROKEN for n in range(1, decks + 1)})


async def helped(player: Player) -> str:
    """The whole of the help, scrolled through."""
    await player.press("f1")
    assert isinstance(player.app.screen, HelpScreen)
    pages = [player.words]
    for _ in range(40):
        await player.press("down")
        pages.append(player.words)
    await player.press("escape")
    assert not isinstance(player.app.screen, HelpScreen)
    return "\n".join(pages)


class TestHelp:
    async def test_it_says_what_the_keys_do_now(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, size=(80, 50)) as player:
            await player.press("question_mark")
            text = player.text
            assert "Help: home" in text
            for line in ("Study what is selected", "Find a deck by its title", "Quit"):
                assert line in text
            assert "What is wrong in decks" not in text, "nothing is"
            await player.press("question_mark")
            assert isinstance(player.app.screen, HomeScreen), "the key that opened it closes it"
            await player.press("enter", "f1")
            lines = [" ".join(line.strip(" │─").split()) for line in player.text.splitlines()]
            assert "b k o BPO, KPO, Both" in lines
            assert "1 2 3 the same, by place" in lines
            assert "← ↓ → the same, by side" in lines
            assert "Space Show the answer; then go on (Enter too)" in lines
            assert "Esc Leave; every answer is kept" in lines
            assert not any("Undo what" in line for line in lines), "there is nothing"
            await player.press("escape", "b", "f1")
            lines = [" ".join(line.strip(" │─").split()) for line in player.text.splitlines()]
            assert "Bksp Undo what you did last, on earlier days too" in lines
            assert [line for line in lines if "Grade it" in line] == [
                f"{place} Grade it {name}" for place, name in enumerate(("Again", "Hard", "Good", "Easy"), 1)
            ]

    async def test_a_click_on_a_row_does_what_its_key_does(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=Study((SIDES,))) as player:
            await player.press("f1")
            row = next(y for y, line in enumerate(player.text.splitlines()) if "Show the answer" in line)
            await player.pilot.click(offset=(20, row))
            await player.until(lambda: not isinstance(player.app.screen, HelpScreen))
            await player.settled()
            assert player.grading.judgement is None, "the answer is shown, and nothing was given"

    async def test_it_covers_the_card_and_shows_it_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=Study((SIDES,))) as player:
            question = player.text
            prompt = player.question.prompt
            await player.press("f1")
            assert prompt not in player.words
            await player.press("b")
            assert not player.answers, "keys are the help's now"
            await player.press("escape")
            assert player.text == question
            await player.press("b")
            feedback = player.text
            await player.press("f1")
            assert prompt not in player.words
            await player.press("escape")
            assert player.text == feedback

    @pytest.mark.parametrize("size", SIZES[:2])
    async def test_every_key_of_the_question_can_be_read(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, SIDES, opening=Study((SIDES,)), size=size) as player:
            text = await helped(player)
            first, *_, last = text.splitlines()
            assert "↓ more" in first
            assert "↓ more" not in last
            for words in ("Esc closes", "Answer", "Here", "Everywhere", "Quit from anywhere"):
                assert words in text

    async def test_f1_opens_it_on_a_typed_card(self, tmp_path: Path) -> None:
        one = deck(typed("Capital of France?", "Paris"), id="one")
        async with playing(tmp_path, one, opening=Study((one,)), size=(80, 50)) as player:
            await player.press("P", "f1")
            lines = [" ".join(line.strip(" │─").split()) for line in player.text.splitlines()]
            assert "Enter Give the answer" in lines
            await player.press("escape", *"aris", "enter")
            assert [answer.given for answer in player.answers] == ["Paris"]


class TestProblems:
    @pytest.mark.parametrize("size", SIZES)
    async def test_each_with_its_place_and_remedy(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, library=broken(tmp_path), size=size) as player:
            await player.press("p")
            assert isinstance(player.app.screen, ProblemsScreen)
            pages = [player.words]
            for _ in range(12):
                await player.press("down")
                pages.append(player.words)
            text = "\n".join(pages)
            number = len(player.app.library.problems)
            assert number >= 2
            assert f"{number} problems" in text
            assert "▲ user/broken1.toml" in text
            assert "card 2, line 7:1" in text
            assert "did you mean" in text.casefold()
            assert "↓" not in pages[-1]
            assert "Home" in player.footer
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)

    async def test_many_scroll_by_pages(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=broken(tmp_path, decks=9)) as player:
            assert "problems in 9 files" in player.words
            await player.press("p")
            assert "↓" in player.text
            assert "broken9" not in player.text
            await player.press(*["space"] * 8)
            assert "broken9" in player.text
            assert "↓" not in player.text
            await player.press(*["pageup"] * 8)
            assert "broken1.toml" in player.text
            await player.press("p")
            assert isinstance(player.app.screen, HomeScreen)

    async def test_a_deck_that_is_no_toml(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, {"user/bad.toml": '[[card]]\nfront = "x\n'})
        async with playing(tmp_path, library=library) as player:
            assert "▲ 1 problem in bad.toml" in player.words
            await player.press("p")
            assert "1 problem" in player.words
            assert "line 2:" in player.words

    async def test_the_good_cards_work(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=broken(tmp_path)) as player:
            await player.press("enter")
            assert player.question.prompt == "Good."

    async def test_problems_of_one_deck_do_not_hide_another(self, tmp_path: Path) -> None:
        whole = deck(flip("uno", "one"), id="whole")
        library = broken(tmp_path)
        library = Library(decks={**library.decks, "whole": whole}, problems=library.problems)
        async with playing(tmp_path, library=library) as player:
            assert player.line("Whole") == "Whole 0 due 1 new"

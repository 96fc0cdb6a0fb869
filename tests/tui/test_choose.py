"""Choosing what to study: decks, a tag, an aspect, flagged cards, leeches, everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from quizapp.learn.study import Asking
from quizapp.record import Mark, Ref
from quizapp.tui.choose import ChooseScreen
from quizapp.tui.study import StudyScreen
from tests.builders import deck, flip
from tests.tui.app import Player, playing

WORDS = structs.replace(
    deck(
        structs.replace(flip("hola", "hello", aspect="greeting"), tags=("short",)),
        structs.replace(flip("adiós", "goodbye", aspect="greeting"), tags=("long [b]",)),
        id="words",
    ),
    title="Spanish: first words",
)
RIVERS = structs.replace(
    deck(structs.replace(flip("Po", "Adriatic"), tags=("Short",)), flip("Volga", "Caspian"), id="rivers"),
    title="Rivers",
)
MORE = structs.replace(deck(flip("x", "y"), id="more"), title="More")


async def asked(player: Player) -> set[str]:
    """Study to the end; what was asked."""
    prompts = set()
    while isinstance(player.study.view, Asking):
        prompts.add(player.question.card.prompt)
        await player.press("space", "4" if not player.study.cram else "space")
    return prompts


class TestChoosing:
    @pytest.mark.parametrize("size", [(40, 15), (80, 24), (160, 50)])
    async def test_it_lists_what_there_is_and_what_waits(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, WORDS, RIVERS, size=size) as player:
            await player.press("o")
            assert player.line("▌") == "▌ Everything 0 due 4 new"
            assert player.line("Choose what to study") == "Choose what to study 4 cards"
            await player.press("down")
            assert player.line("▌") == "▌ Flagged cards 0 due 0 new"
            await player.press("down", "down")
            assert player.line("▌").startswith("▌ [ ] Spanish")
            assert player.line("▌").endswith("0 due 2 new")
            await player.press("down", "down")
            assert player.line("▌").removesuffix(" ↓") in ("▌ long [b] 0 due 1 new", "▌↓long [b] 0 due 1 new")
            await player.press("down")
            assert player.line("▌").replace("▌↓", "▌ ") == "▌ short 0 due 2 new"
            await player.press("end")
            assert player.line("▌") == "▌ greeting 0 due 2 new"

    async def test_a_tag_is_studied_in_all_decks(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS, MORE) as player:
            await player.press("o", "end", "up", "enter")
            assert isinstance(player.app.screen, StudyScreen)
            assert await asked(player) == {"hola", "Po"}
            assert player.line("Tag short")
            await player.press("escape")
            assert player.home

    async def test_decks_are_marked_and_a_tag_is_studied_in_these(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS, MORE) as player:
            await player.press("o", "down", "down", "down", "down", "space")
            assert player.line("▌") == "▌ [x] Rivers 0 due 2 new"
            assert "Everything in 1 deck" in player.text
            await player.press("end", "enter")
            assert await asked(player) == {"Po"}

    async def test_several_marked_decks_are_studied_together(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS, MORE) as player:
            await player.press(
                "o", "down", "down", "down", "down", "space", "down", "space", "space", "space"
            )
            await player.press("enter")
            assert await asked(player) == {"Po", "Volga", "x"}
            assert player.line("2 decks")

    async def test_the_deck_that_was_selected_at_home_is_marked(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS) as player:
            await player.press("down", "o")
            assert player.line("▌") == "▌ Everything in 1 deck 0 due 2 new"
            assert "[x] Spanish" in player.text

    async def test_an_unmarked_deck_is_studied_alone(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS) as player:
            await player.press("o", "down", "down", "down", "down", "enter")
            assert await asked(player) == {"Po", "Volga"}

    async def test_flagged_cards_are_a_choice(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS) as player:
            player.store.append([], marks={Ref("rivers", RIVERS.cards[1].key): Mark(flagged=True)})
            await player.press("o", "down")
            assert player.line("▌") == "▌ Flagged cards 0 due 1 new"
            await player.press("enter")
            assert await asked(player) == {"Volga"}

    async def test_find_leaves_what_has_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS) as player:
            await player.press("o", "slash", *"greet", "enter")
            assert player.line("▌") == "▌ greeting 0 due 2 new"
            assert "Rivers" not in player.text
            await player.press("escape")
            assert "Rivers" in player.text
            await player.press("slash", *"xyz")
            assert player.footer == "F1 Help Esc All rows", "all other keys are text"
            assert "no row has that" in player.text
            await player.press("enter", "enter", "c", "space")
            assert isinstance(player.app.screen, ChooseScreen)
            await player.press("escape", "escape")
            assert player.home

    async def test_cram_asks_what_is_not_due_and_moves_nothing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS, RIVERS) as player:
            await player.press("enter")
            await asked(player)
            await player.press("escape")
            memories = player.store.memories(["words", "rivers"])
            await player.press("o", "end", "c")
            assert player.study.cram
            assert isinstance(player.study.view, Asking)
            assert {card.prompt for card in WORDS.cards} >= {player.question.card.prompt}
            assert player.store.memories(["words", "rivers"]) == memories

"""Text that looks like markup, carries escapes, or is hard to lay out is shown as it was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs
from textual import events
from textual.command import CommandPalette

from quizapp.deck.card import Card, Choice, Deck, Statement, Typed
from quizapp.deck.library import Hidden, Library
from quizapp.deck.text import visible
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.problem import Problem
from quizapp.tui.opening import Quiz, Study
from quizapp.tui.problems import ProblemsScreen
from quizapp.tui.results import ResultsScreen
from tests.builders import deck, flip, statement, typed
from tests.tui.app import NO_HURRY, SIZES, Player, choice_card, library_in, playing

MARKUP = ["[red]", "[/foo]", "list[int]", "[@click=app.quit]x[/]", "[/]", "\\[b]", "$text-error", "{0}"]
ESCAPES = ["\x1b]0;x\x07", "\x1b[31mred", "a\x00b", "\x7f\x9b2J", "c\rd"]
SCRIPTS = [
    "👩‍👩‍👧 family",
    "漢字仮名",
    "שלום עולם",
    "\u202eright\u202c to left",
    "e\u0301te\u0301",
    "🇫🇷 flag",
]
HOSTILE = [*MARKUP, *ESCAPES, *SCRIPTS]


def hostile_deck(texts: list[str]) -> Deck:
    """A deck that has the texts everywhere, as the reader hands them on."""
    shown = [visible(text) for text in texts]
    every = " ".join(shown)
    cards = (
        statement(f"S {every}", shown[0], choices=tuple(shown), why=f"Why {every}"),
        structs.replace(flip(f"F {every}", f"Back {every}"), why=f"Why {every}"),
        structs.replace(choice_card(f"C {every}", *shown), why=f"Why {every}"),
        structs.replace(typed(f"T {every}", f"Typed {every}"), why=f"Why {every}"),
    )
    return structs.replace(deck(*cards, id="hostile"), title=shown[0])


def shows(player: Player, *texts: str) -> None:
    """Each text is on the screen, and nothing there could reach the terminal as a control."""
    screen = player.text
    squeezed = "".join(screen.split())
    for text in texts:
        assert "".join(text.split()) in squeezed, f"{text!r} is not in\n{screen}"
    assert not [sign for sign in screen if sign != "\n" and visible(sign) != sign]


class TestEverywhere:
    @pytest.mark.parametrize("texts", [MARKUP, ESCAPES, SCRIPTS], ids=["markup", "escapes", "scripts"])
    async def test_it_is_shown_as_it_is_written(self, tmp_path: Path, texts: list[str]) -> None:
        hostile = hostile_deck(texts)
        shown = [visible(text) for text in texts]
        every = " ".join(shown)
        title = shown[0]
        async with playing(tmp_path, hostile, pace=NO_HURRY, size=(80, 50)) as player:
            shows(player, title, f"S {every}")
            await player.press("down", "enter")
            for _ in hostile.cards:
                card = player.question.card
                shows(player, title, card.prompt)
                match card:
                    case Statement() | Choice():
                        shows(player, *shown)
                        await player.answer(right=False)
                        shows(player, f"It is {'◆' * isinstance(card, Statement)}{card.answer}", card.why)
                        await player.press("f1")
                        shows(player, "Help: study")
                        await player.press("escape")
                    case Typed():
                        player.app.post_message(events.Paste("\x1b[red]"))
                        await player.settled()
                        await player.press("enter")
                        shows(player, "␛[red]", f"It is Typed {every}", card.why)
                    case _:
                        await player.press("space")
                        shows(player, f"Back {every}", card.why)
                await player.press("4")
            shows(player, "4 cards studied.", title)
            await player.press("r")
            shows(player, "no clock.", *shown)
            await player.press("f1")
            shows(player, "Help: practice", *shown)
            await player.press("escape", "space")
            wrong = True
            while not isinstance(player.app.screen, ResultsScreen):
                await player.answer(right=not wrong)
                wrong = False
                shows(player, player.judged.question.card.why)
                await player.go_on()
            missed = next(card for card in hostile.cards if card.key == player.results.results.missed[0].card)
            shows(player, title, missed.prompt, missed.why, missed.answer)
            await player.press("c")
            assert player.app.clipboard.startswith(title)

    async def test_titles_at_home_and_in_the_menu(self, tmp_path: Path) -> None:
        shown = [visible(text) for text in HOSTILE]
        decks = [
            structs.replace(deck(flip(f"F {text}", "b"), id=f"d{n}"), title=text)
            for n, text in enumerate(shown)
        ]
        async with playing(tmp_path, *decks, size=(100, 240)) as player:
            shows(player, *shown[:12])
            await player.press("end")
            shows(player, *shown[-12:])
            await player.press("slash", *"[r", "enter")
            shows(player, "[red]", "F [red]")
            await player.press("escape", "ctrl+p")
            await player.until(lambda: isinstance(player.app.screen, CommandPalette))
            await player.until(lambda: "Study: 🇫🇷 flag" in player.text)
            shows(player, *(f"Study: {text}" for text in shown))


class TestNotifications:
    async def test_problems_and_hidden_decks(self, tmp_path: Path) -> None:
        texts = [visible(text) for text in HOSTILE]
        problems = tuple(
            Problem(f"decks/{text}.toml", 1, 2, 3, f"message {text}", f"remedy {text}") for text in HOSTILE
        )
        hidden = (Hidden("[red]id", Path("[/foo]/used"), Path("list[int]/\x1bhidden")),)
        library = Library(decks={}, problems=problems, hidden=hidden)
        async with playing(tmp_path, library=library, size=(100, 120)) as player:
            await player.press("p")
            assert isinstance(player.app.screen, ProblemsScreen)
            shows(player, *(f"decks/{text}.toml" for text in texts))
            shows(player, *(f"message {text}" for text in texts), *(f"remedy {text}" for text in texts))
            shows(player, "Two decks are called [red]id.", "[/foo]/used", "list[int]/␛hidden")

    async def test_a_single_broken_file_with_such_a_name(self, tmp_path: Path) -> None:
        problem = Problem("decks/[red]\x1b.toml", 1, 1, None, "m", "")
        async with playing(tmp_path, library=Library(decks={}, problems=(problem,))) as player:
            shows(player, "1 problem in [red]␛.toml")

    async def test_from_a_file(self, tmp_path: Path) -> None:
        def quoted(text: str) -> str:
            return json.dumps(text, ensure_ascii=True)

        cards = "".join(
            f"[[card]]\nfront = {quoted('F ' + text)}\nback = {quoted('B ' + text)}\n"
            for text in (*MARKUP, "\x1b]0;x", "\u202ertl")
        )
        library = library_in(tmp_path, {"user/[red].toml": f"title = {quoted('[/foo]')}\n{cards}"})
        async with playing(tmp_path, library=library) as player:
            shows(player, "[/foo]", "F [red]")
            await player.press("enter")
            for text in MARKUP:
                shows(player, f"F {text}")
                await player.press("space")
                shows(player, f"B {text}")
                await player.press("4")

    async def test_an_empty_library_in_such_a_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "[red]" / "list[int]"
        folder.mkdir(parents=True)
        async with playing(folder, library=Library(decks={})) as player:
            shows(player, "[red]/list[int]/")


class TestLong:
    @pytest.mark.parametrize("size", SIZES[:2])
    async def test_five_thousand_characters_everywhere(self, tmp_path: Path, size: tuple[int, int]) -> None:
        long = ("A word and another, " * 250)[:4999] + "."
        unbroken = "x" * 5000
        cards: list[Card] = [
            structs.replace(statement(long, "BPO"), why=long),
            structs.replace(flip(unbroken, unbroken), why=unbroken),
            choice_card(f"{long}?", long, f"{unbroken}", "short"),
        ]
        huge = structs.replace(deck(*cards, id="huge"), title=long)
        async with playing(tmp_path, huge, size=size, pace=NO_HURRY) as player:
            assert "…" in player.text
            await player.press("enter")
            for _ in cards:
                before = player.regions
                assert "…" in player.text.splitlines()[before["Header"].y], "the title is cut with a sign"
                assert "↓" in player.text
                await player.press("1" if player.question.options else "space")
                assert player.regions["Front"] == before["Front"]
                assert player.regions["KeyFooter"] == before["KeyFooter"]
                await player.press("4")
            await player.press("escape", "t", "space")
            await player.answer(right=False)
            await player.press("escape", "escape")
            assert "1 missed" in player.words or "1 missed ↓" in player.words

    @pytest.mark.parametrize("size", SIZES[:2])
    async def test_nine_choices_of_odd_lengths(self, tmp_path: Path, size: tuple[int, int]) -> None:
        choices = ("漢字" * 12, "a", "b" * 40, "👩‍👩‍👧", "[red]", "f", "g", "h", "i")
        many = deck(statement("Which of nine?", "[red]", choices=choices), id="many")
        async with playing(tmp_path, many, opening=Study((many,)), size=size) as player:
            before = player.regions
            shows(player, "[red]", "漢字漢字", "Which of nine?")
            await player.press("9")
            assert player.regions == before
            shows(player, "✗ i", "✓ [red]")
            assert [answer.given for answer in player.answers] == ["i"]


class TestSmallDecks:
    async def test_quiz_of_one_card(self, tmp_path: Path) -> None:
        one = deck(statement("Alone.", "BPO"), id="one")
        opening = Quiz(one, QuizSetup(mode=Mode.PRACTICE))
        async with playing(tmp_path, one, opening=opening, pace=NO_HURRY) as player:
            await player.press("space")
            await player.answer(right=False)
            await player.go_on()
            await player.answer(right=True)
            await player.go_on()
            assert "1 missed" in player.words
            assert [answer.scored for answer in player.answers] == [True, False]

    async def test_study_of_no_cards(self, tmp_path: Path) -> None:
        none = deck(id="none")
        async with playing(tmp_path, none, opening=Study((none,))) as player:
            shows(player, "Nothing to study here.")
            await player.press("space", "1", "backspace", "t", "r", "b")
            shows(player, "Nothing to study here.")
            assert not player.answers

"""Text that looks like markup, carries escapes, or is hard to lay out is shown as it was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs
from textual.app import App

from quizapp.deck.card import Choice, Deck, Statement, Typed, card_key
from quizapp.deck.card import Kind as CardKind
from quizapp.deck.library import Hidden, Library
from quizapp.deck.text import visible
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.problem import Problem
from quizapp.tui.opening import Quiz, Study
from quizapp.tui.problems import ProblemsScreen
from tests.builders import deck, flip, statement
from tests.tui.app import NO_HURRY, SIZES, Player, choice_card, library_in, playing

MARKUP = ["[red]", "[/foo]", "list[int]", "[@click=app.quit]x[/]", "[/]", "\\[b]", "$text-error", "{0}"]
ESCAPES = ["\x1b]0;x\x07", "\x1b[31mred", "a\x00b", "\x7f\x9b2J", "c\rd"]
SCRIPTS = ["👩‍👩‍👧 family", "漢字仮名", "שלום עולם", "\u202eright\u202c to left", "e\u0301te\u0301", "🇫🇷 flag"]
HOSTILE = [*MARKUP, *ESCAPES, *SCRIPTS]


def hostile_deck(text: str) -> Deck:
    """A deck that has the text everywhere."""
    shown = visible(text)  # as the reader hands it on
    choices = (f"{shown}A", f"{shown}B")
    cards = (
        structs.replace(statement(f"S {shown}", choices[0], choices=choices), why=f"Why {shown}"),
        structs.replace(flip(f"F {shown}", f"Back {shown}"), why=f"Why {shown}"),
        structs.replace(choice_card(f"C {shown}", f"{shown}1", f"{shown}2"), why=f"Why {shown}"),
        Typed(
            key=card_key(CardKind.TYPED, prompt=f"T {shown}"),
            entry=0,
            prompt=f"T {shown}",
            answer=f"Typed {shown}",
            why=f"Why {shown}",
        ),
    )
    return structs.replace(deck(*cards, id="hostile"), title=f"Title {shown}")


def shows(player: Player, *texts: str) -> None:
    """Each text is on the screen, and nothing there could reach the terminal as a control."""
    screen = player.text
    squeezed = "".join(screen.split())
    for text in texts:
        assert "".join(text.split()) in squeezed, f"{text!r} is not in\n{screen}"
    assert not [sign for sign in screen if sign != "\n" and visible(sign) != sign]


class TestEverywhere:
    @pytest.mark.parametrize("text", HOSTILE, ids=[f"{text!a}" for text in HOSTILE])
    async def test_it_is_shown_as_it_is_written(self, tmp_path: Path, text: str) -> None:
        written = visible(text)
        hostile = hostile_deck(text)
        async with playing(tmp_path, hostile, pace=NO_HURRY) as player:
            shows(player, f"Title {written}", f"S {written}", f"{written}A", f"{written}B")
            await player.press("enter")
            for _ in hostile.cards:
                card = player.question.card
                shows(player, f"Title {written}", card.prompt)
                match card:
                    case Statement() | Choice():
                        await player.answer(right=False)
                        shows(player, f"Wrong. It is {'◆' * isinstance(card, Statement)} {card.answer}")
                        await player.press("f1")
                        shows(player, "Help: study")
                        await player.press("escape")
                    case Typed():
                        await player.press("x", "enter")
                        shows(player, f"It is Typed {written}", f"Why {written}")
                    case _:
                        await player.press("space")
                        shows(player, f"Back {written}", f"Why {written}")
                await player.press("4")
            shows(player, "4 cards studied.")
            assert [answer.given for answer in player.answers if answer.given.endswith("B")] == [f"{written}B"]
            await player.press("escape")
            await player.press("r")
            shows(player, f"1 {written}A" if not option_key(hostile, 0) else f"{option_key(hostile, 0)} {written}A")
            await player.press("space")
            while not player.app.screen.query("#results"):
                await player.answer(right=len(player.answers) != 4)
                await player.go_on()
            shows(player, f"Title {written}", "1 missed")
            await player.press("c")
            assert player.app.clipboard.startswith(f"Title {written}")
            assert isinstance(player.app, App)


def option_key(hostile: Deck, place: int) -> str:
    return hostile.keys[place]


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

    async def test_a_toast_with_such_words(self, tmp_path: Path) -> None:
        hostile = structs.replace(deck(flip("a", "b"), id="h"), title="[red]")
        async with playing(tmp_path, hostile) as player:
            await player.press("t")
            await player.until(lambda: "A quiz can't judge flip cards" in player.words)


class TestLong:
    @pytest.mark.parametrize("size", SIZES)
    async def test_five_thousand_characters_everywhere(self, tmp_path: Path, size: tuple[int, int]) -> None:
        long = ("A word and another, " * 250)[:4999] + "."
        unbroken = "x" * 5000
        cards = [
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
        async with playing(tmp_path, many, opening=Study(many), size=size) as player:
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
        async with playing(tmp_path, none, opening=Study(none)) as player:
            shows(player, "Nothing to study here.")
            await player.press("space", "1", "backspace", "t", "r", "b")
            shows(player, "Nothing to study here.")
            assert not player.answers

"""The deck about the keys says what is so: its keys are bound, its entries name what is there."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from quizapp.cli.group import COMMANDS
from quizapp.deck.card import Card
from quizapp.deck.library import load_library, shipped_folder
from quizapp.learn.study import Asking
from quizapp.tui.keymap import EVERYWHERE, bindings
from tests.builders import DAY_MS, FakeClock
from tests.tui.app import playing

# How the deck's words call each key of a binding that an entry names with `from`: (id, key as bound, words).
CALLED = [
    ("study.space", "space", "Space"),
    ("study.enter", "enter", "Enter"),
    ("study.grade", "1", "1 is Again"),
    ("study.hard", "2", "2 Hard"),
    ("study.good", "3", "3 Good"),
    ("study.easy", "4", "4 Easy"),
    ("study.undo", "backspace", "Backspace"),
    ("study.leave", "escape", "Esc"),
    ("home.study", "enter", "Enter"),
    ("home.quiz", "t", "t starts a timed quiz"),
    ("home.practice", "r", "r is practice"),
    ("home.find", "slash", "/"),
    ("home.settings", "comma", "a comma opens settings"),
    ("home.all", "escape", "Esc"),
    ("home.quit", "q", "q"),
    ("list.up", "up", "arrows"),
    ("list.down", "down", "arrows"),
    ("quiz.pause", "escape", "Esc"),
    ("quiz.space", "space", "Space"),
    ("quiz.clock", "f2", "F2"),
    ("quiz.mode", "f9", "F9"),
    ("quiz.choices", "f7", "F7"),
    ("help", "question_mark", "?"),
    ("help", "f1", "F1"),
    ("menu", "ctrl+p", "^p"),
    ("quit", "ctrl+q", "^q"),
]


@pytest.fixture(scope="module")
def entries() -> dict[int, list[Card]]:
    """The deck's cards by their entry."""
    library = load_library(user=Path("nowhere"), shipped=shipped_folder())
    found: dict[int, list[Card]] = defaultdict(list)
    for card in library.decks["quizapp-keys"].cards:
        found[card.entry].append(card)
    return found


def named(cards: list[Card]) -> list[str]:
    """What an entry's `from` names."""
    return [name.strip() for name in cards[0].source.split(",")]


def said(cards: list[Card]) -> str:
    """All that an entry says of its own accord: no wrong answers."""
    return " ".join(text for card in cards for text in (card.prompt, card.answer, card.why))


def test_each_source_is_a_binding_a_command_or_a_page(entries: dict[int, list[Card]]) -> None:
    for cards in entries.values():
        for name in named(cards):
            command = re.fullmatch(r"quizapp (\w+)", name)
            if command:
                assert command[1] in COMMANDS, name
            elif name.endswith(".md"):
                assert (Path(__file__).parents[2] / name).is_file(), name
            else:
                assert name in bindings(), name


@pytest.mark.parametrize(("id_", "key", "words"), CALLED)
def test_the_keys_it_names_are_bound(entries: dict[int, list[Card]], id_: str, key: str, words: str) -> None:
    assert key in bindings()[id_].keys.split(",")
    about = [said(cards) for cards in entries.values() if id_ in named(cards)]
    assert about
    assert any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) for text in about), about


def test_the_table_has_every_binding_that_the_deck_names(entries: dict[int, list[Card]]) -> None:
    known = bindings()
    deck = {name for cards in entries.values() for name in named(cards) if name in known}
    assert deck == {id_ for id_, _, _ in CALLED}


def test_every_function_key_and_caret_in_it_is_in_the_table(entries: dict[int, list[Card]]) -> None:
    named_keys = {key for cards in entries.values() for key in re.findall(r"\bF\d+|\^\w", said(cards))}
    assert named_keys == {words for _, _, words in CALLED if re.fullmatch(r"F\d+|\^\w", words)}


def test_the_places_it_gives_them_are_theirs(entries: dict[int, list[Card]]) -> None:
    known = bindings()
    for id_ in ("home.study", "home.find", "home.settings", "home.quiz", "home.quit"):
        assert known[id_].screens == ("home",)
    assert known["study.undo"].screens == ("study",), "a quiz has no undo"
    assert known["quit"].screens == (EVERYWHERE,)
    # A letter on a question is an answer: none is bound there but those of the summary after the last card.
    letters = {
        key
        for bound in known.values()
        if {"study", "quiz"} & set(bound.screens)
        for key in bound.keys.split(",")
        if len(key) == 1 and key.isalpha()
    }
    assert letters == {"a", "r", "t"}


async def test_today_begins_with_a_card_of_bpo_or_kpo_on_any_day(tmp_path: Path) -> None:
    library = load_library(user=tmp_path / "none", shipped=shipped_folder())
    clock = FakeClock()
    async with playing(tmp_path, library=library, clock=clock) as player:
        for _ in range(5):
            view = player.app.sessions.preview(library.decks.values())
            assert isinstance(view, Asking)
            assert view.item.ref.deck == "bpo-or-kpo"
            clock.forward(DAY_MS)
        await player.press("t")
        assert player.quiz_screen.deck.id == "bpo-or-kpo"

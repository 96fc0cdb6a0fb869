"""The list of a deck's cards: opened, filtered, sorted, and what is set for a card there."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from textual import events

from quizapp.deck.card import Deck, Flip
from quizapp.deck.library import Library
from quizapp.record import EventType, Mark, Memory, Ref, State
from quizapp.tui.browse import BrowseScreen
from quizapp.tui.card import CardScreen
from quizapp.tui.deck import DeckScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.widgets.card_list import CardHead, CardList
from quizapp.tui.widgets.card_words import CardWords
from quizapp.tui.widgets.filter_line import FilterLine
from tests.builders import FakeClock, deck, flip, statement, typed
from tests.tui.app import SIZES, Player, library_in, library_of, playing

PETS = deck(
    statement("It barks.", "Dog", choices=("Dog", "Cat"), aspect="voice", why="A cat mews."),
    statement("It mews.", "Cat", choices=("Dog", "Cat"), aspect="voice"),
    structs.replace(flip("What does it catch?", "Mice"), tags=("food",)),
    typed("What is a young dog called?", "puppy"),
    id="pets",
)


def listed(player: Player) -> list[str]:
    """The prompts that the list holds, in its order."""
    return [row.card.prompt for row in player.app.screen.query_one(CardList)._cards]


def selected(player: Player) -> str:
    """The prompt of the selected card."""
    screen = player.app.screen
    assert isinstance(screen, BrowseScreen)
    assert screen.selected is not None
    return screen.selected.card.prompt


def said(player: Player) -> str:
    """What is said of the selected card, below the list."""
    return " ".join(str(player.app.screen.query_one(CardWords).render()).split())


def memory(due: str = "2026-01-01", *, lapses: int = 0) -> Memory:
    """A card's, in review."""
    return Memory(State.REVIEW, None, 12.0, 5.0, FakeClock().at_ms, "2025-12-20", None, due, 3, lapses)


def mark(player: Player, place: int) -> Mark:
    """What is set for a card."""
    return player.store.mark(Ref(PETS.id, PETS.cards[place].key))


async def test_it_opens_on_the_selected_deck_and_closes(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("b")
        assert isinstance(player.app.screen, HomeScreen)  # Today is no deck
        await player.press("down", "b")
        assert isinstance(player.app.screen, BrowseScreen)
        assert player.line("Pets") == "Pets 4 cards"
        assert listed(player) == [card.prompt for card in PETS.cards]
        assert said(player) == "It barks. Dog A cat mews. Never studied."
        await player.press("escape")
        assert isinstance(player.app.screen, HomeScreen)


async def test_it_opens_from_the_decks_page_and_from_the_menu(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "i", "l")
        assert isinstance(player.app.screen, BrowseScreen)
        await player.press("escape")
        assert isinstance(player.app.screen, DeckScreen)
        await player.press("escape")
        await player.choose("cards pets", "Cards: Pets")
        await player.settled()
        assert isinstance(player.app.screen, BrowseScreen)


async def test_typing_filters_and_esc_shows_all_again(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "end", "slash", *"dog")
        assert listed(player) == ["It barks.", "What is a young dog called?"]
        assert player.line("Pets") == "Pets 2 of 4 cards"
        await player.press("backspace", "backspace", "backspace", *"m")
        assert listed(player) == ["It barks.", "It mews.", "What does it catch?"]
        assert selected(player) == "It barks."
        await player.press("escape")
        assert len(listed(player)) == 4
        # What was selected before the filter left it out is selected again.
        assert selected(player) == "What is a young dog called?"
        assert player.app.screen.query_one(CardList).has_focus
        await player.press("slash", "escape")
        assert isinstance(player.app.screen, BrowseScreen)
        await player.press("escape")
        assert isinstance(player.app.screen, HomeScreen)


async def test_letters_are_text_while_the_filter_has_the_keys(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "slash", *"sub?")
        assert player.app.screen.query_one(FilterLine).value == "sub?"
        assert "No card is like that. Esc shows all." in player.words
        assert player.footer == "↓ List F1 Help Esc All cards"
        await player.press("f6", "enter")
        assert not player.events(EventType.SUSPEND)
        await player.press("s")
        assert player.app.screen.query_one(FilterLine).value == "sub?"


async def test_what_was_selected_in_the_filtered_list_stays_selected(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "slash", *"dog", "down", "down", "escape")
        assert len(listed(player)) == 4
        assert selected(player) == "What is a young dog called?"


async def test_conditions_and_what_means_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "slash", *"tag:food")
        assert listed(player) == ["What does it catch?"]
        await player.press("escape", "slash", *"is:")
        assert "is: due, new, leech, flagged, suspended, buried" in player.text
        await player.press(*"xyz")
        assert "▲ There is no is:xyz." in player.words
        known = "There are due, new, leech, flagged, suspended, buried. Esc shows all."
        assert known in player.words
        assert "0 of 4 cards" in player.words
        await player.press("escape")
        assert len(listed(player)) == 4
        assert "▲" not in player.text
        assert "Card" in player.text


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (200, 60)])
async def test_every_sentence_on_a_filter_can_be_read(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, PETS, size=size) as player:
        await player.press("down", "b")
        for typed_ in (
            "is:",
            "is:ripe",
            "is:leach",
            "kind:statemant",
            "kind:x",
            "kind:",
            "tags:x",
            "where:x",
        ):
            await player.press("slash", *typed_)
            head = str(player.app.screen.query_one(CardHead).render())
            assert head.strip()
            assert "…" not in head
            if typed_.endswith(":"):
                assert len(listed(player)) == 4
            else:
                assert "Esc shows all." in player.words
            await player.press("escape")


async def test_it_is_sorted_and_turned_and_says_by_what(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        refs = [Ref(PETS.id, card.key) for card in PETS.cards]
        memories = {refs[1]: memory("2026-01-09", lapses=8), refs[3]: memory("2026-01-03")}
        player.store.append([], memories=memories)
        await player.press("down", "b", "s")
        assert "Due ↓" in player.text
        assert [prompt[:6] for prompt in listed(player)] == ["What i", "It mew", "It bar", "What d"]
        assert selected(player) == "It barks."
        await player.press("S")
        assert "Due ↑" in player.text
        assert [prompt[:6] for prompt in listed(player)] == ["It mew", "What i", "It bar", "What d"]
        await player.press("s", "s", "s")
        assert "Card ↓" in player.text
        assert listed(player) == sorted(listed(player))
        await player.press("s", "s")
        # No column of its own in 80 cells.
        assert "Card, by aspect ↓" in player.text
        await player.press("s", "s")
        assert "↓" not in player.text
        assert listed(player) == [card.prompt for card in PETS.cards]


async def test_a_click_on_a_columns_name_sorts(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b")
        row = player.app.screen.query_one(CardHead).region.y
        at = player.text.splitlines()[row].index("Answer")
        for shown in ("Answer ↓", "Answer ↑", "Answer"):
            await player.pilot.click(offset=(at, row))
            await player.settled()
            assert shown in player.text
        assert "↑" not in player.text


async def test_the_columns_are_those_that_there_is_room_for(tmp_path: Path) -> None:
    names = {
        (40, 15): "Card Due",
        (80, 24): "Card Answer Due Memory",
        (120, 40): "Card Answer Aspect Kind Due Memory Forgotten",
        (200, 60): "Card Answer Aspect Kind Due Memory Forgotten",
    }
    for size, expected in names.items():
        async with playing(tmp_path / f"{size[0]}", PETS, size=size) as player:
            await player.press("down", "b")
            head = player.app.screen.query_one(CardHead)
            assert " ".join(str(head.render()).split()) == expected
            assert all(len(line) <= size[0] for line in player.text.splitlines())


async def test_a_card_is_suspended_brought_back_and_that_is_undone(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "down", "f6")
        assert mark(player, 1) == Mark(suspended=True)
        assert "It mews. Cat suspended" in player.line("It mews.  ")
        assert "Suspended: not asked until it is brought back." in said(player)
        await player.press("f6")
        assert mark(player, 1) == Mark()
        await player.press("u")
        assert mark(player, 1) == Mark(suspended=True)
        await player.press("backspace")
        assert mark(player, 1) == Mark()
        assert player.store.marks([PETS.id]) == {}
        assert "Undone: suspending “It mews.”" in player.words


async def test_a_card_is_buried_and_flagged(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "f8", "f4")
        assert mark(player, 0) == Mark(buried="2026-01-02", flagged=True)
        assert "⚑" in player.line("It barks.  ")
        assert "buried" in player.line("It barks.  ")
        await player.press("u")
        assert mark(player, 0) == Mark(buried="2026-01-02")
        await player.press("f4", "f4", "u")
        assert mark(player, 0).flagged
        await player.press("u", "u")
        assert mark(player, 0) == Mark()


async def test_undo_is_offered_only_where_there_is_something(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "u")
        assert not player.events()
        await player.press("f4", "u", "u", "u")
        assert len(player.events()) == 2


async def test_what_the_filter_leaves_out_then_makes_room_for_the_next(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "slash", *"-is:suspended", "enter", "down", "f6")
        assert len(listed(player)) == 3
        assert selected(player) == "What does it catch?"
        await player.press("end", "f6")
        assert selected(player) == "What does it catch?"
        await player.press("u")
        assert selected(player) == "What is a young dog called?"


async def test_a_leech_and_a_flag_have_signs_besides_words(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS, size=(40, 15)) as player:
        ref = Ref(PETS.id, PETS.cards[0].key)
        player.store.append([], memories={ref: memory(lapses=9)})
        await player.press("down", "b", "f4")
        assert "▌ ⚑↻ It barks." in player.text


async def test_the_whole_card_is_shown(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS, size=(40, 15)) as player:
        await player.press("down", "b", "space")
        assert isinstance(player.app.screen, CardScreen)
        assert "Choices Dog, Cat" in player.words
        assert "Why A cat mews." in player.words
        assert "Now Never studied." in player.words
        await player.press("escape")
        assert isinstance(player.app.screen, BrowseScreen)


async def test_cards_of_one_entry_are_rows_of_their_own(tmp_path: Path) -> None:
    text = (
        'title = "Two"\n[[card]]\nfront = "a"\nback = "b"\nreverse = true\n[[card]]\ncloze = "{x} and {y}"\n'
    )
    async with playing(tmp_path, library=library_in(tmp_path, {"user/two.toml": text})) as player:
        await player.press("down", "b")
        assert listed(player) == ["a", "b", "[…] and y", "x and […]"]
        await player.press("end", "space")
        assert "Cloze, 2 of 2 of its entry" in player.text
        assert "Entry 2 of two.toml" in player.text


async def test_filter_order_and_selection_are_kept_while_the_app_runs(tmp_path: Path) -> None:
    other = deck(flip("other", "x"), id="other")
    async with playing(tmp_path, PETS, other) as player:
        await player.press("down", "b")
        if "Pets" not in player.text:
            await player.press("escape", "down", "b")
        await player.press("s", "s", "s", "s", "S", "slash", *"it", "enter", "end")
        before, card = listed(player), selected(player)
        player.app.screen.dismiss()
        await player.settled()
        player.app.sessions.browse(other)
        await player.settled()
        assert listed(player) == ["other"]
        await player.press("escape")
        player.app.sessions.browse(PETS)
        await player.settled()
        assert (listed(player), selected(player)) == (before, card)
        assert player.app.screen.query_one(FilterLine).value == "it"


def saved(player: Player, changed: Deck | None) -> None:
    """The app has other decks now."""
    player.app.library = library_of(changed) if changed is not None else Library(decks={})
    screen = player.app.screen
    assert isinstance(screen, BrowseScreen)
    screen.decks_changed()


async def test_a_saved_deck_is_shown_with_the_same_card_selected(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "down", "down")
        first, second, third, fourth = PETS.cards
        saved(player, structs.replace(deck(fourth, third, first, second), id="pets", title="Animals"))
        await player.settled()
        assert player.line("Animals") == "Animals 4 cards"
        assert listed(player)[0] == fourth.prompt
        assert selected(player) == third.prompt


async def test_after_its_card_has_gone_the_next_one_is_selected(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "down")
        first, _, third, fourth = PETS.cards
        saved(player, structs.replace(deck(first, third, fourth), id="pets"))
        await player.settled()
        assert selected(player) == third.prompt
        await player.press("end")
        saved(player, structs.replace(deck(first, third), id="pets"))
        await player.settled()
        assert selected(player) == third.prompt


async def test_a_card_that_says_something_else_now_stays_selected(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "s", "s", "s", "s", "end")
        card = selected(player)
        place = next(place for place, one in enumerate(PETS.cards) if one.prompt == card)
        cards = list(PETS.cards)
        cards[place] = flip("An edited prompt", "x")
        saved(player, structs.replace(deck(*cards), id="pets"))
        await player.settled()
        assert selected(player) == "An edited prompt"
        assert listed(player)[0] == "An edited prompt"


async def test_a_deck_that_has_gone_stays_as_it_was(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b")
        saved(player, None)
        await player.settled()
        assert len(listed(player)) == 4
        await player.press("f4")
        assert "⚑" in player.text


async def test_a_deck_that_is_saved_while_help_lies_over_it(tmp_path: Path) -> None:
    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b")
        screen = player.app.screen
        assert isinstance(screen, BrowseScreen)
        await player.press("f1")
        player.app.library = library_of(structs.replace(deck(flip("new one", "x")), id="pets"))
        screen.decks_changed()
        await player.press("escape")
        assert listed(player) == ["new one"]


async def test_what_another_program_writes_is_there_after_a_screen_on_top(tmp_path: Path) -> None:
    from contextlib import closing

    from quizapp.scores.store import open_store

    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b", "space")
        with closing(open_store(player.store.path, now_ms=FakeClock().now_ms)) as other:
            other.append([], memories={Ref(PETS.id, PETS.cards[0].key): memory()})
        await player.press("escape")
        assert "Remembered for 12 days" in said(player)


async def test_an_empty_deck_says_so(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_of(deck(id="empty"))) as player:
        await player.press("down", "b")
        assert "No cards yet. a adds one." in player.text
        await player.press("down", "f6", "f4", "space", "s", "S", "u")
        assert isinstance(player.app.screen, BrowseScreen)
        await player.press("slash", *"x", "escape", "escape")
        assert isinstance(player.app.screen, HomeScreen)


HOSTILE = [
    "[red]not red[/] [@click=app.quit]quit[/] [/foo]",
    "\x1b[31mred \u202eright to left",
    "שלום עולם",
    "東京は日本の首都です" * 20,
    "word " * 20_000,
    "x" * 5_000,
    "a\nb\tc",
    "👩‍👩‍👧‍👦 é\u0301\u0301",
]


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (200, 60)])
async def test_any_text_is_shown_as_it_is_written(tmp_path: Path, size: tuple[int, int]) -> None:
    cards = [
        Flip(
            key=f"{place:032x}",
            entry=0,
            prompt=text,
            answer=text,
            why=text,
            aspect=text,
            tags=(text,),
            source=text,
            hint=text,
        )
        for place, text in enumerate(HOSTILE)
    ]
    async with playing(tmp_path, deck(*cards, id="hostile"), size=size) as player:
        await player.press("down", "b")
        assert "[red]not red" in player.text
        assert "\x1b" not in player.text
        for _ in cards:
            assert "\u202e" not in player.text
            await player.press("space", "end", "enter", "down")
        assert "←" not in player.text
        player.app.post_message(events.Paste("\x1b[31m"))
        await player.press("slash")
        player.app.post_message(events.Paste("\x1b[31m [red]"))
        await player.settled()
        assert "\x1b" not in player.text


async def test_markdown_is_listed_without_its_signs(tmp_path: Path) -> None:
    one = structs.replace(flip("Is *this*\n\n- it?", "`yes`"), markdown=True)
    async with playing(tmp_path, deck(one, id="marked")) as player:
        await player.press("down", "b")
        assert "*" not in player.text
        assert "`" not in player.text


async def test_only_the_cards_in_sight_are_laid_out(tmp_path: Path) -> None:
    cards = [
        Flip(key=f"{number:032x}", entry=number, prompt=f"card {number}", answer=f"{number}")
        for number in range(30_000)
    ]
    many = structs.replace(deck(id="many"), cards=tuple(cards))
    async with playing(tmp_path, many) as player:
        await player.press("down", "b")
        assert player.line("Many") == "Many 30,000 cards"
        list_ = player.app.screen.query_one(CardList)
        rows = list_.size.height
        assert list_.drawn <= 6 * rows  # a few frames, until all is there
        for key in ("down", "pagedown", "end", "up", "home"):
            before = list_.drawn
            await player.press(key)
            assert list_.drawn - before <= 2 * rows
        assert "card 0" in player.text
        await player.press("end")
        assert "▌    card 29999" in player.text
        await player.press("slash")
        for letter in "999":
            before = list_.drawn
            await player.press(letter)
            assert list_.drawn - before <= 2 * rows
        assert player.line("Many") == "Many 57 of 30,000 cards"
        await player.press("down", "end", "up")
        assert selected(player) == "card 29998"


@pytest.mark.parametrize("size", [*SIZES, (30, 10)])
async def test_it_holds_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, PETS, size=size) as player:
        await player.press("down", "b", "down")
        assert "It mews." in player.text
        assert "Esc" in player.footer
        await player.press("question_mark")
        assert "Help: cards" in player.text
        await player.press("escape", "escape")
        assert isinstance(player.app.screen, HomeScreen)


async def test_a_busy_file_is_named_and_nothing_is_set(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    async with playing(tmp_path, PETS) as player:
        await player.press("down", "b")
        with closing(sqlite3.connect(player.store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await player.press("f6")
            other.execute("ROLLBACK")
        assert "is busy" in player.said
        assert "suspended" not in player.text
        await player.press("u")
        assert not player.events()
        await player.press("f6")
        assert mark(player, 0).suspended

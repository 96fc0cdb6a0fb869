"""How fast the list of cards is with very many of them.

    python -m tests.bench.browsing [--cards N] [--runs N]

prints, in milliseconds and in one process without a terminal, from a key until all that comes of it is drawn:
the list opened, a letter typed into the filter, a step down, and each order. Two of three cards were studied.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from msgspec import structs

from quizapp.browse.orders import Order
from quizapp.deck.card import Deck, Flip
from quizapp.record import Memory, Ref, State
from tests.builders import FakeClock, deck
from tests.tui.app import Player, playing

CARDS = 100_000
TYPED = "reason 77"


def many(cards: int) -> Deck:
    """A deck of so many cards with all that an author may write."""
    flips = (
        Flip(
            key=f"{number:032x}",
            entry=number,
            prompt=f"What is the meaning of word number {number * 7919 % cards} in the language?",
            answer=f"Meaning {number % 977}",
            why=f"Because of reason {number} and something longer that is said of it.",
            aspect=f"aspect {number % 50}",
            tags=("verb", f"chapter {number % 20}"),
        )
        for number in range(cards)
    )
    return structs.replace(deck(id="many"), cards=tuple(flips))


def memories(studied: Deck) -> dict[Ref, Memory]:
    """What is remembered of two cards of three."""
    return {
        Ref(studied.id, card.key): Memory(
            State.REVIEW,
            None,
            1.5 + number % 300,
            5.0,
            FakeClock().at_ms,
            "2026-01-01",
            None,
            f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}",
            3,
            number % 10,
        )
        for number, card in enumerate(studied.cards)
        if number % 3
    }


async def taken(player: Player, key: str) -> float:
    """Milliseconds from a key until all is drawn."""
    began = time.perf_counter()
    await player.press(key)
    return 1000 * (time.perf_counter() - began)


async def measure(cards: int, runs: int, folder: Path) -> None:
    """Measure and print."""
    large = many(cards)
    async with playing(folder, large, size=(80, 24)) as player:
        player.store.append([], memories=memories(large))
        await player.press("down")
        opened = [await taken(player, "b")]
        for _ in range(runs):
            await player.press("escape")
            opened.append(await taken(player, "b"))
        show("opened", opened)
        show("a step down", [await taken(player, "down") for _ in range(10 * runs)])
        show("the last card", [await taken(player, key) for key in ("end", "home") * runs])
        letters: list[float] = []
        for _ in range(runs):
            await player.press("slash")
            letters += [await taken(player, {" ": "space"}.get(letter, letter)) for letter in TYPED]
            await player.press("escape")
        show("a letter of the filter", letters)
        for order in [*Order][1:]:
            show(f"by {order}", [await taken(player, "s")])


def show(name: str, times: list[float]) -> None:
    """A line of the table."""
    print(f"{name:26}  {statistics.median(times):8.1f}  {min(times):8.1f}  {max(times):8.1f}")


def main() -> None:
    """Take the numbers, measure."""
    parser = argparse.ArgumentParser(description="Measure the list of cards.")
    parser.add_argument("--cards", type=int, default=CARDS, help=f"how many there are ({CARDS})")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured (3)")
    arguments = parser.parse_args()
    print(f"{'milliseconds':26}  {'median':>8}  {'min':>8}  {'max':>8}")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(arguments.cards, arguments.runs, Path(folder)))


if __name__ == "__main__":
    main()

"""What there is to choose from to study, and how it is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.deck.card import Deck, StudyDefaults, UsualStudy
from quizapp.deck.library import Library
from quizapp.learn.study import Asking
from quizapp.pools import Only
from quizapp.record import Mark, Memory, Ref, State
from quizapp.scores.store import Store, open_store
from quizapp.selection import aspects_of, parts_of, tags_of, title_of
from quizapp.sitting import study
from tests.builders import DAY_MS, FakeClock, deck, flip

ONE = deck(
    structs.replace(flip("a", "b", aspect="who"), tags=("zoo", "Easy")),
    structs.replace(flip("c", "d", aspect="When"), tags=("easy",)),
    id="one",
)
TWO = deck(flip("e", "f", aspect="WHO"), structs.replace(flip("g", "h"), tags=("Åre",)), id="two")
LIBRARY = Library(decks={one.id: one for one in (ONE, TWO, deck(id="three"))})


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def test_tags_and_aspects_are_listed_once_whatever_their_case() -> None:
    assert tags_of([ONE, TWO]) == ["Easy", "zoo", "Åre"]
    assert aspects_of([ONE, TWO]) == ["When", "who"]
    assert tags_of([]) == aspects_of([]) == []


@pytest.mark.parametrize(
    ("decks", "only", "title"),
    [
        (tuple(LIBRARY.decks.values()), None, "Today"),
        ((ONE,), None, "One"),
        ((ONE, TWO), None, "2 decks"),
        ((ONE,), Only(tag="easy"), "One, tag easy"),
        (tuple(LIBRARY.decks.values()), Only(aspect="who", flagged=True), "Aspect who, flagged cards"),
        ((ONE, TWO), Only(leeches=True), "2 decks, leeches"),
    ],
)
def test_a_title_says_what_is_studied(decks: tuple[object, ...], only: Only | None, title: str) -> None:
    assert title_of(decks, LIBRARY, only) == title  # type: ignore[arg-type] # of the types that are parametrized


class TestParts:
    DECK = deck(
        *(
            structs.replace(flip(f"front {n}", "back"), tags=("odd",) if n % 2 else (), aspect=f"of {n // 4}")
            for n in range(12)
        ),
        study=StudyDefaults(new_per_day=2, reviews_per_day=4),
    )

    def parts(self, store: Store, clock: FakeClock, *decks: Deck) -> dict[str, tuple[int, int, int]]:
        """Due, new and all cards, by tag, aspect and so on."""
        return {
            one.only.tag
            or one.only.aspect
            or ("flagged" if one.only.flagged else "leeches" if one.only.leeches else "all"): (
                one.due,
                one.new,
                one.cards,
            )
            for one in parts_of(store, decks or [self.DECK], clock(), UsualStudy())
        }

    def remember(self, store: Store, clock: FakeClock, *, lapses: int = 0) -> None:
        """Eight of the cards are due; the first was forgotten so often."""
        memories = {
            Ref("d", card.key): Memory(
                *(State.REVIEW, None, 5.0, 5.0, clock().at_ms - 9 * DAY_MS, "2025-12-23"),
                *(None, "2026-01-01", 3, 0 if place else lapses),
            )
            for place, card in enumerate(self.DECK.cards[:8])
        }
        store.append([], memories=memories)

    def test_each_tag_and_aspect_is_counted_within_the_limits(self, store: Store, clock: FakeClock) -> None:
        self.remember(store, clock)
        assert self.parts(store, clock) == {
            "all": (4, 2, 12),
            "flagged": (0, 0, 0),
            "leeches": (0, 0, 0),
            "odd": (4, 2, 6),
            "of 0": (4, 0, 4),
            "of 1": (4, 0, 4),
            "of 2": (0, 2, 4),
        }

    def test_limits_are_those_of_each_deck(self, store: Store, clock: FakeClock) -> None:
        twin = structs.replace(self.DECK, id="twin")
        assert self.parts(store, clock, self.DECK, twin)["odd"] == (0, 4, 12)

    def test_flagged_cards_and_leeches_are_parts(self, store: Store, clock: FakeClock) -> None:
        self.remember(store, clock, lapses=8)
        marks = {Ref("d", card.key): Mark(flagged=True) for card in self.DECK.cards[6:10]}
        store.append([], marks=marks)
        found = self.parts(store, clock)
        assert (found["flagged"], found["leeches"]) == ((2, 2, 4), (1, 0, 1))

    def test_what_is_counted_is_what_is_studied(self, store: Store, clock: FakeClock) -> None:
        self.remember(store, clock)
        for part in parts_of(store, [self.DECK], clock(), UsualStudy()):
            sitting = study(store, clock, [self.DECK], Random(1), UsualStudy(), part.only)
            sitting.start()
            view = sitting.view
            assert (view.place.total if isinstance(view, Asking) else 0) == part.due + part.new

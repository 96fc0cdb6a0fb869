"""What there is to choose from to study, and how it is called."""

from __future__ import annotations

import pytest
from msgspec import structs

from quizapp.deck.library import Library
from quizapp.pools import Only
from quizapp.selection import aspects_of, tags_of, title_of
from tests.builders import deck, flip

ONE = deck(
    structs.replace(flip("a", "b", aspect="who"), tags=("zoo", "Easy")),
    structs.replace(flip("c", "d", aspect="When"), tags=("easy",)),
    id="one",
)
TWO = deck(flip("e", "f", aspect="WHO"), structs.replace(flip("g", "h"), tags=("Åre",)), id="two")
LIBRARY = Library(decks={one.id: one for one in (ONE, TWO, deck(id="three"))})


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
    assert title_of(decks, LIBRARY, only) == title  # type: ignore[arg-type]

"""Every kind of problem and hint has its place and remedy; docs/problems.md lists just these."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from quizapp.deck.hints import Hint, find_hints, place_hints
from quizapp.deck.library import load_library
from quizapp.deck.read import parse_deck, read_deck
from quizapp.deck.scan import layout
from quizapp.problem import Problem
from tests.deck.problem_kinds import FILES, HINTS, KINDS, FileKind, HintKind, Kind

KINDS_OF_ALL = [kind for kinds in KINDS.values() for kind in kinds]
ALL: list[Kind | FileKind | HintKind] = [*FILES, *KINDS_OF_ALL, *HINTS]


def test_there_are_many_and_no_two_of_a_name() -> None:
    names = [kind.name for kind in ALL]
    assert len(set(names)) == len(names) >= 90


def test_no_two_say_the_same() -> None:
    """Two kinds may share their words where one key's mistake is another's, not otherwise."""
    said = [(kind.message, kind.remedy) for kind in ALL]
    assert {words: said.count(words) for words in said if said.count(words) > 1} == {
        ("a text is never closed", "close it with the quotes that opened it"): 2,
        (
            "a list is not closed, or lacks a comma",
            "put a comma between its items and ] at its end",
        ): 2,
    }


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_of_a_file(tmp_path: Path, kind: FileKind) -> None:
    if "pipe" in kind.name and not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names")
    kind.make(tmp_path / "deck.toml")
    deck, problems = read_deck(tmp_path / "deck.toml", deck_id="deck", shown_as="decks/deck.toml")
    assert deck is None
    assert problems == [Problem("decks/deck.toml", kind.line, kind.column, None, kind.message, kind.remedy)]


@pytest.mark.parametrize("kind", KINDS_OF_ALL, ids=lambda kind: kind.name)
def test_of_a_deck(kind: Kind) -> None:
    deck, problems = parse_deck(
        kind.text.encode(), path=Path("deck.toml"), deck_id="deck", shown_as="decks/deck.toml"
    )
    assert deck is not None
    expected = Problem("decks/deck.toml", kind.line, kind.column, kind.card, kind.message, kind.remedy)
    if kind.name == "statements below a head that can't be read":
        assert problems[0] == expected
        assert [problem.column for problem in problems] == [1, 17], "and what is wrong with the head"
    else:
        assert problems == [expected]


@pytest.mark.parametrize("kind", HINTS, ids=lambda kind: kind.name)
def test_a_hint(kind: HintKind) -> None:
    texts = [*kind.others, kind.text]
    names = [f"deck{number}.toml" for number in range(1, len(texts) + 1)]
    read = [
        parse_deck(text.encode(), path=Path(name), deck_id=name, shown_as=name)
        for text, name in zip(texts, names, strict=True)
    ]
    assert all(problems == [] for _, problems in read)
    *others, found = find_hints([deck for deck, _ in read if deck], names)
    assert others == [[] for _ in kind.others]
    assert place_hints(found, layout(kind.text), names[-1]) == [
        Hint(names[-1], kind.line, 1, kind.card, kind.message, kind.remedy)
    ]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (huge,) = [kind for kind in FILES if "64 MiB" in kind.name]
    huge.make(tmp_path / "deck.toml")
    assert (tmp_path / "deck.toml").stat().st_size == 2**30
    tracemalloc.start()
    try:
        _, problems = read_deck(tmp_path / "deck.toml", deck_id="deck")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(problems) == 1
    assert peak < 2**20


def test_a_folder_with_bad_files_still_has_its_good_ones(tmp_path: Path) -> None:
    for number, kind in enumerate(FILES):
        kind.make(tmp_path / f"bad{number}.toml")
    (tmp_path / "good.toml").write_text('[[card]]\nfront = "x"\nback = "y"\n', encoding="utf-8")
    library = load_library(folders=[tmp_path], user=tmp_path, shipped=tmp_path)
    assert list(library.decks) == ["good"]
    # The one that is not there is not found, and a folder is looked into.
    assert len(library.problems) == len(FILES) - 2


def test_a_deck_of_100_001_cards_works(tmp_path: Path) -> None:
    """So does a mistake in the last of them: its place is told."""
    entries = "".join(f'[[card]]\nfront = "front {number}"\nback = "b"\n' for number in range(100_001))
    (tmp_path / "deck.toml").write_text(entries, encoding="utf-8")
    deck, problems = read_deck(tmp_path / "deck.toml", deck_id="deck")
    assert problems == []
    assert deck is not None
    assert len(deck.cards) == 100_001
    assert find_hints([deck], ["deck.toml"]) == [[]]
    (tmp_path / "deck.toml").write_text(entries + 'bakc = "x"\n', encoding="utf-8")
    deck, (problem,) = read_deck(tmp_path / "deck.toml", deck_id="deck")
    assert deck is not None
    assert len(deck.cards) == 100_001
    assert (problem.line, problem.column, problem.card) == (300_004, 1, 100_001)

"""Text in cells: the fewest lines, these as even as can be, and never too wide."""

from __future__ import annotations

import re
import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.tui import layout
from quizapp.tui.layout import balanced, cut, spread

WORDS = st.lists(st.text("abcde", min_size=1, max_size=7), min_size=1, max_size=9)
TEXTS = st.text(st.sampled_from("ab -\n\t語é…‍👩👍🏽️אש"), max_size=60)


def every_wrapping(words: list[str], width: int) -> list[list[str]]:
    """All ways to break words into lines that fit, by trying each."""
    found = []
    for count in range(len(words)):
        for breaks in combinations(range(1, len(words)), count):
            bounds = [0, *breaks, len(words)]
            lines = [" ".join(words[a:b]) for a, b in pairwise(bounds)]
            if all(len(line) <= width for line in lines):
                found.append(lines)
    return found


class TestBalanced:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            (
                "Most firms of this kind see less high-skilled work than the other side.",
                ["Most firms of this kind see less", "high-skilled work than the other side."],
            ),
            (
                "Advanced education is on the list of what makes KPO hard to provide. "
                "The article sets no such bar for BPO.",
                [
                    "Advanced education is on the list of what makes KPO",
                    "hard to provide. The article sets no such bar for BPO.",
                ],
            ),
            ("Providers need an advanced education.", ["Providers need an advanced education."]),
        ],
    )
    def test_lines_are_those_of_the_pictures(self, text: str, lines: list[str]) -> None:
        assert balanced(text, 64, 58) == lines

    def test_of_two_even_ways_the_longer_line_comes_first(self) -> None:
        text = "Most firms of the other kind do less high-skilled work than it does."
        assert balanced(text, 48, 64)[0] == "Most firms of the other kind do less"

    @given(WORDS, st.integers(7, 30))
    def test_no_other_way_has_fewer_or_more_even_lines(self, words: list[str], width: int) -> None:
        def badness(lines: list[str]) -> tuple[int, int]:
            return len(lines), sum((width - len(line)) ** 2 for line in lines)

        got = balanced(" ".join(words), width, 99)
        assert " ".join(got) == " ".join(words)
        assert badness(got) == min(map(badness, every_wrapping(words, width)))

    @given(TEXTS, st.integers(2, 30))
    def test_nothing_overflows_and_no_character_is_lost(self, text: str, width: int) -> None:
        lines = balanced(text, width, 99)
        assert all(cell_len(line) <= width for line in lines)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)

    def test_the_limit_holds_in_a_wider_place(self) -> None:
        assert max(map(len, balanced("word " * 40, 200, 58))) <= 58

    def test_newlines_are_kept_and_those_at_the_ends_dropped(self) -> None:
        assert balanced("\none\n\ntwo\n", 20, 20) == ["one", "", "two"]

    def test_an_empty_text_has_no_lines(self) -> None:
        assert balanced(" \n ", 20, 20) == []

    def test_a_long_word_is_broken_into_even_parts(self) -> None:
        assert balanced("x" * 30, 20, 20) == ["x" * 15, "x" * 15]

    def test_wide_characters_count_two_cells(self) -> None:
        assert balanced("語" * 10, 11, 11) == ["語" * 5, "語" * 5]

    def test_an_emoji_of_several_characters_is_never_split(self) -> None:
        family = "👩‍👩‍👧"
        assert balanced(family * 4, 4, 4) == [family * 2, family * 2]

    def test_a_no_break_space_holds_words_together(self) -> None:
        assert balanced("about 10\u00a0km", 9, 9) == ["about", "10\u00a0km"]

    def test_tabs_become_spaces(self) -> None:
        assert balanced("a\tb", 20, 20) == ["a   b"]

    def test_indented_lines_stay_indented(self) -> None:
        assert balanced("if x:\n    return", 20, 20) == ["if x:", "    return"]

    def test_right_to_left_text_keeps_its_order(self) -> None:
        assert balanced("אבג דהו", 20, 20) == ["אבג דהו"]

    def test_five_thousand_characters_are_no_wait(self) -> None:
        text = "some words of a longer text " * 180
        best = min(_seconds(text) for _ in range(10))
        # Milliseconds; ten times what it takes, for a busy machine.
        assert best < 0.03

    def test_characters_taken_for_narrow_are(self) -> None:
        narrow = [chr(code) for code in range(0x3000) if layout._is_narrow(chr(code))]
        assert len(narrow) > 1000
        assert {cell_len(character) for character in narrow} == {1}


def _seconds(text: str) -> float:
    start = time.perf_counter()
    balanced(text, 64, 58)
    return time.perf_counter() - start


class TestCut:
    @pytest.mark.parametrize(
        ("text", "width", "line"),
        [
            ("BPO and KPO", 11, "BPO and KPO"),
            ("BPO and KPO", 9, "BPO and…"),
            ("two\nlines", 20, "two lines"),
            ("語語語", 4, "語…"),
            ("word", 1, "…"),
            ("word", 0, ""),
        ],
    )
    def test_what_is_left_out_is_shown(self, text: str, width: int, line: str) -> None:
        assert cut(text, width) == line
        assert cell_len(line) <= width


class TestSpread:
    def test_parts_are_equal_with_gaps(self) -> None:
        assert spread(70, 3, 2) == [(0, 22), (24, 46), (48, 70)]

    def test_what_is_left_over_widens_some(self) -> None:
        assert spread(70, 4, 0) == [(0, 17), (17, 35), (35, 52), (52, 70)]

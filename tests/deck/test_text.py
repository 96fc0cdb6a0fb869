"""Text from outside: compared, and made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.deck.text import collapse, visible

RUNS = settings(max_examples=100, deadline=None)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class TestVisible:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("plain", "plain"),
            ("\x1b[31mred", "␛[31mred"),
            ("a\x00b\x07c\x08d\x0ce\rf", "a␀b␇c␈d␌e␍f"),
            ("\x7f", "␡"),
            ("\x9b31m\x85", "\ufffd31m\ufffd"),
            ("one\ntwo\tthree", "one\ntwo\tthree"),
            ("\u2028\u2029", "\ufffd\ufffd"),
            ("[red]é 漢 😀 \u00a0", "[red]é 漢 😀 \u00a0"),
        ],
    )
    def test_controls_become_signs_and_all_else_stays(self, text: str, shown: str) -> None:
        assert visible(text) == shown

    @pytest.mark.parametrize("mark", BIDI)
    def test_no_mark_can_turn_the_text_around(self, mark: str) -> None:
        assert visible(f"a{mark}b") == "a\ufffdb"

    @RUNS
    @given(st.text())
    def test_nothing_shown_is_a_control_but_newline_and_tab(self, text: str) -> None:
        shown = visible(text)
        assert len(shown) == len(text)
        assert not any(unicodedata.category(sign) == "Cc" for sign in shown if sign not in "\n\t")
        assert not any(sign in BIDI for sign in shown)
        assert visible(shown) == shown


class TestCollapse:
    @pytest.mark.parametrize(
        ("text", "collapsed"),
        [
            ("  a \n\t b\u00a0\u3000c ", "a b c"),
            ("cafe\u0301", "caf\u00e9"),
            ("Case Stays", "Case Stays"),
            (" \n", ""),
        ],
    )
    def test_white_space_is_one_space_and_the_form_nfc(self, text: str, collapsed: str) -> None:
        assert collapse(text) == collapsed

    @RUNS
    @given(st.text())
    def test_once_is_enough(self, text: str) -> None:
        assert collapse(collapse(text)) == collapse(text)

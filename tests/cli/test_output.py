"""Tables and JSON that any terminal and any text can do no harm to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cli.output import as_json, one_line, pad, quoted, say, say_json, say_table, width

ANY_TEXT = st.text(st.characters(exclude_categories=()))


class TestJson:
    @given(st.dictionaries(ANY_TEXT, ANY_TEXT | st.integers() | st.none()))
    def test_it_is_one_printable_line_and_exact(self, value: dict[str, object]) -> None:
        line = as_json(value)
        assert line.isprintable()
        assert json.loads(line) == value

    def test_what_is_printable_stays_as_it_is(self) -> None:
        assert as_json("é 漢 ✓ \x1b") == '"é 漢 ✓ \\u001b"'

    @pytest.mark.parametrize("values", [[], [1], [{"a": "b\n"}, {"c": None}]])
    def test_an_array_is_read_back(self, values: list[object], capsys: pytest.CaptureFixture[str]) -> None:
        say_json(values)
        assert json.loads(capsys.readouterr().out) == values


class TestText:
    @pytest.mark.parametrize(
        ("text", "cells"), [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("a\u200bb", 2), ("", 0)]
    )
    def test_width_counts_cells(self, text: str, cells: int) -> None:
        assert width(text) == cells

    @given(ANY_TEXT, st.integers(2, 40))
    def test_one_line_fits(self, text: str, most: int) -> None:
        line = one_line(text, most)
        assert width(line) <= most
        assert not set(line) & set("\n\r\t\x1b")

    def test_a_cut_is_marked(self) -> None:
        assert one_line("abcdef", 4) == "abc…"
        assert one_line("漢字漢", 4) == "漢…"
        assert one_line("abcd", 4) == "abcd"

    def test_pad_stands_left_or_right(self) -> None:
        assert (pad("漢", 4), pad("漢", 4, right=True)) == ("漢  ", "  漢")

    def test_quoted_is_short_and_safe(self) -> None:
        assert quoted("a\x1b\n") == '"a␛"'
        assert len(quoted("x" * 500)) == 62

    def test_what_is_said_carries_no_escape(self, capsys: pytest.CaptureFixture[str]) -> None:
        say("[red]\x1b[31m")
        say_table(("A", "B"), [("1", "\x07"), ("22", "y")], right=(0,))
        assert capsys.readouterr().out == "[red]␛[31m\n A  B\n 1  ␇\n22  y\n"

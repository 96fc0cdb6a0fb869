"""Tables and JSON that any terminal and any text can do no harm to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cli import output
from quizapp.cli.errors import BadInput
from quizapp.cli.output import (
    as_json,
    note,
    one_line,
    pad,
    quoted,
    say,
    say_json,
    say_table,
    width,
    wrapped,
)

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


class TestWrapping:
    """On a terminal lines break between words; what goes to a file or a program stays one line a record."""

    LONG = 'x.toml:1:1: answer "BOP" is not one of the choices'

    @given(ANY_TEXT.filter(lambda text: "\n" not in text), st.integers(4, 40))
    def test_no_word_is_broken_or_lost(self, text: str, cells: int) -> None:
        lines = wrapped(text, cells).split("\n")
        words = [word for word in text.split(" ") if word]
        assert [word for line in lines for word in line.split(" ") if word] == words
        for line in lines:
            assert width(line) <= cells or len(line.strip(" ").split(" ")) == 1

    def test_what_fits_stays_as_it_is(self) -> None:
        assert wrapped("a  b   c", 8) == "a  b   c"
        assert wrapped("漢字 漢字", 9) == "漢字 漢字"

    def test_what_goes_on_stands_further_in(self) -> None:
        assert wrapped("  one two three", 9) == "  one two\n    three"
        assert wrapped("漢字 漢字", 8) == "漢字\n  漢字"
        assert wrapped("one two\nthree four", 8) == "one two\nthree\n  four"

    def test_results_and_notes_are_wrapped_at_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        say(self.LONG)
        note(self.LONG)
        assert capsys.readouterr() == (f"{self.LONG}\n", f"{self.LONG}\n")
        monkeypatch.setattr(output, "columns", lambda _: 30)
        say(self.LONG)
        note(self.LONG)
        shown = 'x.toml:1:1: answer "BOP" is\n  not one of the choices\n'
        assert capsys.readouterr() == (shown, shown)

    def test_errors_are_too(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        BadInput(self.LONG).show()
        assert capsys.readouterr().err == f"Error: {self.LONG}\n"
        monkeypatch.setattr(output, "columns", lambda _: 30)
        BadInput(self.LONG).show()
        assert capsys.readouterr().err == 'Error: x.toml:1:1: answer\n  "BOP" is not one of the\n  choices\n'

    def test_json_and_tables_never_are(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(output, "columns", lambda _: 20)
        say_json([self.LONG])
        say_table(("A", "B"), [(self.LONG, "x")])
        assert len(capsys.readouterr().out.splitlines()) == 3 + 2

"""The line of a file that a problem is about, with a caret below its column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cli.excerpt import excerpt, lines_of
from quizapp.cli.output import width
from tests.deck.test_read import RUNS


def pointed_at(line: str, column: int, cells: int = 80) -> list[str]:
    return excerpt([line], 1, column, cells)


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ('answer = "BOP"', 1, ['  1 | answer = "BOP"', "    | ^"]),
        ('answer = "BOP"', 10, ['  1 | answer = "BOP"', "    |          ^"]),
        ("  x =", 6, ["  1 |   x =", "    |      ^"]),
        ("", 1, ["  1 |", "    | ^"]),
        ('漢 = "字" x', 9, ['  1 | 漢 = "字" x', "    |           ^"]),
        ("e\u0301 = x", 6, ["  1 | e\u0301 = x", "    |     ^"]),
        ("\tx\t= 1", 4, ["  1 |     x    = 1", "    |          ^"]),
        ("a\x1b[31m\x07b", 8, ["  1 | a␛[31m␇b", "    |        ^"]),
        ("\u202eabc", 2, ["  1 | \ufffdabc", "    |  ^"]),
    ],
)
def test_the_caret_stands_below_the_column(line: str, column: int, expected: list[str]) -> None:
    assert pointed_at(line, column) == expected


def test_long_numbers_of_lines_move_both() -> None:
    assert excerpt([""] * 999 + ["x = y"], 1000, 5, 80) == ["  1000 | x = y", "       |     ^"]


def test_a_line_that_is_not_there_is_not_shown() -> None:
    assert excerpt(["x"], 2, 1, 80) == excerpt(["x"], 0, 1, 80) == []


def test_a_long_line_is_cut_around_the_column() -> None:
    line = "a" * 50 + "X" + "b" * 50
    assert pointed_at(line, 1, 26) == ["  1 | " + "a" * 18 + "…", "    | ^"]
    assert pointed_at(line, 51, 26) == ["  1 | …" + "a" * 9 + "X" + "b" * 8 + "…", "    | " + " " * 10 + "^"]
    assert pointed_at(line, 101, 26) == ["  1 | …" + "b" * 18, "    | " + " " * 18 + "^"]
    assert pointed_at(line, 102, 26) == ["  1 | …" + "b" * 18, "    | " + " " * 19 + "^"]


@RUNS
@given(
    st.text(st.sampled_from("ab 漢\t\x1b\u0301\u200b🙂"), max_size=200),
    st.integers(1, 201),
    st.integers(26, 90),
)
def test_it_is_never_too_wide_and_points_at_the_same(line: str, column: int, cells: int) -> None:
    column = min(column, len(line) + 1)
    marked = line[: column - 1] + "X" + line[column:]
    shown, caret = pointed_at(marked, column, cells)
    assert width(shown) <= cells
    assert width(caret) <= cells
    assert caret.endswith("^")
    assert width(shown[: shown.index("X")]) == width(caret) - 1


def test_a_caret_in_an_endless_line_costs_little() -> None:
    """Ten thousand problems in one line of a million characters."""
    lines = ["x" * 1_000_000]
    for column in range(1, 1_000_000, 100):
        excerpt(lines, 1, column, 80)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"\xef\xbb\xbfa\r\nb\n", ["a", "b", ""]),
        (b"a\xff\nb", ["a\ufffd", "b"]),
        ("a\x0bb\u2028c\rd".encode(), ["a\x0bb\u2028c\rd"]),
        ("title".encode("utf-16"), []),
        ("title".encode("utf-16-le"), []),
    ],
)
def test_lines_are_those_that_problems_count(tmp_path: Path, data: bytes, lines: list[str]) -> None:
    (tmp_path / "x.toml").write_bytes(data)
    assert lines_of(tmp_path / "x.toml") == lines


def test_what_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    assert lines_of(tmp_path) == lines_of(tmp_path / "none.toml") == []

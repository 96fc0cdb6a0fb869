"""The formats that are text: which there are, which one a file has, and its bytes as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from quizapp.deck.exchange import delimited, delimited_write, gift, gift_write, json, markdown, markdown_write
from quizapp.deck.exchange.draft import Draft, ExchangeError, Loss
from quizapp.deck.file import text_of, utf16_of
from quizapp.problem import Problem


class UnknownFormatError(ExchangeError):
    """Which format a file has can't be told; it can be said."""


class Reads(Protocol):
    """Reads a text. choices: what statements choose from, where the text itself does not say. Raises
    ExchangeError where it can't be read, or not without being told more."""

    def __call__(self, text: str, /, *, choices: Sequence[str] = ()) -> Draft: ...


class Format(NamedTuple):
    """A foreign format. suffixes: the first is that of files it writes. example: a card in it, in lines."""

    name: str
    suffixes: tuple[str, ...]
    read: Reads
    write: Callable[[Draft], tuple[str, tuple[Loss, ...]]]
    example: tuple[str, ...]


def read_table(text: str, delimiter: str = "", choices: Sequence[str] = ()) -> Draft:
    """The cards of a table that says by itself how it is to be read; `choices` as of Reads. Raises
    ExchangeError with what is unclear."""
    proposal = delimited.propose(text, delimiter)
    if not proposal.sure:
        raise ExchangeError(f"It is not clear how to read this table: {'; '.join(proposal.unclear)}.")
    return delimited.read(text, proposal.delimiter, proposal.header, proposal.columns, choices)


def _apart(read: Callable[[str], Draft]) -> Reads:
    """Reads a format that has no statements with choices."""

    def reads(text: str, /, *, choices: Sequence[str] = ()) -> Draft:  # noqa: ARG001 - there is no use for them
        return read(text)

    return reads


FORMATS = (
    Format(
        "csv",
        (".csv",),
        read_table,
        partial(delimited_write.write, delimiter=","),
        ("front,back", "la mesa,the table"),
    ),
    Format(
        "tsv",
        (".tsv", ".tab"),
        partial(read_table, delimiter="\t"),
        partial(delimited_write.write, delimiter="\t"),
        ("front\tback", "la mesa\tthe table"),
    ),
    Format(
        "gift",
        (".gift",),
        _apart(gift.read),
        gift_write.write,
        ("What does the K in KPO stand for? {=knowledge}",),
    ),
    Format(
        "markdown",
        (".md", ".markdown"),
        _apart(markdown.read),
        markdown_write.write,
        ("Q: What does the K in KPO stand for?", "A: Knowledge"),
    ),
    Format(
        "json",
        (".json",),
        json.read,
        json.write,
        ('{"cards": [{"front": "la mesa", "back": "the table"}]}',),
    ),
)
EITHER = ".txt"
"""Moodle's, Quizlet's and Anki's exports all end so."""


def format_named(name: str) -> Format:
    """The format of that name. Raises ExchangeError for none."""
    found = next((known for known in FORMATS if known.name == name), None)
    if found is None:
        raise ExchangeError(
            f"There is no format {name}; there are {', '.join(known.name for known in FORMATS)}."
        )
    return found


def format_of(path: Path, text: str = "") -> Format:
    """The format of a file by its suffix; text: what is in it, which tells for `.txt`. Raises ExchangeError
    where it can't be told."""
    suffix = path.suffix.lower()
    found = next((known for known in FORMATS if suffix in known.suffixes), None)
    if found is not None:
        return found
    if suffix == EITHER:
        questions, table = gift.has_answers(text), delimited.propose(text).sure
        if questions != table:
            return format_named("gift" if questions else "csv")
        raise UnknownFormatError(f"It can't be told whether {path.name} is a table or GIFT; say which.")
    suffixes = ", ".join(suffix for known in FORMATS for suffix in known.suffixes)
    raise UnknownFormatError(
        f"The format of {path.name} can't be told by its end; known are {suffixes}, {EITHER}, .apkg "
        "and .colpkg."
    )


def decoded(data: bytes, shown: str) -> str:
    """A file's bytes as text: UTF-8, or UTF-16 as spreadsheets write it, with its mark or
    plainly without. Raises ExchangeError for any other, and for a file with nothing in it. shown: how a
    message names the file."""
    if codec := utf16_of(data):
        try:
            text: str | Problem = data.decode(codec)
        except UnicodeDecodeError as error:
            raise ExchangeError(
                f"{shown} looks like UTF-16, and is damaged or incomplete; save it as UTF-8."
            ) from error
    else:
        text = text_of(data, shown)
    if isinstance(text, Problem):
        raise ExchangeError(f"{text}.")
    if not text.strip("\ufeff \t\r\n"):
        raise ExchangeError(f"{shown} is empty.")
    return text

"""How results are written: tables, JSON, and text that is safe on any terminal."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import click

from quizapp.deck.text import visible


def say(text: str = "") -> None:
    """A line of the result, safe to show; on a terminal it breaks between words."""
    say_exactly(fitted(visible(text), sys.stdout))


def say_exactly(text: str) -> None:
    """A line of the result that stays one: a row of a table, or what is to be copied."""
    sys.stdout.write(f"{visible(text)}\n")


def note(text: str) -> None:
    """A line that is no result; on a terminal it breaks between words."""
    click.echo(fitted(visible(text), sys.stderr), err=True)


def columns(stream: IO[str]) -> int | None:
    """How many cells a line has on the terminal that a stream writes to; None where it writes to none."""
    if not stream.isatty():
        return None
    import shutil  # 2 to 4 ms, for commands that open no screen

    try:
        size = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return None
    # The variable COLUMNS comes first, as everywhere.
    return shutil.get_terminal_size((size.columns, size.lines)).columns or None


def fitted(text: str, stream: IO[str]) -> str:
    """The text as a stream takes it: wrapped on a terminal, else as it is."""
    cells = columns(stream)
    return text if cells is None else wrapped(text, cells)


def wrapped(text: str, cells: int) -> str:
    """The text with lines of at most so many cells, as far as that takes no word apart; what goes on stands
    two cells further in than its line."""
    return "\n".join(_wrapped(line, cells) for line in text.split("\n"))


def _wrapped(line: str, cells: int) -> str:
    if width(line) <= cells:
        return line
    import re  # with its pattern, for commands that open no screen

    indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
    lines = [""]
    for piece in re.findall(r" *[^ ]+", line):
        if lines[-1].strip() and width(lines[-1]) + width(piece) > cells:
            lines.append(indent + piece.lstrip(" "))
        else:
            lines[-1] += piece
    return "\n".join(lines)


def flush() -> None:
    """Write what is buffered now, where click handles a reader that is gone (`quizapp log | head`)."""
    sys.stdout.flush()


def as_json(value: Any) -> str:
    """One line of JSON, exact and safe to show: what is not printable is escaped, the rest is itself."""
    import json  # 1 ms of the start of whatever prints none

    text = json.dumps(value, ensure_ascii=not _is_utf8(sys.stdout.encoding))
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)


def say_json(values: Iterable[Any]) -> None:
    """A JSON array, a value a line."""
    lines = [as_json(value) for value in values]
    say_exactly("[\n  " + ",\n  ".join(lines) + "\n]" if lines else "[]")


def one_line(text: str, most: int = 0) -> str:
    """The text on one line, safe to show. most: cells after which it is cut, 0 for none."""
    line = visible(" ".join(text.split()))
    if not most or width(line) <= most:
        return line
    # No character is wider than two cells, so that one look at the start is enough.
    cut = line[: most - 1]
    while width(cut) > most - 1:
        cut = cut[:-1]
    return f"{cut}…"


def quoted(text: str) -> str:
    """The text in quotes, on one line and not too long, for a message."""
    return f'"{one_line(text, 60)}"'


def width(text: str) -> int:
    """How many cells the text takes on a terminal, near enough for a table."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """The text filled up with spaces, after it, or before it if it is to stand right."""
    space = " " * (cells - width(text))
    return space + text if right else text + space


def say_table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table, each column as wide as it must be. right: places of the columns that stand right."""
    lines = [head, *rows]
    widths = [max(width(line[place]) for line in lines) for place in range(len(head))]
    for line in lines:
        cells = [pad(text, widths[place], right=place in right) for place, text in enumerate(line)]
        say_exactly("  ".join(cells).rstrip())


@contextmanager
def progress_bar(label: str, *, hidden: bool = False) -> Iterator[Callable[[int, int], bool]]:
    """A bar on a terminal's stderr, moved by what is called with how much is done of how much."""
    hidden = hidden or not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as bar:

        def progress(done: int, of: int) -> bool:
            bar.length = max(1, of)
            bar.update(done - bar.pos)
            return True

        yield progress


def _is_utf8(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def example(*lines: str) -> str:
    """The examples below a command's help."""
    return "\n".join(("\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)))


def count(number: int, word: str) -> str:
    """The number with its word, in the plural but for one."""
    return f"{number:,} {word if number == 1 else word + 's'}"

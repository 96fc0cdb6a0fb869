"""Lines written to a person, and lines read from one."""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from msgspec import Struct

from quizapp.deck.text import visible

NARROWEST = 20
"""Lines are never wrapped to fewer columns."""

_ESCAPED = ("::", ":?")
"""What a typed answer begins with that is no command, though it looks like one."""

T = TypeVar("T")


class Left(Exception):  # noqa: N818 - nothing went wrong: the person leaves
    """The input has ended, or the person asked to leave."""


class Unclear(Exception):  # noqa: N818 - nothing went wrong: a line fits several things
    """What was typed is not clear; its text says why, in place of the hint."""


class Command(Struct, frozen=True):
    """A word that answers no question, such as `undo`; number: what stands behind it in `go 3`."""

    name: str
    number: int | None = None


class Lines:
    """Plain lines out and in. read_at: when the last line was read, in seconds of `now`'s clock."""

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], object],
        *,
        flush: Callable[[], object] = lambda: None,
        columns: Callable[[], int | None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """read: a line with its end, "" at the end of the input. columns: where to wrap; None for nowhere."""
        self._read = read
        self._write = write
        self._flush = flush
        self._columns = columns
        self.now = now
        self.sleep = sleep
        self.read_at = now()

    def say(self, *paragraphs: str) -> None:
        """Write each text, safe to show and wrapped; "" is left out."""
        columns = self._columns()
        for paragraph in paragraphs:
            for line in visible(paragraph).split("\n") if paragraph else ():
                self._write(_wrapped(line, columns) + "\n")

    def gap(self) -> None:
        """An empty line."""
        self._write("\n")

    def shown(self) -> float:
        """Make sure that all is out; when that was."""
        self._flush()
        return self.now()

    def line(self) -> str:
        """What the person types, without white space at its ends. Raises Left when there is no more."""
        self._flush()
        try:
            line = self._read()
        except KeyboardInterrupt:
            # The terminal has put ^C into the line.
            self.gap()
            raise Left from None
        self.read_at = self.now()
        if not line:
            raise Left
        # As the app's own field does with a paste.
        return visible(line.strip())

    def ask(
        self,
        read: Callable[[str], T | None],
        *,
        hint: str,
        rules: Sequence[str],
        commands: Collection[str] = (),
        numbered: Collection[str] = (),
        text: bool = False,
    ) -> T | Command:
        """What the person means by a line: a command, or what `read` makes of it. Raises Left for `quit`.

        read: None for what it does not know; then `hint` is said (or what Unclear says), and asked again.
        rules: said for `help`. commands: those beside `quit` and `help`; with `help` among them, that is left
        to the caller. numbered: commands with a number behind them, such as `go 3`; it may be missing. text:
        any text may be an answer, so that commands have a colon before them.
        """
        known = {"quit", "help", *commands}
        while True:
            line = self.line()
            name = command_of(line)
            if name is None:
                try:
                    value = read(_literal(line) if text else line)
                except Unclear as unclear:
                    self.say(str(unclear))
                    continue
                if value is not None:
                    return value
                # A choice that is called like a command was meant by its name.
                name = line.casefold() if not text else ""
            command = _command(name, known, numbered)
            if command is None:
                self.say(hint if command_of(line) is None else f"There is no {line} here. {hint}")
            elif command.name == "quit":
                raise Left
            elif command.name == "help" and "help" not in commands:
                self.say(*rules)
            else:
                return command

    def enter(self, hint: str, *, rules: Sequence[str], commands: Collection[str] = ()) -> Command | None:
        """Wait for Enter, or take a command. hint: what Enter does, said after anything else."""
        said = self.ask(lambda line: not line or None, hint=hint, rules=rules, commands=commands)
        return said if isinstance(said, Command) else None


def command_of(line: str) -> str | None:
    """The command that a line is wherever it is typed: with a colon, or a question mark; None for others."""
    if line == "?":
        return "help"
    if line.startswith(":") and not line.startswith(_ESCAPED):
        return line[1:].strip().casefold()
    return None


def _command(said: str, known: Collection[str], numbered: Collection[str]) -> Command | None:
    """The command that this is, with its number if it may have one; None if it is none of these."""
    word, _, number = said.partition(" ")
    if word in numbered and number.strip().isdecimal():
        return Command(word, int(number.strip()[:9]))
    return Command(said) if said in known or said in numbered else None


def _literal(line: str) -> str:
    """A typed answer as it is meant: one that would be a command has a colon more."""
    return line[1:] if line.startswith(_ESCAPED) else line


def _wrapped(line: str, columns: int | None) -> str:
    if columns is None or len(line) < columns:
        return line
    # The last column stays free: some terminals break the line there by themselves.
    return textwrap.fill(
        line,
        max(NARROWEST, columns - 1),
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )


def own_lines() -> Lines:
    """Lines of this process's own input and output."""
    if hasattr(sys.stdin, "reconfigure"):
        # What is no text in the terminal's encoding becomes a sign for it.
        sys.stdin.reconfigure(errors="replace")
    return Lines(
        # Without any input there is nothing to read.
        lambda: sys.stdin.readline() if sys.stdin is not None else "",
        sys.stdout.write,
        flush=sys.stdout.flush,
        columns=lambda: shutil.get_terminal_size().columns if sys.stdout.isatty() else None,
    )

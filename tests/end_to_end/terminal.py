"""The installed program in a real pseudo-terminal, and what it shows there.

Nothing here sleeps for a fixed time: every wait polls the screen until it shows what is awaited. Nothing here
imports quizapp: the program under test may be another installation than the one that the tests run in.
"""

from __future__ import annotations

import errno
import os
import re
import select
import signal
import threading
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import ptyprocess
import pyte
from wcwidth import wcwidth

PATIENCE = 10.0
"""Seconds after which a wait fails. A wait that succeeds takes no longer than the program does."""
SILENCE = 2.0
"""Seconds without any effect after which a key is held to be lost."""
QUIET = 0.02
"""Seconds without output after which a frame counts as whole."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+g": "\x07",
    "ctrl+q": "\x11",
    "ctrl+r": "\x12",
    "ctrl+s": "\x13",
}
"""What xterm sends for a key. A key that is not here is its own character."""

_USUALLY_ON = ("7", "25")
"""A terminal's private modes that are on before a program starts: wrapping, and the cursor."""

_PIECE = 500
"""Bytes between two looks at what was on the screen."""

_CLOCK = re.compile("[0-9:━─╸╺]")
"""What a running clock changes on the screen: its figures and its bar."""

_SPAWNING = threading.Lock()
"""Warnings can be silenced by one thread at a time only."""

Wanted = str | Callable[[str], object]
"""A text that the screen shows, line breaks aside, or what is asked of the screen's text in one line."""


def flat(text: str) -> str:
    """The text in one line, so that it does not matter where the program broke it."""
    return " ".join(text.split())


class Silence:
    """How long nothing has come of a key that was pressed now."""

    def __init__(self) -> None:
        self._shown = ""
        self._since = time.monotonic()

    def is_long(self, shown: str) -> bool:
        """Whether the screen, which shows this, has stood still for too long; a clock may run on it."""
        still = _CLOCK.sub("", shown)
        if still != self._shown:
            self._shown = still
            self._since = time.monotonic()
        return time.monotonic() - self._since >= SILENCE


class Screen(pyte.Screen):
    """A screen that keeps sequences of several code points in one cell, as terminals of today do.

    pyte's own drops the rest of the text after a zero-width joiner.
    """

    def draw(self, data: str) -> None:
        """Put text at the cursor."""
        if data.isascii():
            super().draw(data)
            return
        for char in data:
            last = self._last()
            if last is not None and (wcwidth(char) == 0 or last[1].data.endswith("\u200d")):
                column, cell = last
                self.buffer[self.cursor.y][column] = cell._replace(data=cell.data + char)
            else:
                super().draw(char)

    def _last(self) -> tuple[int, Any] | None:
        """The cell before the cursor that holds a character, with its column."""
        line = self.buffer[self.cursor.y]
        for column in (self.cursor.x - 1, self.cursor.x - 2):
            if column >= 0 and line[column].data:
                return column, line[column]
        return None

    def rows(self) -> list[str]:
        """Each row's text, without the room on its right."""
        return [
            "".join(self.buffer[row][column].data for column in range(self.columns)).rstrip()
            for row in range(self.lines)
        ]


class Terminal:
    """The program, running in a terminal of its own."""

    def __init__(
        self, argv: Sequence[str], *, env: Mapping[str, str], cwd: Path, size: tuple[int, int] = (80, 24)
    ) -> None:
        """size: columns and rows."""
        columns, rows = size
        self.raw = bytearray()
        """Every byte that the program wrote."""
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._rows: list[str] | None = None
        self._ended = False
        with _SPAWNING, warnings.catch_warnings():
            # From 3.12 on Python warns of a fork beside threads, which there may be. The child does nothing
            # but start the program.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = ptyprocess.PtyProcess.spawn(
                list(argv), cwd=str(cwd), env=dict(env), dimensions=(rows, columns)
            )
        self._process.delayafterclose = 0.0

    # ---- what the program wrote

    @property
    def rows(self) -> list[str]:
        """The text of each row."""
        if self._rows is None:
            self._rows = self.screen.rows()
        return self._rows

    @property
    def text(self) -> str:
        """The screen, a line a row."""
        return "\n".join(self.rows)

    @property
    def flat(self) -> str:
        """The screen in one line."""
        return flat(self.text)

    def shows(self, wanted: Wanted) -> bool:
        """Whether the screen is as wanted."""
        shown = self.flat
        return flat(wanted) in shown if isinstance(wanted, str) else bool(wanted(shown))

    def pump(self, seconds: float) -> bool:
        """Take in what the program writes within that time; whether there was anything."""
        if self._ended:
            return False
        ready, _, _ = select.select([self._process.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._process.fd, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # Linux says so when the program has closed the terminal
                raise
            data = b""
        if not data:
            self._ended = True
            return False
        self.raw += data
        self._stream.feed(data)
        self._rows = None
        return True

    def settle(self, quiet: float = QUIET) -> str:
        """Wait for the end of the frame that is being written; the screen in one line.

        quiet: seconds without output after which there is nothing more to come.
        """
        until = time.monotonic() + quiet + 0.5
        while self.pump(quiet) and time.monotonic() < until:
            pass
        return self.flat

    def wait_for(self, wanted: Wanted, timeout: float = PATIENCE) -> str:
        """Wait until the screen is as wanted; the screen in one line. AssertionError if it never is."""
        if self._poll(wanted, timeout):
            return self.flat
        state = "and the program has ended" if self._ended else "in time"
        raise AssertionError(f"the screen did not become {wanted!r} {state}. It shows:\n{self._framed()}")

    def _poll(self, wanted: Wanted, timeout: float, silence: Silence | None = None) -> bool:
        """Whether the screen becomes as wanted in time. silence: the wait ends when that is long, too."""
        until = time.monotonic() + timeout
        while not self._ended:
            if self.shows(wanted):
                # The rest of the frame may still be under way, and may take it back.
                self.settle()
                if self.shows(wanted):
                    return True
            left = until - time.monotonic()
            if left <= 0 or (silence is not None and silence.is_long(self.flat)):
                return False
            self.pump(min(left, 0.05))
        return self.shows(wanted)

    def _framed(self) -> str:
        line = "─" * self.screen.columns
        return "\n".join((line, *self.rows, line))

    # ---- keys

    def press(self, *keys: str) -> None:
        """Press keys by name; a key without a name is its character."""
        for key in keys:
            self.write(KEYS.get(key, key))

    def write(self, text: str) -> None:
        """Send text as it is, such as a typed answer or a paste."""
        self._process.write(text.encode())

    def press_for(self, key: str, wanted: Wanted, timeout: float = PATIENCE) -> str:
        """Press a key and wait until the screen is as wanted; the screen in one line.

        The key is pressed once, when the screen is whole: from then on keys count. Yet the program may be
        held up between the frame and the moment from which it heeds them; so the key is pressed again where
        nothing has come of it for a long time.
        """
        until = time.monotonic() + timeout
        self.settle()
        while not self._ended and (left := until - time.monotonic()) > 0:
            self.press(key)
            if self._poll(wanted, left, Silence()):
                return self.flat
        return self.wait_for(wanted, 0.0)

    def select_row(self, title: str) -> None:
        """Select a row of the home screen's list by the beginning of its title."""

        def selected() -> str:
            return next((row for row in self.rows if row.lstrip().startswith("▌ ")), "")

        while not selected().lstrip("▌ ").startswith(title):
            before = selected()
            self.press("down")
            # Two rows are marked for Today, whose second line is none of the list's titles.
            self.wait_for(lambda _: selected() not in ("", before))  # noqa: B023 - asked before the next turn

    def type_answer(self, text: str) -> None:
        """Type a text into an empty line, without Enter. It may not start with white space."""
        self.press_for(text[0], lambda _: any(row.strip() == text[0] for row in self.rows))
        self.write(text[1:])

    # ---- the terminal and its end

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        self.screen.resize(rows, columns)
        self._rows = None
        self._process.setwinsize(rows, columns)

    def kill9(self) -> None:
        """End the program as a crash of the machine would: it can do nothing about it."""
        self._process.kill(signal.SIGKILL)
        self._drain()
        self._process.wait()

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Wait for the program to end by itself; its exit code."""
        self._drain(timeout)
        if not self._ended:
            raise AssertionError(f"the program goes on. It shows:\n{self._framed()}")
        return cast("int", self._process.wait())

    def close(self) -> None:
        """End the program if it still runs, and give the terminal back."""
        if self._process.isalive():
            self._process.kill(signal.SIGKILL)
            self._process.wait()
        self._process.close()

    def _drain(self, timeout: float = PATIENCE) -> None:
        until = time.monotonic() + timeout
        while not self._ended and time.monotonic() < until:
            self.pump(0.05)

    # ---- what the bytes say

    def places(self, text: str, since: int) -> set[tuple[int, int]]:
        """Every column and row where a text has stood, however shortly, since `raw` had that many bytes."""
        screen = Screen(self.screen.columns, self.screen.lines)
        stream = pyte.ByteStream(screen)
        stream.feed(bytes(self.raw[:since]))
        found: set[tuple[int, int]] = set()
        # A frame is some thousand bytes; what stands in the middle of one stands at its end too.
        for start in range(since, len(self.raw), _PIECE):
            stream.feed(bytes(self.raw[start : start + _PIECE]))
            found |= {(line.index(text), row) for row, line in enumerate(screen.rows()) if text in line}
        return found

    def modes_left_on(self) -> set[str]:
        """What the program changed of the terminal and did not change back.

        Private modes by number, `keyboard` if its own key codes are still on.
        """
        last: dict[str, str] = {}
        for numbers, letter in re.findall(r"\x1b\[\?([\d;]+)([hl])", self.raw.decode(errors="replace")):
            for number in numbers.split(";"):
                last[number] = letter
        left = {
            number for number, letter in last.items() if letter != ("h" if number in _USUALLY_ON else "l")
        }
        if len(re.findall(rb"\x1b\[>\d+u", self.raw)) > self.raw.count(b"\x1b[<u"):
            left.add("keyboard")
        return left

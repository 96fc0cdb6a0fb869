"""The program in a window of a real tmux, seen as tmux shows it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

# As in home.py: it may be imported before that.
pytest.importorskip("ptyprocess")

from tests.end_to_end.terminal import PATIENCE, Silence, Wanted, flat

LOOK = 0.02
"""Seconds between two looks at the window: tmux tells nobody of a change."""
KEYS = {"enter": "Enter", "escape": "Escape", "space": "Space", "down": "Down", "backspace": "BSpace"}
"""What tmux calls a key. A key that is not here is its own character."""


def installed() -> bool:
    """Whether there is a tmux on this machine."""
    return shutil.which("tmux") is not None


class Tmux:
    """A tmux server of its own, with one window in which a shell runs the program and says how it ended."""

    def __init__(self, argv: Sequence[str], *, env: Mapping[str, str], cwd: Path, term: str) -> None:
        """term: the TERM that tmux gives to programs; what it is by default differs from system to system."""
        # A short path: a socket's may not be longer than 107 bytes, and a test's folder often is.
        self._folder = tempfile.mkdtemp(prefix="tmux-")
        outer = {name: value for name, value in env.items() if name not in ("TMUX", "TMUX_PANE")}
        self._env = {**outer, "TMUX_TMPDIR": self._folder}
        self._command = ["tmux", "-u", "-L", f"quizapp-{os.getpid()}", "-f", "/dev/null"]
        script = f"echo before; {shlex.join(argv)}; echo ended with $?; exec cat"
        named = ("start-server", ";", "set-option", "-g", "default-terminal", term, ";")
        self._tmux(*named, "new-session", "-d", "-x", "80", "-y", "24", "-c", str(cwd), "sh", "-c", script)

    def _tmux(self, *args: str) -> str:
        done = subprocess.run(
            [*self._command, *args],
            env=self._env,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout

    @property
    def rows(self) -> list[str]:
        """The text of each row."""
        return [row.rstrip() for row in self._tmux("capture-pane", "-p").splitlines()]

    @property
    def escaped(self) -> str:
        """The window with the sequences that colour it."""
        return self._tmux("capture-pane", "-p", "-e")

    def state(self, name: str) -> str:
        """What tmux knows of the window under this name, such as `alternate_on`."""
        return self._tmux("display-message", "-p", f"#{{{name}}}").strip()

    def press(self, *keys: str) -> None:
        """Press keys by name."""
        for key in keys:
            self._tmux("send-keys", KEYS.get(key, key))

    def wait_for(self, wanted: Wanted, timeout: float = PATIENCE) -> str:
        """Wait until the window is as wanted; it in one line. AssertionError if it never is."""
        found, shown = self._poll(wanted, timeout)
        if not found:
            raise AssertionError(f"the window did not become {wanted!r}. It shows:\n{shown}")
        return shown

    def _poll(self, wanted: Wanted, timeout: float, silence: Silence | None = None) -> tuple[bool, str]:
        """Whether the window becomes as wanted in time, and it in one line; see `Terminal`."""
        until = time.monotonic() + timeout
        before = ""
        while True:
            shown = flat("\n".join(self.rows))
            # Two looks that are alike: the frame is whole.
            if shown == before and (flat(wanted) in shown if isinstance(wanted, str) else wanted(shown)):
                return True, shown
            if time.monotonic() > until or (silence is not None and silence.is_long(shown)):
                return False, shown
            before = shown
            time.sleep(LOOK)

    def press_for(self, key: str, wanted: Wanted) -> str:
        """Press a key and wait until the window is as wanted, as `Terminal.press_for` does."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            self.press(key)
            found, shown = self._poll(wanted, left, Silence())
            if found:
                return shown
        return self.wait_for(wanted, 2 * LOOK)

    def close(self) -> None:
        """End the server with all that runs in it."""
        subprocess.run([*self._command, "kill-server"], env=self._env, capture_output=True, check=False)
        shutil.rmtree(self._folder, ignore_errors=True)

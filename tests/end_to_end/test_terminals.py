"""The terminals that people have: those of 256 colours, of sixteen, the console of Linux, and tmux.

Each goes through the same tour: home, a question, a right answer, a wrong one, home again, and out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import pytest

from tests.end_to_end import tmux
from tests.end_to_end.decks import MIX
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import Terminal, Wanted

STYLES = frozenset({0, 1, 2, 3, 4, 7, 9, *range(22, 30), 39, 49})
"""Attributes of text that are no colour, or back to the terminal's own."""
PALETTE = STYLES | {-1}
"""Those of a terminal of 256 colours, see `attributes`."""
SIXTEEN = STYLES | {n + tens for n in range(8) for tens in (30, 40, 90, 100)}
"""Those of a terminal of sixteen."""
HUES = {*range(31, 37), *range(41, 47), *range(91, 97), *range(101, 107)}
"""Those of them that are neither black, white nor grey."""
IBM_PC = frozenset(bytes(range(128, 256)).decode("cp437") + "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼")
"""The signs of the font that Linux's console has, next to ASCII."""


class Screen(Protocol):
    """What a tour needs of a terminal."""

    @property
    def rows(self) -> list[str]:
        """The text of each row."""

    def press(self, *keys: str) -> None:
        """Press keys by name."""

    def wait_for(self, wanted: Wanted) -> str:
        """Wait until the screen is as wanted."""

    def press_for(self, key: str, wanted: Wanted) -> str:
        """Press a key until the screen is as wanted."""


FANCY = dict(zip(("right", "wrong", "rhine", "thames", "marked"), "✓✗◆●▸", strict=True))
"""The signs of the tour by what they say."""
PLAIN = dict(zip(("right", "wrong", "rhine", "thames", "marked"), "√x♦o►", strict=True))
"""The same signs on the console of Linux."""


Seen = dict[str, list[str]]
"""The rows of each stage of a tour."""


def tour(screen: Screen, signs: Mapping[str, str] = FANCY) -> Seen:
    """Home, a question, a right answer and a wrong one: the rows of each. It ends at home."""
    seen: Seen = {}
    screen.wait_for(lambda shown: "A bit of everything" in shown and "helps" in shown)
    screen.press("down")
    screen.wait_for("Next card A bit of everything")
    seen["home"] = screen.rows
    screen.press("enter")
    screen.wait_for(f"r {signs['rhine']} Rhine t {signs['thames']} Thames")
    screen.wait_for("Esc Leave")
    seen["question"] = screen.rows
    shown = screen.press_for("t", f"{signs['right']} Right")
    assert "London lies on it." in shown
    assert "The Thames is a river in England." in shown
    assert f"{signs['rhine']} Rhine {signs['right']} Thames" in shown
    assert f"{signs['marked']} 3 Good" in shown
    seen["right"] = screen.rows
    screen.press_for("space", "Cologne lies on it.")
    shown = screen.press_for("t", f"{signs['wrong']} Wrong. It is {signs['rhine']} Rhine.")
    assert f"{signs['right']} Rhine {signs['wrong']} Thames" in shown
    assert f"{signs['marked']} 1 Again" in shown
    seen["wrong"] = screen.rows
    screen.press("escape")
    screen.wait_for("Today")
    return seen


def attributes(text: str) -> list[set[int]]:
    """What each sequence that styles text asks for. A colour of the palette, but for the first sixteen, which
    each terminal has its own of, is -1."""
    found = re.findall(r"\x1b\[([\d;]*)m", text)
    named = [re.sub(r"\b[34]8;5;(1[6-9]|[2-9]\d|\d{3})\b", "-1", one) for one in found]
    return [{int(number or 0) for number in one.split(";")} for one in named]


def only_sixteen(text: str) -> bool:
    """Whether it asks for no colours but the sixteen that a terminal names itself, and for some of them."""
    asked = set().union(*attributes(text))
    return asked <= SIXTEEN and bool(asked & HUES)


def only_the_palette(text: str) -> bool:
    """Whether it asks for colours of the palette, and for no others."""
    asked = set().union(*attributes(text))
    return -1 in asked and asked <= PALETTE


def clean(seen: Seen) -> bool:
    """Whether nothing stands around the column: what a terminal does not understand would, in its corner."""
    rows = [row for stage in seen.values() for row in stage]
    return all(not stage[0] for stage in seen.values()) and all(row[:5].isspace() for row in rows if row)


def words(rows: list[str]) -> list[str]:
    """The words on a screen, without signs, borders and room."""
    return re.findall(r"[A-Za-z0-9]{2,}", " ".join(rows))


def leave(terminal: Terminal) -> None:
    """Quit from home; the terminal gets back its screen, its mouse, its cursor and its keyboard."""
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert terminal.modes_left_on() == set()
    assert terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h") > -1
    # The next text has no colour of ours.
    assert attributes(terminal.raw.decode())[-1] == {0}


class Tours:
    """The tours of all terminals, to be compared."""

    def __init__(self) -> None:
        self.seen: dict[str, Seen] = {}

    def in_a(self, home: Home, name: str, env: Mapping[str, str], signs: Mapping[str, str] = FANCY) -> str:
        """The tour in a terminal of this environment; all that the program wrote."""
        home.deck("mix", MIX)
        terminal = home.start(env=env)
        self.seen[name] = tour(terminal, signs)
        leave(terminal)
        return terminal.raw.decode()

    def of_256(self, home: Home, term: str) -> None:
        """With 256 colours it has those of the palette, the same everywhere."""
        assert only_the_palette(self.in_a(home, term, {"TERM": term}))

    def of_sixteen(self, home: Home) -> None:
        """With sixteen it has the terminal's own; right is green and wrong is red."""
        raw = self.in_a(home, "xterm", {"TERM": "xterm"})
        assert only_sixteen(raw)
        assert re.search(r"\x1b\[[\d;]*\b32\b[\d;]*m✓ Right", raw)
        assert re.search(r"\x1b\[[\d;]*\b31\b[\d;]*m✗ Wrong", raw)

    def of_linux(self, home: Home) -> None:
        """The console of Linux has sixteen colours too, and a font of 256 signs."""
        raw = self.in_a(home, "linux", {"TERM": "linux"}, PLAIN)
        assert only_sixteen(raw)
        assert {sign for sign in raw if not sign.isascii()} <= IBM_PC

    def without_colours(self, home: Home) -> None:
        """NO_COLOR holds with sixteen colours as well."""
        raw = self.in_a(home, "NO_COLOR", {"TERM": "xterm", "NO_COLOR": "1"})
        assert not HUES & set().union(*attributes(raw))
        # Whatever is left is as red as green and blue.
        assert all(len(set(one)) == 1 for one in re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", raw))
        assert "✓ Right" in raw
        assert "✗ Wrong" in raw

    def without_animations(self, home: Home) -> None:
        """TEXTUAL_ANIMATIONS=none changes nothing that is to be read."""
        self.in_a(home, "no animations", {"TEXTUAL_ANIMATIONS": "none"})


def test_terminals(side_by_side: SideBySide) -> None:
    tours = Tours()
    side_by_side(
        partial(tours.of_256, term="xterm-256color"),
        partial(tours.of_256, term="screen-256color"),
        tours.of_sixteen,
        tours.of_linux,
        tours.without_colours,
        tours.without_animations,
    )
    seen = tours.seen
    assert {name for name, tour in seen.items() if not clean(tour)} == set()
    # To the cell where the colours are as many, and word by word where they are not.
    assert seen["screen-256color"] == seen["xterm-256color"] == seen["no animations"]
    for stage, rows in seen["xterm"].items():
        assert words(rows) == words(seen["xterm-256color"][stage])
        assert words(rows) == words(seen["NO_COLOR"][stage])
        # Each sign of the console is as wide as the one that it stands for.
        for row, plain in zip(rows, seen["linux"][stage], strict=True):
            assert len(row) == len(plain)
            assert all(sign == other for sign, other in zip(row, plain, strict=True) if sign.isascii())


@pytest.mark.skipif(not tmux.installed(), reason="tmux is not installed")
@pytest.mark.parametrize(
    ("term", "as_it_can"), [("screen", only_sixteen), ("tmux-256color", only_the_palette)]
)
def test_tmux(home: Home, term: str, as_it_can: Callable[[str], bool]) -> None:
    home.deck("mix", MIX)
    window = tmux.Tmux(home.command, env=home.environment(), cwd=home.path, term=term)
    try:
        seen = tour(window)
        assert clean(seen)
        assert as_it_can(window.escaped)
        assert window.state("alternate_on") == "1"
        window.press("q")
        window.wait_for(lambda shown: shown == "before ended with 0")
        # The window is as it was before.
        modes = ("alternate_on", "mouse_any_flag", "cursor_flag", "keypad_flag", "wrap_flag")
        assert {mode: window.state(mode) for mode in modes} == {
            "alternate_on": "0",
            "mouse_any_flag": "0",
            "cursor_flag": "1",
            "keypad_flag": "0",
            "wrap_flag": "1",
        }
    finally:
        window.close()
    assert [(row["given"], row["outcome"]) for row in home.log()] == [
        ("Thames", "right"),
        ("Thames", "wrong"),
    ]

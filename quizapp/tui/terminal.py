"""What a terminal can show: its colours, and the signs of its font."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from quizapp.tui.theme import LAMP, LAMP_16, PAPER, PAPER_16


class Terminal(Struct, frozen=True):
    """sixteen: it has sixteen colours. plain_signs: its font may lack signs such as ✓."""

    sixteen: bool = False
    plain_signs: bool = False

    def theme(self, name: str) -> str:
        """The theme to show for one that was chosen: ours have another for sixteen colours, since rounding
        their colours would leave right and wrong at 3.2:1 and 2.4:1."""
        return {LAMP: LAMP_16, PAPER: PAPER_16}.get(name, name) if self.sixteen else name


def terminal_of(environ: Mapping[str, str]) -> Terminal:
    """The terminal that the environment describes, judged as Textual and Rich judge it."""
    from rich.console import Console
    from textual.constants import COLOR_SYSTEM

    system = COLOR_SYSTEM
    if system == "auto":
        system = Console(force_terminal=True, _environ=environ).color_system
    term = environ.get("TERM", "").lower()
    return Terminal(
        sixteen=system in ("standard", "windows"), plain_signs=term == "linux" or term.startswith("linux-")
    )


# The console of Linux has a font of 256 signs, those of the IBM PC, ► ♦ ♣ ○ ← and the like among them. Each
# sign becomes one of them as wide.
_PLAIN = str.maketrans(
    {
        **dict(zip("✓✗◆●▸▲▼★□◇⚑↻", "√x♦o►!v*#♣*@", strict=True)),
        **dict(zip("━╸╺╾╭╮╰╯╶╷╵╴", "════┌┐└┘─││─", strict=True)),
        **dict(zip("▁▂▃▅▆▇▔▎▏▕", "__▄▄██─▌▌▐", strict=True)),
        **{chr(picture): "?" for picture in (*range(0x2400, 0x2427), 0xFFFD)},  # of control characters
        "κ": "k",
        **dict(zip("×‖…−–—“”„‘’‹›•␣↳", 'x║»---"""\'\'<>·_└', strict=True)),
    }
)


class PlainSigns(LineFilter):
    """Draws each sign that the console of Linux lacks as one that it has."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, their text in plain signs."""
        return [
            Segment(text.translate(_PLAIN), style, control)
            if not text.isascii()
            else Segment(text, style, control)
            for text, style, control in segments
        ]

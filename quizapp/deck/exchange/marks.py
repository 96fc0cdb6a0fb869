"""Plain text as Markdown that shows the same, and back."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_\[\]<&~|$]")
_LINE_START = re.compile(r"^([^\S\n]*)(?:([#>+=-])|([0-9]{1,9})([.)])|([QAC]):)", re.MULTILINE)
# Between two lines of a paragraph Markdown sees a space.
_BREAK = re.compile(r"(?<=\S)\n(?=[^\S\n]*\S)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~\n])|&#(33|91|92|93);")


def as_markdown(text: str) -> str:
    """Markdown that shows a plain text as it is, and that no line of which begins like a card (`Q:`)."""
    escaped = _LINE_START.sub(_escaped_start, _SIGNS.sub(r"\\\g<0>", text))
    return _BREAK.sub("\\\\\n", escaped)


def _escaped_start(found: re.Match[str]) -> str:
    space, sign, number, dot, letter = found.groups()
    if sign:
        return f"{space}\\{sign}"
    return f"{space}{number}\\{dot}" if number else f"{space}{letter}\\:"


def from_markdown(text: str) -> str:
    """The plain text that `as_markdown` was given."""
    return _ESCAPE.sub(lambda found: found[1] or chr(int(found[2])), text)

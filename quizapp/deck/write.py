"""Values and entries as TOML, as a person would write them: one key a line, quotes that need no escapes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

Value = str | bool | int | Sequence[str]
"""What a key of an entry may hold."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
# What TOML does not allow in a text as it is, and what an editor would not show.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LIST = 100
"""A list that is wider than this is written with an item a line."""


class Style(Struct, frozen=True):
    """How a file writes its entries. width: cells that keys are filled up to, 0 for none. newline: its line
    ends."""

    width: int = 0
    newline: str = "\n"


def text_value(text: str) -> str:
    """A text in the quotes that need the fewest escapes.

    Two lines or more stand between triple quotes, a text with a backslash or a double quote in single ones.
    """
    if "\n" in text and not _INVISIBLE.search(text):
        return _lines_value(text)
    if ("\\" in text or '"' in text) and "'" not in text and not _CONTROL.search(text):
        return f"'{text}'"
    return f'"{_escaped(text)}"'


def _lines_value(text: str) -> str:
    if "'''" not in text and not text.endswith("'") and ("\\" in text or '"""' in text):
        return f"'''\n{text}'''"
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    return f'"""\n{escaped}"""'


def _escaped(text: str) -> str:
    if text.isprintable() and "\\" not in text and '"' not in text:
        # Nearly all texts: a deck of 20,000 cards is written in half the time.
        return text
    shown = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04X}", shown)


def value(given: Value) -> str:
    """A value of an entry."""
    match given:
        case bool():
            return "true" if given else "false"
        case int():
            return str(given)
        case str():
            return text_value(given)
        case _:
            return _list_value([value(item) for item in given])


def _list_value(items: Sequence[str]) -> str:
    line = f"[{', '.join(items)}]"
    if len(line) <= _LIST and "\n" not in line:
        return line
    return "\n".join(("[", *(f"    {item}," for item in items), "]"))


def entry_text(table: Mapping[str, Value], style: Style | None = None) -> str:
    """One `[[card]]` with its keys in their order; ends with a line end."""
    style = style or Style()
    keys = "".join(f"{key_name(key).ljust(style.width)} = {value(given)}\n" for key, given in table.items())
    return f"[[card]]\n{keys}".replace("\n", style.newline)


@lru_cache(maxsize=256)
def key_name(key: str) -> str:
    """A key as it is written: bare where it may be."""
    return key if _BARE.fullmatch(key) else f'"{_escaped(key)}"'

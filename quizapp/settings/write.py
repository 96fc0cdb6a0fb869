"""Writing one setting into `config.toml`. All else in the file stays, comments and blank lines included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from quizapp.deck.replace import FileChanged, ReadOnlyFileError, replace_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.container import Container
    from tomlkit.items import Table

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_TOP = "# quizapp's settings: the settings screen writes here, and so may you.\n\n"


class ConfigError(Exception):
    """The config file can't be written; its text says why, what is kept, and what to do, for people."""


def write_setting(path: Path, key: str, value: Any, shown: str | None = None) -> None:
    """Set one setting in a file, or take it out if the value is None. The file is made if there is none.

    key: as `Setting.key`, or "keys." and a binding's id. shown: how errors name the file; default: its path.
    Raises ConfigError, and then the file is as it was: it is not TOML, or can't be read or written, or was
    changed by somebody else meanwhile.
    """
    shown = str(path) if shown is None else shown
    try:
        before = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise ConfigError(f"{shown} can't be read ({_reason(error)}). Nothing was changed.") from error
    after = _edited(before, shown, key, value)
    if after != before:
        _replace(path, before, after, shown)


def _edited(before: bytes | None, shown: str, key: str, value: Any) -> bytes:
    try:
        text = _TOP if before is None else before.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown} is not UTF-8. Nothing was changed; save it as UTF-8.") from error
    mark = _BOM if text.startswith(_BOM) else ""
    windows = "\r\n" in text and text.count("\r\n") == text.count("\n")
    text = text.removeprefix(mark)
    # 45 ms to import, and only whoever changes a setting needs it.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = text.replace("\r\n", "\n") if windows else text
        document = tomlkit.parse(text)
        plain = list(value) if isinstance(value, tuple) else value
        if value is None:
            _take_out(document, key)
            edited = tomlkit.dumps(document)
        elif "." not in key and key not in document:
            edited = _with_line(text, f"{key} = {tomlkit.item(plain).as_string()}\n")
        else:
            _put(document, key, plain)
            edited = tomlkit.dumps(document)
        wrong = _value(tomli.loads(edited), key) != plain
    except (TOMLKitError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # tomlkit refuses what is no TOML 1.0, and raises errors of all these kinds for odd files.
        message = f"{shown} is not TOML that can be edited. Nothing was changed; mend it first."
        raise ConfigError(message) from error
    if wrong:
        raise ConfigError(f"{shown} can't be edited safely here. Nothing was changed; set {key} by hand.")
    return (mark + (edited.replace("\n", "\r\n") if windows else edited)).encode()


def _split(key: str) -> tuple[str, str]:
    """The table, "" for none, and the name in it. A binding's id is one name, dots and all."""
    table, dot, name = key.partition(".")
    return (table, name) if dot else ("", key)


def _put(document: TOMLDocument, key: str, value: Any) -> None:
    import tomlkit

    table, name = _split(key)
    if not table:
        document[name] = value
        return
    if table not in document:
        if document.body and not tomlkit.dumps(document).endswith("\n\n"):
            document.add(tomlkit.nl())
        document.add(table, tomlkit.table())
    place = document[table]
    nested = _nested(place, name) if table == "keys" else None
    if nested is not None:
        place, name = nested
    place[name] = value


def _with_line(text: str, line: str) -> str:
    """The text with one more line among the keys above its first table.

    tomlkit would put it right above the table's header, between that and the comment that belongs to it.
    """
    from quizapp.deck.scan import scan

    marks = list(scan(text))
    end = next((mark.start for mark in marks if mark.header), len(text))
    lines = text[:end].splitlines(keepends=True)
    if any(mark.start < end for mark in marks):
        while lines[-1].isspace() or lines[-1].lstrip().startswith("#"):
            del lines[-1]
    else:
        # A comment with a blank line below it speaks of the file; any other of what comes next.
        blanks = [number for number, found in enumerate(lines) if found.isspace()]
        del lines[blanks[0] + 1 if blanks else 0 :]
    above = "".join(lines)
    if above and not above.endswith("\n"):
        above += "\n"
    below = text[len("".join(lines)) :]
    return above + line + ("\n" if below.startswith(("#", "[")) else "") + below


def _nested(table: Any, id_: str) -> tuple[Table | Container, str] | None:
    """Where a binding's id stands as tables within tables, as `home.quiz = "z"` without quotes makes it."""
    if id_ in table:
        return None
    first, _, rest = id_.partition(".")
    if not rest or first not in table:
        return None
    inner = table[first]
    if not hasattr(inner, "keys"):
        return None
    if rest in inner:
        return inner, rest
    return _nested(inner, rest)


def _take_out(document: TOMLDocument, key: str) -> None:
    table, name = _split(key)
    place: Any = document.get(table, {}) if table else document
    nested = _nested(place, name) if table == "keys" else None
    if nested is not None:
        place, name = nested
    if name in place:
        del place[name]


def _value(top: dict[str, Any], key: str) -> Any:
    table, name = _split(key)
    found: Any = top.get(table, {}) if table else top
    if name in found or table != "keys":
        return found.get(name)
    for part in name.split("."):
        found = found.get(part, {}) if isinstance(found, dict) else {}
    return found or None


def _replace(path: Path, before: bytes | None, after: bytes, shown: str) -> None:
    try:
        replace_file(path, before, after)
    except FileChanged as error:
        raise ConfigError(f"{shown} was changed meanwhile. Nothing was written; try again.") from error
    except ReadOnlyFileError as error:
        message = f"{shown} may not be written. Nothing was changed; change its permissions."
        raise ConfigError(message) from error
    except OSError as error:
        raise ConfigError(f"{shown} can't be written ({_reason(error)}). Nothing was changed.") from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error)

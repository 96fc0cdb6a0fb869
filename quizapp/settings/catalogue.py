"""The settings one by one, from their types: names, words for people, limits, values as text."""

from __future__ import annotations

import re
import typing
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import msgspec
import tomli
from msgspec import Meta, Struct, structs

from quizapp.settings.values import Settings

_YES = ("true", "on", "yes")
_NO = ("false", "off", "no")
_LATER = ("decks", "study.rollover")
_STEPS = {"retention": 0.01, "dead_seconds": 0.05}


class BadValueError(ValueError):
    """A text that is no value of a setting; its own text says so, for people."""


class Setting(NamedTuple):
    """One setting.

    key: as `config.toml` has it, with a dot after its table. kind: truth, whole, number, text, texts or
    choice. options: of a choice. least and most: of a number. later: whether a change only counts from the
    next start on.
    """

    key: str
    description: str
    expected: str
    default: Any
    kind: str
    options: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    later: bool = False


def settings_list() -> tuple[Setting, ...]:
    """All settings but the keys, in the order of the file: those without a table first."""
    return tuple(_of(Settings, ""))


def _of(table: type[Struct], prefix: str) -> list[Setting]:
    hints = typing.get_type_hints(table, include_extras=True)
    found: list[Setting] = []
    tables: list[Setting] = []
    for field in structs.fields(table):
        type_, key = hints[field.name], f"{prefix}{field.encode_name}"
        if isinstance(type_, type) and issubclass(type_, Struct):
            tables += _of(type_, f"{key}.")
        elif typing.get_origin(type_) is typing.Annotated:
            found.append(_setting(key, type_, field.default))
    return [*found, *tables]


def _setting(key: str, type_: Any, default: Any) -> Setting:
    base, *metas = typing.get_args(type_)
    meta: Meta = metas[0]
    options = typing.get_args(base) if typing.get_origin(base) is Literal else ()
    kinds = {bool: "truth", int: "whole", float: "number", str: "text"}
    kind = "choice" if options else kinds.get(base, "texts")
    expected = str((meta.extra or {})["expected"])
    least, most = (meta.ge, meta.le) if kind in ("whole", "number") else (None, None)
    return Setting(
        key, meta.description or "", expected, default, kind, options, least, most, later=key in _LATER
    )


def value_of(settings: Settings, key: str) -> Any:
    """The value of a setting by its key."""
    found: Any = settings
    for name in key.split("."):
        found = getattr(found, name)
    return found


def with_value(settings: Settings, key: str, value: Any) -> Settings:
    """The settings with another value for one of them."""
    name, _, rest = key.partition(".")
    if not rest:
        return structs.replace(settings, **{name: value})
    if name == "keys":
        return structs.replace(settings, keys={**settings.keys, rest: value})
    table = structs.replace(getattr(settings, name), **{rest: value})
    return structs.replace(settings, **{name: table})


def parse(setting: Setting, text: str) -> Any:
    """The value that a text means. Raises BadValueError."""
    text = text.strip()
    value: Any = text
    match setting.kind:
        case "truth":
            value = text.lower() in _YES if text.lower() in (*_YES, *_NO) else None
        case "whole":
            value = int(text) if re.fullmatch(r"[+-]?\d{1,9}", text) else None
        case "number":
            value = _number(text)
        case "texts":
            value = _texts(text)
        case "choice":
            value = text if text in setting.options else None
    good = value is not None and (setting.kind != "text" or text)
    if good and setting.least is not None and setting.most is not None:
        good = setting.least <= value <= setting.most
    if not good:
        name = setting.key.rpartition(".")[2]
        raise BadValueError(f"{name} takes {setting.expected}" + (f", not “{text[:40]}”." if text else "."))
    return value


def _texts(text: str) -> tuple[str, ...] | None:
    """Texts with commas between them, or a list as TOML writes it, which alone can hold any text."""
    if not text.startswith("["):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        found = tomli.loads(f"texts = {text}")
    except (ValueError, RecursionError):
        return None
    texts = found.pop("texts")
    return tuple(texts) if not found and all(isinstance(part, str) for part in texts) else None


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def as_toml(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return f"[{', '.join(map(as_toml, value))}]"
        case float():
            return f"{value:g}"
        case str():
            # JSON may hold DEL as it is; TOML may not.
            return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
        case _:
            return str(value)


def shown_value(value: Any, *, empty: str = "none") -> str:
    """A value for people, as `parse` takes it. empty: for a list without items."""
    match value:
        case bool():
            return "on" if value else "off"
        case tuple():
            shown = ", ".join(value)
            return (shown if _texts(shown) == value else as_toml(value)) if value else empty
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def stepped(setting: Setting, value: Any, steps: int, options: Sequence[str] = ()) -> Any:
    """The value so many steps on: the other truth, the next option, the next number. None if there is none.

    options: those of a text that has only a few values.
    """
    match setting.kind:
        case "truth":
            return not value
        case "choice" | "text" if options:
            place = options.index(value) if value in options else 0
            return options[(place + steps) % len(options)]
        case "whole" | "number" if setting.least is not None and setting.most is not None:
            step = _STEPS.get(setting.key.rpartition(".")[2], 1 if setting.kind == "whole" else 0.1)
            moved = min(max(value + steps * step, setting.least), setting.most)
            moved = int(moved) if setting.kind == "whole" else round(moved, 4)
            return moved if moved != value else None
        case _:
            return None

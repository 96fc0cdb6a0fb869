"""The JSON Schema that ships with the program, and the copy that lies beside people's decks.

It is made by `schema.py`, whose tests hold the two equal.
"""

from __future__ import annotations

import re
from pathlib import Path

COPY = "quizapp.schema.json"
"""The name of the copy: decks name it by its place beside them, so that they can be moved together."""
_MARK = '"$comment": "Of quizapp '
_VERSION = re.compile(re.escape(_MARK) + r"([0-9.]+)")


def schema_file() -> Path:
    """Where it lies."""
    return Path(__file__).resolve().with_name("schema.json")


def read_schema() -> str:
    """Its text."""
    return schema_file().read_text(encoding="utf-8")


def copy_of(version: str) -> str:
    """The text of the copy, which says of which version of the program it is."""
    return read_schema().replace("{\n", f'{{\n  {_MARK}{version}",\n', 1)


def is_ours(copy: str) -> bool:
    """Whether the program wrote it, and not a person."""
    return _VERSION.search(copy) is not None


def is_newer(copy: str, version: str) -> bool:
    """Whether a later version of the program wrote it."""
    found = _VERSION.search(copy)
    return found is not None and _numbers(found[1]) > _numbers(version)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall("[0-9]+", version)]

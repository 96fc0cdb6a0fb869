"""The JSON Schema that ships with the program. It is made by `schema.py`, whose tests hold the two equal."""

from __future__ import annotations

from pathlib import Path


def schema_file() -> Path:
    """Where it lies."""
    return Path(__file__).resolve().with_name("schema.json")


def read_schema() -> str:
    """Its text."""
    return schema_file().read_text(encoding="utf-8")

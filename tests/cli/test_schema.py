"""`quizapp schema`."""

from __future__ import annotations

import json
from pathlib import Path

from quizapp.deck.schema import deck_schema
from tests.cli.conftest import Run


def test_it_prints_the_schema_and_nothing_else(run: Run) -> None:
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == deck_schema()


def test_it_says_where_the_schema_lies(run: Run) -> None:
    result = run("schema", "--path")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(Path(result.stdout.rstrip("\n")).read_text(encoding="utf-8")) == deck_schema()

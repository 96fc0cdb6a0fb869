"""One word for one thing, wherever a person reads it: what undo does is called so, everywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizapp

PACKAGE = Path(quizapp.__file__).parent
ROOT = PACKAGE.parent
TAKEN_BACK = re.compile(r"\bt(?:ake|akes|aken|aking|ook)\b[^.;:|]{0,30}\bback\b", re.IGNORECASE)
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def is_command(node: ast.AST) -> bool:
    """Whether a function's docstring is a command's help."""
    return isinstance(node, ast.FunctionDef) and any(
        "command" in ast.unparse(one) for one in node.decorator_list
    )


def texts(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that a person may read: all but docstrings, and those of commands too."""
    about = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    about -= {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and is_command(node) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in about:
            yield node.value


@pytest.mark.parametrize("part", ["cli", "tui"])
def test_no_screen_and_no_command_has_another_word_for_undo(part: str) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {text}"
        for path in (PACKAGE / part).rglob("*.py")
        for text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if TAKEN_BACK.search(text)
    ]
    assert not found


def test_no_page_has_another_word_for_undo() -> None:
    assert not [page.name for page in PAGES if TAKEN_BACK.search(page.read_text(encoding="utf-8"))]

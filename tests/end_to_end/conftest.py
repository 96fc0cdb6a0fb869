"""A home of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# Where there is no ptyprocess, home.py skips the modules that import it; this one is loaded everywhere.
if TYPE_CHECKING:
    from tests.end_to_end.home import Home, SideBySide


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A person's folder."""
    from tests.end_to_end.home import Home

    home = Home(tmp_path / "home")
    try:
        yield home
    finally:
        home.close()


@pytest.fixture
def side_by_side(tmp_path: Path) -> SideBySide:
    """To run scenarios at the same time."""
    from tests.end_to_end.home import SideBySide

    return SideBySide(tmp_path)

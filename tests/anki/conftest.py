"""Collections of the real Anki."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.anki.oracle import Oracle


@pytest.fixture
def oracle(tmp_path: Path) -> Iterator[Oracle]:
    """An empty collection."""
    # Imported here: where there is no Anki, that skips, and the tests that do without it run.
    from tests.anki.oracle import Oracle

    with Oracle(tmp_path / "anki") as made:
        yield made

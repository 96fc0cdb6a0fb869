"""In place of the app: what it would have been opened with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class FakeApp:
    """In place of the app: keeps what it was opened with."""

    opened: list[FakeApp] = []  # noqa: RUF012 - emptied by the fixture
    code = 0

    def __init__(self, **given: Any) -> None:
        self.given = given
        self.return_code: int | None = None
        # No quiz was taken.
        self.sessions = SimpleNamespace(last_quiz=lambda: None)

    def run(self, *, inline: bool) -> None:
        assert inline is self.given["inline"]
        FakeApp.opened.append(self)
        # The file is open and can be written to.
        self.given["store"].new_id()
        self.return_code = FakeApp.code


def opening(app: type[FakeApp]) -> Any:
    (opened,) = app.opened
    return opened.given["opening"]

"""Saying what is being done while it takes long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from quizapp.tui.notices import Kind

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_AFTER = 0.15
"""Seconds after which something takes long."""
_FRAME = 0.05
"""Seconds until what was said is on the screen."""
_STAYS = 600.0
"""Seconds for which it may be said: what comes of it takes its place."""


@asynccontextmanager
async def said_meanwhile(app: QuizApp, text: str, *, at_once: bool) -> AsyncIterator[None]:
    """Say what is being done, until what came of it is said. at_once: before it begins, for what keeps the
    processor so busy that the screen might not come to say it in time; otherwise once it takes long."""

    def say() -> None:
        app.notify(text, timeout=_STAYS, markup=False, kind=Kind.DOING)

    timer = app.set_timer(_AFTER, say, pause=at_once)
    if at_once:
        say()
        await asyncio.sleep(_FRAME)
    try:
        yield
    finally:
        timer.stop()

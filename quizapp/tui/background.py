"""Work beside the screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.dom import DOMNode
from textual.worker import Worker


def begin(
    node: DOMNode, work: Callable[[], Awaitable[None]], *, group: str, exclusive: bool = False
) -> Worker[None]:
    """Begin it; it ends with the node at the latest.

    work: makes the coroutine when its time has come. The app may be left before, and Python warns of a
    coroutine that was made and never awaited.
    """

    async def run() -> None:
        await work()

    return node.run_worker(run, group=group, exclusive=exclusive)

"""A list with what belongs below it, all of which stays in sight however long the list is."""

from __future__ import annotations

from textual.containers import Vertical
from textual.geometry import Size
from textual.layout import DockArrangeResult, WidgetPlacement


class Stack(Vertical):
    """Its first widget, which scrolls, gives way to those below it.

    A stylesheet can't say so: there the list has either its own height or all that is left.
    """

    _room = 0

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Note the room that there is."""
        self._room = size.height
        return super().arrange(size, optimal)

    def process_layout(self, placements: list[WidgetPlacement]) -> list[WidgetPlacement]:
        """Take from the first what the others lack."""
        if not placements:
            return placements
        first, *others = placements
        lacking = max(0, placements[-1].region.bottom - self._room)
        lacking = min(lacking, max(0, first.region.height - 1))
        low = first.region
        shorter = first._replace(region=low.crop_size((low.width, low.height - lacking)))
        return [shorter, *(one._replace(region=one.region.translate((0, -lacking))) for one in others)]

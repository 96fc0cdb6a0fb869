"""What a quiz's figures say, as lines under muted labels."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quizapp.findings import Finding
from quizapp.tui.layout import WHY, balanced

_LABEL = 11
_NARROW = 56


class FindingList(Widget):
    """A label and its lines beside it; below it where there is little room."""

    def __init__(self, findings: Sequence[Finding], *, classes: str) -> None:
        super().__init__(classes=classes)
        self._findings = findings

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes in this width."""
        return self._text(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The lines in the width that there is."""
        return self._text(self.size.width)

    def _text(self, width: int) -> Content:
        if not self._findings:
            return Content("")
        lines: list[Content] = []
        for finding in self._findings:
            if width < _NARROW:
                lines.append(Content.assemble((finding.label, "$text-muted")))
                lines += [
                    Content.assemble("  ", (line, "$foreground"))
                    for line in balanced(finding.text, max(20, width - 2), WHY)
                ]
                continue
            for place, line in enumerate(balanced(finding.text, width - _LABEL, WHY)):
                label = finding.label if not place else ""
                lines.append(Content.assemble((label.ljust(_LABEL), "$text-muted"), (line, "$foreground")))
        return Content("\n").join(lines)

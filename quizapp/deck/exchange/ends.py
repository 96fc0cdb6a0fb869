"""White space at the ends of texts, which does not come along: how much of it is said, in one line."""

from __future__ import annotations

import re

from quizapp.deck.exchange.draft import Loss

_IN_HTML = re.compile(r"(?:\s|&nbsp;|&#160;|&#x[aA]0;)")


def has_loose_ends(html: str) -> bool:
    """Whether a piece of HTML begins or ends with white space, written out or as `&nbsp;`."""
    first, last = html[:1], html[-1:]
    if first.isspace() or last.isspace():
        return True
    return (first == "&" and _IN_HTML.match(html) is not None) or (
        last == ";" and html.endswith(("&nbsp;", "&#160;", "&#xa0;", "&#xA0;"))
    )


def lost_ends(texts: int) -> list[Loss]:
    """That so many texts lost the white space at their ends; [] for none."""
    if not texts:
        return []
    whose = (
        "1 text lost the white space at its"
        if texts == 1
        else f"{texts:,} texts lost the white space at their"
    )
    return [Loss("", f"{whose} ends")]

"""Lines of code, set off by their ground and lit by their language."""

from __future__ import annotations

from rich.cells import cell_len, split_graphemes
from textual.content import Content

from quizapp.tui.markdown.read import Code

MOST = 10_000
"""Longer code is not lit."""
_GOES_ON = "↳ "
_EDGE = 1
_TAB = 4


def code_lines(code: Code, width: int) -> list[Content]:
    """The code's lines on a ground as wide as the longest, at most `width`.

    What is too long goes on below, after ↳.
    """
    room = max(1, width - 2 * _EDGE)
    lines = [part for line in lit(code).split("\n", allow_blank=True) for part in _parts(line, room)]
    longest = max(line.cell_length for line in lines)
    return [
        line.pad_left(_EDGE)
        .pad_right(longest - line.cell_length + _EDGE)
        .stylize_before("$foreground on $panel")
        for line in lines
    ]


def lit(code: Code) -> Content:
    """The code with keywords, texts and comments set apart; plain where its language is not known."""
    text = code.text.expandtabs(_TAB)
    if not code.language or len(text) > MOST:
        return Content(text)
    # 10 to 30 ms with the language, for decks with code.
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Literal, Operator
    from pygments.util import ClassNotFound

    styles = (
        (Comment, "$text-muted"),
        (Keyword, "bold"),
        (Operator.Word, "bold"),
        (Literal, "$text-secondary"),
    )
    try:
        lexer = get_lexer_by_name(code.language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return Content(text)
    parts = [
        (part, next((style for kind, style in styles if token in kind), ""))
        for token, part in lexer.get_tokens(text)
    ]
    shown = Content.assemble(*parts)
    return shown if shown.plain == text else Content(text)


def _parts(line: Content, room: int) -> list[Content]:
    """A line in parts that fit, as they are read: from the second on after a sign."""
    if cell_len(line.plain) <= room or room <= 2 * len(_GOES_ON):
        return [line]
    rest = room - len(_GOES_ON)
    graphemes = split_graphemes(line.plain)[0]
    cuts, begin, cells, most = [], 0, 0, room
    for place, (_, _, size) in enumerate(graphemes):
        if cells + size > most:
            # Behind a space, if that leaves the line more than half full.
            spaces = (
                at for at in range(place, (begin + place) // 2, -1) if line.plain[graphemes[at - 1][0]] == " "
            )
            begin = next(spaces, place)
            cuts.append(graphemes[begin][0])
            cells, most = sum(size for _, _, size in graphemes[begin:place]), rest
        cells += size
    first, *others = line.divide(cuts)
    return [first, *(Content.assemble((_GOES_ON, "not bold $text-muted"), other) for other in others)]

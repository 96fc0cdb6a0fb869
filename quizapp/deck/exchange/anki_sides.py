"""Anki's templates and clozes: which HTML stands on each side of a card."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizapp.deck.exchange.html_text import CLOSE, OPEN

_TAG = re.compile(r"\{\{([#^/]?)([^{}]*)\}\}")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LOOK = re.compile(
    r"</?(?:b|strong|i|em|u|h[1-6]|a|code|pre|ul|ol|table|tbody|thead|blockquote)(?:\s[^>]*)?>", re.I
)
_CELL = re.compile(r"</?t[dh](?:\s[^>]*)?>", re.I)
_ANSWER = re.compile(r"<hr\s[^>]*id\s*=\s*[\"']?answer[\"']?[^>]*>", re.I)
_RULE = re.compile(
    r"\A((?:\s|&nbsp;|<br\b[^<>]*>|</?(?:div|p|span|section|center)\b[^<>]*>)*)<hr\b[^<>]*>", re.I
)
"""A rule that nothing stands before."""
_EMPTY = re.compile(r"(?:\s|&nbsp;|\xa0|</?(?:br|div|p|span)\b[^>]*>)*", re.I)
_MAY_BE_EMPTY = frozenset("<& \t\n\r\f\v\xa0")
_SPECIAL = frozenset({"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"})
_HIDING = frozenset({"type", "hint", "tts", "tts-voices"})
_CLOZE = re.compile(r"\{\{c([\d,]{1,20})::|\}\}")


class Part(NamedTuple):
    """A piece of a template. sign: "" for text, "=" for a field, "#" and "^" for what stands there if a field
    is filled or empty. within: of the latter two."""

    sign: str
    text: str
    filters: tuple[str, ...] = ()
    within: tuple[Part, ...] = ()


@lru_cache(maxsize=512)
def parts_of(template: str) -> tuple[Part, ...]:
    """A template in pieces. Its own looks are left out: what is bold in a note counts, not what a template
    makes bold on every card."""
    stack: list[tuple[str, str, list[Part]]] = [("", "", [])]
    at = 0
    template = _CELL.sub(" ", _LOOK.sub("", _COMMENT.sub("", template)))
    for tag in _TAG.finditer(template):
        if tag.start() > at:
            stack[-1][2].append(Part("", template[at : tag.start()]))
        at = tag.end()
        sign, name = tag[1], tag[2].strip()
        if sign in ("#", "^") and sign:
            stack.append((sign, name, []))
        elif sign == "/":
            if len(stack) > 1:
                opened, of, within = stack.pop()
                stack[-1][2].append(Part(opened, of, (), tuple(within)))
        else:
            *filters, field = name.split(":")
            stack[-1][2].append(
                Part("=", field.strip(), tuple(word.split()[0] for word in filters if word.strip()))
            )
    if at < len(template):
        stack[-1][2].append(Part("", template[at:]))
    while len(stack) > 1:
        opened, of, within = stack.pop()
        stack[-1][2].append(Part(opened, of, (), tuple(within)))
    return tuple(stack[0][2])


@lru_cache(maxsize=1024)
def fields_of(template: str, filter_: str | None = None) -> tuple[str, ...]:
    """The fields that a template shows, in its order. filter_: only those behind this filter."""
    found: dict[str, None] = {}

    def look(parts: tuple[Part, ...]) -> None:
        for part in parts:
            if part.sign == "=" and part.text not in _SPECIAL:
                if filter_ is None or filter_ in part.filters:
                    found[part.text] = None
            else:
                look(part.within)

    look(parts_of(template))
    return tuple(found)


def named_in(template: str) -> frozenset[str]:
    """All fields that a template names, also those that only decide what it shows."""
    found: set[str] = set()

    def look(parts: tuple[Part, ...]) -> None:
        found.update(part.text for part in parts if part.sign)
        for part in parts:
            look(part.within)

    look(parts_of(template))
    return frozenset(found)


def is_empty(html: str) -> bool:
    """Whether Anki takes a field for empty."""
    return not html or (html[0] in _MAY_BE_EMPTY and _EMPTY.fullmatch(html) is not None)


def side(template: str, fields: Mapping[str, str], *, without: frozenset[str] = frozenset()) -> str:
    """The HTML of one side of a card. What is to be typed, shown as a hint or spoken is not part of it, nor
    the front on the back. without: fields that stay out."""
    return _filled(parts_of(template), fields, without)


def _filled(parts: tuple[Part, ...], fields: Mapping[str, str], without: frozenset[str]) -> str:
    out = ""
    for part in parts:
        if not part.sign:
            out += part.text
        elif part.sign == "=":
            if part.text not in without and not (part.filters and _HIDING.intersection(part.filters)):
                out += fields.get(part.text, "")
        else:
            empty = part.text in without or is_empty(fields.get(part.text, ""))
            out += _filled(part.within, fields, without) if empty == (part.sign == "^") else ""
    return out


@lru_cache(maxsize=512)
def behind_line(template: str) -> str:
    """The part of a back's template that is behind Anki's line between the sides; "" without one."""
    pieces = [piece.strip() for piece in _ANSWER.split(template)]
    return pieces[-1] if len(pieces) > 1 and fields_of(pieces[-1]) else ""


def back_of(
    template: str, fields: Mapping[str, str], front: str, *, without: frozenset[str], typed: bool
) -> str:
    """The HTML that a back adds to the front: all behind the line, else all without the front that it begins
    with, nor the line of another look that follows it. typed: whether what is typed is the answer, so that
    nothing else need be behind the line."""
    if own := behind_line(template):
        back = side(own, fields, without=without)
        if typed or not is_empty(back):
            return _without_rule(back)
    back = side(template, fields, without=without)
    return _without_rule(back.strip().removeprefix(front.strip()) if front.strip() else back)


def _without_rule(back: str) -> str:
    """The back without a rule at its start: it set the sides apart."""
    return _RULE.sub(r"\1", back) if "<hr" in back.lower() else back


class Clozed(NamedTuple):
    """A cloze's HTML with blanks marked. numbers: Anki's number of each. hints: what each gives away, "" for
    nothing."""

    html: str
    numbers: tuple[int, ...]
    hints: tuple[str, ...]


class _Blank(NamedTuple):
    """A blank in a list of texts: where it begins and ends."""

    start: int
    end: int
    number: int
    hint: str


def clozed(html: str) -> list[Clozed]:
    """A cloze with OPEN and CLOSE around its blanks: first the outer ones, then those within them, and so on,
    since Anki asks each; [] where there is none."""
    texts: list[str] = []
    blanks: list[_Blank] = []
    opened: list[tuple[int, int]] = []
    at = 0
    html = html.replace(OPEN, "").replace(CLOSE, "")
    for token in _CLOZE.finditer(html):
        text = html[at : token.start()]
        at = token.end()
        if token[1] is not None:
            texts += (text, "")
            opened.append((len(texts) - 1, int(next((n for n in token[1].split(",") if n), "1")[:4])))
        elif not opened:
            texts.append(f"{text}}}}}")
        else:
            text, _, hint = text.partition("::")
            texts += (text, "")
            start, number = opened.pop()
            blanks.append(_Blank(start, len(texts) - 1, number, hint.strip()))
    # One that was never closed hides nothing.
    texts.append(html[at:])
    return [_marked(texts, level) for level in _levels(blanks)]


def _levels(blanks: list[_Blank]) -> list[list[_Blank]]:
    """Blanks by how many others they stand in, in the order of the text."""
    levels: list[list[_Blank]] = []
    around: list[_Blank] = []
    for blank in sorted(blanks):
        while around and around[-1].end < blank.start:
            around.pop()
        if len(around) == len(levels):
            levels.append([])
        levels[len(around)].append(blank)
        around.append(blank)
    return levels


def _marked(texts: list[str], blanks: list[_Blank]) -> Clozed:
    signs = {blank.start: OPEN for blank in blanks} | {blank.end: CLOSE for blank in blanks}
    html = "".join(signs.get(place, text) for place, text in enumerate(texts))
    return Clozed(html, tuple(blank.number for blank in blanks), tuple(blank.hint for blank in blanks))


def one_hint(hints: Sequence[str]) -> tuple[str, str]:
    """The hint of a cloze card whose blanks have these, and what is lost: a card has one for all blanks."""
    different = list(dict.fromkeys(filter(None, hints)))
    if len(different) < 2:
        return "".join(different), ""
    what = "each blank has a hint of its own, a card here one for all of them; left out: "
    return "", what + "; ".join(different)


def braced(text: str) -> str:
    """A text with marked blanks as a deck writes it."""
    return text.replace("{", "{{").replace("}", "}}").replace(OPEN, "{").replace(CLOSE, "}")


def as_cloze(pieces: list[str], to_html: Callable[[str], str]) -> str:
    """The pieces of a deck's cloze, every second a blank, as Anki writes it: each blank with a number of its
    own."""
    out = ""
    for place, piece in enumerate(pieces):
        # What Anki would take for the end of a blank, or for a hint.
        html = to_html(piece).replace("}}", "}&#125;").replace("::", ":&#58;").replace("{{", "{&#123;")
        html = re.sub(r"\}$", "&#125;", html) if place % 2 else html
        out += f"{{{{c{place // 2 + 1}::{html}}}}}" if place % 2 else html
    return out

"""When two typed texts count as the same, and what a text is made of when it is compared."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from quizapp.deck.text import collapse

_APOSTROPHES = frozenset("'’‘`´")
_PUNCTUATION = frozenset('.,;:!?¿¡…·"')
_SIGN = re.compile(r"[^\w\s]")
_JOINERS = frozenset("\u200c\u200d")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_JAMO = range(0x1160, 0x1200)  # vowels and finals of Hangul, which follow the first letter of their syllable


def same_text(left: str, right: str) -> bool:
    """Whether two typed texts count as the same; Unicode form, case, white space, punctuation are forgiven.

    Signs that change a meaning (C and C#, 1.5 and 15, -1 and 1) are not.
    """
    if collapse(left) == collapse(right):
        return True
    folded = fold(left)
    if folded and folded == fold(right):
        return True
    # A keyboard has no minus: a hyphen may be meant as one.
    signed = fold(left.replace("-", "−"))
    return bool(signed) and signed == fold(right.replace("-", "−"))


def fold(text: str) -> str:
    """The text as it is compared: NFC, caseless, punctuation between words as one space."""
    text = unicodedata.normalize("NFC", collapse(text).casefold())
    return " ".join(_SIGN.sub(lambda found: _counts_as(text, found.start()), text).split())


def without_apostrophes(text: str) -> str:
    """The text without what `fold` drops."""
    return text.translate(dict.fromkeys(map(ord, _APOSTROPHES)))


def _counts_as(text: str, place: int) -> str:
    """What the character at this place is compared as: itself, a space for punctuation, or "" for nothing."""
    sign = text[place]
    if sign.isalnum():
        return sign
    if sign in _APOSTROPHES:
        return ""
    following = text[place + 1 : place + 2]
    before = text[place - 1] if place else " "
    decimal = sign in ".," and following.isdigit()
    # Not so in covid-19 or f(2)-1; but in x=-1, (-1) and -.5.
    number = following.isdigit() or (following in {".", ","} and text[place + 2 : place + 3].isdigit())
    negative = sign in "-−" and number and not before.isalnum() and before not in ")]}"
    bracket = unicodedata.category(sign) in ("Pd", "Ps", "Pe", "Pi", "Pf")
    if not negative and not decimal and (sign in _PUNCTUATION or bracket):
        return " "
    return sign


def units(text: str) -> list[str]:
    """The text in characters as they are seen: a base with its marks, a flag, an emoji with what is joined
    to it. Together they are the text."""
    found: list[str] = []
    for sign in text:
        if found and _joins(found[-1], sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _joins(unit: str, sign: str) -> bool:
    """Whether a character is seen as part of the unit before it."""
    code = ord(sign)
    if code < 0x300:  # Latin
        return False
    if unicodedata.category(sign)[0] == "M" or sign in _JOINERS or code in _SKIN_TONES or code in _JAMO:
        return not unit[0].isspace()
    if unit[-1] == "\u200d" and not sign.isspace():
        return True
    return code in _FLAG_LETTERS and len(unit) == 1 and ord(unit) in _FLAG_LETTERS


class Token(Struct, frozen=True):
    """A piece of a text, and what it is compared as. What is forgiven belongs to the piece before it."""

    text: str
    key: str


def tokens(text: str) -> list[Token]:
    """The text in pieces that can be compared one by one. Their texts together are the text."""
    found: list[Token] = []
    opening, place = "", 0  # what is forgiven at the start belongs to the first piece
    for unit in units(text):
        key = _key(text, place, unit)
        place += len(unit)
        if key.isspace() and found and found[-1].key != " ":
            found.append(Token(unit, " "))
        elif not key.strip():
            if found:
                found[-1] = Token(found[-1].text + unit, found[-1].key)
            else:
                opening += unit
        else:
            # One letter may fold to two: ß is ss.
            first, *more = units(key)
            found.append(Token(opening + unit, first))
            found += [Token("", part) for part in more]
            opening = ""
    if found and found[-1].key == " ":
        space = found.pop()
        found[-1] = Token(found[-1].text + space.text, found[-1].key)
    return found or ([Token(opening, "")] if opening else [])


def _key(text: str, place: int, unit: str) -> str:
    if unit.isspace():
        return " "
    counts = _counts_as(text, place) if len(unit) == 1 else unit
    return unicodedata.normalize("NFC", counts.casefold())

"""One note of Anki → entries of a deck, with the cards of Anki that they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from quizapp.deck.cloze import ClozeError, split_cloze
from quizapp.deck.entry import MOST_CHOICES
from quizapp.deck.exchange.anki_notes import EXTRA, OWN, AnkiCard, AnkiNote, NoteType, Template
from quizapp.deck.exchange.anki_sides import (
    Clozed,
    back_of,
    braced,
    clozed,
    fields_of,
    is_empty,
    one_hint,
    side,
)
from quizapp.deck.exchange.html_text import CLOSE, OPEN, all_markdown_of, text_of
from quizapp.deck.text import collapse
from quizapp.deck.write import Value

_ITEM = re.compile(r"<li>(.*?)</li>", re.S | re.I)
_LEAD = re.compile(r"(?:\s|<[bh]r\b[^<>]*>)*", re.I)
_WHOLE = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_DEEPEST = 8
_LONG = 200
"""A longer answer is not typed."""
_BIG = 200_000
"""A field of more characters is no card's text."""
_BEHIND = frozenset({"Why", "Back Extra", "Extra", "Explanation"})
"""Fields that tell more, whatever the answer is."""


_MARKDOWN: dict[str, Value] = {"markdown": True}
_PLAIN: dict[str, Value] = {}


class Made(NamedTuple):
    """An entry. cards: the Anki card that each card of it comes from, in their order; None for a new one."""

    table: dict[str, Value]
    cards: tuple[AnkiCard | None, ...]


class Fields(Struct, frozen=True):
    """Which fields of a note type become what. None, or not named: as its templates have it.

    Each is the name of a field; an `answer` makes typed cards, a `back` flip cards.
    """

    front: str
    back: str | None = None
    answer: str | None = None
    why: str | None = None
    hint: str | None = None


class Reading(Struct):
    """The texts of one note while it is read. media: their names; lost: what else could not be taken over."""

    media: dict[str, None] = {}
    lost: list[str] = []

    def plain(self, html: str) -> str:
        """A piece of HTML as text."""
        text, media = text_of(html)
        if media:
            self.media.update(dict.fromkeys(media))
        return text

    def texts(self, htmls: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, Value]]:
        """Pieces by key: as plain text, or all as Markdown where one has a form; and the key that says so."""
        filled = {key: html for key, html in htmls.items() if html}
        read = all_markdown_of(filled.values())
        form = _PLAIN if read is None else _MARKDOWN
        texts: dict[str, Value] = {}
        for key, (text, media) in zip(filled, read or map(text_of, filled.values()), strict=True):
            if media:
                self.media.update(dict.fromkeys(media))
            if text:
                texts[key] = text
        return texts, form


def entries_of(note: AnkiNote, type_: NoteType, mapping: Fields | None, reading: Reading) -> list[Made]:
    """What a note becomes; [] where there is nothing to ask, and then `reading` says why."""
    if max(map(len, note.fields)) > _BIG:
        reading.lost.append("it is too long for a card; left out")
        return []
    fields = dict(zip(type_.fields, note.fields, strict=False))
    if len(fields) < len(type_.fields):
        fields = dict.fromkeys(type_.fields, "") | fields
    own = type_.name.startswith(OWN) and set(EXTRA) <= set(type_.fields)
    shared: dict[str, Value] = _own_keys(fields, reading) if own else {}
    if note.tags:
        shared["tags"] = list(note.tags)
    if type_.cloze:
        made = _cloze(note, type_, fields, reading)
    elif own and "Choices" in fields:
        made = _chosen(note, fields, reading)
    elif mapping is not None:
        made = _mapped(note, fields, mapping, reading)
    else:
        made = _sides(note, type_, fields, reading)
    if made and own and (accept := _items(fields.get("Accept", ""), reading)) and "question" in made[0].table:
        made[0].table["accept"] = accept
    for number, one in enumerate(made, 1):
        one.table.update(shared)
        if number > 1 and "id" in one.table:
            # An id is for one entry.
            one.table["id"] = f"{one.table['id']}-{number}"
    return made


def _own_keys(fields: Mapping[str, str], reading: Reading) -> dict[str, Value]:
    """What quizapp's own note types keep beside the texts."""
    keys: dict[str, Value] = {}
    for field, key in (("Aspect", "aspect"), ("Id", "id"), ("From", "from")):
        if text := reading.plain(fields[field]):
            keys[key] = text
    if variants := _items(fields["Variants"], reading):
        keys["variants"] = variants
    return keys


def _items(html: str, reading: Reading) -> list[str]:
    """The points of a list, else its lines."""
    if points := _ITEM.findall(html):
        return [text for point in points if (text := reading.plain(point))]
    return [line.strip() for line in reading.plain(html).splitlines() if line.strip()]


# ---- clozes


def _cloze(note: AnkiNote, type_: NoteType, fields: Mapping[str, str], reading: Reading) -> list[Made]:
    template = type_.templates[0] if type_.templates else Template(0, "", "")
    name = next(iter(fields_of(template.front, "cloze")), type_.fields[0] if type_.fields else "")
    html = fields.get(name, "")
    if "image-occlusion:" in html:
        reading.plain("".join(fields.values()))
        reading.lost.append("it hides parts of an image; left out")
        return []
    levels = clozed(html)
    if not levels:
        reading.lost.append("its text has no blank; left out")
        return []
    more = frozenset(fields_of(template.back)) - {name}
    why = _LEAD.sub("", side(template.back, fields, without=frozenset(fields) - more), 1) if more else ""
    hint = "; ".join(
        filter(None, [reading.plain(fields.get(field, "")) for field in fields_of(template.front, "hint")])
    )
    cards = {card.ord: card for card in note.cards}
    made: list[Made] = []
    for level in levels[:_DEEPEST]:
        one = _cloze_entry(level, why, hint, reading)
        if one is not None:
            table, numbers = one
            made.append(Made(table, tuple(cards.pop(number - 1, None) for number in numbers)))
    if len(levels) > _DEEPEST:
        reading.lost.append(f"blanks within more than {_DEEPEST - 1} others are none")
    return made


def _cloze_entry(
    found: Clozed, why: str, hint: str, reading: Reading
) -> tuple[dict[str, Value], tuple[int, ...]] | None:
    """An entry with these blanks, and their numbers; None where there is nothing to ask, and then `reading`
    says why. hint: what holds for all."""
    texts, form = reading.texts({"cloze": found.html, "why": why})
    text, kept = _without_empty_blanks(str(texts.pop("cloze", "")), len(found.numbers), reading)
    if not kept:
        reading.lost.append("nothing is left to hide without its media; left out")
        return None
    cloze = braced(text)
    if not _is_good(cloze, text):
        reading.lost.append("a blank has braces that do not pair; left out")
        return None
    own, lost = one_hint([reading.plain(found.hints[place]) for place in kept])
    if not (own or lost or hint) and _WHOLE.fullmatch(text):
        reading.lost.append("a blank is all of its text and has no hint, which asks nothing; left out")
        return None
    numbers = tuple(found.numbers[place] for place in kept)
    if lost:
        reading.lost.append(lost)
    if len(set(numbers)) < len(numbers):
        reading.lost.append("blanks that Anki hid together are cards of their own; the first has the history")
    table: dict[str, Value] = {"cloze": cloze, **texts}
    if said := "; ".join(filter(None, (own, hint))):
        table["hint"] = said
    return {**table, **form}, numbers


def _without_empty_blanks(text: str, blanks: int, reading: Reading) -> tuple[str, tuple[int, ...]]:
    """The text without blanks that hide nothing (an image), and which of them are left."""
    kept: list[int] = []
    pieces = re.split(f"{OPEN}([^{CLOSE}]*){CLOSE}", text)
    out = pieces[0]
    for place, blank, after in zip(range(blanks), pieces[1::2], pieces[2::2], strict=False):
        if blank.strip():
            kept.append(place)
            out += f"{OPEN}{blank}{CLOSE}"
        out += after
    if kept and len(kept) < blanks:
        reading.lost.append("a blank that hides only media is none")
    return out.strip(), tuple(kept)


def _is_good(cloze: str, text: str) -> bool:
    try:
        return split_cloze(cloze) == re.split(f"[{OPEN}{CLOSE}]", text)
    except ClozeError:
        return False


# ---- two sides


def _sides(note: AnkiNote, type_: NoteType, fields: Mapping[str, str], reading: Reading) -> list[Made]:
    """An entry a card, as its template shows it; two that mirror each other are one."""
    made: list[Made] = []
    empty = False
    for card in note.cards:
        template = next((one for one in type_.templates if one.ord == card.ord), None)
        if template is None:
            reading.lost.append(f"its note type has no card {card.ord + 1}; left out")
            continue
        one = _card(template, fields, reading)
        if one is None:
            empty = True
            continue
        twin = next((other for other in made if _mirrors(other.table, one)), None) if made else None
        if twin is None:
            made.append(Made(one, (card,)))
        else:
            made[made.index(twin)] = Made({**_reversed(twin.table)}, (*twin.cards, card))
    if empty:
        what = "one of its cards has an empty side" if made else "one of its sides is empty without its media"
        reading.lost.append(f"{what}; left out")
    return made


class _Plan(NamedTuple):
    """What the fields of a template's card are. typed: the one whose text is to be typed, or "". behind:
    those that tell more, and the same as a set."""

    typed: str
    hints: tuple[str, ...]
    behind: tuple[str, ...]
    apart: frozenset[str]


@lru_cache(maxsize=512)
def _plan(template: Template) -> _Plan:
    typed = next(iter(fields_of(template.front, "type")), "")
    shown = {*fields_of(template.front), typed}
    added = [name for name in fields_of(template.back) if name not in shown]
    behind = tuple(name for name in added if name in _BEHIND)
    if len(behind) == len(added) and not typed:
        # On a card whose answer is one of these fields alone, that is the answer.
        behind = ()
    return _Plan(typed, fields_of(template.front, "hint"), behind, frozenset(behind))


def _card(template: Template, fields: Mapping[str, str], reading: Reading) -> dict[str, Value] | None:
    typed, hinting, behind, apart = _plan(template)
    front = side(template.front, fields)
    back = back_of(template.back, fields, front, without=apart, typed=bool(typed))
    why = (
        "<br>".join([html for name in behind if not is_empty(html := fields.get(name, ""))]) if behind else ""
    )
    hint = "<br>".join([fields.get(name, "") for name in hinting]) if hinting else ""
    return _entry(front, back, fields.get(typed, ""), why, hint, reading)


def _mapped(note: AnkiNote, fields: Mapping[str, str], mapping: Fields, reading: Reading) -> list[Made]:
    def of(name: str | None) -> str:
        return fields.get(name, "") if name else ""

    table = _entry(
        of(mapping.front), of(mapping.back), of(mapping.answer), of(mapping.why), of(mapping.hint), reading
    )
    if table is None:
        reading.lost.append("one of its sides is empty; left out")
        return []
    return [Made(table, note.cards[:1] or (None,))]


def _entry(
    front: str, back: str, answer: str, why: str, hint: str, reading: Reading
) -> dict[str, Value] | None:
    """A typed card where there is an answer to type, else a flip card; None if a side is empty."""
    to_type = reading.plain(answer) if answer else ""
    if to_type and ("\n" in to_type or len(to_type) > _LONG):
        reading.lost.append("its answer is too long to be typed: it is looked at instead")
        to_type, back = "", answer
    table: dict[str, Value]
    if to_type:
        why = "<br>".join(html for html in (back, why) if not is_empty(html))
        texts, form = reading.texts({"question": front, "why": why})
        if "question" not in texts:
            return None
        table = {"question": texts["question"], "answer": to_type}
    else:
        texts, form = reading.texts({"front": front, "back": back, "why": why})
        if "front" not in texts or "back" not in texts:
            return None
        table = {"front": texts["front"], "back": texts["back"]}
    if "why" in texts:
        table["why"] = texts["why"]
    if hint and (given := reading.plain(hint)):
        table["hint"] = given
    table.update(form)
    return table


def _mirrors(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    if "front" not in one or one["front"] != other.get("back") or one["back"] != other.get("front"):
        return False
    return {**one, "front": "", "back": ""} == {**other, "front": "", "back": ""}


def _reversed(table: Mapping[str, Value]) -> dict[str, Value]:
    """The entry, asked both ways; the key stands behind the back."""
    out: dict[str, Value] = {}
    for key, item in table.items():
        out[key] = item
        if key == "back":
            out["reverse"] = True
    return out


def _chosen(note: AnkiNote, fields: Mapping[str, str], reading: Reading) -> list[Made]:
    """A choice card or a statement that quizapp once wrote."""
    name = "Statement" if "Statement" in fields else "Question"
    texts, form = reading.texts({name: fields[name], "why": fields["Why"], "hint": fields["Hint"]})
    answer, choices = reading.plain(fields["Answer"]), _items(fields["Choices"], reading)
    wrong = [choice for choice in choices if collapse(choice) != collapse(answer)]
    if name not in texts or not answer or not wrong or len(wrong) == len(choices):
        reading.lost.append("it has no answer, or none of its choices is the answer; left out")
        return []
    if len(wrong) >= MOST_CHOICES:
        reading.lost.append(f"it has more than {MOST_CHOICES} choices; the first are kept")
    table: dict[str, Value] = {
        "question": texts.pop(name),
        "answer": answer,
        "wrong": wrong[: MOST_CHOICES - 1],
    }
    if name == "Statement":
        # Which choices the deck has is settled when all of its notes are known.
        table = {"statement": table["question"], "answer": answer, "wrong": choices}
    return [Made({**table, **texts, **form}, note.cards[:1] or (None,))]

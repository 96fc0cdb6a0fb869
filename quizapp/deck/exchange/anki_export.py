"""A deck → notes for Anki. Pure: quizapp.anki.write makes the package."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizapp.deck.card import Card, Deck, Flip, Statement, options
from quizapp.deck.cloze import split_cloze
from quizapp.deck.exchange.anki_notes import EXTRA
from quizapp.deck.exchange.anki_sides import as_cloze
from quizapp.deck.exchange.draft import LEFT_OUT, Draft, Loss, Table, gathered, head_lost
from quizapp.deck.exchange.html_text import CLOSE, OPEN
from quizapp.deck.write import Value

_GUID = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_LENGTH = 11
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.S)
_BLANK = re.compile(f"{OPEN}(.*?){CLOSE}", re.S)


class OutNote(NamedTuple):
    """A note for Anki. type: of quizapp's note types (anki_notes.own_types). cards: ours' keys by ord."""

    type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    guid: str
    cards: Mapping[int, str]


class Outgoing(NamedTuple):
    """What Anki gets of a deck. about: HTML."""

    name: str
    notes: tuple[OutNote, ...]
    losses: tuple[Loss, ...]
    about: str = ""


def notes_of(draft: Draft, deck: Deck) -> Outgoing:
    """The notes of a deck. draft: its file's tables. deck: the same, read: it knows the cards' keys."""
    by_entry: dict[int, list[Card]] = {}
    for card in deck.cards:
        by_entry.setdefault(card.entry, []).append(card)
    notes: list[OutNote] = []
    found: list[tuple[str, str]] = []
    for number, table in enumerate(draft.entries):
        cards = by_entry.get(number)
        if not cards:
            found.append((f"card {number + 1}", f"{LEFT_OUT}it has a problem (see quizapp check)"))
            continue
        note = _note(table, cards, deck)
        notes.append(note)
        found += ((f"card {number + 1}", what) for what in _lost(note, table))
    losses = (*_head_lost(draft, deck), *gathered(found))
    return Outgoing(deck_name(deck), tuple(notes), losses, plain_html(deck.about))


def _head_lost(draft: Draft, deck: Deck) -> list[Loss]:
    """What Anki does not get of the head. The choices come along with statements that have them."""
    chosen = any(isinstance(card, Statement) and card.choices == deck.choices for card in deck.cards)
    held = ("title", "about", "markdown", *(["choices"] if chosen else []))
    losses = head_lost(draft.head, held)
    if "::" in deck.title:
        # Anki takes it for a deck within a deck.
        losses.insert(0, Loss("", "the :: in its title became :"))
    return losses


def _lost(note: OutNote, table: Table) -> Iterator[str]:
    """What of an entry is otherwise in Anki."""
    if note.type in ("choice", "statement"):
        yield "Anki shows its choices, but has no key for them"
    if any(re.search(r"\s", tag.strip()) for tag in _texts(table.get("tags", ()))):
        yield "the spaces in its tags became _"


def deck_name(deck: Deck) -> str:
    """What Anki calls a deck: its title, below the decks that its id names."""
    above = deck.id.count("/")
    parts = deck.title.split(": ")
    if above and len(parts) == above + 1:
        return "::".join(part.replace("::", ":") for part in parts)
    return deck.title.replace("::", ":")


def _note(table: Table, cards: Sequence[Card], deck: Deck) -> OutNote:
    card = cards[0]
    to_html = _from_markdown if card.markdown else plain_html
    shared = {
        "Why": to_html(_text(table.get("why", ""))),
        "Hint": plain_html(_text(table.get("hint", ""))),
        "Aspect": plain_html(_text(table.get("aspect", ""))),
        "From": plain_html(_text(table.get("from", ""))),
        "Variants": _listed(_texts(table.get("variants", ())), to_html),
        "Id": plain_html(_text(table.get("id", ""))),
    }
    own: tuple[str, ...]
    ords = {place: one.key for place, one in enumerate(cards)}
    if "front" in table:
        type_ = "flip, both ways" if table.get("reverse") else "flip"
        ords = {int(isinstance(one, Flip) and one.reversed): one.key for one in cards}
        own = (to_html(_text(table["front"])), to_html(_text(table["back"])))
    elif "cloze" in table:
        pieces = split_cloze(_text(table["cloze"]))
        type_ = "cloze"
        own = (_marked_cloze(pieces) if card.markdown else as_cloze(pieces, plain_html),)
    elif "statement" in table or table.get("wrong"):
        type_ = "statement" if isinstance(card, Statement) else "choice"
        offered = options(card) if isinstance(card, Statement) else _mixed(card)
        own = (to_html(_text(table[type_ if type_ == "statement" else "question"])), plain_html(card.answer))
        own = (*own, _listed(offered, plain_html))
    else:
        type_ = "typed"
        own = (to_html(_text(table["question"])), plain_html(_text(table["answer"])))
        own = (*own, _listed(_texts(table.get("accept", ())), plain_html))
    tags = tuple(re.sub(r"\s+", "_", tag.strip()) for tag in _texts(table.get("tags", ())))
    fields = (*own, *(shared[name] for name in EXTRA))
    return OutNote(type_, fields, tuple(filter(None, tags)), _guid(deck.id, card.key), ords)


def _mixed(card: Card) -> list[str]:
    """What a card offers, the wrong ones in the author's order, and the right one at a place that tells
    nothing, the same in each export."""
    right, *offered = options(card)
    offered.insert(int(card.key, 16) % (len(offered) + 1), right)
    return offered


def _guid(deck: str, key: str) -> str:
    """What Anki knows a note by: the same for the same card, so that a later import changes that note."""
    number = int.from_bytes(hashlib.sha256(f"quizapp\n{deck}\n{key}".encode()).digest()[:16])
    signs = ""
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(_GUID))
        signs += _GUID[rest]
    return signs


def _text(given: Value) -> str:
    return given if isinstance(given, str) else str(given)


def _texts(given: Value) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, Sequence) and not isinstance(given, str) else ()


# ---- texts as HTML


def plain_html(text: str) -> str:
    """A plain text as HTML that shows the same, line ends and spaces too."""
    shown = html.escape(text, quote=False).replace("\t", "    ").replace("\n", "<br>")
    if "  " in shown:
        shown = re.sub("  +", lambda spaces: "&nbsp;" * len(spaces[0]), shown)
    # What Anki would take for a sound.
    return shown.replace("[sound:", "[sound&#58;")


def _listed(texts: Sequence[str], to_html: Callable[[str], str]) -> str:
    return f"<ul>{''.join(f'<li>{to_html(text)}</li>' for text in texts)}</ul>" if texts else ""


def _from_markdown(text: str) -> str:
    """Markdown as HTML; a text of one paragraph without the tag around it."""
    rendered = _renderer()(text).strip()
    rendered = rendered.replace("<br />\n", "<br>").replace("[sound:", "[sound&#58;")
    one = _PARAGRAPH.fullmatch(rendered)
    return one[1] if one else rendered


@lru_cache(maxsize=1)
def _renderer() -> Callable[[str], str]:
    # Textual brings it along; it takes 20 ms, and few decks need it.
    from markdown_it import MarkdownIt

    # Raw HTML shows as it is written, as it does in the app.
    return MarkdownIt("commonmark", {"html": False}).enable("table").render


def _marked_cloze(pieces: Sequence[str]) -> str:
    """A Markdown cloze: rendered whole, since a mark may reach over a blank."""
    text = "".join(f"{OPEN}{piece}{CLOSE}" if place % 2 else piece for place, piece in enumerate(pieces))
    split = re.split(_BLANK, _from_markdown(text))
    return as_cloze(split, lambda piece: piece)

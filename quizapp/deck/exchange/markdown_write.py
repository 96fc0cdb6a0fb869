"""Markdown as hashcards and repeater have it, written. docs/exchange.md says the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quizapp.deck.cloze import split_cloze
from quizapp.deck.exchange.draft import Draft, Loss, gathered, head_lost
from quizapp.deck.exchange.markdown import ALMOST, FENCE, IMAGE, RULE, on_one_line
from quizapp.deck.exchange.marks import as_markdown
from quizapp.deck.exchange.valid import entry_of, valid
from quizapp.deck.tables import EntryTable, as_text, quoted

_BRACKET = re.compile(rf"\\[\[\]]|{IMAGE.pattern}|[\[\]]")
_BEFORE_BRACKET = re.compile(r"(?:\\\\?|!)\Z")


def write(draft: Draft) -> tuple[str, tuple[Loss, ...]]:
    """The cards that the format can hold, and what it can't. Plain texts are escaped; if a card is
    Markdown, all are written so."""
    draft = valid(draft)
    marked = draft.head.get("markdown") is True
    blocks: list[str] = []
    found: list[tuple[str, str]] = []
    any_marked = False
    for place, table in draft.placed():
        entry = entry_of(table)
        rich = marked if entry.markdown is None else entry.markdown
        any_marked |= rich
        blocks += _written(entry, draft.head, _guarded if rich else as_markdown, rich)
        found += ((place, what) for what in _lost(entry))
    losses = head_lost(draft.head, ("title", "about", "source", "markdown"))
    return "\n".join([_front_text(draft, any_marked), *blocks]), (*draft.losses, *losses, *gathered(found))


def _front_text(draft: Draft, marked: bool) -> str:
    """The head as front matter. Both programs read `name` in it, and pass over the rest."""
    said: dict[str, Any] = {"name": draft.head.get("title"), "markdown": marked}
    said |= {key: draft.head.get(key) for key in ("about", "source")}
    lines = [f"{key} = {_one_line(item)}" for key, item in said.items() if item is not None]
    return "\n".join((RULE, *lines, RULE, ""))


def _one_line(item: Any) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    # repeater takes any line with :: above the first card for a card.
    text = json.dumps(as_text(item), ensure_ascii=False)
    return text.replace("\x7f", "\\u007f").replace("::", ":\\u003a")


def _written(entry: EntryTable, head: Any, shown: Callable[[str], str], rich: bool) -> list[str]:
    """The entry as blocks of text."""
    if entry.cloze:
        return [_block("C", _bracketed(str(entry.cloze), rich), rich)]
    if entry.front:
        front, back = shown(str(entry.front)), shown(str(entry.back))
        pairs = [(front, back), (back, front)] if entry.reverse else [(front, back)]
        return [_block("Q", question, rich) + _block("A", answer, rich) for question, answer in pairs]
    prompt, answer = str(entry.statement or entry.question), entry.answer
    if isinstance(answer, bool):
        answer = "True" if answer else "False"
        choices: Sequence[Any] = ("True", "False")
    elif entry.statement:
        choices = [as_text(choice) for choice in head.get("choices", ())]
    else:
        choices = sorted([answer, *entry.wrong], key=lambda text: str(text).casefold()) if entry.wrong else ()
    listed = "".join(f"\n- {as_markdown(str(choice))}" for choice in choices)
    question = f"{shown(prompt)}\n{listed}" if listed else shown(prompt)
    return [_block("Q", question, rich) + _block("A", as_markdown(str(answer)), rich)]


def _block(mark: str, text: str, rich: bool) -> str:
    text = "\n".join(_no_card(text.strip().split("\n"), rich))
    return f"{mark}:\n{text}\n" if "\n" in text else f"{mark}: {text}\n"


def _no_card(lines: Sequence[str], rich: bool) -> Iterator[str]:
    """The lines, those changed that would be taken for a card on one line. rich: Markdown as it was written,
    where a backslash may be part of code."""
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= FENCE.match(line) is not None
        after_empty = at > 0 and not lines[at - 1].strip()
        if after_empty and not fenced and not line[:1].isspace() and on_one_line(line) is not None:
            yield f" {line}" if rich else line.replace("::", ":\\:", 1)
        else:
            yield line


def _guarded(text: str) -> str:
    """Markdown, none of whose lines begins or ends a card."""
    text = re.sub(rf"^([QAC]|{ALMOST}):", r"\1\\:", text, flags=re.MULTILINE)
    # Four dashes in from the edge are a line across too.
    return re.sub(r"^(?:\s*---\s*$|(?=---))", lambda at: " ----" if at[0] else " ", text, flags=re.MULTILINE)


def _bracketed(cloze: str, rich: bool) -> str:
    """The cloze with square brackets around its blanks, and plain ones escaped."""
    shown = [
        _BRACKET.sub(_escaped, _guarded(piece)) if rich else as_markdown(piece)
        for piece in split_cloze(cloze)
    ]
    # What stands before a bracket would make it a plain one, or a picture's.
    for place, piece in enumerate(shown[:-1]):
        shown[place] = _BEFORE_BRACKET.sub("&#92;" if piece.endswith("\\") else "&#33;", piece)
    return "".join(f"[{piece}]" if place % 2 else piece for place, piece in enumerate(shown))


def _escaped(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else f"\\{found[0]}"


def _lost(entry: EntryTable) -> Iterator[str]:
    """What of the entry the format does not hold."""
    if entry.statement or entry.wrong:
        yield "became a question with its choices listed"
    elif entry.question:
        yield "became a question whose answer is not typed"
    if entry.reverse:
        yield "became two cards, one for each way"
    for key in ("accept", "variants", "why", "hint", "aspect", "tags", "id"):
        if getattr(entry, key):
            yield f"{quoted(key)} was left out"
    if entry.source:
        yield '"from" was left out'

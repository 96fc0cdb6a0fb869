"""What is typed to filter cards: words, and conditions such as `tag:verb`, `is:due`, `-answer:BPO`.

All of them must hold. Quotation marks keep words together, and a minus turns a condition round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from quizapp.browse.rows import Row, due_of, folded, is_buried
from quizapp.deck.card import Kind, kind_of
from quizapp.deck.text import visible
from quizapp.problem import did_you_mean
from quizapp.record import Moment

STATES = ("due", "new", "leech", "flagged", "suspended", "buried")
"""What may follow `is:`."""
KINDS = tuple(kind.value for kind in Kind)
"""What may follow `kind:`."""
FIELDS = ("tag", "aspect", "answer", "kind", "is")
"""What may stand before a colon."""
_CHOICES: Mapping[str, Sequence[str]] = {"is": STATES, "kind": KINDS}

# A part: perhaps a minus, perhaps a field, then a text up to a space, or in quotation marks (the last of
# which may still be missing).
_PART = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]+):(?![:/]))?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))')
_MOST = 12
"""So many characters of what was typed are named."""

Test = Callable[[Row], bool]


class Term(Struct, frozen=True):
    """One condition. field: "" for a text that may stand anywhere in the card. text: in the form in which it
    is sought."""

    field: str
    text: str
    negated: bool = False


class Query(Struct, frozen=True):
    """What was typed. trouble: what of it means nothing, as a sentence, and the same in ever fewer words.
    hint: what may follow, or how a part is understood, in the same way. () for none. known: where it asks
    for what there is not, and so finds nothing, a sentence on what there is; "" otherwise."""

    terms: tuple[Term, ...] = ()
    trouble: tuple[str, ...] = ()
    hint: tuple[str, ...] = ()
    known: str = ""


def parse(text: str) -> Query:
    """What a text asks for.

    After `is:` and `kind:`, the beginning of a value is as good as the whole one; where several begin so, or
    nothing follows yet, that filters nothing; and what none begins with finds nothing. A field that there is
    not is sought as text, with its colon.
    """
    terms: list[Term] = []
    trouble, hint, known = tuple[str, ...](), tuple[str, ...](), ""
    for part in _PART.finditer(text):
        if not part[0].strip():
            continue
        field, value = (part["field"] or "").casefold(), part["quoted"] or part["plain"] or ""
        negated = bool(part["minus"])
        if field and field not in FIELDS:
            # A colon stands in many a text: it is sought as it was typed.
            if meant := did_you_mean(field[:_MOST], FIELDS):
                trouble = _sought_as_text(field, meant)
            else:
                hint = _sought_as_text(field, "")
            terms.append(Term("", folded(f"{part['field']}:{value}"), negated))
            continue
        value = folded(value)
        choices = _CHOICES.get(field)
        if choices is not None and value not in choices:
            begun = [choice for choice in choices if choice.startswith(value)]
            if not begun:
                trouble, known = _no_choice(field, value, choices), f"There are {', '.join(choices)}."
                continue
            hint = _choices(field, choices)
            value = begun[0] if len(begun) == 1 else ""
        if value:
            terms.append(Term(field, value, negated))
    return Query(tuple(terms), trouble, hint, known)


def _choices(field: str, choices: Sequence[str]) -> tuple[str, ...]:
    return f"{field}: {', '.join(choices)}", " ".join(choices)


def _no_choice(field: str, value: str, choices: Sequence[str]) -> tuple[str, ...]:
    named = f"{field}:{_short(value)}"
    meant = did_you_mean(value[:_MOST], choices)
    if not meant:
        return f"There is no {named}.", f"No {named}."
    return f"There is no {named}; {meant}", f"No {named}; {meant}", f"No {named}."


def _sought_as_text(field: str, meant: str) -> tuple[str, ...]:
    named = f"{_short(field)}:"
    whole = f"{named} is sought as text; {meant or 'there are ' + ' '.join(f'{name}:' for name in FIELDS)}"
    return whole, f"{named} is text; {meant or 'see the help.'}", f"{named} is text; see the help."


def _short(text: str) -> str:
    return visible(text if len(text) <= _MOST else f"{text[: _MOST - 1]}…")


def matching(rows: Sequence[Row], query: Query, latest: str | None, now: Moment) -> Sequence[Row]:
    """The rows for which all of a query's conditions hold, in their order; none where it asks for what there
    is not. latest: as in the deck's plan."""
    if query.known:
        return ()
    for term in query.terms:
        rows = _narrowed(rows, term, latest, now)
    return rows


def _narrowed(rows: Sequence[Row], term: Term, latest: str | None, now: Moment) -> Sequence[Row]:
    text = term.text
    if not term.field:
        # The commonest by far, and a row's texts need no call: four times as fast.
        if term.negated:
            return [row for row in rows if text not in row.sought]
        return [row for row in rows if text in row.sought]
    test = _test(term, latest, now)
    return [row for row in rows if test(row) is not term.negated]


def _test(term: Term, latest: str | None, now: Moment) -> Test:
    text = term.text
    match term.field:
        case "tag":
            return lambda row: any(text in folded(tag) for tag in row.card.tags)
        case "aspect":
            return lambda row: text in folded(row.card.aspect)
        case "answer":
            return lambda row: text in folded(row.card.answer)
        case "kind":
            return lambda row: kind_of(row.card).value == text
    return _state(text, latest, now)


def _state(state: str, latest: str | None, now: Moment) -> Test:
    match state:
        case "new":
            return lambda row: row.memory is None
        case "leech":
            return lambda row: row.memory is not None and row.memory.is_leech
        case "flagged":
            return lambda row: row.mark.flagged
        case "suspended":
            return lambda row: row.mark.suspended
        case "buried":
            return lambda row: is_buried(row, now)
    # What is put aside is not asked, whenever it falls due.
    return lambda row: (
        row.memory is not None and not row.mark.hides(now.day) and due_of(row, latest, now).is_now(now)
    )

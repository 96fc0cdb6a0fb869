"""A new deck file: what it is called, and the text that it begins with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.deck.card import Kind
from quizapp.deck.edit import EditError, Source, remove_entry
from quizapp.deck.text import collapse
from quizapp.deck.write import Value, entry_text, text_value, value

_MOST_BYTES = 120
"""How long a part of a name may be, so that any file system takes it with what is put around it."""
# What a file may not be called on some system, and what a shell would take for something else.
_UNSAFE = re.compile(r"""[\s<>:"'`|?*\\$&;!#%^~(){}\[\]]+""")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
_EXAMPLE = "# An example: write your own in its place. `quizapp add` takes it out."
_HINTS = {
    Kind.STATEMENT: "# You choose which answer is right. `variants` are other wordings.",
    Kind.FLIP: "# You grade yourself. With `reverse = true` it is asked both ways.",
    Kind.CHOICE: "# You choose among the answer and the wrong ones.",
    Kind.TYPED: '# You type the answer. With `accept = ["…"]` others count too.',
    Kind.CLOZE: "# You type what stands in braces; with several, each is asked in its turn.",
}


def file_id(name: str) -> str:
    """The id of a new deck that is called so: parts that any system takes as a file's name, joined by "/".

    Raises ValueError where nothing is left of a part, as of "..".
    """
    parts = [_safe(part) for part in name.replace("\\", "/").split("/")]
    if not all(parts):
        raise ValueError("a part of the name is empty")
    return "/".join(parts)


def _safe(part: str) -> str:
    shown = "".join(
        letter if letter.isprintable() or letter.isspace() else "-"
        for letter in unicodedata.normalize("NFC", part)
    )
    name = _UNSAFE.sub("-", shown.strip())
    name = re.sub(r"-{2,}", "-", name).strip("-. ")
    while len(name.encode("utf-8", "replace")) > _MOST_BYTES:
        name = name[:-1]
    return f"{name}-deck" if _DEVICE.match(name) else name.rstrip("-. ")


def new_deck(title: str, called: str, kind: Kind, choices: Sequence[str] = (), *, schema: str = "") -> str:
    """The text of a new deck with an example card. called: how a command names it, on one line. schema: the
    path of the format's JSON Schema, for editors that check decks by it; "" for none."""
    head = [
        *([f"#:schema {schema}"] if schema else []),
        "# A deck is saved text: quizapp reads it anew whenever you save it.",
        f"# To study it:        quizapp study {called}",
        "# To look for slips:  quizapp check, or p in the app",
        f"# To add cards:       quizapp add {called}",
        "#                     or write [[card]] and its keys at the end",
        f"title = {text_value(title)}",
    ]
    if choices:
        head.append(f"choices = {value(choices)}")
    notes = [
        _HINTS[kind],
        '# Any card may have: why = "shown after the answer", hint = "…",',
        '#                    aspect = "what it is about", tags = ["…"]',
    ]
    example = f"{_EXAMPLE}\n{entry_text(example_of(kind, choices))}"
    return "\n".join([*head, "", *notes, "", example])


def example_of(kind: Kind, choices: Sequence[str] = ()) -> dict[str, Value]:
    """The example card of a new deck. choices: the deck's; without any a statement is true or false."""
    match kind:
        case Kind.STATEMENT if choices:
            return {"statement": "A sentence that one of the choices fits.", "answer": choices[0]}
        case Kind.STATEMENT:
            return {"statement": "A sentence that is true or false.", "answer": True}
        case Kind.FLIP:
            return {"front": "What you are asked", "back": "What you want to remember"}
        case Kind.CHOICE:
            return {
                "question": "What are you asked?",
                "answer": "the right answer",
                "wrong": ["a wrong one", "another wrong one"],
            }
        case Kind.TYPED:
            return {"question": "What are you asked?", "answer": "what you type"}
        case Kind.CLOZE:
            return {"cloze": "A sentence with a word in {braces}."}


def without_example(text: str) -> str:
    """The text without the example card of a new deck, if it still is as it was made."""
    if _EXAMPLE not in text:
        return text
    try:
        source = Source.of(text)
        found = next((number for number in range(len(source.entries)) if _is_example(source, number)), None)
        return text if found is None else remove_entry(text, found)
    except EditError:
        # What keeps it from being edited is said of the edit that was asked for.
        return text


def _is_example(source: Source, number: int) -> bool:
    start, header, _ = source.span(number)
    comments = source.text[start:header].replace("\r\n", "\n")
    table = source.tables[number]
    return comments == f"{_EXAMPLE}\n" and any(_same(table, example) for example in _examples(source.top))


def _examples(top: Mapping[str, Any]) -> list[dict[str, Value]]:
    choices = top.get("choices", [])
    listed = [str(choice) for choice in choices] if isinstance(choices, list) else []
    return [example_of(Kind.STATEMENT, listed), *(example_of(kind) for kind in Kind)]


def _same(table: Mapping[str, Any], example: Mapping[str, Value]) -> bool:
    return dict(table) == {
        key: list(item) if isinstance(item, list | tuple) else item for key, item in example.items()
    }


def choices_in(text: str) -> tuple[str, ...]:
    """The choices in a text such as `A,B`."""
    return tuple(choice for part in text.split(",") if (choice := collapse(part)))

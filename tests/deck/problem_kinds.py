"""Every kind of problem and hint: a deck that has it, its place, and what is said.

docs/generate.py makes docs/problems.md from these lists; tests/deck/test_problem_kinds.py holds each of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

GIB = 2**30


class Kind(NamedTuple):
    """What is wrong, a file that has this problem alone, and the problem."""

    name: str
    text: str
    line: int
    column: int
    card: int | None
    message: str
    remedy: str


class FileKind(NamedTuple):
    """What is wrong with a file, how to make one, and the problem."""

    name: str
    make: Callable[[Path], object]
    line: int
    column: int
    message: str
    remedy: str


class HintKind(NamedTuple):
    """What is better changed, a deck that has this hint alone, and the hint. others: decks before it."""

    name: str
    text: str
    line: int
    card: int | None
    message: str
    remedy: str
    others: tuple[str, ...] = ()


def _huge(path: Path) -> None:
    """A file of one GiB that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(GIB)


FILES = [
    FileKind("a file that is not there", lambda _: None, 0, 0, "there is no such file", ""),
    FileKind(
        "a folder in place of a file",
        Path.mkdir,
        *(0, 0, "this is a folder, not a deck", "give folders with --decks"),
    ),
    FileKind("a pipe or a device", lambda path: os.mkfifo(path), 0, 0, "this is not a file", ""),
    FileKind(
        "a file of more than 64 MiB",
        _huge,
        *(0, 0, "the file is larger than 64 MiB", "split it into several"),
    ),
    FileKind(
        "a file that is not UTF-8",
        lambda path: path.write_bytes('[[card]]\nfront = "café"\n'.encode("latin-1")),
        *(2, 13, "the file is not UTF-8 (byte 0xE9)", "save it as UTF-8"),
    ),
    FileKind(
        "a file in UTF-16",
        lambda path: path.write_bytes('title = "x"\n'.encode("utf-16")),
        *(1, 1, "the file is UTF-16, not UTF-8", "save it as UTF-8"),
    ),
]

_KIND = re.compile(
    r"^-- (?P<name>.+)\n(?P<text>(?:.*\n)+?)"
    r">> (?P<line>\d+):(?P<column>\d+) (?:head|card (?P<card>\d+))\n"
    r">> (?P<message>.+)\n(?:>> (?P<remedy>.+)\n)?",
    re.MULTILINE,
)


def _kinds(text: str) -> list[Kind]:
    """The kinds in a part of problems.txt."""
    return [
        Kind(
            found["name"],
            found["text"],
            int(found["line"]),
            int(found["column"]),
            int(found["card"]) if found["card"] else None,
            found["message"],
            found["remedy"] or "",
        )
        for found in _KIND.finditer(text)
    ]


def _read() -> dict[str, list[Kind]]:
    """The kinds by their headings."""
    text = Path(__file__).with_name("problems.txt").read_text(encoding="utf-8")
    _, *parts = re.split(r"^== (.+)\n", text, flags=re.MULTILINE)
    kinds = {heading: _kinds(part) for heading, part in zip(parts[::2], parts[1::2], strict=True)}
    for one in (
        # What no text file should hold.
        Kind(
            "a control character in the file",
            '[[card]]\nfront = "x\x07"\nback = "y"\n',
            *(2, 11, 1, "a control character in the file (U+0007)", "take it out"),
        ),
        Kind(
            "lists that are nested too deeply",
            f"[[card]]\nfront = {'[' * 3000}\n",
            *(1, 1, 1, "lists or tables are nested too deeply", "take some levels out"),
        ),
        Kind(
            "a number with too many digits",
            f"[[card]]\nfront = {'9' * 5000}\n",
            *(1, 1, 1, "a number has too many digits", "quote it"),
        ),
    ):
        next(iter(kinds.values())).append(one)
    return kinds


KINDS = _read()
"""By the headings of problems.txt."""


def statements(told: Sequence[tuple[str, str]], aspect: str = "price") -> str:
    """A deck of these statements and answers; its entries begin on line 2, 6, 10 and so on."""
    return 'choices = ["BPO", "KPO"]\n' + "".join(
        f'[[card]]\nstatement = "{text}"\nanswer = "{answer}"\naspect = "{aspect}"\n' for text, answer in told
    )


def plain(number: int, answer: str) -> list[tuple[str, str]]:
    """So many short statements with this answer that share no word."""
    return [(f"{answer.lower()}{one}", answer) for one in range(number)]


BPO, KPO = plain(6, "BPO"), plain(6, "KPO")

HINTS = [
    HintKind(
        "a deck without cards",
        'title = "Spanish"\n',
        *(1, None, "the deck has no cards yet", "write [[card]] and its keys, or: quizapp add"),
    ),
    HintKind(
        "the example of a new deck",
        '[[card]]\nfront = "What you are asked"\nback = "What you want to remember"\n',
        *(1, 1, "this is the example of a new deck, and it is asked too", "write your own card in its place"),
    ),
    HintKind(
        "an answer that stands in its question",
        '[[card]]\nquestion = "What is the capital, Paris?"\nanswer = "paris"\n',
        *(2, 1, 'the question has its answer in it ("paris")', "ask without it"),
    ),
    HintKind(
        "a cloze of which nothing is left",
        '[[card]]\ncloze = "{Bern}."\n',
        *(2, 1, "nothing but the blank is shown", "leave words around it that ask for it"),
    ),
    HintKind(
        "a prompt of more than 300 characters",
        f'[[card]]\nfront = "{"x" * 301}"\nback = "y"\n',
        *(
            2,
            1,
            "the front has 301 characters, more than 300",
            "ask less at once, or make several cards of it",
        ),
    ),
    HintKind(
        "an answer given away by its length",
        '[[card]]\nquestion = "What for?"\nanswer = "To cut all the costs."\nwrong = ["Speed", "Prestige"]\n',
        *(3, 1, "the answer is much longer (21) than the longest wrong one (8 characters)"),
        "make them about as long",
    ),
    HintKind(
        "a side that is much rarer",
        statements(plain(7, "BPO") + plain(2, "KPO")),
        *(3, 1, '"KPO" is the answer of 2 statements, "BPO" of 7: guessing pays', 'write more for "KPO"'),
    ),
    HintKind(
        "a side whose statements are longer",
        statements(BPO + [(text * 2, side) for text, side in KPO]),
        27,
        7,
        'the statements of "KPO" have 8 characters on average, those of "BPO" 4: '
        "length gives the answer away",
        "make them about as long",
    ),
    HintKind(
        "words that stand on one side only",
        statements(
            [(f"{text} cheap", side) for text, side in BPO] + [(text * 2, side) for text, side in KPO]
        ),
        *(3, 1, '"cheap" (6 times) stands in statements of "BPO" only and gives it away'),
        "use it for another answer too, or say it in other words",
    ),
    HintKind(
        "statements without an aspect",
        statements(BPO + KPO).replace('aspect = "price"\n', "", 2),
        *(2, 1, "2 of 12 statements have no aspect, so that no contrast is shown"),
        "give aspect = … to statements about the same thing",
    ),
    HintKind(
        "an aspect with one answer",
        statements(BPO + KPO) + '[[card]]\nstatement = "x"\nanswer = "KPO"\naspect = "skills"\n',
        *(53, 13, 'statements about "skills" have no contrast: all have the same answer'),
        "write one with another answer, or widen the aspect",
    ),
    HintKind(
        "another answer in another deck",
        '[[card]]\nfront = "The capital?"\nback = "Bern"\n',
        *(2, 1, 'the front is also in deck1.toml, card 1, with the answer "Paris"'),
        "say more in one of them, or mend one answer",
        ('[[card]]\nfront = "The capital?"\nback = "Paris"\n',),
    ),
]

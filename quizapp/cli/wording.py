"""Problems of cards that are to be added, in the words of how they were given: options or lines."""

from __future__ import annotations

import re

from quizapp.cli.sources import sentence
from quizapp.problem import Problem

_OPTIONS = (
    (r'"(\w+)" does not go with (\w+); take it out', r"--\1 does not go with --\2; leave it out"),
    (r'"(\w+)" does not go with (\w+); write (\w+)', r"--\1 does not go with --\2; give --\3"),
    (r"add (\w+) = …", r"give --\1"),
    (
        r", which counts; take one out, or give one an id",
        "; say it in other words, or give it a name of its own with --id",
    ),
    (r", which counts; give each card an id of its own", "; give another --id"),
    (r"either wrong or accept, not both", "either --wrong or --accept, not both"),
    (r"take accept out, or take wrong out", "leave out --accept, or --wrong"),
    (r"one of statement, front, question, cloze", "one of --statement, --front, --question, --cloze"),
    (r"make two cards of it", "add two cards"),
    (r"take it out", "leave it out"),
    (
        r"add (choices = .* at the top of the file), or answer = true or false",
        r"give --answer true or false, or write \1",
    ),
)
_LINES = (
    (r"add \w+ = …", "give it one"),
    (r", which counts; take one out, or give one an id", "; say it in other words, or give it an id"),
    (r", which counts; give each card an id of its own", "; give it another"),
    (r"take it out", "leave it out"),
)


def in_options(problem: Problem) -> str:
    """A sentence without its full stop, for a card that was given as options."""
    return sentence(_said(problem, _OPTIONS))


def in_lines(problem: Problem, line: int) -> str:
    """The same for a card that stood in a line of text."""
    return f"line {line}: {_said(problem, _LINES)}"


def _said(problem: Problem, words: tuple[tuple[str, str], ...]) -> str:
    text = f"{problem.message}; {problem.remedy}" if problem.remedy else problem.message
    for written, said in words:
        text = re.sub(written, said, text)
    return text

"""Moodle's GIFT, written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizapp.deck.cloze import split_cloze
from quizapp.deck.exchange.draft import LEFT_OUT, Draft, Loss, gathered, head_lost
from quizapp.deck.exchange.gift import BLANK
from quizapp.deck.exchange.html_text import is_html
from quizapp.deck.exchange.valid import entry_of, valid
from quizapp.deck.tables import EntryTable, as_text, quoted
from quizapp.deck.text import collapse

_RESERVED = re.compile(r"[\\~=#{}:]")
_ARROW = "->"
_PAIRS = "Moodle takes an answer with -> for a matching question"
# What a text can't begin with unless its format is named: a format, a weight, a comment.
_MISREAD = re.compile(r"\[|%|//")


def write(draft: Draft) -> tuple[str, tuple[Loss, ...]]:
    """The cards as questions, aspect by aspect as they come, and what the format can't hold."""
    draft = valid(draft)
    title = as_text(draft.head.get("title", ""))
    entries = [(place, entry_of(table)) for place, table in draft.placed()]
    if not title and any(entry.aspect for _, entry in entries):
        # A category that all share, so that one without an aspect can follow one with.
        title = "Deck"
    blocks = [_category(title)] if title else []
    aspect = ""
    found: list[tuple[str, str]] = []
    for place, entry in entries:
        if entry.aspect != aspect:
            aspect = as_text(entry.aspect)
            blocks.append(_category(title, aspect))
        rich = draft.head.get("markdown") is True if entry.markdown is None else entry.markdown
        choices = tuple(as_text(choice) for choice in draft.head.get("choices", ()))
        questions = list(_questions(entry, rich, choices))
        blocks += [f"{_comment(entry)}{_name(entry)}{question}\n" for question in questions]
        found += ((place, what) for what in _lost(entry, bool(questions)))
    losses = head_lost(draft.head, ("title", "markdown"))
    return "\n".join(blocks), (*draft.losses, *losses, *gathered(found))


def _category(*names: str) -> str:
    parts = [" ".join(name.split()).replace("/", "//") for name in names if name]
    # A slash at an edge would run into the one between names.
    parts = [re.sub(r"^(?=/)|(?<=/)$", " ", part) for part in parts]
    return f"$CATEGORY: $course$/top/{'/'.join(parts)}\n"


def _comment(entry: EntryTable) -> str:
    """Moodle reads ids and tags from comments."""
    marks = [("id", as_text(entry.id))] if entry.id else []
    marks += [("tag", as_text(tag)) for tag in entry.tags]
    return f"// {' '.join(_mark(name, ' '.join(text.split())) for name, text in marks)}\n" if marks else ""


def _name(entry: EntryTable) -> str:
    """What Moodle lists the question by."""
    return f"::{_escaped(' '.join(as_text(entry.source).split()))}::" if entry.source else ""


def _mark(name: str, text: str) -> str:
    # A backslash at the end would escape the bracket.
    shut = " " if text.endswith("\\") else ""
    return f"[{name}:{text.replace(']', chr(92) + ']')}{shut}]"


def _questions(entry: EntryTable, rich: bool, choices: Sequence[str]) -> Iterator[str]:
    """The entry as questions: none where Moodle would misread it."""
    why = f"####{_answer(as_text(entry.why), rich=rich, asked=rich)}" if entry.why else ""
    if entry.cloze:
        for before, blank, after in _blanks(as_text(entry.cloze)):
            answer = f"{{={_typed(blank, asked=rich)}{why}}}"
            if _ARROW in blank:
                continue
            if not after.strip():
                # Moodle shows a gap only within a question.
                before, after = f"{before}{BLANK}", ""
            yield f"{_text(before, rich, around=before + after)}{answer}{_escaped(after)}"
        return
    prompt = as_text(entry.statement or entry.question or entry.front)
    if isinstance(entry.answer, bool):
        inner = "TRUE" if entry.answer else "FALSE"
    elif entry.statement or entry.wrong:
        options = choices if entry.statement else [as_text(item) for item in (entry.answer, *entry.wrong)]
        right = collapse(as_text(entry.answer))
        inner = "".join(
            f"\n\t{'=' if collapse(option) == right else '~'}{_answer(option, asked=rich)}"
            for option in options
        )
    else:
        answers = [
            as_text(item) for item in ((entry.back,) if entry.front else (entry.answer, *entry.accept))
        ]
        inner = "".join(f"={_typed(answer, asked=rich)}" for answer in answers)
        if _ARROW in inner:
            return
    yield f"{_text(prompt, rich)}{{{inner}{why}{chr(10) if inner.startswith(chr(10)) else ''}}}"


def _blanks(cloze: str) -> Iterator[tuple[str, str, str]]:
    """For each blank what stands before it, it, and what stands behind it: a question of its own."""
    pieces = split_cloze(cloze)
    for place in range(1, len(pieces), 2):
        blank = pieces[place].strip()
        # Moodle takes no white space at the edges of an answer; the sentence keeps it.
        left, right = pieces[place].split(blank)
        yield "".join(pieces[:place]) + left, blank, right + "".join(pieces[place + 1 :])


def _text(text: str, rich: bool, around: str = "") -> str:
    """The text of a question, with its format where Moodle would take it for something else."""
    shown = around or text
    named = "markdown" if rich else "plain" if is_html(shown) or "<" in shown or _MISREAD.match(text) else ""
    return f"[{named}]{_escaped(text)}" if named else _escaped(text)


def _answer(text: str, *, rich: bool = False, asked: bool = False) -> str:
    """An answer or what is said after it. asked: whether the question is Markdown, which this then is not."""
    plain = not rich and (asked or is_html(text) or "<" in text)
    return f"[plain]{_escaped(text)}" if plain or (not rich and _MISREAD.match(text)) else _escaped(text)


def _typed(text: str, *, asked: bool) -> str:
    """An answer that is typed; a * in it would stand for any text."""
    return _answer(text.replace("*", "\\*"), asked=asked)


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _lost(entry: EntryTable, written: bool) -> Iterator[str]:
    """What of the entry the format does not hold."""
    arrows = entry.cloze and any(_ARROW in blank for blank in split_cloze(as_text(entry.cloze))[1::2])
    if arrows and written:
        yield f"a blank was left out: {_PAIRS}"
    elif not written:
        yield f"{LEFT_OUT}{_PAIRS}"
        return
    if entry.statement and not isinstance(entry.answer, bool):
        yield "became a multiple choice"
    if entry.front:
        yield "became a short answer, which is typed"
    if entry.cloze and len(split_cloze(as_text(entry.cloze))) > 3:
        yield "became a question a blank"
    if entry.reverse:
        yield "asked one way only"
    yield from (f"{quoted(key)} was left out" for key in ("variants", "hint") if getattr(entry, key))

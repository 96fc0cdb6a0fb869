"""Moodle's GIFT, read. `gift_write` writes it; docs/exchange.md says what becomes of each question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field

from quizapp.deck.cloze import ClozeError, join_cloze
from quizapp.deck.exchange.draft import Draft, Loss, Table, gathered, lines_of
from quizapp.deck.exchange.html_text import is_html, paragraphs_of
from quizapp.deck.exchange.valid import valid
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse

_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]{0,9})?)%")
_MARKED = re.compile(r"\[(id|tag):((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_MOODLES = re.compile(r"//\s*question: *[0-9]+")
"""How the comment begins that Moodle writes above a question: its number, and its name once more."""
_ANSWERS = re.compile(r"\{\s*(?:[=~#]|(?:TRUE|FALSE|T|F)\s*[#}])")
_ANY = re.compile(r"(?<!\\)\*")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
BLANK = "_____"
"""What Moodle shows where the answer stands within the question."""


class _Part(NamedTuple):
    """A piece of the file. mask: the same with all that is escaped blanked, for finding the signs that
    count."""

    text: str
    mask: str

    @classmethod
    def of(cls, text: str) -> _Part:
        return cls(text, _ESCAPED.sub("\0\0", text))

    def cut(self, start: int, end: int | None = None) -> _Part:
        return _Part(self.text[start:end], self.mask[start:end])

    def split(self, sign: str, most: int = -1) -> list[_Part]:
        """The pieces between the signs that are not escaped."""
        parts: list[_Part] = []
        start = 0
        for piece in self.mask.split(sign, most):
            parts.append(self.cut(start, start + len(piece)))
            start += len(piece) + len(sign)
        return parts

    def stripped(self) -> _Part:
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))


class _Answer(NamedTuple):
    """One answer. weight: in percent. sign: what it began with, = or ~ or nothing."""

    text: str
    weight: float
    why: str


class _Question(Struct):
    """A block of the file: its lines, and what the comments above it say of it."""

    line: int
    lines: list[str]
    id: str = ""
    tags: list[str] = field(default_factory=list)


class _Found(Struct):
    """What a file says. paths: the category of each entry, in parts."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    paths: list[tuple[str, ...]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    path: tuple[str, ...] = ()


class _Reader(Struct):
    """Reads one question. format: how its texts are written, once it is known. name: what Moodle lists it
    by."""

    question: _Question
    found: _Found
    format: str = "moodle"
    name: str = ""

    @property
    def place(self) -> str:
        return f"line {self.question.line}"

    def lose(self, what: str) -> None:
        self.found.losses.append(Loss(self.place, what))

    def add(self, table: dict[str, Any], why: str = "") -> None:
        """Take an entry over, with what holds for the whole question."""
        if why:
            table["why"] = why
        if self.format == "markdown":
            table["markdown"] = True
        if self.question.id:
            table["id"] = self.question.id
        if self.question.tags:
            table["tags"] = self.question.tags
        if self.name:
            # Where in the source it stands; an id, which is for good and no other may have, it is not.
            table["from"] = self.name
        self.found.entries.append(table)
        self.found.places.append(self.place)
        self.found.paths.append(self.found.path)

    # ---- texts

    def text(self, part: _Part) -> str:
        """A text in plain: without its format, its escapes, and HTML."""
        return self._text(part)[0].strip()

    def _text(self, part: _Part, *, may_name: bool = True) -> tuple[str, str]:
        """A text and its format; line breaks that are written \\n stay at its ends. may_name: whether it can
        begin with its format."""
        given = part.stripped().text
        named = _FORMAT.match(given) if may_name else None
        kind = named[1] if named else self.format
        text = _unescaped(given[named.end() if named else 0 :])
        if kind == "html" or (kind == "moodle" and is_html(text)):
            text, media = paragraphs_of(text, lines=kind == "moodle")
            for name in media:
                self.lose(f"the picture or sound {quoted(name)} does not come along")
        return text, kind

    # ---- kinds of questions

    def read(self) -> None:
        """Take the question over, or say why not."""
        whole = _Part.of("\n".join(self.question.lines).strip())
        if whole.mask.startswith("::"):
            shut = whole.mask.find("::", 2)
            self.name = collapse(_unescaped(whole.cut(2, max(shut, 2)).text))
            whole = whole.cut(shut + 2 if shut > 0 else 2).stripped()
        opened, closed = whole.mask.find("{"), whole.mask.find("}")
        if opened < 0 and closed < 0:
            self.lose("text without an answer was left out")
            return
        if not 0 <= opened < closed:
            self.lose("left out: its braces do not pair")
            return
        if "{" in whole.mask[closed:] or "{" in whole.mask[opened + 1 : closed]:
            self.lose("left out: it has more than one { … } for answers")
            return
        before, inner, after = whole.cut(0, opened), whole.cut(opened + 1, closed), whole.cut(closed + 1)
        start, self.format = self._text(before)
        if self.format == "html":
            # What is left of it is text.
            self.format = "moodle"
        end = self._text(after, may_name=False)[0]
        glue = _glue(before.text, after.text)
        general = inner.mask.rfind("####")
        why = self.text(inner.cut(general + 4)) if general >= 0 else ""
        inner = (inner.cut(0, general) if general >= 0 else inner).stripped()
        around = (f"{start}{glue[0]}", f"{glue[1]}{end}") if end else None
        self._judged(inner, BLANK.join(around).strip() if around else start.strip(), why, around)

    def _judged(self, inner: _Part, prompt: str, why: str, around: tuple[str, str] | None) -> None:
        """Which kind it is follows from the answers; in Moodle's order."""
        truth = _TRUTH.get(inner.split("#", 1)[0].text.strip())
        if not inner.text:
            self.lose("an essay question was left out: it has no answer to compare with")
        elif inner.mask.startswith("#"):
            self._number(inner.cut(1), prompt, why)
        elif "~" in inner.mask:
            self._choice(inner, prompt, why)
        elif "=" in inner.mask and "->" in inner.mask:
            self._pairs(inner, prompt, why)
        elif truth is not None:
            self._true_or_false(inner, truth, prompt, why)
        else:
            self._typed(self._answers(inner.split("=")), prompt, why, around)

    def _answers(self, parts: Sequence[_Part], weight: float = 100.0) -> list[_Answer]:
        """The answers with their weights; what stands before the first sign counts if it is something."""
        return [self._answer(part, weight) for part in parts if part.text.strip()]

    def _answer(self, part: _Part, weight: float) -> _Answer:
        part = part.stripped()
        if given := _WEIGHT.match(part.mask):
            weight = float(given[1])
            part = part.cut(given.end())
        text, *feedback = part.split("#", 1)
        return _Answer(self.text(text), weight, self.text(feedback[0]) if feedback else "")

    def _choice(self, inner: _Part, prompt: str, why: str) -> None:
        answers: list[_Answer] = []
        for part in inner.split("~"):
            first, *rest = part.split("=")
            answers += self._answers([first], 0.0) + self._answers(rest)
        right = [answer for answer in answers if answer.weight >= 100]
        if not right:
            self._several(answers, prompt, why)
            return
        for answer in [*right[1:], *(answer for answer in answers if 0 < answer.weight < 100)]:
            self.lose(f"the answer {quoted(answer.text)} was left out: it is right too, or in part")
        wrong = [answer for answer in answers if answer.weight <= 0]
        self._name_feedback(wrong)
        table: dict[str, Any] = {"question": prompt, "answer": right[0].text}
        if wrong:
            table["wrong"] = [answer.text for answer in wrong]
        self.add(table, _joined(right[0].why, why))

    def _several(self, answers: list[_Answer], prompt: str, why: str) -> None:
        """A question with several answers that are right together: a flip card can hold them."""
        right = [answer for answer in answers if answer.weight > 0]
        if not right:
            self.lose("left out: none of its answers is right")
            return
        self.lose("several answers are right together: it became a flip card, without its wrong answers")
        self.add({"front": prompt, "back": "\n".join(answer.text for answer in right)}, why)

    def _typed(
        self, answers: list[_Answer], prompt: str, why: str, around: tuple[str, str] | None = None
    ) -> None:
        right = [answer for answer in answers if answer.weight >= 100]
        for answer in answers:
            if answer.weight < 100 and answer.text != "*":
                self.lose(f"the answer {quoted(answer.text)} was left out: it is right in part only")
        self._name_feedback([answer for answer in answers if answer.weight < 100])
        if not right:
            self.lose("left out: none of its answers is right")
            return
        if any(_ANY.search(answer.text) for answer in right):
            self.lose("a * in an answer stands for any text in Moodle, and for itself here")
        first, *others = [answer._replace(text=answer.text.replace("\\*", "*")) for answer in right]
        if around is None and prompt.endswith(BLANK):
            around = prompt.removesuffix(BLANK), ""
        elif around is None and prompt.count(BLANK) == 1:
            start, _, end = prompt.partition(BLANK)
            around = start, end
        why = _joined(first.why, why)
        if around and not others:
            try:
                self.add({"cloze": join_cloze((around[0], first.text, around[1]))}, why)
            except ClozeError as error:
                self.lose(f"left out: {error}")
            return
        table: dict[str, Any] = {"question": prompt, "answer": first.text}
        if others:
            table["accept"] = list(
                dict.fromkeys(answer.text for answer in others if answer.text != first.text)
            )
        self.add(table, why)

    def _number(self, inner: _Part, prompt: str, why: str) -> None:
        """A numerical question is typed; how far one may be off is lost."""
        inner = inner.split("~", 1)[0]
        exact: list[_Answer] = []
        for answer in self._answers(inner.split("=")):
            low, dots, high = answer.text.partition("..")
            value, colon, margin = answer.text.partition(":")
            if answer.weight < 100:
                # It is lost as a whole.
                value = answer.text
            elif dots:
                value = _middle(low, high)
                self.lose(
                    f"any number from {low.strip()} to {high.strip()} is right in Moodle; here {value} is"
                )
            elif colon and margin.strip().strip("0."):
                self.lose(
                    f"Moodle takes a number within {margin.strip()} of {value.strip()}; here it is exact"
                )
            exact.append(_Answer(value.strip(), answer.weight, answer.why))
        self._typed(exact, prompt, why)

    def _pairs(self, inner: _Part, prompt: str, why: str) -> None:
        """Each pair becomes a flip card; what they share is their aspect, if no category is, else their
        hint."""
        key = "hint" if self.found.path else "aspect"
        for part in inner.split("="):
            left, *right = part.split("->", 1)
            if not part.text.strip():
                continue
            front, back = self.text(left), self.text(right[0]) if right else ""
            if front and back:
                self.add({"front": front, "back": back} | ({key: prompt} if prompt else {}), why)
            elif back:
                self.lose(f"{quoted(back)} was left out: it belongs to nothing")
            else:
                self.lose(f"{quoted(front)} was left out: it has no partner")

    def _true_or_false(self, inner: _Part, truth: bool, prompt: str, why: str) -> None:
        wrong, right = ([self.text(part) for part in inner.split("#", 2)[1:]] + ["", ""])[:2]
        if wrong and right and wrong != right:
            self.lose("what is said after a wrong answer was left out")
        self.add({"statement": prompt, "answer": truth}, _joined(right or wrong, why))

    def _name_feedback(self, answers: Sequence[_Answer]) -> None:
        if any(answer.why for answer in answers):
            self.lose("what is said after wrong answers was left out")


def read(text: str) -> Draft:
    """The questions of a GIFT file. A category that all of them share is the title, any other an aspect."""
    found = _Found()
    comments: list[tuple[str, str]] = []
    for question in _questions(lines_of(text), comments):
        category = _CATEGORY.fullmatch(" ".join(question.lines))
        if category:
            found.path = _path(category[1])
        elif question.lines[0].startswith("$CATEGORY:"):
            found.losses.append(Loss(f"line {question.line}", "a category without a name was left out"))
        else:
            _Reader(question, found).read()
    found.losses += gathered(comments)
    head: dict[str, Any] = {}
    firsts = {path[:1] for path in found.paths}
    shared = len(firsts) == 1 and firsts != {()}
    if shared:
        head["title"] = found.paths[0][0]
    entries: list[Table] = []
    for table, path in zip(found.entries, found.paths, strict=True):
        aspect = " / ".join(path[shared:])
        entries.append(table | {"aspect": aspect} if aspect else table)
    if entries and all(table.get("markdown") for table in entries):
        head["markdown"] = True
        entries = [{key: item for key, item in table.items() if key != "markdown"} for table in entries]
    return valid(Draft(tuple(entries), head, tuple(found.losses), tuple(found.places)))


def has_answers(text: str) -> bool:
    """Whether a text has what GIFT's answers look like: `{=`, `{~`, `{#`, `{T}`, `{FALSE…`."""
    return any(_ANSWERS.search(_Part.of(line).mask) for line in "\n".join(lines_of(text)).split("\n\n"))


def _questions(lines: Sequence[str], comments: list[tuple[str, str]]) -> Iterator[_Question]:
    """What stands between blank lines, without comments; those may name an id and tags. comments: gets the
    places of the others, but for what Moodle itself writes above a question."""
    block = _Question(0, [])
    for number, line in enumerate([*(line.strip() for line in lines), ""], 1):
        if line.startswith("//"):
            if _MARKED.sub("", line).strip("/ \t") and not _MOODLES.match(line):
                comments.append((f"line {number}", "a comment was left out"))
            for name, said in _MARKED.findall(line):
                if name == "tag":
                    block.tags.append(said.replace("\\]", "]").strip())
                else:
                    block.id = block.id or said.replace("\\]", "]").strip()
        elif line:
            block.line = block.line or number
            block.lines.append(line)
            if line.startswith("$CATEGORY:") and len(block.lines) == 1:
                # Moodle wants a blank line behind it; many files have none.
                yield block
                block = _Question(0, [])
        elif block.lines:
            yield block
            block = _Question(0, [])


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda at: "\n" if at[1] == "n" else at[1], text)


def _path(category: str) -> tuple[str, ...]:
    """The parts of a category's path; `//` is a slash within a name."""
    names = re.split(r"(?<!/)/(?!/)", re.sub(r"^\$[^$]*\$/?", "", category.strip()))
    parts = [name.replace("//", "/").strip() for name in names]
    return tuple(part for number, part in enumerate(parts) if part and (number or part != "top"))


def _glue(before: str, after: str) -> tuple[str, str]:
    """The white space around the answer's place."""
    return " " * (before[-1:].isspace()), " " * (after[:1].isspace())


def _middle(low: str, high: str) -> str:
    try:
        value = (float(low) + float(high)) / 2
    except ValueError:
        return f"{low}..{high}"
    return f"{value:.10g}"


def _joined(*texts: str) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))

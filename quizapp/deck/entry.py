"""One `[[card]]` → its cards: which kind it is, and what keeps it from being asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from quizapp.deck.card import Card, Choice, Cloze, Flip, Kind, Statement, Typed, card_key
from quizapp.deck.cloze import ClozeError, split_cloze
from quizapp.deck.faults import Faults
from quizapp.deck.tables import DeckTable, EntryTable, QuizTable, StudyTable, as_text, keys_of, quoted, take
from quizapp.deck.text import collapse, visible
from quizapp.problem import did_you_mean

SHARED = ("id", "why", "hint", "aspect", "tags", "from", "markdown")
OWN = {
    "statement": ("answer", "variants"),
    "front": ("back", "reverse", "variants"),
    "question": ("answer", "wrong", "accept", "variants"),
    "cloze": (),
}
_NOUNS = {"statement": "statement", "front": "flip card", "question": "question", "cloze": "cloze"}
MOST_CHOICES = 9
MORE_ANSWERS = 'keep one; the others go into accept = ["…"]'
"""The remedy of several answers to a question that is typed."""
TRUTH: tuple[str, ...] = ("True", "False")
TRUTH_KEYS: tuple[str, ...] = ("t", "f")


class Choices(NamedTuple):
    """The deck's choices, their letters, and each choice by its collapsed raw text."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    by_text: dict[str, str]


class Reader(Struct):
    """Turns entries into cards. faults: gathers what is wrong. choices: None where the deck's are not known;
    waiting: the entries that could not be judged for that, 0-based. misplaced: deck keys found in entries.
    markdown: what holds for entries that do not say it."""

    faults: Faults
    choices: Choices | None
    markdown: bool = False
    waiting: list[int] = field(default_factory=list)
    misplaced: set[str] = field(default_factory=set)

    def cards(self, table: Any, number: int) -> list[Card]:
        """The cards of one entry (0-based number); [] where it can't be asked, and then a fault says why."""
        if not isinstance(table, dict):
            self.faults.add(number, (), "this card is not a table", "write [[card]] and its keys below")
            return []
        entry, misfits = take(table, EntryTable)
        kinds = [kind for kind in OWN if kind in table]
        excused = self._report(table, number, misfits, kinds)
        if len(kinds) != 1:
            if kinds:
                self.faults.add(
                    number,
                    kinds[-1],
                    f"a card has only one of {', '.join(OWN)}; this one has {' and '.join(kinds)}",
                    "make two cards of it",
                )
            elif not excused.intersection(OWN):
                self.faults.add(number, (), f"a card needs one of {', '.join(OWN)}")
            return []
        kind = kinds[0]
        prompt = as_text(getattr(entry, kind))
        if not prompt:
            return []
        match kind:
            case "statement":
                return self._statement(entry, table, number, prompt, excused)
            case "front":
                return self._flip(entry, table, number, prompt, excused)
            case "question":
                return self._question(entry, table, number, prompt, excused)
            case _:
                return self._cloze(entry, number, prompt)

    def _report(
        self, table: Mapping[str, Any], number: int, misfits: list[Any], kinds: list[str]
    ) -> set[str]:
        """Note the misfits and the keys that do not go with the kind. → the keys that they were meant for."""
        excused: set[str] = set()
        for key, message, remedy in misfits:
            if key in keys_of(EntryTable):
                several = key == "answer" and isinstance(table[key], list) and len(table[key]) > 1
                if several and "question" in table and "wrong" not in table:
                    remedy = MORE_ANSWERS
                self.faults.add(number, key, message, remedy)
            elif owner := owner_of(key):
                self.misplaced.add(key)
                self.faults.add(number, key, f"{quoted(key)} is a key of {owner[0]}, not of a card", owner[1])
            else:
                excused.update(known for known in keys_of(EntryTable) if f'"{known}"' in remedy)
                self.faults.add(number, key, message, remedy)
        if len(kinds) == 1:
            allowed = (kinds[0], *OWN[kinds[0]], *SHARED)
            for key in table:
                if key not in allowed and key in keys_of(EntryTable):
                    instead = {"answer": "back", "back": "answer"}.get(key, "")
                    swap = instead in allowed and instead not in table
                    if swap:
                        excused.add(instead)
                    self.faults.add(
                        number,
                        key,
                        f"{quoted(key)} does not go with {kinds[0]}",
                        f"write {instead}" if swap else "take it out",
                    )
        return excused

    def _missing(self, key: str, kind: str, table: Mapping[str, Any], number: int, excused: set[str]) -> None:
        """Note that a key is missing, unless something was noted already that comes to the same."""
        if key not in table and key not in excused:
            self.faults.add(number, (), f"the {_NOUNS[kind]} has no {key}", f"add {key} = …")

    def _texts(self, number: int, key: str, texts: tuple[str | int, ...]) -> tuple[str, ...]:
        return tuple([self.faults.safe(number, key, as_text(text)) for text in texts]) if texts else ()

    def _common(self, entry: EntryTable, number: int) -> dict[str, Any]:
        """What every card of the entry has, as keyword arguments."""
        safe = self.faults.safe
        return {
            "entry": number,
            "why": safe(number, "why", as_text(entry.why)),
            "hint": safe(number, "hint", as_text(entry.hint)),
            "aspect": safe(number, "aspect", as_text(entry.aspect)),
            "source": safe(number, "from", as_text(entry.source)),
            "tags": self._texts(number, "tags", entry.tags),
            "markdown": self.markdown if entry.markdown is None else entry.markdown,
        }

    def _id(self, entry: EntryTable, number: int) -> str | None:
        id_ = as_text(entry.id)
        self.faults.safe(number, "id", id_)
        return id_ or None

    def _statement(
        self, entry: EntryTable, table: Mapping[str, Any], number: int, prompt: str, excused: set[str]
    ) -> list[Card]:
        answer = entry.answer
        if isinstance(answer, bool):
            texts, keys, answer = TRUTH, TRUTH_KEYS, TRUTH[0] if answer else TRUTH[1]
        elif answer == "":
            self._missing("answer", "statement", table, number, excused)
            return []
        elif self.choices is None:
            self.waiting.append(number)
            return []
        else:
            texts, keys = self.choices.texts, self.choices.keys
            given = as_text(answer)
            found = self.choices.by_text.get(collapse(given))
            if found is None:
                listed = ", ".join(quoted(text)[1:-1] for text in texts)
                message = f"answer {quoted(given)} is not one of the choices {listed}"
                self.faults.add(number, "answer", message, did_you_mean(given[:80], texts))
                return []
            answer = found
        return [
            Statement(
                **_keys(Kind.STATEMENT, prompt, self._id(entry, number)),
                prompt=self.faults.safe(number, "statement", prompt),
                answer=answer,
                choices=texts,
                keys=keys,
                variants=self._texts(number, "variants", entry.variants),
                **self._common(entry, number),
            )
        ]

    def _flip(
        self, entry: EntryTable, table: Mapping[str, Any], number: int, prompt: str, excused: set[str]
    ) -> list[Card]:
        back = as_text(entry.back)
        if not back:
            self._missing("back", "front", table, number, excused)
            return []
        id_ = self._id(entry, number)
        common = self._common(entry, number)
        front, back = self.faults.safe(number, "front", prompt), self.faults.safe(number, "back", back)
        cards: list[Card] = [
            Flip(
                **_keys(Kind.FLIP, prompt, id_),
                prompt=front,
                answer=back,
                variants=self._texts(number, "variants", entry.variants),
                **common,
            )
        ]
        if entry.reverse:
            keys = _keys(Kind.FLIP, prompt, id_, "reverse")
            cards.append(Flip(**keys, prompt=back, answer=front, reversed=True, **common))
        return cards

    def _question(
        self, entry: EntryTable, table: Mapping[str, Any], number: int, prompt: str, excused: set[str]
    ) -> list[Card]:
        if isinstance(entry.answer, bool):
            word = "true" if entry.answer else "false"
            self.faults.add(number, "answer", f"answer is {word}, not a text", "quote it, or write statement")
            return []
        raw = as_text(entry.answer)
        if not raw:
            self._missing("answer", "question", table, number, excused)
            return []
        if "wrong" in table and "accept" in table:
            message = "a question has either wrong or accept, not both"
            self.faults.add(number, "accept", message, "take accept out, or take wrong out to have it typed")
            return []
        if "wrong" in table and not entry.wrong:
            return []
        kind = Kind.CHOICE if entry.wrong else Kind.TYPED
        wrong = self._wrong(entry, number, raw) if entry.wrong else ()
        if entry.wrong and not wrong:
            return []
        common = {
            **_keys(kind, prompt, self._id(entry, number)),
            "prompt": self.faults.safe(number, "question", prompt),
            "answer": self.faults.safe(number, "answer", raw),
            "variants": self._texts(number, "variants", entry.variants),
            **self._common(entry, number),
        }
        if wrong:
            return [Choice(wrong=wrong, **common)]
        return [Typed(accept=self._texts(number, "accept", entry.accept), **common)]

    def _wrong(self, entry: EntryTable, number: int, answer: str) -> tuple[str, ...]:
        """The wrong answers that can be shown beside the right one."""
        seen = {collapse(answer)}
        kept: list[str] = []
        for given in entry.wrong:
            raw = as_text(given)
            text = collapse(raw)
            if text in seen:
                same = "the answer" if text == collapse(answer) else "another"
                self.faults.add(number, "wrong", f"wrong {quoted(raw)} is the same as {same}", "change it")
            else:
                seen.add(text)
                kept.append(self.faults.safe(number, "wrong", raw))
        if len(kept) >= MOST_CHOICES:
            message = f"wrong has {len(kept)} answers; with the right one a card shows at most {MOST_CHOICES}"
            self.faults.add(number, "wrong", message, f"keep {MOST_CHOICES - 1}")
        return tuple(kept[: MOST_CHOICES - 1])

    def _cloze(self, entry: EntryTable, number: int, cloze: str) -> list[Card]:
        try:
            pieces = split_cloze(cloze)
        except ClozeError as error:
            self.faults.add(number, "cloze", str(error), error.remedy)
            return []
        self.faults.safe(number, "cloze", cloze)
        id_ = self._id(entry, number)
        common = self._common(entry, number)
        sentence = "".join(pieces)
        shown = [visible(piece) for piece in pieces]
        times: dict[str, int] = {}
        cards: list[Card] = []
        for place in range(1, len(pieces), 2):
            blank = collapse(pieces[place])
            times[blank] = times.get(blank, 0) + 1
            before, after = "".join(shown[:place]), "".join(shown[place + 1 :])
            cards.append(
                Cloze(
                    **_keys(Kind.CLOZE, sentence, id_, (blank, times[blank])),
                    prompt=f"{before}[…]{after}",
                    answer=shown[place],
                    before=before,
                    after=after,
                    **common,
                )
            )
        return cards


def _keys(kind: Kind, prompt: str, id_: str | None, part: str | tuple[str, int] = "") -> dict[str, Any]:
    """The key of a card, and the one that it would have without its id, as keyword arguments."""
    key = card_key(kind, prompt=prompt, id=id_, part=part)
    return {"key": key, "unnamed": card_key(kind, prompt=prompt, part=part) if id_ is not None else ""}


def owner_of(key: str) -> tuple[str, str] | None:
    """Whose key it is, if it has no place in an entry, and where it belongs; None if it is nobody's."""
    if key in keys_of(DeckTable) and key != "card":
        return "the deck", "move it above the first [[card]]" + (", or write from" if key == "source" else "")
    for name, shape in (("quiz", QuizTable), ("study", StudyTable)):
        if key in keys_of(shape):
            return f"[{name}]", f"move it to [{name}]"
    return None

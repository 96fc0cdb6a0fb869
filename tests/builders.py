"""Decks, clocks and other things that many tests are made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck.card import Card, Deck, Flip, Kind, Statement, StudyDefaults, Typed, card_key, letters
from quizapp.record import Moment, study_day
from quizapp.scores.errors import ScoresBusyError
from quizapp.scores.store import Store

DAY_MS = 86_400_000
START_MS = 1_767_261_600_000  # 2026-01-01 10:00 UTC


class FakeClock:
    """A wall clock that only moves when it is told to."""

    def __init__(self, at_ms: int = START_MS) -> None:
        self.at_ms = at_ms

    def __call__(self) -> Moment:
        return Moment(self.at_ms, 0, study_day(self.at_ms, 0))

    def now_ms(self) -> int:
        return self.at_ms

    def forward(self, ms: int) -> None:
        self.at_ms += ms


def statement(
    text: str,
    answer: str,
    *,
    aspect: str = "",
    why: str = "",
    choices: tuple[str, ...] = ("BPO", "KPO", "Both"),
) -> Statement:
    return Statement(
        key=card_key(Kind.STATEMENT, prompt=text),
        entry=0,
        prompt=text,
        answer=answer,
        aspect=aspect,
        why=why,
        choices=choices,
        keys=letters(choices),
    )


def flip(front: str, back: str, *, aspect: str = "") -> Flip:
    return Flip(key=card_key(Kind.FLIP, prompt=front), entry=0, prompt=front, answer=back, aspect=aspect)


def typed(question: str, answer: str) -> Typed:
    return Typed(key=card_key(Kind.TYPED, prompt=question), entry=0, prompt=question, answer=answer)


def blind_after(monkeypatch: pytest.MonkeyPatch, store: Store, of: object, name: str) -> None:
    """Nothing can be read from the file any more once this method was called, but still be written."""
    method = getattr(of, name)

    def fail(*_: object) -> list[object]:
        raise ScoresBusyError(store.path, "busy")

    def then_blind(*given: object) -> object:
        result = method(*given)
        monkeypatch.setattr(store, "_rows", fail)
        return result

    monkeypatch.setattr(of, name, then_blind)


def deck(*cards: Card, id: str = "d", study: StudyDefaults | None = None) -> Deck:  # noqa: A002 - as Deck has it
    # As in a file, where each is an entry of its own.
    cards = tuple(structs.replace(card, entry=number) for number, card in enumerate(cards))
    statements = [card for card in cards if isinstance(card, Statement)]
    return Deck(
        id=id,
        path=Path(f"{id}.toml"),
        title=id.title(),
        choices=statements[0].choices if statements else (),
        keys=statements[0].keys if statements else (),
        study=study or StudyDefaults(),
        cards=cards,
    )

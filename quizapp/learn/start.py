"""What is known of a run before its first answer, and how a start event holds it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from quizapp.learn.setup import Mode, QuizSetup
from quizapp.record import Event, Moment


class Start(Struct, frozen=True):
    """What was known of a run before its first answer.

    content: the hash of the cards asked from. seconds, cards, certainty, pace: as the setup has them, the
    pace as far as it changes anything. asked_from: how many cards it could ask.
    """

    session: str
    deck: str
    content: str
    mode: Mode
    choices: tuple[str, ...]
    seconds: int | None
    seed: int
    drill: bool
    at_ms: int
    offset_min: int
    day: str
    cards: int | None = None
    certainty: bool = False
    pace: float = 1.0
    asked_from: int = 0

    @classmethod
    def new(
        cls,
        session: str,
        setup: QuizSetup,
        at: Moment,
        *,
        deck: str,
        content: str,
        choices: tuple[str, ...],
        asked_from: int,
    ) -> Start:
        """The start of a run of this setup. choices: those in play, spelled out."""
        return cls(
            session=session,
            deck=deck,
            content=content,
            mode=setup.mode,
            choices=choices,
            seconds=setup.seconds,
            seed=setup.seed,
            drill=setup.drill,
            at_ms=at.at_ms,
            offset_min=at.offset_min,
            day=at.day,
            cards=setup.cards,
            certainty=setup.certainty,
            pace=setup.paced,
            asked_from=asked_from,
        )

    @classmethod
    def of(cls, event: Event) -> Start:
        """What a quiz's start event says. Older ones lack some keys, and had what is usual.

        Raises ValueError for a mode that this version does not know.
        """
        body = event.body
        return cls(
            session=event.subject,
            mode=Mode(body["mode"]),
            deck=body["deck"],
            content=body["content"],
            choices=tuple(body["choices"]),
            seconds=body["seconds"],
            seed=body["seed"],
            drill=body["drill"],
            at_ms=event.at_ms,
            offset_min=event.offset_min,
            day=event.day,
            cards=body.get("wanted"),
            certainty=body.get("certainty", False),
            pace=float(body.get("pace", 1.0)),
            asked_from=body["cards"],
        )

    def setup(self, choices: tuple[str, ...]) -> QuizSetup:
        """How the run was set up, with these choices (() for all).

        Raises BadSetup if that is no setup of this version.
        """
        return QuizSetup(
            mode=self.mode,
            seconds=self.seconds,
            choices=choices,
            seed=self.seed,
            drill=self.drill,
            cards=self.cards,
            certainty=self.certainty,
            pace=self.pace,
        )

    def body(self, version: str, file: str = "") -> dict[str, Any]:
        """The body of the run's start event. version: the program's. file: the deck's, if it is known."""
        return start_body(
            decks=(self.deck,),
            content=self.content,
            mode=self.mode,
            cards=self.asked_from,
            version=version,
            choices=self.choices,
            seconds=self.seconds,
            seed=self.seed,
            drill=self.drill,
            wanted=self.cards,
            certainty=self.certainty,
            pace=self.pace,
            files={self.deck: file} if file else {},
        )


def start_body(
    *,
    decks: tuple[str, ...],
    content: str,
    mode: str,
    cards: int,
    version: str,
    choices: tuple[str, ...] | None = None,
    seconds: int | None = None,
    seed: int | None = None,
    drill: bool = False,
    wanted: int | None = None,
    certainty: bool = False,
    pace: float = 1.0,
    files: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The body of any session's start event: study has no more than the first five of these, and files.

    cards: how many cards the session asks from. wanted: how many of them a quiz is to ask, None for all.
    files: the absolute path of each deck's file, so that a deck that is gone can be told from one that is
    elsewhere.
    """
    return {
        "deck": decks[0] if len(decks) == 1 else None,
        "decks": list(decks),
        "content": content,
        "mode": str(mode),
        "choices": choices,
        "seconds": seconds,
        "seed": seed,
        "drill": drill,
        "cards": cards,
        "wanted": wanted,
        "certainty": certainty,
        "pace": pace,
        "version": version,
        "files": files or {},
    }

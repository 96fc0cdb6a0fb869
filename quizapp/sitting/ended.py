"""What a quiz came to: one that ended just now, or one that only the log has."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from quizapp.deck.card import Card, Deck
from quizapp.learn.figures import Figures, Mistake, figures, mistakes
from quizapp.learn.score import Results, best, counted, results
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.learn.start import Start
from quizapp.record import Answer, Note, Outcome, Run
from quizapp.scores.store import Store
from quizapp.sitting.killed import Killed


class Ended(Struct, frozen=True):
    """A quiz that is over.

    answers: its rows in the log, in an exam those of changed answers too. notes: what events add to them.
    earlier: the deck's quizzes before it, the oldest first. seen: the cards answered before it, by key.
    """

    deck: Deck
    setup: QuizSetup
    run: Run
    answers: tuple[Answer, ...]
    notes: Mapping[str, Note]
    earlier: tuple[Run, ...]
    seen: AbstractSet[str]

    @property
    def cards(self) -> dict[str, Card]:
        """The deck's cards by key."""
        return {card.key: card for card in self.deck.cards}

    @property
    def certainty(self) -> dict[str, int]:
        """How sure the person said to be, by answer id."""
        return {id_: note.certainty for id_, note in self.notes.items() if note.certainty is not None}

    @property
    def best(self) -> Run | None:
        """The best of the earlier comparable quizzes."""
        return best(self.earlier, self.run)

    def results(self) -> Results:
        """Score and counts."""
        return results(self.setup.mode, self.answers, self.cards, self.setup.choices, self.notes)

    def figures(self) -> Figures:
        """What the scored answers say beyond that."""
        return figures(
            [row for row in counted(self.answers) if row.scored],
            self.cards,
            choices=self.setup.choices,
            seen=self.seen,
            certainty=self.certainty,
        )

    def mistakes(self) -> tuple[Mistake, ...]:
        """The cards answered wrong, late or not, confident ones first."""
        # A repeat in practice that was right comes quickly, and says nothing of what is usual.
        rows = [row for row in counted(self.answers) if row.scored or row.outcome is Outcome.WRONG]
        return mistakes(rows, self.cards, self.certainty)

    def unanswered(self) -> tuple[str, ...]:
        """The keys of the cards that got no answer and were not answered wrong either; none of a sprint."""
        if self.setup.mode is Mode.SPRINT:
            # Its last card is cut off by the clock, and counts nothing.
            return ()
        found = self.results()
        wrong = {one.card for one in found.missed}
        return tuple(key for key in found.unanswered if key not in wrong)


def ended_killed(store: Store, deck: Deck, killed: Killed) -> Ended:
    """What a quiz that was cut off came to, as one that ended early. deck: its deck, as it is now."""
    session = killed.start.session
    runs = store.runs(deck.id)
    return Ended(
        deck=deck,
        setup=_setup_of(killed.start, deck),
        run=next(run for run in runs if run.session == session),
        answers=killed.answers,
        notes=store.notes(session),
        earlier=tuple(run for run in runs if run.session < session),
        seen=store.seen(deck.id, before=session).keys(),
    )


def _setup_of(start: Start, deck: Deck) -> QuizSetup:
    """How the quiz was set up, but for choices that the deck no longer has."""
    choices = tuple(choice for choice in deck.choices if choice in start.choices)
    return start.setup(() if len(choices) < 2 or choices == deck.choices else choices)

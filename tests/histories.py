"""A person with deck files who studies, edits and studies again."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager, closing
from pathlib import Path
from random import Random

from quizapp.carry import orphans
from quizapp.deck.library import Library, load_library
from quizapp.learn.judge import Written
from quizapp.learn.study import Asking, Grading
from quizapp.record import Grade, Ref
from quizapp.scores.moves import Rekey
from quizapp.scores.store import Store, open_store
from quizapp.sitting import carry_over, study
from tests.builders import DAY_MS, FakeClock


class Learner:
    """Deck files, a scores file, and a clock that goes on by 400 days a session."""

    def __init__(self, folder: Path, decks: str = "user") -> None:
        self.folder = folder
        self.decks = folder / decks
        self.clock = FakeClock()
        self.last_day = ""
        self.store: Store = open_store(folder / "scores.db", now_ms=self.clock.now_ms)

    def closing(self) -> AbstractContextManager[Store]:
        """Closes the scores file at the end."""
        return closing(self.store)

    def write(self, name: str, *entries: str, head: str = "") -> Path:
        """A deck file of these entries."""
        path = self.decks / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "".join(f"[[card]]\n{entry}\n" for entry in entries), encoding="utf-8")
        return path

    def library(self, *folders: Path) -> Library:
        """All decks as they are now."""
        return load_library(user=self.decks, shipped=self.folder / "none", folders=folders)

    def study(
        self, *decks: str, library: Library | None = None, most: int = 99, grade: Grade | None = None
    ) -> int:
        """Answer what is to be studied; how many answers that were. grade: of all; default: Good."""
        library = library or self.library()
        chosen = [library.decks[id_] for id_ in decks] if decks else list(library.decks.values())
        sitting = study(self.store, self.clock, chosen, Random(1))
        sitting.start()
        answers = 0
        while answers < most and isinstance(sitting.view, Asking):
            if sitting.view.question.typed and grade is None:
                sitting.answer(Written(sitting.view.item.card.answer), 900)
                view = sitting.view
                if isinstance(view, Grading):
                    sitting.grade(view.marked, 900)
            else:
                sitting.reveal()
                sitting.grade(grade or Grade.GOOD, 900)
            answers += 1
        sitting.leave()
        self.last_day = self.clock().day
        self.clock.forward(400 * DAY_MS)
        return answers

    def load(self) -> list[Rekey]:
        """Open the program: what is certain is carried over."""
        return carry_over(self.store, self.clock, self.library()).rekeys

    def histories(self) -> dict[Ref, list[str]]:
        """The ids of the answers of each card that is there, and of each orphan."""
        library = self.library()
        refs = {Ref(deck.id, card.key) for deck in library.decks.values() for card in deck.cards}
        refs |= {orphan.ref for orphan in orphans(self.store, library)}
        found = {ref: [one.answer.id for one in self.store.history(ref)] for ref in refs}
        return {ref: ids for ref, ids in found.items() if ids}

    def by_prompt(self) -> Counter[str]:
        """How many answers the cards that are there have, by prompt."""
        histories = self.histories()
        return Counter(
            {
                card.prompt: len(histories[ref])
                for deck in self.library().decks.values()
                for card in deck.cards
                if (ref := Ref(deck.id, card.key)) in histories
            }
        )


def typed(question: str, answer: str, *more: str) -> str:
    """An entry with a question that is typed. more: further lines."""
    return "\n".join((f'question = "{question}"', f'answer = "{answer}"', *more))

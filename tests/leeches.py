"""Cards that are forgotten again and again."""

from __future__ import annotations

from random import Random

from msgspec import structs

from quizapp.deck.card import Deck
from quizapp.learn.judge import Chosen
from quizapp.learn.study import Asking, Finished
from quizapp.record import LEECH_LAPSES, Grade
from quizapp.scores.store import Store
from quizapp.sitting import study
from tests.builders import DAY_MS, FakeClock


def forget(
    store: Store, clock: FakeClock, deck: Deck, key: str, taken_for: str, *, times: int = LEECH_LAPSES
) -> None:
    """Learn a card, and answer it wrong so often on later days; then let it fall due. taken_for: the option
    that is chosen then."""
    only = structs.replace(deck, cards=tuple(card for card in deck.cards if card.key == key))
    for day in range(times + 1):
        clock.forward(400 * DAY_MS if day else 0)
        sitting = study(store, clock, [only], Random(day))
        sitting.start()
        wrong = day > 0
        while not isinstance(sitting.view, Finished):
            if isinstance(sitting.view, Asking):
                options = [option.text for option in sitting.view.question.options]
                answer = taken_for if wrong else sitting.view.item.card.answer
                sitting.answer(Chosen(options.index(answer)), 900)
                wrong = False
            else:
                sitting.grade(sitting.view.marked if sitting.view.marked is Grade.AGAIN else Grade.EASY, 900)
    clock.forward(400 * DAY_MS)

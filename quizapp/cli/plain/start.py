"""Beginning with plain lines: home, a study session or a quiz, as the app does."""

from __future__ import annotations

import secrets
from contextlib import closing

from quizapp.carry import what_was_carried_over
from quizapp.cli.output import note
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.home import run_home
from quizapp.cli.plain.lines import own_lines
from quizapp.cli.plain.quiz import take_quiz
from quizapp.cli.plain.study import cram_decks, study_decks
from quizapp.cli.scores_file import open_scores
from quizapp.cli.sources import clock, note_problems_of_settings, own_config, own_places
from quizapp.deck.library import Library
from quizapp.deck.text import visible
from quizapp.sitting import carry_over
from quizapp.tui.opening import Home, Opening, Quiz, Study


def open_plain(library: Library, opening: Opening) -> None:
    """Study, take a quiz, or choose what to do, by lines."""
    note_problems_of_settings()
    places, now = own_places(), clock()
    with closing(open_scores(places.scores, now)) as store:
        if store.note:
            note(store.note)
        desk = Desk(
            own_lines(), library, store, now, own_config().settings, seed=lambda: secrets.randbits(31)
        )
        carried = carry_over(store, now, library)
        if carried.rekeys:
            desk.lines.say(visible(what_was_carried_over(carried.rekeys)))
        desk.open = carried.open
        match opening:
            case Home():
                run_home(desk)
            case Study(decks, only, cram=True):
                cram_decks(desk, list(decks), only)
            case Study(decks, only, minutes=minutes):
                study_decks(desk, list(decks), only, minutes)
            case Quiz(deck, setup):
                take_quiz(desk, deck, setup)
        desk.lines.shown()

"""Makes docs/quizapp.svg: drives the app to a wrong answer in the shipped deck and takes its picture.

Run it from a checkout with the package installed: `python docs/screenshot.py`.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from quizapp.deck.library import load_library, shipped_folder
from quizapp.learn.study import Asking, Grading
from quizapp.record import Moment, study_day
from quizapp.scores.store import open_store
from quizapp.settings.places import Places
from quizapp.settings.read import Config
from quizapp.settings.values import Settings
from quizapp.tui.app import QuizApp
from quizapp.tui.opening import Study
from quizapp.tui.study import StudyScreen

AT_MS = 1_795_374_240_000  # a Sunday evening
DECK = "bpo-or-kpo"
ENOUGH = 8


async def main() -> None:
    """Answer right until a card has a contrast to compare with, then answer wrong."""
    with tempfile.TemporaryDirectory() as folder:
        places = Places(
            decks=Path(folder) / "decks",
            scores=Path(folder) / "scores.db",
            config=Path(folder) / "config.toml",
        )
        library = load_library(user=places.decks, shipped=shipped_folder())
        store = open_store(places.scores, now_ms=lambda: AT_MS)
        app = QuizApp(
            library=library,
            store=store,
            clock=lambda: Moment(AT_MS, 0, study_day(AT_MS, 0)),
            places=places,
            random=lambda: 1,
            opening=Study((library.decks[DECK],)),
            config=Config(places.config, "config.toml", Settings(dead_seconds=0)),
        )
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.2)
            screen = app.screen
            if not isinstance(screen, StudyScreen):
                raise TypeError("the app did not open a study session")
            for number in range(ENOUGH):
                view = screen.sitting.view
                if not isinstance(view, Asking):
                    break
                last = number == ENOUGH - 1
                options = view.question.options
                right = [option.text for option in options].index(view.item.card.answer)
                await pilot.press(options[(right + last) % len(options)].key)
                await pilot.pause(0.1)
                view = screen.sitting.view
                if last and isinstance(view, Grading) and view.contrast is not None:
                    break
                if not last:
                    await pilot.press("space")
                    await pilot.pause(0.1)
            svg = app.export_screenshot(title="quizapp", simplify=True)
        store.close()
    # Whoever looks at the picture need not fetch a font for it.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code,", "")
    svg = re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)
    (Path(__file__).parent / "quizapp.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())

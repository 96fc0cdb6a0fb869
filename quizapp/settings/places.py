"""Where a person's files lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HOME_VARIABLE = "QUIZAPP_HOME"


class Places(NamedTuple):
    """decks: the user's deck folder. scores: the scores file. config: the settings. None need exist."""

    decks: Path
    scores: Path
    config: Path

    @property
    def drafts(self) -> Path:
        """The folder of what was typed into forms and is not saved: beside the scores file."""
        return self.scores.parent / "drafts"


def places(environ: Mapping[str, str]) -> Places:
    """The places of this user: all in $QUIZAPP_HOME if that is set, else where the platform keeps them."""
    home = environ.get(HOME_VARIABLE)
    if home:
        data = config = Path(home).expanduser()
    else:
        # Imported here: whoever sets QUIZAPP_HOME needs none of it, and it costs several milliseconds.
        import platformdirs

        data = platformdirs.user_data_path("quizapp", appauthor=False)
        config = platformdirs.user_config_path("quizapp", appauthor=False)
    return Places(decks=data / "decks", scores=data / "scores.db", config=config / "config.toml")

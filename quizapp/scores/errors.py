"""What can go wrong with the scores file, in words for people: what happened, what is kept, what to do."""

from __future__ import annotations

from pathlib import Path


class ScoresError(Exception):
    """The scores file can't be used. path: the file."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class ScoresBusyError(ScoresError):
    """Another program holds the scores file; the same call may go through later."""


class ScoresTooNewError(ScoresError):
    """A later version of quizapp wrote the scores file; it was left untouched."""


class NotScoresError(ScoresError):
    """The file is no scores file; it was left untouched."""


class ScoresUnusableError(ScoresError):
    """The file or its folder can't be read or written."""

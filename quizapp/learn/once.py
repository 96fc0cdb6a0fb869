"""One card, asked once."""

from __future__ import annotations

from quizapp.learn.study import StudySession
from quizapp.record import Moment, Ref


class OnceSession(StudySession):
    """Ends with its first answer: a card that was forgotten comes again when its step is due, not here."""

    def _take(self, now: Moment, last: Ref | None) -> Ref | None:
        return None if self.answers else super()._take(now, last)

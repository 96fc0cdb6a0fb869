"""How tests run."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

# On a busy machine an example takes what it takes.
settings.register_profile("quizapp", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quizapp")


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, and not again and again among all that was imported for them: a
    fifth of the time of those that draw screens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)

"""How property tests run: on a busy machine an example takes what it takes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("quizapp", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quizapp")

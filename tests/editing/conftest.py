"""Properties are tested with the same examples each time, and without a limit that a busy machine would break."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

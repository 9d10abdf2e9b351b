"""Work counted in steps, which are the same on every machine, instead of in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def steps(work: Callable[[], object]) -> int:
    """Return how many functions of Python a piece of work calls, its own included.

    What a function of C does counts nothing, so a count holds how often it is asked, not how long it takes; seconds are
    measured by `benchmarks.bounds`.
    """
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count

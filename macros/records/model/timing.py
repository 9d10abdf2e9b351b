"""Whether something is published on a day: what waits for its day, and what was there until its last one."""

from __future__ import annotations

from enum import StrEnum

from macros.records.model.dates import PartialDate


class Timing(StrEnum):
    """How something stands to the day of a build; the value is what the preview says of it."""

    PENDING = "待发布"
    CURRENT = ""
    OVER = "已下线"


def timing_of(since: PartialDate | None, until: PartialDate | None, today: PartialDate) -> Timing:
    """Return how something stands to a day.

    Args:
        since: the first day on which it is published; None for at once.
        until: the last day; None for ever.
        today: the day.
    """
    if until is not None and until < today:
        return Timing.OVER
    return Timing.PENDING if since is not None and today < since else Timing.CURRENT

"""Draw values at random, always the same for the same seed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Value = TypeVar("Value")

LATEST = datetime.date(2026, 6, 30)
"""No drawn date of the past lies after this day."""


@dataclass(frozen=True)
class Draw:
    """Draws from one source of chance.

    Attributes:
        random: the source; nothing else decides what is drawn.
    """

    random: Random

    def chance(self, share: float) -> bool:
        """Return True in this share of the calls, 0 to 1."""
        return self.random.random() < share

    def number(self, low: int, high: int) -> int:
        """Return a number from low to high, both included."""
        return self.random.randint(low, high)

    def one(self, values: Sequence[Value]) -> Value:
        """Return one of the values."""
        return self.random.choice(values)

    def some(self, values: Sequence[Value], low: int, high: int) -> list[Value]:
        """Return different values, between low and high of them (fewer if there are not as many)."""
        return self.random.sample(values, min(len(values), self.number(low, high)))

    def word(self, words: str) -> str:
        """Return one word of a line of words."""
        return self.one(words.split())

    def day(self, first: int, last: int) -> datetime.date:
        """Return a day of the years from first to last, never after `LATEST`."""
        day = datetime.date(self.number(first, last), self.number(1, 12), self.number(1, 28))
        return min(day, LATEST)

    def partial_date(self, first: int, last: int) -> str:
        """Return a day of these years as a date known to the year, the month or the day."""
        return self.day(first, last).isoformat()[: self.one((4, 7, 10, 10))]

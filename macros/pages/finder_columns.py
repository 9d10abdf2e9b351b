"""Numbers and sets of a finder's data in few bytes, as ``overrides/assets/javascripts/finder/columns.js`` reads them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def sets(values: Sequence[Hashable]) -> Mapping[str, Any]:
    """Return values as a list of those that differ and a column of places in it."""
    places: dict[Hashable, int] = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return {"sets": list(places), **column([places[value] for value in values])}


def column(numbers: Sequence[int]) -> Mapping[str, Any]:
    """Return numbers as one text in which each takes the same number of digits, each of six bits, the high one first."""
    digits = 1
    while max(numbers) >= len(DIGITS) ** digits:
        digits += 1
    powers = [len(DIGITS) ** power for power in reversed(range(digits))]
    text = "".join(DIGITS[number // power % len(DIGITS)] for number in numbers for power in powers)
    return {"digits": digits, "numbers": text}

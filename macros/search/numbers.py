"""Write whole numbers as short text, which compresses well and which a browser reads without a library.

A number is one or more characters of base64: five bits a character, the low bits first, the sixth bit says that more
follow (as in source maps, without the sign).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import sub

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def encode(number: int) -> str:
    """Write one number from 0 up."""
    text = ""
    while number >= 32:
        text += _DIGITS[number % 32 + 32]
        number //= 32
    return text + _DIGITS[number]


def encode_ascending(numbers: Sequence[int]) -> str:
    """Write rising numbers as the differences between neighbours, the first one as it is."""
    steps = map(sub, numbers, [0, *numbers[:-1]])
    return "".join(map(_encoded, steps))


_encoded = cache(encode)

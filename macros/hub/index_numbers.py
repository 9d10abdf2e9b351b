"""Lists of documents as the index writes them, read back and put one behind the other.

>>> decode_ascending("ABC", 10)
[0, 1, 3]
>>> joined([(5, "A"), (20, "AB")])
'FP B'.replace(" ", "")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.hub.member_files import MemberFailed
from macros.search.numbers import encode, encode_ascending

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_MOST_DIGITS = 6


def decode(written: str) -> list[int]:
    """Return the numbers of a text.

    Raises:
        MemberFailed: it is no list of numbers.
    """
    numbers: list[int] = []
    number = digits = 0
    for digit in written:
        value = _VALUES.get(digit, -1)
        if value < 0 or digits > _MOST_DIGITS:
            raise MemberFailed("搜索索引里的数写法不对")
        number += (value & 31) << (5 * digits)
        digits += 1
        if value < 32:
            numbers.append(number)
            number = digits = 0
    if digits:
        raise MemberFailed("搜索索引里的数不完整")
    return numbers


def decode_ascending(written: object, count: int) -> list[int]:
    """Return the numbers of documents that a list names.

    Args:
        written: the list, as ``encode_ascending`` writes it.
        count: how many documents there are.

    Raises:
        MemberFailed: it is no rising list of documents.
    """
    if not isinstance(written, str):
        raise MemberFailed("搜索索引的写法不对")
    numbers, last = decode(written), 0
    for place, step in enumerate(numbers):
        if step == 0 and place:
            raise MemberFailed("搜索索引里的数没有递增")
        last += step
        numbers[place] = last
    if last >= count and numbers:
        raise MemberFailed("搜索索引提到了没有的网页")
    return numbers


def joined(lists: Iterable[tuple[int, str]], last: int = 0) -> str:
    """Put lists one behind the other.

    Args:
        lists: pairs of the number that is added to all of a list, rising so that lists never meet, and the list.
        last: the number before the first.
    """
    parts: list[str] = []
    for base, written in lists:
        numbers = decode(written)
        if numbers:
            parts.append(encode(base + numbers[0] - last) + encode_steps(numbers[1:]))
            last = base + sum(numbers)
    return "".join(parts)


def encode_steps(steps: Sequence[int]) -> str:
    """Write differences as they are."""
    return "".join(map(encode, steps))


def renumbered(numbers: Iterable[int], places: Sequence[int]) -> str:
    """Write numbers of documents under their new numbers; those that have none are left out.

    Args:
        numbers: rising.
        places: for each old number the new one, or -1; rising too.
    """
    return encode_ascending([places[number] for number in numbers if places[number] >= 0])

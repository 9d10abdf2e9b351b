"""Lists of documents as the index writes them, read back and put one behind the other.

>>> decode_ascending("ABC", 10)
[0, 1, 3]
>>> joined([(5, "A"), (20, "AB")])
'FPB'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from macros.hub.member_files import MemberFailed
from macros.search.numbers import encode, encode_ascending

_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NO_DIGIT = 255
_TABLE = bytes(_DIGITS.find(bytes((code,))) if bytes((code,)) in _DIGITS else _NO_DIGIT for code in range(256))
_MOST_DIGITS = 6


class PostingPart(NamedTuple):
    """A member's list as it can be put behind others without being read: texts, since it lies in a file between.

    Attributes:
        first: the first number.
        last: the last one.
        size: how many there are.
        rest: the differences after the first, as the index writes them.
    """

    first: str
    last: str
    size: str
    rest: str


NO_PART = PostingPart("", "", "", "")


def part_of(numbers: Sequence[int]) -> PostingPart:
    """Return rising numbers as a part."""
    if not numbers:
        return NO_PART
    rest = encode_ascending(numbers)[len(encode(numbers[0])) :]
    return PostingPart(str(numbers[0]), str(numbers[-1]), str(len(numbers)), rest)


def joined_parts(parts: Iterable[tuple[int, PostingPart]]) -> str:
    """Put parts one behind the other, each with the number that is added to all of it."""
    texts: list[str] = []
    before = 0
    for base, part in parts:
        texts += (encode(base + int(part.first) - before), part.rest)
        before = base + int(part.last)
    return "".join(texts)


def shortened(part: PostingPart, count: int) -> PostingPart:
    """Return a part with its first numbers alone."""
    if int(part.size) <= count:
        return part
    rest = _of_length(count - 1).match(part.rest)
    kept = rest[0] if rest else ""
    return PostingPart(part.first, str(int(part.first) + sum(decode(kept))), str(count), kept)


@cache
def _of_length(count: int) -> re.Pattern[str]:
    return re.compile(f"(?:[g-z0-9_-]*[A-Za-f]){{{count}}}")


def decode(written: str) -> list[int]:
    """Return the numbers of a text.

    Raises:
        MemberFailed: it is no list of numbers.
    """
    values = written.encode("utf-8", "replace").translate(_TABLE)
    highest = max(values, default=0)
    if highest == _NO_DIGIT:
        raise MemberFailed("搜索索引里的数写法不对")
    return list(values) if highest < 32 else _of_several(values)


def _of_several(values: bytes) -> list[int]:
    numbers: list[int] = []
    number = shift = 0
    for value in values:
        number += (value & 31) << shift
        shift += 5
        if value < 32:
            numbers.append(number)
            number = shift = 0
        elif shift > 5 * _MOST_DIGITS:
            raise MemberFailed("搜索索引里的数写法不对")
    if shift:
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
    steps = decode(written)
    if 0 in steps[1:]:
        raise MemberFailed("搜索索引里的数没有递增")
    numbers = list(accumulate(steps))
    if numbers and numbers[-1] >= count:
        raise MemberFailed("搜索索引提到了没有的网页")
    return numbers


def joined(lists: Iterable[tuple[int, str]]) -> str:
    """Put lists one behind the other.

    Args:
        lists: pairs of the number that is added to all of a list, rising so that lists never meet, and the list.
    """
    return joined_parts((base, part_of(list(accumulate(decode(written))))) for base, written in lists if written)


def taken_over(numbers: Iterable[int], places: Sequence[int]) -> list[int]:
    """Return the new numbers of documents; those that have none are left out.

    Args:
        numbers: rising.
        places: for each old number the new one, or -1; rising too.
    """
    return [places[number] for number in numbers if places[number] >= 0]


def renumbered(numbers: Iterable[int], places: Sequence[int]) -> str:
    """Write numbers of documents under their new numbers."""
    return encode_ascending(taken_over(numbers, places))

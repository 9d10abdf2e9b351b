"""Laws about a visit: the way leads into the province; neither hours nor prices contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from macros.records.laws.law import of_one
from macros.records.model.groups import Location, Opening
from macros.records.model.kinds import Base, Place
from macros.records.model.terms import shorten
from macros.records.problems import Problem

# A box around Guangdong in whole degrees: enough to notice a slip, and no border that anyone could argue about.
LONGITUDES = range(109, 118)
LATITUDES = range(20, 26)
_COSTS_NOTHING = re.compile(r"(全部)?免费.*|不收费|无|0(\.0+)? ?元?")


@of_one(Place)
def points_lie_in_the_province(record: Place) -> Iterator[Problem]:
    """A point lies in Guangdong; longitude and latitude that change places are told apart from a wrong point."""
    if record.location and (message := _misplaced(record.location)):
        yield record.document.problem(("location",), message, "point-outside")


def _misplaced(point: Location) -> str | None:
    longitude, latitude = int(point.longitude), int(point.latitude)
    if longitude in LONGITUDES and latitude in LATITUDES:
        return None
    if longitude in LATITUDES and latitude in LONGITUDES:
        return f"经度 {point.longitude} 和纬度 {point.latitude} 写反了；请对调，经度是一百多的那个数"
    return f"坐标（{point.longitude}，{point.latitude}）不在广东省内；请核对，经度在 109 到 118、纬度在 20 到 26 之间"


@of_one(Base)
def hours_do_not_overlap(record: Base) -> Iterator[Problem]:
    """Of two openings on one day of one season, one ends before the other begins."""
    for (first, early), (second, late) in combinations(enumerate(record.opening), 2):
        if day := _shared_day(early, late):
            message = (
                f"{day}的开放时间重叠：第 {first + 1} 条 {early.from_} 到 {early.to}，"
                f"第 {second + 1} 条 {late.from_} 到 {late.to}；请合成一条，或写明不同的 season（季节）"
            )
            yield record.document.problem(("opening", second), message, "hours-overlap")


def _shared_day(first: Opening, second: Opening) -> str | None:
    """Return a day on which both are open at one time, or None."""
    apart = first.to <= second.from_ or second.to <= first.from_
    if apart or (first.season and second.season and first.season != second.season):
        return None
    return next((day.label for day in first.days if day in second.days), None)


@of_one(Base)
def admission_is_free_or_costs(record: Base) -> Iterator[Problem]:
    """Who says that a visit is free gives no price."""
    admission = record.admission
    if admission and admission.free and admission.price and not _COSTS_NOTHING.fullmatch(admission.price):
        message = f"写了全部免费，又写了票价 “{shorten(admission.price)}”；请只留一样：要钱就把 free 改成 否，谁免费写进 concession（优惠办法）"
        yield record.document.problem(("admission", "price"), message, "contradiction")

"""What the site holds of one place in one year: a sheet that the place hands in for its yearly assessment."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from macros.editing.quality import Figure, Report, ReportTable, missing
from macros.library.library import Library
from macros.records.hours.schedule import Schedule, schedule_of
from macros.records.hours.timetable import sittings_on
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Base, Place
from macros.records.model.outings import Activity, Route


def unit_report(library: Library, place: Place, year: int) -> Report:
    """Return what the site holds of a place in a year, by its own records alone.

    Args:
        library: all records.
        place: the place.
        year: the year.
    """
    tables = (
        ReportTable("概况", ("项目", "内容"), tuple(_overview(library, place))),
        ReportTable("开放的日子", ("月份", "开放几天"), tuple(_open_days(library, place, year)), "开放时间没有公布。"),
        ReportTable("科普活动", ("日期", "时间", "活动", "说明"), tuple(_activities(library, place, year))),
        ReportTable("科普线路", ("线路", "适合学段"), tuple(_routes(library, place))),
        ReportTable("发布和更新", ("日期", "内容"), tuple(_published(place, year))),
    )
    return Report(library.as_of, (), tables, f"{place.heading}：{year} 年")


def _overview(library: Library, place: Place) -> Iterator[tuple[Figure, ...]]:
    yield "种类", library.kind_label(place.kind)
    yield "上次核对", str(place.reviewed_on or "从未")
    yield "还缺的内容", "、".join(missing(place)) or "不缺"
    yield "图片", len(place.images)
    yield "问答", len(place.questions)
    if isinstance(place, Base):
        yield "科普护照", "参加" if place.passport else "没有参加"


def _open_days(library: Library, place: Place, year: int) -> Iterator[tuple[Figure, ...]]:
    """Yield how many days it is open in each month by its own hours and the holidays that are known, and the sum."""
    if not isinstance(place, Base) or not place.opening:
        return
    schedule, total = schedule_of(place.opening_fields), 0
    for month in range(1, 13):
        count = sum(1 for day in _days(year, month) if _is_open(library, schedule, day))
        total += count
        yield f"{month} 月", count
    yield "全年", total


def _days(year: int, month: int) -> Iterator[datetime.date]:
    day = datetime.date(year, month, 1)
    while day.month == month:
        yield day
        day += datetime.timedelta(days=1)


def _is_open(library: Library, schedule: Schedule, day: datetime.date) -> bool:
    return bool(sittings_on(schedule, library.collection.calendar, day))


def _activities(library: Library, place: Place, year: int) -> Iterator[tuple[Figure, ...]]:
    here = [one for one in library.related(place) if isinstance(one, Activity) and one.place == place.id]
    times = [(time, one) for one in here for time in library.all_times(one) if time.day.year == year]
    for time, one in sorted(times, key=lambda pair: (pair[0].order, pair[1].id)):
        yield time.day.isoformat(), time.hours, one.heading, f"已取消：{one.cancelled}" if one.cancelled else time.note


def _routes(library: Library, place: Place) -> Iterator[tuple[Figure, ...]]:
    for one in library.related(place):
        if isinstance(one, Route) and any(stop.place == place.id for stop in one.stops):
            yield one.heading, "、".join(str(stage) for stage in one.stages)


def _published(place: Place, year: int) -> Iterator[tuple[Figure, ...]]:
    told: list[tuple[PartialDate, str]] = [(event.date, event.text) for event in place.events]
    told += [(change.date, change.text) for change in place.changes]
    for date, text in sorted(told, key=lambda entry: (entry[0].iso, entry[1])):
        if date.year == year:
            yield str(date), text

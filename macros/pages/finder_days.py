"""What a finder needs when somebody asks for a day: the hours of all bases, the dates of all activities; fetched only then."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from macros.library.library import Library
from macros.pages.finder_columns import sets
from macros.records.hours.browser_data import browser_data, browser_holidays
from macros.records.hours.holidays import Calendar
from macros.records.hours.occurrences import Occurrence, occurrences_of
from macros.records.hours.schedule import schedule_of
from macros.records.model.kinds import Base, Record
from macros.records.model.outings import Activity
from macros.text.notation import json_line

_NO_HOLIDAYS = Calendar()
_REMARKS = {"full": "约满", "over": "已结束"}


def hours_of_bases(library: Library, records: Iterable[Record]) -> dict[str, Any]:
    """Return the calendar, and the hours of each base; many places have the same, which are written once.

    Hours are what `browser_data` makes, without telephone; null where none are known; of a place that receives nobody at
    present the word that says so.

    Args:
        library: the records.
        records: the bases of the finder, in its order.
    """
    since = library.as_of.year
    hours = sets([json_line(_hours(record, since)) for record in records if isinstance(record, Base)])
    different = [json.loads(text) for text in hours["sets"]]
    return {"holidays": browser_holidays(library.collection.calendar, since), **hours, "sets": different}


def _hours(base: Base, since: int) -> Any:
    schedule = schedule_of(base.opening_fields)
    if not schedule.is_running:
        return str(base.status)
    return browser_data(replace(schedule, phone=""), _NO_HOLIDAYS, since)


Moment = tuple[int, str]
"""When on its day something begins, in minutes since midnight, -1 where nobody says; and what is said of it."""


def dates_of_activities(records: Iterable[Record], since: datetime.date) -> dict[str, Any]:
    """Return on which days activities take place from a day on, and what is said of each time.

    Args:
        records: the activities of the finder, in its order.
        since: the first day.

    Returns:
        ``since``; ``moments``, what is said of a time, in the order in which times follow one another on a day; and for
        each activity days after ``since`` and places among the moments in turn, as `macros.pages.finder_columns.sets`
        writes what many share.
    """
    times = [list(_times(record, since)) for record in records if isinstance(record, Activity)]
    moments = sorted({moment for some in times for _, moment in some})
    places = {moment: place for place, moment in enumerate(moments)}
    days = [tuple(number for day, moment in some for number in (day, places[moment])) for some in times]
    return {"since": since.isoformat(), "moments": [text for _, text in moments], **sets(days)}


def _times(activity: Activity, since: datetime.date) -> Iterable[tuple[int, Moment]]:
    for occurrence in occurrences_of(activity):
        if occurrence.day >= since:
            yield (occurrence.day - since).days, _moment(activity, occurrence)


def _moment(activity: Activity, occurrence: Occurrence) -> Moment:
    remark = "已取消" if activity.cancelled else _REMARKS.get(occurrence.state, "")
    begins = -1 if occurrence.begins is None else occurrence.begins
    return begins, "，".join(filter(None, [occurrence.hours, remark]))

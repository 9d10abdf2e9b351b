"""The hours of all bases for their finder, which parts them by whether they open on a day; fetched with the first day asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from macros.library.library import Library
from macros.pages.finder_columns import sets
from macros.records.hours.browser_data import browser_data, browser_holidays
from macros.records.hours.holidays import Calendar
from macros.records.hours.schedule import schedule_of
from macros.records.model.kinds import Base, Record
from macros.text.notation import json_line

_NO_HOLIDAYS = Calendar()


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

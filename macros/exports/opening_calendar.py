"""The hours of each base as a calendar (RFC 5545): only those that are certain, as JSON-LD has them.

One file beside the base's page, and one at each address that the base had before, so that who subscribed stays informed.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from functools import partial
from itertools import chain

from macros.addresses.redirects import first_address
from macros.exports.calendar import calendar_file, escaped
from macros.exports.files import Files
from macros.exports.publication import Publication
from macros.records.hours.schedule import DAY, schedule_of
from macros.records.hours.timetable import Run, runs
from macros.records.model.kinds import Base

NAME = "opening.ics"
"""Name of the file in the folder of the base's page."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def files(publication: Publication) -> Files:
    """Return the calendars of all bases that say something of their hours, paths below the site's root."""
    library = publication.library
    made = {}
    for base in publication.records[Base.kind]:
        if isinstance(base, Base) and base.opening:
            addresses = {library.address(base), *(f"{Base.kind}/{former}/" for former in base.former_ids)}
            made.update({f"{address}{NAME}": partial(_file, publication, base) for address in sorted(addresses)})
    return Files(made)


def _file(publication: Publication, base: Base) -> bytes:
    library = publication.library
    found = runs(schedule_of(base.opening_fields), library.collection.calendar, library.as_of.first_day)
    url = publication.absolute(library.address(base)) or ""
    stamp = (library.modified(base) or library.as_of).last_day
    return opening_calendar(
        found, base.name, f"{publication.url or publication.name} {first_address(base)}", url, stamp
    )


def opening_calendar(found: tuple[Run, ...], name: str, place: str, url: str, stamp: datetime.date) -> bytes:
    """Return hours as a calendar.

    Args:
        found: the hours that are certain.
        name: what the place is called.
        place: what tells it from all others for ever, for the ids of events.
        url: address of its page; may be empty.
        stamp: the day on which the hours were last known.
    """
    events = (line for run in found for line in _event(run, name, place, url, stamp))
    return calendar_file(f"{name}开放时间", chain(ZONE, events))


def _event(run: Run, name: str, place: str, url: str, stamp: datetime.date) -> Iterator[str]:
    first = next(run.days(), None)
    if first is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, f'{place} opening {first} {run.opens} {run.closes}')}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;TZID=Asia/Shanghai:{local_time(first, run.opens)}"
    yield f"DTEND;TZID=Asia/Shanghai:{local_time(first, run.closes)}"
    # The last day ends at 16:00 in UTC.
    days = ",".join(_DAYS[number - 1] for number in run.weekdays)
    yield f"RRULE:FREQ=WEEKLY;WKST=MO;BYDAY={days};UNTIL={run.last:%Y%m%d}T155959Z"
    yield f"SUMMARY:开放：{escaped(name)}"
    if url:
        yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def local_time(day: datetime.date, minutes: int) -> str:
    """Return a point of time without its zone; minutes beyond a day are on the next."""
    on = day + datetime.timedelta(minutes // DAY)
    return f"{on:%Y%m%d}T{minutes % DAY // 60:02}{minutes % 60:02}00"

"""When activities are, as calendars (RFC 5545): of each activity, of all, of a place, of the activities of a town and for an audience.

One entry for each time, since a rule of recurrence would have to say what editors name as single days. A UID stays while
the day stays; SEQUENCE rises with each change that the record tells of, so that calendars take the newer one; what was
cancelled is told as cancelled instead of vanishing.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from macros.addresses.redirects import first_address
from macros.exports.calendar import calendar_file, escaped
from macros.exports.files import Files
from macros.exports.opening_calendar import ZONE, local_time
from macros.exports.publication import Publication
from macros.library.agenda import AgendaEntry, times_from
from macros.library.facets import AUDIENCE, TOWN
from macros.records.hours.occurrences import Occurrence, occurrences_of
from macros.records.model.kinds import Record
from macros.records.model.outings import Activity

NAME = "dates.ics"
"""Name of the file in the folder of what it tells of."""

NEAREST = 200
"""Entries of a calendar of several activities; what lies further ahead comes in as time goes by."""

_ALARM = "-P1D"


def files(publication: Publication) -> Files:
    """Return the calendars of activities, paths below the site's root; none that would be empty."""
    library = publication.library
    activities = [record for record in publication.records[Activity.kind] if isinstance(record, Activity)]
    made = {
        f"{library.address(one)}{NAME}": partial(_of_one, publication, one) for one in activities if occurrences_of(one)
    }
    groups: dict[str, tuple[str, tuple[Record, ...]]] = {f"{Activity.kind}/": ("", tuple(activities))}
    for facet in (TOWN, AUDIENCE):
        for group in library.groups(Activity.kind, facet):
            if group.term:
                groups[f"{Activity.kind}/by/{facet.name}/{group.term.id}/"] = group.label, group.records
    for identifier in dict.fromkeys(one.place for one in activities if one.place):
        if place := library.get(identifier):
            groups[library.address(place)] = place.heading, tuple(one for one in activities if one.place == identifier)
    for address, (label, members) in groups.items():
        if times := times_from(members, publication.library.as_of.first_day)[:NEAREST]:
            made[f"{address}{NAME}"] = partial(_of_many, publication, label, times)
    return Files(made)


def _of_one(publication: Publication, activity: Activity) -> bytes:
    return _calendar(publication, activity.name, [AgendaEntry(activity, time) for time in occurrences_of(activity)])


def _of_many(publication: Publication, label: str, times: Sequence[AgendaEntry]) -> bytes:
    name = f"{label}{publication.library.kind_label(Activity.kind)} - {publication.name}"
    return _calendar(publication, name, times)


def _calendar(publication: Publication, name: str, times: Sequence[AgendaEntry]) -> bytes:
    counts: Counter[tuple[str, datetime.date]] = Counter()
    events = []
    for activity, time in times:
        counts[activity.id, time.day] += 1
        events.append(_event(publication, activity, time, counts[activity.id, time.day]))
    return calendar_file(name, chain(ZONE, *events))


def _event(publication: Publication, activity: Activity, time: Occurrence, number: int) -> Iterator[str]:
    library = publication.library
    url = publication.absolute(library.address(activity))
    site = publication.url or publication.name
    stamp = library.modified(activity)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, f'{site} {first_address(activity)} {time.day} {number}')}"
    yield f"DTSTAMP:{stamp.last_day if stamp else time.day:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{len(activity.changes)}"
    yield f"STATUS:{'CANCELLED' if activity.cancelled else 'CONFIRMED'}"
    yield from _span(time)
    yield f"SUMMARY:{escaped(activity.name)}"
    yield f"DESCRIPTION:{escaped(_description(activity, time, url))}"
    if where := location_of(publication, activity):
        yield f"LOCATION:{escaped(where)}"
    if url:
        yield f"URL:{url}"
    if not activity.cancelled:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{_ALARM}")
        yield from (f"DESCRIPTION:{escaped(activity.name)}", "END:VALARM")
    yield "END:VEVENT"


def _span(time: Occurrence) -> Iterator[str]:
    """Yield when it begins and ends; a day of which no hour is known is a whole day, which shuts out nothing else."""
    if time.begins is None:
        yield f"DTSTART;VALUE=DATE:{time.day:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    yield f"DTSTART;TZID=Asia/Shanghai:{local_time(time.day, time.begins)}"
    if time.ends is not None:
        yield f"DTEND;TZID=Asia/Shanghai:{local_time(time.day, time.ends)}"


def _description(activity: Activity, time: Occurrence, url: str | None) -> str:
    cancelled = f"已取消：{activity.cancelled}" if activity.cancelled else ""
    return "\n".join(filter(None, [cancelled, activity.summary, time.note, url]))


def location_of(publication: Publication, activity: Activity) -> str:
    """Return where an activity is, as people look for it; empty if nobody says."""
    place = publication.library.get(activity.place) if activity.place else None
    address = activity.address or getattr(place, "address", None)
    return "，".join(filter(None, [place.heading if place else "", activity.venue or "", address or ""]))

"""Calendars (RFC 5545) of the site and of each kind: deadlines of applications, recognitions and reviews, with alarms.

A calendar is fetched again and again by everyone who subscribed to it, so it holds the nearest deadlines alone; what lies
further ahead comes in as time goes by. Nothing in it comes from a clock: DTSTAMP is the record's last known date. A UID stays when the day is moved, so that
calendars move their entry instead of adding another.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from macros.addresses.redirects import first_address
from macros.exports.files import Files
from macros.exports.publication import Publication
from macros.library.deadlines import Deadline, Matter
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Policy, Record

ADDRESS = "calendar.ics"
NEAREST = 200
"""Entries of each matter in a calendar: 460 KB in all, or 70 KB compressed, however many records there are."""

LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ufffe\uffff]")
_ALARMS = {Matter.APPLICATION: ("-P7D", "-P1D"), Matter.RECOGNITION: ("-P30D",), Matter.REVIEW: ("-P7D",)}


def files(publication: Publication) -> Files:
    """Return the calendars, paths below the site's root; a calendar without an entry would not be one."""
    deadlines = publication.library.deadlines
    kinds = sorted({deadline.record.kind for deadline in deadlines})
    own = {f"{kind}/{ADDRESS}": partial(calendar, publication, kind) for kind in kinds}
    return Files({ADDRESS: partial(calendar, publication), **own} if deadlines else {})


def calendar(publication: Publication, kind: str = "") -> bytes:
    """Return a calendar of the nearest deadlines that lie ahead, of which there is at least one.

    Args:
        publication: what it tells of.
        kind: the only kind that it tells of, or empty for all.
    """
    deadlines = publication.library.deadlines
    next_ones = nearest(deadline for deadline in deadlines if kind in ("", deadline.record.kind))
    name = f"{publication.library.kind_label(kind)} - {publication.name}" if kind else publication.name
    return calendar_file(name, (line for deadline in next_ones for line in _event(publication, deadline)))


def calendar_file(name: str, components: Iterable[str]) -> bytes:
    """Return a whole calendar.

    Args:
        name: what calendar programs call it.
        components: the lines of its events and time zones, not folded yet.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//kepu//kepu//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *components,
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def nearest(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    """Yield the first deadlines of each matter, so that many of one matter don't keep out the others."""
    counts: Counter[Matter] = Counter()
    for deadline in deadlines:
        counts[deadline.matter] += 1
        if counts[deadline.matter] <= NEAREST:
            yield deadline


def _event(publication: Publication, deadline: Deadline) -> Iterator[str]:
    url = publication.absolute(publication.library.address(deadline.record))
    summary = f"{deadline.matter.value}：{deadline.record.heading}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_identifier(publication, deadline)}"
    yield f"DTSTAMP:{_compact(_last_date(publication, deadline))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(deadline.date)}"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"DESCRIPTION:{escaped(_description(deadline, url))}"
    yield f"CATEGORIES:{escaped(deadline.matter.value)}"
    if url:
        yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    for trigger in _ALARMS[deadline.matter]:
        yield from _alarm(trigger, summary)
    yield "END:VEVENT"


def _alarm(trigger: str, summary: str) -> Iterator[str]:
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}", f"DESCRIPTION:{escaped(summary)}", "END:VALARM")


def _identifier(publication: Publication, deadline: Deadline) -> str:
    """Return a UID from what stays: the site, the record, and what of it ends; never the day."""
    place = publication.url or publication.name
    name = f"{place} {first_address(deadline.record)} {deadline.matter.name} {deadline.key}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _description(deadline: Deadline, url: str | None) -> str:
    record = deadline.record
    lines = [deadline.about, record.summary]
    if isinstance(record, Policy) and record.applies_to and deadline.matter is Matter.APPLICATION:
        lines += [record.applies_to.who or "", record.applies_to.what or "", record.applies_to.ask or ""]
    if not deadline.date.is_full:
        lines.append(f"原文只写到 {deadline.date}，这里记在最后一天。")
    return "\n".join(filter(None, [*lines, url]))


def _last_date(publication: Publication, deadline: Deadline) -> PartialDate:
    """Return the last date that the record is known by; a record without any is known by the deadline itself."""
    return publication.library.modified(deadline.record) or _published(deadline.record) or deadline.date


def _published(record: Record) -> PartialDate | None:
    return record.published or record.written if isinstance(record, Policy) else None


def _compact(date: PartialDate) -> str:
    return date.last_day.strftime("%Y%m%d")


def escaped(text: str) -> str:
    """Return text as a TEXT value (RFC 5545, section 3.3.11); control characters are dropped."""
    clean = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line broken so that no part is longer than 75 octets; a character is never broken."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    parts, part, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LONGEST_LINE:
            parts.append(part)
            # The space that begins a further line counts.
            part, octets = "", 1
        part, octets = part + character, octets + size
    return "\r\n ".join([*parts, part])

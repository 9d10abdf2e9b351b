"""The orders in which lists of records can stand."""

from __future__ import annotations

from collections.abc import Iterable

from macros.library.library import Library
from macros.records.model.kinds import Policy, Record

SORTS = ("name", "newest")
"""By pinyin, which is the library's own order; and the newest first."""


def newest_first(library: Library, records: Iterable[Record]) -> tuple[Record, ...]:
    """Return records with the newest first; undated ones come last, and what is equally new keeps its order."""
    return tuple(sorted(records, key=lambda record: day_of(library, record), reverse=True))


def day_of(library: Library, record: Record) -> str:
    """Return the date by which a record is new, as text that sorts; empty if no date is known.

    A policy is as new as its publication, however often its record is mended; any other record as its last change.
    """
    published = record.published if isinstance(record, Policy) else None
    day = published or library.modified(record)
    return day.iso if day else ""

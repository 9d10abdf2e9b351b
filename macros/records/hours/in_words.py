"""Entries about hours in words, for tables of pages and for what editors are told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from macros.records.hours.schedule import hours_of
from macros.records.hours.sentences import span
from macros.records.model.opening import DAYS, HolidayHours, Opening, SpecialHours
from macros.records.model.terms import Term

_DAY_ORDER = {term.id: position for position, term in enumerate(DAYS.choice)}


def hours_in_words(entry: Opening | HolidayHours | SpecialHours) -> str:
    """Return the hours of an entry, e.g. ``9:00–17:00`` or ``全天``; empty if none are known."""
    return span(hours_of(entry.from_, entry.to))


def days_in_words(opening: Opening) -> str:
    """Return the days of an entry, e.g. ``周二至周五`` or ``每月第一个、第三个周日``."""
    weeks = "、".join(week.label for week in opening.weeks)
    return f"{f'每月{weeks}' if weeks else ''}{weekdays_in_words(opening.days)}"


def weekdays_in_words(terms: Iterable[Term]) -> str:
    """Return days of the week in short: ``每天``, ``周一至周五``, ``周二、周四``."""
    numbers = sorted({_DAY_ORDER[term.id] for term in terms})
    if len(numbers) == len(_DAY_ORDER):
        return "每天"
    labels = [term.label for term in DAYS.choice]
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    spans = [
        f"{labels[run[0]]}至{labels[run[-1]]}" if len(run) > 2 else "、".join(labels[number] for number in run)
        for run in runs
    ]
    return "、".join(spans)


def conditions(opening: Opening) -> list[str]:
    """Return what else an entry says, each in a few words: its season, its dates, and whom it is for."""
    first, last = opening.from_date, opening.to_date
    return [
        *([opening.season] if opening.season else []),
        *([f"{first or ''}{'至' if last else '起'}{last or ''}"] if first or last else []),
        *([f"最晚 {opening.last_entry} 入场"] if opening.last_entry else []),
        *(["须预约"] if opening.booking else []),
        *([opening.note] if opening.note else []),
    ]

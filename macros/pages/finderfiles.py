"""The files of a finder, which ``overrides/assets/javascripts/finder/source.js`` reads.

Few records lie in one file, texts and all. Of many, the first file has what a choice needs to find and to count, at most
four bytes a record; texts of cards lie apart, a few records a file, so that only those of the cards shown are fetched,
and so do the days, which only the order by date needs. Places in lists stand for terms, badges and records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FOLDER = "assets/finder"

WHOLE = 500
"""Records of a finder that lie in one file: about 22 KB compressed, less than what 24 cards out of many files take."""

TEXTS_IN_FILE = 16
"""Records whose texts share a file: a few for cards far apart, not too many files for a host."""

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Row = tuple[str, str, str, str, Sequence[int], Sequence[Sequence[int]]]
"""A record: id, name, summary, facts, places of its badges, and for each facet the places of its terms."""


@dataclass(frozen=True)
class Data:
    """What a finder knows.

    Attributes:
        facets: name of each facet → ids of its terms.
        badges: label and style of each badge.
        records: the records by pinyin.
        days: the day by which each record is new, as text that sorts; empty if none is known.
    """

    facets: Mapping[str, Sequence[str]]
    badges: Sequence[tuple[str, str]]
    records: Sequence[Row]
    days: Sequence[str]

    @property
    def newest(self) -> list[int] | None:
        """Places of the records, the newest first, what is equally new in their order; None if no day is known."""
        places = range(len(self.days))
        return sorted(places, key=self.days.__getitem__, reverse=True) if any(self.days) else None


def files_of(kind: str, data: Data) -> dict[str, bytes]:
    """Return the files of a finder, paths below the site's root, the one that is fetched first before all others."""
    whole = len(data.records) <= WHOLE
    apart = {} if whole else _apart(data)
    folder = f"{kind}/{_name(apart.values())}/"
    first = _json(_whole(data) if whole else _first(data, folder))
    return {
        f"{FOLDER}/{kind}.{_name([first])}.json": first,
        **{f"{FOLDER}/{folder}{name}": content for name, content in apart.items()},
    }


def _whole(data: Data) -> Mapping[str, Any]:
    return {"facets": data.facets, "badges": data.badges, "records": data.records, "newest": data.newest}


def _first(data: Data, folder: str) -> Mapping[str, Any]:
    """Return what is fetched first of many records: for each facet, which terms each record has."""
    terms = zip(*(row[5] for row in data.records), strict=True)
    return {
        "facets": data.facets,
        "badges": data.badges,
        "terms": [_sets([tuple(places) for places in column]) for column in terms],
        "texts": {"folder": folder, "size": TEXTS_IN_FILE},
        "dated": any(data.days),
    }


def _apart(data: Data) -> dict[str, bytes]:
    """Return what is fetched when it is needed: texts, and the place of each record's day among all days."""
    starts = range(0, len(data.records), TEXTS_IN_FILE)
    texts = (_json([row[:5] for row in data.records[start : start + TEXTS_IN_FILE]]) for start in starts)
    files = {f"{number}.json": content for number, content in enumerate(texts)}
    days = {day: place for place, day in enumerate(sorted(set(data.days)))}
    return {**files, "days.json": _json(_column([days[day] for day in data.days]))}


def _sets(values: Sequence[Hashable]) -> Mapping[str, Any]:
    """Return values as a list of those that differ and a column of places in it."""
    places: dict[Hashable, int] = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return {"sets": list(places), **_column([places[value] for value in values])}


def _column(numbers: Sequence[int]) -> Mapping[str, Any]:
    """Return numbers as one text in which each takes the same number of digits, each of six bits, the high one first."""
    digits = 1
    while max(numbers) >= len(DIGITS) ** digits:
        digits += 1
    powers = [len(DIGITS) ** power for power in reversed(range(digits))]
    text = "".join(DIGITS[number // power % len(DIGITS)] for number in numbers for power in powers)
    return {"digits": digits, "numbers": text}


def _name(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:16]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

"""Find the record that a reference shall name: by its name, other names, pinyin or id."""

from __future__ import annotations

from macros.records.collection import Collection
from macros.records.model.bound import cached_per_record
from macros.records.model.kinds import Record
from macros.text import pinyin
from macros.text.fold import fold

MOST_FOUND = 20


def find_records(collection: Collection, kinds: tuple[str, ...], query: str) -> list[Record]:
    """Return the records that a reference may name and that a query finds, the best first, at most `MOST_FOUND`.

    Args:
        collection: all records.
        kinds: the kinds that may be named; empty means any.
        query: what an editor typed: part of a name, the first letters of its pinyin, or an id.
    """
    wanted = fold(query.strip())
    records = (record for record in collection.records.values() if not kinds or record.kind in kinds)
    ranked = ((_rank(record, wanted, collection), record.heading, record.id, record) for record in records)
    found = sorted(one for one in ranked if one[0] < _NOT_FOUND)
    return [record for *_, record in found[:MOST_FOUND]]


_NOT_FOUND = 9


def _rank(record: Record, wanted: str, collection: Collection) -> int:
    """Return how well a record fits: 0 by its name or its beginning, more by what is less sure."""
    for rank, text in enumerate(record.names):
        folded = fold(text)
        if folded.startswith(wanted):
            return min(rank, 1)
        if wanted in folded:
            return 2 + min(rank, 1)
    if record.id.startswith(wanted):
        return 4
    is_spelled = wanted.isascii() and wanted.isalpha()
    if is_spelled and any(spelling.startswith(wanted) for spelling in _spellings(record, collection.readings)):
        return 5
    return _NOT_FOUND


@cached_per_record
def _spellings(record: Record, readings: pinyin.Readings) -> tuple[str, str]:
    """Return the first letters of a name's pinyin, and all of it: 53 µs a name, so of 10,000 names only once."""
    syllables = pinyin.syllables(record.heading, readings)
    return "".join(syllable[:1] for syllable in syllables), "".join(syllables)

"""Find the record that a reference shall name: by its name, other names, pinyin or id."""

from __future__ import annotations

from collections.abc import Iterator

from macros.records.collection import Collection
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
    for rank, text in enumerate(_names(record)):
        folded = fold(text)
        if folded.startswith(wanted):
            return min(rank, 1)
        if wanted in folded:
            return 2 + min(rank, 1)
    if record.id.startswith(wanted):
        return 4
    if wanted.isascii() and wanted.isalpha():
        letters = pinyin.syllables(record.heading, collection.readings)
        if "".join(syllable[:1] for syllable in letters).startswith(wanted) or "".join(letters).startswith(wanted):
            return 5
    return _NOT_FOUND


def _names(record: Record) -> Iterator[str]:
    yield record.heading
    yield from getattr(record, "aliases", ())

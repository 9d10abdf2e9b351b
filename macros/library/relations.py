"""How records hang together: every reference, read in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from macros.records.collection import Collection
from macros.records.kinds import Record
from macros.text import prose

Relations = Mapping[str, tuple[str, ...]]


def _pairs(collection: Collection) -> Iterator[tuple[Record, str]]:
    """Yield each record with each id that it names in a field or in its prose."""
    for record, _, reference in collection.references:
        yield record, reference
    for record, _, text in collection.prose:
        for link in prose.references(text):
            yield record, link.name


def relate(collection: Collection, published: Mapping[str, Record]) -> Relations:
    """Return, for each published record, the ids of the others that it names or that name it.

    Args:
        collection: where references stand.
        published: the records that have a page; others are left out.
    """
    related: dict[str, dict[str, None]] = defaultdict(dict)
    for record, target in _pairs(collection):
        if record.id in published and target in published and record.id != target:
            related[record.id][target] = None
            related[target][record.id] = None
    place = {identifier: position for position, identifier in enumerate(published)}
    return {identifier: tuple(sorted(others, key=place.__getitem__)) for identifier, others in related.items()}

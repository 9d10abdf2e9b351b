"""How records hang together: every reference, read in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from macros.records.model.kinds import Authored, Record
from macros.records.model.walk import mentions

Relations = Mapping[str, tuple[str, ...]]


def last_successor(record: Record, published: Mapping[str, Record]) -> Record:
    """Return the last of the chain of merged records; a circle, which is a fault of its own, is left where it closes."""
    seen = {record.id}
    while (following := _merged_into(record)) in published and following not in seen:
        seen.add(following)
        record = published[following]
    return record


def _merged_into(record: Record) -> str:
    return (isinstance(record, Authored) and record.merged_into) or ""


def relate(published: Mapping[str, Record]) -> Relations:
    """Return, for each published record, the ids of the others that it names or that name it, in the order of records.

    Args:
        published: the records that have a page, by id; others are left out.
    """
    related: dict[str, set[str]] = defaultdict(set)
    for identifier, record in published.items():
        named = mentions(record)
        for target in dict.fromkeys((*named.references, *named.links)):
            if target in published and target != identifier:
                related[identifier].add(target)
                related[target].add(identifier)
    place = {identifier: position for position, identifier in enumerate(published)}
    return {identifier: tuple(sorted(others, key=place.__getitem__)) for identifier, others in related.items()}

"""Moves: old addresses that lead on to the record that took over, so that no address ever published dies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.records.collection import address_of
from macros.records.model.kinds import Authored, Record


def moves(published: Mapping[str, Record]) -> dict[str, Record]:
    """Return the old addresses, relative to the site's root, with the record that each leads to.

    A former id leads to the record that bears it today, a merged record to the one that it was merged into; where that
    one has been merged too, to the last of the chain. A record that was split keeps its page, which names its parts.

    Args:
        published: the records that have a page, by id.
    """
    return dict(_moves(published))


def first_address(record: Record) -> str:
    """Return the address at which a record stood first, which stays when its id changes: what readers know it by."""
    return address_of(record.kind, record.former_ids[0] if record.former_ids else record.id)


def _moves(published: Mapping[str, Record]) -> Iterator[tuple[str, Record]]:
    for record in published.values():
        successor = final(record, published)
        if successor is not record:
            yield address_of(record.kind, record.id), successor
        for former in record.former_ids:
            yield address_of(record.kind, former), successor


def final(record: Record, published: Mapping[str, Record]) -> Record:
    """Return the last of the chain of merged records; a circle, which is a fault of its own, is left where it closes."""
    seen = {record.id}
    while (following := _merged_into(record)) in published and following not in seen:
        seen.add(following)
        record = published[following]
    return record


def _merged_into(record: Record) -> str:
    return (isinstance(record, Authored) and record.merged_into) or ""

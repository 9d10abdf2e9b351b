"""A table that was imported stays usable: what its rows say now is known, though the file still bears the old hashes.

People keep one table open for weeks and import it again and again. The hash in a row tells what the row said at its export;
after an import the record says what the table said, so the next import would take every row for one that both sides
changed. The renewals say which hash took the place of which. They are kept beside the project, on this computer alone;
where they are missing, the import asks as carefully as before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from macros.editing.excel.drafts import RecordDraft
from macros.editing.excel.imported import ImportedRow
from macros.editing.excel.rows import CellCodec, hash_of, rows_of
from macros.editing.excel.workbook_schema import ID, RECORD, SheetSchema
from macros.records.collection import Collection
from macros.records.model.kinds import Record

NOTE = ".excel-imports.json"
"""The file beside the project's own, which git does not keep."""
_MOST = 50_000

Renewals = Mapping[str, str]
"""What a row was (`key_of`) → what it is: the record's id, a space, and the hash of what the row says."""


def read_renewals(raw: bytes) -> Renewals:
    """Return the renewals in a file; none from a file that is not one of ours."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str) and " " in value}


def encode_renewals(before: Renewals, renewed: Renewals) -> bytes:
    """Return the file with older renewals and new ones; of too many the oldest go."""
    kept = [*((key, before[key]) for key in before if key not in renewed), *renewed.items()][-_MOST:]
    return (json.dumps(dict(kept), ensure_ascii=False, indent=0) + "\n").encode()


def key_of(row: ImportedRow, codec: CellCodec) -> str:
    """Return what tells a row of a file from all others: its hash, or for a row without one what it says."""
    texts = (codec.canonical(column.field, row.text(column.title)) for column in row.table.columns)
    mark = row.written_hash or f"+{hash_of(row.table, tuple(texts))}"
    return f"{row.table.name} {row.text(ID)} {row.text(RECORD)} {mark}"


def name_key(row: ImportedRow) -> str:
    """Return what tells the row of a new record from others when more of it is changed: its name."""
    return f"{row.table.name} + {row.text(row.table.columns[0].title)}"


def renewed(row: ImportedRow, codec: CellCodec, renewals: Renewals) -> ImportedRow:
    """Return a row with the id and the hash that it has since it was imported before, if it was."""
    found = renewals.get(key_of(row, codec)) if renewals else None
    if found is None and renewals and not row.table.has_items and not row.text(ID):
        found = renewals.get(name_key(row))
    identifier, _, mark = (found or "").partition(" ")
    return replace(row, renewed=(identifier, mark)) if found else row


def renewals_of(
    drafts: Iterable[tuple[str, RecordDraft]], collection: Collection, codec: CellCodec
) -> Iterator[tuple[str, str]]:
    """Yield a renewal for each row of a file that was imported.

    Args:
        drafts: id of the record → the draft that was written.
        collection: the records as they are after the import.
        codec: turns values into cells.
    """
    for identifier, draft in drafts:
        record = collection.records.get(identifier)
        if record is None:
            continue
        present: dict[str, Mapping[object, str]] = {}
        for placed in draft.rows:
            row, table = placed.row, placed.row.table
            hashes = present.setdefault(table.name, _hashes(table, record, codec))
            now = hashes.get(draft.final_path(placed.place)) if placed.place not in draft.removed else None
            if now:
                yield key_of(row, codec), f"{identifier} {now}"
                if not row.text(ID) and not table.has_items:
                    yield name_key(row), f"{identifier} {now}"


def _hashes(table: SheetSchema, record: Record, codec: CellCodec) -> Mapping[object, str]:
    return {table.place(row.positions): row.hash for row in rows_of(table, record, codec)}

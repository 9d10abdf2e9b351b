"""Compare an editor's file with the records: which row stands for which record or item, and what it changes there."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from macros.editing.excel.drafts import RecordDraft
from macros.editing.excel.imported import ImportedFile, ImportedRow
from macros.editing.excel.renewal import Renewals, renewed
from macros.editing.excel.row_changes import Comparer, Comparison
from macros.editing.excel.rows import CellCodec
from macros.editing.excel.shifted import MISPLACED, shifted_columns
from macros.editing.excel.workbook_schema import ID, RECORD
from macros.editing.new import objection
from macros.records.collection import Collection
from macros.records.model.kinds import Record


def compare(
    imported: ImportedFile,
    collection: Collection,
    rows: Iterable[ImportedRow] | None = None,
    renewals: Renewals = MappingProxyType({}),
) -> Comparison:
    """Compare a file with the records.

    Args:
        imported: what the file says.
        collection: all records.
        rows: the file's rows again, if whoever calls counts them as they are worked through.
        renewals: what rows of tables that were imported before say now.
    """
    work = Comparer(collection, CellCodec.of(collection))
    work.found.complaints += imported.complaints
    work.found.notices += imported.notices
    for written in imported.rows if rows is None else rows:
        row = renewed(written, work.cells, renewals)
        if row.table.has_items and (row.id or row.has_values):
            _item(work, row)
        elif row.id or row.has_values:
            _record(work, row)
    work.found.complaints += shifted_columns(work.differences)
    work.note_missing()
    work.found.drafts = work.all_drafts
    return work.found


def _record(work: Comparer, row: ImportedRow) -> None:
    record = work.collection.records.get(row.id)
    if not row.id or (record is None and not row.hash):
        _new_record(work, row)
    elif record is None or record.kind not in row.table.kinds:
        work.gone(row)
    else:
        work.compare(row, work.draft(record), work.present(row.table, record)[()])


def _new_record(work: Comparer, row: ImportedRow) -> None:
    title = row.table.columns[0].title
    heading = row.text(title)
    if row.id and (message := objection(row.id, work.collection)):
        work.complain(row.spot(ID), message)
    elif heading and (work.named(heading) or work.new_named(heading)):
        message = f"已经有叫“{heading}”的记录；要改它，请在它自己的一行里改；确是另一条，请用 kepu new 新建"
        work.complain(row.spot(title), message)
    else:
        work.fill(row, work.add(row.table.kinds[0], heading, row.id), ())


def _item(work: Comparer, row: ImportedRow) -> None:
    draft, positions = _owner(work, row), _positions(work, row)
    if draft is None or positions is None:
        return
    *outer, own = positions
    if draft.record is None or (own is None and not row.hash):
        _append(work, row, draft, tuple(outer))
    else:
        _present_item(work, row, draft, draft.record, (*outer, -1 if own is None else own))


def _owner(work: Comparer, row: ImportedRow) -> RecordDraft | None:
    """Return the record that an item belongs to: by id, or in a new row by what the record is called."""
    if row.id:
        if record := work.collection.records.get(row.id):
            _refuse_other_name(work, row, record)
            return work.draft(record)
        work.gone(row)
        return None
    name = row.text(RECORD)
    by_id = work.collection.records.get(name)
    records = [by_id] if by_id else work.named(name)
    owners = [work.draft(record) for record in records if record.kind in row.table.kinds] + work.new_named(name)
    if name and len(owners) == 1:
        return owners[0]
    reason = f"有 {len(owners)} 条记录叫“{name}”，请写 id" if owners else f"没有叫“{name}”的记录"
    cure = f"新的一行要在“{RECORD}”栏写明属于哪条记录"
    work.complain(row.spot(RECORD), f"{reason}；{cure}" if name else cure)
    return None


def _refuse_other_name(work: Comparer, row: ImportedRow, record: Record) -> None:
    """Complain of an item whose hidden id and visible name belong to different records."""
    name = row.text(RECORD)
    others = [other for other in work.named(name) if other is not record]
    if name != record.heading and others:
        work.complain(row.spot(RECORD), f"这一行的 id 是“{record.heading}”的，写的却是“{name}”；{MISPLACED}")


def _positions(work: Comparer, row: ImportedRow) -> tuple[*tuple[int, ...], int | None] | None:
    """Return an item's positions from 0, the last None for a new item; None if one of them is wrong."""
    numbers = [_position(row.text(title)) for title in row.table.positions]
    for title, number in zip(row.table.positions[:-1], numbers, strict=False):
        if number is None:
            work.complain(row.spot(title), f"“{title}”要写明属于第几项，例如 1")
            return None
    own = row.table.positions[-1]
    if numbers[-1] is None and row.text(own):
        work.complain(row.spot(own), f"“{row.text(own)[:20]}” 不是序号；写 1、2、3 这样的数，新的一项不写")
        return None
    return tuple(numbers)  # type: ignore[return-value]


def _position(text: str) -> int | None:
    return int(text) - 1 if text.isdecimal() and len(text) < 7 and int(text) else None


def _present_item(
    work: Comparer, row: ImportedRow, draft: RecordDraft, record: Record, positions: tuple[int, ...]
) -> None:
    present = work.present(row.table, record)
    here = present.get(row.table.place(positions))
    if row.hash and (here is None or here.hash != row.hash):
        # Items may have moved since the export: the hash finds them again.
        here = next((item for item in present.values() if item.hash == row.hash), here)
    if here is not None:
        work.compare(row, draft, here)
    elif not row.hash:
        _append(work, row, draft, positions[:-1])
    elif not work.is_as_exported(row):
        work.conflict(row, f"{draft.heading}：这一项已经不在了；这一行没有导入，请重新导出再改")


def _append(work: Comparer, row: ImportedRow, draft: RecordDraft, outer: tuple[int, ...]) -> None:
    place = draft.append(row.table.place((*outer, 0))[:-1])
    if place is None:
        work.complain(row.spot(row.table.positions[0]), "没有这一项；请看清它属于第几项")
    else:
        work.fill(row, draft, place)

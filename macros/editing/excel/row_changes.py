"""Work out what one row of an editor's file changes in the record or the item that it stands for.

A row carries the hash of what it said when it was exported. So three states can be compared, and a change is told from
a record that was changed meanwhile: where both sides changed, nothing is decided here, the conflict is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from macros.editing.excel.drafts import Placed, RecordDraft
from macros.editing.excel.imported import ImportedRow, objection
from macros.editing.excel.rows import TOO_LONG, CellCodec, Row, hash_of, rows_of
from macros.editing.excel.shifted import MISPLACED, Difference
from macros.editing.excel.workbook_schema import ID, RECORD, REMOVE, SheetColumn, SheetSchema
from macros.records.collection import Collection
from macros.records.model.description import Form
from macros.records.model.kinds import Record
from macros.records.model.terms import near
from macros.records.model.walk import ValuePath
from macros.records.scan import IDENTIFIER
from macros.spreadsheets.sheets import Complaint, Nature, Spot

Differing = list[tuple[SheetColumn, str, str]]


@dataclass(frozen=True)
class CellChange:
    """One cell that is to change a record.

    Attributes:
        spot: the cell.
        heading: what the record is called.
        title: what the column is called.
        before: what the record says, empty if nothing.
        after: what it is to say, empty if nothing.
    """

    spot: Spot
    heading: str
    title: str
    before: str
    after: str


@dataclass
class Comparison:
    """What an editor's file would change.

    Attributes:
        drafts: the records that the file tells of.
        changes: each cell that changes something.
        conflicts: cells that changed in a row whose record changed too; they change nothing.
        complaints: what keeps the file from being taken over.
        notices: what the editor should know.
    """

    drafts: list[RecordDraft] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    conflicts: list[Complaint] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass
class Comparer:
    """A comparison under way.

    Attributes:
        collection: all records.
        cells: what turns values into texts and back.
        found: what was found so far.
        differences: every cell that says something else than its record.
    """

    collection: Collection
    cells: CellCodec
    found: Comparison = field(default_factory=Comparison)
    _drafts: dict[str, RecordDraft] = field(default_factory=dict)
    _new: dict[str, list[RecordDraft]] = field(default_factory=dict)
    _present: dict[tuple[str, str], dict[ValuePath, Row]] = field(default_factory=dict)
    _seen: dict[tuple[str, str, ValuePath], ImportedRow] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def complain(self, spot: Spot, message: str) -> None:
        """Note what keeps the file from being taken over."""
        self.found.complaints.append(Complaint(spot, message))

    def conflict(self, row: ImportedRow, message: str, title: str = "") -> None:
        """Note a cell, or else the row's leading one, that is not taken over."""
        title = title or (RECORD if row.table.has_items else row.table.columns[0].title)
        self.found.conflicts.append(Complaint(row.spot(title), message))

    def draft(self, record: Record) -> RecordDraft:
        """Return the draft of a record."""
        return self._drafts.setdefault(record.id, RecordDraft(record.kind, record.heading, record))

    def present(self, table: SheetSchema, record: Record) -> dict[ValuePath, Row]:
        """Return a record's rows in a sheet as the data has them, by their places."""
        key = (table.name, record.id)
        if key not in self._present:
            rows = rows_of(table, record, self.cells)
            self._present[key] = {table.place(row.positions): row for row in rows}
        return self._present[key]

    def named(self, heading: str) -> list[Record]:
        """Return the records that are called so."""
        return self._headings.get(heading, [])

    @cached_property
    def _headings(self) -> dict[str, list[Record]]:
        headings: dict[str, list[Record]] = {}
        for record in self.collection.records.values():
            headings.setdefault(record.heading, []).append(record)
        return headings

    def new_named(self, heading: str) -> list[RecordDraft]:
        """Return the new records that are called so."""
        return self._new.get(heading, [])

    def add(self, kind: str, heading: str, identifier: str) -> RecordDraft:
        """Begin a new record; its id may be empty."""
        draft = RecordDraft(kind, heading, None, identifier)
        self._new.setdefault(heading, []).append(draft)
        return draft

    @property
    def all_drafts(self) -> list[RecordDraft]:
        """The records that the file tells of, then those that it adds."""
        return [*self._drafts.values(), *(draft for drafts in self._new.values() for draft in drafts)]

    def fill(self, row: ImportedRow, draft: RecordDraft, place: ValuePath) -> None:
        """Put everything that a new row says into a record."""
        draft.rows.append(Placed(row, place))
        draft.is_changed = True
        for column in row.table.columns:
            if after := self._text(row, column):
                self._set(row, draft, place, column, "", after)

    def gone(self, row: ImportedRow) -> None:
        """Note an edited row whose record is not there any more; one that is not edited says nothing new."""
        if self.is_as_exported(row):
            return
        if row.id in self.collection.unreadable:
            self.conflict(row, f"{row.id} 的文件有错，读不出来；请先运行 kepu check，改好再导入", ID)
            return
        owner = next((record for record in self.collection.records.values() if row.id in record.former_ids), None)
        fate = f"已经改名为 {owner.id}" if owner else "已经不在了（删去或改名）"
        self.conflict(row, f"记录 {row.id[:60]} {fate}；这一行没有导入，请重新导出再改", ID)

    def is_as_exported(self, row: ImportedRow) -> bool:
        """Tell whether the editor left a row as it was."""
        texts = [self._text(row, column) for column in row.table.columns]
        return not row.is_removed and hash_of(row.table, texts) == row.hash

    def compare(self, row: ImportedRow, draft: RecordDraft, present: Row) -> None:
        """Compare a row with what the record says at present, and take over what the editor changed."""
        place = row.table.place(present.positions)
        if other := self._seen.get((row.table.name, present.record.id, place)):
            self._refuse_copy(row, other)
            return
        self._seen[row.table.name, present.record.id, place] = row
        draft.rows.append(Placed(row, place))
        differing = list(self._differing(row, present))
        self.differences += (Difference(row, *found) for found in differing)
        if not differing and not row.is_removed:
            return
        if row.hash == present.hash:
            self._take_over(row, draft, place, differing)
        elif not self.is_as_exported(row):
            self._note_conflicts(row, draft, differing)

    def _differing(self, row: ImportedRow, present: Row) -> Iterator[tuple[SheetColumn, str, str]]:
        for column, before in zip(row.table.columns, present.cells, strict=True):
            if column.title not in row.columns or row.cell(column.title).nature in (Nature.FORMULA, Nature.ERROR):
                continue
            after = self._text(row, column)
            if after != before and not self.cells.same(column.field, before, after):
                yield column, before, after

    def _refuse_copy(self, row: ImportedRow, other: ImportedRow) -> None:
        cure = "要加一项，请清空“序号”" if row.table.has_items else "要新增记录，请清空它的 id（A 列，隐藏的）"
        self.complain(row.spot(ID), f"和第 {other.number} 行是同一条（复制的行）；{cure}，否则请删掉一行")

    def _text(self, row: ImportedRow, column: SheetColumn) -> str:
        """Return what a cell says, in the words in which our own cells say it."""
        return self.cells.canonical(column.field, row.text(column.title))

    def _take_over(self, row: ImportedRow, draft: RecordDraft, place: ValuePath, differing: Differing) -> None:
        if row.is_removed:
            draft.remove(place)
            removed = "，".join(filter(None, (row.text(column.title) for column in row.table.columns)))
            self.found.changes.append(CellChange(row.spot(REMOVE), draft.heading, row.table.name, removed, ""))
            return
        for column, before, after in differing:
            self._set(row, draft, place, column, before, after)

    def _note_conflicts(self, row: ImportedRow, draft: RecordDraft, differing: Differing) -> None:
        for column, before, after in differing:
            both = f"记录里是 “{before}”，表里是 “{after}”"
            self.conflict(row, f"{draft.heading}：{column.title}：导出以后两边都改了，{both}", column.title)
        if row.is_removed:
            self.conflict(row, f"{draft.heading}：要删去的这一项在导出以后改过", REMOVE)

    def _set(
        self, row: ImportedRow, draft: RecordDraft, place: ValuePath, column: SheetColumn, before: str, after: str
    ) -> None:
        spot = row.spot(column.title)
        if message := self._objection(row, draft, column, before, after):
            self.complain(spot, message)
            return
        if after and not column.field.is_list:
            after = self.cells.fixed(column.field, after) or after
        if not row.table.has_items:
            self._note_old_name(row, column, before, after)
        draft.set(place, column, self.cells.read(column.field, after))
        draft.cells.add(spot)
        self.found.changes.append(CellChange(spot, draft.heading, column.title, before, after))

    def _objection(
        self, row: ImportedRow, draft: RecordDraft, column: SheetColumn, before: str, after: str
    ) -> str | None:
        """Say why a cell can't replace what the record says, or None."""
        if TOO_LONG in (before, after):
            return "这一格的内容太长，表格里放不下；请直接改记录的文件"
        if "?" in after and before.encode("gbk", "replace").decode("gbk") == after:
            return "有的字在 GBK 编码里没有，存成了 “?”；请另存为“CSV UTF-8”或 xlsx"
        if column is row.table.columns[0] and not row.table.has_items and draft.record:
            others = [record.id for record in self.named(after) if record is not draft.record]
            if others:
                return f"“{after}”是另一条记录（{others[0]}）的名称；{MISPLACED}"
        if column.field.form is Form.REFERENCE and (message := self._wrong_name(column, after)):
            return message
        return objection(row.cell(column.title), column.field)

    def _wrong_name(self, column: SheetColumn, text: str) -> str | None:
        """Say why a cell names no record, with names that are near: whoever works in a table knows names, not ids."""
        read, kinds = self.cells.read(column.field, text), column.field.kinds
        for name in read if isinstance(read, list) else [read]:
            if len(ids := self.cells.names.get(str(name), ())) > 1:
                return f"有 {len(ids)} 条记录叫“{name}”，请写其中一条的 id：{'、'.join(ids)}"
            if name and not IDENTIFIER.fullmatch(str(name)):
                records = (record for record in self.collection.records.values() if not kinds or record.kind in kinds)
                close = near(str(name), [record.heading for record in records])
                hint = f"相近的有：{'、'.join(close)}；" if close else ""
                return f"没有叫“{name}”的记录；{hint}请写记录的名称或 id"
        return None

    def _note_old_name(self, row: ImportedRow, column: SheetColumn, before: str, after: str) -> None:
        """Tell that a search for the old name finds nothing any more, unless it is among the other names."""
        title = next((other.title for other in row.table.columns if other.path == ("aliases",)), "")
        is_name = column is row.table.columns[0] and title and before and before not in after
        if is_name and before not in row.text(title).split("\n"):
            cure = f"要让人搜旧名称也找得到，请在“{title}”里写上“{before}”"
            self.found.notices.append(f"{row.spot(column.title)}：名称从“{before}”改成“{after}”；{cure}")

    def note_missing(self) -> None:
        """Note the items that have no row any more: they stay, since a row may be missing for many reasons."""
        counts: dict[str, int] = {}
        for (table, identifier), rows in self._present.items():
            missing = sum((table, identifier, place) not in self._seen for place in rows)
            counts[table] = counts.get(table, 0) + missing
        for table, count in counts.items():
            if count:
                cure = f"要删去一项，请保留那一行，在“{REMOVE}”栏写 是"
                self.found.notices.append(f"工作表“{table}”里少了 {count} 项，没有删去；{cure}")

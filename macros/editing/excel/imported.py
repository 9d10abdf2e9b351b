"""What an editor's file says: its sheets matched with ours, its rows with their columns, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.editing.excel.rows import tidy
from macros.editing.excel.workbook_schema import FINDINGS, ID, REMOVE, REVIEW, WORDS, SheetSchema
from macros.records.model.description import FieldDescription, Form
from macros.records.model.opening import DAYS
from macros.records.model.terms import near
from macros.spreadsheets.sheets import Cell, CellsByColumn, Complaint, Nature, Spot, Unusable, Worksheet, column_number

_NOTHING = Cell("")
_OLD_HASH = re.compile("[0-9a-f]{16}")
_SPOILED_HASH = re.compile(r"\d(\.\d+)?E\+?\d+|\d{12,}", re.IGNORECASE)
_NOT_DAYS = re.compile("闭|休|不开|除|节|假")
_EXACT_DIGITS = 15
_NUMBERS = (Form.NUMBER, Form.NUMBER_OR_LINE)
_DAYS = (Form.DATE, Form.FULL_DATE, Form.PERIOD)


@dataclass(frozen=True)
class ImportedRow:
    """One row of an editor's file.

    Attributes:
        sheet: name on its tab.
        number: its number, from 1.
        table: the sheet that it belongs to.
        columns: title → number of the column in the file, from 0.
        cells: number of the column → cell.
        renewed: id and hash that took the place of those in the file when it was imported before.
    """

    sheet: str
    number: int
    table: SheetSchema
    columns: Mapping[str, int]
    cells: CellsByColumn
    renewed: tuple[str, str] = ("", "")

    def spot(self, title: str) -> Spot:
        """Return where a column's cell stands."""
        return Spot(self.sheet, self.number, self.columns.get(title, 0))

    def cell(self, title: str) -> Cell:
        """Return the cell under a title."""
        return self.cells.get(self.columns.get(title, -1), _NOTHING)

    def text(self, title: str) -> str:
        """Return the text under a title, without white space around it."""
        return tidy(self.cell(title).text)

    @property
    def id(self) -> str:
        """The id of the record; empty in a row that is new."""
        return self.renewed[0] or self.text(ID)

    @property
    def hash(self) -> str:
        """The hash of what the row said when it was exported; empty in a row that is new."""
        return self.renewed[1] or self.written_hash

    @property
    def written_hash(self) -> str:
        """The hash as it stands in the file; older tables have it without its first letter."""
        text = self.text(self.table.mark)
        return f"h{text}" if _OLD_HASH.fullmatch(text) else text

    @property
    def is_removed(self) -> bool:
        """Whether the editor asks for the item to be taken out."""
        return self.text(REMOVE) == "是"

    @property
    def has_values(self) -> bool:
        """Whether any column with values is filled."""
        return any(self.text(column.title) for column in self.table.columns)


@dataclass
class ImportedFile:
    """Everything that an editor's file gives.

    Attributes:
        rows: the rows of our sheets, those of the kinds first.
        complaints: what keeps the file from being taken over.
        notices: what the editor should know, in Chinese.
    """

    rows: list[ImportedRow] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def match(sheets: Iterable[Worksheet], tables: Sequence[SheetSchema]) -> ImportedFile:
    """Match an editor's sheets and columns with ours, by their titles; the order of columns and tabs is free.

    Args:
        sheets: the sheets of the file.
        tables: the sheets that may be in it.

    Raises:
        Unusable: none of the sheets is ours.
    """
    imported, found = ImportedFile(), dict[SheetSchema, Worksheet]()
    for sheet in sheets:
        table = _table(sheet, tables)
        if table is None:
            imported.notices += (
                [f"没有读工作表“{sheet.name}”：不是导出的表"]
                if sheet.rows and sheet.name not in (WORDS, FINDINGS)
                else []
            )
        elif other := found.get(table):
            message = f"和工作表“{other.name}”是同一个表（{table.name}）；只能留一个，请删掉复制的"
            imported.complaints.append(Complaint(Spot(sheet.name, 1, 0), message))
        else:
            found[table] = sheet
    if imported.notices and not found:
        raise Unusable("里面没有一个是导出的表；请用 kepu excel export 导出，在导出的表里改")
    for table in sorted(found, key=tables.index):
        _read(imported, table, found[table])
    return imported


def _table(sheet: Worksheet, tables: Sequence[SheetSchema]) -> SheetSchema | None:
    """Return which sheet an editor's is: by the hidden column's title, or else by the name of the tab."""
    titles = {tidy(cell.text) for cell in sheet.rows.get(1, {}).values()}
    marked = (table for table in tables if table.mark in titles)
    return next(marked, None) or next((table for table in tables if table.name == sheet.name), None)


def _read(imported: ImportedFile, table: SheetSchema, sheet: Worksheet) -> None:
    columns: dict[str, int] = {}
    for number, cell in sheet.rows.get(1, {}).items():
        columns.setdefault(tidy(cell.text), number)
    imported.complaints += _wrong_columns(table, sheet, columns)
    imported.complaints += [_merged(sheet, area) for area in sheet.merged]
    missing = [column.title for column in table.columns if column.title not in columns]
    if missing:
        imported.notices.append(f"工作表“{sheet.name}”没有这些列，它们的内容不变：{'、'.join(missing)}")
    rows = [
        ImportedRow(sheet.name, number, table, columns, cells) for number, cells in sheet.rows.items() if number > 1
    ]
    imported.rows += rows
    imported.notices += (
        f"{row.spot(REVIEW)}：还没有核对：{row.text(REVIEW)}；核对好了就清空这一格".replace("\n", "；")
        for row in rows
        if row.text(REVIEW)
    )
    imported.complaints += (complaint for row in rows for complaint in _wrong_cells(row))


def _wrong_columns(table: SheetSchema, sheet: Worksheet, columns: Mapping[str, int]) -> Iterator[Complaint]:
    header = sheet.rows.get(1, {})
    for title in (ID, table.mark, *table.positions):
        if title not in columns:
            message = f"缺少“{title}”这一列（可能是隐藏的），认不出各行；请重新导出，在新的表里改"
            yield Complaint(Spot(sheet.name, 1, 0), message)
    counts = Counter(tidy(cell.text) for cell in header.values())
    for number, cell in header.items():
        title = tidy(cell.text)
        if counts[title] > 1 and columns[title] != number:
            first = Spot(sheet.name, 1, columns[title])
            yield Complaint(Spot(sheet.name, 1, number), f"“{title}”这一列写了两次，第一次在 {first}；只能留一列")
        elif title not in (*table.header, REVIEW):
            close = near(title, table.header)
            hint = f"相近的有：{'、'.join(close)}；" if close else ""
            yield Complaint(Spot(sheet.name, 1, number), f"没有“{title}”这一列；{hint}请改正标题，或删掉这一列")
    yield from _untitled(sheet)


def _untitled(sheet: Worksheet) -> Iterator[Complaint]:
    header = sheet.rows.get(1, {})
    seen = set(header)
    for number, cells in sheet.rows.items():
        for column in sorted(cells.keys() - seen):
            seen.add(column)
            yield Complaint(Spot(sheet.name, number, column), "这一列没有标题；请在第 1 行写上标题，或删掉这一列")


def _merged(sheet: Worksheet, area: str) -> Complaint:
    first = area.partition(":")[0].replace("$", "")
    letters = first.rstrip("0123456789")
    spot = Spot(sheet.name, int(first.removeprefix(letters) or 1), column_number(letters or "A"))
    return Complaint(spot, f"{area} 是合并的单元格，看不出各是什么；请取消合并，每格写全")


def _wrong_cells(row: ImportedRow) -> Iterator[Complaint]:
    for number, cell in row.cells.items():
        if cell.nature is Nature.FORMULA:
            message = f"这一格是公式（={cell.text[:40]}），不能导入；请复制后“选择性粘贴”成值"
            yield Complaint(Spot(row.sheet, row.number, number), message)
        elif cell.nature is Nature.ERROR:
            yield Complaint(Spot(row.sheet, row.number, number), f"这一格是错误值 {cell.text}；请改成文字")
    if _SPOILED_HASH.fullmatch(row.text(row.table.mark)) and not _OLD_HASH.fullmatch(row.text(row.table.mark)):
        message = "这一行的校验被表格软件改成了数字，认不出导出时的样子；请重新导出（用 .xlsx），在新的表里改"
        yield Complaint(row.spot(row.table.mark), message)
    if row.text(REMOVE) not in ("", "是", "否"):
        yield Complaint(row.spot(REMOVE), f"“{REMOVE}”栏只写 是，或不写")


def objection(cell: Cell, described: FieldDescription) -> str | None:
    """Say in Chinese why a changed cell can't be what the editor meant, or None if it may be.

    Args:
        cell: the cell.
        described: the field that it is for.
    """
    if cell.nature is Nature.DATE and described.form not in (*_DAYS, Form.TIME):
        return f"表格软件把这一格改成了日期或时间（{cell.text}），看不出原来写的；请把格式设为“文本”，再写一遍"
    if described.choice is DAYS.choice and _NOT_DAYS.search(cell.text):
        return (
            f"“{cell.text[:40]}” 不是开放的日子；这里写开放的几天，例如 周二至周日，没有写的就是不开放；"
            "节假日怎样开放，写在种类的工作表的“法定节假日”一栏，例如 按周日"
        )
    is_serial = cell.nature is Nature.NUMBER and cell.text.isdigit() and len(cell.text) == 5
    if is_serial and described.form in _DAYS:
        return f"“{cell.text}” 像是日期变成的序号；请把格式设为“文本”，写成 2016-05-03 的样子"
    if described.form is Form.TIME and (share := _share_of_a_day(cell)) is not None:
        return f"“{cell.text}” 像是时间变成的小数（{share}）；请把格式设为“文本”，写成 {share} 的样子"
    digits = sum(character.isdigit() for character in cell.text)
    if cell.nature is Nature.NUMBER and described.form not in _NUMBERS and digits > _EXACT_DIGITS:
        return f"这个数有 {digits} 位，表格软件只记得前 {_EXACT_DIGITS} 位，后面的可能变成了 0；请把格式设为“文本”，再写一遍"
    return None


def _share_of_a_day(cell: Cell) -> str | None:
    """Return the time that a number without a format stands for, or None if it is no part of a day."""
    if cell.nature is not Nature.NUMBER or not re.fullmatch(r"0\.\d+", cell.text):
        return None
    minutes = round(float(cell.text) * 24 * 60)
    return f"{minutes // 60}:{minutes % 60:02}"

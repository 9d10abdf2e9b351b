"""Find the list in a foreign sheet: the row with its headings, below titles and above rows of records.

>>> sheet = Worksheet("表", {1: {0: Cell("名单")}, 2: {0: Cell("序号"), 1: Cell("名称"), 2: Cell("地址")}, 3: {1: Cell("甲")}})
>>> find_list(sheet, {"序号": "不要", "名称": "名称", "地址": "地址"}.get, "名称").headings
{0: '序号', 1: '名称', 2: '地址'}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from macros.editing.excel.adopt.cell_values import tidied
from macros.spreadsheets.sheets import Cell, CellsByColumn, Spot, Worksheet, column_number

Recognize = Callable[[str], str | None]
"""Gives the title of our column for a heading; nothing for one that is not known."""

_ROWS_SEARCHED = 40
_MOST_COLUMNS = 200
_MOST_MERGED = 2_000
_TALLEST_MERGED = 1_000
_CLOSING = re.compile(r"(?:合计|总计|小计|共计|共\d+|注[:：]|备注[:：]|说明[:：]|填表|制表|审核|联系人[:：])")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]")
_SAME_AS_ABOVE = ("同上", "〃", "″", '"', "“", "”")


@dataclass(frozen=True)
class ForeignList:
    """A list as it was found.

    Attributes:
        sheet: name on the tab.
        title: what stands above the headings.
        heading_row: number of the last row of headings, from 1.
        headings: number of the column, from 0 → what it is called.
        rows: number of the row → its cells; only rows of records.
        skipped: the cells of rows that are none, with what they say.
    """

    sheet: str
    title: str
    heading_row: int
    headings: Mapping[int, str]
    rows: Mapping[int, CellsByColumn]
    skipped: tuple[tuple[Spot, str], ...] = ()

    def spot(self, row: int, column: int) -> Spot:
        """Return where a cell stands."""
        return Spot(self.sheet, row, column)


def find_list(sheet: Worksheet, recognize: Recognize, name: str) -> ForeignList | None:
    """Return the list in a sheet, or None if there is none.

    Args:
        sheet: the sheet.
        recognize: tells what a heading stands for.
        name: the title of our column with names, which no list lacks.
    """
    heads = dict(_heads(sheet))
    scores = {number: _score(found, recognize, name) for number, found in heads.items()}
    best = max(scores, key=lambda number: (scores[number], -number), default=0)
    if not scores or scores[best] < 2:
        return None
    headings = heads[best]
    named = next(column for column, heading in headings.items() if recognize(heading) == name)
    above = [tidied(cell.text) for number, cells in sheet.rows.items() if number < best for cell in cells.values()]
    rows, skipped = _records(sheet, best, headings, named)
    return ForeignList(sheet.name, next(iter(above), ""), best, headings, rows, tuple(skipped))


def _heads(sheet: Worksheet) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the rows that may be headings: each by itself, and with the one above where cells span columns or rows."""
    spans = dict(_spans(sheet))
    numbers = [number for number in sorted(sheet.rows) if number <= _ROWS_SEARCHED]
    for number in numbers:
        own = {column: tidied(cell.text).replace("\n", "") for column, cell in sheet.rows[number].items()}
        own = {column: heading for column, heading in own.items() if column < _MOST_COLUMNS}
        above = sheet.rows.get(number - 1, {})
        # A title or a line about the sender lies over all columns; headings over some of them are several.
        above = above if len(above) > 1 else {}
        for column in range(_MOST_COLUMNS):
            top = spans.get((number - 1, column), column)
            if top not in above:
                continue
            heading = tidied(above[top].text).replace("\n", "")
            if column in own and (number - 1, column) in spans:
                own[column] = f"{heading}：{own[column]}"
            elif column not in own and spans.get((number, column)) == column:
                own[column] = heading
        yield number, own


def _spans(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield row and column → column of the leading cell, for merged cells among the rows that may be headings."""
    for first, last in _areas(sheet):
        for row in range(first[0], min(last[0], _ROWS_SEARCHED) + 1):
            for column in range(first[1], min(last[1], _MOST_COLUMNS) + 1):
                yield (row, column), first[1]


def _areas(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for area in sheet.merged[:_MOST_MERGED]:
        ends = [re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", end) for end in area.split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            yield (int(ends[0][2]), column_number(ends[0][1])), (int(ends[1][2]), column_number(ends[1][1]))


def _score(headings: Mapping[int, str], recognize: Recognize, name: str) -> int:
    """Return how many of our columns a row names; 0 if the names are not among them."""
    found = {recognize(heading) for heading in headings.values()} - {None, ""}
    return len(found) if name in found else 0


def _records(
    sheet: Worksheet, heading: int, headings: Mapping[int, str], named: int
) -> tuple[dict[int, CellsByColumn], list[tuple[Spot, str]]]:
    rows: dict[int, CellsByColumn] = {}
    skipped = []
    above: CellsByColumn = {}
    for number, cells in _filled(sheet, heading).items():
        texts = {column: tidied(cell.text) for column, cell in cells.items()}
        if _is_record(texts, named, headings):
            rows[number] = above = {column: _copied(cell, above.get(column)) for column, cell in cells.items()}
        elif any(texts.get(column) != headings.get(column) for column in texts):
            column = min(cells)
            skipped.append((Spot(sheet.name, number, column), " ".join(texts.values())))
    return rows, skipped


def _is_record(texts: Mapping[int, str], named: int, headings: Mapping[int, str]) -> bool:
    """Tell whether a row is one of the list: neither the headings again nor a sum, a section or a note."""
    words = [text for column, text in texts.items() if column in headings]
    name = texts.get(named, "")
    if not words or texts.get(named) == headings[named] or _CLOSING.match(name or words[0]):
        return False
    return bool(len(words) > 2 if not name else len(words) > 1 or not _SECTION.match(name))


def _copied(cell: Cell, above: Cell | None) -> Cell:
    return above if above and tidied(cell.text) in _SAME_AS_ABOVE else cell


def _filled(sheet: Worksheet, heading: int) -> dict[int, dict[int, Cell]]:
    """Return the rows below the headings; a cell that spans rows stands in each of them."""
    rows = {number: dict(cells) for number, cells in sheet.rows.items() if number > heading}
    for first, last in _areas(sheet):
        leading = rows.get(first[0], {}).get(first[1])
        if leading is None or first[1] != last[1]:
            continue
        for number in range(first[0] + 1, min(last[0], first[0] + _TALLEST_MERGED) + 1):
            if number in rows:
                rows[number].setdefault(first[1], leading)
    return dict(sorted(rows.items()))

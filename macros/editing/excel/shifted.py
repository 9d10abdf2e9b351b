"""Rows and hidden ids that fell apart: somebody sorted or moved a part of the columns, and each row got another's words.

A selection that begins at a visible column leaves the hidden ids behind, so every record would take another's name. No
single cell is wrong then; what gives it away is that a column holds the old words in another order. An editor who really
changes many cells seldom writes what stood in other rows before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from macros.editing.excel.imported import ImportedRow
from macros.editing.excel.workbook_schema import SheetColumn
from macros.spreadsheets.sheets import Complaint

_FEWEST = 3
_FEWEST_OF_FEW_WORDS = 6
_SHARE = 0.8
_SHOWN = 3
MISPLACED = "像是只排序或移动了一部分列，行和隐藏的 id 错开了；请撤销，选中整张表再排序，或重新导出再改"


class Difference(NamedTuple):
    """A cell that says something else than the record.

    Attributes:
        row: its row.
        column: its column.
        before: what the record says, as a cell would show it.
        after: what the cell says.
    """

    row: ImportedRow
    column: SheetColumn
    before: str
    after: str


def shifted_columns(differences: Iterable[Difference]) -> Iterator[Complaint]:
    """Yield a complaint for each column whose changed cells hold what stood in other rows before.

    Args:
        differences: all cells of a file that differ from the records.
    """
    columns: dict[tuple[str, str], list[Difference]] = {}
    for found in differences:
        columns.setdefault((found.row.sheet, found.column.title), []).append(found)
    swapped = Counter(sheet for (sheet, _), cells in columns.items() if _is_swap(cells))
    for (sheet, title), cells in columns.items():
        if _is_permuted(cells) or (_is_swap(cells) and swapped[sheet] > 1):
            named = "、".join(str(cell.row.spot(title)) for cell in cells[:_SHOWN])
            more = f"等 {len(cells)} 格" if len(cells) > _SHOWN else ""
            message = f"“{title}”这一列里，{named}{more}写的是别的行原来的内容，{MISPLACED}"
            yield Complaint(cells[0].row.spot(title), message)


def _is_permuted(cells: Sequence[Difference]) -> bool:
    """Tell whether changed cells hold one another's old words: nearly all of many words, or all of few."""
    before = Counter(cell.before for cell in cells if cell.before)
    after = Counter(cell.after for cell in cells if cell.after)
    common, size = (before & after).total(), max(before.total(), after.total())
    if size < _FEWEST or len(cells) < _FEWEST:
        return False
    if len(after) >= max(_FEWEST, size / 2):
        return common >= _SHARE * (size - 1)
    return common == size and size >= _FEWEST_OF_FEW_WORDS


def _is_swap(cells: Sequence[Difference]) -> bool:
    if len(cells) != 2:
        return False
    first, second = cells
    return first.before == second.after and second.before == first.after

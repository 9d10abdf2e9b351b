"""Sheets of cells as they are read, what a cell can hold, and complaints about a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import reduce

MOST_ROWS = 50_000
"""Rows with content that a sheet may have: ten thousand records with five items each."""

LONGEST_CELL = 32_767
"""UTF-16 units that a cell can hold (Excel's limits)."""


class Unusable(Exception):
    """Raised with a message in Chinese where a file can't be read at all."""


class Nature(Enum):
    """What a cell is."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    FORMULA = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what it says, as it would be written in a record.
        nature: what it is in the file.
    """

    text: str
    nature: Nature = Nature.TEXT


CellsByColumn = Mapping[int, Cell]


@dataclass(frozen=True)
class Worksheet:
    """One sheet of a file.

    Attributes:
        name: what stands on the tab.
        rows: number of the row, from 1 → number of the column, from 0 → cell; only those with content.
        merged: ranges of merged cells, e.g. ``A2:B2``.
    """

    name: str
    rows: Mapping[int, CellsByColumn]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Spot:
    """Where something stands in a file, shown as ``科普基地!C7``.

    Attributes:
        sheet: name on the tab.
        row: row, from 1.
        column: column, from 0.
    """

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{column_name(self.column)}{self.row}"


@dataclass(frozen=True, order=True)
class Complaint:
    """What keeps a file from being taken over.

    Attributes:
        spot: the cell.
        message: what is wrong and what to do, in Chinese.
    """

    spot: Spot
    message: str

    def __str__(self) -> str:
        return f"{self.spot}：{self.message}"


def fits_cell(text: str) -> bool:
    """Tell whether a cell can hold a text."""
    return len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le", "replace")) // 2 <= LONGEST_CELL


def column_name(number: int) -> str:
    """Return the letters of a column, counted from 0: A … Z, AA, AB …"""
    name, number = "", number + 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """Return the number of a column from 0, by its letters.

    Raises:
        ValueError: it is no column's name.
    """
    if not re.fullmatch("[A-Za-z]{1,3}", name):
        raise ValueError(name)
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, name.upper(), 0) - 1


def too_many_rows(name: str) -> Unusable:
    """Return the refusal of a sheet that is too long."""
    return Unusable(f"工作表“{name}”的行太多，最多 {MOST_ROWS} 行；请删掉多余的行，或分成几个文件")

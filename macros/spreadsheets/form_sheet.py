"""Write a workbook with one sheet that is filled in, by hand on paper or in a program: A4, upright, as wide as the paper."""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from macros.spreadsheets.formulas import could_be_formula
from macros.spreadsheets.sheets import column_name
from macros.spreadsheets.xlsx import as_elsewhere, sheet_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_A4 = 9
_WORDS = "选项"
_LONGEST_BANNER = 10_000
_LINE_HEIGHT = 16.5
"""Height of one line of the usual size, in points."""


@dataclass(frozen=True)
class RowLook:
    """How a row looks.

    Attributes:
        size: of its characters, in points.
        is_bold: whether they are bold.
        colour: fill, e.g. ``DDE7F0``; none if empty.
        has_grid: whether its cells have lines around them.
    """

    size: int = 11
    is_bold: bool = False
    colour: str = ""
    has_grid: bool = False


TITLE = RowLook(size=16, is_bold=True)
NOTE = RowLook()
HEAD = RowLook(is_bold=True, colour="DDE7F0", has_grid=True)
SECTION = RowLook(is_bold=True, colour="F2F2F2", has_grid=True)
FILLED_IN = RowLook(has_grid=True)


class FormSheet:
    """A form in the making.

    Args:
        name: what stands on the tab.
        title: what the workbook is called.
        day: the day that stands for the time of making, since there is no clock.
        widths: of the columns, in characters (two for a Chinese one); those of width 0 are hidden.
    """

    def __init__(self, name: str, title: str, day: datetime.date, widths: Sequence[float]) -> None:
        # What makes no workbook need not wait for this (60 ms).
        import xlsxwriter

        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self._book.set_properties({"title": title, "created": datetime.datetime.combine(day, datetime.time())})
        self._sheet = self._book.add_worksheet(sheet_name(name))
        self._widths, self._number = tuple(widths), 0
        self._side_by_side = next((number for number, width in enumerate(widths) if not width), len(widths))
        self._formats: dict[tuple[RowLook, bool], Format] = {}
        self._words: dict[tuple[str, ...], str] = {}
        self._set_up(title)

    def _set_up(self, title: str) -> None:
        for number, width in enumerate(self._widths):
            self._sheet.set_column(number, number, width or 10, self._format(NOTE), {"hidden": not width})
        self._sheet.set_paper(_A4)
        self._sheet.set_portrait()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self._sheet.set_footer(f"&L{title.replace('&', '&&')}&R第 &P 页，共 &N 页")

    def banner(self, text: str, look: RowLook = NOTE, hidden: Mapping[int, str] = MappingProxyType({})) -> None:
        """Add a row with one text over the columns that are seen side by side, from the first on.

        Args:
            text: the text.
            look: how it looks.
            hidden: number of a hidden column → what stands there.
        """
        self._sheet.merge_range(self._number, 0, self._number, self._side_by_side - 1, "", self._format(look))
        self._put(0, text[:_LONGEST_BANNER], look)
        for column, note in hidden.items():
            self._put(column, note, NOTE)
        self._end(self._lines(text, sum(self._widths[: self._side_by_side]) * 11 / look.size), look)

    def row(
        self,
        texts: Sequence[str],
        look: RowLook = FILLED_IN,
        choices: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        """Add a row.

        Args:
            texts: one for each column.
            look: how it looks.
            choices: number of a column → words to choose from; others may be written too.
        """
        for column, text in enumerate(texts):
            self._put(column, text, look)
        for column, words in choices.items():
            self._choose(column, words)
        pairs = ((text, width) for text, width in zip(texts, self._widths, strict=True) if width)
        self._end(max(self._lines(text, width) for text, width in pairs), look)

    def repeat_last_row(self) -> None:
        """Print the last row on top of each page, and keep it and those above in view."""
        self._sheet.repeat_rows(self._number - 1)
        self._sheet.freeze_panes(self._number, 0)

    def content(self) -> bytes:
        """Return the finished workbook."""
        if self._words:
            sheet = self._book.add_worksheet(_WORDS)
            sheet.hide()
            for column, words in enumerate(self._words):
                sheet.write_column(0, column, words)
        self._book.close()
        content = self._buffer.getvalue()
        return content if os.linesep == "\n" else as_elsewhere(content)

    def _put(self, column: int, text: str, look: RowLook) -> None:
        if text:
            self._sheet.write_string(self._number, column, text, self._format(look, could_be_formula(text)))
        else:
            self._sheet.write_blank(self._number, column, None, self._format(look))

    def _choose(self, column: int, words: tuple[str, ...]) -> None:
        letter = self._words.setdefault(words, column_name(len(self._words)))
        source = f"='{_WORDS}'!${letter}$1:${letter}${len(words)}"
        options = {"validate": "list", "source": source, "show_error": False}
        self._sheet.data_validation(self._number, column, self._number, column, options)

    def _end(self, lines: int, look: RowLook) -> None:
        self._sheet.set_row(self._number, lines * _LINE_HEIGHT * look.size / 11 + 3)
        self._number += 1

    @staticmethod
    def _lines(text: str, width: float) -> int:
        """Return how many lines a text takes: no program sets the height of a row by itself before it is touched."""
        lengths = (sum(1 if ord(character) < 0x2E80 else 2 for character in line) for line in text.split("\n"))
        return sum(max(1, -int(-length // max(width - 1, 1))) for length in lengths)

    def _format(self, look: RowLook, is_guarded: bool = False) -> Format:
        if (look, is_guarded) not in self._formats:
            self._formats[look, is_guarded] = self._book.add_format(
                {
                    "num_format": "@",
                    "text_wrap": True,
                    "valign": "vcenter",
                    "font_size": look.size,
                    "bold": look.is_bold,
                    **({"bg_color": f"#{look.colour}"} if look.colour else {}),
                    **({"border": 1, "border_color": "#808080"} if look.has_grid else {}),
                    **({"quote_prefix": True} if is_guarded else {}),
                }
            )
        return self._formats[look, is_guarded]

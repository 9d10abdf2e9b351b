"""What a number in a cell means: spreadsheets keep dates, times and years as numbers and tell them apart by format."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal

from macros.editing.excel.sheets import Cell, Nature

_YEAR_MONTH, _MONTH_DAY, _TIME = "yyyy-mm", "mm-dd", "h:mm"
BUILT_IN = {
    **dict.fromkeys((14, 15, 30, 31), "yyyy-mm-dd"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), _MONTH_DAY),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 46, 47, 55, 56), _TIME),
    22: "yyyy-mm-dd h:mm",
}
"""The formats that a file names by number alone (ECMA-376, 18.8.30), those of Chinese among them."""

_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_PARTS = (("y", "%Y"), ("m", "%m"), ("d", "%d"))
_EPOCH, _EPOCH_OF_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)


def cell_of_number(written: str, pattern: str, is_1904: bool = False) -> Cell:
    """Return the cell for a number.

    Args:
        written: the number as it stands in the file.
        pattern: its format, e.g. ``yyyy-mm``; empty if it has none.
        is_1904: whether the file counts days from 1904, as old Macintosh files do.
    """
    try:
        number = float(written)
    except ValueError:
        return Cell(written)
    if not math.isfinite(number):
        return Cell(written)
    shown = plain(number)
    letters = _NOT_LETTERS.sub("", pattern.split(";")[0]).lower()
    if "general" in letters or not re.search("[ydhs]", letters):
        return Cell(shown, Nature.NUMBER)
    try:
        moment = (_EPOCH_OF_1904 if is_1904 else _EPOCH) + datetime.timedelta(seconds=round(number * 86400))
    except OverflowError:
        return Cell(shown, Nature.NUMBER)
    return Cell(_moment(moment, letters, number), Nature.DATE)


def plain(number: float) -> str:
    """Return a number in digits, without the noise of its binary form: ``750`` for 750.0, ``113.08``."""
    return f"{Decimal(f'{number:.15g}'):f}"


def _moment(moment: datetime.datetime, letters: str, number: float) -> str:
    """Write a moment as exactly as its format shows it, for the rest was never said."""
    time = f"{moment.hour}:{moment.minute:02}" + (f":{moment.second:02}" if moment.second else "")
    if number < 1 or not re.search("[yd]", letters):
        return time
    date = moment.strftime("-".join(sign for letter, sign in _PARTS if letter in letters))
    return date if "h" not in letters or not number % 1 else f"{date} {time}"

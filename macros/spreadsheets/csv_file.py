"""Read and write one sheet as a CSV file: UTF-8 with a mark for Excel when written, UTF-8, UTF-16 or GBK when read."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from macros.spreadsheets.formulas import guarded, unguarded
from macros.spreadsheets.sheets import MOST_ROWS, Cell, Unusable, Worksheet, too_many_rows

_LONGEST_FIELD = 131_072


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file.

    Args:
        rows: the header row and all others.
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([[guarded(text) for text in row] for row in rows])
    return codecs.BOM_UTF8 + written.getvalue().encode()


def read_csv(name: str, raw: bytes) -> Worksheet:
    """Return the sheet in a CSV file.

    Args:
        name: what to call it.
        raw: the file's bytes.

    Raises:
        Unusable: the file's encoding is unknown, or it is no table or too long.
    """
    text = _decoded(raw)
    # The limit belongs to the process; another library may have lifted it.
    csv.field_size_limit(_LONGEST_FIELD)
    first = text.partition("\n")[0]
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first)), 1):
            cells = {column: Cell(unguarded(value)) for column, value in enumerate(row) if value.strip()}
            if cells:
                rows[number] = cells
            if len(rows) > MOST_ROWS:
                raise too_many_rows(name)
    except csv.Error:
        raise Unusable("CSV 文件坏了，读不出来；请在 Excel 或 WPS 里打开，再“另存为” CSV UTF-8") from None
    return Worksheet(name, rows)


def _delimiter(line: str) -> str:
    return max(",\t;", key=line.count)


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _attempt(raw, "utf-16") or ""
    for encoding in ("utf-8-sig", "gb18030"):
        if (text := _attempt(raw, encoding)) is not None:
            return text
    raise Unusable("CSV 的编码不认识；请在 Excel 或 WPS 里“另存为” CSV UTF-8")


def _attempt(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None

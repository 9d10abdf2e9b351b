"""Workbooks (.xlsx) with the same bytes for the same rows.

Written by hand to ECMA-376 instead of by openpyxl, which stamps the clock into every file, takes texts that begin with
``=`` for formulas, and needs more than twice the time. Texts are inline and never formulas.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from macros.exports.notation import is_formula, xml_text

Cells = Sequence[str | int | float | None]

LONGEST_CELL = 32_767
"""Characters that a cell can hold (Excel's limits)."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CUT = "……（太长，全文见 JSON）"
_SHEET_END = b"</sheetData></worksheet>"
_HEADER, _TEXT, _GUARDED = 1, 2, 3
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_START}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf applyAlignment="1"><alignment vertical="top"/></xf>'
    '<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: name on the tab.
        header: the first row, which stays in view.
        rows: the other rows.
    """

    name: str
    header: Cells
    rows: Iterable[Cells]


def workbook(title: str, day: str, sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook.

    Args:
        title: what the workbook is called.
        day: ISO date that stands for the time of making, since there is no clock.
        sheets: at least one.
    """
    book = Workbook(title, day, [sheet.name for sheet in sheets])
    for sheet in sheets:
        with book.sheet(sheet.header) as add:
            for row in sheet.rows:
                add(row)
    return book.content()


class Workbook:
    """A workbook that is compressed while its rows come: the XML of 10,000 long records takes 100 MB.

    Args:
        title: what the workbook is called.
        day: ISO date that stands for the time of making.
        names: the names of the sheets, which are then written in this order.
    """

    def __init__(self, title: str, day: str, names: Sequence[str]) -> None:
        self._buffer = io.BytesIO()
        self._archive = zipfile.ZipFile(self._buffer, "w")
        self._sheets = count(1)
        parts = {
            "[Content_Types].xml": _content_types(len(names)),
            "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}, core="docProps/core.xml"),
            "docProps/core.xml": _properties(title, day),
            "xl/workbook.xml": _book(names),
            "xl/_rels/workbook.xml.rels": _book_relations(len(names)),
            "xl/styles.xml": _STYLES,
        }
        for name, text in parts.items():
            self._archive.writestr(_entry(name), text.encode())

    @contextmanager
    def sheet(self, header: Cells) -> Iterator[Callable[[Cells], None]]:
        """Begin the next sheet; gives the function that adds a row."""
        number, names = count(1), [_column_name(column) for column in range(len(header))]
        with self._archive.open(_entry(f"xl/worksheets/sheet{next(self._sheets)}.xml"), "w") as part:

            def add(row: Cells, style: int = _TEXT) -> None:
                part.write(_row(next(number), names, row, style).encode())

            part.write(_sheet_start(len(header)).encode())
            add(header, _HEADER)
            yield add
            part.write(_SHEET_END)

    def content(self) -> bytes:
        """Return the finished workbook."""
        self._archive.close()
        return self._buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    # The earliest time that a zip file can tell.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return entry


def _content_types(sheets: int) -> str:
    overrides = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in range(1, sheets + 1)}
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in overrides.items()
    )
    return (
        f'{_START}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{listed}</Types>"
    )


def _relations(targets: dict[str, str], core: str = "") -> str:
    types = [(f"{_OFFICE}/{kind.rstrip('0123456789')}", target) for kind, target in targets.items()]
    types += [(f"{_PACKAGE}/relationships/metadata/core-properties", core)] if core else []
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(types, 1)
    )
    return f'{_START}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _book_relations(sheets: int) -> str:
    numbers = range(1, sheets + 1)
    return _relations({**{f"worksheet{n}": f"worksheets/sheet{n}.xml" for n in numbers}, "styles": "styles.xml"})


def _properties(title: str, day: str) -> str:
    time = f'xsi:type="dcterms:W3CDTF">{day}T00:00:00Z'
    return (
        f'{_START}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(title)}</dc:title><dcterms:created {time}</dcterms:created>"
        f"<dcterms:modified {time}</dcterms:modified></cp:coreProperties>"
    )


def _book(names: Sequence[str]) -> str:
    listed = "".join(
        f'<sheet name="{xml_text(_sheet_name(name))}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return f'{_START}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'


def _sheet_name(name: str) -> str:
    """Return a name that a tab may have: 31 characters, none of ``[]:*?/\\``, no apostrophe at either end."""
    return name.translate(dict.fromkeys(map(ord, "[]:*?/\\"), "-"))[:31].strip("'") or "-"


def _sheet_start(columns: int) -> str:
    return (
        f'{_START}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="{columns}" width="20" customWidth="1"/>'
        "</cols><sheetData>"
    )


def _row(number: int, names: Sequence[str], row: Cells, style: int) -> str:
    cells = [
        _cell(f"{name}{number}", value, style)
        for name, value in zip(names, row, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: str | int | float, style: int) -> str:
    if not isinstance(value, str):
        return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'
    shown = value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - len(_CUT)] + _CUT
    style = _GUARDED if is_formula(shown) else style
    # Spreadsheets take ``_x0041_`` for the letter A; an escaped underscore leaves it as it was written.
    text = _ESCAPE.sub("_x005F_", xml_text(shown)) if "_x" in shown else xml_text(shown)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _column_name(number: int) -> str:
    """Return the letters of a column, counted from 0: A … Z, AA, AB …"""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name

"""Read the cells of an xlsx file, whoever wrote it: Excel, WPS, LibreOffice.

Only values, number formats and merged cells are read, part by part, since what programs write besides (styles, themes,
drawings) is often not what the standard says and would make an honest table unreadable. A part is read up to a limit,
so that a small file which unpacks to a huge one can do no harm.
"""

from __future__ import annotations

import datetime
import io
import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from macros.spreadsheets.sheets import MOST_ROWS, Cell, Nature, Unusable, Worksheet, column_number, too_many_rows

LARGEST_PART, LARGEST_SMALL_PART, LARGEST_SUM = 30_000_000, 5_000_000, 100_000_000
"""Bytes, unpacked: of a sheet or the shared texts, of any other part, and of all parts that are read."""

MOST_SHEETS = 100
_MOST_STRAY_ELEMENTS = 200_000

_Found = Cell | int
"""A cell, or the number of the shared text that is in it."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AREA = re.compile(r"\$?[A-Z]{0,3}\$?[0-9]{0,7}:\$?[A-Z]{0,3}\$?[0-9]{0,7}")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_DECLARED = re.compile(rb"[^<]{0,4}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "ascii"}
_BROKEN = "文件坏了，读不出来；请在 Excel 或 WPS 里打开，再“另存为” .xlsx"
_NOT_XLSX = "这不是 xlsx 文件；请在 Excel 或 WPS 里“另存为” .xlsx 工作簿，或 CSV"
_LOCKED = "文件有密码，或者是旧的 .xls、.et 格式；请去掉密码，“另存为” .xlsx 工作簿"


def read_xlsx(raw: bytes) -> list[Worksheet]:
    """Return all sheets of a file.

    Raises:
        Unusable: the file is none, is locked, broken or too large.
    """
    if raw.startswith(_OLE):
        raise Unusable(_LOCKED)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _Book(archive).sheets()
    except zipfile.BadZipFile:
        raise Unusable(_NOT_XLSX if not raw.startswith(b"PK") else _BROKEN) from None
    except RuntimeError:
        # What zipfile raises for an entry that is locked with a password.
        raise Unusable(_LOCKED) from None
    except (ElementTree.ParseError, zlib.error, EOFError, NotImplementedError, LookupError, ValueError):
        raise Unusable(_BROKEN) from None


def _defines_entities(content: bytes) -> bool:
    """Tell whether XML has a document type, or an encoding in which none could be seen."""
    declared = _DECLARED.match(content)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    spellings = ("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
    return encoding not in _ENCODINGS or any(spelling in content for spelling in spellings)


def _local(name: str) -> str:
    """Return a name without its namespace, of which the standard has two."""
    return name.rpartition("}")[2]


def _named(element: Element, name: str) -> Iterator[Element]:
    return (inner for inner in element.iter() if _local(inner.tag) == name)


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _text(element: Element) -> str:
    """Return the text of a string, without the readings that stand above Chinese and Japanese characters."""
    pieces = []
    for inner in element:
        if _local(inner.tag) == "t":
            pieces.append(inner.text or "")
        elif _local(inner.tag) == "r":
            pieces += [piece.text or "" for piece in _named(inner, "t")]
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), "".join(pieces))


@dataclass
class _Book:
    archive: zipfile.ZipFile
    read: int = 0

    def part(self, name: str, *, is_large: bool = False) -> bytes:
        """Return a part's bytes; what defines entities is refused, since they can grow without end."""
        most = min(LARGEST_PART if is_large else LARGEST_SMALL_PART, LARGEST_SUM - self.read)
        with self.archive.open(name) as file:
            content = file.read(most + 1)
        self.read += len(content)
        if len(content) > most:
            raise Unusable(f"文件展开后太大（一个部分最多 {LARGEST_PART // 1_000_000} MB）；请删掉多余的行和图片")
        if _defines_entities(content):
            raise Unusable(_BROKEN)
        return content

    def sheets(self) -> list[Worksheet]:
        if "xl/workbook.xml" not in self.archive.namelist():
            raise Unusable(_NOT_XLSX)
        sheets = list(_named(self.book, "sheet"))
        if len(sheets) > MOST_SHEETS:
            raise Unusable(f"有 {len(sheets)} 个工作表，最多 {MOST_SHEETS} 个；请删掉多余的")
        return [self._sheet(_attribute(sheet, "name"), self._target(sheet)) for sheet in sheets]

    @cached_property
    def book(self) -> Element:
        return ElementTree.fromstring(self.part("xl/workbook.xml"))

    @cached_property
    def is_1904(self) -> bool:
        return any(_attribute(found, "date1904") in ("1", "true") for found in _named(self.book, "workbookPr"))

    @cached_property
    def relations(self) -> Mapping[str, str]:
        root = ElementTree.fromstring(self.part("xl/_rels/workbook.xml.rels"))
        return {_attribute(found, "Id"): _attribute(found, "Target") for found in _named(root, "Relationship")}

    @cached_property
    def strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return []
        strings = []
        for _, element in ElementTree.iterparse(io.BytesIO(self.part("xl/sharedStrings.xml", is_large=True))):
            if _local(element.tag) == "si":
                strings.append(_text(element))
                element.clear()
        return strings

    @cached_property
    def patterns(self) -> list[str]:
        """The number formats of the file's styles, in their order."""
        if "xl/styles.xml" not in self.archive.namelist():
            return []
        root = ElementTree.fromstring(self.part("xl/styles.xml"))
        own = {_attribute(found, "numFmtId"): _attribute(found, "formatCode") for found in _named(root, "numFmt")}
        styles = [style for group in _named(root, "cellXfs") for style in group]
        numbers = [_attribute(style, "numFmtId") for style in styles]
        return [own.get(number) or BUILT_IN.get(int(number or 0), "") for number in numbers]

    def _target(self, sheet: Element) -> str:
        relation = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
        target = self.relations[relation]
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    def _sheet(self, name: str, target: str) -> Worksheet:
        rows: dict[int, dict[int, _Found]] = {}
        merged: list[str] = []
        number = 0
        if "worksheets/" not in target:
            return Worksheet(name, {})
        stray = 0
        for _, element in ElementTree.iterparse(io.BytesIO(self.part(target, is_large=True))):
            kind, stray = _local(element.tag), stray + 1
            if stray > _MOST_STRAY_ELEMENTS:
                raise Unusable(_BROKEN)
            if kind == "row":
                stray = 0
                number = int(element.get("r") or number + 1)
                if cells := dict(self._row(element)):
                    rows[number] = cells
                if len(rows) > MOST_ROWS:
                    raise too_many_rows(name)
                element.clear()
            elif kind == "mergeCell":
                merged.append(_area(_attribute(element, "ref")))
        return Worksheet(name, {number: self._resolved(cells) for number, cells in rows.items()}, tuple(merged))

    def _resolved(self, cells: Mapping[int, _Found]) -> dict[int, Cell]:
        """Put shared texts in their places; done once a sheet is known to be of a sane length."""
        found = {n: _filled(self.strings[cell]) if isinstance(cell, int) else cell for n, cell in cells.items()}
        return {number: cell for number, cell in found.items() if cell is not None}

    def _row(self, row: Element) -> Iterator[tuple[int, _Found]]:
        number = -1
        for element in row:
            place = element.get("r", "").rstrip("0123456789")
            number = column_number(place) if place else number + 1
            if len(element) and (cell := self._cell(element)) is not None:
                yield number, cell

    def _cell(self, element: Element) -> _Found | None:
        value, kind = "", element.get("t", "n")
        for inner in element:
            name = _local(inner.tag)
            if name == "f":
                return Cell(inner.text or "", Nature.FORMULA)
            if name == "v":
                value = inner.text or ""
            elif name == "is":
                return _filled(_text(inner))
        if not value:
            return None
        return self._valued(kind, value, int(element.get("s", 0)))

    def _valued(self, kind: str, value: str, style: int) -> _Found | None:
        if kind == "s":
            return int(value)
        if kind == "n":
            return cell_of_number(value, self.patterns[style] if style < len(self.patterns) else "", self.is_1904)
        if kind == "b":
            return Cell("是" if value in ("1", "true") else "否")
        if kind == "d":
            return Cell(value.partition("T")[0], Nature.DATE)
        return Cell(value, Nature.ERROR) if kind == "e" else _filled(value)


def _area(reference: str) -> str:
    if not _AREA.fullmatch(reference):
        raise ValueError(reference)
    return reference


def _filled(text: str) -> Cell | None:
    return Cell(text) if text.strip() else None


_YEAR_MONTH, _MONTH_DAY, _TIME = "yyyy-mm", "mm-dd", "h:mm"
BUILT_IN = {
    **dict.fromkeys((14, 15, 30, 31), "yyyy-mm-dd"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), _MONTH_DAY),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), _TIME),
    22: "yyyy-mm-dd h:mm",
    9: "0%",
    10: "0.00%",
    46: "[h]:mm:ss",
}
"""The formats that a file names by number alone (ECMA-376, 18.8.30), those of Chinese among them."""

_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\[\]]*\]|_.|\*.', re.IGNORECASE)
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
    if "%" in letters:
        return Cell(f"{plain(number * 100)}%")
    if elapsed := re.match(r"\[h+\]", letters):
        return Cell(_elapsed(number, letters[elapsed.end() :]), Nature.DATE)
    if "general" in letters or not re.search("[ydhs]", letters):
        return Cell(shown, Nature.NUMBER)
    try:
        moment = (_EPOCH_OF_1904 if is_1904 else _EPOCH) + datetime.timedelta(seconds=round(number * 86400))
    except OverflowError:
        return Cell(shown, Nature.NUMBER)
    return Cell(_moment(moment, letters, number), Nature.DATE)


def _elapsed(number: float, rest: str) -> str:
    """Write a span of time in hours, which may be 24 and more, as ``[h]:mm`` shows it."""
    seconds = round(number * 86400)
    tail = f":{seconds % 60:02}" if "s" in rest and seconds % 60 else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}{tail}"


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

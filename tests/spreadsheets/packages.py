"""Xlsx files made by hand, as other programs than our own may write them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, str]) -> bytes:
    """Return a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def book(sheet: str, *, name: str = "科普基地", strings: str = "", formats: str = "", is_1904: bool = False) -> bytes:
    """Return a workbook with one sheet.

    Args:
        sheet: what stands within ``worksheet``.
        name: name on the tab.
        strings: what stands within ``sst``.
        formats: what stands within ``styleSheet``.
        is_1904: whether days are counted from 1904.
    """
    parts = {
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATIONS}"><workbookPr date1904="{int(is_1904)}"/><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    if formats:
        parts["xl/styles.xml"] = f"<styleSheet {MAIN}>{formats}</styleSheet>"
    return packed(parts)


def inline(place: str, text: str) -> str:
    """Return a cell with an inline text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

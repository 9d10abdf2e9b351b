"""Make bytes of a workbook, the same bytes for the same content: openpyxl itself writes the time of day into them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

from openpyxl import Workbook

from macros.records.model.dates import PartialDate

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
# The earliest moment that a zip archive can tell.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def to_bytes(workbook: Workbook, as_of: PartialDate) -> bytes:
    """Return a workbook as an xlsx file.

    Args:
        workbook: the workbook.
        as_of: the day that stands in it as the day of its making.
    """
    made = datetime.datetime.combine(as_of.first_day, datetime.time())
    workbook.properties.created = made
    written = io.BytesIO()
    workbook.save(written)
    result = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = _MODIFIED.sub(rb"\g<1>" + made.isoformat().encode() + b"Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()

"""How values are written in the notations that machines read: JSON, XML, and cells of tables."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import escape

Values = dict[str, Any]
"""An object of JSON."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The wide signs are taken for their narrow ones by spreadsheets in Chinese.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def json_text(value: Any) -> str:
    """Return a value as one line of JSON; what JSON can't hold, such as an infinite number, is a programming error."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def json_file(value: Any) -> bytes:
    """Return a value as a JSON file that people can read too."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def xml_text(text: str) -> str:
    """Return text as it stands in XML: escaped, without the characters that XML 1.0 does not know (section 2.2)."""
    # What is printable has no such character; the question costs a fraction of the search.
    return str(escape(text if text.isprintable() else _NOT_IN_XML.sub("", text)))


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula and work it out."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return text for a cell of CSV that no spreadsheet works out: an apostrophe leads what looks like a formula."""
    return f"'{text}" if is_formula(text) else text

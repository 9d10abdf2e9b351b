"""How values are written in the notations that machines read: JSON, XML, and cells of tables."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import escape

Values = dict[str, Any]
"""An object of JSON."""

_MARKED = re.compile("[&<>\"']")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Made once, and without looking for values that hold themselves, which ours never do: a tenth faster.
_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))
# The wide signs are taken for their narrow ones by spreadsheets in Chinese.
_FORMULA = frozenset("=+-@＝＋－＠")


def json_text(value: Any) -> str:
    """Return a value as one line of JSON; what JSON can't hold, such as an infinite number, is a programming error."""
    return _LINE.encode(value)


def json_file(value: Any) -> bytes:
    """Return a value as a JSON file that people can read too."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def xml_text(text: str) -> str:
    """Return text as it stands in XML: escaped, without the characters that XML 1.0 does not know (section 2.2)."""
    # What is printable has no such character, and most texts have nothing to escape: asking costs a fraction of doing.
    known = text if text.isprintable() else _NOT_IN_XML.sub("", text)
    return str(escape(known)) if _MARKED.search(known) else known


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula and work it out."""
    return text.lstrip()[:1] in _FORMULA


def guarded(text: str) -> str:
    """Return text for a cell of CSV that no spreadsheet works out: an apostrophe leads what looks like a formula."""
    return f"'{text}" if is_formula(text) else text

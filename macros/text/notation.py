"""How values are written in the notations that machines read: JSON and XML."""

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


def json_text(value: Any) -> str:
    """Return a value as one line of JSON; what JSON can't hold, such as an infinite number, is a programming error."""
    return _LINE.encode(value)


def json_line(value: Any) -> bytes:
    """Return a value as one line of JSON in UTF-8; an unpaired surrogate, for which UTF-8 has no place, stays an escape."""
    try:
        return _LINE.encode(value).encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()


def json_file(value: Any) -> bytes:
    """Return a value as a JSON file that people can read too."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def xml_characters(text: str) -> str:
    """Return text without the characters that XML 1.0 does not know (section 2.2)."""
    # What is printable has no such character: asking costs a fraction of doing.
    return text if text.isprintable() else _NOT_IN_XML.sub("", text)


def xml_text(text: str) -> str:
    """Return text as it stands in XML: escaped, without the characters that XML 1.0 does not know."""
    valid = xml_characters(text)
    return str(escape(valid)) if _MARKED.search(valid) else valid

"""What a form shows of a value, and whether it can: the one place that reading a form and making it agree on.

A value that was not touched is kept as it stands in the file. So a form only has to know what it showed: if the same comes
back, nothing was changed, however oddly the value was written.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from macros.editing.source import scalars
from macros.editing.source.scalars import Layout
from macros.records import yaml
from macros.records.model.description import FieldDescription
from macros.records.problems import ProblemsFound

RAW_ITEM = "@raw"
"""Name, below that of an item of a list, of the text of an item that is no group though it should be one."""

_LOST_BY_BROWSERS = re.compile("[\x00\r]")
"""What a browser does not send back as it got it."""

_SPECIAL = re.compile(r"[^\w-]")


def joined(*steps: str | int) -> str:
    """Return the name in a form of what stands at a path: its steps joined by points.

    >>> joined("opening", 0, "days")
    'opening.0.days'
    >>> joined("a.b")
    'a%2Eb'
    """
    return ".".join(
        quote(step, safe="@").replace(".", "%2E") if isinstance(step, str) and _SPECIAL.search(step) else str(step)
        for step in steps
    )


def can_show(field: FieldDescription, value: Any) -> bool:
    """Tell whether the widget of a field can show a value; what it can't, stands as text.

    Args:
        field: the field.
        value: as `Document.data` has it; None is an empty field.
    """
    if value is None:
        return True
    if field.is_list:
        return isinstance(value, list) and (field.group is not None or all(map(_is_sendable, value)))
    return isinstance(value, dict) if field.group else _is_sendable(value)


def _is_sendable(value: Any) -> bool:
    return isinstance(value, str) and not _LOST_BY_BROWSERS.search(value)


def shown_text(value: str) -> str:
    """Return what an input shows of a text: line breaks around it mean nothing."""
    return value.strip("\n")


def shown_texts(field: FieldDescription, value: Any) -> tuple[str, ...]:
    """Return what the inputs of a field without groups show of a value that can be shown; empty texts are left out."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for one in values if one is not None and (text := shown_text(one)))


def raw_text(value: Any) -> str:
    """Return the text that stands for a value that can't be shown."""
    if _holds_nothing(value):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict) and value:
        return scalars.group(value, 0, Layout())
    if isinstance(value, list) and value:
        return "\n".join(scalars.item(item, 0, Layout()) for item in value)
    return scalars.flow_text(value)


def _holds_nothing(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_holds_nothing, value.values() if isinstance(value, dict) else value))
    return value is None


def parsed_raw(text: str) -> Any:
    """Return the value that a text stands for: what `raw_text` makes is read back; anything else is taken as it is."""
    lines = "".join(f"  {line}\n" for line in text.split("\n"))
    try:
        return yaml.parse("", f"raw:\n{lines}").data["raw"]
    except ProblemsFound:
        return text


def data_text(data: Any) -> str:
    """Return the values that a form is made of as the text that it carries."""
    return json.dumps(data, ensure_ascii=False)

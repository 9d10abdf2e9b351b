"""Values out of a member's JSON, each taken as what it should be or not at all."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from macros.hub.member_files import MemberFailed
from macros.records.scan import IDENTIFIER, LONGEST_IDENTIFIER
from macros.text.characters import UNSEEN

LONGEST_NAME = 100
LONGEST_TEXT = 500
_STYLE = re.compile(r"[a-z][a-z0-9-]{0,40}")


def parsed(raw: bytes, path: str) -> Any:
    """Return what a file of JSON says.

    Args:
        raw: its bytes.
        path: its path, for the message.

    Raises:
        MemberFailed: it is not JSON in UTF-8.
    """
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise MemberFailed(f"{path} 不是能读的 JSON，可能没有传完") from None


def _no_number(word: str) -> None:
    raise ValueError(word)


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """Return a value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list."""
    return (item for item in rows(value) if isinstance(item, dict))


def text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Return a value as one line of visible text, cut where it is too long; empty if it is none."""
    if not isinstance(value, str):
        return ""
    short = value[: 2 * longest]
    line = short if short.isprintable() else UNSEEN.sub(" ", short.encode("utf-8", "ignore").decode())
    return " ".join(line.split())[:longest]


def identifier(value: Any) -> str:
    """Return a value if it is an id as records have it, else an empty text."""
    fits = isinstance(value, str) and len(value) <= LONGEST_IDENTIFIER and IDENTIFIER.fullmatch(value)
    return value if fits else ""


def style(value: Any) -> str:
    """Return a word that may be part of the name of a style, else an empty text."""
    return value if isinstance(value, str) and _STYLE.fullmatch(value) else ""


def day(value: Any) -> datetime.date | None:
    """Return a day written as ISO 8601 has it, with or without a time behind it."""
    try:
        return datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def label_of(value: Any) -> str:
    """Return the label of a term, the text of a text, or the labels of a list of them."""
    if isinstance(value, list):
        return "、".join(filter(None, map(label_of, value[:20])))
    return text(value.get("label"), LONGEST_NAME) if isinstance(value, dict) else text(value, LONGEST_NAME)

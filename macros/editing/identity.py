"""Ids of new and renamed records: what may be one, and a proposal from a name."""

from __future__ import annotations

from itertools import count

from macros.records.collection import Collection
from macros.records.scan import IDENTIFIER, RESERVED
from macros.text import pinyin

_FORM = "只用小写英文字母、数字和单个短横，以字母开头，例如 luyuan-huanbao"


def objection(identifier: str, collection: Collection) -> str | None:
    """Say in Chinese why a text can't be the id of a new record, or None if it can.

    Args:
        identifier: the text.
        collection: all records; ids are unique over all kinds, former ones included.
    """
    if not IDENTIFIER.fullmatch(identifier):
        return f"“{identifier[:40]}” 不能用作 id；{_FORM}"
    if identifier in RESERVED:
        return f"“{identifier}” 是保留的，不能用作 id；请换一个"
    if record := collection.records.get(identifier):
        return f"id “{identifier}” 已经用在 {record.document.path}；全站的 id 不能重复，请换一个"
    if identifier in collection.unreadable:
        return f"id “{identifier}” 已经是一个文件的名字；请换一个"
    owner = next((record for record in collection.records.values() if identifier in record.former_ids), None)
    return f"“{identifier}” 是 {owner.document.path} 的曾用 id；请换一个" if owner else None


def propose(name: str, collection: Collection) -> str:
    """Return a free id made from a name's pinyin, or ``""`` if the name gives none.

    Args:
        name: what the record is called.
        collection: all records, and the curated readings of words.
    """
    stem = pinyin.slug(name, collection.readings)
    if not IDENTIFIER.fullmatch(stem):
        return ""
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(identifier for identifier in tries if objection(identifier, collection) is None)

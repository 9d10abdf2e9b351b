"""Laws about what must not be there twice: ids, former ids, recognitions."""

from __future__ import annotations

from collections.abc import Iterator

from macros.records.collection import Collection
from macros.records.kinds import Authored, Record
from macros.records.problems import Problem
from macros.records.scan import IDENTIFIER, RESERVED


def former_ids_stay_unique(collection: Collection) -> Iterator[Problem]:
    """A former id is well formed, named once, and is no record's present id, so that two pages never share an address."""
    owners: dict[str, Record] = {}
    for record in collection.of(Authored):
        for position, former in enumerate(record.former_ids):
            if message := _taken(collection, record, former, owners.get(former)):
                yield record.document.problem(("former_ids", position), message, "former-id-taken")
            owners.setdefault(former, record)


def _taken(collection: Collection, record: Record, former: str, owner: Record | None) -> str | None:
    if other := collection.records.get(former):
        return f"曾用 id “{former}” 现在是 {other.document.path} 的 id；两个页面会争同一个网址，请删掉或改名"
    if owner:
        return f"曾用 id “{former}” 已经写在 {owner.document.path} 里；只能归一条记录，请删掉一处"
    if former in RESERVED:
        return f"曾用 id “{former}” 是保留的，不能用；请删掉"
    if not IDENTIFIER.fullmatch(former):
        return f"曾用 id “{former}” 不能用；只用小写英文字母、数字和单个短横，以字母开头，例如 luyuan-huanbao"
    return None


def recognitions_differ(collection: Collection) -> Iterator[Problem]:
    """A record does not hold or aim at the same recognition twice."""
    for record in collection.records.values():
        seen: dict[tuple[object, ...], int] = {}
        for position, recognition in enumerate(getattr(record, "recognitions", ())):
            key = (recognition.title, recognition.level, recognition.stage)
            first = seen.setdefault(key, position)
            if first != position:
                message = f"认定 “{recognition.title}” 写了两次，第 {first + 1} 条和第 {position + 1} 条；请删掉一条"
                yield record.document.problem(("recognitions", position), message, "repeated-recognition")

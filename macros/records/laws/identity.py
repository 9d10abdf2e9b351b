"""Laws about what must not be there twice: ids, former ids, recognitions, items of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from macros.records.collection import Collection
from macros.records.laws.law import of_one
from macros.records.model.groups import FieldGroup, Recognition
from macros.records.model.kinds import Authored, Place, Record
from macros.records.model.walk import ValuePath, find, groups_within
from macros.records.problems import Level, Problem
from macros.records.scan import IDENTIFIER, LONGEST_IDENTIFIER, RESERVED

MOST_ITEMS = 1000
"""Number of items that a list may have."""

_TOLD_ELSEWHERE = (Recognition,)
_LISTS_TOLD_ELSEWHERE = ("split_into", "former_ids", "choices")


def former_ids_stay_unique(collection: Collection) -> Iterator[Problem]:
    """A former id is well formed, named once, and is no record's present id, so that two pages never share an address."""
    owners: dict[str, Record] = {}
    for record in collection.records.values():
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
    if len(former) > LONGEST_IDENTIFIER:
        return f"曾用 id “{former[:40]}……” 有 {len(former)} 个字符，太长，不会是这个网站用过的；请删掉"
    if not IDENTIFIER.fullmatch(former):
        return f"曾用 id “{former}” 不能用；只用小写英文字母、数字和单个短横，以字母开头，例如 xingkong-guan"
    return None


@of_one(Authored)
def splits_have_several_parts(record: Authored) -> Iterator[Problem]:
    """A record was split into two or more different records, and was not merged into another as well."""
    parts = record.split_into
    if parts and record.merged_into:
        message = "merged_into（已并入）和 split_into（已分为）只能写一个；请删掉一个"
        yield record.document.problem(("split_into",), message, "split-form", key=True)
    elif parts and len(set(parts)) < len(parts):
        message = "split_into（已分为）里同一个 id 写了两次；请删掉一处"
        yield record.document.problem(("split_into",), message, "split-form")
    elif len(parts) == 1:
        message = f"split_into（已分为）只有一条；分成几条就写几个 id，只是换成了别的一条请改写 merged_into: {parts[0]}"
        yield record.document.problem(("split_into",), message, "split-form")


@of_one(Place)
def recognitions_differ(record: Place) -> Iterator[Problem]:
    """A record does not hold or aim at the same recognition twice."""
    seen: dict[tuple[object, ...], int] = {}
    for position, recognition in enumerate(record.recognitions):
        key = (recognition.title, recognition.level.id, recognition.stage.id)
        first = seen.setdefault(key, position)
        if first != position:
            message = f"认定 “{recognition.title}” 写了两次，第 {first + 1} 条和第 {position + 1} 条；请删掉一条"
            yield record.document.problem(("recognitions", position), message, "repeated-recognition")


@of_one(Record)
def values_differ(record: Record) -> Iterator[Problem]:
    """No item stands in a list twice, and no list goes on for ever."""
    if not any(_is_crowded(name, items) for group in groups_within(record) for name, items in _lists(group)):
        return
    yield from _repeated(record, record, ())
    for path, group in find(record, (FieldGroup,)):
        yield from _repeated(record, group, path)


def _lists(group: FieldGroup) -> Iterator[tuple[str, tuple[object, ...]]]:
    values = ((name, getattr(group, name)) for name, _ in _list_fields(type(group)))
    return ((name, items) for name, items in values if isinstance(items, tuple) and len(items) > 1)


def _is_crowded(name: str, items: tuple[object, ...]) -> bool:
    """Tell whether a list is long, or holds an item twice; nearly none does."""
    return len(items) > MOST_ITEMS or (not _is_told_elsewhere(name, items) and len(set(items)) < len(items))


def _is_told_elsewhere(name: str, items: tuple[object, ...]) -> bool:
    return name in _LISTS_TOLD_ELSEWHERE or isinstance(items[0], _TOLD_ELSEWHERE)


@cache
def _list_fields(model: type[FieldGroup]) -> tuple[tuple[str, FieldInfo], ...]:
    """Return the fields that hold lists."""
    return tuple((name, field) for name, field in model.model_fields.items() if _holds_list(field.annotation))


def _holds_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_holds_list(inner) for inner in get_args(annotation))


def _repeated(record: Record, group: FieldGroup, path: ValuePath) -> Iterator[Problem]:
    for name, field in _list_fields(type(group)):
        items = getattr(group, name)
        if not isinstance(items, tuple) or len(items) < 2:
            continue
        place = (*path, field.alias or name)
        if len(items) > MOST_ITEMS:
            message = f"{field.title}有 {len(items)} 项，太多；最多 {MOST_ITEMS} 项，请分成几条记录"
            yield record.document.problem(place, message, "too-long")
            continue
        if _is_told_elsewhere(name, items):
            continue
        seen: dict[object, int] = {}
        for position, item in enumerate(items):
            first = seen.setdefault(item, position)
            if first != position:
                message = f"{field.title}：第 {position + 1} 项和第 {first + 1} 项一样；请删掉一项"
                yield replace(
                    record.document.problem((*place, position), message, "repeated-value"), level=Level.NOTICE
                )

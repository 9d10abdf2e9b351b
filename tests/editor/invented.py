"""Invented values for every field of a model, right, wrong and odd ones; and their YAML in odd writing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from macros.records.collection import Collection
from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of
from macros.records.model.groups import FieldGroup

TEXTS: dict[Form, tuple[str, ...]] = {
    Form.LINE: (
        "星空馆",
        "A & B <i>",
        "引号 \" ' “”",
        "# 井号",
        "a: b",
        "- 破折号",
        "[甲, 乙]",
        "null",
        "是",
        "0750",
        "甲、乙",
    ),
    Form.PROSE: ("第一段。\n\n第二段。", "- 一\n- 二\n", "    缩进", "一行", "结尾空格  \n下一行", "\u3000\u3000全角"),
    Form.DATE: ("2016", "2016-05", "2016-05-03", "2016年"),
    Form.FULL_DATE: ("2026-11-24", "2016-02-29"),
    Form.PERIOD: ("2022下半年", "2021—2025", "2022第三季度"),
    Form.TIME: ("9:00", "09:30", "24:00", "9点"),
    Form.BOOL: ("是", "否", "true", "False", "也许"),
    Form.NUMBER: ("563", "12.50", "007", "1,200"),
    Form.NUMBER_OR_LINE: ("50 多家", "1e5", "列入"),
    Form.URL: ("https://example.cn/?a=1&b=2#c", "ftp://x"),
    Form.PHONE: ("0750-1234567", "0750-1234567-802、0750-7654321"),
    Form.EMAIL: ("a@example.cn",),
    Form.FILE_NAME: ("outside.jpg", "附件 1.pdf"),
    Form.REFERENCE: ("star-hall", "nowhere"),
    Form.REFERENCE_OR_URL: ("star-hall", "https://example.cn/"),
}
_ODD: tuple[Any, ...] = (
    None,
    {},
    [],
    "",
    " 空格 ",
    "回车\r在里",
    [None],
    {"x": "y"},
    ["甲", ["乙"]],
    [{"a.b": None}],
    "多\n行\n",
)


def words(field: FieldDescription, collection: Collection, kind: str) -> list[str]:
    """Return texts that may stand in a field, the wrong ones too."""
    if field.form in TEXTS:
        return list(TEXTS[field.form])
    whole = field.choice or collection.vocabularies[field.vocabulary]
    return [word for term in whole.for_kind(kind) for word in (term.id, term.label)] + ["没有这个词"]


def record(
    model: type[FieldGroup], collection: Collection, random: Random, *, odd: float = 0, full: float = 0.5
) -> Any:
    """Return values for a model as `Document.data` has them.

    Args:
        model: the kind or group.
        collection: the vocabularies.
        random: decides.
        odd: how often a value is one that no field can show, from 0 to 1.
        full: how often a field has a value.
    """
    kind = getattr(model, "kind", "bases")
    return _group(model, collection, random, odd, full, kind)


def _group(
    model: type[FieldGroup], collection: Collection, random: Random, odd: float, full: float, kind: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    fields = list(fields_of(model))
    random.shuffle(fields)
    for field in fields:
        if random.random() < full:
            found[field.name] = _value(field, collection, random, odd, full, kind)
    if random.random() < odd:
        found[random.choice(["unknown", "字段", "a.b", "0", "~x"])] = random.choice(_ODD)
    return found


def _value(field: FieldDescription, collection: Collection, random: Random, odd: float, full: float, kind: str) -> Any:
    if random.random() < odd:
        return random.choice(_ODD)
    count = random.randint(1, 3)
    if field.group:
        items = [_group(field.group, collection, random, odd, full, kind) for _ in range(count)]
        items = [item for item in items if item] or [_group(field.group, collection, random, odd, 1, kind)]
        return items if field.is_list else items[0]
    texts = words(field, collection, kind)
    return random.sample(texts, min(count, len(texts))) if field.is_list else random.choice(texts)


def odd_yaml(data: Any, random: Random, indent: int = 0) -> Iterator[str]:
    """Yield lines of YAML for a mapping, each value written in one of the ways that YAML has, with comments between."""
    before = " " * indent
    for name, value in data.items():
        if random.random() < 0.2:
            yield f"{before}# 说明：{name}"
        key = name if name.isidentifier() and name.isascii() else json.dumps(name, ensure_ascii=False)
        comment = random.choice(["", "", "  # 查过"])
        if isinstance(value, dict) and value and random.random() < 0.8:
            yield f"{before}{key}:{comment}"
            yield from odd_yaml(value, random, indent + 2)
        elif isinstance(value, list) and value and all(isinstance(item, dict) and item for item in value):
            yield f"{before}{key}:{comment}"
            for item in value:
                first, *rest = odd_yaml(item, random, indent + 4)
                while first.lstrip().startswith("#"):
                    yield first
                    first, *rest = rest
                yield f"{before}  - {first.lstrip()}"
                yield from rest
        elif isinstance(value, str) and "\n" in value.strip("\n") and value[0] not in " \u3000" and "\r" not in value:
            yield f"{before}{key}: |{comment}"
            yield from (f"{before}    {line}" if line else "" for line in value.strip("\n").split("\n"))
        else:
            yield f"{before}{key}: {json.dumps(value, ensure_ascii=random.random() < 0.3)}{comment}"
        if random.random() < 0.1:
            yield ""


def all_fields(
    model: type[FieldGroup], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], FieldDescription]]:
    """Yield every field of a kind, those of groups too, with its path in a record in which each list has one item."""
    for field in fields_in_files(model):
        here = (*path, field.name)
        yield here, field
        if field.group:
            yield from all_fields(field.group, (*here, 0) if field.is_list else here)

"""The field tables of the editor guide, generated from the models so that guide and check never drift."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from macros.records.dates import PartialDate, Period, Time
from macros.records.kinds import KINDS, Authored, Record
from macros.records.parts import Part
from macros.records.types import FileName, In, OneOf, Prose, Reference, To
from macros.records.walk import part_in

_MARKS = re.compile(r"(<!-- fields: begin -->\n).*?(<!-- fields: end -->\n)", re.DOTALL)
_NAMES = {
    Prose: "文段（Markdown）",
    PartialDate: "日期",
    Period: "时段",
    Time: "时间",
    bool: "是/否",
    FileName: "文件名",
    Reference: "id",
}


def renew(guide: str, labels: Mapping[str, str]) -> str:
    """Return the guide with its field tables made anew between the two marks.

    Args:
        guide: the text of CONTRIBUTING.md.
        labels: kind → its name for people.
    """
    return _MARKS.sub(lambda match: match[1] + "\n" + "\n".join(_tables(labels)) + "\n" + match[2], guide)


def _tables(labels: Mapping[str, str]) -> Iterator[str]:
    shared = set(Authored.model_fields)
    yield from _table("各种记录都有的字段", Authored, shared)
    for kind, model in KINDS.items():
        names = set(model.model_fields) - (shared if issubclass(model, Authored) else set())
        yield from _table(f"{labels.get(kind, kind)}（{_folder(model)}）", model, names)
    for part in _parts():
        yield from _table(f"分项：{part.__name__}（{_uses(part)}）", part, set(part.model_fields))


def _folder(model: type[Record]) -> str:
    return "content/articles/" if model.kind == "articles" else f"data/{model.kind}/"


def _table(title: str, model: type[Part], names: set[str]) -> Iterator[str]:
    yield f"### {title}\n"
    yield "| 字段 | 意思 | 写什么 | 例子 |"
    yield "|---|---|---|---|"
    for name, field in model.model_fields.items():
        if name in names:
            star = "\\*" if field.is_required() else ""
            example = f"`{field.examples[0]}`" if field.examples else ""
            written = "；".join(filter(None, [_type(field.annotation, field.metadata), field.description]))
            yield f"| `{field.alias or name}`{star} | {field.title} | {written} | {example} |"
    yield ""


def _type(annotation: Any, metadata: list[Any]) -> str:
    for mark in metadata:
        if isinstance(mark, In):
            return f"词表 `{mark.vocabulary}`"
        if isinstance(mark, OneOf):
            return " / ".join(term.label if term.id == term.label else f"{term.id}（{term.label}）" for term in mark.choice)
        if isinstance(mark, To):
            return "id（" + "、".join(mark.kinds or ("任何记录",)) + "）"
    if isinstance(annotation, type):
        return f"分项 {annotation.__name__}" if issubclass(annotation, Part) else _NAMES.get(annotation, "文字")
    return _inner_type(annotation)


def _inner_type(annotation: Any) -> str:
    arguments = [argument for argument in get_args(annotation) if argument not in (type(None), Ellipsis)]
    if not arguments:
        return "文字"
    if hasattr(annotation, "__metadata__"):
        return _type(arguments[0], list(annotation.__metadata__))
    listed = "（列表）" if getattr(annotation, "__origin__", None) is tuple else ""
    return _type(arguments[0], []) + listed


def _parts() -> Iterator[type[Part]]:
    seen: dict[type[Part], None] = {}
    queue: list[type[Part]] = list(KINDS.values())
    while queue:
        model = queue.pop(0)
        for field in model.model_fields.values():
            inner = part_in(field.annotation)
            if inner and inner not in seen:
                seen[inner] = None
                queue.append(inner)
    yield from seen


def _uses(part: type[Part]) -> str:
    names = {
        field.alias or name: None
        for model in (*KINDS.values(), *_parts())
        for name, field in model.model_fields.items()
        if part_in(field.annotation) is part
    }
    return "、".join(f"`{name}`" for name in names)



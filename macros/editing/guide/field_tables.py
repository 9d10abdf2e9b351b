"""The tables of fields for editors, generated from the models so that what they read and the check never drift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of, groups_of
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Authored, Record
from macros.records.model.registry import KINDS
from macros.records.model.terms import Vocabulary

PATH = "docs/fields.md"
"""Where the tables lie, below the project's root."""

Kinds = Mapping[str, type[Record]]


def text(labels: Mapping[str, str], kinds: Kinds = KINDS) -> str:
    """Return the document with the tables of all fields.

    Args:
        labels: kind → its name for people.
        kinds: the models of the kinds, by name.
    """
    heading = "# 字段表\n\n由 `kepu schema` 从程序里生成，不要手改。带 \\* 的必填。怎么写，见 [CONTRIBUTING.md](../CONTRIBUTING.md)。\n\n"
    return heading + "\n".join(_tables(labels, kinds))


def _tables(labels: Mapping[str, str], kinds: Kinds) -> Iterator[str]:
    yield from _table("各种记录都有的字段", fields_in_files(Authored))
    shared = {field.name for field in fields_of(Authored)}
    for kind, model in kinds.items():
        above = shared if issubclass(model, Authored) else set()
        fields = [field for field in fields_in_files(model) if field.name not in above]
        yield from _table(f"{labels.get(kind, kind)}（{folder_of(kind)}/）", fields)
    groups = groups_of(kinds.values())
    for group in groups:
        yield from _table(f"分项：{group.__name__}（{_uses(group, (*kinds.values(), *groups))}）", fields_of(group))


def folder_of(kind: str) -> str:
    """Return the folder in which the files of a kind lie, relative to the project's root."""
    return "content/articles" if kind == "articles" else f"data/{kind}"


def _table(title: str, fields: Iterable[FieldDescription]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| 字段 | 意思 | 写什么 | 例子 | 为什么要填 |"
    yield "|---|---|---|---|---|"
    for field in fields:
        star = "\\*" if field.required else ""
        example = f"`{field.example}`" if field.example else ""
        written = "；".join(filter(None, [what_to_write(field), field.help]))
        yield f"| `{field.name}`{star} | {field.title} | {written} | {example} | {field.purpose} |"
    yield ""


def what_to_write(field: FieldDescription) -> str:
    """Say in Chinese what may be written in a field, e.g. ``词表 `towns`（列表）``."""
    particular = {
        Form.TERM: f"词表 `{field.vocabulary}`",
        Form.CHOICE: _choices(field.choice) if field.choice else "",
        Form.REFERENCE: f"id（{'、'.join(field.kinds) or '任何记录'}）",
        Form.GROUP: f"分项 {field.group.__name__}" if field.group else "",
    }
    return particular.get(field.form, field.form.value) + ("（列表）" if field.is_list else "")


def _choices(choice: Vocabulary) -> str:
    return " / ".join(term.label if term.id == term.label else f"{term.id}（{term.label}）" for term in choice)


def _uses(group: type[FieldGroup], models: Iterable[type[FieldGroup]]) -> str:
    names = {field.name: None for model in models for field in fields_of(model) if field.group is group}
    return "、".join(f"`{name}`" for name in names)

"""Show changes of records: as lines for people, as Markdown for a pull request, as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import groupby

from macros.editing.changes import Fate, FieldChange, RecordChange

Changes = Sequence[RecordChange]


def show(changes: Changes, form: str) -> str:
    """Return the changes in one of the forms of `FORMS`."""
    return FORMS[form](changes)


def _text(changes: Changes) -> str:
    lines = []
    for change in changes:
        if change.fate is not Fate.CHANGED:
            lines.append(f"{change.fate} {change.label} {change.heading}（{change.path}）")
        lines += [f"{change.heading}：{field.title} {_arrow(field)}" for field in change.fields]
    return "\n".join([*lines, summary(changes)])


def _arrow(field: FieldChange) -> str:
    if not field.before:
        return f"新增 {field.after}"
    return f"{field.before} → {field.after}" if field.after else f"删去 {field.before}"


def summary(changes: Changes) -> str:
    """Return the closing line, e.g. ``改动 2 条记录，3 处。``"""
    if not changes:
        return "记录没有改动。"
    counts = [(fate, [change for change in changes if change.fate is fate]) for fate in Fate]
    parts = [f"{fate} {len(group)} 条" for fate, group in counts if group]
    fields = sum(len(change.fields) for change in changes)
    return "，".join([*parts, *([f"字段 {fields} 处"] if fields else [])]) + "。"


def _markdown(changes: Changes) -> str:
    parts = [f"**{summary(changes)}**\n"]
    for label, group in groupby(changes, lambda change: change.label):
        parts.append(f"### {_escape(label)}\n\n| 记录 | 字段 | 原来 | 现在 |\n|---|---|---|---|")
        parts += [row for change in group for row in _rows(change)]
        parts[-1] += "\n"
    return "\n".join(parts).rstrip("\n")


def _rows(change: RecordChange) -> list[str]:
    name = f"{_escape(change.heading)}<br>`{change.path}`"
    rows = [[_escape(field.title), _escape(field.before), _escape(field.after)] for field in change.fields]
    if change.fate is not Fate.CHANGED:
        rows.insert(0, [f"**{change.fate}**", "", ""])
    return [f"| {name if position == 0 else ''} | {' | '.join(row)} |" for position, row in enumerate(rows)]


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>~|#@!&])", r"\\\1", text).replace("\n", " ")


def _json(changes: Changes) -> str:
    entries = [{**asdict(change), "fate": change.fate.name.lower()} for change in changes]
    return json.dumps({"changes": entries, "summary": summary(changes)}, ensure_ascii=False, indent=2)


FORMS: dict[str, Callable[[Changes], str]] = {"text": _text, "markdown": _markdown, "json": _json}

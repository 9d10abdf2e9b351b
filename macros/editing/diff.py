"""What became of the records between two states of the project: record by record, field by field, in words; shown as lines
for people, as Markdown for a merge request, as JSON for programs.

Meaning is compared, not text: a comment, another quote or a term's id in place of its label is no change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any

from macros.editing import wording
from macros.editing.wording import HeadingOf
from macros.records.collection import Collection
from macros.records.hours.in_words import weekdays_in_words
from macros.records.model.description import FieldDescription, fields_in_files, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.records.model.opening import Opening
from macros.records.model.periods import Period
from macros.records.model.terms import Term, Vocabulary

Texts = Mapping[str, str]
"""Markdown of articles by id."""


class Fate(StrEnum):
    """What became of a record."""

    ADDED = "新增"
    REMOVED = "删去"
    RENAMED = "改名"
    CHANGED = "改动"


@dataclass(frozen=True)
class FieldChange:
    """One field that says something else than before.

    Attributes:
        field: names of the field and of those around it, joined by points, e.g. ``contact.phone``.
        title: the same in Chinese, e.g. ``联系方式·电话``.
        before: what it said, in words; empty if nothing.
        after: what it says.
    """

    field: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordChange:
    """One record that is not what it was.

    Attributes:
        kind: its kind, or ``terms`` for a vocabulary.
        label: the kind's name for people.
        id: its id now, or before if it is gone.
        heading: what it is called.
        path: its file.
        fate: what became of it.
        fields: the fields that changed.
    """

    kind: str
    label: str
    id: str
    heading: str
    path: str
    fate: Fate
    fields: tuple[FieldChange, ...] = ()


def changes(
    before: Collection, after: Collection, old_texts: Texts | None = None, new_texts: Texts | None = None
) -> tuple[RecordChange, ...]:
    """Return everything that changed, in the order of kinds and ids; vocabularies last.

    Args:
        before: the records as they were.
        after: the records as they are.
        old_texts: what stood below the front matter of articles.
        new_texts: what stands there.
    """
    records = _records(before, after, old_texts or {}, new_texts or {})
    return (*records, *_vocabularies(before.vocabularies, after.vocabularies))


def _records(before: Collection, after: Collection, old_texts: Texts, new_texts: Texts) -> Iterator[RecordChange]:
    renamed = _renamed(before, after)
    for record in after.records.values():
        old = before.records.get(renamed.get(record.id, record.id))
        if old is None or old.kind != record.kind:
            yield _change(after, record, Fate.ADDED)
            continue
        texts = _article_text(old_texts.get(old.id, ""), new_texts.get(record.id, ""))
        if fields := (*_fields(old, record, _finder(before, after)), *texts):
            yield _change(after, record, Fate.RENAMED if old.id != record.id else Fate.CHANGED, fields)
    gone = set(renamed.values()) | {r.id for r in after.records.values() if r.id in before.records} | after.unreadable
    yield from (_change(before, record, Fate.REMOVED) for record in before.records.values() if record.id not in gone)


def _article_text(old: str, new: str) -> Iterator[FieldChange]:
    """Tell how much of an article's text changed; what changed is for the eyes of a reviewer."""
    before, after = ([line.strip() for line in text.splitlines() if line.strip()] for text in (old, new))
    if before == after:
        return
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    differing = sum(max(b - a, d - c) for step, a, b, c, d in steps if step != "equal")
    counts = [f"{sum(map(len, lines))} 字" for lines in (before, after)]
    yield FieldChange("text", "正文", counts[0], f"{counts[1]}，{differing} 段不同")


def changes_of_one(old: Record, new: Record, after: Collection) -> tuple[FieldChange, ...]:
    """Return the fields that differ between two states of one record.

    Args:
        old: the record as it was.
        new: the record as it is.
        after: the others, to name what is referred to.
    """
    return tuple(_fields(old, new, after.records.get))


def article_changes(old: str, new: str) -> tuple[FieldChange, ...]:
    """Return how much of an article's text differs; nothing if only empty lines do."""
    return tuple(_article_text(old, new))


def _renamed(before: Collection, after: Collection) -> dict[str, str]:
    """Return the new id → the old one of each record that was renamed."""
    return {
        record.id: former
        for record in after.records.values()
        for former in record.former_ids
        if former in before.records and former not in after.records and record.id not in before.records
    }


def _change(collection: Collection, record: Record, fate: Fate, fields: tuple[FieldChange, ...] = ()) -> RecordChange:
    label = collection.kind_label(record.kind)
    return RecordChange(record.kind, label, record.id, record.heading, record.document.path, fate, fields)


def _finder(before: Collection, after: Collection) -> HeadingOf:
    return lambda identifier: after.records.get(identifier) or before.records.get(identifier)


def _fields(
    old: FieldGroup, new: FieldGroup, find: HeadingOf, path: str = "", titles: str = ""
) -> Iterator[FieldChange]:
    if old is new:
        return
    fields = fields_in_files(type(new)) if isinstance(new, Record) else fields_of(type(new))
    for field in fields:
        a, b = getattr(old, field.attribute), getattr(new, field.attribute)
        if _meaning(a) != _meaning(b):
            yield from _field(field, a, b, find, path + field.name, titles + field.title)


def _field(
    field: FieldDescription, old: Any, new: Any, find: HeadingOf, path: str, titles: str
) -> Iterator[FieldChange]:
    if isinstance(old, FieldGroup) and isinstance(new, FieldGroup):
        yield from _fields(old, new, find, f"{path}.", f"{titles}·")
    elif field.group is Opening and (days := _days_alone(old, new)):
        yield FieldChange(path, titles, *days)
    elif field.group and field.is_list:
        yield from _items(old, new, find, path, titles)
    else:
        yield FieldChange(path, titles, *wording.excerpts(wording.words(old, find), wording.words(new, find)))


def _days_alone(old: tuple[Opening, ...], new: tuple[Opening, ...]) -> tuple[str, str] | None:
    """Return the days alone where the hours are the same."""
    if len(old) != 1 or len(new) != 1 or old[0].model_copy(update={"days": new[0].days}) != new[0]:
        return None
    return weekdays_in_words(old[0].days), weekdays_in_words(new[0].days)


def _items(
    old: tuple[FieldGroup, ...], new: tuple[FieldGroup, ...], find: HeadingOf, path: str, titles: str
) -> Iterator[FieldChange]:
    """Tell lists of parts apart: those of one name are compared field by field, others came or went."""
    left = [item for item in old if _meaning(item) not in [_meaning(other) for other in new]]
    for item in new:
        if _meaning(item) in [_meaning(other) for other in old]:
            continue
        name = _name(item, find)
        twin = next((other for other in left if _name(other, find) == name), None)
        if twin is None:
            yield FieldChange(path, titles, "", wording.words(item, find))
        else:
            left.remove(twin)
            yield from _fields(twin, item, find, f"{path}.", f"{titles}“{name}”·")
    yield from (FieldChange(path, titles, wording.words(item, find), "") for item in left)


def _name(part: FieldGroup, find: HeadingOf) -> str:
    texts = (wording.words(getattr(part, field.attribute), find) for field in fields_of(type(part)))
    return wording.shorten(next(filter(None, texts), ""), 20)


def _meaning(value: Any) -> Any:
    """Return what a value means, whatever way it is written or a term is labelled."""
    if isinstance(value, Term):
        return value.vocabulary, value.id
    if isinstance(value, Period):
        return value.first_day, value.last_day
    if isinstance(value, FieldGroup):
        return [_meaning(getattr(value, field.attribute)) for field in fields_of(type(value))]
    return [_meaning(item) for item in value] if isinstance(value, tuple) else value


def _vocabularies(before: Mapping[str, Vocabulary], after: Mapping[str, Vocabulary]) -> Iterator[RecordChange]:
    for name in sorted({*before, *after}):
        fields = tuple(_terms(before.get(name, ()), after.get(name, ())))
        fate = Fate.ADDED if name not in before else Fate.REMOVED if name not in after else Fate.CHANGED
        if fields or fate is not Fate.CHANGED:
            yield RecordChange("terms", "词表", name, name, f"data/terms/{name}.yml", fate, fields)


def _terms(before: Iterable[Term], after: Iterable[Term]) -> Iterator[FieldChange]:
    old, new = ({term.id: term for term in terms} for terms in (before, after))
    for identifier in [*new, *(identifier for identifier in old if identifier not in new)]:
        a, b = old.get(identifier), new.get(identifier)
        if a != b:
            yield FieldChange(identifier, identifier, *(_term(term) for term in (a, b)))


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    months = f"{term.months} 个月" if term.months else ""
    return f"{term.label}（{'，'.join(filter(None, [f'次序 {term.order}', term.kind, months, term.help]))}）"


def show(changes: Sequence[RecordChange], form: str) -> str:
    """Return the changes in one of the forms of `FORMS`."""
    return FORMS[form](changes)


def _text(changes: Sequence[RecordChange]) -> str:
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


def summary(changes: Sequence[RecordChange]) -> str:
    """Return the closing line, e.g. ``改动 2 条记录，3 处。``"""
    if not changes:
        return "记录没有改动。"
    counts = [(fate, [change for change in changes if change.fate is fate]) for fate in Fate]
    parts = [f"{fate} {len(group)} 条" for fate, group in counts if group]
    fields = sum(len(change.fields) for change in changes)
    return "，".join([*parts, *([f"字段 {fields} 处"] if fields else [])]) + "。"


def _markdown(changes: Sequence[RecordChange]) -> str:
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


def _json(changes: Sequence[RecordChange]) -> str:
    entries = [{**asdict(change), "fate": change.fate.name.lower()} for change in changes]
    return json.dumps({"changes": entries, "summary": summary(changes)}, ensure_ascii=False, indent=2)


FORMS: dict[str, Callable[[Sequence[RecordChange]], str]] = {"text": _text, "markdown": _markdown, "json": _json}

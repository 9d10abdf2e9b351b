"""Ids of new and renamed records: what may be one, and a proposal from a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from pydantic import ValidationError

from macros.editing.guide.field_tables import folder_of
from macros.editing.source import scalars
from macros.editing.source.scalars import Layout, Value
from macros.records import frontmatter, yaml
from macros.records.collection import Collection
from macros.records.messages import translate
from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.model.terms import Vocabulary
from macros.records.problems import Problem, ProblemsFound
from macros.records.scan import IDENTIFIER, LONGEST_IDENTIFIER, RESERVED
from macros.text import pinyin

_FORM = "只用小写英文字母、数字和单个短横，以字母开头，例如 xingkong-guan"


def objection(identifier: str, collection: Collection) -> str | None:
    """Say in Chinese why a text can't be the id of a new record, or None if it can.

    Args:
        identifier: the text.
        collection: all records; ids are unique over all kinds, former ones included.
    """
    if not IDENTIFIER.fullmatch(identifier):
        return f"“{identifier[:40]}” 不能用作 id；{_FORM}"
    if len(identifier) > LONGEST_IDENTIFIER:
        return f"“{identifier[:40]}……” 太长；id 最多 {LONGEST_IDENTIFIER} 个字符"
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


Vocabularies = Mapping[str, Vocabulary]
_HEADING = "# 以 # 开头的行是说明，不会显示。查到一项，就删掉它前面的 “# ”，填上内容；查不到就不写。\n"
_MOST_TERMS = 12


def path_of(kind: str, identifier: str) -> str:
    """Return where the file of a record lies, POSIX form, relative to the project's root."""
    return f"{folder_of(kind)}/{identifier}{'.md' if kind == 'articles' else '.yml'}"


def required(kind: str) -> tuple[FieldDescription, ...]:
    """Return the fields without which a record of a kind is wrong, in the order of files."""
    return tuple(field for field in fields_in_files(KINDS[kind]) if field.required)


def compose(kind: str, values: Mapping[str, Value], vocabularies: Vocabularies) -> str:
    """Return the text of a new record's file.

    Args:
        kind: its kind.
        values: field → value as it is written in files.
        vocabularies: the vocabularies, for the comments.
    """
    lines = "".join(_lines(kind, values, vocabularies))
    if kind == "articles":
        return f"---\n{lines}---\n\n在这里写正文。\n"
    return _HEADING + lines


def _lines(kind: str, values: Mapping[str, Value], vocabularies: Vocabularies) -> Iterator[str]:
    fields = fields_in_files(KINDS[kind])
    for field in fields:
        if field.name in values:
            yield scalars.entry(field.name, values[field.name], 0, Layout()) + "\n"
        elif field.expected:
            yield "".join(f"# {line}\n" for line in _invitation(field, kind, vocabularies))
    others = [f"{field.name}（{field.title}）" for field in fields if not field.expected and field.name not in values]
    if others:
        yield f"# 还可以写：{'、'.join(others)}\n"


def _invitation(field: FieldDescription, kind: str, vocabularies: Vocabularies) -> Iterator[str]:
    """Yield the lines that ask for a field, without the sign of a comment."""
    note = "；".join(filter(None, [field.title, field.help, _allowed(field, kind, vocabularies)]))
    if field.group is None:
        example = "[甲, 乙]" if field.is_list else field.example
        yield f"{field.name}: {example}   # {note}" if example else f"{field.name}:   # {note}"
        return
    yield f"{field.name}:   # {note}"
    for position, inner in enumerate(fields_of(field.group)):
        dash = ("- " if position == 0 else "  ") if field.is_list else ""
        note = "；".join(filter(None, [inner.title, inner.help, _allowed(inner, kind, vocabularies)]))
        yield f"  {dash}{inner.name}: {inner.example}".rstrip() + f"   # {note}"


def _allowed(field: FieldDescription, kind: str, vocabularies: Vocabularies) -> str:
    terms: Iterable[object] = field.choice or ()
    if field.form is Form.TERM and field.vocabulary in vocabularies:
        terms = (term for term in vocabularies[field.vocabulary] if term.kind in ("", kind))
    words = [str(term) for term in terms]
    if not words:
        return "是 或 否" if field.form is Form.BOOL else ""
    return "可以写：" + "、".join(words[:_MOST_TERMS]) + ("……" if len(words) > _MOST_TERMS else "")


def problems(kind: str, path: str, text: str, collection: Collection) -> list[Problem]:
    """Return what is wrong in the text of a new record by itself.

    Args:
        kind: its kind.
        path: where its file will lie.
        text: the file's text.
        collection: the vocabularies.
    """
    model: type[Record] = KINDS[kind]
    try:
        raw = text.encode()
        document = frontmatter.read(path, raw).document if path.endswith(".md") else yaml.read(path, raw)
        model.model_validate(document.data, context={"vocabularies": collection.vocabularies, "kind": kind})
    except ProblemsFound as found:
        return found.problems
    except ValidationError as error:
        return list(translate(error, model, document))
    return []

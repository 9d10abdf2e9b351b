"""The fields of a model, described: what guides, schemas, sheets, forms and reports are generated from.

This is the one walk over the models' annotations. Whatever shows fields asks here, so that a field that is added in
`macros.records.model.kinds` or `macros.records.model.groups` appears everywhere at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from macros.records.model import fields
from macros.records.model.annotations import FromText, In, OneOf, Reader
from macros.records.model.fields import To
from macros.records.model.groups import FieldGroup
from macros.records.model.purposes import purpose_of
from macros.records.model.terms import Vocabulary
from macros.records.model.walk import ValuePath


class Form(StrEnum):
    """What may be written in a field; the value is the name of the form for people."""

    LINE = "文字"
    PROSE = "文段（Markdown）"
    DATE = "日期"
    FULL_DATE = "日期（到日）"
    PERIOD = "时段"
    TIME = "时间"
    BOOL = "是/否"
    NUMBER = "数字"
    NUMBER_OR_LINE = "数字或文字"
    URL = "网址"
    PHONE = "电话"
    EMAIL = "邮箱"
    FILE_NAME = "文件名"
    TERM = "词表"
    CHOICE = "选一个"
    REFERENCE = "id"
    REFERENCE_OR_URL = "id 或网址"
    GROUP = "分项"


_FORMS: dict[Reader, Form] = {
    fields.read_line: Form.LINE,
    fields.read_name: Form.LINE,
    fields.read_prose: Form.PROSE,
    fields.read_date: Form.DATE,
    fields.read_full_date: Form.FULL_DATE,
    fields.read_period: Form.PERIOD,
    fields.read_time: Form.TIME,
    fields.read_season: Form.LINE,
    fields.read_holiday_name: Form.LINE,
    fields.read_bool: Form.BOOL,
    fields.read_number: Form.NUMBER,
    fields.read_number_or_line: Form.NUMBER_OR_LINE,
    fields.read_url: Form.URL,
    fields.read_phone: Form.PHONE,
    fields.read_email: Form.EMAIL,
    fields.read_file_name: Form.FILE_NAME,
    fields.read_stamp: Form.LINE,
    fields.read_reference_or_url: Form.REFERENCE_OR_URL,
}


_LEADING = ("title", "name", "name_hant", "aliases", "former_ids", "summary")
_CLOSING = ("body", "images", "events", "questions", "sources", "reviewed_on", "changes")
_READERS = {form: reader for reader, form in reversed(_FORMS.items())}


@dataclass(frozen=True)
class FieldDescription:
    """One field of a model.

    Attributes:
        name: name in the file, e.g. ``from``.
        attribute: name in Python, e.g. ``from_``.
        title: Chinese title.
        help: what to write, for editors; may be empty.
        example: a value that may be written; may be empty.
        required: whether a record without it is wrong.
        expected: whether a record without it shows 未公布.
        is_past: whether a date tells of what has happened, and so can't lie in the future.
        is_announced: whether readers should be told where it changes.
        names_fields: whether its values are names of fields of the record.
        is_withholding: whether a yes keeps the record from the site.
        purpose: why an expected field is expected: what the site does with it; empty for others.
        ends: the value by which a record comes to its end, or `BY_ANY_TEXT`; empty if it can't end by this field.
        is_succession: whether its values are the records that took this one's place.
        is_stamp: whether its value is worked out from a word (`macros.editing.stamp`).
        is_personal: whether it may name a person, who has to agree.
        is_list: whether several values may be written.
        form: what each value is.
        vocabulary: name of the vocabulary of a TERM.
        choice: the closed vocabulary of a CHOICE.
        kinds: the kinds that a REFERENCE may name; empty means any.
        group: the class of a GROUP.
    """

    name: str
    attribute: str
    title: str
    help: str
    example: str
    required: bool
    expected: bool
    is_past: bool
    is_list: bool
    form: Form
    vocabulary: str = ""
    choice: Vocabulary | None = None
    kinds: tuple[str, ...] = ()
    group: type[FieldGroup] | None = None
    is_announced: bool = False
    names_fields: bool = False
    is_withholding: bool = False
    purpose: str = ""
    ends: str = ""
    is_succession: bool = False
    is_stamp: bool = False
    is_personal: bool = False


@lru_cache(maxsize=256)
def fields_of(model: type[FieldGroup]) -> tuple[FieldDescription, ...]:
    """Return the fields of a kind or a group, in their order."""
    return tuple(_describe(model, attribute, field) for attribute, field in model.model_fields.items())


def fields_in_files(model: type[FieldGroup]) -> tuple[FieldDescription, ...]:
    """Return the fields in the order in which files have them: what a thing is called leads, where it is known from closes."""
    return tuple(sorted(fields_of(model), key=lambda field: place_in_files(field.name)))


class FlatField(NamedTuple):
    """A field that is a column in a table with a row for each record or item.

    Attributes:
        path: names of the field and of the groups around it.
        title: the same in Chinese, e.g. ``联系方式：电话``.
        field: the field.
    """

    path: tuple[str, ...]
    title: str
    field: FieldDescription


def flat_fields(
    fields: Iterable[FieldDescription], path: tuple[str, ...] = (), titles: str = ""
) -> Iterator[FlatField]:
    """Yield fields in their order; in the place of a group that stands once, the fields in it.

    Args:
        fields: of a kind or a group.
        path: names of the groups around them.
        titles: what leads each title.
    """
    for field in fields:
        here, title = (*path, field.name), titles + field.title
        if field.group and not field.is_list:
            yield from flat_fields(fields_of(field.group), here, f"{title}：")
        else:
            yield FlatField(here, title, field)


def place_in_files(name: str) -> int:
    """Return where a top-level field stands in files: below 0 at the beginning, above 0 at the end, 0 between them."""
    if name in _LEADING:
        return _LEADING.index(name) - len(_LEADING)
    return _CLOSING.index(name) + 1 if name in _CLOSING else 0


@lru_cache(maxsize=64)
def withholding_field(model: type[FieldGroup]) -> str:
    """Return the name of the field by which a record of a kind is kept from the site; empty if it has none."""
    return next((field.name for field in fields_of(model) if field.is_withholding), "")


def groups_of(models: Iterable[type[FieldGroup]]) -> tuple[type[FieldGroup], ...]:
    """Return the classes of all groups within the models, each once, the outer before the inner."""
    found: dict[type[FieldGroup], None] = {}
    queue = list(models)
    while queue:
        for field in fields_of(queue.pop(0)):
            if field.group and field.group not in found:
                found[field.group] = None
                queue.append(field.group)
    return tuple(found)


def field_at(model: type[FieldGroup], path: ValuePath) -> FieldDescription | None:
    """Return the field at a path of names and list positions, or None if there is none."""
    found: FieldDescription | None = None
    inner: type[FieldGroup] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        found = next((field for field in fields_of(inner) if field.name == step), None) if inner else None
        inner = found.group if found else None
    return found


def may_stand(text: str, form: Form) -> bool:
    """Tell whether a text may be written in a field of a form; terms, references and groups are not."""
    try:
        _READERS.get(form, fields.read_line)(text)
    except PydanticCustomError:
        return False
    return True


def _describe(model: type[FieldGroup], attribute: str, field: FieldInfo) -> FieldDescription:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    value, marks, is_list = _unwrap(field.annotation, field.metadata)
    form, details = _form(value, marks)
    return FieldDescription(
        name=field.alias or attribute,
        attribute=attribute,
        title=field.title or attribute,
        help=field.description or "",
        example=str(field.examples[0]) if field.examples else "",
        required=field.is_required(),
        expected=bool(extra.get("expected")),
        is_past=bool(extra.get("past")),
        is_list=is_list,
        form=form,
        is_announced=bool(extra.get("announced")),
        names_fields=bool(extra.get("names_fields")),
        is_withholding=bool(extra.get("withholds")),
        purpose=purpose_of(model, attribute) if extra.get("expected") else "",
        ends=str(extra.get("ends") or ""),
        is_succession=bool(extra.get("succession")),
        is_stamp=any(isinstance(mark, FromText) and mark.read is fields.read_stamp for mark in marks),
        is_personal=bool(extra.get("personal")),
        **details,
    )


def _unwrap(annotation: Any, marks: Sequence[Any]) -> tuple[Any, Sequence[Any], bool]:
    """Take ``| None``, ``tuple[…, ...]`` and ``Annotated[…]`` off; return what is inside, its marks, and whether a list was."""
    if any(isinstance(mark, FromText | In | OneOf | To) for mark in marks):
        return annotation, marks, False
    if get_origin(annotation) is Annotated:
        return _unwrap(get_args(annotation)[0], annotation.__metadata__)
    inner = [argument for argument in get_args(annotation) if argument not in (NoneType, Ellipsis)]
    if not inner:
        return annotation, marks, False
    value, found, is_list = _unwrap(inner[0], ())
    return value, found, is_list or get_origin(annotation) is tuple


def _form(value: Any, marks: Iterable[Any]) -> tuple[Form, dict[str, Any]]:
    for mark in marks:
        if isinstance(mark, In):
            return Form.TERM, {"vocabulary": mark.vocabulary}
        if isinstance(mark, OneOf):
            return Form.CHOICE, {"choice": mark.choice}
        if isinstance(mark, To):
            return Form.REFERENCE, {"kinds": mark.kinds}
        if isinstance(mark, FromText):
            return _FORMS[mark.read], {"kinds": ("policies",)} if mark.read is fields.read_reference_or_url else {}
    if isinstance(value, type) and issubclass(value, FieldGroup):
        return Form.GROUP, {"group": value}
    raise TypeError(f"field of unknown form: {value!r}")

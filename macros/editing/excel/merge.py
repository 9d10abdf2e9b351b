"""Make files of drafts: each is checked by itself first, then its changes are spliced into the record's text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from macros.editing import new
from macros.editing.excel.drafts import RecordDraft
from macros.editing.excel.workbook_schema import RECORD, Kinds, SheetSchema
from macros.editing.source.source_file import SourceFile
from macros.editing.source.splice import CannotSplice, remove, set_value
from macros.records.collection import Collection
from macros.records.messages import findings, translate
from macros.records.model.registry import KINDS
from macros.records.model.walk import ValuePath
from macros.records.problems import Problem
from macros.records.yaml.document import Document
from macros.spreadsheets.sheets import Complaint, Spot

_NOTHING = Document("", "{}", {})


@dataclass
class Merged:
    """What is to be written.

    Attributes:
        files: path of each file that changes, POSIX form, relative to the project's root → its new bytes.
        drafts: path → the draft that it was made of.
        complaints: what keeps it from being written.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    drafts: dict[str, RecordDraft] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)


def merge(
    drafts: Iterable[RecordDraft],
    collection: Collection,
    sheets: Sequence[SheetSchema],
    read: Callable[[str], bytes],
    kinds: Kinds = KINDS,
) -> Merged:
    """Make the files of drafts that change something.

    Args:
        drafts: the drafts.
        collection: all records.
        sheets: all sheets that a workbook has.
        read: gives the present bytes of a record's file.
        kinds: the kinds by name.
    """
    merged, taken = Merged(), set[str]()
    for draft in drafts:
        if not draft.is_changed:
            continue
        if found := list(_wrong(draft, collection, sheets, kinds)):
            merged.complaints += found
            continue
        try:
            path, content = _changed(draft, read, kinds) if draft.record else _new(draft, collection, taken)
        except CannotSplice:
            message = "记录的文件这样改不了；请先运行 kepu fix，或手工改那个文件"
            merged.complaints.append(Complaint(draft.spot(()), message))
        except _NoId:
            message = "按名称拟不出 id；请在隐藏的 A 列写一个，例如 xingkong-guan"
            merged.complaints.append(Complaint(draft.spot(()), message))
        else:
            merged.files[path], merged.drafts[path] = content, draft
    return merged


class _NoId(Exception):
    """Raised where a name gives no id."""


def _wrong(
    draft: RecordDraft, collection: Collection, sheets: Sequence[SheetSchema], kinds: Kinds
) -> Iterator[Complaint]:
    """Yield what `kepu check` would say of a draft by itself, each at its cell."""
    model = kinds[draft.kind]
    document = draft.record.document if draft.record else _NOTHING
    context = {"vocabularies": collection.vocabularies, "kind": draft.kind}
    try:
        model.model_validate(draft.final_data(), context=context)
    except ValidationError as error:
        paths = [details["loc"] for details in findings(error)]
        for path, problem in zip(paths, translate(error, model, document), strict=True):
            is_missing = problem.rule == "missing-field"
            message = _missing(path, draft.kind, sheets) if is_missing else problem.message
            yield Complaint(draft.spot(path), message or problem.message)


def _missing(path: ValuePath, kind: str, sheets: Sequence[SheetSchema]) -> str | None:
    """Say of a value that is missing in which sheet or column it belongs: in a table nobody can add a line of YAML."""
    names = tuple(step for step in path if isinstance(step, str))
    for sheet in sheets:
        if kind not in sheet.kinds:
            continue
        if sheet.path == names:
            return f"缺少“{sheet.titles[-1]}”；请到工作表“{sheet.name}”加一行，“{RECORD}”栏写这条记录的名称"
        for column in sheet.columns:
            if (*sheet.path, *column.path) == names:
                return f"缺少“{column.title}”；请在工作表“{sheet.name}”的这一栏填写"
    return None


def _changed(draft: RecordDraft, read: Callable[[str], bytes], kinds: Kinds) -> tuple[str, bytes]:
    assert draft.record is not None
    path = draft.record.document.path
    file = SourceFile.of(path, read(path).decode())
    yaml, model = file.yaml, kinds[draft.kind]
    # Values are set at their own places first: of two items alike, a comparison of whole lists may take the wrong one.
    for place, value in draft.values.items():
        if _stands(draft.record.document.data, place[:-1]):
            yaml = set_value(yaml, place, value, model)
    for place in sorted(draft.removed, reverse=True):
        yaml = remove(yaml, place)
    yaml = set_value(yaml, (), draft.final_data(), model)
    return path, file.with_yaml(yaml).text.encode()


def _new(draft: RecordDraft, collection: Collection, taken: set[str]) -> tuple[str, bytes]:
    """Write the file of a new record; ids of other new records count as taken."""
    with_new = replace(collection, unreadable=collection.unreadable | taken)
    identifier = draft.identifier or new.propose(draft.heading, with_new)
    if not identifier or new.objection(identifier, with_new):
        raise _NoId
    taken.add(identifier)
    text = new.compose(draft.kind, draft.final_data(), collection.vocabularies)
    return new.path_of(draft.kind, identifier), text.encode()


def complaint_of(problem: Problem, document: Document, draft: RecordDraft) -> Complaint:
    """Return a problem of a changed file as a complaint at the cell that its place came from.

    Args:
        problem: what the loader found in the file with its changes.
        document: that file as read.
        draft: what it was made of.
    """
    at = (problem.line, problem.column)
    spots: dict[tuple[int, int], Spot] = {}
    for path, spot in draft.places():
        if _stands(document.data, path):
            spots.setdefault(document.locate(path), spot)
    same_line = (spot for (line, _), spot in spots.items() if line == problem.line)
    return Complaint(spots.get(at) or next(same_line, None) or draft.spot(()), problem.message)


def _stands(value: Any, path: ValuePath) -> bool:
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return False
    return True

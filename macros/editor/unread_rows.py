"""Rows of the list for files that are no records yet: drafts of which something is missing, and what is wrong or can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.editing.source.source_file import model_of
from macros.editor.plain_words import name_of
from macros.editor.raw_text import heading_of
from macros.editor.store import NotSaved, Store
from macros.editor.worklist import RecordRow, UnreadRow
from macros.records.model.description import fields_in_files
from macros.records.model.kinds import Record
from macros.records.problems import ProblemsFound
from macros.site.session import Session


def unread_rows(root: Path, session: Session) -> tuple[UnreadRow, ...]:
    """Return the rows of all files that are no records, in the order of their paths.

    Args:
        root: the project's folder.
        session: the records as they stand.
    """
    return tuple(_rows(Store(root), session))


def _rows(store: Store, session: Session) -> Iterator[UnreadRow]:
    collection = session.loaded.collection
    for path, cached in sorted(session.loaded.files.items()):
        model, identifier = model_of(path), path.rpartition("/")[2].rpartition(".")[0]
        if model is None or cached.value is not None or identifier not in collection.unreadable:
            continue
        data = _data(store, model.kind, identifier)
        is_draft, label = identifier in collection.unfinished, collection.kind_label(model.kind)
        mark = "草稿" if is_draft else "读不出来" if data is None else ""
        heading = str((data or {}).get(name_of(model)) or heading_of(store.root, model.kind, identifier))
        row = RecordRow(
            model.kind, identifier, heading, label, _missing(model, data or {}), "", (mark,) if mark else ()
        )
        yield UnreadRow(row, path, is_draft)


def _data(store: Store, kind: str, identifier: str) -> dict[str, Any] | None:
    try:
        return store.open(kind, identifier).data
    except (NotSaved, ProblemsFound):
        return None


def _missing(model: type[Record], data: dict[str, Any]) -> tuple[str, ...]:
    wanted = (field for field in fields_in_files(model) if field.required or field.expected)
    return tuple(field.title for field in wanted if not data.get(field.name)) if data else ()

"""Take back a change that was not handed in: one field, or a whole record as it was at the last commit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.editor.changes import PendingChange, contents_at_head
from macros.editor.locking import STATE, Busy, locked
from macros.editor.reasons import forget
from macros.editor.store import TEXT, Conflicts, NotSaved, RecordChecker, Refused, Saved, Store
from macros.records.model.description import fields_of
from macros.records.model.groups import FieldGroup
from macros.records.problems import ProblemsFound
from macros.site.git import GitError
from macros.site.os_errors import explain
from macros.site.whole_files import refuse_links, write_files

REMOVED = f"{STATE}/removed"
"""Where a file goes whose being new is taken back, so that nothing is ever lost."""


def undo_name(model: type[FieldGroup], field: str) -> str:
    """Return what is taken back together with a field: the field, or the list that it stands in.

    Args:
        model: the kind of the record.
        field: as `FieldChange.field` names it, e.g. ``contact.phone`` or ``sources.title``, which gives ``sources``.
    """
    steps: list[str] = []
    inner: type[FieldGroup] | None = model
    for name in field.split("."):
        found = next((one for one in fields_of(inner) if one.name == name), None) if inner else None
        steps.append(name)
        if found is None or found.is_list:
            break
        inner = found.group
    return ".".join(steps)


def undo_field(
    store: Store, kind: str, identifier: str, name: str, check: RecordChecker | None = None
) -> Saved | Refused:
    """Give a field the value that it had at the last commit.

    Args:
        store: the records.
        kind: of the record.
        identifier: its id.
        name: as `undo_name` gives it; ``text`` for the text of an article.
        check: finds the faults of what it would become; with errors it is refused.

    Raises:
        NotSaved: it can't be taken back by itself, or not be written; nothing has changed.
        ProblemsFound: the file can't be read.
    """
    now = store.open(kind, identifier)
    raw = _at_head(store.root, now.path)
    if raw is None:
        raise NotSaved("这条记录是新的，以前没有这一项；要撤销请撤销整条记录")
    then = store.opened_as(kind, identifier, raw.decode("utf-8", "replace"))
    page = then.page if name == TEXT and then.page is not None else None
    data = now.data if page is not None else _with_value_of(now.data, then.data, name.split("."))
    outcome = store.save(now, data, page=page, check=check)
    if isinstance(outcome, Conflicts):
        raise NotSaved("这条记录刚刚又被改了；请刷新页面，再撤销一次")
    if isinstance(outcome, Saved) and outcome.opened.data == then.data and outcome.opened.page == then.page:
        _restore(store.root, {now.path: raw})
    return outcome


def _with_value_of(now: Mapping[str, Any], then: Mapping[str, Any], steps: list[str]) -> dict[str, Any]:
    """Return data in which one value is as it was in other data, gone if it was not there."""
    name, *rest = steps
    inner, former = now.get(name), then.get(name)
    if rest and isinstance(former, Mapping | None) and isinstance(inner, Mapping | None):
        value = _with_value_of(inner or {}, former or {}, rest)
        return _put(now, name, value or None)
    return _put(now, name, former)


def _put(data: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    kept = {key: item for key, item in data.items() if key != name or value is not None}
    return kept if value is None else {**kept, name: value}


def undo_change(root: Path, change: PendingChange) -> None:
    """Take back all that was changed in a file: it is as it was at the last commit, byte for byte.

    A file that is new is put aside into `REMOVED`.

    Raises:
        NotSaved: it can't be written; nothing has changed.
    """
    paths = [path for path in (change.path, change.former_path) if path]
    _restore(root, {path: _at_head(root, path) for path in paths})


def _at_head(root: Path, path: str) -> bytes | None:
    try:
        return contents_at_head(root, [path])[path]
    except GitError as error:
        raise NotSaved(str(error)) from None


def _restore(root: Path, contents: Mapping[str, bytes | None]) -> None:
    try:
        with locked(root) as folder:
            refuse_links(root, contents)
            write_files(root, {path: raw for path, raw in contents.items() if raw is not None})
            for path in (path for path, raw in contents.items() if raw is None and (root / path).exists()):
                aside = folder / "removed" / path
                aside.parent.mkdir(parents=True, exist_ok=True)
                (root / path).replace(aside)
            forget(root, contents)
    except (Busy, ProblemsFound) as error:
        raise NotSaved(str(error)) from None
    except OSError as error:
        raise NotSaved(explain(error).replace("再运行一次", "再试一次")) from None

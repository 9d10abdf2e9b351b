"""What was changed and not handed in yet: record by record, field by field, in words; and how each change is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from macros.editing.diff import Fate, FieldChange, RecordChange, article_changes, changes, changes_of_one
from macros.editing.source.source_file import SourceFile, model_of
from macros.editor.plain_changes import plain_changes
from macros.editor.reasons import reasons
from macros.editor.store import path_of
from macros.records import yaml
from macros.records.collection import Collection
from macros.records.load import read_document, validated
from macros.records.model.description import fields_in_files
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.model.terms import Vocabulary
from macros.records.problems import ProblemsFound
from macros.records.termfiles import read_vocabulary
from macros.site import git

FOLDERS = ("data", "content")
"""What is handed in: nothing else that lies in the project."""

FILES = "files"
"""In place of a kind, for what is no record."""

_TERMS = "data/terms/"


@dataclass(frozen=True)
class PendingChange:
    """One file that was changed and not handed in.

    Attributes:
        change: what became of the record in it; of a page by hand or a picture its kind is `FILES` and its id empty.
        former_path: the file that a renamed record had; empty for others.
        reasons: why, as editors have said.
    """

    change: RecordChange
    former_path: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The file, POSIX form, relative to the project's root."""
        return self.change.path

    @property
    def reason(self) -> str:
        """Why it was changed, offered where nobody has said so."""
        return "；".join(self.reasons) or reason_of(self.change.heading, self.change.fields, self.change.fate)


def changed_paths(root: Path) -> frozenset[str]:
    """Return the files below ``data/`` and ``content/`` that differ from the last commit; none where git keeps no history.

    Args:
        root: the project's folder.
    """
    return frozenset(_statuses(root))


def _statuses(root: Path) -> dict[str, str]:
    """Return path → git's status, two letters."""
    try:
        answer = git.ask(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *FOLDERS)
        prefix = git.ask(root, "rev-parse", "--show-prefix").decode().strip()
    except git.GitError:
        return {}
    entries = (entry.decode("utf-8", "replace") for entry in answer.split(b"\0") if entry)
    return {entry[3:].removeprefix(prefix): entry[:2] for entry in entries}


def contents_at_head(root: Path, paths: Iterable[str]) -> dict[str, bytes | None]:
    """Return what files held at the last commit; None for those that were not there.

    Raises:
        GitError: there is no repository.
    """
    wanted = sorted(paths)
    try:
        listed = git.ask(root, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *FOLDERS).decode("utf-8", "replace")
    except git.GitError:
        return dict.fromkeys(wanted)
    there = set(listed.split("\0"))
    found = git.contents_at(root, "HEAD", [path for path in wanted if path in there])
    return {path: found.get(path) for path in wanted}


def pending(root: Path, collection: Collection) -> tuple[PendingChange, ...]:
    """Return what was changed and not handed in: records in the order of kinds and ids, then vocabularies, then other files.

    Args:
        root: the project's folder.
        collection: the records as they stand.
    """
    paths = changed_paths(root)
    before = contents_at_head(root, paths)
    now = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in paths}
    found = list(_in_records(collection, before, now))
    former = {_former_path(change, collection, before) for change in found if change.fate is Fate.RENAMED}
    left = paths - {change.path for change in found} - former
    found += [_of_file(path, before[path], now[path]) for path in sorted(left) if before[path] != now[path]]
    told = reasons(root)
    return tuple(
        PendingChange(change, _former_path(change, collection, before), tuple(told.get(change.path, ())))
        for change in found
    )


def _former_path(change: RecordChange, collection: Collection, before: Iterable[str]) -> str:
    """Return the file that a renamed record had at the last commit; empty for others."""
    if change.fate is not Fate.RENAMED:
        return ""
    ids = collection.records[change.id].former_ids
    folder, _, name = change.path.rpartition("/")
    suffix = name.rpartition(".")[2]
    return next((path for one in ids if (path := f"{folder}/{one}.{suffix}") in before), "")


Contents = Mapping[str, bytes | None]
"""Path → what a file holds; None where there is none."""


def _in_records(collection: Collection, before: Contents, now: Contents) -> Iterator[RecordChange]:
    old = {path: _record(path, raw, collection.vocabularies) for path, raw in before.items() if model_of(path)}
    unread = {path for path, record in old.items() if not _is_readable(collection, path, record, before, now)}
    changed = {_id_of(path) for path in old}
    others = {name: record for name, record in collection.records.items() if name not in changed}
    earlier = {record.id: record for path, record in old.items() if record and path not in unread}
    gone = {_id_of(path) for path in unread}
    later = {name: record for name, record in collection.records.items() if name not in gone}
    words = {name: found for name, found in {**collection.vocabularies, **_old_vocabularies(before)}.items() if found}
    yield from changes(
        replace(collection, records={**others, **earlier}, vocabularies=words),
        replace(collection, records=later),
        _texts(before),
        _texts(now),
    )
    yield from (_of_unreadable(collection, path, before[path], now[path]) for path in sorted(unread))


def _is_readable(collection: Collection, path: str, old: Record | None, before: Contents, now: Contents) -> bool:
    """Tell whether both states of a record's file can be read, as far as they are there."""
    new = collection.records.get(_id_of(path))
    return (before[path] is None or old is not None) and (
        now[path] is None or (new is not None and new.document.path == path)
    )


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _record(path: str, raw: bytes | None, words: Mapping[str, Vocabulary]) -> Record | None:
    model = model_of(path)
    if raw is None or model is None:
        return None
    try:
        return validated(read_document(path, raw), _id_of(path), model, words)
    except ProblemsFound:
        return None


def _old_vocabularies(before: Mapping[str, bytes | None]) -> dict[str, Vocabulary | None]:
    found: dict[str, Vocabulary | None] = {}
    for path, raw in before.items():
        if path.startswith(_TERMS) and path.endswith(".yml"):
            name = _id_of(path)
            try:
                found[name] = read_vocabulary(name, yaml.read(path, raw)) if raw is not None else None
            except ProblemsFound:
                continue
    return found


def _texts(contents: Mapping[str, bytes | None]) -> dict[str, str]:
    """Return the Markdown of articles by id."""
    articles = {path: raw for path, raw in contents.items() if path.endswith(".md") and model_of(path)}
    return {_id_of(path): _below(path, raw) for path, raw in articles.items() if raw is not None}


def _below(path: str, raw: bytes) -> str:
    return SourceFile.of(path, raw.decode("utf-8", "replace")).after.partition("\n")[2]


def _of_unreadable(collection: Collection, path: str, before: bytes | None, now: bytes | None) -> RecordChange:
    model = model_of(path)
    assert model is not None
    old, new = _plain(path, before), _plain(path, now)
    fate = _fate(before, now)
    fields = tuple(plain_changes(model, old, new)) if fate is Fate.CHANGED else ()
    name = fields_in_files(model)[0].name
    heading = str(new.get(name) or old.get(name) or _id_of(path))
    return RecordChange(model.kind, collection.kind_label(model.kind), _id_of(path), heading, path, fate, fields)


def _fate(before: bytes | None, now: bytes | None) -> Fate:
    return Fate.ADDED if before is None else Fate.REMOVED if now is None else Fate.CHANGED


def _plain(path: str, raw: bytes | None) -> dict[str, Any]:
    try:
        return dict(read_document(path, raw).data) if raw is not None else {}
    except ProblemsFound:
        return {}


def _of_file(path: str, before: bytes | None, now: bytes | None) -> RecordChange:
    """Tell of what is no record, or of a record in which only comments or the way of writing changed."""
    label = "网页" if path.endswith(".md") else "文件"
    return RecordChange(FILES, label, "", path.partition("/")[2], path, _fate(before, now))


def changes_of(before: str, after: str, kind: str, identifier: str, collection: Collection) -> tuple[FieldChange, ...]:
    """Return what differs between two texts of one record, in words; also while one of them is wrong.

    Args:
        before: the whole text of its file as it was; empty for a new record.
        after: as it is.
        kind: its kind.
        identifier: its id.
        collection: the others, to name what is referred to.
    """
    path = path_of(kind, identifier)
    raw = before.encode() or None, after.encode()
    old, new = (_record(path, one, collection.vocabularies) for one in raw)
    texts = article_changes(_below(path, raw[0] or b""), _below(path, raw[1])) if path.endswith(".md") else ()
    if old and new:
        return (*changes_of_one(old, new, collection), *texts)
    return (*plain_changes(KINDS[kind], _plain(path, raw[0]), _plain(path, raw[1])), *texts)


def reason_of(heading: str, fields: Iterable[FieldChange], fate: Fate = Fate.CHANGED) -> str:
    """Return the sentence that is offered as the reason of a change, e.g. ``更正星空馆的电话``.

    Args:
        heading: what the record is called.
        fields: what changed in it.
        fate: what became of it.
    """
    found = list(fields)
    if fate is not Fate.CHANGED or not found:
        return f"{fate if fate is not Fate.CHANGED else '改动'}{heading}"
    titles = list(dict.fromkeys(_short_title(field.title) for field in found))
    verb = "更正"
    if all(not field.before for field in found):
        verb = "补充"
    elif all(not field.after for field in found):
        verb = "删去"
    more = f"等 {len(titles)} 处" if len(titles) > 3 else ""
    return f"{verb}{heading}的{'、'.join(titles[:2] if more else titles)}{more}"


def _short_title(title: str) -> str:
    """Return what a field is called by itself: of an item in a list, what the list is called."""
    return title.partition("“")[0].rpartition("·")[2]


def message_for(found: Iterable[PendingChange]) -> str:
    """Return the sentence under which several changes are handed in, and below it the reason of each.

    Args:
        found: what is handed in.
    """
    every = list(dict.fromkeys(change.reason for change in found))
    if len(every) <= 1:
        return "".join(every)
    return "\n".join([f"{every[0]}，另有 {len(every) - 1} 处改动", "", *(f"- {reason}" for reason in every)])

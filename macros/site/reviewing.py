"""What a sheet for review shows beside the changes: sources, small pictures, and who wrote it, by git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.editing import wording
from macros.editing.diff import Fate, FieldChange, RecordChange
from macros.editing.review_sheet import Picture, ReviewedRecord
from macros.media.thumbnails import thumbnail
from macros.records.collection import Collection
from macros.records.model.description import fields_in_files
from macros.records.model.groups import Image, Source
from macros.records.model.kinds import Record
from macros.records.model.walk import find
from macros.records.reading import read_bytes
from macros.records.scan import FILES
from macros.site import git
from macros.site.session import Session


def reviewed(session: Session, change: RecordChange) -> ReviewedRecord:
    """Return a record that changed with its sources, and its pictures as small as they need be to be known again.

    Args:
        session: the project as it is now.
        change: what changed in it.
    """
    collection = session.checked.collection
    record = collection.records.get(change.id)
    if record is None or record.kind != change.kind:
        return ReviewedRecord(change, change.fields)
    fields = tuple(_all_fields(record, collection)) if change.fate is Fate.ADDED else change.fields
    sources = tuple(wording.words(source, collection.records.get) for source in record.sources)
    return ReviewedRecord(change, fields, sources, tuple(_pictures(session.root, record)))


def _all_fields(record: Record, collection: Collection) -> Iterator[FieldChange]:
    """Yield all that a record says; sources and pictures are shown by themselves."""
    for field in fields_in_files(type(record)):
        text = wording.words(getattr(record, field.attribute), collection.records.get)
        if text and field.group not in (Source, Image):
            yield FieldChange(field.name, field.title, "", text)


def _pictures(root: Path, record: Record) -> Iterator[Picture]:
    for _, image in find(record, (Image,)):
        path = root / FILES / record.kind / record.id / image.file
        content = thumbnail(read_bytes(root, path)) if path.is_file() else None
        yield Picture(str(image.file), str(image.alt), content or b"")


def drafted_by(root: Path, base: str, folders: Iterable[str]) -> tuple[str, ...]:
    """Return who wrote what changed since a revision, each once, the first to write first; whoever works here now last.

    Args:
        root: the project's folder.
        base: the revision.
        folders: below which changes count.
    """
    listed = list(folders)
    names = git.ask(root, "log", "--reverse", "--format=%an", f"{git.resolve(root, base)}..HEAD", "--", *listed)
    found = dict.fromkeys(names.decode().splitlines())
    if git.ask(root, "status", "--porcelain", "--", *listed).strip():
        found |= dict.fromkeys(git.run(root, "config", "user.name").output.decode().split("\n")[:1])
    return tuple(name for name in found if name)

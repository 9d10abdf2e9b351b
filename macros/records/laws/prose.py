"""Laws about the prose inside records (design.md, decision 5): safe Markdown whose links and pictures lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from macros.records.collection import Collection
from macros.records.laws.evidence import missing_file
from macros.records.laws.references import dangling
from macros.records.problems import Problem
from macros.text import prose


def prose_is_safe(collection: Collection) -> Iterator[Problem]:
    """Prose holds no raw HTML, no forbidden address and no picture from elsewhere."""
    for record, path, text in collection.prose:
        for fault in prose.faults(text):
            place = record.document.locate_line(path, fault.line, fault.column)
            yield Problem(record.document.path, *place, fault.message, "unsafe-prose")


def prose_links_exist(collection: Collection) -> Iterator[Problem]:
    """An ``id:`` link in prose names a record."""
    for record, path, text in collection.prose:
        for reference in prose.references(text):
            if reference.name not in collection.records and reference.name not in collection.unreadable:
                place = record.document.locate_line(path, reference.line, reference.column)
                message = dangling(collection, reference.name, ())
                yield Problem(record.document.path, *place, message, "dangling-reference")


def prose_images_exist(collection: Collection) -> Iterator[Problem]:
    """A picture in prose lies in the record's folder."""
    for record, path, text in collection.prose:
        for image in prose.images(text):
            if image.name not in collection.files_of(record):
                place = record.document.locate_line(path, image.line, image.column)
                yield Problem(
                    record.document.path, *place, missing_file(collection, record, image.name), "missing-file"
                )

"""Laws about the prose inside records: safe Markdown whose links and pictures lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from macros.records.collection import Collection
from macros.records.laws.evidence import missing_file
from macros.records.laws.law import of_one
from macros.records.laws.references import dangling
from macros.records.mentions import mentions
from macros.records.model.fields import Prose
from macros.records.model.kinds import Record
from macros.records.model.walk import find
from macros.records.problems import Problem
from macros.text import prose


@of_one(Record)
def prose_is_safe(record: Record) -> Iterator[Problem]:
    """Prose holds no raw HTML, no forbidden address and no picture from elsewhere."""
    for path, text in find(record, (Prose,)):
        for fault in prose.faults(text):
            place = record.document.locate_line(path, fault.line, fault.column)
            yield Problem(record.document.path, *place, fault.message, "unsafe-prose")


def prose_links_exist(collection: Collection) -> Iterator[Problem]:
    """An ``id:`` link in prose names a record."""
    for record in collection.records.values():
        if all(name in collection.records for name in mentions(record).links):
            continue
        for path, text in find(record, (Prose,)):
            for reference in prose.references(text):
                if reference.name not in collection.records and reference.name not in collection.unreadable:
                    place = record.document.locate_line(path, reference.line, reference.column)
                    message = dangling(collection, reference.name, ())
                    yield Problem(record.document.path, *place, message, "dangling-reference")


def prose_images_exist(collection: Collection) -> Iterator[Problem]:
    """A picture in prose lies in the record's folder."""
    for record in collection.records.values():
        if all(name in collection.files_of(record) for name in mentions(record).images):
            continue
        for path, text in find(record, (Prose,)):
            for image in prose.images(text):
                if image.name not in collection.files_of(record):
                    place = record.document.locate_line(path, image.line, image.column)
                    message = missing_file(collection, record, image.name)
                    yield Problem(record.document.path, *place, message, "missing-file")

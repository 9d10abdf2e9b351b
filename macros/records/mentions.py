"""What a record names: other records and files, in its fields and in its prose."""

from __future__ import annotations

from typing import NamedTuple

from macros.records.cached import cached_per_record
from macros.records.model.fields import FileName, Prose, Reference
from macros.records.model.kinds import Record
from macros.records.model.walk import find
from macros.text import prose


class Mentions(NamedTuple):
    """The names that stand in one record, in the order of its fields; where each stands is looked up if it is wrong.

    Attributes:
        references: ids in fields.
        links: ids in ``id:`` links of prose.
        files: names of files in fields.
        images: names of files of pictures in prose.
    """

    references: tuple[Reference, ...]
    links: tuple[str, ...]
    files: tuple[FileName, ...]
    images: tuple[str, ...]


@cached_per_record
def mentions(record: Record) -> Mentions:
    """Return what a record names."""
    texts = [text for _, text in find(record, (Prose,))]
    return Mentions(
        tuple(reference for _, reference in find(record, (Reference,))),
        tuple(link.name for text in texts for link in prose.references(text)),
        tuple(name for _, name in find(record, (FileName,))),
        tuple(image.name for text in texts for image in prose.images(text)),
    )

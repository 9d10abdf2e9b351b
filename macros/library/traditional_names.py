"""What a collection says of the traditional script: its words and people's names, and which names may come out wrong."""

from __future__ import annotations

from collections.abc import Iterator

from macros.records.collection import Collection
from macros.text.traditional import Traditional

_MOST_TOLD = 12
"""Names that one notice lists."""


def traditional(collection: Collection) -> Traditional:
    """Return what converts the site's texts: records' names as they give them, the editors' words, people as written."""
    named = ((record.heading, getattr(record, "name_hant", None)) for record in collection.records.values())
    names = {heading: name for heading, name in named if name}
    return Traditional({**names, **collection.traditional}, _people(collection))


def _people(collection: Collection) -> Iterator[str]:
    for record in collection.records.values():
        contact, visit = getattr(record, "contact", None), getattr(record, "group_visit", None)
        yield from filter(None, (getattr(contact, "person", None), getattr(visit, "contact", None)))


def doubtful_names(collection: Collection) -> str:
    """Return what is to be said of names that the conversion may get wrong, in Chinese; empty if there are none.

    A name is told once, wherever it stands; one that is right as it comes out is written into the editors' words.
    """
    names = [name for record in collection.records.values() for name in record.names]
    names += [term.label for vocabulary in collection.vocabularies.values() for term in vocabulary.terms]
    doubts = list(traditional(collection).doubtful([*names, *_people(collection)]))
    if not doubts:
        return ""
    listed = "、".join(f"{one.text} → {one.shown}（“{one.character}”）" for one in doubts[:_MOST_TOLD])
    more = f"等 {len(doubts)} 个" if len(doubts) > _MOST_TOLD else ""
    return f"繁体版里这些名称拿不准：{listed}{more}。请核对：记录的名称写进 name_hant，别的词连同对的写法写进 data/terms/traditional.yml"

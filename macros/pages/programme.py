"""A programme gathered from records: its targets, the places that they name, and the other places in its documents.

Only what stands in records is shown. The numbers in a programme's slogan are not: a document that does not say what they
count leaves that open, and so do we.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.library.library import Library
from macros.records.model.kinds import Place, Platform, Record, Target
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term


@dataclass(frozen=True)
class Item:
    """A target with the places that it names, or a place that the documents name without a target.

    Attributes:
        target: what was aimed at, or None.
        places: whom it concerns, each with how it stands: its level or its stage, or empty if neither is known.
    """

    target: Target | None
    places: tuple[tuple[Place, str], ...]


@dataclass(frozen=True)
class Strand:
    """The items of a programme that concern one kind of place; those that concern none stand under ``targets``.

    Attributes:
        kind: the kind.
        label: the kind as people call it.
        items: targets by pinyin, then places without a target.
    """

    kind: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Programme:
    """A programme.

    Attributes:
        term: its name.
        strands: its items by kind, in the order of kinds; no strand is empty.
    """

    term: Term
    strands: tuple[Strand, ...]


def programme(library: Library, term: Term) -> Programme:
    """Gather a programme.

    Args:
        library: the records.
        term: a term of the vocabulary ``programmes``.
    """
    targets = _targets(library, term)
    items = [*(_item(library, target) for target in targets), *_without_target(library, targets)]
    strands = (
        Strand(kind, _label(library, kind), tuple(item for item in items if _kind_of(item) == kind)) for kind in KINDS
    )
    return Programme(term, tuple(strand for strand in strands if strand.items))


def _targets(library: Library, term: Term) -> tuple[Target, ...]:
    listed = library.records(Target.kind)
    return tuple(record for record in listed if isinstance(record, Target) and record.part_of == term)


def _item(library: Library, target: Target) -> Item:
    return Item(target, tuple((place, standing(library, place)) for place in _places(library, target.related)))


def _without_target(library: Library, targets: Iterable[Target]) -> Iterator[Item]:
    """Yield the places that rest on a document of the programme and that no target names."""
    named = {identifier for target in targets for identifier in target.related}
    documents = {str(identifier) for identifier in named if not isinstance(library.get(identifier), Place | type(None))}
    for kind in library.kinds():
        for record in library.records(kind):
            if isinstance(record, Place) and record.id not in named and _rests_on(record, documents):
                yield Item(None, ((record, standing(library, record)),))


def _rests_on(record: Record, documents: set[str]) -> bool:
    return any(source.ref in documents for source in record.sources)


def _places(library: Library, identifiers: Iterable[str]) -> Iterator[Place]:
    for identifier in identifiers:
        record = library.get(identifier)
        if isinstance(record, Place):
            yield record


def standing(library: Library, place: Place) -> str:
    """Return how a place stands: a platform's stage and from when that is known, else the highest level held."""
    if isinstance(place, Platform) and place.stage:
        return f"{place.stage_as_of}：{place.stage}" if place.stage_as_of else place.stage.label
    level = library.level(place)
    return level.label if level else ""


def _label(library: Library, kind: str) -> str:
    return "其他目标" if kind == Target.kind else library.kind_label(kind)


def _kind_of(item: Item) -> str:
    return item.places[0][0].kind if item.places else Target.kind

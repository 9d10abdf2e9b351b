"""The columns of the index: what names every document, and which documents have which attribute.

Names are few enough that the browser holds them all and looks through them. Attributes serve filters, counts and words like
省级 in a query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from macros.search.documents import SearchDocument
from macros.search.numbers import encode, encode_ascending

FacetColumn = dict[str, str]
"""Label → the numbers of the documents that have it, as ``encode_ascending`` writes them."""

_FEW = 64
"""A facet of up to this many labels is fetched with the index; of more, only when somebody filters by it."""


def catalogue(documents: Sequence[SearchDocument]) -> dict[str, Any]:
    """Describe the documents in columns.

    Args:
        documents: all documents, ordered by id.

    Returns:
        What ``catalogue.js`` reads: ``ids``, ``names`` (with aliases behind tabs), ``kinds``, ``urls`` (those that are
        not the kind and the id) and ``past`` (why they no longer count → documents).
    """
    numbered = list(enumerate(documents))
    return {
        "ids": "\n".join(front_coded(document.id for document in documents)),
        "names": "\n".join("\t".join(map(_line, (document.name, *document.aliases))) for document in documents),
        "kinds": _kinds(documents),
        "urls": {number: document.url for number, document in numbered if document.url != _usual_url(document)},
        "past": _facet_column(_past(documents)),
    }


def facet_tables(documents: Sequence[SearchDocument]) -> dict[str, FacetColumn]:
    """Turn the attributes of all documents around.

    Args:
        documents: all documents; a document's number is its place here.

    Returns:
        Facet → label → documents; facets and labels in order.
    """
    numbers: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, document in enumerate(documents):
        for facet, labels in document.attributes.items():
            for label in dict.fromkeys(labels):
                numbers[facet][label].append(number)
    return {facet: _facet_column(numbers[facet]) for facet in sorted(numbers)}


def is_short(facet: FacetColumn) -> bool:
    """Whether a facet has so few labels that every visitor may fetch it."""
    return len(facet) <= _FEW


def _past(documents: Sequence[SearchDocument]) -> dict[str, list[int]]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        if document.past:
            numbers[document.past].append(number)
    return numbers


def _usual_url(document: SearchDocument) -> str:
    return f"{document.kind}/{document.id}/"


def _kinds(documents: Sequence[SearchDocument]) -> list[list[str]]:
    """Rows of kind, label, documents."""
    labels = {document.kind: document.kind_label for document in documents}
    return [[kind, labels[kind], encode_ascending(_of_kind(documents, kind))] for kind in sorted(labels)]


def _of_kind(documents: Sequence[SearchDocument], kind: str) -> list[int]:
    return [number for number, document in enumerate(documents) if document.kind == kind]


def front_coded(ids: Iterable[str]) -> list[str]:
    """Each id as the number of characters it shares with the one before, and the rest."""
    lines, before = [], ""
    for one in ids:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, one, strict=False)))
        lines.append(encode(shared) + one[shared:])
        before = one
    return lines


def _line(name: str) -> str:
    """A name without the two characters that separate names here."""
    return " ".join(name.split())


def _facet_column(numbers: dict[str, list[int]]) -> FacetColumn:
    return {label: encode_ascending(numbers[label]) for label in sorted(numbers)}

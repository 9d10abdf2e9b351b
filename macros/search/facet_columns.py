"""Which documents have which attribute, for filters, counts and words like 省级 in a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from macros.search.documents import SearchDocument
from macros.search.numbers import encode_ascending

FacetColumn = dict[str, str]
"""Label → the numbers of the documents that have it, as ``encode_ascending`` writes them."""

_FEW = 64
"""A facet of up to this many labels is fetched with the index; of more, only when somebody filters by it."""


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
    return {facet: _encoded(numbers[facet]) for facet in sorted(numbers)}


def is_short(facet: FacetColumn) -> bool:
    """Whether a facet has so few labels that every visitor may fetch it."""
    return len(facet) <= _FEW


def _encoded(numbers: dict[str, list[int]]) -> FacetColumn:
    return {label: encode_ascending(numbers[label]) for label in sorted(numbers)}

"""Words that mean the same as others, for search."""

from __future__ import annotations

from collections.abc import Mapping

from macros.records.collection import Synonym
from macros.text.fold import fold

Synonyms = Mapping[str, Synonym]
"""Short form → what it means."""


def synonym_rows(synonyms: Synonyms) -> list[list[str | float]]:
    """The synonyms for the browser: rows of folded short form, folded meaning, weight, meaning as written; sorted."""
    rows = [(fold(short), fold(one.means), one.weight, one.means) for short, one in synonyms.items()]
    return [list(row) for row in sorted(rows)]

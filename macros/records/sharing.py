"""What many parts have in common is kept once.

pydantic gives every part a set of the names of the fields that its file sets: eleven sets of 0.2 to 2 KB for a record
of 800 characters. Nobody changes them, and few differ, so parts of one form share one. That saves 6 of 20 KB of a
record's memory, and costs 0.03 ms. It may go when pydantic keeps such sets smaller.
"""

from __future__ import annotations

from macros.records.parts import Part
from macros.records.walk import find

_SETS: dict[frozenset[str], set[str]] = {}
_MOST = 10_000


def share(part: Part) -> None:
    """Let a part and every part inside it share the sets of their fields with all others of the same form."""
    _share_set(part)
    for _, inner in find(part, (Part,)):
        _share_set(inner)


def _share_set(part: Part) -> None:
    own = part.model_fields_set
    form = frozenset(own)
    if form not in _SETS and len(_SETS) >= _MOST:
        return
    # It must stay a set: pydantic copies it before it changes a copied part, and a copied frozenset can't be changed.
    object.__setattr__(part, "__pydantic_fields_set__", _SETS.setdefault(form, own))

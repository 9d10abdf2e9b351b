"""List for every piece of text the documents that have it, in shards small enough to fetch a handful for each query.

There are two lists for a piece: documents whose own description has it, and documents that mention it in their longer
text. A question is answered by a description; a topic that half of all bodies mention in passing tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse

from macros.search.memory import Listed, Memory
from macros.search.numbers import encode_ascending
from macros.search.tokens import Piece, is_piece, pieces, shard_of, spelled

_SHARD_LENGTH = 4_000
"""Characters of a shard, about: half of it when compressed."""

_FEWEST_KEPT = 200
"""A list of up to this many documents is whole."""

_SHARE_KEPT = 8
"""A list is cut at this part of all documents: a piece that more of them have hardly tells one from another."""

_MANY_CHANGED = 8
"""If more than this part of all texts changed, listing all pieces anew is faster than looking for those they touch."""

Lists = dict[str, str]
"""Piece → the documents that have it, as ``encode_ascending`` writes them."""


class PostingLists:
    """For every piece the documents that have it, the first ones up to a limit.

    Args:
        limit: documents in a list, at most.
        wanted: the pieces that are listed; None for all.
    """

    def __init__(self, limit: int, wanted: set[Piece] | None = None) -> None:
        self._limit = limit
        self._documents: dict[Piece, list[int]] = {}
        self._wanted = wanted
        # What need not be looked at again, since its list is full or it is no piece: nine tenths of a text, soon.
        self._settled: set[Piece] = set()

    def add(self, document: int, text: str) -> None:
        """List a document under the pieces of its text; those added first are the ones kept."""
        found = pieces(text) if self._wanted is None else filter(self._wanted.__contains__, pieces(text))
        documents, limit = self._documents, self._limit
        for piece in set(filterfalse(self._settled.__contains__, found)):
            listed = documents.get(piece)
            if listed is None:
                self._begin(piece, document)
            else:
                listed.append(document)
                if len(listed) == limit:
                    self._settled.add(piece)

    def _begin(self, piece: Piece, document: int) -> None:
        if is_piece(piece):
            self._documents[piece] = [document]
        else:
            self._settled.add(piece)

    def encoded(self) -> Lists:
        """Return the lists; they are empty afterwards, so that two forms of all of them are never held at once."""
        lists: Lists = {}
        while self._documents:
            piece, documents = self._documents.popitem()
            lists[spelled(piece)] = encode_ascending(sorted(documents))
        return lists


def build_postings(descriptions: Sequence[str], bodies: Sequence[str], memory: Memory | None = None) -> list[str]:
    """List the pieces of all texts.

    Args:
        descriptions: the own description of each document.
        bodies: the longer text of each document; as many.
        memory: what the last build left, for this one to change.

    Returns:
        The shards: lines of piece, tab, documents by description, tab, documents by body.
    """
    memory = memory or Memory()
    limit = max(_FEWEST_KEPT, len(descriptions) // _SHARE_KEPT)
    memory.described = _listed(descriptions, limit, memory.described)
    memory.mentioned = _listed(bodies, _FEWEST_KEPT, memory.mentioned)
    return _shards(memory.described.lists, memory.mentioned.lists)


def _listed(texts: Sequence[str], limit: int, before: Listed | None) -> Listed:
    """List the pieces of texts, or mend the lists of before: one text of 10,000 changed takes half the time.

    A changed text moves documents only in the lists of the pieces that it has or had; those are made anew.
    """
    if before is None or len(before.texts) != len(texts):
        return Listed(texts, _lists(texts, limit))
    changed = [(old, new) for old, new in zip(before.texts, texts, strict=True) if old != new]
    if len(changed) > len(texts) // _MANY_CHANGED:
        return Listed(texts, _lists(texts, limit))
    touched = set(filter(is_piece, {piece for both in changed for text in both for piece in pieces(text)}))
    mended = _lists(texts, limit, touched) if touched else {}
    gone = set(map(spelled, touched)).difference(mended)
    return Listed(texts, {piece: documents for piece, documents in before.lists.items() if piece not in gone} | mended)


def _lists(texts: Sequence[str], limit: int, wanted: set[Piece] | None = None) -> Lists:
    """Short texts go first: where a list is cut, they say more about the piece than long ones."""
    lists = PostingLists(limit, wanted)
    lengths = [len(text) for text in texts]
    for document in sorted(range(len(lengths)), key=lambda number: (lengths[number], number)):
        lists.add(document, texts[document])
    return lists.encoded()


def _shards(described: Lists, mentioned: Lists) -> list[str]:
    listed = sorted(described.keys() | mentioned.keys())
    lines = [f"{piece}\t{described.get(piece, '')}\t{mentioned.get(piece, '')}" for piece in listed]
    shards: list[list[str]] = [[] for _ in range(sum(map(len, lines)) // _SHARD_LENGTH + 1)]
    for piece, line in zip(listed, lines, strict=True):
        shards[shard_of(piece, len(shards))].append(line)
    return ["\n".join(shard) for shard in shards]

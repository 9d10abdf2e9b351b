"""List for every piece of text the documents that have it, in shards small enough to fetch a handful for each query.

There are two lists for a piece: documents whose own description has it, and documents that mention it in their longer
text. A question is answered by a description; a topic that half of all bodies mention in passing tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from macros.search.grams import grams_by_sentence, shard_of
from macros.search.numbers import encode_ascending

_SHARD_LENGTH = 4_000
"""Characters of a shard, about: half of it when compressed."""

_FEWEST_KEPT = 200
"""A list of up to this many documents is whole."""

_SHARE_KEPT = 8
"""A list is cut at this part of all documents: a piece that more of them have hardly tells one from another."""


class PostingLists:
    """For every piece the documents that have it, the first ones up to a limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._documents: defaultdict[str, list[int]] = defaultdict(list)
        self._full: set[str] = set()

    def add(self, document: int, text: str) -> None:
        """List a document under the pieces of its text; those added first are the ones kept."""
        for pieces in grams_by_sentence(text):
            for piece in pieces - self._full:
                documents = self._documents[piece]
                if not documents or documents[-1] != document:
                    documents.append(document)
                    if len(documents) == self._limit:
                        self._full.add(piece)

    def pieces(self) -> set[str]:
        """Every piece that a document has."""
        return set(self._documents)

    def encoded(self, piece: str) -> str:
        """The documents kept; empty if none has the piece."""
        return encode_ascending(sorted(self._documents.get(piece, ())))


def build_postings(descriptions: Sequence[str], bodies: Sequence[str]) -> list[str]:
    """List the pieces of all texts.

    Args:
        descriptions: the own description of each document.
        bodies: the longer text of each document; as many.

    Returns:
        The shards: lines of piece, tab, documents by description, tab, documents by body.
    """
    described = _lists(descriptions, max(_FEWEST_KEPT, len(descriptions) // _SHARE_KEPT))
    mentioned = _lists(bodies, _FEWEST_KEPT)
    lines = list(_lines(described, mentioned))
    shards: list[list[str]] = [[] for _ in range(sum(map(len, lines)) // _SHARD_LENGTH + 1)]
    for line in lines:
        piece = line[: line.index("\t")]
        shards[shard_of(piece, len(shards))].append(line)
    return ["\n".join(shard) for shard in shards]


def _lists(texts: Sequence[str], limit: int) -> PostingLists:
    """Short texts go first: where a list is cut, they say more about the piece than long ones."""
    lists = PostingLists(limit)
    for document in sorted(range(len(texts)), key=lambda number: (len(texts[number]), number)):
        lists.add(document, texts[document])
    return lists


def _lines(described: PostingLists, mentioned: PostingLists) -> Iterator[str]:
    for piece in sorted(described.pieces() | mentioned.pieces()):
        yield f"{piece}\t{described.encoded(piece)}\t{mentioned.encoded(piece)}"

"""List for every piece of text the documents that have it, in shards small enough to fetch a handful for each query.

There are two lists for a piece: documents whose own description has it, and documents that mention it in their longer
text. A question is answered by a description; a topic that half of all bodies mention in passing tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse

from macros.search.numbers import encode_ascending
from macros.search.tokens import Piece, is_piece, pieces, shard_of, spelled

SHARD_LENGTH = 4_000
"""Characters of a shard, about: half of it when compressed."""

SHORTEST_CUT = 200
"""A list of up to this many documents is whole."""

LARGEST_PART = 8
"""A list is cut at this part of all documents: a piece that more of them have hardly tells one from another."""

PostingLists = dict[str, str]
"""Piece → the documents that have it, as ``encode_ascending`` writes them."""


def build_postings(descriptions: Sequence[str], bodies: Sequence[str]) -> list[str]:
    r"""List the pieces of all texts.

    Args:
        descriptions: the own description of each document.
        bodies: the longer text of each document; as many.

    Returns:
        The shards: lines of piece, tab, documents by description, tab, documents by body. A document is its place in
        the arguments; ``encode_ascending`` writes the numbers, 0 as A and 1 as B:

        >>> build_postings(["科普", "AI"], ["", "科普馆"])
        ['ai\tB\t\n普馆\t\tB\n科普\tA\tB']
    """
    limit = max(SHORTEST_CUT, len(descriptions) // LARGEST_PART)
    return _shards(_lists(descriptions, limit), _lists(bodies, SHORTEST_CUT))


def _lists(texts: Sequence[str], limit: int) -> PostingLists:
    """List up to so many documents for each piece; short texts go first, which say more about a piece than long ones."""
    listed: dict[Piece, list[int]] = {}
    # What need not be looked at again, since its list is full or it is no piece: nine tenths of a text, soon.
    finished: set[Piece] = set()
    lengths = [len(text) for text in texts]
    for document in sorted(range(len(lengths)), key=lambda number: (lengths[number], number)):
        for piece in set(filterfalse(finished.__contains__, pieces(texts[document]))):
            documents = listed.get(piece)
            if documents is not None:
                documents.append(document)
                if len(documents) == limit:
                    finished.add(piece)
            elif is_piece(piece):
                listed[piece] = [document]
            else:
                finished.add(piece)
    return _encoded(listed)


def _encoded(listed: dict[Piece, list[int]]) -> PostingLists:
    """Encode lists, and empty them meanwhile, so that two forms of all of them are never held at once."""
    lists: PostingLists = {}
    while listed:
        piece, documents = listed.popitem()
        lists[spelled(piece)] = encode_ascending(sorted(documents))
    return lists


def _shards(described: PostingLists, mentioned: PostingLists) -> list[str]:
    listed = sorted(described.keys() | mentioned.keys())
    lines = [f"{piece}\t{described.get(piece, '')}\t{mentioned.get(piece, '')}" for piece in listed]
    shards: list[list[str]] = [[] for _ in range(sum(map(len, lines)) // SHARD_LENGTH + 1)]
    for piece, line in zip(listed, lines, strict=True):
        shards[shard_of(piece, len(shards))].append(line)
    return ["\n".join(shard) for shard in shards]

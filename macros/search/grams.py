"""Cut text into the pieces that the index lists: neighbouring pairs of Chinese characters, and Latin words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from macros.text.fold import fold

_RUN = re.compile(r"[\u3007\u3400-\u9fff]{2,}|[a-z0-9]+")
_SENTENCE = re.compile(r"[。！？；!?;\n]+")


def grams_by_sentence(text: str) -> Iterator[frozenset[str]]:
    """The pieces of a text.

    Args:
        text: any text; it is folded here.

    Yields:
        Of each sentence its pairs of neighbouring Chinese characters, its Latin words and its numbers, folded.
    """
    return map(_of_sentence, _SENTENCE.split(text))


def shard_of(gram: str, shards: int) -> int:
    """The shard that lists a piece; ``postings.js`` works out the same."""
    digest = 0
    for character in gram:
        digest = (digest * 31 + ord(character)) % 65521
    return digest % shards


@lru_cache(maxsize=20_000)
def _of_sentence(sentence: str) -> frozenset[str]:
    """Cached, because the sentences of an administration repeat themselves: 周一闭馆，法定节假日照常开放。"""
    pieces: set[str] = set()
    for run in _RUN.findall(fold(sentence)):
        pieces.update((run,) if run[0] <= "z" else map(str.__add__, run, run[1:]))
    return frozenset(pieces)

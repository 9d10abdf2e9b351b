"""The stamp of a base in the passport: what stands in its file in place of the word that hangs on its wall.

The browser that checks a word does the same (``overrides/assets/javascripts/passport/word_hash.js``): PBKDF2 with HMAC-SHA-256
(RFC 8018), 16 bytes. Whoever guesses words may still find a short one; docs/dev/decisions.md, 60, says why that is all right.
"""

from __future__ import annotations

import hashlib
import unicodedata

from macros.records.model.fields import STAMP_VERSION

ROUNDS = 50_000
"""Rounds of the hash: a fifth of a second on a desk, some two seconds on an old telephone."""

FEWEST_CHARACTERS = 2
"""Letters and numbers of a word: with one, a few thousand guesses are all there is."""


def bare_word(word: str) -> str:
    """Return a word as it is compared: letters and numbers alone, without case and width.

    >>> bare_word(" 凉瓜 ２０２６！")
    '凉瓜2026'
    """
    characters = unicodedata.normalize("NFKC", word).lower()
    return "".join(character for character in characters if unicodedata.category(character)[0] in "LN")


def objection(word: str) -> str:
    """Say in Chinese why a word is no good on a wall; empty if it is."""
    if len(bare_word(word)) >= FEWEST_CHARACTERS:
        return ""
    return f"词 “{word}” 太短，一猜就中；至少要有 {FEWEST_CHARACTERS} 个字，四个以上更好"


def stamp_of(identifier: str, word: str) -> str:
    """Return what an editor writes into ``passport.stamp``.

    Args:
        identifier: id of the base; it stays part of the stamp when the base gets another id.
        word: the word on the wall.
    """
    salt = f"kepu-passport:{identifier}"
    digest = hashlib.pbkdf2_hmac("sha256", bare_word(word).encode(), salt.encode(), ROUNDS, dklen=16)
    return f"{STAMP_VERSION}-{identifier}-{digest.hex()}"

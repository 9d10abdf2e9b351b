"""Relative addresses, so that the site works under any base path."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote


def relative(target: str, source: str) -> str:
    """Return the address of a page or file as seen from another page.

    Args:
        target: address relative to the site's root; empty for the start page; may end with ``#anchor``.
        source: address of the page on which the link stands, with a final slash or empty.
    """
    path, hash_sign, anchor = target.partition("#")
    return ("../" * source.count("/") + _quoted(path) or "./") + hash_sign + anchor


# The same few thousand addresses stand on all pages.
_quoted = lru_cache(maxsize=65_536)(quote)

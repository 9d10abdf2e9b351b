"""Relative addresses, so that the site works under any base path."""

from __future__ import annotations

from urllib.parse import quote


def relative(target: str, source: str) -> str:
    """Return the address of a page or file as seen from another page.

    Args:
        target: address relative to the site's root; empty for the start page; may end with ``#anchor``.
        source: address of the page on which the link stands, with a final slash or empty.
    """
    path, hash_sign, anchor = target.partition("#")
    return ("../" * source.count("/") + quote(path) or "./") + hash_sign + anchor

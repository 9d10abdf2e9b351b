"""The pictures of a page: each with its width and height, so that the text does not jump when pictures come; those of which
smaller ones are made offer them, and all but the first wait until a reader comes near.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from macros.media.dimensions import Dimensions
from macros.pages.picture_files import PictureFacts, SmallerPictures

FactsOf = Callable[[str], PictureFacts]
"""Gives what is known of a picture by its path below the site's root."""
Offer = Callable[[Mapping[str, Any]], str]
"""Gives the markup of a picture that offers smaller ones: of its tag (``image``), of those with their widths (``candidates``), and of
the width at which it is shown (``shown``), empty if its template does not say it."""

_OPENING = re.compile(r"<img(?=[\s/>])", re.IGNORECASE)
_REST = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def with_pictures(html: str, address: str, facts_of: FactsOf, offer: Offer) -> str:
    """Return HTML with the size on each picture that does not say both itself, and the smaller pictures that there are.

    Args:
        html: a part of a page.
        address: the page's address, from which the pictures' lead on.
        facts_of: knows the files.
        offer: makes the markup.
    """
    pieces, place = [], 0
    while found := _OPENING.search(html, place):
        rest = _REST.match(html, found.end())
        if rest is None:
            break
        pieces.append(html[place : found.start()])
        pieces.append(_picture(found[0], rest[0][:-1], address, facts_of, offer, is_first=len(pieces) < 2))
        place = rest.end()
    return "".join([*pieces, html[place:]])


def _picture(opening: str, written: str, address: str, facts_of: FactsOf, offer: Offer, *, is_first: bool) -> str:
    named = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(written)}
    facts = facts_of(_path(address, unescape(named.get("src", ""))))
    added = _sizes(named, facts.size)
    if not is_first and "loading" not in named:
        added += ' loading="lazy" decoding="async"'
    if "sizes" in named:
        # It goes with what a browser chooses from.
        written = _ATTRIBUTE.sub(lambda match: "" if match[1].lower() == "sizes" else match[0], written).rstrip()
    if facts.smaller is None:
        return _tag(opening, written, added)
    if facts.smaller.fallback:
        written = _with_source(written, _relative(facts.smaller.fallback, address))
    width = named.get("width", "").strip()
    shown = f"{width}px" if width.isdecimal() else unescape(named.get("sizes", ""))
    image = Markup(_tag(opening, written, added))
    return offer({"image": image, "candidates": _candidates(facts.smaller, address), "shown": shown})


def _tag(opening: str, written: str, added: str) -> str:
    if not added:
        return f"{opening}{written}>"
    end = " /" if written.endswith("/") else ""
    return f"{opening}{written.removesuffix('/').rstrip()}{added}{end}>"


def _sizes(named: dict[str, str], size: Dimensions | None) -> str:
    """Return the attributes that say a picture's size; if one side is said, the other follows from it."""
    said = {name: named[name].strip() for name in ("width", "height") if name in named}
    if size is None or len(said) == 2 or not all(number.isdecimal() and int(number) for number in said.values()):
        return ""
    width = int(said["width"]) if "width" in said else None
    height = int(said["height"]) if "height" in said else None
    width, height = (
        width or round((height or size.height) * size.width / size.height),
        height or round((width or size.width) * size.height / size.width),
    )
    return "".join(
        f' {name}="{max(1, value)}"' for name, value in (("width", width), ("height", height)) if name not in said
    )


def _with_source(written: str, source: str) -> str:
    return _ATTRIBUTE.sub(lambda found: f'src="{escape(source)}"' if found[1].lower() == "src" else found[0], written)


def _candidates(smaller: SmallerPictures, address: str) -> str:
    """Return a list of pictures with their widths, as browsers choose from it (HTML, section 4.8.4.2.1)."""
    return ", ".join(f"{_relative(path, address)} {width}w" for width, path in smaller.widths.items())


def _relative(path: str, address: str) -> str:
    return "../" * address.count("/") + quote(path)


def _path(address: str, written: str) -> str:
    """Return the path below the site's root to which an address leads from a page; empty if it leads elsewhere."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    return posixpath.normpath(posixpath.join(address, unquote(parts.path)))

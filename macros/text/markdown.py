r"""CommonMark with tables, read by pyromark: HTML out of it, and every piece of markup with its place.

>>> to_html("**预约** [官网](https://e.example/甲)")
'<p><strong>预约</strong> <a href="https://e.example/%E7%94%B2">官网</a></p>\n'
>>> to_html("<b>预约</b>")
'<p>&lt;b&gt;预约&lt;/b&gt;</p>\n'
>>> [(piece.line, piece.column, piece.text) for piece in find_markup("**预约** <b>\n[基地](id:luyuan)")]
[(1, 8, '<b>'), (2, 6, 'id:luyuan')]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import quote

import pyromark

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES)
_RAW_HTML = frozenset(("Html", "InlineHtml"))
_LEFT_IN_ADDRESSES = "!#$%&'()*+,-./:;=?@_~"
_LESS = "\ufdd1"
_BOX = re.compile(r"<(pre|table)(?=[ >])(?![^<>]* tabindex=)")
_ALIGNED = re.compile(r'(<t[hd]) style="text-align: ([a-z]+)">')


def to_html(source: str) -> str:
    """Turn CommonMark into HTML that holds nothing but text and tags made by the parser; which addresses may stay, is open.

    A text with raw HTML is read again without ``<``, so that the HTML comes out as text. Columns are aligned by an attribute,
    since pages allow no styles of their own.

    Args:
        source: the text; half characters (lone surrogates) become question marks.
    """
    text = _encodable(source)
    return align_columns(
        _PARSER.html(text.replace("<", _LESS) if holds_raw_html(text) else text).replace(_LESS, "&lt;")
    )


def align_columns(html: str) -> str:
    """Return HTML of the parser with columns aligned by an attribute instead of a style."""
    return _ALIGNED.sub(r'\1 align="\2">', html) if "<table" in html else html


def let_boxes_be_reached(html: str) -> str:
    """Return HTML in which keys reach what may be wider than the screen and scrolls in a box of its own (WCAG 2.1.1)."""
    return _BOX.sub(r'<\1 tabindex="0"', html) if "<pre" in html or "<table" in html else html


def holds_raw_html(source: str) -> bool:
    """Tell whether a text holds raw HTML."""
    return "<" in source and any(_name_of(event) in _RAW_HTML for event in _PARSER.events(_encodable(source)))


def _encodable(source: str) -> str:
    return source.encode("utf-8", "replace").decode("utf-8")


def _name_of(event: Any) -> str:
    return event if isinstance(event, str) else next(iter(event))


class Pieces(NamedTuple):
    """Where a text stays as it was typed, and where its code is.

    Attributes:
        source: the text.
        texts: runs of text outside code in their order, the beginning and the end of each, in bytes.
        fences: the same of blocks of code between fences, with the fences, in characters.
    """

    source: str
    texts: tuple[tuple[int, int], ...]
    fences: tuple[tuple[int, int], ...]

    def is_text(self, offset: int) -> bool:
        """Tell whether a character, by its place, comes out as it is."""
        place = len(self.source[:offset].encode())
        position = bisect_right(self.texts, place, key=itemgetter(0)) - 1
        return position >= 0 and place < self.texts[position][1]


def pieces(source: str) -> Pieces:
    """Return the pieces of a text that are no markup."""
    texts: list[tuple[int, int]] = []
    fences: list[tuple[int, int]] = []
    inside = False
    source = _encodable(source)
    encoded = source.encode()
    for event, span in _PARSER.events_with_range(source, merge_text=True):
        name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        if name == "Text" and not inside:
            texts.append((span["start"], span["end"]))
        elif value == "CodeBlock" or (isinstance(value, dict) and "CodeBlock" in value):
            inside = name == "Start"
            if inside and "Fenced" in str(value):
                place = len(encoded[: span["start"]].decode())
                fences.append((place, place + len(encoded[span["start"] : span["end"]].decode())))
    return Pieces(source, tuple(texts), tuple(fences))


class MarkupKind(StrEnum):
    """What a piece of markup is."""

    HTML = "raw HTML"
    IMAGE = "image"
    LINK = "link"
    UNUSED = "definition of an address that nothing uses"


class MarkupPiece(NamedTuple):
    """One piece of markup.

    Attributes:
        line: line of its address or its ``<``, from 1.
        column: column in characters, from 1.
        kind: what it is.
        text: the address as Markdown understands it, percent-encoded; of raw HTML, its beginning.
    """

    line: int
    column: int
    kind: MarkupKind
    text: str


_MAY_BE_MARKUP = re.compile(r"<|\][(:]")
_ADDRESS = rb"[ \t\v\f]*(?:\r?\n[ \t>]*)?"
_INLINE_ADDRESS = re.compile(rb"\]\(" + _ADDRESS)
_DEFINED_ADDRESS = re.compile(rb"(?:[^\]\\]|\\.)*\]:" + _ADDRESS, re.DOTALL)
_TAG = re.compile(rb"<(?=[A-Za-z/!?])")
_LINE_END = re.compile(r"\r\n?|\n")
_BEGINNING = re.compile(r"<[^\s>]{0,60}>?")


@lru_cache(maxsize=256)
def find_markup(source: str) -> tuple[MarkupPiece, ...]:
    """Return every piece of raw HTML, every link and every image of a text, in the order of their places.

    Links that share a definition have one place, that of the address in the definition.
    """
    if not _MAY_BE_MARKUP.search(source):
        return ()
    return tuple(_Finder(_encodable(source)).find())


class _Finder:
    """The search for markup in one text; until all is found, places are offsets in its bytes, as the parser has them.

    Attributes:
        found: place, kind and address of what was found.
        open: beginnings of links and images whose end has not come yet.
        read: where what was read of the innermost of them ends, its own brackets left out.
        definitions: label of each definition → place of its address.
        used: labels of those that a link or an image uses.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.bytes = source.encode()
        self.found: set[tuple[int, MarkupKind, str]] = set()
        self.open: list[Any] = []
        self.read = 0
        definitions = _PARSER.reference_definitions(source) if "]:" in source else {}
        self.definitions = {_label(name): self.defined_at(link["span"]["start"]) for name, link in definitions.items()}
        self.used: set[str] = set()

    def defined_at(self, start: int) -> int:
        """Return the place of the address in a definition."""
        match = _DEFINED_ADDRESS.match(self.bytes, start)
        return match.end() if match else start

    def find(self) -> Iterator[MarkupPiece]:
        """Yield all markup in the order of the places."""
        for event, span in _PARSER.events_with_range(self.source, merge_text=True):
            if not isinstance(event, str):
                self.event(event, span["start"], span["end"])
        unused = self.definitions.keys() - self.used
        self.found.update((self.definitions[label], MarkupKind.UNUSED, "") for label in unused)
        line_starts = [0, *(end.end() for end in _LINE_END.finditer(self.source))]
        place = passed = 0
        for offset, kind, address in sorted(self.found):
            place, passed = place + len(self.bytes[passed:offset].decode()), offset
            line = bisect_right(line_starts, place)
            beginning = _BEGINNING.match(self.source, place) if kind is MarkupKind.HTML else None
            yield MarkupPiece(line, place - line_starts[line - 1] + 1, kind, beginning[0] if beginning else address)

    def event(self, event: Any, start: int, end: int) -> None:
        """Take in what the parser tells of a part of the text."""
        ((name, tag),) = event.items()
        if name == "Start":
            if isinstance(tag, dict) and (link := tag.get("Link") or tag.get("Image")):
                self.open.append(link)
                self.read = start + 1
            return
        if name == "End" and tag in ("Link", "Image"):
            kind = MarkupKind.LINK if tag == "Link" else MarkupKind.IMAGE
            self.found.add(self.closed(kind, self.open.pop(), start))
        elif name in _RAW_HTML and (match := _TAG.search(self.bytes, start, end)):
            self.found.add((match.start(), MarkupKind.HTML, ""))
        self.read = end

    def closed(self, kind: MarkupKind, link: Any, start: int) -> tuple[int, MarkupKind, str]:
        """Return a link or an image with the place of its address; all of its text was read."""
        form, label, place = link["link_type"], _label(link["id"]), start
        if form == "Inline":
            match = _INLINE_ADDRESS.search(self.bytes, self.read)
            place = match.end() if match else start
        elif label in self.definitions:
            self.used.add(label)
            place = self.definitions[label]
        scheme = "mailto:" if form == "Email" else ""
        return place, kind, scheme + quote(link["dest_url"], safe=_LEFT_IN_ADDRESSES)


def _label(text: str) -> str:
    """Return the label of a definition so that two ways of writing it are equal."""
    return " ".join(text.split()).casefold()

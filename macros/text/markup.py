"""Find raw HTML, links and images in prose, with the place where each stands.

cmark knows best what is markup, but its binding tells no places. So whatever may be markup gets a number that cmark
carries along, the text is rendered, and the numbers that come out as markup tell what and where it is. Addresses carry
``zq7qz`` in front; a tag is followed by white space, one space or tab for each binary digit of its number, the one
thing that HTML and CommonMark allow behind each beginning of raw HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from macros.text import commonmark


class Kind(StrEnum):
    """What a piece of markup is."""

    HTML = "raw HTML"
    IMAGE = "image"
    LINK = "link"
    UNUSED = "definition of an address that nothing uses"


class Markup(NamedTuple):
    """One piece of markup.

    Attributes:
        line: line of its address or its ``<``, from 1.
        column: column in characters, from 1.
        kind: what it is.
        text: the address as cmark understood it, percent-encoded; of raw HTML, its beginning.
    """

    line: int
    column: int
    kind: Kind
    text: str


class _Found(NamedTuple):
    place: int
    kind: Kind
    text: str


_ESCAPE = r"\\[!-/:-@\[-`{-~]"
_SPACE = r"[ \t\v\f]*"
_NEXT_LINE = r"(?:\r\n?|\n)[ \t>]*(?=[^ \t\v\f\r\n#>*+=~`|:_0-9-])"
_ADDRESS = re.compile(
    rf"{_ESCAPE}"
    rf"|(?P<opening>\](?P<form>[(:]){_SPACE}(?:{_NEXT_LINE})?(?:(?P<angle><)|(?=[^ \t\v\f\r\n])))"
    r"|(?P<autolink><)(?=[A-Za-z][A-Za-z0-9+.-]{1,20}:)"
)
_HREF_OR_SRC = re.compile(r'<a href="(?P<link>[^"]*)"|<img src="(?P<image>[^"]*)"')
_NUMBER = re.compile(r"zq(\d{1,6})qz")
_LABEL = re.compile(r"(?<!\\)\[(?:[^\[\]\\<]|\\.){1,999}\](?=:)", re.DOTALL)

_VERBATIM = r"</(?i:pre|script|style|textarea)\b"
"""Closing tags that end a block of raw HTML only as they stand, without white space (CommonMark 0.29, section 4.6)."""
_TAG = rf"(?!{_VERBATIM})<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|\Z)|!--(?!-?>)|\?(?!>)|![A-Za-z]+|!\[CDATA\[)"
_DIGITS = 17
_BINARY = str.maketrans("01", " \t")
_DECIMAL = str.maketrans(" \t", "01")
_TAG_OR_ESCAPE = re.compile(rf"{_ESCAPE}|(?P<tag>{_TAG})")
_NUMBERED_TAG = re.compile(rf"{_TAG}([ \t]{{{_DIGITS}}})")
_OTHER_HTML = re.compile(rf"{_VERBATIM}|<!---?>|<\?>|<")
_BEGINNING = re.compile(r"<[^\s>]{0,60}>?")

_MAY_BE_MARKUP = re.compile(r"<|\][(:]")
_LINE_END = re.compile(r"\r\n?|\n")


@lru_cache(maxsize=256)
def find_markup(source: str) -> tuple[Markup, ...]:
    """Return every piece of raw HTML, every link and every image of a text, in the order of their places."""
    if not _MAY_BE_MARKUP.search(source):
        return ()
    line_starts = [0, *(end.end() for end in _LINE_END.finditer(source))]
    found = sorted({*_Addresses(source).find(), *_raw_html(source)})
    lines = [bisect_right(line_starts, place) for place, _, _ in found]
    return tuple(
        Markup(line, place - line_starts[line - 1] + 1, kind, text)
        for line, (place, kind, text) in zip(lines, found, strict=True)
    )


class _Addresses:
    """The search for links and images in one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: list[int] = []
        self.definitions: list[int] = []
        self.uses: Counter[int] = Counter()

    def find(self) -> Iterator[_Found]:
        """Yield links and images; a definition that comes out once is used by nothing but `using_definitions`."""
        html = commonmark.to_html(self.using_definitions() + _ADDRESS.sub(self.numbered, self.source))
        for found in _HREF_OR_SRC.finditer(html):
            kind = Kind.LINK if found["image"] is None else Kind.IMAGE
            yield self.placed(kind, unescape(found["link"] or found["image"] or ""))
        for number in self.definitions:
            if self.uses[number] == 1:
                yield _Found(self.places[number], Kind.UNUSED, "")

    def using_definitions(self) -> str:
        """Return paragraphs that use each definition once, since an address comes out only where it is used."""
        labels = _LABEL.findall(self.source) if "]:" in self.source else []
        return "".join(f"{label}\n\n" for label in dict.fromkeys(" ".join(label.split()) for label in labels))

    def numbered(self, candidate: re.Match[str]) -> str:
        """Return a candidate with its number; remember its place."""
        if candidate.lastgroup is None:
            return candidate[0]
        if candidate["form"] == ":":
            self.definitions.append(len(self.places))
        self.places.append(candidate.end() - len(candidate["angle"] or candidate["autolink"] or ""))
        return f"{candidate[0]}zq{len(self.places) - 1}qz"

    def placed(self, kind: Kind, address: str) -> _Found:
        """Take the number out of an address; one without, or with one that an author made up, is looked for."""
        number = _NUMBER.search(address)
        if number is None or int(number[1]) >= len(self.places):
            return _Found(max(self.source.find(address), 0), kind, address)
        self.uses[int(number[1])] += 1
        return _Found(self.places[int(number[1])], kind, address.replace(number[0], "", 1))


def _raw_html(source: str) -> Iterator[_Found]:
    """Yield raw HTML; where a number would hide it from cmark, at least the most likely place."""
    if "<" not in source or commonmark.OMITTED not in commonmark.to_html(source):
        return
    places: list[int] = []

    def numbered(candidate: re.Match[str]) -> str:
        if not candidate["tag"]:
            return candidate[0]
        places.append(candidate.start())
        return candidate[0] + f"{len(places) - 1:0{_DIGITS}b}".translate(_BINARY)

    html = commonmark.to_html(_TAG_OR_ESCAPE.sub(numbered, source), keep_raw_html=True)
    numbers = [int(spaces.translate(_DECIMAL), 2) for spaces in _NUMBERED_TAG.findall(html)]
    if not numbers:
        other = min(_OTHER_HTML.finditer(source), key=lambda found: (found[0] == "<", found.start()))
        numbers, places = [0], [other.start()]
    for number in numbers:
        beginning = _BEGINNING.match(source, places[number])
        yield _Found(places[number], Kind.HTML, beginning[0] if beginning else "<")

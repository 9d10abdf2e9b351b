r"""CommonMark of pages by hand: as GitHub and editor programs show it, with HTML, and with names of headings.

It is the Markdown of records (`macros.text.markdown`) with three things more: HTML stays HTML, a heading may be followed by
its name, and a link by its class. Whether the HTML may stay is for `macros.text.elements` to say.

>>> to_html("## 甲 {#a}\n展厅有：\n- [乙](b/){: .more }\n")
'<h2 id="a">甲</h2>\n<p>展厅有：</p>\n<ul>\n<li><a class="more" href="b/">乙</a></li>\n</ul>\n'
>>> [(heading.offset, heading.level) for heading in read("甲\n\n# 乙\n").headings]
[(3, 1)]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

import pyromark

from macros.text import elements, typesetting
from macros.text.markdown import align_columns

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_HEADING_ATTRIBUTES)
_LISTED = re.compile(r"(?P<before></a>| ?/>|\n)\{:?[ ]*(?P<list>[.#a-zA-Z][^{}<>\n]*)\}(?P<end></p>)?")
_ENTRY = re.compile(r"""([.#])([\w-]+)(?=\s|$)|(?<![\w-])([a-zA-Z][\w-]*)=("[^"]*"|'[^']*'|[^\s"']+)(?=\s|$)""")
_HEADING = re.compile(r"<h([1-6])((?: [^ =>]+=\"[^\"]*\")*)>(.*?)</h\1>", re.DOTALL)
_IDENTIFIER = re.compile(r' id="([^"]*)"')
_ANY_TAG = re.compile(r"</?[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>")
_NOT_IN_NAMES = re.compile(r"[^\w\- ]")
_FIGURE = re.compile(r"<(figure|svg)\b.*?</\1>", re.DOTALL)
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>")


class RawHtml(NamedTuple):
    """A piece of HTML in Markdown.

    Attributes:
        text: the HTML, without the marks of quotations and lists that it stands in.
        places: where each of its lines begins: offset in the text, offset in the Markdown.
    """

    text: str
    places: tuple[tuple[int, int], ...]

    def offset(self, place: int) -> int:
        """Return the offset in the Markdown of a place in the text."""
        begun = [(inside, outside) for inside, outside in self.places if inside <= place]
        return begun[-1][1] + place - begun[-1][0]


class HeadingMark(NamedTuple):
    """A heading: where it begins and ends in the Markdown, in characters, its level, and the name that it is given."""

    offset: int
    end: int
    level: int
    identifier: str


class PageMarks(NamedTuple):
    """What of a page's Markdown must be looked at before it is published: HTML, headings, comments that are shown as text."""

    html: tuple[RawHtml, ...]
    headings: tuple[HeadingMark, ...]
    unclosed: tuple[int, ...] = ()


def read(source: str) -> PageMarks:
    """Return the HTML and the headings of a page's Markdown, in their order."""
    html: list[RawHtml] = []
    headings: list[HeadingMark] = []
    unclosed: list[int] = []
    in_code = False
    lines: list[tuple[str, int]] | None = None
    place = _Offsets(source)
    for event, span in _PARSER.events_with_range(source, merge_text=True):
        if isinstance(event, str):
            continue
        name: str
        value: Any
        ((name, value),) = event.items()
        if name == "InlineHtml" or (name == "Html" and lines is None):
            html.append(RawHtml(value, ((0, place.of(span["start"])),)))
        elif name == "Html" and lines is not None:
            lines.append((value, place.of(span["start"])))
        elif name == "Start" and value == "HtmlBlock":
            lines = []
        elif name == "End" and value == "HtmlBlock":
            html.append(_joined(lines or []))
            lines = None
        elif name == "Text" and "<!--" in value and not in_code:
            offset = source.find("<!--", place.of(span["start"]), place.of(span["end"]))
            unclosed += [offset] if offset >= 0 and source[offset - 1 : offset] != "\\" else []
        elif name in ("Start", "End") and "CodeBlock" in value:
            in_code = name == "Start"
        elif name == "Start" and isinstance(value, dict) and (heading := value.get("Heading")):
            headings.append(_heading(heading, place.of(span["start"]), place.of(span["end"])))
    return PageMarks(tuple(html), tuple(headings), tuple(unclosed))


def comments(source: str) -> Iterator[tuple[int, int]]:
    """Yield where comments of HTML begin and end in Markdown, in characters; one that is never closed goes to its end."""
    if "<!--" not in source:
        return
    marks = read(source)
    yield from ((offset, len(source)) for offset in marks.unclosed)
    for piece in marks.html:
        for found in elements.COMMENT.finditer(piece.text):
            # The last line of a comment begins where it begins in the Markdown, whatever marks stand before it.
            yield piece.offset(found.start()), piece.offset(found.end() - 1) + 1


class _Offsets:
    """Turns offsets in bytes into offsets in characters; those that grow cost nothing that was counted before."""

    def __init__(self, source: str) -> None:
        self._bytes = source.encode()
        self._counted = (0, 0)

    def of(self, offset: int) -> int:
        before, characters = self._counted if self._counted[0] <= offset else (0, 0)
        characters += len(self._bytes[before:offset].decode())
        self._counted = (offset, characters)
        return characters


def _joined(lines: Iterable[tuple[str, int]]) -> RawHtml:
    text, places, length = [], [], 0
    for line, offset in lines:
        places.append((length, offset))
        text.append(line)
        length += len(line)
    return RawHtml("".join(text), tuple(places))


def _heading(value: Any, start: int, end: int) -> HeadingMark:
    return HeadingMark(start, end, int(value["level"][1:]), value["id"] or "")


def to_html(source: str) -> str:
    """Turn a page's Markdown into HTML; its own HTML is in it as it was written."""
    html = align_columns(_PARSER.html(typesetting.mend_emphasis(source)))
    html = typesetting.take_joiners_out(html)
    return _with_lists(html) if "{" in html else html


def _with_lists(html: str) -> str:
    """Give links, pictures and paragraphs the attributes that are listed behind them: ``[x](y){: .more }``."""
    pieces: list[str] = []
    position = 0
    for found in _LISTED.finditer(html):
        opening = {"</a>": "<a", "\n": "<p"}.get(found["before"], "<img")
        listed = _attributes(found["list"])
        start = html.rfind(f"{opening}>" if opening == "<p" else f"{opening} ", position, found.start())
        if start < 0 or not listed or (opening == "<p" and not found["end"]):
            continue
        behind = start + len(opening)
        before = "" if opening == "<p" else found["before"]
        pieces += [html[position:behind], listed, html[behind : found.start()], before, found["end"] or ""]
        position = found.end()
    return "".join([*pieces, html[position:]])


def _attributes(listed: str) -> str:
    """Return a list of attributes, ``.more #top width=300``, as HTML; empty if it is none."""
    if _ENTRY.sub("", listed).strip():
        return ""
    classes, others = [], {}
    for sign, word, name, value in _ENTRY.findall(listed):
        if sign == ".":
            classes.append(word)
        else:
            others["id" if sign else name] = word or value.strip("\"'")
    named = {"class": " ".join(classes), **others} if classes else others
    return "".join(f' {name}="{value}"' for name, value in named.items())


def name_headings(html: str) -> str:
    """Give every heading of well-formed HTML a name that links can lead to: its words, without signs.

    Names are those that pages had under Python-Markdown (``toc`` with ``pymdownx.slugs``), so that links from elsewhere stay.
    """
    taken = set(_IDENTIFIER.findall(html))
    counts: dict[str, int] = {}

    def named(heading: re.Match[str]) -> str:
        if _IDENTIFIER.search(heading[2]):
            return heading[0]
        name = _unique(_name(heading[3]), taken, counts)
        return f'<h{heading[1]} id="{name}"{heading[2]}>{heading[3]}</h{heading[1]}>'

    return _HEADING.sub(named, html)


def _name(html: str) -> str:
    text = unicodedata.normalize("NFC", unescape(_ANY_TAG.sub("", html)))
    return _NOT_IN_NAMES.sub("", text).strip().lower().replace(" ", "-")


def _unique(name: str, taken: set[str], counts: dict[str, int]) -> str:
    if name and name not in taken:
        taken.add(name)
        return name
    stem, _, number = name.rpartition("_")
    base, first = (stem, int(number)) if stem and number.isdecimal() else (name, 0)
    count = max(counts.get(base, 0), first)
    while f"{base}_{(count := count + 1)}" in taken:
        pass
    counts[base] = count
    taken.add(f"{base}_{count}")
    return f"{base}_{count}"


def text_of(html: str) -> str:
    """Return the text of well-formed HTML without tags and drawings, on one line, for search."""
    lines = _ANY_TAG.sub("\n", _INLINE_TAG.sub("", _FIGURE.sub("\n", html)))
    return typesetting.join(line.strip() for line in unescape(lines).splitlines())

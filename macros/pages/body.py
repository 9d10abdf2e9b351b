"""The body of a page by hand: from its Markdown to HTML that may be published, with all that it names and where.

Markdown → the HTML that is on the list (`macros.text.elements`) → addresses as they lead from the page → names of headings →
Chinese line ends → the macros' output. Only the last comes from our templates and holds more than the list allows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain

from macros.pages.handwritten import HandwrittenPage
from macros.pages.inline import IN_ATTRIBUTE_MESSAGE, Expansion
from macros.records.model.terms import shorten
from macros.records.problems import Problem, ProblemsFound
from macros.text import elements, half_markup, page_markup, typesetting
from macros.text.elements import HtmlFault
from macros.text.markdown import MarkupKind, find_markup, let_boxes_be_reached
from macros.text.page_markup import PageMarks

Address = Callable[[str], str]
"""Gives what stands in the page for an address as an editor wrote it."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_MOST_FAULTS = 20
_PICTURES = frozenset({"img", "audio", "video", "source", "track"})
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);", re.IGNORECASE)
_OUTER_TAG = re.compile(r"<[^<>]*>")
_MAIN_HEADING = re.compile(r"(</?h)1(?=[ >])")
_HEADING_ELEMENT = re.compile(r"<h1[\s>]", re.IGNORECASE)


@dataclass(frozen=True)
class PageLink:
    """An address that a page names.

    Attributes:
        address: as it is written, percent-encoded or not, character references resolved.
        is_file: whether a browser fetches it with the page, as a picture; else a reader follows it.
        line: line of the file, from 1.
        column: column in characters, from 1.
    """

    address: str
    is_file: bool
    line: int
    column: int


@dataclass(frozen=True)
class Mark:
    """A heading of the highest level, or a name that links can lead to, with its place in the file."""

    name: str
    line: int
    column: int


@dataclass(frozen=True)
class Body:
    """What a page by hand says.

    Attributes:
        page: the page.
        html: its HTML, macros filled in.
        links: the addresses in its Markdown and its own HTML, in their order.
        headings: its headings of the highest level.
        names: the names that its editor gave to places.
    """

    page: HandwrittenPage
    html: str
    links: tuple[PageLink, ...]
    headings: tuple[Mark, ...]
    names: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """Its text, for search."""
        return page_markup.text_of(self.html)


def make_body(expansion: Expansion, address: Address) -> Body:
    """Turn a page's Markdown into what is published.

    Args:
        expansion: the page with its macros worked out.
        address: gives what stands in the page for an address.

    Raises:
        ProblemsFound: the page holds what no page may hold, such as a script; each is told at its place.
    """
    marks = page_markup.read(expansion.markdown)
    checks = (
        _invisible(expansion.page),
        _unsafe(expansion, marks),
        _half_made(expansion),
        _macros_in_headings(expansion, marks),
    )
    if found := list(chain.from_iterable(checks)):
        raise ProblemsFound(found)
    made = page_markup.to_html(expansion.markdown)
    cleaned = elements.clean(made, lambda element, value: _address(element, value, address))
    if lost := _lost(made, cleaned):
        raise ProblemsFound([_misplaced(expansion, marks, lost)])
    if not expansion.page.planned.address:
        # The site's name is the heading of the start page.
        cleaned = _MAIN_HEADING.sub(r"\g<1>2", cleaned)
    cleaned = let_boxes_be_reached(page_markup.name_headings(cleaned))
    html = expansion.fill(_close_gaps(cleaned, expansion))
    links = tuple(sorted(_links(expansion, marks), key=lambda link: (link.line, link.column)))
    return Body(expansion.page, html, links, tuple(_headings(expansion, marks)), tuple(_names(expansion, marks)))


def _address(element: str, value: str, address: Address) -> str | None:
    if value[:5].lower() == "data:":
        return value if element == "img" and _DATA.match(value) else None
    return address(value)


def _invisible(page: HandwrittenPage) -> Iterator[Problem]:
    """Find characters that nobody sees, the same that records refuse."""
    signs = {sign for sign in set(page.body) - {"\n", "\t"} if unicodedata.category(sign) in _INVISIBLE}
    if not signs:
        return
    for count, found in enumerate(re.finditer("[" + re.escape("".join(sorted(signs))) + "]", page.body)):
        if count == _MOST_FAULTS:
            return
        before = shorten(page.body[: found.start()].rpartition("\n")[2][-10:])
        where = f"在 “{before}” 后面" if before else "在行首"
        message = f"有看不见的字符 U+{ord(found[0]):04X}，{where}；请删掉它"
        yield Problem(page.path, *page.place(found.start()), message, "invisible-character")


def _unsafe(expansion: Expansion, marks: PageMarks) -> Iterator[Problem]:
    count = 0
    for piece in marks.html:
        for fault in elements.faults(piece.text):
            yield _problem(expansion, piece.offset(fault.offset), _message(fault))
            count += 1
            if count == _MOST_FAULTS:
                return


def _half_made(expansion: Expansion) -> Iterator[Problem]:
    """Find Markdown that was begun and not finished, the same that records refuse."""
    starts = _line_starts(expansion.markdown)
    for found in half_markup.find(expansion.markdown):
        place = expansion.place(starts[found.line - 1] + found.column - 1)
        yield Problem(expansion.page.path, *place, found.message, "half-markup")


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in re.finditer("\n", text))]


def _problem(expansion: Expansion, offset: int, message: str) -> Problem:
    return Problem(expansion.page.path, *expansion.place(offset), message, "unsafe-page")


def _message(fault: HtmlFault) -> str:
    if fault.name == "<":
        return r"这里的 “<” 不是一个写完整的标签；请补上引号和 “>”，要显示尖括号，请写 &lt; 或 \<"
    if not fault.element:
        return (
            f"页面里不能写 <{fault.name}>；脚本、样式、表单和嵌入的网页都不能写，"
            "可以写段落、列表、表格、图片、<figure>、<svg> 等"
        )
    if fault.name.startswith("on"):
        return f"<{fault.element}> 里不能写 {fault.name}，那是脚本；请删去"
    if fault.name == "style":
        return f"<{fault.element}> 里不能写 style；请删去，样子由 class 决定"
    if fault.name in elements.ADDRESSES or fault.name == "xlink:href" or elements.is_listed(fault.element, fault.name):
        return f"<{fault.element}> 的 {fault.name} 只能引用本图里的 “#名字”；请改正，或删去"
    return f"<{fault.element}> 里不能写 {shorten(fault.name)}；请删去"


def _macros_in_headings(expansion: Expansion, marks: PageMarks) -> Iterator[Problem]:
    if not expansion.outputs:
        return
    for heading in marks.headings:
        for token in expansion.token.findall(expansion.markdown, heading.offset, heading.end):
            yield Problem(expansion.page.path, *expansion.places[token], IN_ATTRIBUTE_MESSAGE, "macro-in-attribute")


def _lost(made: str, cleaned: str) -> str:
    """Return the name of an element that a browser would drop where it stands, such as a row outside of a table."""
    left = elements.count_tags(cleaned)
    return next((name for name, count in elements.count_tags(made).items() if left.get(name, 0) < count), "")


def _misplaced(expansion: Expansion, marks: PageMarks, name: str) -> Problem:
    tag = re.compile(rf"<{name}\b", re.IGNORECASE)
    places = (piece.offset(found.start()) for piece in marks.html for found in tag.finditer(piece.text))
    message = f"这里不能放 <{name}>，浏览器会丢掉它；请检查它外面的标签是不是写对了，例如 <tr> 要放在 <table> 里"
    return _problem(expansion, next(places, 0), message)


def _links(expansion: Expansion, marks: PageMarks) -> Iterator[PageLink]:
    lines = _line_starts(expansion.markdown)
    for piece in find_markup(expansion.markdown):
        if piece.kind in (MarkupKind.LINK, MarkupKind.IMAGE):
            place = expansion.place(lines[piece.line - 1] + piece.column - 1)
            yield PageLink(piece.text, piece.kind is MarkupKind.IMAGE, *place)
    for html in marks.html:
        for attribute in elements.attributes(html.text):
            if attribute.name in elements.ADDRESSES - {"cite"} and elements.is_of_page(attribute.element):
                place = expansion.place(html.offset(attribute.offset))
                yield PageLink(unescape(attribute.value), attribute.element in _PICTURES, *place)


def _headings(expansion: Expansion, marks: PageMarks) -> Iterator[Mark]:
    places = [heading.offset for heading in marks.headings if heading.level == 1]
    places += [html.offset(found.start()) for html in marks.html for found in _HEADING_ELEMENT.finditer(html.text)]
    return (Mark("h1", *expansion.place(offset)) for offset in sorted(places))


def _names(expansion: Expansion, marks: PageMarks) -> Iterator[Mark]:
    named = [(heading.offset, heading.identifier) for heading in marks.headings if heading.identifier]
    for html in marks.html:
        found = elements.attributes(html.text)
        named += [(html.offset(one.offset), unescape(one.value)) for one in found if one.name == "id" and one.value]
    return (Mark(name, *expansion.place(offset)) for offset, name in sorted(named))


def _close_gaps(html: str, expansion: Expansion) -> str:
    """Take out line ends between Chinese, also beside a macro, by the characters that its output begins and ends with."""
    if "\n" not in html or not expansion.outputs:
        return typesetting.close_gaps(html)
    token = expansion.token
    shown = {
        name: _OUTER_TAG.sub("", unescape(str(output))).strip() or name for name, output in expansion.outputs.items()
    }
    html = typesetting.close_gaps(token.sub(lambda found: shown[found[0]][0] + found[0] + shown[found[0]][-1], html))
    return re.sub(rf".({token.pattern}).", r"\1", html, flags=re.DOTALL)

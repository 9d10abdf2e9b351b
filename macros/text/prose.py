"""Prose of records: CommonMark without raw HTML, made into HTML that is safe by construction.

`faults` says what an editor has to change; `render` and `plain` do not rely on anyone having asked. Raw HTML comes out
as visible text, a link to an address that is not allowed as the text of the link, an image as its description.

Allowed are links to https, http, mailto, tel, relative addresses and ``id:luyuan`` (another record), and images of the
record's own folder, by their plain file names. Strikethrough is not: ``9:00~11:30`` and ``~`` are common in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from macros.text import allowed_links, half_markup, markdown, paragraphs, typesetting
from macros.text.markdown import MarkupKind, MarkupPiece, find_markup

LONGEST = 100_000
"""Length of the longest text that is rendered, in characters."""

DEEPEST = 20
"""Number of quotations and lists that may stand inside one another on one line."""

Resolver = Callable[[str], str | None]
"""Gives the address for what an author wrote, or None if there is nothing at that name."""


@dataclass(frozen=True, slots=True)
class ProseFault:
    """One thing that prose may not hold.

    Attributes:
        line: line within the prose, from 1.
        column: column in characters, from 1.
        message: in Chinese: what was found, what is allowed, what to do.
    """

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A record or a file that prose names.

    Attributes:
        name: the record's id, or the name of the file.
        line: line within the prose, from 1.
        column: column in characters, from 1.
    """

    name: str
    line: int
    column: int


_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"([^>]*?) ?/>')
_HEADING = re.compile(r"(</?h)([1-6])>")
_INLINE_TAG = re.compile(r"</?(?:a|code|em|strong)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_TOO_DEEP = re.compile(rf"^(?:[ \t]*(?:>|(?:[*+-]|\d{{1,9}}[.)])(?=[ \t]))){{{DEEPEST + 1}}}", re.MULTILINE)


def _no_image(name: str) -> str | None:
    return None


def render(source: str, links: Resolver, images: Resolver = _no_image) -> str:
    """Turn prose into HTML.

    The highest heading becomes an h3, the others follow, since page and section have h1 and h2. Links to other sites
    get ``rel="noopener noreferrer"``. Emphasis and line breaks follow Chinese usage (`macros.text.typesetting`).

    Args:
        source: the prose; too long or too deeply nested, it comes out as one paragraph of plain text.
        links: for ``id:luyuan`` gives the address of that record from the page at hand; None leaves the link's text.
        images: for ``photo.jpg`` gives the address of that file in the record's folder; None leaves its description.
    """
    html = _to_html(source)
    if "<img" in html:
        html = _IMAGE.sub(lambda image: _image(image, images), html)
    if "<a" in html:
        html = _LINK.sub(lambda link: _link(link, links), html)
    return markdown.let_boxes_be_reached(_lower_headings(html) if "<h" in html else html)


def plain(source: str) -> str:
    """Return the text of prose without any mark, on one line, for search, descriptions and feeds.

    Parts are joined by a space, except beside a full-width mark, which brings its own. The result is text, not HTML:
    whoever puts it into a page escapes it.
    """
    html = _IMAGE.sub(r"\2", _to_html(source))
    lines = unescape(_TAG.sub("\n", _INLINE_TAG.sub("", html))).splitlines()
    return typesetting.join(line.strip() for line in lines)


def faults(source: str) -> Iterator[ProseFault]:
    """Yield what prose may not hold, in the order of the places; raw HTML once a line."""
    if _is_excessive(source):
        yield _excess(source)
        return
    line_with_html = 0
    for markup in _markup(source):
        message = _objection(markup)
        if message and not (markup.kind is MarkupKind.HTML and markup.line == line_with_html):
            yield ProseFault(markup.line, markup.column, message)
        if markup.kind is MarkupKind.HTML:
            line_with_html = markup.line


def half_made(source: str) -> Iterator[ProseFault]:
    """Yield Markdown that was begun and not finished, which would be published as it was typed."""
    if not _is_excessive(source):
        text, removed, _ = paragraphs.prepare(source)
        for found in half_markup.find(text):
            yield ProseFault(found.line, found.column + removed.get(found.line, 0), found.message)


def references(source: str) -> Iterator[Mention]:
    """Yield the id in every ``id:`` link, whether there is such a record or not."""
    for markup in _find(source, MarkupKind.LINK):
        name = allowed_links.record_id(markup.text)
        if name is not None:
            yield Mention(name, markup.line, markup.column)


def images(source: str) -> Iterator[Mention]:
    """Yield the name of the file of every image, whether there is such a file or not; `faults` has the other images."""
    for markup in _find(source, MarkupKind.IMAGE):
        name = allowed_links.image_name(markup.text)
        if name is not None:
            yield Mention(name, markup.line, markup.column)


def addresses(source: str) -> Iterator[str]:
    """Yield the address of every link that leads to a page or a file of the site, as Markdown understands it."""
    return (link.name for link in site_links(source))


def site_links(source: str) -> Iterator[Mention]:
    """Yield every link that leads to a page or a file of the site; its name is the address, as Markdown understands it."""
    for markup in _find(source, MarkupKind.LINK):
        if allowed_links.record_id(markup.text) is None and not allowed_links.is_external(markup.text):
            yield Mention(markup.text, markup.line, markup.column)


def _find(source: str, kind: MarkupKind) -> Iterator[MarkupPiece]:
    found = () if _is_excessive(source) else _markup(source)
    return (markup for markup in found if markup.kind is kind)


@lru_cache(maxsize=64)
def _markup(source: str) -> tuple[MarkupPiece, ...]:
    """Return all markup of a text as it is rendered, at its place in the text as it was written."""
    text, removed, _ = paragraphs.prepare(source)
    found = find_markup(text)
    return tuple(one._replace(column=one.column + removed.get(one.line, 0)) for one in found) if removed else found


def _to_html(source: str) -> str:
    """Return HTML that holds nothing but text and tags made by the parser; its addresses are still to be checked."""
    if _is_excessive(source):
        return f"<p>{escape(source)}</p>\n"
    html = markdown.to_html(typesetting.mend_emphasis(paragraphs.prepare(source).text))
    return typesetting.close_gaps(typesetting.take_joiners_out(html))


@lru_cache(maxsize=64)
def _is_excessive(source: str) -> bool:
    return len(source) > LONGEST or _TOO_DEEP.search(source) is not None


def _excess(source: str) -> ProseFault:
    if len(source) > LONGEST:
        return ProseFault(1, 1, f"文字有 {len(source)} 个字，超过 {LONGEST} 个字；请缩短，或分成几条记录")
    deep = _TOO_DEEP.search(source)
    line = source.count("\n", 0, deep.start()) + 1 if deep else 1
    return ProseFault(line, 1, f"列表或引用套了 {DEEPEST} 层以上；请减少层次")


def _objection(markup: MarkupPiece) -> str | None:
    if markup.kind is MarkupKind.LINK:
        return allowed_links.objection_to_link(markup.text)
    if markup.kind is MarkupKind.IMAGE:
        return allowed_links.objection_to_image(markup.text)
    if markup.kind is MarkupKind.UNUSED:
        return "这一行 “[…]: …” 是没有用到的链接定义，不会显示；请删去，或把冒号写成全角 “：”"
    if markup.text.startswith("<!--"):
        return "不能写 HTML 注释；请删去，说明可以写成 YAML 注释（# 开头的一行）"
    return (
        f"不能写 HTML，这里是 “{allowed_links.shown(markup.text)}”；"
        r"请改用 Markdown，例如 **加粗**、[文字](网址)；要显示尖括号，请写 \<"
    )


def _link(link: re.Match[str], links: Resolver) -> str:
    href, title, text = link.groups()
    address = unescape(href)
    if allowed_links.objection_to_link(address):
        return text
    name = allowed_links.record_id(address)
    if name is not None:
        resolved = links(f"id:{name}")
        return text if resolved is None else f'<a href="{escape(resolved)}"{title}>{text}</a>'
    relation = ' rel="noopener noreferrer"' if allowed_links.is_external(address) else ""
    return f'<a href="{href}"{title}{relation}>{text}</a>'


def _image(image: re.Match[str], resolve: Resolver) -> str:
    source, description, title = image.groups()
    name = allowed_links.image_name(unescape(source))
    resolved = None if name is None else resolve(name)
    if resolved is None:
        return description
    return f'<img src="{escape(resolved)}" alt="{description}"{title} />'


def _lower_headings(html: str) -> str:
    levels = [int(level) for _, level in _HEADING.findall(html)]
    shift = 3 - min(levels, default=3)
    return _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + shift, 6)}>", html)

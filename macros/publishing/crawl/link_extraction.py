"""What the files of a site refer to: pages, places in pages, pictures, styles, scripts, hosts.

One function for each language that can name another file: HTML, CSS, JavaScript, web manifests, sitemaps and feeds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from macros.publishing.crawl.tags import Tag, read_tag, tokens


class Use(Enum):
    """What a browser does with an address, and so what may stand there."""

    LINK = "link"
    """A reader follows it; any host is allowed."""
    REDIRECT = "redirect"
    """A browser follows it by itself: this site only."""
    STATEMENT = "statement"
    """Nobody fetches it while the page is read (canonical, alternate, og:image); any host is allowed."""
    LISTED = "listed"
    """An entry of the sitemap: a page of this site."""
    ASSET = "asset"
    """A picture, font, film or other passive file: this site only, or written into the page (``data:``)."""
    CODE = "code"
    """A script, style sheet, frame or plug-in: a file of this site."""

    # That of enumerations is written in Python, and every link of a site is looked up by it.
    __hash__ = object.__hash__
    CONNECTION = "connection"
    """A host is asked without a file being fetched (preconnect, ping): this site only."""
    FORM = "form"
    """What a reader types is sent there: this site only."""
    BASE = "base"
    """Relative addresses of the page start from there: this site only."""


class LinkReference(NamedTuple):
    """One address as it is written in a file, and what it is used for."""

    use: Use
    address: str


class Marks(NamedTuple):
    """What one tag means to the crawl.

    Attributes:
        references: the addresses that it names.
        identifiers: its id, and its name where that is a place that links can lead to.
        identifier: its id alone, which no other tag of the page may have; empty for none.
        noindex: it asks search engines to leave the page out.
    """

    references: tuple[LinkReference, ...]
    identifiers: tuple[str, ...]
    identifier: str
    noindex: bool


_RELATIONS = {
    **dict.fromkeys(["stylesheet", "modulepreload", "manifest"], Use.CODE),
    **dict.fromkeys(["icon", "apple-touch-icon", "mask-icon", "apple-touch-startup-image"], Use.ASSET),
    **dict.fromkeys(["preload", "prefetch", "prerender"], Use.ASSET),
    **dict.fromkeys(["preconnect", "dns-prefetch"], Use.CONNECTION),
}
_HYPERLINKS = {"a": Use.LINK, "area": Use.LINK, "base": Use.BASE, "script": Use.CODE}
_ATTRIBUTES = {
    "poster": Use.ASSET,
    "background": Use.ASSET,
    "manifest": Use.CODE,
    "cite": Use.STATEMENT,
    "longdesc": Use.STATEMENT,
    "action": Use.FORM,
    "formaction": Use.FORM,
}
_RUNNING = {"script", "iframe", "frame", "embed", "object"}
_PICTURED = {"og:image", "og:url", "og:image:url", "og:image:secure_url", "twitter:image"}

_SOURCE_SET = re.compile(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?(?:,|$)|[\s,]+$")
_REFRESH = re.compile(r"""^\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']+)""", re.IGNORECASE)
_STYLE_NOISE = re.compile(r"/\*.*?(?:\*/|\Z)|@namespace[^;]*+;?", re.DOTALL | re.IGNORECASE)
_STRING = r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'"""
_STYLE_IMPORT = re.compile(rf"@import\s*(?:url\(\s*)?(?:{_STRING}|([^\s\"'();]+))", re.IGNORECASE)
_STYLE_ADDRESS = re.compile(rf"url\(\s*(?:{_STRING}|([^\s\"'()]*))\s*\)", re.IGNORECASE)
_STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_MODULE_IMPORT = re.compile(
    r"""(?:(?:^|[;}])[^\S\n]*(?:import|export)\b\s*(?:[\w$*{][\w$\s{},*]*?\bfrom\s*)?|\bimport\(\s*)"""
    r"""["']((?:\.{0,2}/|[a-z]+:)[^"'\n]*)["']""",
    re.MULTILINE,
)
_XML_LOCATION = re.compile(r"<(?:\w+:)?loc>\s*([^<]*?)\s*</")
_XML_LINK = re.compile(r"""<(?:\w+:)?link\b[^>]*?\bhref\s*=\s*["']([^"']*)["']""")
_ROBOTS_SITEMAP = re.compile(r"^sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


# Pages share their layout: most tags of a page have been seen in the page before.
@lru_cache(maxsize=1 << 15)
def read_marks(token: str) -> Marks | None:
    """Return what a token of `tags.tokens` means to the crawl; None for nothing."""
    tag = read_tag(token)
    if tag is None:
        return None
    identifier = tag.attributes.get("id", "")
    name = tag.attributes.get("name", "") if tag.name in {"a", "map"} else ""
    references = tuple(dict.fromkeys(_in_tag(tag)))
    noindex = _is_noindex(tag)
    if not (references or identifier or name or noindex):
        return None
    return Marks(references, tuple(filter(None, (identifier, name))), identifier, noindex)


def in_style(source: str) -> Iterator[LinkReference]:
    """Yield what a style sheet or a style attribute refers to; places within the same document are left out."""
    clean = _STYLE_NOISE.sub("", source)
    plain = _STYLE_IMPORT.sub("", clean)
    for use, pattern, text in ((Use.CODE, _STYLE_IMPORT, clean), (Use.ASSET, _STYLE_ADDRESS, plain)):
        for found in pattern.findall(text):
            address = _STYLE_ESCAPE.sub(_unescaped, "".join(found))
            if address and not address.startswith("#"):
                yield LinkReference(use, address)


def in_script(source: str) -> Iterator[LinkReference]:
    """Yield the modules that a script imports by a relative or absolute address written in it."""
    for address in _MODULE_IMPORT.findall(source):
        yield LinkReference(Use.CODE, address)


def in_manifest(source: str) -> Iterator[LinkReference]:
    """Yield icons, screenshots and pages of a web app manifest.

    Raises:
        ValueError: it is not a JSON object.
    """
    manifest = json.loads(source)
    if not isinstance(manifest, dict):
        raise ValueError("not an object")
    shortcuts = [entry for entry in manifest.get("shortcuts", []) if isinstance(entry, dict)]
    for holder in (manifest, *shortcuts):
        for picture in [*holder.get("icons", []), *holder.get("screenshots", [])]:
            yield LinkReference(Use.ASSET, str(picture.get("src", "")) if isinstance(picture, dict) else "")
    for address in [manifest.get("start_url"), *(shortcut.get("url") for shortcut in shortcuts)]:
        if isinstance(address, str):
            yield LinkReference(Use.REDIRECT, address)


def in_xml(source: str) -> Iterator[LinkReference]:
    """Yield the entries of a sitemap and the links of a feed."""
    for address in _XML_LOCATION.findall(source):
        yield LinkReference(Use.LISTED, unescape(address))
    for address in _XML_LINK.findall(source):
        yield LinkReference(Use.STATEMENT, unescape(address))


def in_robots(source: str) -> Iterator[LinkReference]:
    """Yield the sitemaps that a robots.txt names."""
    for address in _ROBOTS_SITEMAP.findall(source):
        yield LinkReference(Use.LISTED, address)


def _in_tag(tag: Tag) -> Iterator[LinkReference]:
    """Yield what one tag refers to: by its attributes, and by its text where that is a style or a script."""
    for name, value in tag.attributes.items():
        yield from _in_attribute(tag, name, value)
    if tag.name == "meta":
        yield from _in_meta(tag)
    elif tag.name == "style":
        yield from in_style(tag.text)
    elif tag.name == "script" and tag.attributes.get("type", "").lower() == "module":
        yield from in_script(tag.text)


def _in_attribute(tag: Tag, name: str, value: str) -> Iterator[LinkReference]:
    """Yield what one attribute refers to."""
    if name in {"href", "xlink:href"}:
        yield LinkReference(_use_of_link(tag) if tag.name == "link" else _HYPERLINKS.get(tag.name, Use.ASSET), value)
    elif name == "src" or (name == "data" and tag.name == "object"):
        yield LinkReference(Use.CODE if tag.name in _RUNNING else Use.ASSET, value)
    elif name in {"srcset", "imagesrcset"}:
        yield from (LinkReference(Use.ASSET, address) for address in _SOURCE_SET.findall(value) if address)
    elif name == "style":
        yield from in_style(value)
    elif name == "ping":
        yield from (LinkReference(Use.CONNECTION, address) for address in value.split())
    elif name == "srcdoc":
        yield from _in_page(value)
    elif name in _ATTRIBUTES:
        yield LinkReference(_ATTRIBUTES[name], value)


def _use_of_link(tag: Tag) -> Use:
    """Return what a browser does with the address of a ``<link>``: the strictest use among its relations."""
    uses = [_RELATIONS[word] for word in tag.attributes.get("rel", "").lower().split() if word in _RELATIONS]
    return Use.CODE if Use.CODE in uses else uses[0] if uses else Use.STATEMENT


def _in_meta(tag: Tag) -> Iterator[LinkReference]:
    """Yield where a ``<meta>`` leads on to, or the picture and page that it states."""
    content = tag.attributes.get("content", "")
    if tag.attributes.get("http-equiv", "").lower() == "refresh" and (found := _REFRESH.match(content)):
        yield LinkReference(Use.REDIRECT, found[1])
    elif tag.attributes.get("property", tag.attributes.get("name", "")).lower() in _PICTURED:
        yield LinkReference(Use.STATEMENT, content)


def _in_page(source: str) -> Iterator[LinkReference]:
    """Yield what a page that is written inside an attribute refers to."""
    for token in tokens(source):
        if marks := read_marks(token):
            yield from marks.references


def _is_noindex(tag: Tag) -> bool:
    """Tell whether a tag asks search engines to leave the page out."""
    robots = tag.name == "meta" and tag.attributes.get("name", "").lower() == "robots"
    return robots and "noindex" in tag.attributes.get("content", "").lower()


def _unescaped(escape: re.Match[str]) -> str:
    """Return the character that an escape of CSS stands for (CSS Syntax, section 4.3.7)."""
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code <= 0x10FFFF else "\ufffd"

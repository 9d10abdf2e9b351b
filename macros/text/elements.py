"""Which HTML a page by hand may hold: elements and attributes on a list, read as a browser reads them.

`faults` tells an editor where something stands that is not on the list. `clean` does not rely on anyone having asked: it lets
HTML pass through a parser of the standard (html5ever, by nh3) and writes again what is on the list alone.

>>> [(fault.offset, fault.name) for fault in faults('<p onclick="x">甲</p><script>')]
[(3, 'onclick'), (20, 'script')]
>>> clean('<p onclick="x">甲<script>乙</script></p>')
'<p>甲</p>'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

import nh3

_EVERYWHERE = "class id lang dir title role translate tabindex hidden"
_SIZES = "width height"
_PLAIN = (
    "abbr address article aside b bdi bdo br caption cite code dd dfn div dl dt em figcaption figure footer h1 h2"
    " h3 h4 h5 h6 header hgroup hr i kbd mark nav p pre rp rt ruby s samp section small span strong sub summary"
    " sup tbody tfoot thead tr u var wbr ul"
)
# Without what runs, loads by itself, asks readers for something, or stands once on every page.
_HTML = {
    **dict.fromkeys(_PLAIN.split(), ""),
    "a": "href name target rel download hreflang type",
    "img": f"src alt loading decoding {_SIZES}",
    "audio": "src controls loop muted preload",
    "video": f"src controls loop muted preload poster playsinline {_SIZES}",
    "source": "src type",
    "track": "src kind srclang label default",
    "ol": "start type reversed",
    "li": "value",
    "table": "align",
    "td": "align colspan rowspan headers",
    "th": "align colspan rowspan headers scope abbr",
    "col": "span",
    "colgroup": "span",
    "blockquote": "cite",
    "q": "cite",
    "del": "cite datetime",
    "ins": "cite datetime",
    "time": "datetime",
    "data": "value",
    "details": "open name",
    "meter": "value min max low high optimum",
    "progress": "value max",
}
_DRAWN = (
    "alignment-baseline baseline-shift clip-path clip-rule color cx cy d display dominant-baseline dx dy fill fill-opacity"
    " fill-rule focusable font-family font-size font-style font-weight fx fy gradientTransform gradientUnits height"
    " href lengthAdjust letter-spacing marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask offset opacity"
    " orient paint-order pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY"
    " rotate rx ry spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap"
    " stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration textLength transform"
    " vector-effect version viewBox visibility width word-spacing x x1 x2 xmlns y y1 y2"
)
_SVG = (
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs symbol use marker linearGradient"
    " radialGradient stop clipPath mask pattern"
)
_ALLOWED = {
    **{name: frozenset(f"{_EVERYWHERE} {own}".split()) for name, own in _HTML.items()},
    **{name: frozenset(f"{_EVERYWHERE} {_DRAWN}".split()) for name in _SVG.split()},
}
_FOLDED = {
    name.lower(): frozenset(attribute.lower() for attribute in attributes) for name, attributes in _ALLOWED.items()
}
_DRAWINGS = frozenset(name for drawn in _SVG.split() for name in (drawn, drawn.lower()))
_SPOKEN = "aria-"

ADDRESSES = frozenset({"href", "src", "poster", "cite"})
"""The attributes that hold an address."""

_NAME, _SPACE = r"[a-zA-Z][a-zA-Z0-9:-]*", r"[ \t\n\f\r]"
_VALUE = r""""[^"]*"|'[^']*'|[^ \t\n\f\r"'=<>`]+"""
_ATTRIBUTE = re.compile(rf"{_SPACE}+([a-zA-Z_:][a-zA-Z0-9_:.-]*)(?:{_SPACE}*={_SPACE}*({_VALUE}))?")
_TAG = re.compile(rf"<(/?)({_NAME})((?:{_ATTRIBUTE.pattern})*+){_SPACE}*/?>")
COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
"""A comment, closed or not, as browsers read it (HTML Standard, section 13.2.5.42)."""
_ANGLE = re.compile("<")
_LOCAL = re.compile(r"url\(\s*(?:#[^)\s]*|\"#[^\"]*\"|'#[^']*')\s*\)")


class HtmlFault(NamedTuple):
    """Something in HTML that a page may not hold.

    Attributes:
        offset: where it stands, in characters.
        name: name of the element or the attribute; ``<`` for what is no whole tag.
        element: name of the element that the attribute stands in; empty for an element.
    """

    offset: int
    name: str
    element: str = ""


class HtmlAttribute(NamedTuple):
    """An attribute of a tag, its value without quotes, character references as they are written."""

    element: str
    name: str
    value: str
    offset: int


def faults(source: str) -> Iterator[HtmlFault]:
    """Yield what a page may not hold, in its order: what is not on the list, and every ``<`` that begins no whole tag.

    Args:
        source: the HTML as it is written; comments are passed over.
    """
    position = 0
    while angle := _ANGLE.search(source, position):
        found = COMMENT.match(source, angle.start()) or _TAG.match(source, angle.start())
        if found is None:
            yield HtmlFault(angle.start(), "<")
        elif found.re is _TAG:
            yield from _in_tag(found)
        position = (found or angle).end()


def _in_tag(tag: re.Match[str]) -> Iterator[HtmlFault]:
    element = tag[2].lower()
    if element not in _FOLDED:
        if not tag[1]:
            yield HtmlFault(tag.start(), element)
        return
    for attribute in _attributes(tag):
        is_listed = attribute.name in _FOLDED[element] or attribute.name.startswith(_SPOKEN)
        if (
            not is_listed and attribute.name not in ("markdown", "xmlns:xlink", "xlink:href", "xml:space")
        ) or _leads_away(element, attribute.name, attribute.value):
            yield HtmlFault(attribute.offset, attribute.name, element)


def _leads_away(element: str, name: str, value: str) -> bool:
    """Tell whether a part of a drawing is taken from anywhere but the drawing."""
    if name in ("href", "xlink:href") and element in _DRAWINGS:
        return not unescape(value).startswith("#")
    return "url(" in _LOCAL.sub("", unescape(value)).lower()


def attributes(source: str) -> Iterator[HtmlAttribute]:
    """Yield the attributes of all tags of HTML in their order; comments are passed over."""
    position = 0
    while angle := _ANGLE.search(source, position):
        found = COMMENT.match(source, angle.start()) or _TAG.match(source, angle.start())
        if found and found.re is _TAG and not found[1]:
            yield from _attributes(found)
        position = (found or angle).end()


def _attributes(tag: re.Match[str]) -> Iterator[HtmlAttribute]:
    for found in _ATTRIBUTE.finditer(tag.string, tag.start(3), tag.end(3)):
        value = found[2] or ""
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        yield HtmlAttribute(tag[2].lower(), found[1].lower(), bare, found.start(1))


def clean(html: str, address: Callable[[str, str], str | None] = lambda element, value: value) -> str:
    """Return HTML as a browser would read it, without anything that is not on the list, and without comments.

    Args:
        html: the HTML.
        address: gives for an element and an address what is written in its place; None to leave the attribute out.
    """

    def filtered(element: str, name: str, value: str) -> str | None:
        if element in _DRAWINGS or name not in ADDRESSES:
            return None if _leads_away(element.lower(), name, value) else value
        return address(element, value)

    return nh3.clean(
        html,
        tags=set(_ALLOWED),
        attributes={name: set(attributes) for name, attributes in _ALLOWED.items()},
        attribute_filter=filtered,
        generic_attribute_prefixes={_SPOKEN},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
    )


def is_listed(element: str, name: str) -> bool:
    """Tell whether an attribute is on the list, both in lower case."""
    return name in _FOLDED.get(element, ())


def is_of_page(element: str) -> bool:
    """Tell whether an element is none of a drawing."""
    return element not in _DRAWINGS


def count_tags(html: str) -> dict[str, int]:
    """Return how many elements of each name HTML has."""
    counts: dict[str, int] = {}
    for tag in _TAG.finditer(html):
        if not tag[1]:
            counts[tag[2].lower()] = counts.get(tag[2].lower(), 0) + 1
    return counts

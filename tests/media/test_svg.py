"""A drawing that is published holds nothing but what is on the lists: whatever runs, loads or leads away is refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.media.svg import objection
from macros.media.svg_fixes import without_notes
from tests.support.steps import steps

SVG = "http://www.w3.org/2000/svg"
SPACES = (
    f'xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:o="urn:other" '
    f'xmlns:s="{SVG}"'
)


def drawing(inside: str, attributes: str = "") -> bytes:
    """Return a drawing that holds something."""
    return f"<svg {SPACES} {attributes}>{inside}</svg>".encode()


GOOD = {
    "declaration": b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>',
    "prefix": f'<a:svg xmlns:a="{SVG}"><a:g/></a:svg>'.encode(),
    "shapes": drawing('<g id="甲" class="a(b)"><path d="M0 0 1 1z" style="fill:rgb(1, 2, 3);stroke:#fff"/></g>', 'viewBox="0 0 9 9"'),
    "own references": drawing("<use href='#a'/><use xlink:href='#a'/><path fill='url(#g) #fff' style='mask: url(\"#m\")'/><a href='#x'/>"),
    "style": drawing("<style type='text/css'><![CDATA[ /* a */ .a:not(.b) > g { fill: url('#g'); } ]]></style>"),
    "text": drawing('<title>甲（乙）</title><text xml:space="preserve" aria-label="电话(0750)@">a@b url(x) \\ &lt;script&gt;</text>'),
    "animation": drawing('<animateTransform attributeName="transform" type="rotate" from="0" to="9" dur="1s" repeatCount="indefinite"/>'),
    "transform": drawing('<g transform="translate (1 2) rotate(3)"/>'),
    "filter": drawing('<filter><feGaussianBlur in="SourceGraphic" stdDeviation="2"/><feImage href="#a"/></filter>'),
}  # fmt: skip
BAD = {
    # What an attacker sent: a page in the guise of a picture, hidden where an HTML parser sees text.
    "root is a page": (b'<html xmlns="http://www.w3.org/1999/xhtml"><script/></html>', "最外层的 <html>（应当是 <svg>）"),
    "root of a foreign namespace": (b'<o:svg xmlns:o="urn:o"/>', "最外层的 <svg>（应当是 <svg>）"),
    "root without a namespace": (b"<svg/>", '没有写 xmlns="http://www.w3.org/2000/svg" 的 <svg>'),
    "frame in a foreign title": (drawing('<o:title><h:iframe src="javascript:alert(1)"/></o:title>'), "不属于 SVG 的 <title>"),
    "frame in a title": (drawing('<title><h:iframe src="data:text/html,x"/></title>'), "不属于 SVG 的 <iframe>"),
    "refresh": (drawing('<h:meta http-equiv="refresh" content="0;url=//e"/>'), "不属于 SVG 的 <meta>"),
    "metadata of programs": (drawing("<metadata><o:RDF/></metadata>"), "不属于 SVG 的 <RDF>"),
    "no namespace inside": (drawing('<g xmlns=""/>'), "不属于 SVG 的 <g>"),
    "script": (drawing("<s:script/>"), "<script>"),
    "SCRIPT": (drawing("<SCRIPT/>"), "<SCRIPT>"),
    "HTML inside": (drawing("<foreignObject/>"), "<foreignObject>"),
    "picture": (drawing('<image href="data:image/svg+xml,x"/>'), "<image>"),
    "handler": (drawing('<path onload="x"/>'), "onload"),
    "foreign attribute": (drawing('<path o:href="#a"/>'), "不属于 SVG 的属性 href"),
    "other base": (drawing('<g xml:base="https://e.example/"/>'), "不属于 SVG 的属性 base"),
    "set under another prefix": (drawing('<set xmlns:y="http://www.w3.org/1999/xlink" attributeName="y:href" to="javascript:x"/>'), "attributeName=“y:href”"),
    "animated link": (drawing('<animate attributeName="href" values="javascript:x"/>'), "attributeName=“href”"),
    "animated handler": (drawing('<set attributeName="onclick" to="x"/>'), "attributeName=“onclick”"),
    "animated fill": (drawing('<set attributeName="fill" to="url(//e.example#a)"/>'), "to=“url(//e.example#a)”"),
    "link": (drawing('<a xlink:href="&#106;avascript:x"/>'), "href=“javascript:x”"),
    "link with a line break": (drawing('<a href="java&#10;script:x"/>'), "href=“java�script:x”"),
    "link away": (drawing('<use href="//e.example/a.svg#b"/>'), "href=“//e.example/a.svg#b”"),
    "fill away": (drawing('<path fill="url( a.svg#b )"/>'), "fill=“url( a.svg#b )”"),
    "import": (drawing("<style>@import '//e.example';</style>"), "样式里的 “@”"),
    "escape": (drawing("<style>a{fill:\\75rl(//e.example)}</style>"), "样式里的 “\\”"),
    "escape in an attribute": (drawing('<path style="fill:\\75rl(//e)"/>'), "style=“fill:\\75rl(//e)”"),
    "other functions that load": (drawing("<style>a{cursor:image-set('//e.example' 1x)}</style>"), "样式里的 image-set(…)"),
    "style in pieces": (drawing("<style>a{fill:u<![CDATA[rl(//e]]>)}</style>"), "样式里的 url(…)"),
    "comment that is not closed": (drawing("<style>/* a{fill:url(//e)}</style>"), "样式里的 url(…)"),
    "comment of one mark": (drawing("<style>/*/ a{fill:url(//e)}</style>"), "样式里的 url(…)"),
    "style sheet": (b'<?xml-stylesheet href="//e.example"?><svg/>', "<?xml-stylesheet>"),
    "document type": (b'<!DOCTYPE svg PUBLIC "a" "b"><svg/>', "<!DOCTYPE>"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "<!DOCTYPE>"),
    "encoding": (b'<?xml version="1.0" encoding="utf-7"?><svg/>', ""),
    "UTF-16": (drawing("").decode().encode("utf-16"), ""),
    "not closed": (b"<svg><g></svg>", "没有写 xmlns=\"http://www.w3.org/2000/svg\" 的 <svg>"),
    "nothing": (b"", ""),
    "deep": (drawing("<g>" * 300 + "</g>" * 300), "套了 200 层以上的元素"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_drawings_of_usual_programs_are_published(name: str) -> None:
    assert objection(GOOD[name]) is None


@pytest.mark.parametrize("name", BAD)
def test_all_else_is_refused_by_name(name: str) -> None:
    raw, expected = BAD[name]
    found = objection(raw)
    assert found is not None
    assert found.found == expected


def test_the_place_is_that_of_the_element() -> None:
    assert objection(f'<svg xmlns="{SVG}">\n <g>甲<script/></g></svg>'.encode())[:2] == (2, 6)
    assert objection(f'<svg xmlns="{SVG}">\n<g></h></svg>'.encode())[:2] == (2, 6)
    assert objection(f'<svg xmlns="{SVG}">\n甲乙'.encode() + b"\xff</svg>")[:2] == (2, 3)


NAMES = st.sampled_from(
    ["svg", "g", "path", "a", "use", "set", "animate", "style", "title", "metadata", "script", "image", "foreignObject", "h:iframe", "h:meta", "h:script", "o:title", "s:script", "o:svg"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["#a", "1", "url(#a)", "url(//e#a)", "javascript:x", "fill", "href", "y:href", "onclick", "data:text/html,x", "\\75 rl(x)",
     "image-set('x')", "@import x", "URL(x)", "u/**/rl(#a)", "a:b"]
)  # fmt: skip
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["href", "xlink:href", "o:href", "fill", "style", "onload", "attributeName", "to", "src", "xml:base", "id"]),
    VALUES,
    max_size=2,
)  # fmt: skip
TREES = st.recursive(
    st.tuples(NAMES, ATTRIBUTES, st.just([])), lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=3)), max_leaves=8
)  # fmt: skip


def written(tree: tuple[str, dict[str, str], list]) -> str:
    """Return a tree as XML."""
    name, attributes, inside = tree
    text = "".join(f" {key}='{value.replace(chr(39), '&#39;')}'" for key, value in attributes.items())
    return f"<{name}{text}>{''.join(map(written, inside))}</{name}>"


@settings(deadline=None)
@given(TREES)
def test_nothing_that_is_published_runs_loads_or_leads_away(tree: tuple[str, dict[str, str], list]) -> None:
    raw = drawing(written(tree))
    if objection(raw) is not None:
        return
    for element in ElementTree.fromstring(raw).iter():
        assert element.tag.startswith(f"{{{SVG}}}")
        assert element.tag.rpartition("}")[2] not in {"script", "image", "foreignObject"}
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            assert not local.startswith("on")
            assert local not in {"src", "base"}
            assert local != "attributeName" or value not in {"href", "y:href", "onclick"}
            assert local != "href" or value.startswith("#")
            assert local == "id" or not re.search(r"url\((?!#)|\\|@|image-set", value, re.IGNORECASE)


@settings(deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 400), st.binary(max_size=6))
def test_damaged_drawings_are_answered_too(name: str, place: int, damage: bytes) -> None:
    raw = GOOD[name][:place] + damage + GOOD[name][place + len(damage) :]
    if objection(raw) is None:
        assert all(element.tag.startswith(f"{{{SVG}}}") for element in ElementTree.fromstring(raw).iter())


@pytest.mark.parametrize("piece", ["/*", "url(", "(", "url(#a)", "a", "url(  ", "- "])
def test_a_long_style_sheet_is_read_once(piece: str) -> None:
    few, many = (
        steps(lambda count=count: objection(drawing(f"<style>{piece * count}</style>"))) for count in (500, 5000)
    )
    assert many < few * 15


NOTES = {
    "nothing": ("<g/>", "<g/>"),
    "elements": ('<o:view a="/>"/><g/><metadata><o:RDF><o:a>甲</o:a><o:b/></o:RDF></metadata>', "<g/><metadata></metadata>"),
    "empty beside an end": ("<g><o:a/></g><g><o:a><o:b/></o:a></g><o:a></o:a>", "<g></g><g></g>"),
    "attributes": ("<path o:label='a>b' d='M0 0'\n o:x=\"1\" xlink:href='#a' xml:space='preserve'/>", "<path d='M0 0' xlink:href='#a' xml:space='preserve'/>"),
    "a prefix that changes": ('<g xmlns:o="urn:p"><o:a/><g o:b="1"/></g>', '<g xmlns:o="urn:p"><g/></g>'),
    "HTML stays for a person to judge": ("<h:script>1</h:script>", "<h:script>1</h:script>"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTES)
def test_notes_of_programs_are_taken_off(name: str) -> None:
    before, after = NOTES[name]
    assert without_notes(drawing(before)) == drawing(after)
    assert without_notes(drawing(after)) == drawing(after)


def test_a_drawing_of_inkscape_is_published_once_its_notes_are_off() -> None:
    raw = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a.dtd">\n'
        + drawing(
            '<o:namedview o:zoom="1"><o:grid/></o:namedview><metadata><o:RDF/></metadata><g o:label="甲" id="a"><path d="M0 0"/></g>',
            'o:version="1.3"',
        )
    )
    assert objection(raw) is not None
    assert objection(without_notes(raw)) is None
    assert without_notes(b"<svg") == b"<svg"


def shown(element: ElementTree.Element) -> list[str]:
    """Return the tags of an element and of all in it that is not of another program."""
    return [element.tag, *(tag for child in element if "urn:other" not in child.tag for tag in shown(child))]


@settings(deadline=None)
@given(TREES)
def test_what_is_left_is_what_was_there(tree: tuple[str, dict[str, str], list]) -> None:
    raw = drawing(written(tree))
    before, after = ElementTree.fromstring(raw), ElementTree.fromstring(without_notes(raw))
    assert [element.tag for element in after.iter()] == shown(before)
    assert not any("urn:other" in name for element in after.iter() if SVG in element.tag for name in element.attrib)

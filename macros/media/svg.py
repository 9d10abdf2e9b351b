"""Drawings: an SVG is published only if all that it holds is on the lists below.

A drawing that is opened by itself is a document: its scripts run, its links load (SVG 2, section 2.2), and elements of
other namespaces, such as XHTML's, do what they do in a page. Lists of what is bad are never whole, so these say what is
allowed. An XML parser reads the file, since a browser does: whatever another parser took for text may be an element here.

>>> objection(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>')
>>> objection(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>').found
'<script>'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from xml.parsers import expat

DEEPEST = 200
_LONGEST_NAME = 40
SVG, XLINK, XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# SVG 2, appendix "Element index", and Filter Effects 1; without what runs, loads or leads to HTML: script, image, audio,
# video, iframe, canvas, foreignObject, handler, listener, unknown.
_ELEMENTS = _words(
    """
    a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g line linearGradient marker mask metadata
    mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan
    use view
    """
)
# SVG 2, appendix "Property index", with the older names that drawing programs still write.
_PRESENTATION = _words(
    """
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
    color-rendering cursor cx cy d direction display dominant-baseline dx dy enable-background fill fill-opacity
    fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-size font-size-adjust
    font-stretch font-style font-variant font-variant-caps font-variant-east-asian font-variant-ligatures
    font-variant-numeric font-variant-position font-weight glyph-orientation-horizontal glyph-orientation-vertical
    gradientTransform height image-rendering inline-size isolation kerning letter-spacing lighting-color line-height
    marker marker-end marker-mid marker-start mask mask-type mix-blend-mode offset opacity order overflow paint-order
    patternTransform pointer-events points r rx ry shape-inside shape-margin shape-padding shape-rendering
    shape-subtract solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor
    text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-orientation
    text-overflow text-rendering text-transform transform transform-box transform-origin unicode-bidi vector-effect
    viewBox visibility white-space width word-spacing writing-mode x x1 x2 y y1 y2
    """
)
_ATTRIBUTES = _PRESENTATION | _words(
    """
    accumulate additive amplitude attributeName attributeType azimuth baseFrequency baseProfile begin bias by calcMode
    class clipPathUnits contentStyleType crossorigin diffuseConstant divisor dur edgeMode elevation end exponent
    filterUnits from fr fx fy gradientUnits href id in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength
    keyPoints keySplines keyTimes lang lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth
    maskContentUnits maskUnits max media method min mode numOctaves operator orient origin path pathLength
    patternContentUnits patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits
    radius refX refY repeatCount repeatDur requiredExtensions requiredFeatures restart result role rotate scale seed
    side slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles style
    surfaceScale systemLanguage tabindex tableValues targetX targetY textLength title to type values version
    xChannelSelector yChannelSelector z zoomAndPan
    """
)
_NAMED = re.compile(r"(?:data|aria)-[a-z0-9-]+")
_FOREIGN_ATTRIBUTES = {XLINK: {"href", "title", "type", "show", "actuate"}, XML: {"space", "lang"}}
_ANCHOR = re.compile(r"#[^\s\"'<>]*")
_TEXTUAL = frozenset(["id", "class", "title", "lang", "role", "requiredFeatures", "requiredExtensions"])
# CSS Values 4 and its neighbours: functions that only count; image(), image-set(), src() and others load.
_FUNCTIONS = _words(
    """
    rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp var matrix matrix3d translate
    translatex translatey translate3d scale scalex scaley rotate rotatex rotatey rotatez skew skewx skewy perspective
    cubic-bezier steps inset circle ellipse polygon rect path blur brightness contrast drop-shadow grayscale
    hue-rotate invert opacity saturate sepia not is where has nth-child nth-of-type nth-last-child nth-last-of-type
    lang accesskey
    """
)
_NAME_AT_END = re.compile(r"(?<![\w-])[\w-]*\Z")
_OWN_URL = re.compile(r"url\(\s*([\"']?)#[^\s\"'()\\]*\1\s*\)", re.IGNORECASE)


class Objection(NamedTuple):
    """Why a drawing is not published.

    Attributes:
        line: from 1.
        column: from 1.
        found: what is not allowed, in Chinese or as it stands in the file; empty if the file is no drawing at all.
    """

    line: int
    column: int
    found: str


class _Refused(Exception):
    """Ends the reading at the first thing that is not allowed."""

    def __init__(self, objection: Objection) -> None:
        self.objection = objection


def objection(raw: bytes) -> Objection | None:
    """Return why a drawing is not published; None if it may be.

    Args:
        raw: the file.
    """
    reader = _Reader()
    try:
        raw.decode("utf-8-sig")
        reader.parser.Parse(raw, True)
    except _Refused as refused:
        return refused.objection
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[line_start : error.start].decode("utf-8", "replace")) + 1
        return Objection(raw.count(b"\n", 0, error.start) + 1, column, "")
    except expat.ExpatError as error:
        return Objection(error.lineno, error.offset + 1, "")
    return None


class _Reader:
    """One reading of a drawing.

    Attributes:
        parser: the parser, whose handlers raise `_Refused`.
        open: names of the elements that are open.
        style: the text of the style sheet that is open.
    """

    def __init__(self) -> None:
        # A browser goes by the declared encoding, so another one than ours is refused in `declaration`.
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        self.open: list[str] = []
        self.style: list[str] = []
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def refuse(self, found: str) -> NoReturn:
        """End the reading with the place of what is read now."""
        raise _Refused(Objection(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, found))

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        """Take in ``<?xml … ?>``."""
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            self.refuse("")

    def doctype(self, *declared: object) -> None:
        """Take in a document type: it may define entities, which grow without end, and attributes that nobody sees."""
        self.refuse("<!DOCTYPE>")

    def instruction(self, target: str, data: str) -> None:
        """Take in a processing instruction: ``<?xml-stylesheet`` loads."""
        self.refuse(f"<?{_shown(target)}>")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        namespace, _, local = name.rpartition(" ")
        if not self.open and (namespace, local) != (SVG, "svg"):
            self.refuse(_named_root(namespace, local))
        if namespace != SVG or local not in _ELEMENTS:
            self.refuse(f"<{_shown(local)}>" if namespace == SVG else f"不属于 SVG 的 <{_shown(local)}>")
        if len(self.open) >= DEEPEST:
            self.refuse(f"套了 {DEEPEST} 层以上的元素")
        self.open.append(local)
        for attribute, value in attributes.items():
            if found := next(_faults(attribute, value), None):
                self.refuse(found)

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if self.open.pop() == "style":
            if found := next(_css_faults("".join(self.style)), None):
                self.refuse(found)
            self.style.clear()

    def text(self, text: str) -> None:
        """Take in text."""
        if self.open[-1] == "style":
            self.style.append(text)


def _shown(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text[:40])


def _named_root(namespace: str, local: str) -> str:
    if (local, namespace) == ("svg", ""):
        return '没有写 xmlns="http://www.w3.org/2000/svg" 的 <svg>'
    return f"最外层的 <{_shown(local)}>（应当是 <svg>）"


def _faults(name: str, value: str) -> Iterator[str]:
    namespace, _, local = name.rpartition(" ")
    shown = f"{_shown(local)}=“{_shown(value)}”"
    if namespace:
        if local not in _FOREIGN_ATTRIBUTES.get(namespace, ()):
            yield f"不属于 SVG 的属性 {_shown(local)}"
    elif local not in _ATTRIBUTES and not _NAMED.fullmatch(local):
        yield _shown(local)
    if (
        (local == "href" and not _ANCHOR.fullmatch(value.strip()))
        or (local == "attributeName" and value.strip() not in _PRESENTATION)
        or (local not in _TEXTUAL and not _NAMED.fullmatch(local) and any(_css_faults(value)))
    ):
        yield shown


def _css_faults(css: str) -> Iterator[str]:
    """Yield what could load something; escapes and at-rules are refused whole, since they can spell everything else."""
    for character in ("\\", "@"):
        if character in css:
            yield f"样式里的 “{character}”"
    for before in _OWN_URL.sub(" ", _without_comments(css)).split("(")[:-1]:
        match = _NAME_AT_END.search(before[-_LONGEST_NAME:].rstrip())
        name = match[0].lower() if match else ""
        if name and name not in _FUNCTIONS:
            yield f"样式里的 {name}(…)"


def _without_comments(css: str) -> str:
    kept = []
    while css:
        before, opening, rest = css.partition("/*")
        _, closing, after = rest.partition("*/")
        kept.append(before)
        if opening and not closing:  # Not closed: what stands in it is judged too.
            kept.append(rest)
        css = after
    return " ".join(kept)

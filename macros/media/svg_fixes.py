"""Take off a drawing what drawing programs note for themselves: nothing of it is ever shown.

Inkscape, Illustrator and Matplotlib write elements and attributes of their own namespaces, descriptions in RDF and a document
type, which `macros.media.svg` refuses. All else stays byte for byte; what is HTML or runs is left for a person to judge.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from macros.media.svg import SVG, XLINK, XML, objection

_HTML = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+svg\b[^\[\]<>]*>\s*")
_ATTRIBUTE = re.compile(rb"(?<!\s)\s+([^\s=\"'<>/]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_TAG = re.compile(rb"<[^\s<>\"'/]+(?:\s+[^\s=\"'<>/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")


def mended(raw: bytes) -> bytes | None:
    """Return a drawing that may be published once the notes of programs are off it; None if there is nothing to mend so."""
    if objection(raw) is None:
        return None
    made = without_notes(raw)
    return made if objection(made) is None else None


def without_notes(raw: bytes) -> bytes:
    """Return a drawing without what programs noted for themselves; one that can't be read as it is."""
    plain = _DOCTYPE.sub(b"", raw, count=1)
    reader = _Reader(plain)
    try:
        reader.parser.Parse(plain, True)
    except expat.ExpatError:
        return raw
    made, place = [], 0
    for start, end, replacement in reader.cuts:
        made += [plain[place:start], replacement]
        place = end
    return b"".join([*made, plain[place:]])


class _Reader:
    """One reading of a drawing.

    Attributes:
        cuts: beginning, end and replacement of what is taken off, in bytes.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.cuts: list[tuple[int, int, bytes]] = []
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        self.prefixes: dict[str, list[str]] = {}
        self.depth = 0
        self.skipped_from: tuple[int, int] | None = None
        self.opened_at = -1
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartNamespaceDeclHandler = self.declare
        parser.EndNamespaceDeclHandler = self.forget

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """Take in a prefix."""
        self.prefixes.setdefault(prefix or "", []).append(uri or "")

    def forget(self, prefix: str | None) -> None:
        """Take in that a prefix ends."""
        self.prefixes[prefix or ""].pop()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        self.depth += 1
        self.opened_at = place = self.parser.CurrentByteIndex
        namespace = name.rpartition(" ")[0]
        if self.skipped_from:
            return
        if self.depth > 1 and namespace != SVG and namespace not in _HTML:
            self.skipped_from = (self.depth, place)
        elif any(" " in attribute and attribute.split(" ")[0] not in (XLINK, XML) for attribute in attributes):
            self.cut_attributes(place)

    def cut_attributes(self, place: int) -> None:
        """Take the attributes of other namespaces off a tag."""
        if tag := _TAG.match(self.raw, place):
            plain = _ATTRIBUTE.sub(lambda found: b"" if self.is_foreign(found[1]) else found[0], tag[0])
            self.cuts.append((place, tag.end(), plain))

    def is_foreign(self, name: bytes) -> bool:
        """Tell whether an attribute is of another namespace."""
        prefix, colon, _ = name.decode("utf-8").partition(":")
        uris = self.prefixes.get(prefix, [])
        return bool(colon) and prefix not in ("xml", "xmlns") and uris != [] and uris[-1] not in (SVG, XLINK)

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        place = self.parser.CurrentByteIndex
        if self.skipped_from and self.skipped_from[0] == self.depth:
            start = self.skipped_from[1]
            # An empty element ends where its only tag does; any other with a tag of its own.
            is_empty = self.opened_at == start and self.raw[max(start, place - 2) : place] == b"/>"
            self.cuts.append((start, place if is_empty else self.raw.index(b">", place) + 1, b""))
            self.skipped_from = None
        self.opened_at = -1
        self.depth -= 1

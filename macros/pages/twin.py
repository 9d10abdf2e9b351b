"""Make of a finished page the one in traditional characters: its words, its language, and links that stay among such pages.

>>> from macros.text.traditional import Traditional
>>> twin = Twin(Site("科普", traditional="all"), Traditional().convert)
>>> twin.page('<a href="../bases/" title="里程">发展</a><img src="../assets/a.png">', "az/")
'<a href="../bases/" title="里程">發展</a><img src="../../assets/a.png">'

All such pages lie in one folder, as their originals lie in the site, so a link to a page leads to that page's twin as it stands.
What has no twin, files above all, lies one folder further up. Only what people read is converted: texts, and some attributes;
never addresses, ids, code, or what scripts read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit

from macros.pages.site_settings import TRADITIONAL, Site

_TAG = r"""<[^\s<>](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>"""
_PLAIN = re.compile(rf"{_TAG}|[^<]++|<")
"""What most lines are made of: tags, and what stands between them."""
_OPAQUE = "|".join(rf"(?=<{name}[\s>]){_TAG}(?:[^<]++|<(?!/{name}>))*+" for name in ("script", "style", "code", "pre"))
_NAMED = rf'(?=<[^<>]*\slang="zh-Han)(?!<html){_TAG}[^<]*+'
_PIECE = re.compile(rf"{_OPAQUE}|{_NAMED}|<!--.*?-->|{_TAG}|[^<]++|<", re.DOTALL)
"""The same, with elements of code, and such as name their script: each is one piece up to its end."""
_CODE = re.compile(r"<(?:script|style|code|pre)[\s>]")
_FIRST_TAG = re.compile(_TAG)

_LINKS = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "srcset",
    "data-root",
    "data-source",
    "data-code",
    "data-files",
)
_READ = ("title", "alt", "aria-label", "placeholder", "content", "label", "data-label", "data-confirm")
_ATTRIBUTE = re.compile(rf'(?<=\s)({"|".join((*_LINKS, *_READ))})="([^"]+)"')
_OF_FILES = "data-files"
_LINKED_DATA = '<script type="application/ld+json">'
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)("?+)')
_PLAIN_STRING = re.compile(r'"((?:\.\./|https?:)[^"]*+|[^"\x80-\U0010ffff]*+[^"\x00-\x7f][^"]*+)(")')
"""The same where nothing is escaped, and only what may change: a link, or more than ASCII."""
_IN_SET = re.compile(r"[^\s,]\S*")
_REFRESH = re.compile(r"(0; url=)(.+)")
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_MOST_PIECES = 300_000
"""Lines and their pieces that are kept, some 200 bytes each: header and footer, and the cards that stand on many pages."""


class Twin:
    """Makes the pages in traditional characters.

    Args:
        site: what the configuration says.
        convert: converts a text.

    Attributes:
        convert: converts a text.
    """

    def __init__(self, site: Site, convert: Callable[[str], str]) -> None:
        self._site, self.convert = site, convert
        self._base = urlsplit(site.url).path or "/"
        self._made: dict[int, dict[str, str]] = {}

    def page(self, html: str, address: str) -> str:
        """Return the twin of a whole page.

        Args:
            html: the page, as it is published.
            address: where it lies, relative to the site's root.
        """
        made = self._made.setdefault(address.count("/"), {})
        if len(made) > _MOST_PIECES:
            made.clear()
        lines = html.split("\n")
        converted = list(map(made.get, lines))
        for at in [at for at, line in enumerate(converted) if line is None]:
            if converted[at] is not None:
                continue
            line = lines[at]
            is_special = _is_special(line)
            pieces = (_PIECE if is_special else _PLAIN).findall(line)
            # Without elements of code, only a tag that goes on behind the line is none of the pieces.
            if "<" not in pieces and not (is_special and _leaves_open(pieces)):
                converted[at] = self._line(line, pieces, address, made)
            else:
                end = at + _lines_of(lines[at:])
                pieces = _PIECE.findall("\n".join(lines[at:end]))
                converted[at:end] = "".join(self._piece(piece, address, {}) for piece in pieces).split("\n")
        return "\n".join(line or "" for line in converted)

    def _line(self, line: str, pieces: list[str], address: str, made: dict[str, str]) -> str:
        converted = [made.get(piece) or self._piece(piece, address, made) for piece in pieces]
        whole = "".join(converted)
        if all(map(made.__contains__, pieces)):
            made[line] = whole
        return whole

    def _piece(self, piece: str, address: str, made: dict[str, str]) -> str:
        tag = _FIRST_TAG.match(piece)
        if not tag:
            converted = made[piece] = self.convert(piece)
        elif piece.startswith(_LINKED_DATA):
            strings = _STRING if "\\" in piece else _PLAIN_STRING
            converted = strings.sub(lambda found: f'"{self._string(found[1], address, made)}{found[2]}', piece)
        elif "=" not in piece:
            converted = made[piece] = piece
        else:
            converted, lasts = self._tag(tag[0], address)
            converted += piece[tag.end() :]
            if lasts:
                made[piece] = converted
        return converted

    def _tag(self, tag: str, address: str) -> tuple[str, bool]:
        """Return a tag, and whether it is the same on all pages of this depth: its links all begin at the site's root."""
        root, leads_away = "../" * address.count("/"), "hreflang=" in tag
        lasts = True

        def attribute(found: re.Match[str]) -> str:
            nonlocal lasts
            name, value = found[1], found[2]
            refresh = _REFRESH.fullmatch(value) if name == "content" else None
            if name in _READ and not (refresh or self._is_own(value)):
                return f'{name}="{self.convert(value)}"'
            lasts = lasts and (not root or value.startswith((root, "/", "#", "?")) or bool(_WITH_SCHEME.match(value)))
            if name == "srcset":
                value = _IN_SET.sub(lambda one: self._moved(one[0], address) if "/" in one[0] else one[0], value)
            elif refresh:
                value = refresh[1] + self._moved(refresh[2], address)
            else:
                value = self._moved(value, address, leads_away or name == _OF_FILES)
            return f'{name}="{value}"'

        return _ATTRIBUTE.sub(attribute, tag), lasts

    def _string(self, text: str, address: str, made: dict[str, str]) -> str:
        """Return a string of linked data."""
        if text.startswith("../") or self._is_own(text):
            return self._moved(text, address)
        return made.get(text) or made.setdefault(text, self.convert(text))

    def _is_own(self, text: str) -> bool:
        """Tell whether a text is the address of something in the site, and no sentence that begins with one."""
        return bool(self._site.url) and text.startswith(self._site.url) and text.isascii()

    def _moved(self, link: str, address: str, is_shared: bool = False) -> str:
        """Return a link of a page as its twin has it.

        Args:
            link: the link, its references to characters unresolved.
            address: where the page lies.
            is_shared: whether it leads to where it says, whatever has a twin.
        """
        if link.startswith(("#", "?")):
            return link
        start, rest = "", link
        if _WITH_SCHEME.match(link) or link.startswith("/"):
            start = next((one for one in (self._site.url, self._base) if one and link.startswith(one)), "")
            rest = link.removeprefix(start)
            stays = not start or is_shared or rest.startswith(TRADITIONAL) or not self._site.has_twin(_page(rest))
            return link if stays else f"{start}{TRADITIONAL}{rest}"
        path = re.split(r"[?#]", link, maxsplit=1)[0]
        target = _below_root(address, path)
        if target is None or (not is_shared and self._site.has_twin(unquote(target))):
            return link
        return "../" * (address.count("/") + 1) + target + link[len(path) :]


def _is_special(line: str) -> bool:
    """Tell whether a line may hold more than tags and texts; to look for texts is faster than for an expression."""
    is_of_code = "<script" in line or "<style" in line or "<code" in line or "<pre" in line
    return is_of_code or "<!--" in line or 'lang="zh-Han' in line


def _leaves_open(pieces: list[str]) -> bool:
    """Tell whether an element of code goes on behind the line in which it begins."""
    return not all(after.startswith("</") for one, after in pairwise([*pieces, ""]) if _CODE.match(one))


def _lines_of(lines: list[str]) -> int:
    """Return after how many lines what begins in the first one has ended."""
    html = "\n".join(lines)
    first = len(lines[0])
    for found in _PIECE.finditer(html):
        at = html.find("\n", max(found.start(), first), found.end())
        if at >= 0 and not found[0].startswith("<"):
            return html.count("\n", 0, at) + 1
    return len(lines)


def _page(link: str) -> str:
    return unquote(re.split(r"[?#]", link, maxsplit=1)[0])


def _below_root(address: str, path: str) -> str | None:
    """Return what a relative link leads to, relative to the site's root and quoted; None for what lies outside."""
    joined = normpath(f"./{quote(address)}{path}")
    if joined.startswith(".."):
        return None
    is_page = path.endswith("/") or path.rpartition("/")[2] in ("", ".", "..")
    return ("" if joined == "." else f"{joined}/") if is_page else joined

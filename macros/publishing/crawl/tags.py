"""Tags of an HTML page, found fast.

The crawl reads every page of a site, and the pages share most of their tags. One regular expression therefore only cuts
a page into tokens, by the rules of the HTML standard's tokenizer (section 13.2.5); a token is taken apart once, however
many pages hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

# Every repetition is possessive: no page, however broken, makes the expression backtrack.
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)"""
_ATTRIBUTES = rf"(?:[\s/]|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+)*+"
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_COMMENT = r"!--(?:-?>|(?:[^-]|-(?!-!?>))*+(?:--!?>)?)"
_DECLARATION = r"[!?][^>]*+>?"
# Half of all start tags have no attribute, or a class: what names nothing needs no token either.
_MUTE_TAG = rf"(?!(?:{'|'.join(_TEXT_ONLY)})[\s>])[a-z][a-z0-9]*+(?: class=\"[^\"<]*+\")?+>"
_START_TAG = rf"[a-z][^\s/>]*+{_ATTRIBUTES}>"
# An end tag without attributes, as nearly all are, needs no token.
_END_TAG = rf"/(?![a-z][^\s/<>]*+>)(?:[a-z][^\s/>]*+{_ATTRIBUTES}>|[^a-z>][^>]*+>?)"
# As far as a tag can be read that is never closed: what was looked through once is not looked through again.
_BROKEN_TAG = rf"(?:/(?![a-z][^\s/<>]*+>))?[a-z][^\s/>]*+{_ATTRIBUTES}"


def _with_text(name: str) -> str:
    """Return the expression of an element whose content is text, up to its end tag."""
    return rf"{name}(?=[\s/>]){_ATTRIBUTES}>[^<]*+(?:<(?!/{name}[\s/>])[^<]*+)*+"


# As templates write it; anything else is for the rules of the standard, which take half as long again.
_NEAT_TAG = rf"(?!(?:{'|'.join(_TEXT_ONLY)})[\s>])[a-z][a-z0-9]*+(?: [a-z][-a-z:]*+(?:=\"[^\"]*+\")?+)++>"
_KINDS = (_NEAT_TAG, _COMMENT, _DECLARATION, *map(_with_text, _TEXT_ONLY), _START_TAG, _END_TAG, _BROKEN_TAG)
_TOKEN = re.compile(f"<(?!/[a-z]++[0-9]*+>|{_MUTE_TAG})(?:{'|'.join(_KINDS)})", re.IGNORECASE)
_BROKEN = re.compile(f"<{_BROKEN_TAG}", re.IGNORECASE)
_OPENING = re.compile(rf"<([a-z][^\s/>]*+)({_ATTRIBUTES})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+({_VALUE}))?+")


@dataclass(frozen=True)
class Tag:
    """A start tag.

    Attributes:
        name: in lower case.
        attributes: names in lower case, values with character references resolved; of two equal names the first counts.
        text: what stands between a script, style, title, textarea or the like and its end tag; else empty.
    """

    name: str
    attributes: Mapping[str, str]
    text: str = ""


def tokens(source: str) -> list[str]:
    """Return the start tags of a page as they are written, in order, among its comments and other oddities.

    Those without attributes, or with a class alone, are left out: they name nothing.
    A script, style, textarea and the like comes as one token with its text, so that no link in it is taken for one.
    A tag that is never closed comes as far as it can be read.
    """
    return _TOKEN.findall(source)


def placed_tokens(source: str) -> Iterator[tuple[int, str]]:
    """Yield what `tokens` returns, each with its offset in the page in characters."""
    for match in _TOKEN.finditer(source):
        yield match.start(), match.group()


def is_broken(token: str) -> bool:
    """Tell whether a token is the start of a tag that is never closed: a browser swallows what follows it."""
    return not token.endswith(">") and _BROKEN.fullmatch(token) is not None


def read_tag(token: str) -> Tag | None:
    """Take a token apart; None for what is no start tag."""
    opening = _OPENING.match(token)
    if opening is None:
        return None
    attributes: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(opening[2]):
        attributes.setdefault(name.lower(), _plain(value))
    return Tag(opening[1].lower(), attributes, token[opening.end() :])


def _plain(value: str) -> str:
    """Return the value of an attribute without its quotes and character references."""
    unquoted = value[1:-1] if value[:1] in {'"', "'"} else value
    return unescape(unquoted) if "&" in unquoted else unquoted

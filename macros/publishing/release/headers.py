"""Headers that hosts send with the site: what its pages may do in a browser, and how long a file may be kept.

The policy is as strict as the finished pages allow. A script or style written into a page is allowed by its hash
(Content Security Policy Level 3, section 2.3.1), never by ``unsafe-inline``; data blocks are no scripts and need none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape

_SCRIPT = re.compile(r"<script\b([^>]*)>")
_SOURCE = re.compile(r"\ssrc\s*=")
_TYPE = re.compile(r"""\stype\s*=\s*["']?([^"'\s>]*)""")
_RUNNING_TYPES = {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"}
_STYLE = re.compile(r"<style\b([^>]*)>")
_STYLE_ATTRIBUTE = re.compile(r"""<[a-z][^<>]*?\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""")

_OF_HEADERS_ALONE = {"frame-ancestors"}

_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

FRAMED = "embed/"
"""Where that lies which other sites may show in a frame."""

_POLICY = "Content-Security-Policy"

FRESH = "no-cache"
"""What keeps its name may be kept but is asked for again: a page names the styles and scripts of its own build."""

LASTING = "public, max-age=31536000, immutable"
"""Files that are named after their content, or lie in a folder that is."""

_LASTING_NAME = r"assets/.*[/.][0-9a-f]{16}[/.]"
_LASTING_RULE = re.compile(r"assets/(?:.*/)?[0-9a-f]{16}/(?=.)|assets/.*\.[0-9a-f]{16}\.\w+$")


class InlineCode:
    """Collects what is written into pages and would be run or applied: scripts, styles, style attributes."""

    def __init__(self) -> None:
        self._scripts: set[str] = set()
        self._styles: set[str] = set()
        self._attributes: set[str] = set()

    def read(self, page: str) -> None:
        """Take note of a finished page."""
        self._scripts.update(text for attributes, text in _elements(page, _SCRIPT, "</script") if _runs(attributes))
        if "<style" in page:
            self._styles.update(text for _, text in _elements(page, _STYLE, "</style"))
        if "style=" in page:
            self._attributes.update(unescape(one or other) for one, other in _STYLE_ATTRIBUTE.findall(page))

    def add(self, other: InlineCode) -> None:
        """Take over what other pages hold."""
        self._scripts |= other._scripts
        self._styles |= other._styles
        self._attributes |= other._attributes

    def policy(self, in_page: bool = False, ancestors: Sequence[str] = ()) -> str:
        """Return the value of ``Content-Security-Policy`` that suits the pages read.

        Args:
            in_page: leave out what browsers do not take from a ``meta`` element (HTML, section 4.2.5.3).
            ancestors: origins of the other sites that may show the pages in a frame.
        """
        found = frozenset(self._scripts), frozenset(self._styles), frozenset(self._attributes)
        return _policy(*found, in_page, tuple(ancestors))


@lru_cache(maxsize=1000)
def _policy(
    scripts: frozenset[str],
    styles: frozenset[str],
    attributes: frozenset[str],
    in_page: bool,
    ancestors: tuple[str, ...],
) -> str:
    """Return the policy for what was found; most pages hold the same few scripts."""
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_hashes(scripts)],
        "style-src": ["'self'", *_hashes(styles)],
        "style-src-attr": ["'unsafe-hashes'", *_hashes(attributes)] if attributes else ["'none'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'", *ancestors],
    }
    names = [name for name in rules if not (in_page and name in _OF_HEADERS_ALONE)]
    return "; ".join(" ".join([name, *rules[name]]) for name in names)


def policy_of(page: str) -> str:
    """Return the policy that a page brings along in its head, for hosts that send no headers of ours.

    Args:
        page: the whole page.
    """
    inline = InlineCode()
    inline.read(page)
    return inline.policy(in_page=True)


def headers(inline: InlineCode) -> dict[str, str]:
    """Return the headers that go with every answer, in order."""
    return {
        _POLICY: inline.policy(),
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def lasting(names: Iterable[str]) -> list[str]:
    """Return what never changes among the files of a site: folders with ``*`` at the end, and single files; sorted."""
    rules = {(name, found[0]) for name in names if (found := _LASTING_RULE.match(name))}
    return sorted({rule if rule == name else f"{rule}*" for name, rule in rules})


def files(inline: InlineCode, base: str, names: Iterable[str], ancestors: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the headers in the forms that hosts read, by path below the site's root.

    Args:
        inline: what the pages hold.
        base: path of the site's start page on its host, with a slash at both ends.
        names: every file of the site, POSIX form.
        ancestors: origins of the other sites that may show what lies in `FRAMED` in a frame.
    """
    sent = headers(inline)
    framed = inline.policy(ancestors=ancestors) if ancestors else ""
    return {
        "_headers": _hosted(sent, base, lasting(names), framed).encode(),
        "headers.nginx.conf": _nginx(sent, base, framed).encode(),
        "headers.caddy": _caddy(sent, base, framed).encode(),
    }


def _hosted(sent: dict[str, str], base: str, rules: Iterable[str], framed: str) -> str:
    """Return ``_headers`` as hosts of static pages read it; later rules add to earlier ones, so each path has one life."""
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in sent.items()), f"  Cache-Control: {FRESH}"]
    for rule in rules:
        # "!" takes the header of the rule above away; without it both values would be sent as one.
        lines += [f"{base}{rule}", "  ! Cache-Control", f"  Cache-Control: {LASTING}"]
    if framed:
        lines += [f"{base}{FRAMED}*", f"  ! {_POLICY}", f"  {_POLICY}: {framed}"]
    return "\n".join(lines) + "\n"


def _nginx(sent: dict[str, str], base: str, framed: str) -> str:
    """Return what nginx includes in a server; `add_header` without `always` leaves errors without a lifetime."""
    lines = [
        "# include headers.nginx.conf; inside of server { … }",
        f'set $kepu_lifetime "{FRESH}";',
        f'if ($uri ~ "^{re.escape(base)}{_LASTING_NAME}") {{ set $kepu_lifetime "{LASTING}"; }}',
        "add_header Cache-Control $kepu_lifetime;",
    ]
    if framed:
        lines += [
            f'set $kepu_policy "{sent[_POLICY]}";',
            f'if ($uri ~ "^{re.escape(base)}{FRAMED}") {{ set $kepu_policy "{framed}"; }}',
        ]
        sent = {**sent, _POLICY: "$kepu_policy"}
    lines += [f'add_header {name} "{value}" always;' for name, value in sent.items()]
    return "\n".join(lines) + "\n"


def _caddy(sent: dict[str, str], base: str, framed: str) -> str:
    """Return what Caddy imports in a site block; the two matchers exclude each other, so their order is no matter."""
    pattern = f"^{re.escape(base)}{_LASTING_NAME}"
    lines = [
        "# import headers.caddy",
        "header {",
        *(f'\t{name} "{value}"' for name, value in sent.items() if not (framed and name == _POLICY)),
        "}",
        "@kepu_lasting path_regexp " + _quoted(pattern),
        "@kepu_fresh not path_regexp " + _quoted(pattern),
        f'header @kepu_lasting Cache-Control "{LASTING}"',
        f'header @kepu_fresh Cache-Control "{FRESH}"',
    ]
    if framed:
        place = _quoted(f"^{re.escape(base)}{FRAMED}")
        lines += [
            f"@kepu_framed path_regexp {place}",
            f"@kepu_whole not path_regexp {place}",
            f'header @kepu_framed {_POLICY} "{framed}"',
            f'header @kepu_whole {_POLICY} "{sent[_POLICY]}"',
        ]
    return "\n".join(lines) + "\n"


def _quoted(pattern: str) -> str:
    # Backquotes keep backslashes and braces as they are.
    return f"`{pattern}`"


def _elements(page: str, opening: re.Pattern[str], closing: str) -> Iterator[tuple[str, str]]:
    """Yield attributes and text of the elements of one name, which end at their first closing tag."""
    place = 0
    while found := opening.search(page, place):
        # Looking for a text is some fifty times faster than an expression that goes there sign by sign.
        end = page.find(closing, found.end())
        if end < 0:
            return
        yield found[1], page[found.end() : end]
        place = end


@lru_cache(maxsize=1000)
def _runs(attributes: str) -> bool:
    """Tell whether a script element holds a script of its own, not data and not the address of a file."""
    kind = _TYPE.search(attributes)
    return not _SOURCE.search(attributes) and (kind[1].lower() if kind else "") in _RUNNING_TYPES


def _hashes(texts: Iterable[str]) -> list[str]:
    """Return the sources that allow texts, sorted; browsers hash a text after its line ends were made one character."""
    return sorted(f"'sha256-{_base64(text.replace(chr(13) + chr(10), chr(10)))}'" for text in texts)


def _base64(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

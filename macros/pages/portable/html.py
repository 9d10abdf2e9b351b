"""HTML that any engine leaves as it is, whichever Markdown or templates it reads.

CommonMark reads Markdown again after a blank line inside HTML, Python-Markdown reads it inside a line, and other engines
know templates, emoji or mathematics on top. So no blank line stays, and in texts and attributes every mark that one of
them could read is written as a character reference: browsers show it as before, and nothing else reads it.
"""

from __future__ import annotations

import re
import string
from html import unescape
from html.parser import HTMLParser

from markupsafe import Markup

BODY = Markup("<kepu-body></kepu-body>")
"""Stands for a page's Markdown; an element, since a record's text is escaped and can never be one."""

# Forms, drawings and what scripts work with need the frame of our own pages; drawings repeat what texts say.
_LEFT_OUT = frozenset({"script", "style", "template", "form", "svg"})
_UNWRAPPED = frozenset({"noscript"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_IN_TEXT = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation if mark not in ",;?%/"}
_IN_ATTRIBUTE = {ord(mark): f"&#x{ord(mark):x};" for mark in string.punctuation if mark not in ",;?%/.-#:+"}
# GitHub's reader looks for addresses of mail after it has resolved references; something must stand in
# their way. In attributes references are hexadecimal, so that this is never put into one.
_AT = "&#64;<!-- -->"
_BREAK = re.compile(r"(?:(?<![ \t])[ \t]++)?+[\n\r\f\v][ \t\n\r\f\v]*")


def inert(html: str) -> str:
    """Return HTML in which nothing comes alive in another engine, without blank lines.

    Args:
        html: well-formed HTML of our templates.
    """
    return _joined(_Writer(html).parts)


def inert_line(html: str) -> str:
    """Return the same on one line, to stand within a line of Markdown."""
    return inert(html).replace("\n", " ").replace("&#64;", _AT)


def inert_text(text: str) -> str:
    """Return plain text that stays text in Markdown as in HTML."""
    return _escaped(text).replace("&#64;", _AT)


def around_body(html: str) -> tuple[str, str]:
    """Return what stands before and after `BODY`, each with whole elements only.

    Elements that hold the body are left out: an engine would take Markdown inside them for HTML.

    Args:
        html: well-formed HTML of our templates with `BODY` once.
    """
    writer = _Writer(html)
    return _joined(writer.parts[: writer.body]), _joined(writer.parts[writer.body :])


class _Writer(HTMLParser):
    """Writes HTML again, piece by piece.

    Attributes:
        parts: what was written.
        body: how many of them stand before `BODY`.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.body = 0
        self._open: list[tuple[str, int | None]] = []
        self._left_out: list[str] = []
        # As a plain string: one that knows itself to be safe takes twice the time to cut.
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a start tag, unless its element is left out."""
        if self._left_out or tag in _LEFT_OUT:
            self._left_out += [] if tag in _VOID else [tag]
        elif tag == "kepu-body":
            self._put_body()
        elif tag != "link":
            if tag not in _VOID:
                self._open.append((tag, len(self.parts)))
            self.parts.append("" if tag in _UNWRAPPED else f"<{tag}{''.join(map(_attribute, attrs))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element that says itself that it is empty."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag, if its start tag was written."""
        if self._left_out:
            self._left_out.pop()
        elif tag not in _VOID and tag != "kepu-body":
            _, place = self._open.pop()
            self.parts.append("" if place is None or tag in _UNWRAPPED else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write a text."""
        if self._left_out:
            return
        if any(tag == "pre" for tag, _ in self._open):
            self.parts.append(data.translate(_IN_TEXT | {10: "&#10;"}))
        else:
            self.parts.append(_escaped(data))

    def handle_entityref(self, name: str) -> None:
        """Write a named character reference by its number."""
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Write a character reference as all others."""
        self.handle_data(unescape(f"&#{name};"))

    def _put_body(self) -> None:
        """Take back the start tags of the elements that hold the body, and let their end tags go."""
        for _, place in self._open:
            assert place is not None
            self.parts[place] = ""
        self._open = [(tag, None) for tag, _ in self._open]
        self.body = len(self.parts)


def _escaped(text: str) -> str:
    return _BREAK.sub("\n", text).translate(_IN_TEXT)


def _joined(parts: list[str]) -> str:
    """Join pieces; where one was left out between two line ends, no blank line may stay."""
    return _BREAK.sub("\n", "".join(parts)).strip()


def _attribute(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    return f" {name}" if value is None else f' {name}="{_BREAK.sub(" ", value).translate(_IN_ATTRIBUTE)}"'

"""An article as plain Markdown, for programs that read: headings, paragraphs, lists, tables and links, nothing else.

    <h2>来源</h2><ol><li><a href="../x/">一条</a><svg>…</svg></li></ol>

becomes

    ## 来源

    1. [一条](https://example.org/x/)

What only browsers use is left out: scripts, forms, drawings, what is hidden, what is said to screen readers alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*+)([^<>]*+)>|([^<]++)")
_LEFT_OUT = frozenset({"template", "form", "button", "nav"})
# Half of all marks, never one within another: taken out by one expression, they cost a third of reading them.
_OUT_AT_ONCE = re.compile(r"<(svg|script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_HIDDEN = re.compile(r'\shidden\b|class="[^"]*\b(?:visually-hidden|for-editors|on-screen|badge-plain)\b')
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "details",
        "div",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_ACTIVE = re.compile(r"[\\`*_\[\]<>|]|&(?=#?\w+;)")
_AT_START = re.compile(r"\A(\d*+)([-+]|#{1,6}|(?<=\d)[.)])(?=\s|$)")
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_ALTERNATIVE = re.compile(r'\salt="([^"]*)"')


def plain_markdown(html: str, absolute: Callable[[str], str]) -> str:
    """Return an article as Markdown, with one line end behind it.

    Args:
        html: well-formed HTML of our templates.
        absolute: makes the address of a link one that can be followed from anywhere.
    """
    return _Writer(absolute).written(html)


class _Writer:
    """Writes block after block; what stands within a line is gathered until the block ends."""

    def __init__(self, absolute: Callable[[str], str]) -> None:
        self._absolute = absolute
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._lists: list[
            list[str]
        ] = []  # for each list or quotation around: what stands before its next and its further blocks
        self._links: list[str] = []
        self._heading = ""
        self._is_code = self._is_block = False
        self._row: list[str] | None = None
        self._is_first_row = False

    def written(self, html: str) -> str:
        """Return the Markdown."""
        left_out = 0
        for sign, tag, rest, text in _TOKEN.findall(_OUT_AT_ONCE.sub("", html)):
            if text:
                if not left_out and (not text.isspace() or self._line):
                    self._line.append(unescape(text) if self._is_code else _escaped(text))
            elif not tag:
                continue
            elif left_out:
                if tag not in _VOID and not rest.endswith("/"):
                    left_out += -1 if sign else 1
            elif sign:
                self._end(tag)
            elif tag in _LEFT_OUT or (rest and _HIDDEN.search(rest)):
                left_out = 0 if tag in _VOID else 1
            else:
                self._start(tag, rest)
        self._flush()
        return "\n".join(self._blocks).strip("\n") + "\n"

    def _start(self, tag: str, rest: str) -> None:
        if tag in _BLOCKS:
            if tag in ("td", "th"):
                self._line = []
                return
            if self._row is None and not (tag == "dd" and self._line):
                self._flush()
            self._open(tag)
        elif tag == "a":
            found = _ADDRESS.search(rest)
            self._links.append(self._absolute(unescape(found[1])) if found else "")
            self._line.append("[" if found else "")
        elif tag in _MARKS and not self._is_block:
            self._line.append(_MARKS[tag])
            self._is_code = tag == "code"
        elif tag == "br":
            self._line.append(" ")
        elif tag == "img" and (found := _ADDRESS.search(rest)):
            words = _ALTERNATIVE.search(rest)
            self._line.append(f"![{_escaped(words[1]) if words else ''}]({self._absolute(unescape(found[1]))})")

    def _open(self, tag: str) -> None:
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading = "#" * int(tag[1]) + " "
        elif tag in ("ul", "ol"):
            self._lists.append(["", "", tag])
        elif tag == "li" and self._lists:
            of = self._lists[-1]
            number = int(of[3]) + 1 if len(of) > 3 else 1
            marker = "- " if of[2] == "ul" else f"{number}. "
            self._lists[-1] = [marker, " " * len(marker), of[2], str(number)]
        elif tag == "dt":
            self._lists.append(["- ", "  ", "dl"])
        elif tag == "blockquote":
            self._lists.append(["> ", "> ", "quote"])
        elif tag == "table":
            self._is_first_row = True
        elif tag == "pre":
            self._is_code = self._is_block = True
        elif tag == "tr":
            self._row = []

    def _end(self, tag: str) -> None:
        if tag == "a":
            address = self._links.pop() if self._links else ""
            self._line.append(f"]({address})" if address else "")
        elif tag == "pre":
            self._end_code()
        elif tag in _MARKS and not self._is_block:
            self._line.append(_MARKS[tag])
            self._is_code = False
        elif tag in ("td", "th"):
            if self._row is not None:
                self._row.append(self._text())
        elif tag == "tr":
            self._end_row()
        elif tag == "dt":
            self._line.append("：")
        elif tag in _BLOCKS and self._row is None:
            self._flush()
            if (tag in ("ul", "ol", "blockquote") and self._lists) or (
                tag == "dd" and self._lists and self._lists[-1][2] == "dl"
            ):
                self._lists.pop()

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        rows = [f"| {' | '.join(cells)} |"]
        if self._is_first_row:
            rows = ["", *rows, "|" + " --- |" * len(cells)]
        self._is_first_row = False
        self._blocks += [f"{''.join(one[1] for one in self._lists)}{row}".rstrip() for row in rows]

    def _end_code(self) -> None:
        """Write what stands in a block as it is, between fences longer than any run of backquotes in it."""
        code, self._line = "".join(self._line).strip("\n"), []
        self._is_code = self._is_block = False
        fence = "`" * (max([2, *map(len, re.findall("`+", code))]) + 1)
        before = "".join(one[1] for one in self._lists)
        self._blocks += ["", *(f"{before}{line}" for line in (fence, *code.split("\n"), fence))]

    def _text(self) -> str:
        text, self._line = " ".join("".join(self._line).split()), []
        return text

    def _flush(self) -> None:
        if not self._line:
            return
        text, heading = self._text(), self._heading
        if not text:
            return
        self._heading = ""
        if not heading:
            text = _AT_START.sub(r"\1\\\2", text, count=1) if _AT_START.match(text) else text
        before = "".join(one[0] for one in self._lists)
        # Items of a list stand close, all else apart.
        if not (self._lists and self._lists[-1][0].strip() and self._blocks and _is_item(self._blocks[-1])):
            self._blocks.append("")
        self._blocks.append(f"{before}{heading}{text}")
        self._lists = [[one[1], *one[1:]] for one in self._lists]


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ") or line.lstrip()[:1].isdigit()


def _escaped(text: str) -> str:
    plain = unescape(text) if "&" in text else text
    return _ACTIVE.sub(r"\\\g<0>", plain) if _ACTIVE.search(plain) else plain

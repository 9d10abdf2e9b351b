"""What CommonMark does not know about Chinese: emphasis beside full-width marks, lines that break without a space.

If a mark stands before ``**``, CommonMark lets it close only beside a space or another mark (0.31, section 6.2). So
``**重要：**请预约`` stays as it is typed; Chinese has no spaces there. A joiner, a character that Markdown takes for a
letter, is put between mark and stars, and is taken out of the HTML again. It is a noncharacter of Unicode, never part
of a text, and is taken out of the author's text first: whatever joiner the HTML holds is ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

_JOINER = "\ufdd0"
_STARS = re.compile(r"\*+")
_OPENING = {"Ps", "Pi"}
_MAY_OPEN = frozenset("\"'`—…·")

_MARKS = (
    r"\u3000-\u3003\u3008-\u3011\u3014-\u301f\u30fb\ufe30-\ufe4f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_LETTERS = (
    r"\u2e80-\u2fdf\u3004-\u3007\u3020-\u30fa\u30fc-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_WIDE = _MARKS + _LETTERS
_SHARED = "“”‘’…—·"
"""Marks that Chinese and Latin text have in common; they count as Chinese beside a Chinese character."""

_TAGS = r"(?:</?(?:a|code|em|strong)\b[^<>]*>)*"
_NO_SPACE = (
    rf"(?:(?<=[{_MARKS}]\n)|(?=[{_MARKS}])|(?<=[{_WIDE}{_SHARED}]\n)(?=[{_WIDE}])|(?<=[{_WIDE}]\n)(?=[{_SHARED}]))"
)
_BESIDE_MARK = re.compile(rf"\n(?:(?<=[{_MARKS}]\n)|(?=[{_MARKS}]))")
_GAP = re.compile(rf"\n{_NO_SPACE}")
_BREAK_AT_TAG = re.compile(r"</(?:a|code|em|strong)>\n|\n<(?:a|code|em|strong)\b")
_BREAK = re.compile(rf"(?P<before>[^\n<>])(?P<closing>{_TAGS})\n(?P<opening>{_TAGS})(?=(?P<after>[^\n<>]))")
_CODE_BLOCK = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def mend_emphasis(source: str) -> str:
    """Put joiners into CommonMark, so that stars beside Chinese marks open and close as a Chinese reader expects.

    Text without Chinese keeps the rules of CommonMark. A single star before a mark that ends something, ``价格*：``, is
    taken for a note mark and stays one. Doing it twice changes nothing more.
    """
    return _STARS.sub(_joined, source.replace(_JOINER, "")) if "*" in source else source


def _joined(stars: re.Match[str]) -> str:
    run, text = stars[0], stars.string
    before, after = text[max(stars.start() - 1, 0) : stars.start()], text[stars.end() : stars.end() + 1]
    if not before or not after or before == "\\" or before.isspace() or after.isspace():
        return run
    if _is_mark(after) and not _is_mark(before):
        return run + _JOINER if _may_open(run, after) and _is_chinese(before, after) else run
    if _is_mark(before) and not _is_mark(after):
        return _JOINER + run if unicodedata.category(before) not in _OPENING and _is_chinese(after, before) else run
    return run


def _may_open(run: str, mark: str) -> bool:
    return len(run) > 1 or unicodedata.category(mark) in _OPENING or mark in _MAY_OPEN


def _is_mark(character: str) -> bool:
    """Tell what Markdown takes for punctuation (CommonMark 0.31, section 2.1)."""
    return unicodedata.category(character)[0] in "PS"


def _is_chinese(letter: str, mark: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF" or unicodedata.east_asian_width(mark) in "WFA"


def take_joiners_out(html: str) -> str:
    """Return HTML made from mended CommonMark without its joiners, also where the parser wrote them into an address."""
    if _JOINER in html:
        html = html.replace(_JOINER, "")
    return html.replace(quote(_JOINER), "")


def close_gaps(html: str) -> str:
    """Take out line breaks that a browser would show as a gap in Chinese; code blocks stay as they are.

    A break between Chinese characters, or beside a full-width mark, goes; between Chinese and Latin letters it stays.
    """
    if "<pre>" not in html:
        return _close(html)
    return "".join(part if part.startswith("<pre>") else _close(part) for part in _CODE_BLOCK.split(html))


def join(parts: Iterable[str]) -> str:
    """Join parts by spaces, empty ones left out; beside a full-width mark, which brings its own space, by nothing."""
    return _BESIDE_MARK.sub("", "\n".join(filter(None, parts))).replace("\n", " ")


def _close(html: str) -> str:
    html = _GAP.sub("", html)
    return _BREAK.sub(_without_gap, html) if _BREAK_AT_TAG.search(html) else html


def _without_gap(found: re.Match[str]) -> str:
    is_gap = _GAP.search(f"{found['before']}\n{found['after']}")
    return found[0].replace("\n", "") if is_gap else found[0]

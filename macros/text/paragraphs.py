r"""Lines as Chinese editors mean them, where Markdown would take them otherwise.

A line that begins with a number or a sign of a list stands on a line of its own, though Markdown knows no such list; the
first line of a paragraph may be indented, and is no code for it. Lines are never joined or split here, so that a line of
what comes out is the same line of what went in.

>>> prepare("要带：\n1、水壶\n2、帽子").text
'要带：  \n1、水壶  \n2、帽子'
>>> prepare("    这是一段。").text
'这是一段。'
>>> each_on_its_own("看标本\n做书签")
'看标本  \n做书签'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_BREAK = "  "
_NUMERALS = "一二三四五六七八九十百"
_ENUMERATED = re.compile(
    rf" {{0,3}}(?:[（(](?:[{_NUMERALS}]{{1,4}}|\d{{1,2}}|[a-zA-Z])[）)]|(?:[{_NUMERALS}]{{1,4}}|\d{{1,2}})[、．]|\d{{1,2}}[.)）](?=[^\s\d])"
    rf"|[①-⑳⑴-⒛㈠-㈩]|[·•●○▪■□◆◇▲△★☆※－–](?=\s*\S)|-(?=[^\s\d-]))"
)
_MARKED = re.compile(
    r" {0,3}(?:[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|#{1,6}(?:\s|$)|>|\||`{3}|~{3}|(?:[-*_=][ \t]*){3,}$|\[[^\]]*\]:)"
)
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Prepared(NamedTuple):
    """Markdown that reads as its editor meant it.

    Attributes:
        text: the Markdown; it has the same lines.
        removed: line, from 1 → number of characters that were taken off its beginning.
        lines: where lines begin, as far as something before them was changed: offset in this text, offset in the one that was
            written of what stands there.
    """

    text: str
    removed: Mapping[int, int]
    lines: tuple[tuple[int, int], ...] = ((0, 0),)


@lru_cache(maxsize=64)
def prepare(source: str) -> Prepared:
    """Return Markdown in which enumerated lines stay lines, and indented paragraphs are paragraphs.

    Args:
        source: the Markdown, its lines ended by ``\\n``.
    """
    lines = source.split("\n")
    removed: dict[int, int] = {}
    fence, in_item, after_blank = "", False, True
    for number, line in enumerate(lines):
        if fence:
            fence = "" if _closes(line, fence) else fence
        elif opening := _FENCE.match(line):
            fence = opening[1]
        elif line.strip():
            in_item = bool(_ITEM.match(line)) or (in_item and (line.startswith(" ") or not after_blank))
            if after_blank and not in_item and line.startswith("    "):
                lines[number] = line.lstrip(" ")
                removed[number + 1] = len(line) - len(lines[number])
            elif not after_blank and _ENUMERATED.match(line):
                lines[number - 1] = _broken(lines[number - 1])
        after_blank = not fence and not line.strip()
    text = "\n".join(lines)
    return Prepared(text, removed, ((0, 0),) if text == source else tuple(_starts(source, lines, removed)))


def _starts(source: str, lines: Iterable[str], removed: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    inside = outside = 0
    for number, (line, written) in enumerate(zip(lines, source.split("\n"), strict=True), 1):
        yield inside, outside + removed.get(number, 0)
        inside += len(line) + 1
        outside += len(written) + 1


def each_on_its_own(text: str) -> str:
    """Return Markdown in which every plain line stays a line, for fields of which each line is an item.

    Args:
        text: the Markdown; a paragraph with marks of Markdown in it keeps its meaning there.
    """
    lines = text.split("\n")
    start = 0
    for end in [*(number for number, line in enumerate(lines) if not line.strip()), len(lines)]:
        if not any(_MARKED.match(line) or line.startswith("    ") for line in lines[start:end]):
            lines[start : end - 1] = map(_broken, lines[start : end - 1])
        start = end + 1
    return "\n".join(lines)


def _broken(line: str) -> str:
    return line if not line.strip() or line.endswith((_BREAK, "\\")) else line.rstrip(" ") + _BREAK


def _closes(line: str, fence: str) -> bool:
    closing = line.strip()
    return len(closing) >= len(fence) and not closing.strip(fence[0])

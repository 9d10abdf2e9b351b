r"""Markdown that was begun and not finished, so that its signs would be published as they were typed.

>>> [(found.line, found.column, found.message) for found in find("见[办法]（https://example.org/a.pdf）")]
[(1, 6, '链接没有写成：圆括号要用半角的；请写成 [文字](网址)')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from macros.text import markdown, typesetting

_ADDRESS = r"\s*(?:https?\s*[:：]|id[:：]|www\.|mailto:|[^\s()（）\[\]]+\.(?:md|pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|svg|webp)[)）])"
_LINK = "链接没有写成：{}；请写成 [文字](网址)"
_LEFT = re.compile(r"(?P<at>!?\[请写这是什么\]\()")
"""What the editor's form puts before a file that was dropped into a text (static/files.js)."""
_RULES = (
    (re.compile(rf"\](?P<at>（)(?={_ADDRESS})", re.IGNORECASE), _LINK.format("圆括号要用半角的")),
    (re.compile(rf"\](?P<at>[ \t]+)[(（](?={_ADDRESS})", re.IGNORECASE), _LINK.format("方括号和圆括号之间不能有空格")),
    (re.compile(rf"(?P<at>[】］])[ \t]*[(（](?={_ADDRESS})", re.IGNORECASE), _LINK.format("方括号要用半角的")),
    (re.compile(r"(?<!\\)\[[^\[\]]*(?<!\\)\](?P<at>\()"), "链接没有写完整：网址里不能有空格（写成 %20），后面要有半角的 “)”；只是文字的，请写 \\["),
    (re.compile(r"(?P<at>！)\[[^\[\]\n]*\]\([^()\s]*\.(?:jpe?g|png|gif|svg|webp|avif)\)", re.IGNORECASE), "图片没有写成：感叹号要用半角的；请写成 ![说明](photo.jpg)"),
    (_LEFT, "方括号里还没有写；请写图上是什么，例如 ![山顶上的白色圆顶](photo.jpg)，文件写它的名称"),
    (re.compile(r"^[ \t]*(?:[-*+] |\d{1,9}[.)] )?(?P<at>\*\*)(?=\w)"), r"加粗的 ** 没有成对；请补上另一半，要显示星号请写 \*\*"),
    (re.compile(r"^ {0,3}(?P<at>#{1,6})(?=[^\s#\d])(?=[^#]*$)"), r"标题没有写成：# 后面要空一格；要显示井号请写 \#"),
    (re.compile(r"^ {0,3}(?P<at>＃{1,6})"), "标题没有写成：# 要用半角的，后面空一格"),
    (re.compile(r"^ {0,3}(?P<at>\|).*\|[ \t]*$"), "表格没有写成：第二行要写 |---|---|，格数和第一行一样，前面空一行"),
)  # fmt: skip
_MAY_BE_HALF = re.compile(
    r"\](?:\(|[ \t]*（|[ \t]+\()|[】］][ \t]*[(（]|！\[|\*\*|^ {0,3}[#＃|]|`{3}|~{3}", re.MULTILINE
)
_FENCE_SIGN = re.compile(r"`{3}|~{3}")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")


class HalfMarkup(NamedTuple):
    """A piece of Markdown that is none: its line and column, from 1, and in Chinese what is wrong and what to write."""

    line: int
    column: int
    message: str


def find(source: str) -> Iterator[HalfMarkup]:
    """Yield what was begun and not finished, once a line; what stands in code is meant as it is.

    Args:
        source: the Markdown; its lines end with ``\\n``.
    """
    if not _MAY_BE_HALF.search(source):
        return
    source = typesetting.mend_emphasis(source)
    # The parser is asked only for what a rule has found.
    pieces = cache(partial(markdown.pieces, source))
    for number, start, line in _lines(source):
        for pattern, message in _RULES:
            at = next(
                (
                    match.start("at")
                    for match in pattern.finditer(line)
                    if pattern is _LEFT or pieces().is_text(start + match.start("at"))
                ),
                None,
            )
            if at is not None:
                yield HalfMarkup(number, len(typesetting.take_joiners_out(line[:at])) + 1, message)
                break
    for start, end in pieces().fences if _FENCE_SIGN.search(source) else ():
        if not _is_closed(source[start:end]):
            yield HalfMarkup(
                source.count("\n", 0, start) + 1, 1, "代码块没有结束；请在它后面另起一行写 ```，不是代码就删掉 ```"
            )


def _lines(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield number, place and text of each line in which a rule may find something."""
    number = start = end = 0
    for found in _MAY_BE_HALF.finditer(source):
        if number and found.start() < end:
            continue
        number += source.count("\n", start, found.start()) + (not number)
        start = source.rfind("\n", 0, found.start()) + 1
        end = source.find("\n", start)
        end = len(source) if end < 0 else end
        yield number, start, source[start:end]


def _is_closed(block: str) -> bool:
    opening, _, rest = block.rstrip().partition("\n")
    fence, last = _FENCE.match(opening), _FENCE.fullmatch(rest.rpartition("\n")[2].rstrip())
    return fence is None or (last is not None and last[1].startswith(fence[1]))

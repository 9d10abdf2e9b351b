"""Split a Markdown page into its front matter and its text, keeping the true line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros.records import yaml
from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import decode
from macros.records.yaml.document import Document

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A Markdown page.

    Attributes:
        document: the front matter.
        body: the Markdown after the front matter.
        body_line: line of the file at which the body begins, from 1.
    """

    document: Document
    body: str
    body_line: int


def read(path: str, raw: bytes) -> Page:
    """Read a Markdown page's bytes.

    Args:
        path: the file, POSIX form, relative to the project's root.
        raw: its bytes.

    Raises:
        ProblemsFound: the file is not UTF-8, has no front matter, or the front matter is wrong.
    """
    text = decode(path, raw)
    match = _FRONT.match(text)
    if not match or not match[1].strip():
        message = "缺少开头的页面信息；第一行写 ---，接着写 “title: 标题” 等，再用一行 --- 结束"
        raise ProblemsFound([Problem(path, 1, 1, message, "no-front-matter")])
    document = yaml.parse(path, match[1], first_line=2)
    return Page(document, text[match.end() :], text.count("\n", 0, match.end()) + 1)

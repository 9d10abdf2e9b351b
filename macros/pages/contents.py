"""The list of contents on long pages, made from the headings that a page has: whatever wrote them, it leads to all of them."""

from __future__ import annotations

import re

MARK = "<!--contents-->"
"""Where templates want the list, if the page is long."""

FEWEST = 5
"""Headings of the second and third level from which on a page is long; cards and the foot of a record don't count."""

LONGEST_OPEN = 6
"""Entries of a list that stands open; a longer one is folded, since it would fill the first screen of a phone."""

_HEADING = re.compile(r"<h([23])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_TAG = re.compile(r"<[^<>]*>")
_FOOT = frozenset({"related", "sources", "about-record"})


def with_contents(html: str) -> str:
    """Return an article with its list of contents in the place of the mark, or without the mark if it is short.

    Args:
        html: an article; at most one mark stands in it.
    """
    before, mark, after = html.partition(MARK)
    if not mark:
        return html
    found = [
        (level, _identifier(attributes), text)
        for level, attributes, text in _HEADING.findall(after)
        if "class=" not in attributes
    ]
    entries = [
        (identifier, _TAG.sub("", text).strip()) for level, identifier, text in found if level == "2" and identifier
    ]
    if sum(identifier not in _FOOT for _, identifier, _ in found) < FEWEST:
        return before + after
    return before + _contents(entries) + after


def _identifier(attributes: str) -> str:
    match = _ID.search(attributes)
    return match[1] if match else ""


def _contents(entries: list[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="#{identifier}">{text}</a></li>' for identifier, text in entries)
    if len(entries) > LONGEST_OPEN:
        inner = f"<details><summary>本页内容（{len(entries)} 节）</summary><ul>{items}</ul></details>"
    else:
        inner = f"<ul>{items}</ul>"
    return f'<nav class="contents-list" aria-label="本页内容">{inner}</nav>\n'

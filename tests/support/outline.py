"""HTML taken apart: its elements with the names of their attributes, and its texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any


class Outline(HTMLParser):
    """Takes HTML apart into its elements with the names of their attributes, and its texts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.texts += [value or "" for _, value in attrs]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts.append(data)
            self.texts += map(str, strings(json.loads(data)))
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--",))

    @property
    def text(self) -> str:
        """All texts and values of attributes."""
        return "\n".join(self.texts)


def strings(value: Any) -> Iterator[object]:
    """Yield everything that stands in a JSON value and is neither a list nor an object."""
    if isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)
    else:
        yield value

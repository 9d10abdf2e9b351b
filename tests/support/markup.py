"""Read a page's HTML without a browser: what its head says, its headings, where its links lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


@dataclass
class Markup:
    """What a page's HTML says.

    Attributes:
        lang: language of the page.
        meta: name or property of each meta tag, and its content, in order.
        headings: level of each heading, in order.
        links: where links lead, as written.
    """

    lang: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def contents(self, name: str) -> list[str]:
        """Return the content of each meta tag of a name."""
        return [content for other, content in self.meta if other == name]


def read_markup(path: Path) -> Markup:
    """Return what an HTML file says."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.markup


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.markup = Markup()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.markup.lang = values.get("lang", "")
        elif tag == "meta" and (name := values.get("name") or values.get("property")):
            self.markup.meta.append((name, values.get("content", "")))
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.markup.headings.append(int(tag[1]))
        elif tag == "a" and values.get("href"):
            self.markup.links.append(values["href"])

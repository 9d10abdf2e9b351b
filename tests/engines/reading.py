"""What readers find in a site, whichever engine built it: pages, their titles, headings and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

HOST = "https://site.invalid/"
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Browsers show neither a template's content nor what stands in a drawing's title as a part of the page.
_UNSEEN = {"template", "svg", "script", "style"}


@dataclass
class Seen:
    """What readers find on a page.

    Attributes:
        title: the title in the head.
        headings: level and text of each heading of the article.
        links: where each link of the article leads, relative to the site's root, or a whole address.
        elements: name of each element of the article, with the names of its attributes.
    """

    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: list[tuple[str, ...]] = field(default_factory=list)


def read_site(folder: Path, article: str) -> dict[str, Seen]:
    """Return the pages of a built site, by address.

    Args:
        folder: the site.
        article: name of the element that holds what is the page's own.
    """
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    return {name.removesuffix("index.html"): _read(path, name, article) for name, path in pages.items()}


def _read(path: Path, name: str, article: str) -> Seen:
    reader = _Reader(HOST + name, article)
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.seen


class _Reader(HTMLParser):
    def __init__(self, address: str, article: str) -> None:
        super().__init__()
        self.seen = Seen()
        self._address, self._article = address, article
        self._open: list[str] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append(tag)
        if self._is_heading(tag) or tag == "title":
            self._text = []
        if self._is_seen():
            self.seen.elements.append((tag, *(name for name, _ in attrs)))
            if tag == "a" and (link := dict(attrs).get("href")):
                self.seen.links.append(urljoin(self._address, link).removeprefix(HOST))

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._text).split())
        if tag == "title" and not self.seen.title:
            self.seen.title = text
        elif self._is_heading(tag) and self._is_seen():
            self.seen.headings.append((int(tag[1]), text))
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _is_seen(self) -> bool:
        return self._article in self._open and not _UNSEEN & set(self._open)

    def _is_heading(self, tag: str) -> bool:
        return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()

"""A judge of rendered prose that the tests of this folder share."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from macros.text.prose import render

TAGS = {
    *("a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}

ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "code": {"class"},
    "pre": {"tabindex"},
    "table": {"tabindex"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}

SAFE_LINK = re.compile(r"(https?://[^/\\]|mailto:|tel:|\.\./luyuan/$|[^:/\\]*([/?#]|$))", re.IGNORECASE)


class Judge(HTMLParser):
    """Takes HTML apart and keeps what must not be in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            self.judge_attribute(tag, name, value or "")
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def judge_attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES.get(tag, set()):
            self.wrong.append(f"{tag}[{name}]")
        if name == "href" and not SAFE_LINK.match(value):
            self.wrong.append(f"href={value}")
        if name == "src" and value != "../files/photo.jpg":
            self.wrong.append(f"src={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data}]>")


def render_and_judge(source: str) -> str:
    """Render prose, and refuse what is not allowed in a page."""
    html = render(source, {"id:luyuan": "../luyuan/"}.get, {"photo.jpg": "../files/photo.jpg"}.get)
    judge = Judge()
    judge.feed(html)
    judge.close()
    assert judge.wrong + judge.open == []
    assert not re.search("[\ufdd0-\ufdef]", html)
    return html


@pytest.fixture
def html_of() -> Callable[[str], str]:
    """Render prose as a page would, after making sure that nothing unsafe comes out."""
    return render_and_judge

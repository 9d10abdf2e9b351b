"""The tokenizer sees the tags that a browser sees."""

from __future__ import annotations

import random

from playwright.sync_api import Page

from macros.publishing.crawl.tags import Tag, is_broken, read_tag, tokens

PIECES = [
    *(
        "<!--",
        "-->",
        "--!>",
        "<!-",
        "<!",
        "<!-->",
        "<!--->",
        "<?",
        "?>",
        "<",
        ">",
        "/",
        "-",
        "=",
        "'",
        '"',
        " ",
        "\n",
        "a",
    ),
    *("<script>", "</script>", "</script ", "<style>", "</style>", "<textarea>", "</textarea>", "<title>", "</title>"),
    *('<p class="a">', '<p class="a" title="b>">', '<p class="a', '<p title="b" hidden>'),
    *("<p title=", "</p", "<br/", "<b x=y", "title="),
]
PAGES = 2000
SOURCES_OF = """pages => pages.map(page => {
  const parsed = new DOMParser().parseFromString(page, "text/html");
  return [...parsed.querySelectorAll("[src]")].map(element => element.getAttribute("src"));
})"""


def _broken_pages() -> list[str]:
    """Return pages that are put together at random, with pictures in between."""
    chance = random.Random(5)
    pages = []
    for _ in range(PAGES):
        pieces = chance.choices(PIECES, k=chance.randint(1, 9))
        pages.append(
            "".join(f"{piece}<img src=x{n}>" if chance.random() < 0.4 else piece for n, piece in enumerate(pieces))
        )
    return pages


def _sources(page: str) -> set[str]:
    tags = [tag for tag in map(read_tag, tokens(page)) if tag]
    return {tag.attributes["src"] for tag in tags if "src" in tag.attributes}


def test_a_browser_sees_the_same_tags(page: Page) -> None:
    whole = [source for source in _broken_pages() if not any(map(is_broken, tokens(source)))]
    assert len(whole) > PAGES / 2
    for source, seen in zip(whole, page.evaluate(SOURCES_OF, whole), strict=True):
        # A few fragments of an end of a page are dropped by a browser: no fault to look at them.
        assert set(seen) <= _sources(source), source


def test_a_tag_is_taken_apart() -> None:
    assert read_tag("<IMG Alt='a &amp; b' src=x/ hidden title=\"it's\" src=y>") == Tag(
        "img", {"alt": "a & b", "src": "x/", "hidden": "", "title": "it's"}
    )
    assert read_tag("<script type=module>a < b") == Tag("script", {"type": "module"}, "a < b")
    assert read_tag("<!-- <p> -->") is None
    assert tokens("<p>a</p><!-- <b> --><i x='>'>") == ["<!-- <b> -->", "<i x='>'>"]

"""The city in a browser: one search over all districts, and finders that choose by district."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility.axe_results import VIEWS
from tests.accessibility.test_axe import findings
from tests.hub.members import HOMES, NAMES
from tests.support import serve_folder
from tests.support.templates import reader, visit

QUERIES = {
    "星空馆": "bases/star-hall/",
    "xingkongguan": "bases/star-hall/",
    "种豆子": "activities/seed-lab/",
    "种子园": "incubators/seed-park/",
    "扶持办法": "policies/science-measures-2024/",
    "灯具研究院": "platforms/lamp-institute/",
    "星空线": "routes/stars-and-seeds/",
    "星星为什么眨眼": "articles/why-stars-twinkle/",
    "看星星学天文的地方": "bases/star-hall/",
}
EXPLORE = """async ([text, filters]) => {
  const { openSearch } = await import(new URL("assets/javascripts/search/open.js", document.baseURI));
  window.search ??= openSearch("./");
  const { results, total } = await (await window.search).explore(text, { limit: 40, filters });
  return { total, urls: results.map(({ url }) => url), snippets: results.map(({ snippet }) => snippet) };
}"""


@pytest.fixture(scope="module")
def address(city: Path) -> Iterator[str]:
    """The city's site, served."""
    yield from serve_folder(city / "site")


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """A page that must not complain, and asks nobody else for anything."""
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: request.url.startswith(address) or problems.append(request.url))
    page.goto(address)
    yield page
    page.close()
    assert problems == []


def test_search_and_finder_know_every_district(tab: Page, address: str) -> None:
    for query, wanted in QUERIES.items():
        found = tab.evaluate(EXPLORE, [query, {}])["urls"]
        assert {home + wanted for home in HOMES} <= set(found), query
    chosen = tab.evaluate(EXPLORE, ["星空馆", {"district": [NAMES[2]]}])
    assert chosen["urls"]
    assert all(url.startswith(HOMES[2]) for url in chosen["urls"])
    assert all(snippet.startswith(NAMES[2]) for snippet in chosen["snippets"])
    _the_dialog_leads_to_the_district(tab)
    _the_finder_chooses_by_district(tab, address)


@pytest.mark.audit
def test_nothing_is_in_the_way_on_the_pages_of_a_city(browser: Browser, address: str) -> None:
    pages = (
        "",
        "bases/?district=cuihu",
        "bases/by/district/cuihu/",
        "districts/",
        "districts/cuihu/",
        "agenda/",
        "updates/",
    )
    for scheme, width in VIEWS:
        with reader(browser, scheme, width) as page:
            for path in (*pages, "about/", "site-map/"):
                visit(page, address + path)
                assert findings(page) == [], path


def _the_dialog_leads_to_the_district(tab: Page) -> None:
    tab.locator("#site-search-field").click()
    tab.locator("#search-field").fill("翠湖区的科普基地")
    first = tab.locator(".search-option").first
    expect(first).to_contain_text("翠湖区的科普基地")
    assert "/bases/by/district/cuihu/" in str(first.get_attribute("href"))
    tab.locator("#search-field").fill("小池塘")
    expect(tab.locator(f'.search-option[href="{HOMES[1]}bases/small-pond/"]')).to_be_visible()


def _the_finder_chooses_by_district(tab: Page, address: str) -> None:
    tab.goto(f"{address}bases/?district=cuihu&level=省级")
    expect(tab.locator(".finder-sentence")).to_have_text("翠湖区、省级的科普基地：1 处")
    link = tab.locator("#results .card a")
    expect(link).to_have_count(1)
    assert link.get_attribute("href") == f"{HOMES[1]}bases/star-hall/"
    expect(tab.locator("#results .card-traits")).to_contain_text("翠湖区")

"""The city in a browser: one search over all districts, and finders that choose by district."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.hub.hub_file import read_hub
from macros.hub.merged_index import CityIndex
from tests.accessibility.axe_results import VIEWS
from tests.accessibility.test_axe import findings
from tests.hub.members import HOMES, IDS, NAMES, build, bytes_below, write_hub
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


ASK = """async ([queries, district]) => {
  const { openSearch } = await import(new URL("assets/javascripts/search/open.js", document.baseURI));
  window.search ??= openSearch("./");
  const search = await window.search;
  const options = { limit: 200, counts: true, district };
  return Promise.all(queries.map(([text, filters]) => search.explore(text, { ...options, filters })));
}"""
ASKED: tuple[tuple[str, dict[str, list[str]]], ...] = (
    *((query, {}) for query in QUERIES),
    *(
        (query, {})
        for query in (
            "科普",
            "星空管",
            "kpjd",
            "翠湖区 省级 天文",
            "周日开门的基地",
            "这个周末",
            "免费 亲子",
            "汽车修理",
        )
    ),
    *(("", filters) for filters in ({"level": ["省级"]}, {"kind": ["policies"]}, {"district": [NAMES[1]]})),
)


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


def test_a_city_of_many_names_asks_for_the_district_first(browser: Browser, city: Path, address: str) -> None:
    parts, alone = _built_again(city, range(4), many=10), _built_again(city, [2], lists=[])
    whole, files = (_search_files(site) for site in (city / "site", parts))
    names = {path for path in files if path.startswith("names/")}
    assert len(names) == 5
    assert {path for path in files if files[path] != whole.get(path)} == names | {"", "index.json"}
    for root, other in zip(serve_folder(parts), serve_folder(alone), strict=True):
        with closing(browser.new_page()) as page:
            everything, own, wanted = (
                _outcomes(page, *asked) for asked in ((address, ""), (root, IDS[2]), (other, ""))
            )
            assert _outcomes(page, root, "") == everything
            for (query, _), outcome, by_itself, among in zip(ASKED, own, wanted, everything, strict=True):
                # As if the district were alone: nothing but the doors to the city's lists is of others.
                assert {**outcome, "doors": []} == {**by_itself, "doors": []}, query
                there = [result["id"] for result in among["results"] if result["url"].startswith(HOMES[2])]
                found = [result["id"] for result in outcome["results"] if result["id"] in there]
                assert found == there, query
        _the_dialog_asks_for_the_district(browser, root)


def _search_files(site: Path) -> dict[str, bytes]:
    files = bytes_below(site / "assets/search")
    return {path.partition("/")[2]: content for path, content in files.items()}


def _outcomes(page: Page, root: str, district: str) -> list[dict[str, Any]]:
    page.goto(root)
    outcomes: list[dict[str, Any]] = page.evaluate(ASK, [ASKED, district])
    return outcomes


def _built_again(city: Path, members: Sequence[int], **changes: Any) -> Path:
    """Build a city of some of the same districts, with another index."""
    root = city.with_name(f"{city.name}-of-{len(members)}-{os.getpid()}")
    sites = [str(city / str(one.site)) for one in read_hub(city).fields.districts]
    write_hub(root, sites)
    lines = (root / "hub.yml").read_text("utf-8").split("\n")
    places = [start for start, line in enumerate(lines) if line.startswith("  - id")]
    kept = [line for number in members for line in lines[places[number] : places[number] + 4]]
    (root / "hub.yml").write_text("\n".join([*lines[: places[0]], *kept, ""]), "utf-8")

    def index(searched: Any, lists: Any, labels: Any) -> CityIndex:
        return CityIndex(searched, **{"lists": lists, "labels": labels, **changes})

    with patch("macros.hub.hub_build.CityIndex", index):
        return build(root)


def _the_dialog_asks_for_the_district(browser: Browser, root: str) -> None:
    page = browser.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("names/")[2]))
    page.goto(root)
    page.locator("#site-search-field").click()
    page.keyboard.type("星空馆")
    expect(page.locator("#search-dialog [role=status]")).to_have_text("先选一个区县，也可以选“全市”。")
    assert not any(re.fullmatch(r"\d.json", path) for path in fetched)
    page.get_by_label("找哪里的").select_option("青山县")
    expect(page.locator(f'.search-option[href="{HOMES[2]}bases/star-hall/"]')).to_be_visible()
    page.goto(f"{root}search/?q=星空馆")
    expect(page.locator(f'.search-card a[href="{HOMES[2]}bases/star-hall/"]')).to_be_visible()
    assert {path for path in fetched if re.fullmatch(r"\d.json", path)} == {"3.json"}
    page.locator("#search-page-field").fill("没有这样的东西")
    page.get_by_role("button", name="在全市找").click()
    page.locator("#search-page-field").fill("星空馆")
    expect(page.locator(f'.search-card a[href="{HOMES[0]}bases/star-hall/"]')).to_be_visible()
    assert findings(page) == []
    page.close()


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

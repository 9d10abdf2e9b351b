"""The repository's site in a real browser: every page is reached, whole, and asks no other host for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from markupsafe import escape
from playwright.sync_api import Browser, Page

from benchmarks.compressed import served
from macros.site.session import Session
from tests.support import few_twins

KINDS = ("bases", "incubators", "policies", "platforms", "targets", "articles")


@pytest.fixture(scope="module")
def still_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def addresses_in(folder: Path) -> set[str]:
    """Return the address of every page of a built site."""
    pages = (path.relative_to(folder).as_posix() for path in folder.rglob("index.html"))
    return {page.removesuffix("index.html") for page in pages}


def test_every_record_has_its_page(repository: Session, repository_site: Path) -> None:
    for record in repository.library.published.values():
        if getattr(record, "merged_into", None) or getattr(record, "split_into", ()):
            continue
        page = repository_site / repository.library.address(record) / "index.html"
        assert str(escape(record.heading)) in page.read_text("utf-8")


@pytest.mark.audit
def test_a_walk_from_home_without_scripts_reaches_every_page(
    still_page: Page, repository_site: Path, repository_address: str
) -> None:
    seen, queue = {repository_address}, [repository_address]
    while queue:
        still_page.goto(queue.pop())
        links = still_page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for link in {urldefrag(urljoin(still_page.url, link))[0] for link in links}:
            if link.startswith(repository_address) and link.endswith("/") and link not in seen:
                seen.add(link)
                queue.append(link)
    assert {address.removeprefix(repository_address) for address in seen} == addresses_in(repository_site)


def test_every_page_has_a_title_and_none_asks_another_host_complains_or_scrolls_sideways(
    page: Page, repository_site: Path, repository_address: str
) -> None:
    asked: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    wide, nameless = [], []
    for address in few_twins(addresses_in(repository_site)):
        page.goto(repository_address + address, wait_until="load")
        html = (repository_site / address / "index.html").read_text("utf-8")
        nameless += [] if re.search(r"<title>[^<]*\w", html) else [address]
        # A page that leads on is gone before a browser can be asked anything.
        if 'http-equiv="refresh"' in html:
            continue
        for width in (320, 360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append((address, width))
    assert [url for url in asked if not url.startswith((repository_address, "data:", "blob:"))] == []
    assert complaints == []
    assert (wide, nameless) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_citizen_walks_from_home_to_a_record(
    page: Page, repository: Session, repository_address: str, kind: str
) -> None:
    record = next(iter(repository.library.records(kind)), None)
    if record is None:
        pytest.skip("there is no record of this kind")
    page.goto(repository_address)
    sections = page.get_by_role("navigation", name="栏目")
    sections.get_by_role("link", name=repository.library.kind_label(kind), exact=True).click()
    page.locator("main").get_by_role("link", name=record.heading, exact=True).first.click()
    assert page.url == repository_address + repository.library.address(record)
    assert page.locator("h1").inner_text() == record.heading


def test_the_page_for_lost_readers_is_chinese_and_leads_home(still_page: Page, repository_address: str) -> None:
    still_page.goto(f"{repository_address}404.html")
    assert still_page.locator("html").get_attribute("lang") == "zh-CN"
    assert "没有找到" in still_page.locator("h1").inner_text()


def test_the_page_for_lost_readers_finds_home_under_any_base_path(page: Page, district_site: Path) -> None:
    text = (district_site / "404.html").read_text("utf-8")
    assert 'href="/kepu/bases/"' in text


def test_no_address_makes_the_page_for_lost_readers_lead_to_another_host(page: Page, repository_site: Path) -> None:
    text = (repository_site / "404.html").read_text("utf-8")
    page.route("**/*", lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8"))
    for path in (
        "//evil.example/bases/x",
        "///evil.example//bases/",
        "/\\evil.example/bases/x",
        "/kepu//evil.example/az/",
    ):
        page.goto(f"http://site.example{path}")
        hosts = page.locator("a[data-to]").evaluate_all("links => links.map((link) => link.host)")
        assert set(hosts) == {"site.example"}, path
        action = page.locator("form").evaluate("(form) => form.action")
        assert action.startswith("http://site.example/"), path
        assert action.endswith("/az/"), path


def test_what_is_unknown_is_said_and_never_guessed(still_page: Page, district_address: str) -> None:
    still_page.goto(f"{district_address}bases/small-pond/")
    text = still_page.locator("main").inner_text()
    assert "还没有公布：" in text
    assert "开放时间" in text
    assert "待编辑核对" in text


def test_a_fact_from_reposts_alone_is_marked_and_its_address_left_out(district_site: Path) -> None:
    page = (district_site / "bases/small-pond/index.html").read_text("utf-8")
    assert "待核对" in page
    assert "https://example.org/repost" not in (district_site / "bases/star-hall/index.html").read_text("utf-8")


def test_the_site_map_has_the_records_dates(district_site: Path) -> None:
    sitemap = (district_site / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/kepu/bases/star-hall/</loc><lastmod>2026-06-01</lastmod>" in sitemap
    assert "<loc>https://example.org/kepu/bases/small-pond/</loc></url>" in sitemap
    assert "hidden-draft" not in sitemap


@pytest.mark.parametrize("owner", ["district_site", "repository_site"])
def test_a_first_visit_asks_for_little_and_a_second_for_nearly_nothing(
    browser: Browser, owner: str, request: pytest.FixtureRequest
) -> None:
    """At most 8 requests and 30 kB without pictures, as they go over the line; then at most 2 (issue 18).

    A word to everyone, which is rare, brings a style sheet and a script of its own.
    """
    alert = 2 if "data-until=" in (request.getfixturevalue(owner) / "index.html").read_text("utf-8") else 0
    context = browser.new_context()
    with served(request.getfixturevalue(owner)) as address:
        first, size = _asked(context.new_page(), address)
        second, _ = _asked(context.new_page(), address)
    context.close()
    assert len(first) <= 8 + alert, first
    assert size <= 30_000
    assert len(second) <= 2, second


def _asked(page: Page, address: str) -> tuple[list[str], int]:
    """Open a page, and return what the browser asked the host for, and how many bytes came."""
    sizes: dict[str, int] = {}
    names: dict[str, str] = {}
    cached: set[str] = set()
    session = page.context.new_cdp_session(page)
    session.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
    session.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    session.send("Network.enable")
    page.goto(address)
    page.wait_for_timeout(1500)
    asked = {one: name for one, name in names.items() if one not in cached and sizes.get(one)}
    pictures = (".webp", ".jpg", ".png")
    return list(asked.values()), round(sum(sizes[one] for one, name in asked.items() if not name.endswith(pictures)))

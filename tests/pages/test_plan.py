"""The plan: pages at old addresses, updates by month, and the page about the open data."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from macros.library.library import Library
from macros.pages.plan import HOME, PAGE_SIZE, Crumb, PlannedPage, plan
from macros.pages.render import Renderer
from macros.pages.site_settings import Site
from macros.pages.theme import theme_of
from macros.records.collection import Collection
from macros.records.model.dates import PartialDate
from macros.site.session import Session
from tests.support import AS_OF


def html_of(session: Session, address: str) -> str:
    """Return head and article of a planned page."""
    page = session.planned[address]
    return f"{session.renderer.head(page)}\n{session.renderer.content(page)}"


def test_every_address_is_planned_once(district: Session) -> None:
    addresses = [page.address for page in plan(district.library)]
    assert len(addresses) == len(set(addresses))


def test_an_old_address_leads_on_at_once_and_has_a_link(district: Session) -> None:
    for address in ("bases/old-observatory/", "bases/old-stars/"):
        html = html_of(district, address)
        assert '<meta http-equiv="refresh" content="0; url=../../bases/star-hall/">' in html
        assert '<link rel="canonical" href="https://example.org/kepu/bases/star-hall/">' in html
        assert '<meta name="robots" content="noindex">' in html
        assert '<a href="../../bases/star-hall/">示例星空馆</a>' in html


def test_an_old_address_is_not_in_the_sitemap(district: Session) -> None:
    sitemap = district.files()["sitemap.xml"].decode()
    assert "star-hall" in sitemap
    assert "old-observatory" not in sitemap
    assert "old-stars" not in sitemap


def test_pages_that_stay_lead_nowhere(district: Session) -> None:
    assert 'http-equiv="refresh"' not in html_of(district, "bases/star-hall/")


def test_updates_are_told_by_month_in_words(district: Session) -> None:
    assert [address for address in district.planned if address.startswith("updates/")] == [
        "updates/",
        "updates/2026-06/",
    ]
    assert 'href="../updates/2026-06/"' in html_of(district, "updates/")
    month = html_of(district, "updates/2026-06/")
    assert "2026 年 6 月的更新" in month
    assert "更新了开放时间。（改动：开放时间）" in month
    assert district.planned["updates/2026-06/"].modified == PartialDate(2026, 6, 1)


def test_months_lead_to_their_neighbours(district: Session) -> None:
    page = district.planned["updates/2026-06/"]
    (month, news), *_ = page.data["months"]
    others = ((PartialDate(2026, 7), news), (month, news), (PartialDate(2026, 5), news))
    html = district.renderer.content(replace(page, data={**page.data, "months": others}))
    assert '<a href="../../updates/2026-07/" rel="prev">' in html
    assert '<a href="../../updates/2026-05/" rel="next">' in html


def test_the_page_about_data_leads_to_every_table(district: Session) -> None:
    html = html_of(district, "data/")
    tables = [path for path in district.files() if path.startswith("data/")]
    assert tables
    assert all(f'href="../{path}"' in html for path in tables)
    for path in ("feed.xml", "feed.json", "calendar.ics", "api/v1/openapi.json", "api/v1/index.json"):
        assert f'href="../{path}"' in html


def test_the_page_about_data_tells_search_engines_of_every_table(district: Session) -> None:
    hostile = replace(district.site, name="</script><script>alert(1)</script>")
    html = Renderer(district.library, hostile, theme_of()).content(district.planned["data/"])
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert html.count("<script") == 1
    catalogue = json.loads(text)
    assert len(catalogue["dataset"]) == 8
    assert catalogue["dataset"][0]["name"] == "</script><script>alert(1)</script>：科普基地"
    download = catalogue["dataset"][0]["distribution"][0]["contentUrl"]
    assert download.removeprefix("https://example.org/kepu/") in district.files()


def test_the_page_about_data_links_to_nothing_that_a_site_without_address_lacks(district: Session) -> None:
    renderer = Renderer(district.library, Site("示例"), theme_of())
    html = renderer.content(district.planned["data/"])
    assert "feed.xml" not in html.replace("<code>feed.xml</code>", "")
    assert "网站的网址还没有配置" in html


def test_a_library_without_records_has_its_overviews() -> None:
    library = Library(Collection({}, {}, AS_OF))
    assert {"az/", "site-map/", "updates/", "data/"} <= {page.address for page in plan(library)}


def test_names_that_others_use_stay() -> None:
    assert Crumb("首页", "") == HOME
    assert PAGE_SIZE == 24
    assert PlannedPage("a/b/", "", "", "").depth == 2

"""What can be applied for: told at build time by the day of the build, and again in the browser by the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser, expect

from tests.site.test_opening import reader_at
from tests.support import build_whole, project_copy, serve_folder

POLICY = """\
name: {name}
summary: 一份办法。
doc_no: 无
written: 2026-01-05
published: 2026-01-06
validity: 有效
applies_to: {{who: 区内企业, what: 补助, {applies_to}}}
sources:
  - {{title: 示例区政府网站, mark: official, date_note: 日期不详}}
"""
# Built on 2026-11-24.
POLICIES = {
    "soon": ("十二月截止的办法", "until: 2026-12-31"),
    "sooner": ("十一月截止的办法", "from: 2026-03-01, until: 2026-11-30"),
    "always": ("常年的办法", "ask: 科技局"),
    "ahead": ("明年的办法", "from: 2027-01-15, until: 2027-02-28"),
    "month": ("二月到三月的办法", "from: 2027-02, until: 2027-03"),
    "past": ("过期的办法", "until: 2026-10-31"),
}
MONTH = "二月到三月的办法"
SOON, SOONER, ALWAYS, AHEAD = "十二月截止的办法", "十一月截止的办法", "常年的办法", "明年的办法"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_copy(tmp_path_factory.mktemp("applications"))
    for identifier, (name, applies_to) in POLICIES.items():
        text = POLICY.format(name=name, applies_to=applies_to)
        (project / f"data/policies/{identifier}.yml").write_text(text, "utf-8")
    return build_whole(project, project / "site")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    yield from serve_folder(site)


def test_the_browser_tells_by_the_day_in_china(browser: Browser, address: str) -> None:
    cases = {
        ("2026-11-24T12:00:00+08:00", "Asia/Shanghai"): ([SOONER, SOON, ALWAYS], [AHEAD, MONTH]),
        ("2026-11-30T23:59:00+08:00", "Asia/Shanghai"): ([SOONER, SOON, ALWAYS], [AHEAD, MONTH]),
        ("2026-12-01T00:01:00+08:00", "Asia/Shanghai"): ([SOON, ALWAYS], [AHEAD, MONTH]),
        ("2026-12-01T00:01:00+08:00", "America/Los_Angeles"): ([SOON, ALWAYS], [AHEAD, MONTH]),
        ("2027-01-14T23:59:00+08:00", "Pacific/Auckland"): ([ALWAYS], [AHEAD, MONTH]),
        ("2027-01-15T00:01:00+08:00", "Asia/Shanghai"): ([AHEAD, ALWAYS], [MONTH]),
    }
    told = {}
    for moment, zone in cases:
        context = browser.new_context(timezone_id=zone)
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(f"{address}applications/")
        page.wait_for_function("document.querySelector('[data-until]') !== null")
        names = page.locator(".applications li:visible h3").all_inner_texts()
        told[moment, zone] = (
            names,
            [line.partition("：")[0] for line in page.locator("[data-before]:visible").all_inner_texts()],
        )
        context.close()
    assert told == cases


def test_the_finder_asks_for_what_is_open_on_the_day_in_china(browser: Browser, address: str) -> None:
    cases = {
        ("2026-11-30T15:59:00Z", "America/Los_Angeles"): [ALWAYS, SOON, SOONER],
        ("2026-11-30T16:01:00Z", "America/Los_Angeles"): [ALWAYS, SOON],
        ("2027-01-14T16:01:00Z", "Pacific/Auckland"): [ALWAYS, AHEAD],
        ("2027-03-31T15:59:00Z", "Pacific/Auckland"): [ALWAYS, MONTH],
        ("2027-03-31T16:01:00Z", "Pacific/Auckland"): [ALWAYS],
    }
    notes = {
        SOON: "2026 年 12 月 31 日截止",
        SOONER: "2026 年 11 月 30 日截止",
        AHEAD: "2027 年 2 月 28 日截止",
        MONTH: "2027 年 3 月截止",
    }
    for (moment, zone), names in cases.items():
        with reader_at(browser, zone, moment) as page:
            page.goto(f"{address}policies/")
            assert not page.locator(".finder-choice", has_text="正在受理").locator(".count").inner_text()
            page.get_by_label("正在受理").check()
            expect(page.locator(".finder-sentence")).to_have_text(f"正在受理的政策：{len(names)} 份")
            expect(page.get_by_label("正在受理")).to_be_checked()
            expect(page.locator(".finder-choice", has_text="正在受理").locator(".count")).to_have_text(str(len(names)))
            assert page.url == f"{address}policies/?application=open"
            told = {
                card.locator(".card-title").inner_text(): card.locator(".card-day").inner_text()
                for card in page.locator("#results .card").all()
            }
            assert told == {name: notes.get(name, "没有写截止日期，一般常年受理") for name in names}


def test_at_midnight_the_finder_looks_again(browser: Browser, address: str) -> None:
    with reader_at(browser, "Europe/Berlin", "2026-11-30T15:59:00Z") as page:
        page.goto(f"{address}applications/")
        page.get_by_role("link", name="按主题、体裁筛选").click()
        expect(page.locator(".finder-sentence")).to_have_text("正在受理的政策：3 份")
        page.clock.run_for(2 * 60_000)
        expect(page.locator(".finder-sentence")).to_have_text("正在受理的政策：2 份")


def test_a_policy_says_at_once_that_its_time_is_over(browser: Browser, address: str) -> None:
    for moment, is_seen in (("2026-11-30T23:59:00+08:00", False), ("2026-12-01T00:01:00+08:00", True)):
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.clock.set_fixed_time(moment)
        page.goto(f"{address}policies/sooner/")
        notice = page.locator(".notice", has_text="申请时间已过")
        assert notice.is_visible() == is_seen
        assert not is_seen or (notice.bounding_box() or {"y": 9999})["y"] < 740
        page.close()


def test_where_nothing_is_open_the_page_says_so(browser: Browser, district_address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{district_address}applications/")
    assert "现在没有写明在受理的政策" in page.locator("main").inner_text()
    page.goto(district_address)
    assert page.locator(".open-now").count() == 0
    page.close()


def test_home_search_and_feed_lead_there(site: Path, browser: Browser, address: str) -> None:
    parsed = feedparser.parse((site / "applications/feed.xml").read_bytes())
    titles = [entry.title for entry in parsed.entries]
    assert f"{SOONER}：可以申请，2026 年 11 月 30 日截止。" in titles
    assert not any(AHEAD in title for title in titles)
    page = browser.new_page()
    page.clock.set_fixed_time("2026-12-01T00:01:00+08:00")
    page.goto(address)
    lines = page.locator(".open-now li:visible").all_inner_texts()
    assert [line.partition("：")[0] for line in lines] == [SOON, ALWAYS]
    page.close()

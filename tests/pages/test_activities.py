"""Pages of activities: the calendar of each month names every time once, and the browser tells by the day in China."""

from __future__ import annotations

import datetime
import gzip
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.pages.plan import months, plan
from macros.pages.render import Renderer
from macros.site.session import Session
from tests.site.test_opening import reader_at
from tests.support import DISTRICT, ROOT, open_session
from tests.support.looping import failures

MOST_COMPRESSED = 100_000


def test_each_time_stands_once_in_the_calendar_of_its_month(district: Session) -> None:
    months = [page for page in district.planned.values() if page.template == "activities-month.html"]
    assert [page.address for page in months] == [
        f"activities/{month}/" for month in ("2025-10", "2026-11", "2026-12", "2027-01")
    ]
    cells = [cell for page in months for week in page.data["weeks"] for cell in week if cell.shown]
    named = Counter((cell.day, time.activity.id) for cell in cells for time in cell.shown)
    assert sum(named.values()) == sum(page.data["month"].total for page in months) == 14
    assert named[datetime.date(2026, 12, 5), "star-talks"] == 0
    assert named[datetime.date(2026, 12, 26), "star-talks"] == named[datetime.date(2026, 12, 26), "star-month"] == 1


def test_a_day_with_more_than_the_calendar_names_has_a_page(district: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = district.planned
    monkeypatch.setattr(months, "IN_A_CELL", 1)
    pages = {page.address: page for page in plan(district.library)}
    days = [address for address, page in pages.items() if page.template == "activities-day.html"]
    assert days == ["activities/2026-11-28/", "activities/2026-12-26/"]
    assert "activities/2026-12-26/" in str(district.renderer.content(pages["activities/2026-12/"])).replace(
        "../../", ""
    )
    content = str(district.renderer.content(pages["activities/2026-12-26/"]))
    assert "示例星空月" in content
    assert "周末星空讲座" in content


def test_a_month_that_is_left_leads_to_the_list(district: Session) -> None:
    pages = {page.address: page for page in plan(district.library, ["activities/2019-05/", "activities/2019-05-01/"])}
    assert pages["activities/2019-05/"].leads_to == pages["activities/2019-05-01/"].leads_to == "activities/"


def test_what_is_over_is_hidden_by_the_day_in_china(browser: Browser, district_address: str) -> None:
    cases = {
        ("2026-11-28T23:59:00+08:00", "Asia/Shanghai"): "2026-11-28",
        ("2026-11-29T00:01:00+08:00", "Asia/Shanghai"): "2026-11-29",
        ("2026-11-29T00:01:00+08:00", "America/Los_Angeles"): "2026-11-29",
        ("2026-12-31T23:59:00+08:00", "Pacific/Auckland"): "2026-12-31",
        ("2027-01-01T00:01:00+08:00", "Asia/Shanghai"): "2027-01-09",
        ("2027-01-10T00:01:00+08:00", "Asia/Shanghai"): "",
    }

    def check(case: tuple[str, str]) -> None:
        with reader_at(browser, case[1], case[0]) as page:
            page.goto(f"{district_address}activities/")
            shown = page.locator(".agenda-days > li:visible")
            if not cases[case]:
                assert page.locator("[data-instead]:visible").inner_text() == "列出的日子都过去了，全部活动里可能还有。"
            else:
                assert shown.first.get_attribute("data-until") == cases[case]

    assert failures(check, list(cases)) == []


@pytest.mark.audit
def test_five_thousand_activities_with_twenty_thousand_dates_fit_their_pages(tmp_path: Path) -> None:
    choose = random.Random(14)
    folder = tmp_path / "data" / "activities"
    folder.mkdir(parents=True)
    shutil.copytree(DISTRICT / "data" / "terms", tmp_path / "data" / "terms")
    (tmp_path / "mkdocs.yml").write_bytes((DISTRICT / "mkdocs.yml").read_bytes())
    for number in range(5_000):
        days = (datetime.date(2026, 9, 1) + datetime.timedelta(choose.randrange(365)) for _ in range(4))
        dates = "".join(f"  - {{date: {day}, from: {choose.randrange(8, 20)}:30}}\n" for day in sorted(set(days)))
        text = f"name: 第 {number} 项科普活动{choose.randrange(10**6)}\nsummary: 一次。\ntown: hill\ndates:\n{dates}sources: [{{title: 通知, mark: official}}]\n"
        (folder / f"talk-{number}.yml").write_text(text, "utf-8")
    session = open_session(tmp_path)
    renderer = Renderer(session.library, session.site, ROOT / "overrides")
    pages = [page for page in session.planned.values() if page.section == "activities" and "record" not in page.data]
    sizes = {
        page.address: len(gzip.compress(f"{renderer.head(page)}{renderer.content(page)}".encode())) for page in pages
    }
    assert sum(page.data["month"].total for page in pages if page.template == "activities-month.html") > 19_000
    assert max(sizes.values()) < MOST_COMPRESSED, Counter(sizes).most_common(3)

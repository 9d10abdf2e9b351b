"""Whether a place is open today: told by the clock of Asia/Shanghai, wherever the reader is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.records.hours.browser_data import browser_data
from tests.support.opening_hours import calendar, cases, moment, schedule_at

ZONES = ("America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati")
# What the invented district's 示例星空馆 shows at a point of time; the comment is the clock in Shanghai.
CASES = (
    ("2026-11-24T16:30:00Z", "今天（周三）9:00–17:00，还没到开放时间；天文台不开放"),  # Wednesday 00:30
    ("2026-11-25T00:59:00Z", "今天（周三）9:00–17:00，还没到开放时间；天文台不开放"),  # 08:59
    ("2026-11-25T01:00:00Z", "今天（周三）9:00–17:00，现在开放，须预约；天文台不开放"),  # 09:00
    ("2026-11-25T08:30:00Z", "今天（周三）9:00–17:00，现在开放，须预约；天文台不开放"),  # 16:30
    (
        "2026-11-25T08:31:00Z",
        "今天（周三）9:00–17:00，已过最晚入场时间 16:30；天文台不开放。下次开放：周四 9:00",
    ),  # 16:31
    ("2026-11-25T09:00:00Z", "今天（周三）9:00–17:00，已经关门；天文台不开放。下次开放：周四 9:00"),  # 17:00
    ("2026-11-23T03:00:00Z", "今天（周一）不开放。下次开放：周二 9:00"),  # Monday 11:00
    (
        "2026-11-28T03:00:00Z",
        "今天（周六）9:30–17:00，现在开放，须预约；天文台 19:00–24:00（须预约，阴天取消），还没到开放时间",
    ),  # Saturday 11:00
    (
        "2026-11-30T16:00:00Z",
        "今天（周二）不开放：设备检修。下次开放：周五 9:00",
    ),  # Tuesday 00:00, the first day of a closure
    ("2026-12-03T15:59:00Z", "今天（周四）不开放：设备检修。下次开放：周五 9:00"),  # Thursday 23:59, the last
    ("2026-10-03T12:59:00Z", "今天（周六）按特别时间开放：9:00–21:00，现在开放，须预约"),  # a holiday, 20:59
    ("2027-02-05T16:00:00Z", "今天（周六，春节假期）不开放。下次开放：周日 9:30"),  # New Year's first day
    ("2027-02-08T02:00:00Z", "今天（周一，春节假期）9:30–17:00，现在开放，须预约；天文台不开放"),  # a holiday Monday
    (
        "2029-07-04T02:00:00Z",
        "2029 年的放假安排还没有查到，今天（周三）是否开放没有公布，请先打电话 0750-1234567 问清楚",
    ),
)


@contextmanager
def reader_at(browser: Browser, zone: str, time: str) -> Iterator[Page]:
    """Open a page in a browser with a zone and a clock."""
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.clock.install(time=time)
    yield page
    context.close()


@pytest.mark.parametrize("zone", ZONES)
def test_today_is_the_day_in_shanghai(browser: Browser, district_address: str, zone: str) -> None:
    with reader_at(browser, zone, CASES[0][0]) as page:
        for time, text in CASES:
            page.clock.set_fixed_time(time)
            page.goto(f"{district_address}bases/star-hall/")
            expect(page.locator("[data-opening-today]"), time).to_have_text(text)


def test_the_browser_says_what_the_table_says(page: Page, district_address: str) -> None:
    """Every case of the table that holds the model in Python, in the modules that pages load."""
    page.goto(f"{district_address}bases/star-hall/")
    script = page.locator('link[href$="opening/sentence.js"]').evaluate("link => link.href")
    rows = [
        {
            "schedule": browser_data(schedule_at(case.record), calendar(), 2019),
            "now": {"day": str(moment(case.time).day), "minutes": moment(case.time).minutes},
        }
        for case in cases()
    ]
    said = page.evaluate(
        """async ([script, rows]) => {
            const { sentence } = await import(script);
            return rows.map(({ schedule, now }) => (schedule ? sentence(schedule, now) : ""));
        }""",
        [script, rows],
    )
    wrong = [(case, text) for case, text in zip(cases(), said, strict=True) if text != case.sentence]
    assert wrong == []


def test_the_browser_is_told_of_no_holidays_that_are_over() -> None:
    data = browser_data(schedule_at("opening: [{days: [周二]}]\n"), calendar(), 2026)
    assert data is not None
    assert list(data["holidays"]) == ["2026"]


def test_what_is_over_is_hidden_by_the_day_of_the_reader(browser: Browser, district_address: str) -> None:
    for time, shown in (
        ("2026-11-30T02:00:00Z", True),
        ("2026-12-03T15:59:00Z", True),
        ("2026-12-03T16:00:00Z", False),
    ):
        with reader_at(browser, "America/Los_Angeles", time) as page:
            page.goto(f"{district_address}bases/star-hall/")
            expect(page.locator("[data-opening-today]"), time).to_contain_text("今天")
            assert page.get_by_role("heading", name="闭馆").count() == shown, time


def test_what_is_over_when_the_page_is_made_is_left_out(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}bases/star-hall/")
    assert "已经过去" not in page.content()
    assert "国庆假期延长开放" not in page.locator("main").inner_text()


def test_today_is_never_printed(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}bases/star-hall/")
    expect(page.locator("[data-opening-today]")).to_contain_text("今天")
    page.emulate_media(media="print")
    expect(page.locator("[data-opening-today]")).to_be_hidden()


def test_the_state_stays_right_while_the_page_is_open(browser: Browser, district_address: str) -> None:
    with reader_at(browser, "Asia/Shanghai", "2026-11-25T08:59:30Z") as page:
        page.goto(f"{district_address}bases/star-hall/")
        expect(page.locator("[data-opening-today]")).to_contain_text("已过最晚入场时间")
        page.clock.run_for(61_000)
        expect(page.locator("[data-opening-today]")).to_have_text(CASES[5][1])


def test_nothing_is_said_where_no_hours_are_known(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}bases/small-pond/")
    expect(page.locator("[data-opening-today]")).to_have_count(0)
    assert "还没有公布：" in page.locator("main").inner_text()

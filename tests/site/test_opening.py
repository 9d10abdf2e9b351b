"""Whether a place is open today: told by the clock of Asia/Shanghai, wherever the reader is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

ZONES = ("America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati")
# What the invented district's 示例星空馆 shows at a point of time; the comment is the clock in Shanghai.
CASES = (
    ("2026-11-24T16:30:00Z", "今天（周三）9:00–17:00，还没到开放时间"),  # Wednesday 00:30
    ("2026-11-25T00:59:00Z", "今天（周三）9:00–17:00，还没到开放时间"),  # 08:59
    ("2026-11-25T01:00:00Z", "今天（周三）9:00–17:00，现在开放"),  # 09:00
    ("2026-11-25T08:30:00Z", "今天（周三）9:00–17:00，现在开放"),  # 16:30
    ("2026-11-25T08:31:00Z", "今天（周三）9:00–17:00，已过最晚入场时间 16:30"),  # 16:31
    ("2026-11-25T09:00:00Z", "今天（周三）9:00–17:00，已经关门"),  # 17:00
    ("2026-11-23T03:00:00Z", "今天（周一）不开放"),  # Monday 11:00
    ("2026-11-28T03:00:00Z", "今天（周六）的时间分季节，请看下表"),  # Saturday 11:00
    ("2026-11-30T16:00:00Z", "今天（周二）不开放：设备检修"),  # Tuesday 00:00, the first day of a closure
    ("2026-12-03T15:59:00Z", "今天（周四）不开放：设备检修"),  # Thursday 23:59, the last
    ("2026-10-03T12:59:00Z", "今天（周六）按特别时间开放：9:00–21:00，现在开放"),  # a holiday, 20:59
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


def test_the_state_stays_right_while_the_page_is_open(browser: Browser, district_address: str) -> None:
    with reader_at(browser, "Asia/Shanghai", "2026-11-25T08:59:30Z") as page:
        page.goto(f"{district_address}bases/star-hall/")
        page.clock.run_for(61_000)
        expect(page.locator("[data-opening-today]")).to_have_text("今天（周三）9:00–17:00，已经关门")


def test_nothing_is_said_where_no_hours_are_known(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}bases/small-pond/")
    expect(page.locator("[data-opening-today]")).to_be_hidden()
    assert "未公布" in page.locator("main").inner_text()

"""Which day: bases parted by whether they open then, in the finder by date, and on pages by day of the week."""

from __future__ import annotations

import datetime
import re

from playwright.sync_api import Browser, Page, expect

from macros.records.hours.browser_data import browser_data
from macros.records.hours.plan import State, plan
from macros.records.hours.weekly import week_of
from macros.site.session import Session
from tests.site.test_opening import reader_at
from tests.support import ASSETS
from tests.support.looping import failures
from tests.support.opening_hours import calendar, cases, schedule_at

EVERY = "周一, 周二, 周三, 周四, 周五, 周六, 周日"
WEEKS = (
    ("opening: [{days: [周二, 周三, 周四], from: 9:00}, {days: [周三, 周六]}]", (2, 3, 4, 6), "周二至周四、周六"),
    (f"opening: [{{days: [{EVERY}], from: 9:00, to: 17:00}}]", (1, 2, 3, 4, 5, 6, 7), "每天"),
    ("opening: [{days: [周日], weeks: [第一个]}]", (7,), "每月第一个周日"),
    ("opening: [{days: [周六], season: 4月—10月}]", (6,), "4月—10月 周六"),
    ("opening: [{days: [周六], season: 4月—10月}, {days: [周六, 周日], season: 11月—3月}]", (6,), "周六"),
    ("opening: [{days: [周六], season: 夏季}]", (), ""),
    ("opening: [{days: [周六], to_date: 2026-06-01}, {days: [周日]}]", (7,), "周日"),
    ("opening: [{days: [周六], from_date: 2026-08-01, to_date: 2026-08-31}]", (6,), "8月1日至8月31日 周六"),
    ("opening: [{days: [周日]}, {days: [周六], part: 天文台}]", (7,), "周日"),
    ("opening: [{days: [周日]}, {days: [周一], season: 7月}]", (7,), "周日"),
    ("opening: [{days: [周日]}]\nstatus: 暂停开放", (), ""),
    ("special_hours: [{from_date: 2026-08-01, from: 9:00}]", (), ""),
)
STATES = """async ([module, days, schedules]) => {
  const { visitOn } = await import(module);
  const now = { day: "2019-01-01", minutes: 0 };
  return schedules.map((schedule) => days.map((day) => visitOn(schedule, day, now).state));
}"""


def test_the_days_of_a_week() -> None:
    def check(case: tuple[str, tuple[int, ...], str]) -> None:
        week = week_of(schedule_at(case[0] + "\n"), datetime.date(2026, 7, 1))
        assert (week.days, week.text) == case[1:]

    assert failures(check, WEEKS) == []


def test_the_browser_parts_places_as_the_model_does(page: Page, district_address: str) -> None:
    """On 400 days for every place of the table of hours; what the model does not know is never open."""
    page.goto(f"{district_address}bases/")
    records = [case.record for case in {case.record: case for case in cases()}.values()]
    schedules = [schedule_at(record) for record in records]
    days = [datetime.date(2025, 12, 15) + datetime.timedelta(step) for step in range(400)]
    data = [browser_data(schedule, calendar(), 2019) for schedule in schedules]
    module = district_address + ASSETS.script("opening/visit.js")
    told = page.evaluate(STATES, [module, list(map(str, days)), data])
    for schedule, record, entry, states in zip(schedules, records, data, told, strict=True):
        for day, state in zip(days, states, strict=True):
            main = plan(schedule, calendar(), day).state
            parts = {plan(schedule, calendar(), day, part).state for part in schedule.parts}
            counting = {main} if main is not State.SILENT else parts - {State.SILENT}
            order = (State.OPEN, State.UNKNOWN, State.CLOSED)
            expected = next((one.value for one in order if one in counting), "unknown") if entry else "unknown"
            assert state == expected, (record, day)


# Clock, zone of the reader, day in the address; then the sentence, and what the card of 示例星空馆 says.
VISITS = (
    (
        "2026-11-25T02:00:00Z",
        "Asia/Shanghai",
        "today",
        "今天（周三）开放",
        "今天（周三）9:00–17:00，现在开放，须预约；天文台不开放",
    ),
    (
        "2026-11-24T15:59:00Z",
        "America/Los_Angeles",
        "tomorrow",
        "明天（周三）开放",
        "明天（周三）9:00–17:00；天文台不开放",
    ),
    (
        "2026-11-24T16:01:00Z",
        "Pacific/Kiritimati",
        "tomorrow",
        "明天（周四）开放",
        "明天（周四）9:00–17:00；天文台不开放",
    ),
    ("2026-11-25T09:30:00Z", "Asia/Shanghai", "today", "今天（周三）开放", "今天（周三）9:00–17:00，已经关门"),
    ("2026-11-28T02:00:00Z", "Asia/Shanghai", "sunday", "明天（周日）开放", "明天（周日）9:30–17:00"),
    (
        "2026-12-20T02:00:00Z",
        "Asia/Shanghai",
        "2027-01-01",
        "2027 年 1 月 1 日（周五）开放",
        "2027 年 1 月 1 日（周五，元旦假期）",
    ),
    (
        "2026-12-20T02:00:00Z",
        "Asia/Shanghai",
        "2027-02-08",
        "2027 年 2 月 8 日（周一）开放",
        "2027 年 2 月 8 日（周一，春节假期）9:30–17:00",
    ),
    (
        "2026-11-25T02:00:00Z",
        "Asia/Shanghai",
        "2026-12-02",
        "12 月 2 日（周三）开放",
        "12 月 2 日（周三）不开放：设备检修",
    ),
)


def test_a_day_parts_places_and_each_says_why(browser: Browser, district_address: str) -> None:
    for time, zone, day, said, why in VISITS:
        with reader_at(browser, zone, time) as page:
            page.goto(f"{district_address}bases/?day={day}")
            expect(page.locator(".finder-sentence")).to_contain_text(f"{said}的科普基地：")
            parts = page.locator(".finder-part")
            for number in range(parts.count()):
                if parts.nth(number).get_attribute("open") is None:
                    parts.nth(number).locator("summary").click()
            expect(page.locator("#results .card")).to_have_count(3)
            card = page.locator("#results .card", has_text="示例星空馆").first
            expect(card.locator(".card-day")).to_contain_text(why)


def test_a_day_is_a_choice_like_others(browser: Browser, district_address: str) -> None:
    with reader_at(browser, "America/Los_Angeles", "2026-11-25T02:00:00Z") as page:
        page.goto(f"{district_address}bases/")
        sentence = page.locator(".finder-sentence")
        page.locator(".finder label", has_text="周日").click()
        expect(sentence).to_contain_text("11 月 29 日（周日）开放的科普基地：")
        page.locator('.finder input[name="town"][value="hill"]').check()
        expect(sentence).to_contain_text("11 月 29 日（周日）开放、示例山镇的科普基地：1 处")
        assert page.url.endswith("bases/?day=sunday&town=hill")
        page.get_by_label("选日期").fill("2026-12-02")
        expect(sentence).to_have_text("12 月 2 日（周三）开放、示例山镇的科普基地：没有。可以少选几项；不开放 1 处")
        expect(page.locator(".finder-part[open] .card")).to_have_count(1)
        assert page.url.endswith("bases/?day=2026-12-02&town=hill")
        page.go_back()
        expect(sentence).to_contain_text("11 月 29 日（周日）开放、示例山镇的科普基地：1 处")
        expect(page.locator('input[value="sunday"]')).to_be_checked()
        page.get_by_role("button", name="清除筛选").click()
        expect(sentence).to_have_text("全部科普基地：3 处")
        for query in ("?day=2026-11-24", "?day=2026-02-30", "?day=%3Cb%3E"):
            page.goto(f"{district_address}bases/{query}")
            expect(sentence).to_have_text("全部科普基地：3 处")


def test_at_midnight_today_is_another_day(browser: Browser, district_address: str) -> None:
    with reader_at(browser, "Asia/Shanghai", "2026-11-24T15:59:00Z") as page:
        page.goto(f"{district_address}bases/?day=today")
        expect(page.locator(".finder-sentence")).to_contain_text("今天（周二）开放的科普基地：")
        page.clock.run_for(2 * 60_000)
        expect(page.locator(".finder-sentence")).to_contain_text("今天（周三）开放的科普基地：")


def test_pages_by_weekday_need_no_script(district: Session) -> None:
    """They part the places as well, by regular hours: each is listed once, those of which nothing is known as such."""
    listed = {record.heading for record in district.library.records("bases")}
    lists = district.renderer.content(district.planned["bases/"])
    for day, opens in (("sunday", True), ("monday", False)):
        page = district.planned.get(f"bases/by/day/{day}/")
        assert (f'href="../bases/by/day/{day}/"' in lists) == (page is not None)
        if page is None:
            continue
        html = district.renderer.content(page)
        named = [record.heading for record in page.data["records"]]
        assert ("示例星空馆" in named) == opens
        for part in page.data["others"]:
            named += [record.heading for record in part.records]
            assert f"{part.title}：{part.total} 处" in html
        assert sorted(named) == sorted(listed)
        assert re.search(r"平时周.开放的科普基地", html)

"""Pages of activities: the calendar of each month names every time once, and the browser tells by the day in China."""

from __future__ import annotations

import datetime
import gzip
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.pages.plan import agenda_pages, plan
from macros.pages.render import Renderer
from macros.pages.theme import theme_of
from macros.site.session import Session
from tests.site.test_opening import reader_at
from tests.support import DISTRICT, open_session
from tests.support.looping import failures

MOST_COMPRESSED = 100_000
MOST_FOR_A_CHOICE = 60_000


def test_each_time_stands_once_in_the_calendar_of_its_month(district: Session) -> None:
    months = [page for page in district.planned.values() if page.template == "activities-month.html"]
    assert [page.address for page in months] == [
        f"activities/{month}/" for month in ("2025-10", "2026-11", "2026-12", "2027-01")
    ]
    cells = [cell for page in months for week in page.data["weeks"] for cell in week if cell.shown]
    named = Counter((cell.day, time.activity.id) for cell in cells for time in cell.shown)
    assert sum(named.values()) == sum(page.data["month"].total for page in months) == 16
    assert named[datetime.date(2026, 12, 5), "star-talks"] == 0
    assert named[datetime.date(2026, 12, 26), "star-talks"] == named[datetime.date(2026, 12, 26), "star-month"] == 1


def test_a_day_with_more_than_the_calendar_names_has_a_page(district: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = district.planned
    monkeypatch.setattr(agenda_pages, "IN_A_CELL", 1)
    pages = {page.address: page for page in plan(district.library)}
    days = [address for address, page in pages.items() if page.template == "activities-day.html"]
    assert days == ["activities/2026-11-28/", "activities/2026-12-12/", "activities/2026-12-26/"]
    assert "activities/2026-12-26/" in str(district.renderer.content(pages["activities/2026-12/"])).replace(
        "../../", ""
    )
    content = str(district.renderer.content(pages["activities/2026-12-26/"]))
    assert "示例星空月" in content
    assert "周末星空讲座" in content


def test_a_month_that_is_left_leads_to_the_list(district: Session) -> None:
    left = ["activities/2019-05/", "activities/2019-05-01/", "activities/past/2019/", "activities/past/2019/page/2/"]
    pages = {page.address: page for page in plan(district.library, left)}
    assert {pages[address].leads_to for address in left} == {"activities/"}


def test_what_is_over_stands_on_the_page_of_its_year_and_is_counted(district: Session) -> None:
    past = district.planned["activities/past/2025/"]
    assert [record.id for record in past.data["records"]] == ["lamp-contest"]
    assert "共 1 项" in str(district.renderer.content(past))
    listed = district.planned["activities/"]
    assert "lamp-contest" not in [record.id for record in listed.data["records"]]
    assert '<a href="../activities/past/2025/">2025 年 <span class="count">1</span></a>' in str(
        district.renderer.content(listed)
    )


def test_a_season_counts_what_takes_place_by_town_and_day(district: Session) -> None:
    season = agenda_pages.season_of(district.library, datetime.date(2026, 11, 28), datetime.date(2026, 12, 12))
    assert (season.activities, season.total) == (3, 5)
    assert [(str(town), count) for town, count in season.towns] == [("示例河街道", 1), ("示例山镇", 2)]
    assert [(day.day and day.day.day, day.total) for day in season.days] == [(28, 2), (29, 1), (5, 1), (12, 2)]


def test_what_is_over_is_hidden_by_the_day_in_china(browser: Browser, district_address: str) -> None:
    cases = {
        "2026-11-28T23:59:00+08:00": "2026-11-28",
        "2026-11-29T00:01:00+08:00": "2026-11-29",
        "2026-12-31T23:59:00+08:00": "2026-12-31",
        "2027-01-01T00:01:00+08:00": "2027-01-09",
        "2027-01-10T00:01:00+08:00": "",
    }

    def check(zone: str) -> None:
        with reader_at(browser, zone, next(iter(cases))) as page:
            for time, day in cases.items():
                page.clock.set_fixed_time(time)
                page.goto(f"{district_address}activities/")
                first = page.locator(".agenda-days > li:visible").first
                if day:
                    assert first.get_attribute("data-until") == day, time
                else:
                    text = "列出的日子都过去了，全部活动里可能还有。"
                    assert page.locator("[data-instead]:visible").inner_text() == text

    assert failures(check, ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Auckland"]) == []


def test_days_of_the_agenda_are_called_as_people_do(browser: Browser, district_address: str) -> None:
    names = {"2026-11-29": "", "2026-11-30": "这个周末", "2026-12-04": "明天", "2026-12-05": "今天"}
    with reader_at(browser, "Pacific/Auckland", "2026-11-30T00:01:00+08:00") as page:
        for day, name in names.items():
            page.clock.set_fixed_time(f"{day}T00:01:00+08:00")
            page.goto(f"{district_address}activities/")
            assert page.locator('[data-day="2026-12-05"]').text_content() == name, day


# Clock; day in the address; what the finder says; the cards and what each says of its time.
CHOICES = (
    ("2026-12-04T23:59:00+08:00", "today", "今天（周五）的科普活动：没有。可以少选几项", []),
    ("2026-12-04T23:59:00+08:00", "tomorrow", "明天（周六）的科普活动：1 项", ["种子实验课|明天（周六）9:30–11:00"]),
    ("2026-12-05T00:01:00+08:00", "today", "今天（周六）的科普活动：1 项", ["种子实验课|今天（周六）9:30–11:00"]),
    (
        "2026-12-07T08:00:00+08:00",
        "weekend",
        "12 月 12 日（周六）至 12 月 13 日（周日）的科普活动：2 项",
        ["种子实验课|12 月 12 日（周六）9:30–11:00，约满", "周末星空讲座|12 月 12 日（周六）14:00–15:30"],
    ),
    ("2026-12-13T00:01:00+08:00", "weekend", "今天（周日）的科普活动：没有。可以少选几项", []),
    (
        "2026-12-12T23:59:00+08:00",
        "saturday&price=free&audience=primary-school&town=river",
        "今天（周六）、免费、小学生、示例河街道的科普活动：1 项",
        ["种子实验课|今天（周六）9:30–11:00，约满"],
    ),
    (
        "2026-12-27T00:01:00+08:00",
        "month",
        "今天（周日）至 12 月 31 日（周四）的科普活动：1 项",
        ["周末星空讲座|12 月 31 日（周四）22:30–次日 0:30，约满"],
    ),
    (
        "2026-12-13T00:01:00+08:00",
        "2026-12-31/2027-01-31",
        "12 月 31 日（周四）至 2027 年 1 月 31 日（周日）的科普活动：1 项",
        ["周末星空讲座|12 月 31 日（周四）22:30–次日 0:30，约满，之后还有 1 次"],
    ),
    ("2027-01-01T00:01:00+08:00", "2026-12-31", "全部科普活动：4 项", None),
    (
        "2026-11-29T08:00:00+08:00",
        "sunday",
        "今天（周日）的科普活动：1 项",
        ["池塘夜观 <b>蛙</b>|今天（周日）19:00 开始，已取消"],
    ),
)


def test_the_finder_says_what_takes_place_on_a_day(browser: Browser, district_address: str) -> None:
    with reader_at(browser, "America/Los_Angeles", CHOICES[0][0]) as page:

        def check(case: tuple[str, str, str, list[str] | None]) -> None:
            time, day, sentence, cards = case
            page.clock.set_fixed_time(time)
            page.goto(f"{district_address}activities/?day={day}")
            expect(page.locator(".finder-sentence")).to_have_text(sentence)
            if cards is not None:
                shown = page.locator("#results .card:has(.card-day)")
                expect(shown).to_have_count(len(cards))
                named = shown.evaluate_all(
                    "cards => cards.map((card) => [...card.querySelectorAll('a, .card-day')].map((part) => part.textContent).join('|'))"
                )
                assert named == cards

        assert failures(check, CHOICES) == []


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
    renderer = Renderer(session.library, session.site, theme_of())
    pages = [page for page in session.planned.values() if page.section == "activities" and "record" not in page.data]
    sizes = {
        page.address: len(gzip.compress(f"{renderer.head(page)}{renderer.content(page)}".encode())) for page in pages
    }
    assert sum(page.data["month"].total for page in pages if page.template == "activities-month.html") > 19_000
    assert max(sizes.values()) < MOST_COMPRESSED, Counter(sizes).most_common(3)
    finder = session.planned["activities/"].data["finder"]
    fetched = [path for path in finder.files if path == finder.path or path.endswith("dates.json")]
    assert len(fetched) == 2
    assert sum(len(gzip.compress(finder.files[path])) for path in fetched) < MOST_FOR_A_CHOICE

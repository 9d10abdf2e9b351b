"""The calendar of public holidays: complete, with its sources, and the same as others keep."""

from __future__ import annotations

import datetime
import re
from collections import Counter

import chinese_calendar
import holidays
import yaml as pyyaml

from macros.records.hours.holidays import Calendar
from macros.records.model.festivals import HOLIDAYS as NAMES
from macros.records.model.festivals import HolidayName
from macros.records.model.seasons import Season
from tests.support.opening_hours import HOLIDAYS, calendar

YEARS = range(2020, 2027)
DAYS = [datetime.date(2020, 1, 1) + datetime.timedelta(step) for step in range(365 * 7 + 2)]
WORDS = {
    "元旦": "元旦", "国庆": "国庆节", "国庆假期": "国庆节", "十一": "国庆节", "五一": "劳动节", "国庆节第一天": "国庆节第一天", "国庆第三天": "国庆节第三天",
    "中秋当天": "中秋节第一天", "大年三十": "除夕", "大年初一": "初一", "正月初三": "初三", "春节当天": "初一", "春节第一天": "", "元宵节": "", "周一": "",
}  # fmt: skip
SEASONS = {
    "4月—10月": ((401, 1031),), "11月至次年3月": ((1101, 331),), "夏季（5月1日—10月31日）": ((501, 1031),), "7、8月": ((701, 731), (801, 831)),
    "2月": ((201, 229),), "每年3月15日到11月15日": ((315, 1115),), "夏季": None, "13月—2月": None, "2月30日—3月1日": None, "暑假": None,
}  # fmt: skip


def days_off(known: Calendar) -> set[datetime.date]:
    return {day for year in known.years.values() for holiday in year for day in holiday.days()}


def test_every_year_has_its_seven_holidays_and_its_notices() -> None:
    years = pyyaml.load(HOLIDAYS.read_text("utf-8"), Loader=pyyaml.BaseLoader)
    assert set(map(int, years)) >= set(YEARS)
    for year, entry in years.items():
        assert Counter(holiday["name"] for holiday in entry["days"]) == Counter(NAMES), year
        for notice in entry["notices"]:
            assert re.fullmatch(r"国务院办公厅关于.*的通知", notice["title"]), year
            assert re.fullmatch(r"国办发明电〔20\d\d〕\d+号", notice["doc_no"]), year
            assert notice["url"].startswith("https://www.gov.cn/"), year
            assert int(notice["published"][:4]) in (int(year) - 1, int(year)), year


def test_days_off_and_worked_weekends_are_those_of_chinesecalendar() -> None:
    known = calendar()
    off = {day for day in DAYS if known.day(day).holiday or (day.weekday() > 4 and not known.day(day).is_worked)}
    assert off == {day for day in DAYS if chinese_calendar.is_holiday(day)}


def test_festivals_are_those_of_holidays() -> None:
    others = holidays.country_holidays("CN", years=YEARS)
    off = days_off(calendar())
    assert {day for day in others if day.year in YEARS} - off == set()
    festivals = {holiday.day for year in calendar().years.values() for holiday in year}
    assert festivals - set(others) == set()


def test_a_day_that_no_notice_tells_of_is_unknown() -> None:
    known = calendar()
    unknown = [day for day in DAYS if known.day(day).missing_year]
    assert unknown == [datetime.date(2026, 12, day) for day in (29, 30, 31)]
    assert known.day(datetime.date(2027, 7, 7)).missing_year == 2027
    assert Calendar().day(datetime.date(2026, 10, 2)).holiday == "国庆假期"


def test_names_of_holidays_are_read_as_people_write_them() -> None:
    assert {text: HolidayName(text).name for text in WORDS} == WORDS


def test_seasons_are_read_as_people_write_them() -> None:
    assert {text: Season(text).spans for text in SEASONS} == SEASONS

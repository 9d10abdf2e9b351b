"""A colleague's list of sixty activities comes in: days and times as people write them, places of the site, and what is asked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook

from macros.editing.excel.adopt.activity_dates import read_occurrences
from macros.editing.excel.adopt.days_said import year_of
from tests.editing.excel.test_adopt import ListDesk
from tests.editing.excel.workshop import column_of
from tests.support.looping import failures
from tests.support.projects import kepu

SEPTEMBER = ("2026-09-01", "2026-09-30")

# What a list says → date, begin, end of each day; days, first, last, begin, end of each week; or a part of the question.
CASES: dict[str, list[tuple[Any, ...]] | str] = {
    "9月5日（周六）上午9:30-11:00": [("2026-09-05", "9:30", "11:00")],
    "9月5日至7日": [(f"2026-09-0{day}", "", "") for day in (5, 6, 7)],
    "9月5日（星期六）至7日（星期一）": [(f"2026-09-0{day}", "", "") for day in (5, 6, 7)],
    "9月5日-6日（周六、周日）": [("2026-09-05", "", ""), ("2026-09-06", "", "")],
    "9月每周六 14:00-15:30": [(("周六",), *SEPTEMBER, "14:00", "15:30")],
    "9月1日至9月30日每周六、周日 9点-17点": [(("周六", "周日"), *SEPTEMBER, "9:00", "17:00")],
    "9月5日、12日": [("2026-09-05", "", ""), ("2026-09-12", "", "")],
    "9月5、12、13日下午2:30": [(f"2026-09-{day}", "14:30", "") for day in ("05", "12", "13")],
    "9月20日和27日 9:00": [("2026-09-20", "9:00", ""), ("2026-09-27", "9:00", "")],
    "2025年9月5日—9月6日 14：30～16：00": [("2025-09-05", "14:30", "16:00"), ("2025-09-06", "14:30", "16:00")],
    "2026.9.5 全天": [("2026-09-05", "", "")],
    "2026/9/5 晚7:00-9:00": [("2026-09-05", "19:00", "21:00")],
    "26年9月5日9时30分": [("2026-09-05", "9:30", "")],
    "9月5日9:00-11:00；9月6日14:00-16:00": [("2026-09-05", "9:00", "11:00"), ("2026-09-06", "14:00", "16:00")],
    "9月5日全天，9月6日 9:00-11:00": [("2026-09-05", "", ""), ("2026-09-06", "9:00", "11:00")],
    "9月5日 9:00-11:30，14:00-16:30": [("2026-09-05", "9:00", "11:30"), ("2026-09-05", "14:00", "16:30")],
    "9月5日（周日）": "写的是周日，9 月 5 日是周六",
    "9月1日-30日": "有 30 天；是每天都有，还是哪几天",
    "9月5日-12日": "有 8 天",
    "9月": "有 30 天",
    "每周六 9:00": "没有写从哪天起",
    "9月5日起每周六": "“起每周六” 看不懂",
    "9月每周六，9月20日 14:00": "有的日子没有写几点",
    "9月1日-30日、10月5日每周六": "有几段日子",
    "9月31日": "没有 9 月 31 日这一天",
    "9月5日 2:30": "上午还是下午",
    "9月5日 9:30-5:00": "上午还是下午",
    "9月5日上午": "“上午” 看不懂",
    "9.5": "看不懂",
    "9月下旬": "“下旬” 看不懂",
    "9月5日（雨天顺延）": "“雨天顺延” 看不懂",
    "12月30日-1月2日": "到哪一天止",
    "9月5日10:00—9月6日12:00": "看不懂",
    "9:30-11:00": "没有写哪一天",
}  # fmt: skip


def test_days_and_times_are_read_whole_or_asked() -> None:
    def check(text: str) -> None:
        found, wanted = read_occurrences(text, 2026), CASES[text]
        dates = [(day.date, day.opens, day.closes) for day in found.dates]
        weekly = [(week.days, week.from_date, week.to_date, week.opens, week.closes) for week in found.weekly]
        if isinstance(wanted, str):
            assert wanted in found.doubt
            assert not dates + weekly
        else:
            assert [*dates, *weekly] == wanted

    assert failures(check, CASES) == []
    assert "哪一年" in read_occurrences("9月5日", None).doubt
    assert year_of("一览表", "2026年9月") == 2026
    assert year_of("2025-2026学年", "2026") is None


HEADINGS = (
    "序号", "活动名称", "活动日期", "活动时间", "活动地点", "主办单位", "活动内容", "参与对象", "名额", "报名方式", "是否收费", "联系电话",
)  # fmt: skip
DATES = (datetime.date(2026, 9, 5), "9月6日", "2026年9月7日（周一）", "9月4日-5日", "2026.9.5", "9月每周六")
TIMES = ("9:30-11:00", "上午9:00", "14:30—16:00", "下午2:30", "全天", "14:00-15:30")
PLACES = ("湿地", "湿地三楼报告厅", "示例河街道文化站三楼", "示例山镇青山路1号", "区图书馆报告厅")
ODD = {7: ("9月1日-30日", "9:00"), 8: ("9月6日（周六）", "9:00"), 9: ("9月6日", "上午"), 10: ("", "")}


def rows() -> list[Sequence[Any]]:
    """Return sixty activities, of which four leave something open."""
    found: list[Sequence[Any]] = []
    for number in range(1, 61):
        date, time = ODD.get(number, (DATES[number % 6], TIMES[number % 6]))
        capacity = (30, "50人", "不限", "约60")[number % 4]
        booking, price = (("需提前电话报名", "否"), ("无需报名", "免费"))[number % 2]
        found.append((
            number, f"科普活动第{number}场", date, time, PLACES[number % 5], "示例区科协、示例区教育局", "讲讲看看，动手做。", "小学生",
            capacity, booking, price, "0750-1234567",
        ))  # fmt: skip
    return found


def activities(desk: ListDesk) -> dict[str, dict[str, Any]]:
    """Return the activities by name, as their files have them."""
    texts = (path.read_text("utf-8") for path in (desk.project / "data/activities").glob("*.yml"))
    return {record["name"]: record for record in (yaml.load(text, yaml.BaseLoader) for text in texts)}


def test_sixty_activities_come_in_and_four_are_asked(tmp_path: Path) -> None:
    desk, book = ListDesk(tmp_path), Workbook()
    sheet = book.worksheets[0]
    for row in (("2026年示例区全国科普月活动一览表",), HEADINGS, *rows()):
        sheet.append(row)
    book.save(desk.list)
    done = desk.adopt("--mark", "official")
    assert done.exit_code == 0, done.output
    for line in (
        "60 行科普活动", "Sheet!C9：日期：日期：从 2026-09-01 到 2026-09-30 有 30 天", "Sheet!C10：日期：日期：写的是周六，9 月 6 日是周日",
        "Sheet!D11：日期：开始：“上午” 看不懂", "Sheet!B12：日期：日期：没有写哪一天", "按每天都有写了", "名额：“约60”不是确定的人数",
    ):  # fmt: skip
        assert line in done.output
    assert "不认得" not in done.output
    coloured = [cell.partition("!")[0] for cell in desk.coloured()]
    assert {name: coloured.count(name) for name in coloured} == {"科普活动": 3, "日期": 4}

    table = load_workbook(desk.review)
    days, own = table["日期"], table["科普活动"]
    for row in range(2, days.max_row + 1):
        if days.cell(row, column_of(days, "记录")).value == "科普活动第7场":
            days.cell(row, column_of(days, "日期"), "2026-09-01")
    for row in range(2, own.max_row + 1):
        if own.cell(row, column_of(own, "名称")).value == "科普活动第7场":
            own.cell(row, column_of(own, "草稿")).value = None
    table.save(desk.review)
    taken = desk.take_over()
    assert taken.exit_code == 0, taken.output
    checked = kepu(desk.project, "check")
    assert (checked.exit_code, "错误" in checked.output) == (0, False), checked.output

    found = activities(desk)
    assert len(found) == 60
    assert {name for name, record in found.items() if "draft" in record} == {"科普活动第8场", "科普活动第10场"}
    assert found["科普活动第7场"]["dates"] == [{"date": "2026-09-01"}]
    assert found["科普活动第9场"]["dates"] == [{"date": "2026-09-06"}]
    assert found["科普活动第6场"]["dates"] == [{"date": "2026-09-05", "from": "9:30", "to": "11:00"}]
    assert [day["date"] for day in found["科普活动第15场"]["dates"]] == ["2026-09-04", "2026-09-05"]
    assert found["科普活动第11场"]["weekly"][0]["from_date"] == "2026-09-01"
    wanted: dict[int, dict[str, Any]] = {
        15: {"place": "wetland", "booking": {"required": "否"}},
        16: {"place": "wetland", "venue": "三楼报告厅", "capacity": "30", "admission": {"free": "是"}},
        17: {"venue": "示例河街道文化站三楼", "town": "river", "capacity": "50"},
        18: {"address": "示例山镇青山路1号", "town": "hill", "capacity": None, "booking": {"required": "是", "how": "需提前电话报名"}},
        19: {"venue": "区图书馆报告厅", "town": None, "capacity": None, "organizers": ["示例区科协", "示例区教育局"]},
    }  # fmt: skip
    got = {number: {key: found[f"科普活动第{number}场"].get(key) for key in keys} for number, keys in wanted.items()}
    assert got == wanted

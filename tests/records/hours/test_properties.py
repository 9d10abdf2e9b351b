"""Random bases at random moments: sentence, structured data and calendar agree with a slow reference written apart."""

from __future__ import annotations

import datetime
import json
from functools import cache
from typing import Any

import icalendar
import yaml as pyyaml
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.exports.opening_calendar import opening_calendar
from macros.records.hours.sentences import Moment, sentence
from macros.records.hours.timetable import Run, runs
from tests.support.opening_hours import HOLIDAYS, calendar, schedule_at

Record = dict[str, Any]
WEEKDAYS = "一二三四五六日"
FIRST = datetime.date(2026, 1, 1)
OPEN_NOW = ("现在开放", "全天开放", "已过最晚入场时间")
# The part of the year in which a season is, as the reference knows it: month and day of the first and last day.
SEASONS = {"4月—10月": ((4, 1), (10, 31)), "11月—次年3月": ((11, 1), (3, 31)), "夏季": None}
NAMES = ("元旦", "春节", "除夕", "初一", "国庆节", "国庆节第一天", "中秋节", "清明节")

days = st.integers(0, 364).map(lambda step: FIRST + datetime.timedelta(step))
times = st.integers(0, 23 * 2 + 1).map(lambda half: half * 30)


@cache
def notices() -> dict[int, Any]:
    return pyyaml.safe_load(HOLIDAYS.read_text("utf-8"))


# Holidays and worked weekends, and the days beside them, are where hours go wrong.
marked = sorted(
    day + datetime.timedelta(beside)
    for holiday in notices()[2026]["days"]
    for day in (holiday["from"], holiday["to"], holiday["day"], *holiday.get("work", []))
    for beside in (-1, 0, 1)
)
moments = st.tuples(st.one_of(days, st.sampled_from(marked)), times)
spans = st.sampled_from(
    [("9:00", "17:00"), ("0:00", "24:00"), ("18:00", "2:00"), ("12:00", "0:00"), ("8:30", "11:30"), ("13:00", "21:00")]
)


@st.composite
def openings(draw: st.DrawFn) -> Record:
    entry: Record = {
        "days": [f"周{day}" for day in sorted(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1)), key=WEEKDAYS.index)]
    }
    if draw(st.integers(0, 5)):
        entry["from"], entry["to"] = draw(spans)
    for name, values in {"season": st.sampled_from(sorted(SEASONS)), "booking": st.just("是"), "note": st.just("看天气"),
                         "weeks": st.sampled_from([["第一个"], ["第二个", "最后一个"]])}.items():  # fmt: skip
        if draw(st.integers(0, 7)) == 0:
            entry[name] = draw(values)
    if draw(st.integers(0, 7)) == 0:
        first, last = sorted((draw(days), draw(days)))
        entry["from_date"], entry["to_date"] = str(first), str(last)
    return entry


@st.composite
def dated(draw: st.DrawFn, is_closure: bool) -> Record:
    first = draw(days)
    entry: Record = {"from_date": str(first), "to_date": str(first + datetime.timedelta(draw(st.integers(0, 9))))}
    if is_closure:
        return {**entry, "reason": "检修"}
    opens, closes = draw(spans)
    return {**entry, "from": opens, "to": closes}


@st.composite
def records(draw: st.DrawFn) -> Record:
    record: Record = {
        "opening": draw(st.lists(openings(), min_size=1, max_size=3)),
        "special_hours": draw(st.lists(dated(False), max_size=2)),
        "closures": draw(st.lists(dated(True), max_size=2)),
    }
    if rule := draw(st.sampled_from(["", "照常", "不开放", "按周日", "另行通知"])):
        record["on_holidays"] = rule
    if draw(st.booleans()):
        record["holiday_hours"] = [
            {"holidays": [draw(st.sampled_from(NAMES))], "rule": draw(st.sampled_from(["照常", "不开放", "另行通知"]))}
        ]
    return record


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def sittings(record: Record, day: datetime.date) -> list[tuple[int, int]] | None:
    """The reference: the hours of a day that are certain; None where it is unknown whether there are any."""
    covering = [
        (datetime.date.fromisoformat(entry["to_date"]) - datetime.date.fromisoformat(entry["from_date"]), entry)
        for entry in record["closures"] + record["special_hours"]
        if entry["from_date"] <= str(day) <= entry["to_date"]
    ]
    if covering:
        least = [entry for length, entry in covering if length == min(length for length, _ in covering)]
        return [] if any("reason" in entry for entry in least) else [whole(entry) for entry in least]
    holiday = [h for year in notices().values() for h in year["days"] if h["from"] <= day <= h["to"]]
    new_years = [h["day"] for year in notices().values() for h in year["days"] if h["name"] == "春节"]
    single = {
        "除夕": [d - datetime.timedelta(1) for d in new_years],
        "初一": new_years,
        "国庆节第一天": [day.replace(month=10, day=1)],
    }
    for entry in record.get("holiday_hours", []):
        name = entry["holidays"][0]
        if day in single[name] if name in single else any(h["name"] == name for h in holiday):
            return by_rule(record, day, entry["rule"])
    worked = any(day in h.get("work", []) for year in notices().values() for h in year["days"])
    if holiday:
        return by_rule(record, day, record.get("on_holidays", ""))
    if day >= datetime.date(2026, 12, 29):
        return unsure(record, day)
    return workday(record, day) if worked else by_week(record, day, day.weekday())


def by_rule(record: Record, day: datetime.date, rule: str) -> list[tuple[int, int]] | None:
    if rule == "不开放":
        return []
    if rule in ("照常", "按周日"):
        return by_week(record, day, 6 if rule == "按周日" else day.weekday())
    # Who is closed all that week of the year is closed on its holidays too.
    everyday = [by_week(record, day, weekday) for weekday in range(7)]
    counts = [covering_count(record, day, weekday) for weekday in range(7)]
    return [] if rule == "" and everyday == [[]] * 7 and not any(counts) else None


def covering_count(record: Record, day: datetime.date, weekday: int) -> int:
    return sum(covers(entry, day, weekday) for entry in record["opening"])


def covers(entry: Record, day: datetime.date, weekday: int) -> bool:
    if f"周{WEEKDAYS[weekday]}" not in entry["days"]:
        return False
    if "from_date" in entry and not entry["from_date"] <= str(day) <= entry["to_date"]:
        return False
    nth = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", 5: "第五个"}[(day.day - 1) // 7 + 1]
    is_last = (day + datetime.timedelta(7)).month != day.month
    if "weeks" in entry and nth not in entry["weeks"] and not (is_last and "最后一个" in entry["weeks"]):
        return False
    season = SEASONS.get(entry.get("season", ""))
    if season is None:
        return True
    first, last = season
    now = (day.month, day.day)
    return first <= now <= last if first <= last else now >= first or now <= last


def by_week(record: Record, day: datetime.date, weekday: int) -> list[tuple[int, int]] | None:
    if all("to_date" in entry and entry["to_date"] < str(day) for entry in record["opening"]):
        return None
    found = [entry for entry in record["opening"] if covers(entry, day, weekday)]
    if any(entry.get("season") == "夏季" for entry in found):
        return None
    return [whole(entry) for entry in found if "from" in entry and "booking" not in entry and "note" not in entry]


def whole(entry: Record) -> tuple[int, int]:
    opens, closes = minutes(entry["from"]), minutes(entry["to"])
    return opens, closes if closes > opens else closes + 1440


def workday(record: Record, day: datetime.date) -> list[tuple[int, int]] | None:
    usual = by_week(record, day, day.weekday())
    is_open = covering_count(record, day, day.weekday()) > 0
    is_open_on_working_days = any(covering_count(record, day, weekday) for weekday in range(5))
    return usual if is_open == is_open_on_working_days else None


def unsure(record: Record, day: datetime.date) -> list[tuple[int, int]] | None:
    """A day may be ordinary, a holiday or a worked weekend: what is the same in all cases is certain."""
    weekend = [workday(record, day)] if day.weekday() > 4 else []
    rule = record.get("on_holidays", "")
    cases = [by_week(record, day, day.weekday()), by_rule(record, day, rule), *weekend]
    is_same = said(record, day, day.weekday()) == said(record, day, 6 if rule == "按周日" else day.weekday())
    return cases[0] if is_same and not record.get("holiday_hours") and all(case == cases[0] for case in cases) else None


def said(record: Record, day: datetime.date, weekday: int) -> list[tuple[Any, ...]]:
    """What is written of a day of the week, certain or not."""
    names = ("from", "to", "booking", "note")
    return [tuple(map(entry.get, names)) for entry in record["opening"] if covers(entry, day, weekday)]


def is_open(record: Record, day: datetime.date, now: int) -> bool:
    today = sittings(record, day) or []
    yesterday = sittings(record, day - datetime.timedelta(1)) or []
    return any(a <= now < b for a, b in today) or any(now + 1440 < b for _, b in yesterday)


def specifies(found: tuple[Run, ...], day: datetime.date, now: int) -> bool:
    """Read structured data as schema.org has it: hours that close before they open close on the next day."""
    for run in found:
        opens, closes = minutes(run.opens_at), minutes(run.closes_at)
        assert closes <= 1440
        for on, moment in ((day, now), (day - datetime.timedelta(1), now + 1440)):
            ends = closes if closes > opens else closes + 1440
            if run.first <= on <= run.last and f"{on:%A}" in run.day_names and opens <= moment < ends:
                return True
    return False


def starts_of(raw: bytes) -> list[tuple[datetime.datetime, datetime.timedelta]]:
    """Let other programs read a calendar: every start of an event, and how long it lasts."""
    found = []
    for event in icalendar.Calendar.from_ical(raw).walk("VEVENT"):
        start, end = (event[name].dt.replace(tzinfo=None) for name in ("DTSTART", "DTEND"))
        rule = event["RRULE"].to_ical().decode().replace("T155959Z", "T235959")
        found += [(each, end - start) for each in rrulestr(rule, dtstart=start)]
    return found


@settings(max_examples=150, deadline=None)
@given(records(), st.lists(moments, min_size=5, max_size=15))
def test_sentence_structured_data_and_calendar_agree_with_a_slow_reference(
    record: Record, asked: list[tuple[datetime.date, int]]
) -> None:
    schedule = schedule_at(as_yaml(record))
    found = runs(schedule, calendar(), FIRST)
    starts = starts_of(opening_calendar(found, "池塘", "pond", "", FIRST))
    for day, now in asked:
        expected = is_open(record, day, now)
        text = sentence(schedule, calendar(), Moment(day, now))
        assert any(word in text for word in OPEN_NOW) == expected, (text, day, now)
        # The runs begin on the first day; what went on from the night before is not in them.
        if day > FIRST:
            assert specifies(found, day, now) == expected, (day, now)
            at = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=now)
            assert any(start <= at < start + length for start, length in starts) == expected, (day, now)


def as_yaml(record: Record) -> str:
    """Return fields as an editor would write them."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in record.items() if value)

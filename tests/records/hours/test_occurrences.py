"""The times of activities: worked out of named days and weekly rules, and said the same everywhere."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

from macros.library.agenda import SHOWN, agenda, ahead, is_ahead
from macros.library.library import Library
from macros.pages.cards import visit_of
from macros.records.hours.occurrences import Occurrence, occurrences_of
from macros.records.model.outings import Activity
from tests.support.looping import failures
from tests.support.projects import load_project

HEAD = "name: 讲座\nsummary: 一次。\nsources: [{title: 通知, mark: official}]\n"
SATURDAYS = "weekly: [{days: [周六], from: 9:30, from_date: 2026-12-05, to_date: 2027-01-09, except: [2026-12-12]}]\n"


def activity(folder: Path, text: str) -> tuple[Library, Activity]:
    """Return a project's only activity, and its library."""
    loaded = load_project(folder, {"data/activities/talk.yml": HEAD + text})
    assert loaded.problems == []
    library = Library(loaded.collection)
    found = library.get("talk")
    assert isinstance(found, Activity)
    return library, found


def test_named_days_and_weekly_rules_make_one_order_across_the_years_end(tmp_path: Path) -> None:
    _, talk = activity(
        tmp_path, SATURDAYS + "dates: [{date: 2026-12-31, from: 22:30, to: 0:30, note: 跨年, state: 约满}]\n"
    )
    assert [(time.day.isoformat(), time.starts_at, time.ends_at, time.hours, time.note, time.state) for time in occurrences_of(talk)] == [
        ("2026-12-05", "2026-12-05T09:30:00+08:00", "", "9:30 开始", "", ""),
        ("2026-12-19", "2026-12-19T09:30:00+08:00", "", "9:30 开始", "", ""),
        ("2026-12-26", "2026-12-26T09:30:00+08:00", "", "9:30 开始", "", ""),
        ("2026-12-31", "2026-12-31T22:30:00+08:00", "2027-01-01T00:30:00+08:00", "22:30–次日 0:30", "跨年", "full"),
        ("2027-01-02", "2027-01-02T09:30:00+08:00", "", "9:30 开始", "", ""),
        ("2027-01-09", "2027-01-09T09:30:00+08:00", "", "9:30 开始", "", ""),
    ]  # fmt: skip


def test_a_day_is_ahead_until_it_is_over(tmp_path: Path) -> None:
    library, talk = activity(tmp_path, "dates: [{date: 2026-12-05}, {date: 2026-12-06, to: 17:00}]\n")
    days = [datetime.date(2026, 12, day) for day in (5, 6, 7)]
    assert [len(ahead(talk, day)) for day in days] == [2, 1, 0]
    assert [is_ahead(talk, day) for day in days] == [True, True, False]
    assert visit_of(library, talk) == "2026-12-05 至 2026-12-06，共 2 次"
    assert occurrences_of(talk)[-1].hours == "到 17:00"


def test_one_that_is_cancelled_stays_on_the_agenda_and_says_so(tmp_path: Path) -> None:
    library, talk = activity(tmp_path, "dates: [{date: 2026-12-05}]\ncancelled: 台风\n")
    assert not library.is_current(talk)
    assert [time.activity.id for day in library.agenda() for time in day.times] == ["talk"]


def test_the_agenda_is_what_a_slow_search_of_each_day_finds(tmp_path: Path) -> None:
    _, talk = activity(tmp_path, SATURDAYS)
    choose = random.Random(14)

    def check(number: int) -> None:
        today = datetime.date(2026, 11, 1) + datetime.timedelta(choose.randrange(90))
        days = [today + datetime.timedelta(step) for step in range(120)]
        first, last = datetime.date(2026, 12, 5), datetime.date(2027, 1, 9)
        slow = [d for d in days if first <= d <= last and d.isoweekday() == 6 and d != datetime.date(2026, 12, 12)]
        assert [day.day for day in agenda([talk], today)] == slow[:SHOWN]

    assert failures(check, range(60)) == []


def test_times_sort_by_the_hour_and_what_has_none_comes_first() -> None:
    day = datetime.date(2026, 12, 5)
    times = [
        Occurrence(day, 600, None),
        Occurrence(day, None, None),
        Occurrence(day, 540, 600),
        Occurrence(day, 540, None),
    ]
    assert [time.begins for time in sorted(times, key=lambda time: time.order)] == [None, 540, 540, 600]

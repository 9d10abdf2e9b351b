"""Calendars of activities: what calendar programs read out of them is what the records say."""

from __future__ import annotations

import datetime
from pathlib import Path

import icalendar
import recurring_ical_events

from macros.records.hours.occurrences import occurrences_of
from macros.records.model.outings import Activity
from macros.site.session import Session

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def events(site: Path, address: str) -> list[icalendar.Event]:
    """Return the entries of a calendar."""
    found = icalendar.Calendar.from_ical((site / address).read_bytes())
    return list(found.walk("VEVENT"))


def test_each_time_is_one_entry_at_its_hour_in_china(district_site: Path, district: Session) -> None:
    talks = district.library.get("star-talks")
    assert isinstance(talks, Activity)
    starts = [
        event["DTSTART"].dt.astimezone(CHINA).isoformat()
        for event in events(district_site, "activities/star-talks/dates.ics")
    ]
    assert starts == [time.starts_at for time in occurrences_of(talks)]
    night = next(e for e in events(district_site, "activities/star-talks/dates.ics") if "跨年" in e["DESCRIPTION"])
    assert night["DTEND"].dt.astimezone(CHINA).isoformat() == "2027-01-01T00:30:00+08:00"
    assert night["LOCATION"] == "示例星空馆，二楼报告厅，示例山镇观星路 1 号"


def test_ids_are_unique_and_what_was_cancelled_says_so(district_site: Path) -> None:
    every = events(district_site, "activities/dates.ics")
    assert len({event["UID"] for event in every}) == len(every) > 5
    told = {str(event["SUMMARY"]): str(event["STATUS"]) for event in every}
    assert told == {
        "池塘夜观 <b>蛙</b>": "CANCELLED",
        "示例星空月": "CONFIRMED",
        "周末星空讲座": "CONFIRMED",
        "种子实验课": "CONFIRMED",
    }
    whole_day = next(event for event in every if event["SUMMARY"] == "示例星空月")
    assert whole_day["DTSTART"].dt == datetime.date(2026, 11, 28)


def test_places_towns_and_audiences_have_their_own(district_site: Path) -> None:
    found = {path.relative_to(district_site).as_posix() for path in district_site.rglob("dates.ics")}
    assert {
        "bases/star-hall/dates.ics",
        "activities/by/town/hill/dates.ics",
        "activities/by/audience/families/dates.ics",
        "activities/lamp-contest/dates.ics",
    } <= found
    assert "platforms/lamp-institute/dates.ics" not in found
    assert {str(event["SUMMARY"]) for event in events(district_site, "bases/star-hall/dates.ics")} == {"周末星空讲座"}


def test_a_day_of_the_calendar_shows_what_is_on_then(district_site: Path, district: Session) -> None:
    """Every day of a year, across its end, as calendar programs ask for it."""
    every = icalendar.Calendar.from_ical((district_site / "activities" / "dates.ics").read_bytes())
    shown = recurring_ical_events.of(every)
    today = district.library.as_of.first_day
    expected = {day.day: sorted(time.activity.name for time in day.times) for day in district.library.agenda(200)}
    assert datetime.date(2026, 12, 31) in expected
    for day in (today + datetime.timedelta(step) for step in range(60)):
        begun = [event for event in shown.at(day) if china_day(event["DTSTART"].dt) == day]
        assert sorted(str(event["SUMMARY"]) for event in begun) == expected.get(day, []), day


def china_day(begins: datetime.date) -> datetime.date:
    """Return the day in China on which something begins."""
    return begins.astimezone(CHINA).date() if isinstance(begins, datetime.datetime) else begins

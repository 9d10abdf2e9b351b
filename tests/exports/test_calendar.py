"""The calendar, as an independent parser reads it."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.exports import calendar
from macros.exports.calendar import LONGEST_LINE, escaped, folded
from macros.exports.publication import Publication
from tests.exports.conftest import HOSTILE, SOURCES, Make


def events(publication: Publication) -> dict[str, Any]:
    """Return the events of a calendar by their summaries."""
    parsed = icalendar.Calendar.from_ical(calendar.calendar(publication))
    assert not parsed.errors
    return {str(event["SUMMARY"]): event for event in parsed.walk("VEVENT")}


def policy(**fields: Any) -> dict[str, Any]:
    """Return a policy with a date until which one may apply."""
    until = fields.pop("until", "2027-05-20")
    return {
        "name": "申请办法",
        "summary": "一个办法。",
        "published": "2026-01-02",
        "validity": "valid",
        "applies_to": {"who": "基地", "until": until},
        "sources": SOURCES,
        **fields,
    }


def test_deadlines_are_read_by_another_program(publication: Publication) -> None:
    found = events(publication)
    assert list(found) == ["应当核对：示例星空馆", "认定到期：示例星空馆"]
    review = found["应当核对：示例星空馆"]
    assert review["DTSTART"].dt == datetime.date(2026, 12, 1)
    assert review["DTSTAMP"].dt == datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
    assert review["URL"] == "https://example.org/kepu/bases/star-hall/"
    assert [alarm["TRIGGER"].dt for alarm in review.walk("VALARM")] == [-datetime.timedelta(days=7)]


def test_a_date_known_to_the_year_stands_on_its_last_day_and_says_so(publication: Publication) -> None:
    event = events(publication)["认定到期：示例星空馆"]
    assert event["DTSTART"].dt == datetime.date(2099, 12, 31)
    assert "原文只写到 2099 年" in event["DESCRIPTION"]


def test_a_moved_deadline_stays_the_same_event(make: Make) -> None:
    before = events(make({"policies/apply": policy()}))["申请截止：申请办法"]
    after = events(make({"policies/apply": policy(until="2027-06-30")}))["申请截止：申请办法"]
    assert before["UID"] == after["UID"]
    assert before["DTSTART"].dt != after["DTSTART"].dt
    assert before["DTSTAMP"].dt.date() == datetime.date(2026, 1, 2)


def test_an_event_stays_when_its_record_gets_another_id(make: Make) -> None:
    before = events(make({"policies/apply": policy()}))["申请截止：申请办法"]
    after = events(make({"policies/apply-now": policy(former_ids=["apply"])}))["申请截止：申请办法"]
    assert before["UID"] == after["UID"]


def test_recognitions_of_one_name_are_events_of_their_own(make: Make) -> None:
    held = {"title": "科普基地", "stage": "held", "valid_to": "2028"}
    recognitions = [{**held, "level": "provincial"}, {**held, "level": "municipal"}]
    base = {"name": "馆", "summary": "一个馆。", "sources": SOURCES, "recognitions": recognitions}
    parsed = icalendar.Calendar.from_ical(calendar.calendar(make({"bases/hall": base})))
    assert len({str(event["UID"]) for event in parsed.walk("VEVENT")}) == 2


def test_events_of_two_sites_differ(make: Make) -> None:
    one = events(make({"policies/apply": policy()}, url="https://a.example/"))["申请截止：申请办法"]
    other = events(make({"policies/apply": policy()}, url="https://b.example/"))["申请截止：申请办法"]
    assert one["UID"] != other["UID"]


def test_without_an_address_of_the_site_events_have_none(make: Make) -> None:
    event = events(make({"policies/apply": policy()}, url=""))["申请截止：申请办法"]
    assert "URL" not in event
    assert "://" not in event["DESCRIPTION"]


def test_what_is_past_or_repealed_is_left_out(make: Make) -> None:
    past = policy(until="2026-10")
    repealed = policy(name="旧办法", validity="repealed")
    publication = make({"policies/past": past, "policies/old": repealed})
    assert publication.library.deadlines == ()
    assert not calendar.files(publication)


def test_a_deadline_later_this_month_is_ahead_though_its_day_is_not_known(make: Make) -> None:
    assert "申请截止：申请办法" in events(make({"policies/apply": policy(until="2026-11")}))


def test_a_calendar_holds_the_nearest_of_each_matter(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "NEAREST", 2)
    days = {"near": "2027-01-01", "next": "2027-01-02", "far": "2027-01-03"}
    publication = make({f"policies/{name}": policy(name=name, until=day) for name, day in days.items()})
    found = list(events(publication))
    assert found == ["申请截止：near", "申请截止：next"]


def test_each_kind_with_deadlines_has_a_calendar_of_its_own(make: Make) -> None:
    held = {"title": "科普基地", "level": "municipal", "stage": "held", "valid_to": "2028"}
    base = {"name": "馆", "summary": "一个馆。", "sources": SOURCES, "recognitions": [held]}
    publication = make({"policies/apply": policy(), "bases/hall": base})
    files = calendar.files(publication)
    assert list(files) == ["calendar.ics", "bases/calendar.ics", "policies/calendar.ics"]
    own = icalendar.Calendar.from_ical(files["policies/calendar.ics"])
    assert [str(event["SUMMARY"]) for event in own.walk("VEVENT")] == ["申请截止：申请办法"]
    assert str(own["X-WR-CALNAME"]) == "政策 - 示例区科普"
    whole = icalendar.Calendar.from_ical(files["calendar.ics"])
    identifiers = {str(event["UID"]) for event in whole.walk("VEVENT")}
    assert {str(event["UID"]) for event in own.walk("VEVENT")} <= identifiers


def test_hostile_texts_stay_texts(hostile: Publication) -> None:
    content = calendar.calendar(hostile)
    assert content.count(b"BEGIN:VEVENT\r\n") == 1
    (event,) = events(hostile).values()
    assert HOSTILE.replace("\ufffe", "").strip()[:60] in event["SUMMARY"]


def test_every_line_ends_as_it_should_and_is_short(hostile: Publication, publication: Publication) -> None:
    for content in (calendar.calendar(hostile), calendar.calendar(publication)):
        lines = content.split(b"\r\n")
        assert lines.pop() == b""
        assert all(len(line) <= LONGEST_LINE and b"\n" not in line and b"\r" not in line for line in lines)
        for line in lines:
            line.decode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_whole(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    assert all(len(part.encode()) <= LONGEST_LINE for part in line.split("\r\n"))
    back = line.replace("\r\n ", "").removeprefix("SUMMARY:")
    assert "\n" not in back
    assert "\r" not in back
    assert folded(back) == folded(escaped(text))

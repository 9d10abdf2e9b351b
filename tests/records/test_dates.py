"""Dates keep the precision that they were written with."""

from __future__ import annotations

import datetime

import pytest

from macros.records.model.dates import PartialDate, Time


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2016", "2016 年"), ("2016-05", "2016 年 5 月"), ("2016-05-03", "2016 年 5 月 3 日"), ("2024-02-29", "2024 年 2 月 29 日")],
)  # fmt: skip
def test_a_date_keeps_its_precision(written: str, shown: str) -> None:
    date = PartialDate.parse(written)
    assert (date.iso, str(date), date.is_full) == (written, shown, written.count("-") == 2)


@pytest.mark.parametrize(
    "written",
    ["", "16", "2016-5", "2016-13", "2026-02-30", "2023-02-29", "2016/05", "2016-05-03T00:00", "3016", "２０１６", "0999", "2016-00", "2016-00-05", "2016-05-00", "2016-00-00", "0000"],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.parse(written)


def test_a_partial_date_spans_days() -> None:
    february = PartialDate.parse("2024-02")
    assert (february.first_day, february.last_day) == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert PartialDate(2024).last_day == datetime.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("earlier", "later", "certain"),
    [
        ("2016", "2017", True),
        ("2016", "2016-05", False),
        ("2016-05", "2016", False),
        ("2016-05-31", "2016-06", True),
        ("2016-05", "2016-05-31", False),
        ("2016-05-03", "2016-05-03", False),
    ],
)
def test_two_dates_are_out_of_order_only_if_certainly_so(earlier: str, later: str, certain: bool) -> None:
    assert PartialDate.parse(earlier).is_certainly_before(PartialDate.parse(later)) is certain


def test_dates_sort_the_vaguer_first() -> None:
    written = ["2016", "2016-05", "2016-05-03", "2016-06", "2017"]
    assert [date.iso for date in sorted(map(PartialDate.parse, reversed(written)))] == written
    assert PartialDate(2016).__lt__(object()) is NotImplemented


@pytest.mark.parametrize(("written", "minutes", "iso"), [("9:30", 570, "09:30"), ("09:30", 570, "09:30"), ("24:00", 1440, "24:00"), ("0:00", 0, "00:00")])  # fmt: skip
def test_a_time_of_day(written: str, minutes: int, iso: str) -> None:
    time = Time.parse(written)
    assert (time.minutes, time.iso) == (minutes, iso)
    assert str(Time(570)) == "9:30"


@pytest.mark.parametrize("written", ["24:01", "25:00", "9：30", "9:60", "930", "9:3", ""])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Time.parse(written)

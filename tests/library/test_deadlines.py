"""Deadlines, and the arithmetic of months that they need."""

from __future__ import annotations

import pytest

from macros.library.deadlines import Matter, months_later
from macros.records.model.dates import PartialDate
from macros.site.session import Session


@pytest.mark.parametrize(
    ("date", "months", "expected"),
    [
        ("2026-06-01", 6, "2026-12-01"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-30", 25, "2028-12-30"),
    ],
)
def test_months_end_where_the_month_ends(date: str, months: int, expected: str) -> None:
    assert months_later(PartialDate.parse(date), months).iso == expected


def test_deadlines_lie_ahead_the_nearest_first(district: Session) -> None:
    found = [(item.matter, item.record.id, item.date.iso, item.about) for item in district.library.deadlines]
    assert found == [
        (Matter.REVIEW, "star-hall", "2026-12-01", ""),
        (Matter.RECOGNITION, "star-hall", "2099", "省级科普基地"),
    ]


def test_a_record_that_was_never_reviewed_is_due_on_no_day(district: Session) -> None:
    library = district.library
    assert library.next_review(library.published["small-pond"]) is None
    assert library.next_review(library.published["star-hall"]) == PartialDate(2026, 12, 1)

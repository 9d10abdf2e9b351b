"""Records as plain data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros.exports.publication import Publication
from macros.exports.values import DERIVED, plain, record_values
from macros.text.notation import Values
from tests.exports.conftest import Make


def values_of(publication: Publication, identifier: str) -> Values:
    """Return the values of a published record."""
    record = publication.library.get(identifier)
    assert record is not None
    return record_values(publication, record)


def test_values_keep_their_meaning(publication: Publication) -> None:
    values = values_of(publication, "star-hall")
    assert values["opened"] == "2016-05"
    assert values["town"] == {"id": "hill", "label": "示例山镇"}
    assert values["location"]["longitude"] == 113.08
    assert values["opening"][0]["from"] == "09:00"
    assert values["recognitions"][1]["due"] == "2027下半年"
    assert values["admission"]["free"] is False
    assert values["body"].startswith("星空馆建在山上")
    assert values["derived"]["level"] == {"id": "provincial", "label": "省级"}
    assert values["derived"]["next_review"] == "2026-12-01"
    assert values["derived"]["files"] == ["files/bases/star-hall/dome.svg", "files/bases/star-hall/worksheet.txt"]


def test_every_field_is_there_though_nothing_is_known(publication: Publication) -> None:
    values = values_of(publication, "small-pond")
    assert set(values) == set(values_of(publication, "star-hall"))
    assert values["town"] is None
    assert values["recognitions"] == []
    assert set(values["derived"]) == {fact.name for fact in DERIVED}
    assert values["derived"]["is_unverified"] is True


def test_a_source_that_is_a_policy_is_told_in_full(publication: Publication) -> None:
    source = values_of(publication, "star-hall")["sources"][0]
    assert source["ref"] == "science-measures-2024"
    assert source["title"] == "示例区科普扶持办法"
    assert source["address"] == "policies/science-measures-2024/"


def test_the_address_of_a_repost_is_never_told(publication: Publication) -> None:
    event = values_of(publication, "star-hall")["events"][1]
    assert event["sources"][0]["mark"]["id"] == "repost"
    assert event["sources"][0]["url"] is None
    everything = repr([values_of(publication, name) for name in publication.library.published])
    assert "https://example.org/repost" not in everything


def test_what_is_of_editors_alone_stays_with_them(publication: Publication) -> None:
    assert "draft" not in values_of(publication, "star-hall")
    assert "hidden-draft" not in publication.library.published


@pytest.mark.parametrize(
    ("number", "expected"),
    [("38", 38), ("8.5", 8.5), ("-0.0", 0), ("12000.50", 12000.5), ("9" * 400, "9" * 400)],
)
def test_numbers_are_numbers_as_far_as_they_fit(publication: Publication, number: str, expected: object) -> None:
    value = plain(publication, Decimal(number))
    assert value == expected
    assert type(value) is type(expected)


def test_without_an_address_of_the_site_pages_have_no_whole_address(make: Make) -> None:
    derived = values_of(make({}, url=""), "wetland")["derived"]
    assert derived["url"] is None
    assert derived["address"] == "bases/wetland/"

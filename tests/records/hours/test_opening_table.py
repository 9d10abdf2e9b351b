"""The model of hours says what the table says; the browser is held to the same table (tests/site/test_opening.py)."""

from __future__ import annotations

from collections import Counter

from macros.records.hours.in_words import hours_in_words
from macros.records.hours.sentences import sentence
from macros.records.model.kinds import Base
from tests.support.looping import failures
from tests.support.opening_hours import Case, base_of, calendar, cases, moment, schedule_at, sentence_at

FEWEST = 200


def test_every_case_of_the_table_holds() -> None:
    def check(case: Case) -> None:
        assert sentence_at(case.record, case.time) == case.sentence

    assert len(cases()) >= FEWEST
    assert failures(check, cases()) == []


def test_the_hours_of_an_entry_stand_in_words() -> None:
    told = {
        "from: 9:00, to: 17:00": "9:00–17:00", "from: 0:00, to: 24:00": "全天", "from: 18:00, to: 2:00": "18:00–次日 2:00",
        "from: 9:00": "9:00 开门", "to: 12:00": "12:00 关门", "note: 看通知": "",
    }  # fmt: skip

    def check(fields: str) -> None:
        [entry] = base_of(f"opening: [{{days: [周五], {fields}}}]\n").opening
        assert hours_in_words(entry) == told[fields]

    assert failures(check, told) == []


def test_no_case_stands_twice() -> None:
    assert [key for key, count in Counter((case.group, case.time) for case in cases()).items() if count > 1] == []


def test_every_field_about_hours_is_in_the_table() -> None:
    """A field that is in no case would be one that the browser may read otherwise."""
    parts = [part for record in {case.record for case in cases()} for part in _parts(base_of(record))]
    names = {(type(part).__name__, name) for part in parts for name in part.model_fields_set}
    models = {type(part) for part in parts}
    assert {(model.__name__, name) for model in models for name in model.model_fields} - names == set()


def _parts(base: Base) -> list:
    return [*base.opening, *base.holiday_hours, *base.special_hours, *base.closures]


def test_a_place_that_knows_nothing_of_holidays_is_never_open_on_one() -> None:
    schedule = schedule_at("opening: [{days: [周一, 周二, 周三, 周四, 周五, 周六, 周日], from: 0:00, to: 24:00}]\n")
    known = calendar()
    days = [day for year in known.years.values() for holiday in year for day in holiday.days()]
    told = [sentence(schedule, known, moment(f"{day} 12:00")) for day in days]
    assert len(told) > 200
    assert [text for text in told if not text.endswith("是否开放没有公布，请先问清楚再去")] == []

"""The table of moments and sentences, and bases made of a few fields, for the tests of hours on either side."""

from __future__ import annotations

import datetime
from functools import cache
from typing import NamedTuple

import yaml as pyyaml

from macros.records import yaml
from macros.records.hours.holidays import Calendar
from macros.records.hours.schedule import Schedule, schedule_of
from macros.records.hours.sentences import Moment, sentence
from macros.records.model.kinds import Base
from macros.records.termfiles import read_holidays
from tests.support import ROOT

TABLE = ROOT / "tests/records/hours/cases.yml"
HOLIDAYS = ROOT / "data/terms/holidays.yml"


class Case(NamedTuple):
    """One line of the table.

    Attributes:
        group: name of its group.
        record: fields of the base, as YAML.
        time: the moment in China, e.g. ``2026-11-25 09:00``.
        sentence: what is said.
    """

    group: str
    record: str
    time: str
    sentence: str


@cache
def cases() -> tuple[Case, ...]:
    """Return the table."""
    groups = pyyaml.load(TABLE.read_text("utf-8"), Loader=pyyaml.BaseLoader)
    return tuple(Case(group["name"], group["record"], time, text) for group in groups for time, text in group["cases"])


@cache
def calendar() -> Calendar:
    """Return the calendar of the repository, as far as the table knows it."""
    whole = read_holidays(yaml.read("data/terms/holidays.yml", HOLIDAYS.read_bytes())).years
    return Calendar({year: whole[year] for year in range(2020, 2027)})


@cache
def base_of(record: str) -> Base:
    """Return a base that has some fields besides those that all have.

    Args:
        record: the fields, as YAML.
    """
    text = f"name: 池塘\nsummary: 一处。\nsources: [{{title: 网站, mark: official}}]\n{record}"
    document = yaml.read("data/bases/pond.yml", text.encode())
    base = Base.model_validate(document.data, context={"kind": "bases"})
    base.bind("pond", document)
    return base


def moment(text: str) -> Moment:
    """Read a moment such as ``2026-11-25 09:00``."""
    at = datetime.datetime.fromisoformat(text)
    return Moment(at.date(), at.hour * 60 + at.minute)


def schedule_at(record: str) -> Schedule:
    """Return the hours of a base that has some fields."""
    return schedule_of(base_of(record).opening_fields)


def sentence_at(record: str, time: str) -> str:
    """Return what the model says of a base at a moment."""
    return sentence(schedule_at(record), calendar(), moment(time))

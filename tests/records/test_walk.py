"""The walk through a record's values, in the order of its fields, by the names written in the file."""

from __future__ import annotations

from pathlib import Path

from macros.records.model.fields import Prose, Reference
from macros.records.model.groups import Contact, FieldGroup, Source
from macros.records.model.kinds import Base, Incubator, Policy
from macros.records.model.opening import Closure, Opening
from macros.records.model.terms import Term
from macros.records.model.walk import find, group_class
from tests.support.projects import base, load_project

EXTRA = """\
body: 甲。
aliases: [乙, 丙]
opening:
  - {days: [周二], from: 9:00, to: 17:00}
"""


def test_values_come_with_the_paths_of_the_file(tmp_path: Path) -> None:
    record = load_project(tmp_path, {"data/bases/pond.yml": base(EXTRA)}).collection.records["pond"]
    found = {path: str(value) for path, value in find(record, (Term, Prose, Reference))}
    assert list(found.items()) == [
        (("sources", 0, "ref"), "plan"),
        (("body",), "甲。"),
        (("opening", 0, "days", 0), "周二"),
    ]
    for path in found:
        assert record.document.locate(path) != (0, 0)


def test_parts_come_with_their_paths(tmp_path: Path) -> None:
    record = load_project(tmp_path, {"data/bases/pond.yml": base(EXTRA)}).collection.records["pond"]
    assert [(path, type(part)) for path, part in find(record, (FieldGroup,))] == [
        (("sources", 0), Source),
        (("opening", 0), Opening),
    ]


def test_a_part_that_is_wanted_is_looked_into_as_well(tmp_path: Path) -> None:
    extra = "recognitions:\n  - {title: 基地, level: 省级, stage: held, sources: [{ref: plan}]}\n"
    record = load_project(tmp_path, {"data/bases/pond.yml": base(extra)}).collection.records["pond"]
    assert [path for path, _ in find(record, (FieldGroup,))] == [
        ("sources", 0),
        ("recognitions", 0),
        ("recognitions", 0, "sources", 0),
    ]


def test_a_path_leads_to_the_class_of_the_innermost_part() -> None:
    assert group_class(Base, ()) is Base
    assert group_class(Base, ("name",)) is Base
    assert group_class(Base, ("contact", "phone")) is Contact
    assert group_class(Base, ("closures", 3, "reason")) is Closure
    assert group_class(Incubator, ("indicators", 0, "sources", 1)) is Source
    assert group_class(Policy, ("nothing", 0)) is Policy


def test_references_and_prose_are_gathered(tmp_path: Path) -> None:
    collection = load_project(tmp_path, {"data/bases/pond.yml": base(EXTRA)}).collection
    assert ("pond", ("sources", 0, "ref"), Reference("plan")) in [(r.id, p, v) for r, p, v in collection.references]
    assert [(r.id, p, v) for r, p, v in collection.prose] == [("pond", ("body",), Prose("甲。"))]
    assert next(v for r, _, v in collection.references if r.id == "pond").kinds == ("policies",)

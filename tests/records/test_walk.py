"""The walk through a record's values, in the order of its fields, by the names written in the file."""

from __future__ import annotations

from pathlib import Path

from macros.records.kinds import Base, Incubator, Policy
from macros.records.parts import Closure, Contact, Opening, Source
from macros.records.types import Prose, Reference
from macros.records.walk import part_class, parts, values
from tests.projects import base, load_project

EXTRA = """\
body: 甲。
aliases: [乙, 丙]
opening:
  - {days: [周二], from: 9:00, to: 17:00}
"""


def test_values_come_with_the_paths_of_the_file(tmp_path: Path) -> None:
    record = load_project(tmp_path, {"data/bases/pond.yml": base(EXTRA)}).collection.records["pond"]
    found = {path: str(value) for path, value in values(record)}
    assert list(found.items()) == [
        (("summary",), "一处。"),
        (("sources", 0, "ref"), "plan"),
        (("name",), "池塘"),
        (("aliases", 0), "乙"),
        (("aliases", 1), "丙"),
        (("body",), "甲。"),
        (("opening", 0, "days", 0), "周二"),
        (("opening", 0, "from"), "9:00"),
        (("opening", 0, "to"), "17:00"),
    ]
    for path in found:
        assert record.document.locate(path) != (0, 0)


def test_parts_come_with_the_record_first(tmp_path: Path) -> None:
    record = load_project(tmp_path, {"data/bases/pond.yml": base(EXTRA)}).collection.records["pond"]
    assert [(path, type(part)) for path, part in parts(record)] == [
        ((), Base),
        (("sources", 0), Source),
        (("opening", 0), Opening),
    ]


def test_a_path_leads_to_the_class_of_the_innermost_part() -> None:
    assert part_class(Base, ()) is Base
    assert part_class(Base, ("name",)) is Base
    assert part_class(Base, ("contact", "phone")) is Contact
    assert part_class(Base, ("closures", 3, "reason")) is Closure
    assert part_class(Incubator, ("indicators", 0, "sources", 1)) is Source
    assert part_class(Policy, ("nothing", 0)) is Policy


def test_references_and_prose_are_gathered(tmp_path: Path) -> None:
    collection = load_project(tmp_path, {"data/bases/pond.yml": base(EXTRA)}).collection
    assert ("pond", ("sources", 0, "ref"), Reference("plan")) in [(r.id, p, v) for r, p, v in collection.references]
    assert [(r.id, p, v) for r, p, v in collection.prose] == [("pond", ("body",), Prose("甲。"))]
    assert next(v for r, _, v in collection.references if r.id == "pond").kinds == ("policies",)

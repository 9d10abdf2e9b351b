"""What is found out about a record is found out once; and a record keeps little besides its values."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.records import yaml
from macros.records.load import load
from macros.records.model.bound import cached_per_record
from macros.records.model.kinds import Base, Record
from macros.records.problems import ProblemsFound
from tests.support import AS_OF
from tests.support.projects import base, lay_project, load_project

POND = "data/bases/pond.yml"


def pond(folder: Path, extra: str = "") -> Record:
    """Return a record of its own file."""
    return load_project(folder, {POND: base(extra)}).collection.records["pond"]


def test_a_fact_is_worked_out_once_for_each_record_and_argument(tmp_path: Path) -> None:
    asked = []

    @cached_per_record
    def fact(record: Record, more: str) -> str:
        asked.append(more)
        return f"{record.id} {more}"

    record = pond(tmp_path)
    assert [fact(record, more) for more in ("a", "a", "b", "b", "a")] == [
        "pond a",
        "pond a",
        "pond b",
        "pond b",
        "pond a",
    ]
    assert asked == ["a", "b", "a"]
    assert fact.__name__ == "fact"


def test_facts_of_different_kinds_do_not_meet(tmp_path: Path) -> None:
    record = pond(tmp_path)
    length, name = cached_per_record(lambda record: len(record.id)), cached_per_record(lambda record: record.id)
    assert (length(record), name(record), length(record)) == (4, "pond", 4)


def test_text_and_values_are_read_from_the_file_again(tmp_path: Path) -> None:
    record = pond(tmp_path, "body: |\n  甲。\n")
    assert record.document.text == (tmp_path / "project" / POND).read_text("utf-8")
    assert record.document.data["body"] == "甲。\n"
    assert record.document.locate(("body",)) == (4, 7)


def test_a_document_that_its_loader_did_not_let_go_needs_no_file() -> None:
    document = yaml.parse("nowhere.yml", "a:\n  b: c\n")
    assert (document.text, document.data, document.locate(("a", "b"))) == ("a:\n  b: c\n", {"a": {"b": "c"}}, (2, 6))


@pytest.mark.parametrize("change", ["# 新\n", None], ids=["changed", "removed"])
def test_a_file_that_changed_meanwhile_is_told_of_and_no_wrong_line(change: str | None, tmp_path: Path) -> None:
    record = pond(tmp_path)
    path = tmp_path / "project" / POND
    if change is None:
        path.unlink()
    else:
        path.write_text(change + path.read_text("utf-8"), "utf-8")
    assert record.document.locate(("summary",)) == record.document.locate_line(("summary",), 1, 1) == (1, 1)
    assert str(record.document.problem(("summary",), "不对", "wrong")) == f"{POND}:1:1: 错误：不对"
    with pytest.raises(ProblemsFound, match=r"请再运行一次|文件打不开"):
        _ = record.document.data


def test_front_matter_is_found_as_well(tmp_path: Path) -> None:
    article = load(lay_project(tmp_path), AS_OF).collection.records["rain"]
    assert article.document.locate(("title",), key=True) == (2, 1)
    assert article.document.data["title"] == "雨从哪里来"


def test_parts_of_one_form_share_the_set_of_their_fields(tmp_path: Path) -> None:
    collection = load_project(tmp_path, {POND: base(), "data/bases/lake.yml": base(name="湖")}).collection
    pond, lake = collection.records["pond"], collection.records["lake"]
    assert pond.model_fields_set == {"name", "summary", "sources"}
    assert pond.model_fields_set is lake.model_fields_set
    assert pond.sources[0].model_fields_set is lake.sources[0].model_fields_set


def test_a_copy_of_a_part_can_be_changed(tmp_path: Path) -> None:
    source = pond(tmp_path).sources[0]
    copy = source.model_copy(update={"title": "甲"})
    assert (copy.title, copy.model_fields_set, source.model_fields_set) == ("甲", {"ref", "title"}, {"ref"})


def test_records_are_told_apart_by_id_and_values(tmp_path: Path) -> None:
    first = load_project(tmp_path, {POND: base(), "data/bases/lake.yml": base()}).collection.records
    again = load(tmp_path / "project", AS_OF).collection.records
    assert isinstance(first["pond"], Base)
    assert first["pond"] == again["pond"]
    assert first["pond"] is not again["pond"]
    assert first["pond"] != first["lake"]
    assert len({first["pond"], again["pond"], first["lake"]}) == 2

"""One truth of fields, many faces: what is generated from the models is complete, fresh and agrees with the check."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft7Validator

from macros.editing.guide import field_tables, schemas
from macros.editing.new import compose
from macros.records.model import fields
from macros.records.model.description import Form, field_at, fields_in_files, fields_of, groups_of, may_stand
from macros.records.model.fields import DateField, FromText, Line
from macros.records.model.groups import several
from macros.records.model.kinds import Authored
from macros.records.model.registry import KINDS
from macros.site.guide_files import guide_files
from macros.site.session import Session
from tests.support import DISTRICT, ROOT
from tests.support.projects import kepu, lay_project


class Toy(Authored):
    """A toy kind with a field of its own."""

    kind: ClassVar[str] = "toys"

    wheels: tuple[Line, ...] = several("轮子", "有几个写几个", example="前轮", expected=True)


TOYS = {"toys": Toy}


class CoreLoader(yaml.SafeLoader):
    """Reads YAML as editor programs do, by the core schema of YAML 1.2: 9:30 is text, 2016 a number."""


CoreLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in ("int", "float", "null")]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: float(re.sub(":.*|_", "", node.value) or 0))


def test_a_new_field_appears_in_schema_and_guide_and_new_records() -> None:
    made = schemas.files({}, {"toys": "玩具"}, TOYS)
    wheels = json.loads(made[".vscode/schemas/toys.json"])["properties"]["wheels"]
    assert wheels["title"] == "轮子"
    assert "有几个写几个" in wheels["description"]
    assert "| `wheels` | 轮子 | 文字（列表）；有几个写几个 | `前轮` |" in field_tables.text({"toys": "玩具"}, TOYS)
    assert json.loads(made[schemas.SETTINGS])["yaml.schemas"]["./.vscode/schemas/toys.json"] == ["data/toys/*.yml"]


def test_what_is_generated_is_fresh(repository: Session) -> None:
    made = guide_files(repository)
    # The schemas hold the data's own terms: those of this repository are looked at beside its records.
    stale = [path for path in made if not path.startswith(schemas.FOLDER) and (ROOT / path).read_bytes() != made[path]]
    assert stale == [], "run `kepu schema`"
    assert {path.name for path in (ROOT / schemas.FOLDER).iterdir()} == {
        path.rpartition("/")[2] for path in made if path.startswith(schemas.FOLDER)
    }


def test_a_vocabulary_at_fault_is_not_made_into_schemas(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "data/terms/levels.yml").write_text("provincial：\n", "utf-8")
    done = kepu(project, "schema")
    assert done.exit_code == 1
    assert done.output.startswith("data/terms/levels.yml:1:")
    assert not (project / ".vscode").exists()


def test_the_command_writes_what_changed(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    assert "已更新 .vscode/settings.json" in kepu(project, "schema").output
    assert kepu(project, "schema").output == "已经是最新的，没有改动。\n"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "articles"])
@pytest.mark.parametrize("root", [ROOT, DISTRICT], ids=["repository", "district"])
def test_what_the_check_accepts_is_not_marked(kind: str, root: Any, repository: Session, district: Session) -> None:
    session = repository if root == ROOT else district
    schema = schemas.record_schema(kind, KINDS[kind], session.library.collection.vocabularies, kind)
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    for path in sorted((root / "data" / kind).glob("*.yml")):
        data = yaml.load(path.read_text("utf-8"), CoreLoader)
        assert [error.message for error in validator.iter_errors(data)] == [], path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("colour",), "红"),
        (("reviewed_on",), "2016-05"),
        (("town",), "nowhere"),
        (("contact", "phone"), "总机转办公室"),
        (("aliases",), "不是列表"),
        (("sources", 0, "mark"), "official?"),
        (("sources", 0), {"title": "某网站"}),
        (("sources", 0), {"ref": "a", "mark": "官方"}),
    ],
)
def test_slips_are_marked(path: tuple[str | int, ...], value: Any, repository: Session) -> None:
    data: Any = {"name": 2016, "summary": "某处", "contact": {}, "sources": [{"title": 2016, "mark": "官方"}]}
    schema = schemas.record_schema("bases", KINDS["bases"], repository.library.collection.vocabularies, "科普基地")
    validator = Draft7Validator(schema)
    assert validator.is_valid(data)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert not validator.is_valid(data)


@pytest.mark.parametrize(
    ("attachment", "is_right"),
    [
        ({"title": "表", "file": "a.pdf"}, True),
        ({"title": "表"}, False),
        ({"title": "表", "file": "a", "url": "b"}, False),
    ],
)
def test_an_attachment_lies_in_one_place(attachment: Any, is_right: bool, repository: Session) -> None:
    schema = schemas.record_schema("policies", KINDS["policies"], repository.library.collection.vocabularies, "政策")
    data = {"name": "甲", "summary": "乙", "sources": [{"ref": "a"}], "attachments": [attachment]}
    assert Draft7Validator(schema).is_valid(data) == is_right


def test_each_reader_has_a_form() -> None:
    readers = [
        mark.read
        for name in dir(fields)
        for mark in getattr(getattr(fields, name), "__metadata__", ())
        if isinstance(mark, FromText)
    ]
    assert len(readers) > 10
    for model in (*KINDS.values(), *groups_of(KINDS.values())):
        assert fields_of(model)


def test_a_field_is_found_by_its_path() -> None:
    phone = field_at(KINDS["bases"], ("contact", "phone"))
    assert phone is not None
    assert (phone.title, phone.form, phone.required) == ("电话", Form.PHONE, False)
    opens = field_at(KINDS["bases"], ("opening", 0, "from"))
    assert opens is not None
    assert (opens.attribute, opens.form) == ("from_", Form.TIME)
    assert field_at(KINDS["bases"], ("contact", "colour")) is None


def test_files_begin_with_the_name_and_end_with_the_sources() -> None:
    names = [field.name for field in fields_in_files(KINDS["bases"])]
    assert names[:2] == ["name", "name_hant"]
    assert names[-3:] == ["sources", "reviewed_on", "changes"]


def test_forms_judge_texts() -> None:
    assert may_stand("2016-05", Form.DATE)
    assert not may_stand("2016/05", Form.DATE)


def test_a_field_of_no_known_form_is_refused() -> None:
    class Strange(Authored):
        date: DateField | None = None
        strange: complex | None = None

    with pytest.raises(TypeError):
        fields_of(Strange)


def test_compose_writes_names_that_need_quotes() -> None:
    text = compose("bases", {"name": "- 甲: 乙", "summary": "#1", "sources": [{"ref": "a"}]}, {})
    assert 'name: "- 甲: 乙"\nsummary: "#1"\n' in text

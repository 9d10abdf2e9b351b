"""The annotated examples are right, complete, and say what the models say."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from macros.editing.guide import examples
from macros.editing.source.source_file import model_of
from macros.records import frontmatter, yaml
from macros.records.model.description import fields_of, groups_of
from macros.records.model.fields import Line
from macros.records.model.groups import FieldGroup, optional
from macros.records.model.kinds import Authored
from macros.records.model.registry import KINDS
from macros.records.yaml.document import Document
from macros.site.session import Session
from tests.support import ROOT, build_whole, open_session
from tests.support.examples import EXAMPLES, lay_examples
from tests.support.looping import failures

FILES = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".yml", ".md"))
# What a place that is open cannot have; examples of places that closed have it.
OF_CLOSED = {"merged_into", "split_into"}


def where(path: Path) -> str:
    """Return an example's path within the examples."""
    return path.relative_to(EXAMPLES).as_posix()


def read(path: Path) -> Document:
    """Read an example as a record's file is read."""
    reader = frontmatter.read(where(path), path.read_bytes()).document if path.suffix == ".md" else None
    return reader or yaml.read(where(path), path.read_bytes())


def used(data: object, model: type[BaseModel]) -> set[tuple[type[BaseModel], str]]:
    """Return every field that has a value in a record or a part, with its model."""
    found: set[tuple[type[BaseModel], str]] = set()
    for field in fields_of(model) if isinstance(data, dict) and issubclass(model, FieldGroup) else ():
        if isinstance(data, dict) and field.name in data:
            found.add((model, field.name))
            value = data[field.name]
            for item in value if isinstance(value, list) else [value]:
                found |= used(item, field.group) if field.group else set()
    return found


USED = {field for path in FILES for field in used(read(path).data, KINDS[(model_of(where(path)) or Authored).kind])}


def test_the_examples_have_no_problem(tmp_path: Path) -> None:
    project = lay_examples(tmp_path)
    assert [str(problem) for problem in open_session(project).problems()] == []
    build_whole(project, tmp_path / "site")


def test_each_field_of_a_kind_is_in_an_example() -> None:
    def check(kind: str) -> None:
        names = {field.name for field in fields_of(KINDS[kind])}
        present = {name for model, name in USED if model is KINDS[kind]}
        anywhere = {name for _, name in USED}
        missing = names - present - (OF_CLOSED & anywhere)
        assert not missing, f"write {missing} into docs/examples/, then run `kepu schema`"

    assert failures(check, KINDS) == []


def test_each_field_of_a_part_is_in_an_example() -> None:
    every = {(part, field.name) for part in groups_of(KINDS.values()) for field in fields_of(part)}
    missing = {(part.__name__, name) for part, name in every - USED}
    assert not missing, "write it into docs/examples/, then run `kepu schema`"


@pytest.mark.parametrize("path", FILES, ids=where)
def test_comments_say_what_the_models_say(path: Path, repository: Session) -> None:
    text, model = path.read_text("utf-8"), model_of(where(path))
    assert model is not None
    label = repository.library.kind_label(model.kind)
    assert examples.annotate(where(path), text, model, label) == text, "run `kepu schema`"


@pytest.mark.parametrize("model", [*KINDS.values(), *groups_of(KINDS.values())])
def test_each_field_says_what_to_write(model: type[FieldGroup]) -> None:
    assert [field.name for field in fields_of(model) if not field.help] == []


def test_a_new_field_is_explained() -> None:
    class Toy(Authored):
        colour: Line | None = optional("颜色", "墙的颜色")

    text = "name: 甲\n# 旧的说明\ncolour: 红\nbody: |\n  ## 小标题\n"
    made = examples.annotate("data/toys/a.yml", text, Toy, "玩具")
    assert made.endswith("# 颜色：墙的颜色\ncolour: 红\n" + made[made.index("# 正文") :])
    assert "旧的说明" not in made
    assert made.endswith("  ## 小标题\n")


def test_the_examples_lie_outside_of_what_is_published(repository: Session) -> None:
    assert not EXAMPLES.is_relative_to(ROOT / "content")
    assert not {path.stem for path in FILES} & set(repository.library.collection.records)

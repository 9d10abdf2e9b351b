"""A new record has every expected field, is right at once, and gets an id of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from macros.editing import new
from macros.records import yaml
from macros.records.model.description import fields_of
from macros.records.model.registry import KINDS
from macros.site.session import Session
from tests.support import EPOCH
from tests.support.projects import kepu, lay_project

KNOWN = {"name": "某处", "summary": "一处。", "sources": [{"title": "某网站", "mark": "official"}], "target": "50"}


def _values(kind: str) -> dict[str, object]:
    names = {field.name for field in fields_of(KINDS[kind])}
    return {name: value for name, value in {**KNOWN, "title": "某文"}.items() if name in names}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_right_and_asks_for_each_expected_field(kind: str, repository: Session) -> None:
    collection = repository.checked.collection
    text = new.compose(kind, _values(kind), collection.vocabularies)  # type: ignore[arg-type]
    assert new.problems(kind, new.path_of(kind, "some-place"), text, collection) == []
    for field in fields_of(KINDS[kind]):
        if field.expected or field.required:
            assert re.search(rf"^(# )?{field.name}:", text, re.MULTILINE), field.name
        assert re.search(rf"(?<![a-z_]){field.name}(:|（)", text), field.name


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "articles"])
def test_what_it_asks_for_can_be_filled_in_by_taking_off_the_sign(kind: str, repository: Session) -> None:
    text = new.compose(kind, _values(kind), repository.checked.collection.vocabularies)  # type: ignore[arg-type]
    filled = "\n".join(line.removeprefix("# ") for line in text.split("\n")[1:-2])
    data = yaml.parse("", filled).data
    assert {field.name for field in fields_of(KINDS[kind]) if field.expected or field.required} <= set(data)


def test_an_id_is_proposed_from_pinyin_and_is_free(repository: Session) -> None:
    collection = repository.checked.collection
    assert new.propose("示例星空馆", collection) == "shili-xingkong-guan"
    assert new.propose("火炬园", collection).startswith("huoju-yuan")
    assert new.propose("！！", collection) == ""


@pytest.mark.parametrize("wrong", ["../etc", "star-hall", "index", "Lu", "a--b", "", "con"])
def test_what_can_not_be_an_id_is_refused(wrong: str, district: Session) -> None:
    assert new.objection(wrong, district.checked.collection)


def test_it_asks_in_chinese(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    answers = "水族馆\n看鱼的地方。\n某网站\n媒体\nhttps://example.org/a\nwetland\nyu-guan\n"
    arguments = ["--root", str(project), "new", "bases"]
    done = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH}).invoke(main, arguments, input=answers)
    assert "[shuizu-guan]" in done.output
    assert "id “wetland” 已经用在 data/bases/wetland.yml" in done.output
    assert "已新建 data/bases/yu-guan.yml。\n没有发现问题。" in done.output
    data = yaml.read("", (project / "data/bases/yu-guan.yml").read_bytes()).data
    assert data["sources"] == [{"title": "某网站", "url": "https://example.org/a", "mark": "press"}]


def test_flags_alone_do(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    flags = [
        "--name",
        "水族馆",
        "--summary",
        "看鱼。",
        "--source",
        "plan",
        "--set",
        "town=east",
        "--set",
        "aliases=甲,乙",
    ]
    done = kepu(project, "new", "bases", *flags)
    assert done.exit_code == 0, done.output
    text = (project / "data/bases/shuizu-guan.yml").read_text("utf-8")
    assert "\ntown: east\n" in text
    assert yaml.parse("", text).data["sources"] == [{"ref": "plan"}]


def test_what_is_wrong_is_not_written(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    flags = ["--name", "水族馆", "--summary", "看鱼。", "--source", "plan"]
    done = kepu(project, "new", "bases", *flags, "--set", "town=nowhere")
    assert done.exit_code == 1
    assert "没有写文件" in done.output
    assert not (project / "data/bases/shuizu-guan.yml").exists()
    assert kepu(project, "new", "bases", *flags, "--id", "../x").exit_code == 2
    assert kepu(project, "new", "bases", *flags, "--set", "town").exit_code == 2
    assert kepu(project, "new", "bases").exit_code == 2


def test_an_article_gets_front_matter(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    done = kepu(project, "new", "articles", "--name", "水的故事", "--summary", "说水。", "--source", "plan")
    assert done.exit_code == 0, done.output
    text = (project / "content/articles/shuide-gushi.md").read_text("utf-8")
    assert text.startswith("---\ntitle: 水的故事\nsummary: 说水。\n")

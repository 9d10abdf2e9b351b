"""Loading: everything that is wrong in one run, what could be read is kept, and fast."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

from macros.records.collection import Synonym, address_of
from macros.records.load import load
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Article, Base, Platform
from macros.records.model.registry import KINDS
from macros.records.problems import Level, has_errors, summarize
from tests.support import AS_OF, DISTRICT
from tests.support.projects import base, lay_project, load_project, platform, policy
from tests.support.steps import steps

MANY = 50
MOST_GROWTH = 1.05


def test_the_good_project_is_read_whole(tmp_path: Path) -> None:
    loaded = load_project(tmp_path, {})
    assert loaded.problems == []
    assert list(loaded.collection.records) == ["wetland", "seedbed", "plan", "laboratory", "hundred", "rain"]
    assert [record.kind for record in loaded.collection.records.values()] == [
        kind for kind in KINDS if kind not in ("activities", "routes")
    ]
    assert set(loaded.collection.vocabularies) == {
        "kinds",
        "levels",
        "school-stages",
        "subjects",
        "towns",
        "types",
        "validity",
    }


def test_every_file_is_told_of_and_what_could_be_read_is_kept(tmp_path: Path) -> None:
    loaded = load_project(
        tmp_path,
        {
            "data/bases/a.yml": "name：甲\n",
            "data/bases/b.yml": base(),
            "data/policies/c.yml": "- 甲\n",
            "data/x.txt": "",
        },
    )
    assert [problem.path for problem in loaded.problems] == ["data/bases/a.yml", "data/policies/c.yml", "data/x.txt"]
    assert "b" in loaded.collection.records
    assert loaded.collection.unreadable == {"a", "c"}


def test_the_first_of_two_records_with_one_id_is_kept(tmp_path: Path) -> None:
    loaded = load_project(tmp_path, {"data/platforms/wetland.yml": base()})
    assert [problem.rule for problem in loaded.problems] == ["repeated-id"]
    assert isinstance(loaded.collection.records["wetland"], Base)


def test_articles_are_records_too(tmp_path: Path) -> None:
    article = load_project(tmp_path, {}).collection.records["rain"]
    assert isinstance(article, Article)
    assert (article.heading, article.document.path) == ("雨从哪里来", "content/articles/rain.md")


def test_word_lists_for_search_are_no_vocabularies(tmp_path: Path) -> None:
    collection = load_project(
        tmp_path,
        {
            "data/terms/readings.yml": "重庆: chong qing\n",
            "data/terms/synonyms.yml": "高企: {means: 高新技术企业, weight: 0.8}\n",
        },
    ).collection
    assert collection.readings == {"重庆": ("chong", "qing")}
    assert collection.synonyms == {"高企": Synonym("高新技术企业", 0.8)}
    assert not {"readings", "synonyms"} & set(collection.vocabularies)


def test_files_of_a_record_are_known_by_name(tmp_path: Path) -> None:
    collection = load_project(
        tmp_path, {"content/files/bases/wetland/a.jpg": "", "content/files/bases/wetland/.b": ""}
    ).collection
    assert collection.files_of(collection.records["wetland"]) == {"a.jpg": 0}
    assert collection.files_of(collection.records["plan"]) == {}


def test_kinds_have_names_for_people(tmp_path: Path) -> None:
    collection = load_project(tmp_path, {}).collection
    assert collection.kind_label("bases") == "科普基地"
    assert collection.kind_label("unknown") == "unknown"
    assert address_of("bases", "wetland") == "bases/wetland/"


def test_garbage_collection_goes_on_after_loading(tmp_path: Path) -> None:
    load(lay_project(tmp_path), AS_OF)
    assert gc.isenabled()


def test_an_empty_folder_has_no_records(tmp_path: Path) -> None:
    loaded = load(tmp_path, PartialDate(2026, 1, 1))
    assert (loaded.collection.records, loaded.problems) == ({}, [])


def test_problems_are_summed_up(tmp_path: Path) -> None:
    loaded = load_project(
        tmp_path,
        {"data/bases/a.yml": "甲\n", "data/bases/b.yml": "甲\n", "data/policies/c.yml": policy("doc_no: 第一份\n")},
    )
    assert summarize(loaded.problems) == "2 处错误，在 2 个文件里；1 处提醒，在 1 个文件里。"
    assert has_errors(loaded.problems)
    assert not has_errors(problem for problem in loaded.problems if problem.level is Level.NOTICE)
    assert summarize([]) == "没有发现问题。"


def test_reading_takes_as_many_steps_for_each_further_record(tmp_path: Path) -> None:
    shutil.copytree(DISTRICT / "data", tmp_path / "data")
    source = DISTRICT / "data/incubators/seed-park.yml"
    counts = []
    for number in range(3 * MANY + 1):
        if number % MANY == 0:
            counts.append(steps(lambda: load(tmp_path, AS_OF)))
        (tmp_path / f"data/incubators/copy-{number:03}.yml").write_bytes(source.read_bytes())
    _, first, second, third = counts
    assert third - second <= (second - first) * MOST_GROWTH


def test_two_kinds_may_have_terms_of_one_label(tmp_path: Path) -> None:
    words = "a: {label: 其他, order: 1, kind: platforms}\nb: {label: 其他, order: 2, kind: policies}\n"
    files = {"data/terms/types.yml": words, "data/platforms/station.yml": platform("type: 其他\n")}
    record = load_project(tmp_path, files).collection.records["station"]
    assert isinstance(record, Platform)
    assert record.type
    assert record.type.id == "a"


def test_a_picture_beside_an_article_is_no_record(tmp_path: Path) -> None:
    loaded = load_project(tmp_path, {"content/articles/Photo 1.png": "x"})
    assert loaded.problems == []
    assert "Photo 1" not in loaded.collection.unreadable

"""All files for machines together: nothing lost, nothing made too early, the same bytes again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from macros.exports import export_all
from macros.exports.files import Files, Job, Together
from macros.exports.publication import Publication
from macros.site.session import Session
from tests.exports.conftest import Make
from tests.support import open_session
from tests.support.projects import lay_project


def test_a_file_is_made_when_it_is_read() -> None:
    made: list[str] = []

    def make(name: str) -> bytes:
        made.append(name)
        return name.encode()

    files = Files({"a": lambda: make("a")}) | Files({"b": lambda: make("b")})
    assert list(files) == ["a", "b"]
    assert "b" in files
    assert made == []
    assert files["b"] == b"b"
    assert made == ["b"]


def jobs_of(files: Files) -> list[Job]:
    return [*files.jobs().heavy, *files.jobs().light]


def test_jobs_make_every_file_once_with_the_same_bytes(publication: Publication) -> None:
    files = export_all(publication)
    made = [pair for job in jobs_of(files) for pair in job()]
    assert sorted(path for path, _ in made) == sorted(files)
    for path, content in made:
        assert content == files[path], path


def test_hostile_records_are_the_same_in_jobs(hostile: Publication) -> None:
    files = export_all(hostile)
    assert all(content == files[path] for job in jobs_of(files) for path, content in job())


def test_many_files_are_several_jobs() -> None:
    files = Files({str(number): str(number).encode for number in range(1100)})
    assert [len(list(job())) for job in jobs_of(files)] == [500, 500, 100]


def test_what_is_replaced_is_not_made_together() -> None:
    one = Files({"a": b"a".strip, "b": b"b".strip}, [Together(("a", "b"), lambda: iter([("a", b"a"), ("b", b"b")]))])
    assert [dict(job()) for job in jobs_of(one)] == [{"a": b"a", "b": b"b"}]
    both = one | Files({"b": b"new".strip})
    assert [dict(job()) for job in jobs_of(both)] == [{"a": b"a", "b": b"new"}]


def test_the_same_records_make_the_same_bytes(publication: Publication) -> None:
    again = export_all(replace(publication))
    for path, content in export_all(publication).items():
        assert content == again[path], path


@pytest.mark.parametrize("suffix", [".json", ".jsonld"])
def test_every_json_file_is_json(hostile: Publication, suffix: str) -> None:
    for path, content in export_all(hostile).items():
        if path.endswith(suffix):
            json.loads(content)


def test_every_xml_file_is_xml(hostile: Publication) -> None:
    for path, content in export_all(hostile).items():
        if path.endswith(".xml"):
            ElementTree.fromstring(content)


def test_no_path_leaves_the_site(hostile: Publication) -> None:
    for path in export_all(hostile):
        assert not path.startswith("/")
        assert ".." not in path.split("/")


def test_an_empty_site_has_an_index_and_no_tables(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    for kind in ("bases", "incubators", "platforms", "policies", "targets"):
        shutil.rmtree(project / "data" / kind)
    shutil.rmtree(project / "content" / "articles")
    (project / "content" / "index.md").write_text("---\ntitle: 首页\ndescription: 空。\n---\n", "utf-8")
    session = open_session(project)
    assert session.problems() == []
    files = session.files()
    assert json.loads(files["api/v1/index.json"])["kinds"][0]["count"] == 0
    assert json.loads(files["api/v1/bases/index.json"])["records"] == []
    assert not [path for path in files if path.startswith("data/") or "feed" in path or path.endswith(".ics")]
    for address in ("data/", "updates/"):
        assert "暂无" in session.renderer.content(session.planned[address])


def test_drafts_are_in_no_file(publication: Publication) -> None:
    for path, content in export_all(publication).items():
        assert b"hidden-draft" not in content, path
        assert "还没写完的基地".encode() not in content, path


def test_a_site_without_an_address_has_files_but_no_feeds(make: Make) -> None:
    paths = set(export_all(make({}, url="")))
    assert "api/v1/index.json" in paths
    assert "data/bases.csv" in paths
    assert not any(path.endswith(("feed.xml", "feed.json")) for path in paths)


def test_a_file_of_ours_is_not_replaced_by_one_of_the_same_name(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    taken = project / "content" / "data" / "bases.csv"
    taken.parent.mkdir()
    taken.write_text("a,b\n", "utf-8")
    assert [problem.rule for problem in open_session(project).problems()] == ["address-taken"]


def test_a_page_says_where_its_feed_is_if_it_has_one(district: Session) -> None:
    files = district.files()
    for page in district.planned.values():
        head = district.renderer.head(page)
        for name in ("feed.xml", "feed.json"):
            path = f"{page.address}{name}"
            assert (path in files) == page.has_feed
            assert (f'href="{"../" * page.depth}{path}"' in head) == page.has_feed
            assert f'href="{"../" * page.depth}{name}"' in head

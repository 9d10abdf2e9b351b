"""What commands write goes into the project itself, never to where a link leads that somebody else may have planted."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from macros.editing.excel.renewal import NOTE as RENEWALS
from macros.records.problems import ProblemsFound
from macros.site.unfinished_rename import NOTE as RENAMING
from macros.site.whole_files import link_on, refuse_links
from tests.media.pictures import exif, jpeg, segment
from tests.support.looping import failures
from tests.support.projects import kepu, lay_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an ordinary user makes no links there")

SECRET = "不该看见"
SLIP = f"name：湿地   # {SECRET}\nsummary: 一块湿地。\ntown: east\nsources:\n  - ref: plan\n"
TABLE = "名称,简介,镇街\n池塘,一处。,east\n"
COMMANDS = (
    ("fix",),
    ("rename", "wetland", "marsh"),
    ("new", "bases", "--name", "池塘", "--summary", "一处。", "--source", "plan", "--id", "pond", "--set", "town=east"),
    ("schema",),
    ("excel", "import", "科普基地.csv"),
    ("excel", "export", "out.csv", "--sheet", "科普基地", "--force"),
    ("resolve", "--ours"),
)
PLANTED = (
    "data", "data/bases", "data/bases/wetland.yml", "data/bases/wetland.yaml", "content", "content/articles",
    "content/articles/rain.md", "content/about.md", "content/files", "content/files/bases", "content/files/bases/wetland",
    "content/files/bases/wetland/a.jpg", "docs", "docs/fields.md", "docs/examples/bases/a.yml", ".vscode",
    ".vscode/bases.schema.json", RENAMING, RENEWALS,
)  # fmt: skip


def _tree(folder: Path) -> Mapping[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def _project(folder: Path) -> Path:
    project = lay_project(folder)
    photo = project / "content/files/bases/wetland/a.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(jpeg(segment(0xE1, b"Exif\0\0" + exif(artist=SECRET))))
    (project / "科普基地.csv").write_text(TABLE, "utf-8-sig")
    return project


def _foreign(folder: Path) -> Path:
    """Return what links lead to: a project of somebody else, in which much is to be mended."""
    foreign = _project(folder)
    (foreign / "docs/examples/bases").mkdir(parents=True)
    (foreign / ".vscode").mkdir()
    for path in ("data/bases/wetland.yml", "data/bases/wetland.yaml", "docs/examples/bases/a.yml"):
        (foreign / path).write_text(SLIP, "utf-8")
    for path in (".vscode/bases.schema.json", RENAMING, RENEWALS, "docs/fields.md"):
        (foreign / path).write_text(f'{{"{SECRET}": ""}}', "utf-8")
    (foreign / "content/articles/rain.md").write_text(f"---\ntitle：雨 # {SECRET}\n---\n", "utf-8")
    return foreign


def test_no_command_writes_to_where_a_link_leads(tmp_path: Path) -> None:
    master, foreign = _project(tmp_path / "master"), _foreign(tmp_path / "foreign")
    before = _tree(foreign)

    def check(case: tuple[str, tuple[str, ...]]) -> None:
        planted, command = case
        project = tmp_path / "here" / "project"
        shutil.rmtree(project.parent, ignore_errors=True)
        shutil.copytree(master, project)
        (project.parent / "overrides").symlink_to(master.parent / "overrides")
        place = project / planted
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        place.symlink_to(foreign / planted)
        files = [str(project / word) if word.endswith(".csv") else word for word in command]
        done = kepu(project, *files)
        assert isinstance(done.exception, SystemExit | None), done.exception
        assert _tree(foreign) == before
        assert not [
            path for path, content in _tree(project).items() if SECRET.encode() in content and "a.jpg" not in path
        ]

    assert failures(check, [(planted, command) for planted in PLANTED for command in COMMANDS]) == []


def test_a_link_is_named_and_the_way_to_the_project_is_none(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (tmp_path / "shortcut").symlink_to(project)
    (project / "data/bases/pond.yml").symlink_to("wetland.yml")
    (project / "data/plans").symlink_to("policies")
    links = {
        "data/bases/pond.yml": "data/bases/pond.yml",
        "data/plans/a.yml": "data/plans",
        "data/bases/wetland.yml": None,
    }
    for root in (project, tmp_path / "shortcut"):
        assert {name: link_on(root, name) for name in links} == links
    with pytest.raises(ProblemsFound, match=r"data/bases/pond\.yml:1:1: .*链接") as found:
        refuse_links(project, links)
    assert [problem.path for problem in found.value.problems] == ["data/bases/pond.yml", "data/plans"]

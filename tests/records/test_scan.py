"""The scan finds the files of records, and what lies among them and does not belong there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.media.file_types import DOCUMENTS, PICTURES
from macros.records.scan import leads_outside, left_by_a_program, record_files, scan
from tests.support.projects import kepu, lay_project
from tests.support.systems import ON_WINDOWS, needs_links

LEFTOVERS = [
    "~$办法.docx", "~$a.xlsx", "~WRL0001.tmp", "a.wbk", "Thumbs.db", "desktop.ini", "4913", "#a.md#", "a.md~", "a.pdf.bak", "a.swp",
    "a.tmp", "a.zip.crdownload", "a.pdf.part", "a.yml.orig", "a.yml.rej", "~$a.md",
]  # fmt: skip


def lay(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("", "utf-8")


def test_records_are_found_by_kind_in_order(tmp_path: Path) -> None:
    lay(tmp_path, "data/bases/b.yml", "data/bases/a.yml", "data/terms/levels.yml", "content/articles/c.md")
    found = scan(tmp_path)
    assert [path.name for path in found.files["bases"]] == ["a.yml", "b.yml"]
    assert [path.name for path in found.files["articles"]] == ["c.md"]
    assert found.files["policies"] == []
    assert found.problems == []


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("data/bases/a.yaml", "wrong-extension"),
        ("data/bases/a", "wrong-extension"),
        ("data/bases/a.yml~", "temporary-file"),
        ("data/bases/~$a.xlsx", "temporary-file"),
        ("data/bases/4913", "temporary-file"),
        ("data/bases/#a.yml#", "temporary-file"),
        ("data/bases/a.yml.bak", "temporary-file"),
        ("data/Thumbs.db", "temporary-file"),
        ("content/articles/~$a.docx", "temporary-file"),
        ("data/bases/deep/a.yml", "stray-folder"),
        ("data/base/a.yml", "stray-folder"),
        ("data/a.yml", "stray-file"),
        ("data/bases/A.yml", "wrong-id"),
        ("data/bases/a--b.yml", "wrong-id"),
        ("data/bases/-a.yml", "wrong-id"),
        ("data/bases/1a.yml", "wrong-id"),
        ("data/bases/a b.yml", "wrong-id"),
        ("data/bases/.a.yml", "wrong-id"),
        pytest.param(
            "data/bases/lpt9.yml",
            "reserved-id",
            marks=pytest.mark.skipif(ON_WINDOWS, reason="Windows has no such file"),
        ),
        ("data/bases/feed.yml", "reserved-id"),
        ("content/articles/a.txt", "wrong-extension"),
        ("content/articles/deep/a.md", "stray-folder"),
        ("content/articles/index.md", "reserved-id"),
    ],
)
def test_what_does_not_belong_is_told(path: str, rule: str, tmp_path: Path) -> None:
    lay(tmp_path, path)
    assert [problem.rule for problem in scan(tmp_path).problems] == [rule]


@pytest.mark.parametrize(
    "path",
    [
        "data/.gitkeep",
        "data/.DS_Store",
        "data/bases/.a.yml.swp",
        "data/bases/._a.yml",
        "data/bases/.#a.yml",
        "content/articles/.#a.md",
        "content/articles/a.svg",
    ],
)
def test_what_nobody_means_as_a_record_is_left_alone(path: str, tmp_path: Path) -> None:
    lay(tmp_path, path)
    assert scan(tmp_path).problems == []


@needs_links
def test_a_link_within_data_is_followed_and_one_that_leads_out_is_not(tmp_path: Path) -> None:
    lay(tmp_path, "data/bases/a.yml", "secret/x.yml")
    (tmp_path / "data/bases/b.yml").symlink_to("a.yml")
    (tmp_path / "data/bases/c.yml").symlink_to("../../secret/x.yml")
    (tmp_path / "data/policies").symlink_to("../secret")
    found = scan(tmp_path)
    assert [path.name for path in found.files["bases"]] == ["a.yml", "b.yml"]
    assert found.files["policies"] == []
    assert [problem.path for problem in found.problems] == ["data/bases/c.yml", "data/policies"]
    assert leads_outside(tmp_path / "data/policies", tmp_path / "data")


@needs_links
@pytest.mark.parametrize("name", ["data/bases/.#a.yml", "content/.#index.md", "content/files/.#a.pdf"])
def test_a_hidden_link_to_nothing_is_nobodys_business(name: str, tmp_path: Path) -> None:
    lay(tmp_path, "data/bases/a.yml", "content/files/a.pdf")
    (tmp_path / name).symlink_to("user@host.example.4711:1764460800")
    assert scan(tmp_path).problems == []


@needs_links
@pytest.mark.parametrize("target", ["files", ".hidden", "files/bases", "."])
@pytest.mark.parametrize("name", ["content/other", "content/.other", "content/files/other"])
def test_a_link_to_a_folder_within_content_is_refused(name: str, target: str, tmp_path: Path) -> None:
    lay(tmp_path, "content/files/bases/a.pdf", "content/.hidden/a.pdf")
    (tmp_path / name).symlink_to(tmp_path / "content" / target)
    assert [(problem.path, problem.rule) for problem in scan(tmp_path).problems] == [(name, "link-to-folder")]


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_a_program_left_is_told_once_and_stops_nobody(name: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    for folder in ("data", "data/bases", "content", "content/articles", "content/files", "content/files/bases/wetland"):
        lay(project, f"{folder}/{name}")
    done = kepu(project, "check")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "6 处提醒，在 6 个文件里。")
    assert done.output.count(f"/{name}:1:1: 提醒：这") == 6


@given(
    st.text("abcß甲.-_ ()（）", min_size=1, max_size=12),
    st.sampled_from(sorted(DOCUMENTS | PICTURES | {".md", ".yml"})),
)
def test_no_file_that_a_person_named_is_taken_for_a_leftover(stem: str, suffix: str) -> None:
    assert left_by_a_program(stem + suffix) is None


def test_files_belong_to_records(tmp_path: Path) -> None:
    lay(tmp_path, "content/files/bases/a/photo.jpg", "content/files/bases/b/x.jpg", "content/files/loose.pdf")
    assert record_files(tmp_path, [("bases", "a")]) == {("bases", "a"): {"photo.jpg": 0}}

"""The scan finds the files of records, and what lies among them and does not belong there."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.records.scan import leads_outside, record_files, scan


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
        ("data/bases/a.yml~", "wrong-extension"),
        ("data/bases/~$a.xlsx", "temporary-file"),
        ("data/bases/deep/a.yml", "stray-folder"),
        ("data/base/a.yml", "stray-folder"),
        ("data/a.yml", "stray-file"),
        ("data/bases/A.yml", "wrong-id"),
        ("data/bases/a--b.yml", "wrong-id"),
        ("data/bases/-a.yml", "wrong-id"),
        ("data/bases/1a.yml", "wrong-id"),
        ("data/bases/a b.yml", "wrong-id"),
        ("data/bases/.a.yml", "wrong-id"),
        ("data/bases/lpt9.yml", "reserved-id"),
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
    "path", ["data/.gitkeep", "data/bases/.a.yml.swp", "data/bases/._a.yml", "content/articles/a.svg"]
)
def test_what_nobody_means_as_a_record_is_left_alone(path: str, tmp_path: Path) -> None:
    lay(tmp_path, path)
    assert scan(tmp_path).problems == []


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


def test_files_belong_to_records(tmp_path: Path) -> None:
    lay(tmp_path, "content/files/bases/a/photo.jpg", "content/files/bases/b/x.jpg", "content/files/loose.pdf")
    assert record_files(tmp_path, [("bases", "a")]) == {("bases", "a"): {"photo.jpg": 0}}

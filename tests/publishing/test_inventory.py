"""The inventory proves every file of a site, and the last step of a build writes it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.publishing.release.errors import PublishingError
from macros.publishing.release.inventory import differences, prove, read_inventory
from macros.publishing.release.metadata import GENERATED, write_metadata
from macros.site.git import commit_of


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "a").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>首页</h1>", "utf-8")
    (folder / "a" / "index.html").write_text("<h1>甲</h1>", "utf-8")
    write_metadata(folder, {"commit": "c" * 40, "as_of": "2026-11-24"}, "")
    return folder


@pytest.mark.parametrize(
    "content", ["[" * 200_000, '{"generator": "kepu", "files": ["a"]}', '{"generator": "kepu", "files": {"a": 1}}', "7"]
)
def test_an_inventory_that_is_none_is_told(site: Path, content: str) -> None:
    (site / "build.json").write_text(content)
    with pytest.raises(PublishingError, match=r"build\.json"):
        read_inventory(site)


def test_every_file_is_named_with_its_hash(site: Path) -> None:
    inventory = read_inventory(site)
    present = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(inventory.files) == present - {"build.json"}
    assert set(GENERATED) <= present
    for name, digest in inventory.files.items():
        assert hashlib.sha256((site / name).read_bytes()).hexdigest() == digest
    assert inventory.facts["as_of"] == "2026-11-24"
    assert inventory.facts["pages"] == 2
    assert list(differences(site, inventory)) == []


def test_a_page_in_another_encoding_is_left_to_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_bytes("绿源".encode("gbk"))
    write_metadata(tmp_path, {}, "")
    assert "old.html" in read_inventory(tmp_path).files


def test_finishing_twice_changes_nothing(site: Path) -> None:
    before = read_inventory(site)
    write_metadata(site, {"commit": "c" * 40, "as_of": "2026-11-24"}, "")
    assert read_inventory(site) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda site: (site / "index.html").write_text("x"), "index.html 的内容变了"),
        (lambda site: (site / "a" / "index.html").unlink(), "a/index.html 缺失"),
        (lambda site: (site / "b.html").touch(), "b.html 是多出来的"),
        (lambda site: (site / "b").symlink_to(site / "a"), "b 是符号链接"),
    ],
)
def test_whatever_changed_is_told(site: Path, change: Callable[[Path], object], told: str) -> None:
    change(site)
    with pytest.raises(PublishingError, match=f"网站和它的 build.json 不一致：{told}。没有发布任何东西。"):
        prove(site, "网站")


def test_many_changes_are_told_shortly(site: Path) -> None:
    for number in range(9):
        (site / f"{number}.html").touch()
    with pytest.raises(PublishingError, match="等 9 处"):
        prove(site, "网站")


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"generator": "other", "files": {}}', '{"generator": "kepu"}'])
def test_what_is_no_inventory_is_refused(tmp_path: Path, note: str) -> None:
    (tmp_path / "build.json").write_text(note)
    with pytest.raises(PublishingError, match="kepu build"):
        read_inventory(tmp_path)


def git(folder: Path, *arguments: str) -> str:
    """Run git with a name of its own."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_shallow_clone_knows_the_same_commit(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    git(whole, "init", "--quiet")
    for text in ("一", "二"):
        (whole / "mkdocs.yml").write_text(text)
        git(whole, "add", ".")
        git(whole, "commit", "--quiet", "--message", text)
    git(tmp_path, "clone", "--quiet", "--depth", "1", whole.as_uri(), "shallow")
    commit = commit_of(whole)
    assert commit == commit_of(tmp_path / "shallow")
    assert commit.name == git(whole, "rev-parse", "HEAD")
    assert not commit.modified
    (whole / "mkdocs.yml").write_text("三")
    assert commit_of(whole).modified


def test_without_git_or_history_the_commit_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert commit_of(tmp_path) == ("", False)
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path) == ("", False)
    monkeypatch.setenv("PATH", "")
    assert commit_of(tmp_path) == ("", False)


def test_the_note_is_readable_json_in_a_fixed_order(site: Path) -> None:
    note = json.loads((site / "build.json").read_bytes())
    assert list(note) == ["generator", "commit", "as_of", "pages", "files"]
    assert list(note["files"]) == sorted(note["files"])

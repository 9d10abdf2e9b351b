"""Thirty commits of an invented district, each built against the last one: no address that was published is ever lost."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from macros.addresses.compared import compare
from macros.cli.lost_addresses import lost
from macros.publishing.release.inventory import read_inventory
from macros.site.build import Demands, build_site, redirects_of
from macros.site.git import commit_of
from macros.site.session import open_session
from tests.publishing.repository import Repository
from tests.support import ENVIRONMENT, ROOT, bytes_of, project_copy, run

BASE = "https://example.org/kepu/"


def base(name: str, *more: str) -> str:
    """Return the text of a base."""
    lines = (f"name: {name}", f"summary: {name}的简介。", "sources: [{title: 示例, mark: official}]", *more)
    return "\n".join(lines) + "\n"


def guide(*former: str) -> str:
    """Return the text of a page by hand that once had other addresses."""
    return f"---\ntitle: 怎么去\ndescription: 去之前先看这一页。\nformer_addresses: [{', '.join(former)}]\n---\n\n# 怎么去\n\n先问清楚。\n"


def article(*former: str) -> str:
    """Return the text of an article that once had other ids."""
    head = f"title: 湖水为什么绿\nsummary: 水里有藻。\nformer_ids: [{', '.join(former)}]\n"
    return f"---\n{head}sources: [{{title: 示例, mark: official}}]\n---\n\n水里有藻。\n"


class Story:
    """What editors do to a project, one step for each commit.

    Args:
        project: the project's folder.
    """

    def __init__(self, project: Path) -> None:
        self._project = project
        self._bases = project / "data" / "bases"
        self._content = project / "content"
        self._home = (self._content / "index.md").read_text("utf-8")

    def steps(self) -> Iterator[Callable[[], None]]:
        """Yield thirty steps: places open, move to another town, get another id, are merged, split, closed.

        Pages by hand move to other folders meanwhile, and articles get other ids.
        """
        for number in range(6):
            yield lambda: self._open(number)  # noqa: B023
            yield lambda: self._move(number)  # noqa: B023
            yield lambda: self._rename(number)  # noqa: B023
            yield lambda: self._change(number)  # noqa: B023
            yield lambda: self._end(number)  # noqa: B023

    def _write(self, identifier: str, text: str) -> None:
        (self._bases / f"{identifier}.yml").write_text(text, "utf-8")

    def _page(self, number: int, folder: str, *former: str) -> None:
        """Put a page by hand into a folder, with the addresses that it had before; it lies nowhere else any more."""
        for path in self._content.glob(f"**/guide-{number}.md"):
            path.unlink()
        target = self._content / folder / f"guide-{number}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(guide(*former), "utf-8")
        guides = sorted(path.relative_to(self._content).as_posix() for path in self._content.glob("**/guide-*.md"))
        links = "".join(f"\n- [怎么去](<{path}>)" for path in guides)
        (self._content / "index.md").write_text(f"{self._home}\n{links}\n", "utf-8")

    def _article(self, number: int, name: str, *former: str) -> None:
        for path in self._content.glob(f"articles/lake-{number}-*.md"):
            path.unlink()
        (self._content / f"articles/lake-{number}-{name}.md").write_text(article(*former), "utf-8")

    def _open(self, number: int) -> None:
        self._page(number, "")
        self._article(number, "green")
        for place in range(6):
            self._write(f"hall-{number}-{place}", base(f"示例馆{number}{place}", "town: river", "status: open"))

    def _move(self, number: int) -> None:
        for path in self._bases.glob(f"hall-{number}-*.yml"):
            path.write_text(path.read_text("utf-8").replace("town: river", "town: hill"), "utf-8")

    def _rename(self, number: int) -> None:
        old, new = self._bases / f"hall-{number}-0.yml", self._bases / f"new-{number}-0.yml"
        # Renamed and changed in one commit.
        new.write_text(old.read_text("utf-8") + f"former_ids: [{old.stem}]\naliases: [新馆{number}]\n", "utf-8")
        old.unlink()
        self._page(number, "旧 栏目", f"guide-{number}/")

    def _change(self, number: int) -> None:
        change = f"changes: [{{date: 2026-0{number + 1}-01, text: 分成两处。}}]"
        for half in "ab":
            self._write(f"half-{number}-{half}", base(f"半馆{number}{half}", "town: hill", "status: open"))
        split = f"split_into: [half-{number}-a, half-{number}-b]"
        self._write(f"hall-{number}-1", base(f"示例馆{number}1", "town: hill", split, change))
        self._article(number, "colour", f"lake-{number}-green")

    def _end(self, number: int) -> None:
        self._write(f"hall-{number}-2", base(f"示例馆{number}2", f"merged_into: new-{number}-0"))
        for place in range(3, 6):
            self._write(f"hall-{number}-{place}", base(f"示例馆{number}{place}", "status: closed"))
        if number == 5:
            for path in self._bases.glob("h*.yml"):
                path.write_text(path.read_text("utf-8").replace("town: hill\n", ""), "utf-8")
        # A half is merged into the other one: the page of what was split names what is left.
        self._write(f"half-{number}-b", base(f"半馆{number}b", f"merged_into: half-{number}-a"))
        self._page(number, "guides", f"guide-{number}/", f"旧 栏目/guide-{number}/")


@pytest.mark.audit
def test_every_address_that_was_published_goes_on_answering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    project = project_copy(tmp_path)
    repository = Repository(project)
    out = tmp_path / "out"
    published: dict[str, str] = {}
    commits = set()
    for step in itertools.chain([lambda: None], Story(project).steps()):
        step()
        if published:
            assert lost(open_session(project), None, 0) == [], "what `kepu check` says before the commit"
        repository.commit()
        previous = read_inventory(out) if published else None
        build_site(project, out, Demands(previous))
        inventory = read_inventory(out)
        commits.add(inventory.facts["commit"])
        published |= inventory.files
        assert compare(published, inventory.files, redirects_of(out, BASE), 0) == []
    assert len(commits) == 31
    assert len({name for name in published if name.endswith(".html")}) > 100
    assert lost(open_session(project), "HEAD~30", 0) == []
    for number in range(6):
        split = (out / f"bases/hall-{number}-1/index.html").read_text("utf-8")
        assert f'这一条已分为：<a href="../../bases/half-{number}-a/">半馆{number}a</a>。' in split
        for old in (f"guide-{number}", f"旧 栏目/guide-{number}"):
            assert f"guides/guide-{number}/" in (out / old / "index.html").read_text("utf-8")


@pytest.mark.audit
def test_a_lost_record_stops_the_build(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    repository = Repository(project)
    (project / "data/bases/hall.yml").write_text(base("示例馆"), "utf-8")
    repository.commit()
    out = tmp_path / "out"
    assert run("macros", "--root", str(project), "build", str(out)).returncode == 0
    (project / "data/bases/hall.yml").unlink()
    command = ("macros", "--root", str(project), "build", str(out), "--previous", str(out))
    lost = run(*command)
    assert lost.returncode == 1
    assert "bases/hall/index.html:1:1: 错误：上次发布的网址 /bases/hall/ 没有了" in lost.stdout
    assert (out / "bases/hall/index.html").is_file()
    allowed = run(*command, "--allow-drop", "9")
    assert allowed.returncode == 0
    assert "提醒：上次发布的网址 /bases/hall/ 没有了" in allowed.stdout


@pytest.mark.audit
def test_two_clones_one_shallow_build_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "source"
    project_copy(source)
    repository = Repository(source)
    for _ in range(2):
        repository.commit()
    subprocess.run(["git", "clone", "--quiet", source.as_uri(), "whole"], cwd=tmp_path, check=True)
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", source.as_uri(), "shallow"], cwd=tmp_path, check=True)
    for name, zone in (("whole", "Asia/Shanghai"), ("shallow", "America/Los_Angeles")):
        environment = {key: value for key, value in ENVIRONMENT.items() if key != "SOURCE_DATE_EPOCH"} | {"TZ": zone}
        project = tmp_path / name / "tests" / "district"
        command = [sys.executable, "-m", "macros", "--root", str(project), "build", str(tmp_path / f"{name}-out")]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        time.sleep(1.1)  # Another second, in case a clock found its way in.
    assert bytes_of(tmp_path / "whole-out") == bytes_of(tmp_path / "shallow-out")
    note = json.loads((tmp_path / "shallow-out" / "build.json").read_bytes())
    assert note["commit"] == commit_of(source).name != ""
    assert note["modified"] is False
    assert note["as_of"] == "2026-11-24"

"""Pages are whole, nothing is too heavy, the search finds its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.publishing.crawl.page_checks import BUDGETS, MANIFEST, Budget, check_pages
from macros.publishing.crawl.site_files import list_files
from macros.records.problems import Level

PAGE = '<!DOCTYPE html>\n<html lang="zh-CN"><title>首页</title><h1>首页</h1>{}</html>\n'


def rules(folder: Path) -> list[str]:
    return [problem.rule for problem in check_pages(folder, list_files(folder)[0])]


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (PAGE.format("<h2>一</h2>"), None),
        (PAGE.format("<p>写 on click = 1 的文字，不是 onclick='x'</p>"), None),
        (PAGE.format("")[:-9], "cut-page"),
        (PAGE.format("kepu-slot-head-tols-upek"), "unfilled-page"),
        (PAGE.format("").replace(' lang="zh-CN"', ""), "no-language"),
        (PAGE.format("").replace("<title>首页", "<title> "), "no-title"),
        (PAGE.format("<h1>二</h1>"), "headings"),
        (PAGE.format("").replace("<h1>首页</h1>", ""), "headings"),
        (PAGE.format('<p title="a>b" onclick="x()">'), "inline-handler"),
    ],
)
def test_a_page_is_whole(tmp_path: Path, page: str, rule: str | None) -> None:
    write(tmp_path, "index.html", page)
    assert rules(tmp_path) == ([rule] if rule else [])


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.pattern)
def test_a_file_over_its_budget_is_told(tmp_path: Path, budget: Budget) -> None:
    name = budget.pattern.replace("*", "a")
    for size in (budget.bytes, budget.bytes + 1):
        write(tmp_path, name, "x" * size)
        found = [problem for problem in check_pages(tmp_path, [name]) if problem.rule == "size-budget"]
        assert [problem.level for problem in found] == ([budget.level] if size > budget.bytes else [])
    assert "KB" in found[0].message


def search(folder: Path, build: str = "0" * 16, shards: int = 1) -> None:
    """Write the least that a search needs."""
    write(folder, MANIFEST, json.dumps({"build": build}))
    write(folder, f"assets/search/{'0' * 16}/index.json", json.dumps({"shards": shards}))
    write(folder, f"assets/search/{'0' * 16}/postings/0.txt", "")


def test_a_search_that_finds_its_files_is_sound(tmp_path: Path) -> None:
    search(tmp_path)
    assert rules(tmp_path) == []


def test_a_search_without_its_files_is_told(tmp_path: Path) -> None:
    search(tmp_path / "1", build="1" * 16)
    search(tmp_path / "2", shards=2)
    search(tmp_path / "3")
    write(tmp_path / "3", f"assets/search/{'2' * 16}/index.json", "{}")
    search(tmp_path / "4")
    write(tmp_path / "4", MANIFEST, "[]")
    for number in "1234":
        problems = check_pages(tmp_path / number, list_files(tmp_path / number)[0])
        assert {(problem.rule, problem.level) for problem in problems} == {("search", Level.ERROR)}, number

"""What was published once goes on answering."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.addresses.compared import compare
from macros.records.problems import Level
from macros.site.build import redirects_of

BASE = "https://kepu.example.cn/kepu/"
PRESENT = ("index.html", "bases/new/index.html")


def test_pages_that_stay_are_no_problem() -> None:
    assert compare(PRESENT, PRESENT, {}, 0) == []


@pytest.mark.parametrize("base", [BASE, None])
def test_a_redirect_answers_too(tmp_path: Path, base: str | None) -> None:
    prefix = "/kepu/" if base else "/"
    (tmp_path / "_redirects").write_text(f"# moved\n{prefix}bases/old/ {prefix}bases/new/ 301\n")
    assert compare(["bases/old/index.html"], PRESENT, redirects_of(tmp_path, base), 0) == []


def test_a_redirect_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "_redirects").write_text("/kepu/bases/old/ /kepu/bases/gone/ 301\n")
    (problem,) = compare((), PRESENT, redirects_of(tmp_path, BASE), 0)
    assert (problem.rule, problem.level) == ("redirect-target", Level.ERROR)


@pytest.mark.parametrize(("allowed", "level"), [(0, Level.ERROR), (1, Level.ERROR), (2, Level.NOTICE)])
def test_more_losses_than_allowed_are_errors(allowed: int, level: Level) -> None:
    lost = ("api/v1/bases/old.json", "bases/old/index.html")
    problems = compare((*lost, *PRESENT), PRESENT, {}, allowed)
    assert [(problem.path, problem.level) for problem in problems] == [(name, level) for name in lost]
    assert "/bases/old/ 没有了" in problems[1].message


def test_files_that_nobody_links_to_may_go() -> None:
    names = ("assets/search/0/index.json", "_headers", "headers.caddy", "redirects.nginx.map", "sitemap-2.xml")
    assert compare(names, PRESENT, {}, 0) == []


def test_a_feed_may_end_where_its_page_stays() -> None:
    names = ("bases/by/town/hill/feed.xml", "bases/by/town/hill/feed.json")
    assert compare(names, ("bases/by/town/hill/index.html",), {}, 0) == []
    assert len(compare(names, PRESENT, {}, 0)) == 2


def test_a_calendar_may_end_where_its_page_stays() -> None:
    assert compare(["calendar.ics"], PRESENT, {}, 0) == []
    assert len(compare(["bases/calendar.ics"], PRESENT, {}, 0)) == 1


def test_of_very_many_losses_the_first_are_named_and_the_rest_counted() -> None:
    """An inventory is believed within bounds: one of 20,000 invented names gave 20,000 messages."""
    problems = compare([f"{number:05}{'长' * 500}.html" for number in range(20_000)], PRESENT, {}, 0)
    assert len(problems) == 101
    assert "一共有 20000 个网址没有了" in problems[-1].message
    assert max(len(problem.message) for problem in problems) < 500

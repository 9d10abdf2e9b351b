"""Problems sort by place and read as a line that tools can jump to."""

from __future__ import annotations

from macros.records.problems import Level, Problem, ProblemsFound, has_errors, summarize

FIRST = Problem("data/a.yml", 2, 8, "不对；请改正", "wrong-value")
SECOND = Problem("data/a.yml", 10, 1, "少见", "odd-value", Level.NOTICE)
THIRD = Problem("data/b.yml", 1, 1, "不对；请改正", "wrong-value")


def test_a_problem_reads_as_a_line() -> None:
    assert str(FIRST) == "data/a.yml:2:8: 错误：不对；请改正"
    assert str(SECOND) == "data/a.yml:10:1: 提醒：少见"


def test_problems_sort_by_place() -> None:
    found = ProblemsFound([THIRD, SECOND, FIRST])
    assert found.problems == [FIRST, SECOND, THIRD]
    assert str(found).splitlines() == [str(FIRST), str(SECOND), str(THIRD)]


def test_notices_stop_nothing() -> None:
    assert has_errors([SECOND, FIRST])
    assert not has_errors([SECOND])


def test_a_report_is_summed_up() -> None:
    assert summarize([FIRST, SECOND, THIRD]) == "2 处错误，在 2 个文件里；1 处提醒，在 1 个文件里。"
    assert summarize([SECOND]) == "1 处提醒，在 1 个文件里。"
    assert summarize([]) == "没有发现问题。"

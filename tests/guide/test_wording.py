"""The guide's 👍 and 👎 are what the check says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.records.model.description import fields_of, groups_of
from macros.records.model.registry import KINDS
from macros.records.problems import Level, Problem
from tests.guide.text import sections
from tests.support import projects

_LINE = re.compile(r"^- (👍|👎) `([^`]+)`(?: 检查会(说|提醒)“([^”]+)”)?", re.MULTILINE)
_TRAPS = (
    "开放时间",
    "不知道的",
    "目标和事实",
    "夸奖",
    "日期",
    "来源",
    "名称",
    "图片的替代文字",
    "政策的有效性",
    "带单位的数",
)
SMALLEST = {
    "bases": projects.base(),
    "incubators": projects.base(),
    "policies": projects.policy(),
    "targets": projects.target(),
    "platforms": projects.platform(),
}
EXAMPLES = [match for trap in _TRAPS for match in _LINE.findall(sections()[trap])]


def lines_of(code: str) -> list[str]:
    """Return the lines that a snippet stands for: a group without a name is several fields."""
    return code[1:-1].split(", ") if code.startswith("{") else [code]


def kind_of(names: set[str]) -> str | None:
    """Return the first kind that has all these fields; None for fields of a part."""
    return next((kind for kind in SMALLEST if names <= {field.name for field in fields_of(KINDS[kind])}), None)


def found_in(code: str, folder: Path) -> list[Problem]:
    """Return what the check says of the smallest record with a snippet in it."""
    lines = lines_of(code)
    names = {line.partition(":")[0] for line in lines}
    kind = kind_of(names)
    if kind is None:
        assert any(names <= {field.name for field in fields_of(part)} for part in groups_of(KINDS.values())), names
        return []
    kept = [line for line in SMALLEST[kind].splitlines() if line.partition(":")[0] not in names]
    path = f"data/{kind}/some-thing.yml"
    loaded = projects.load_project(folder, {path: "\n".join([*kept, *lines, ""])})
    return [problem for problem in loaded.problems if problem.path == path]


@pytest.mark.parametrize(("mark", "code", "level", "said"), EXAMPLES)
def test_the_check_says_what_the_guide_says(mark: str, code: str, level: str, said: str, tmp_path: Path) -> None:
    found = found_in(code, tmp_path)
    if mark == "👍" or not said:
        assert [str(problem) for problem in found] == []
    else:
        wanted = Level.NOTICE if level == "提醒" else Level.ERROR
        assert {problem.level for problem in found} == {wanted}
        assert any(said in problem.message for problem in found)


@pytest.mark.parametrize("trap", _TRAPS)
def test_each_trap_has_both(trap: str) -> None:
    text = sections()[trap]
    assert "- 👎 " in text
    assert "- 👍 " in text or trap == "不知道的"

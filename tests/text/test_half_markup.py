"""Markdown that was begun and not finished is told; what is whole, escaped or code is not."""

from __future__ import annotations

import pytest

from macros.text.half_markup import find

HALF = {
    "见[办法]（https://e.example/a.pdf）": (1, 6, "圆括号要用半角"),
    "见[办法]（id:luyuan）": (1, 6, "圆括号要用半角"),
    "[办法]（附件1.pdf）": (1, 5, "圆括号要用半角"),
    "【办法】(https://e.example)": (1, 4, "方括号要用半角"),
    "[办法] (https://e.example)": (1, 5, "不能有空格"),
    "[办法](https://e.example/a b.pdf)": (1, 5, "网址里不能有空格"),
    "[办法](https://e.example/a.pdf）": (1, 5, "半角的 “)”"),
    "[办法](https://e.example": (1, 5, "半角的 “)”"),
    "甲\n\n！[图](a.JPG)": (3, 1, "感叹号要用半角"),
    "甲\n\n乙 ![请写这是什么](a.jpg)": (3, 3, "还没有写"),
    "**重要：请预约": (1, 1, "没有成对"),
    "- **重要：请预约": (1, 3, "没有成对"),
    "#标题": (1, 1, "后面要空一格"),
    "＃ 标题": (1, 1, "要用半角的"),
    "|甲|乙|": (1, 1, "|---|---|"),
    "甲\n\n```\n乙": (3, 1, "代码块没有结束"),
    "> ```\n> 乙": (1, 1, "代码块没有结束"),
    "**重要：**见[办法]（https://e.example）": (1, 13, "圆括号要用半角"),
}
WHOLE = [
    "[办法](https://e.example/a%20b.pdf)", "[办法](<https://e.example/a b.pdf>)", "[甲（乙）](https://e.example/a（1）.pdf)", "注意！[办法](a.md)",
    "[1]（注释）", "数组 a[0]（从 0 起）", "张**同志", "138****0000", "#科普日# 活动", "# 标题", "#1 展厅", "`[x](y`", "`x`\n\n```\n[x]（https://e.example）\n#标题\n```\n",
    r"\[x](y", r"[x\](y", r"\#标题", r"\*\*重要", "|甲|乙|\n|---|---|\n|1|2|", "~~~\n```\n~~~", "- ```\n  x\n  ```\n", "**重要：**请预约", "**“重要”**请预约", "```\n[x](y z)\n```",
]  # fmt: skip


@pytest.mark.parametrize("source", HALF)
def test_what_is_not_finished_is_told_at_its_place(source: str) -> None:
    (found,) = find(source)
    line, column, words = HALF[source]
    assert (found.line, found.column) == (line, column)
    assert words in found.message


@pytest.mark.parametrize("source", WHOLE)
def test_what_is_whole_or_meant_as_it_is_is_left_alone(source: str) -> None:
    assert list(find(source)) == []

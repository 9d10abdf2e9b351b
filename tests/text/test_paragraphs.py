"""Lines stay lines where a Chinese editor means them to, and an indented paragraph is no code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.text.paragraphs import each_on_its_own, prepare
from macros.text.prose import half_made, plain, references, render

MARKS = [
    "1、",
    "2．",
    "（一）",
    "(2)",
    "（3）",
    "3)",
    "4）",
    "5.",
    "一、",
    "十二、",
    "①",
    "⑵",
    "㈠",
    "· ",
    "·",
    "• ",
    "●",
    "◆",
    "■",
    "－ ",
    "※",
    "-",
]
TEXTS = st.text(st.sampled_from("甲乙，。 \n\n-*1.、（一）·`~#>|[]()    "), max_size=60)


def html(source: str) -> str:
    return render(source, lambda name: "x")


@pytest.mark.parametrize("mark", MARKS)
def test_an_enumerated_line_stays_a_line(mark: str) -> None:
    made = html(f"要带：\n{mark}水壶\n{mark}帽子")
    assert made.replace("<br />\n", "<br />") == f"<p>要带：<br />{mark}水壶<br />{mark}帽子</p>\n"


@pytest.mark.parametrize("line", ["2.5 米", "-5 度", "—— 引文", "甲、乙", "（甲）", "100、200", "*甲*"])
def test_a_line_that_only_looks_like_one_is_joined(line: str) -> None:
    assert "<br />" not in html(f"第一行写到这里\n{line}")


@pytest.mark.parametrize("before", ["", "本馆介绍：\n\n", "- 甲\n\n外面\n\n", "```\n    x\n```\n\n", "# 题\n\n"])
def test_an_indented_first_line_is_a_paragraph(before: str) -> None:
    assert html(f"{before}    这是一段。\n").endswith("<p>这是一段。</p>\n")


def test_what_lies_in_a_list_or_in_a_fence_keeps_its_indentation() -> None:
    for source in ("- 甲\n\n    乙\n", "1. 甲\n\n    乙\n\n2. 丙\n", "```\n\n    x\n1、y\n2、z\n```\n"):
        assert prepare(source).text == source


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    source = "    甲[乙](id:c)\n\n    [x]（https://e.example）\n"
    assert [(found.name, found.line, found.column) for found in references(source)] == [("c", 1, 10)]
    assert [(found.line, found.column) for found in half_made(source)] == [(3, 8)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("看昆虫标本\n做叶脉书签\n听科普讲座", 3),
        ("上午：看标本\n下午：做书签\n\n另约", 2),
        ("- 看标本\n- 做书签", 0),
        ("- 看标本，\n  还有活的", 0),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", 0),
        ("一行", 0),
    ],
)
def test_each_plain_line_of_a_list_of_items_stays_a_line(text: str, lines: int) -> None:
    assert html(each_on_its_own(text)).count("<br />") == max(lines - 1, 0)
    assert plain(each_on_its_own("甲\n乙")) == "甲 乙"


@given(TEXTS)
def test_no_line_is_joined_or_split_and_nothing_but_spaces_changes(text: str) -> None:
    for made in (prepare(text).text, each_on_its_own(text)):
        assert [line.strip(" ") for line in made.split("\n")] == [line.strip(" ") for line in text.split("\n")]
    assert re.sub(r"\s", "", each_on_its_own(each_on_its_own(text))) == re.sub(r"\s", "", text)
    assert prepare(prepare(text).text).text == prepare(text).text

"""Values stay text, and every one of them knows where it stands in the file."""

from __future__ import annotations

import pytest

from macros.records import frontmatter, yaml
from macros.records.problems import ProblemsFound


def test_scalars_stay_text_and_only_nothing_is_none() -> None:
    text = "a: 0750123\nb: 9:30\nc: NO\nd: 1e3\ne: 2026-05-03\nf: ''\ng:\nh: ~\ni: null\nj: '~'\n"
    values = yaml.parse("x.yml", text).data.values()
    assert list(values) == ["0750123", "9:30", "NO", "1e3", "2026-05-03", "", None, None, None, "~"]


TEXT = """\
# 一条记录
name: 湿地
sources:
  - title: 甲
    url: https://example.org/
  - {title: 乙, mark: official}
"""


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((), False, (2, 1)),
        (("name",), False, (2, 7)),
        (("name",), True, (2, 1)),
        (("sources", 0), False, (4, 5)),
        (("sources", 0, "url"), False, (5, 10)),
        (("sources", 1, "mark"), False, (6, 22)),
        (("sources", 1, "mark"), True, (6, 16)),
        (("sources", 9, "url"), False, (4, 3)),
        (("nothing",), False, (2, 1)),
    ],
)
def test_a_value_is_found_or_what_lies_above_it(path: tuple[str | int, ...], key: bool, place: tuple[int, int]) -> None:
    assert yaml.parse("x.yml", TEXT).locate(path, key) == place


@pytest.mark.parametrize("header", ["|", "|-", "|+", "|2", "|2-", "| # 说明"])
@pytest.mark.parametrize("leading", ["", "\n", "\n\n"])
def test_a_line_of_a_block_text_is_found(header: str, leading: str) -> None:
    document = yaml.parse("x.yml", f"name: 湿地\nbody: {header}\n{leading}  第一段。\n\n    第二段。\nsummary: 甲\n")
    shift = len(leading)
    assert document.locate_line(("body",), 1, 1) == (3 + shift, 3)
    assert document.locate_line(("body",), 3, 3) == (5 + shift, 5)


@pytest.mark.parametrize("indent", [1, 2, 4, 7])
def test_a_deeply_indented_block_text_is_found(indent: int) -> None:
    space = " " * indent
    document = yaml.parse("x.yml", f"a:\n  - b: |\n    {space}第一段。\n    {space}  第二段。\n")
    assert document.locate_line(("a", 0, "b"), 2, 4) == (4, 4 + 4 + indent)


def test_an_indentation_that_the_editor_has_set_is_not_taken_for_text() -> None:
    document = yaml.parse("x.yml", "body: |2\n      代码\n  文字\n")
    assert document.data["body"] == "    代码\n文字\n"
    assert document.locate_line(("body",), 1, 5) == (2, 7)


@pytest.mark.parametrize("value", ["甲乙", "'甲乙'", '"甲\\n乙"', ">\n  甲\n  乙", "|\n\n", "甲\n  乙"])
def test_of_any_other_text_the_beginning_is_found(value: str) -> None:
    document = yaml.parse("x.yml", f"body: {value}\nname: 湿地\n")
    assert document.locate_line(("body",), 2, 1) == (1, 7)


def test_front_matter_counts_the_lines_of_the_file() -> None:
    raw = "\ufeff---\ntitle: 风\nbody: |\n  第一段。\n  第二段。\n---\n\n正文。\n".replace("\n", "\r\n").encode()
    page = frontmatter.read("content/wind.md", raw)
    assert page.document.locate(("title",)) == (2, 8)
    assert page.document.locate_line(("body",), 2, 1) == (5, 3)
    assert (page.body, page.body_line) == ("\n正文。\n", 7)


@pytest.mark.parametrize(
    "raw", [b"", b"# \xe7\x94\xb2\n", b"---\ntitle: x\n", b"\n---\ntitle: x\n---\n", b"---\n---\n"]
)
def test_a_page_needs_front_matter(raw: bytes) -> None:
    with pytest.raises(ProblemsFound) as found:
        frontmatter.read("content/wind.md", raw)
    assert [problem.rule for problem in found.value.problems] == ["no-front-matter"]


def test_a_fault_in_front_matter_is_told_at_the_line_of_the_file() -> None:
    with pytest.raises(ProblemsFound) as found:
        frontmatter.read("content/wind.md", "---\ntitle：风\n---\n".encode())
    assert (found.value.problems[0].line, found.value.problems[0].column) == (2, 6)


def test_a_column_counts_characters_also_after_what_is_not_utf_8() -> None:
    with pytest.raises(ProblemsFound) as found:
        yaml.read("x.yml", "name: 甲\nsummary: 乙".encode() + b"\xff\n")
    assert (found.value.problems[0].line, found.value.problems[0].column) == (2, 11)


def test_a_problem_stands_in_its_file() -> None:
    problem = yaml.parse("data/x.yml", "name: 湿地\n").problem(("name",), "不对", "wrong-name")
    assert str(problem) == "data/x.yml:1:7: 错误：不对"

"""Prose comes out safe, readable and soon, and every fault comes with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from benchmarks.hostile import PROSE
from macros.text.prose import DEEPEST, LONGEST, faults, half_made, plain, references, render
from tests.support.looping import failures
from tests.support.steps import steps

Render = Callable[[str], str]


def nothing(name: str) -> None:
    """Resolve no name."""


def places(source: str) -> list[tuple[int, int]]:
    return [(fault.line, fault.column) for fault in faults(source)]


def message(source: str) -> str:
    (fault,) = faults(source)
    return fault.message


def test_links_to_records(html_of: Render) -> None:
    assert html_of("[绿源](id:luyuan)、[绿源](ID:luyuan)").count('<a href="../luyuan/">绿源</a>') == 2
    assert html_of("[没有](id:nobody)") == "<p>没有</p>\n"
    assert html_of("[没有](id:javascript:alert)") == "<p>没有</p>\n"
    assert render("[x](id:a)", lambda name: '"><script>') == '<p><a href="&quot;&gt;&lt;script&gt;">x</a></p>\n'


def test_images_of_the_folder(html_of: Render) -> None:
    html = html_of('![门口](photo.jpg "正门")')
    assert html == '<p><img src="../files/photo.jpg" alt="门口" title="正门" /></p>\n'
    assert html_of("![没有](other.jpg)") == "<p>没有</p>\n"
    assert html_of("[![门口](photo.jpg)](id:nobody)").startswith("<p><img")
    assert html_of("[![x](https://e.example/a.png)](id:luyuan)") == '<p><a href="../luyuan/">x</a></p>\n'
    assert render("![门口](photo.jpg)", nothing) == "<p>门口</p>\n"


def test_messages_say_what_to_do() -> None:
    assert message("[x](javascript:alert)") == (
        "链接地址 “javascript:alert” 不允许；只能写 https://…、http://…、mailto:…、tel:…、id:编号 或相对地址"
    )
    assert message("[x](//e.example)") == "链接地址 “//e.example” 没有写明协议；请写全，例如 https://…"
    assert "<u>" in message("<u>线")
    assert "注释" in message("<!-- x -->")
    assert "photo.jpg" in message("![图](a/b.png)")
    assert "没有地址" in message("[x]()")
    assert "全角" in message("[注]: 说明")


def test_headings_start_at_three_and_keep_their_order(html_of: Render) -> None:
    assert re.findall("<h.", html_of("# 甲\n## 乙\n### 丙\n#### 丁\n##### 戊")) == ["<h3", "<h4", "<h5", "<h6", "<h6"]
    assert re.findall("<h.", html_of("## 甲\n### 乙")) == ["<h3", "<h4"]
    assert re.findall("<h.", html_of("甲\n===\n\n乙\n---\n")) == ["<h3", "<h4"]
    assert html_of("###### 甲") == "<h3>甲</h3>\n"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("## 标题\n\n第一段。\n\n第二段", "标题 第一段。第二段"),
        ("- 甲\n- 乙", "甲 乙"),
        ("**重要：**请[预约](https://e.example)，`x < 1` &amp; &copy;", "重要：请预约，x < 1 & ©"),
        ("one\ntwo\n\nthree", "one two three"),
        ("![门口](photo.jpg)之外", "门口之外"),
        ("| 甲 | 乙 |\n|--|--|\n| 1 | 2 |", "甲 乙 1 2"),
        ("中文\n中文  \n换行", "中文中文 换行"),
        ("<b>粗</b>", "<b>粗</b>"),
        ("　　缩进", "缩进"),
    ],
)
def test_plain_text(source: str, text: str) -> None:
    assert plain(source) == text


def test_hostile_input_takes_no_more_steps_than_it_has_characters() -> None:
    def is_linear(source: str) -> None:
        taken = steps(lambda: (render(source, nothing), plain(source), list(faults(source)), list(half_made(source))))
        assert taken <= 4 * len(source) + 1000

    assert failures(is_linear, PROSE) == []


def test_limits(html_of: Render) -> None:
    assert message("x" * (LONGEST + 1)).startswith(f"文字有 {LONGEST + 1} 个字")
    assert places("甲\n" + "> " * (DEEPEST + 1) + "x") == [(2, 1)]
    assert places("> " * DEEPEST + "x") == []
    assert "&lt;" in html_of("<b>" * LONGEST)
    assert list(references("[x](id:a)" + "x" * LONGEST)) == []

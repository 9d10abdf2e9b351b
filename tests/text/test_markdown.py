"""Raw HTML, links and images are found where they stand."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from macros.text import markdown
from macros.text.prose import faults, images, references

Render = Callable[[str], str]


def places(source: str) -> list[tuple[int, int]]:
    return [(fault.line, fault.column) for fault in faults(source)]


RAW_HTML = [
    ("<script>alert(1)</script>", 1, 1),
    ("甲\n\n<SCRIPT SRC=//evil.example/x.js></SCRIPT>", 3, 1),
    ("甲 <img src=x onerror=alert(1)>", 1, 3),
    ('甲\n乙 "><img onerror=alert(1) src=x>', 2, 5),
    ("甲\n乙\n丙 <b>粗</b>", 3, 3),
    ("<b>粗", 1, 1),
    ("只有 </b>", 1, 4),
    ("</script>", 1, 1),
    ("<svg/onload=alert(1)>", None, None),
    ("<svg onload=alert(1)>", 1, 1),
    ("<iframe src=javascript:alert(1)>", 1, 1),
    ('<a href="javascript:alert(1)">x</a>', 1, 1),
    ("<div\nonclick=alert(1)\n>", 1, 1),
    ("- 项目\n\n  <div>块</div>", 3, 3),
    ("> 引用\n> <u>线</u>", 2, 3),
    ("| 甲 | 乙 |\n|--|--|\n| 1 | <i>2</i> |", 3, 7),
    ("# 标题 <sup>1</sup>", 1, 6),
    ("[<b>文字</b>](https://a.example)", 1, 2),
    ("<!-- 注释 -->", 1, 1),
    ("甲 <!-- 注释 --> 乙", 1, 3),
    ("甲 <!--> 乙", 1, 3),
    ("<!--\n没有完", 1, 1),
    ("<?php echo 1 ?>", 1, 1),
    ("甲 <?x?>", 1, 3),
    ("<!DOCTYPE html>", 1, 1),
    ("<![CDATA[ x ]]>", 1, 1),
    ("甲](<b>)", 1, 4),
    ("`代码` <br>", 1, 6),
    ("`<b>` 与 <u>", 1, 9),
    ("`<b>` 与 `没有完 <u>", 1, 14),
    (r"\\<b>", 1, 3),
    ("```\n<b>\n```\n\n<b>", 5, 1),
    ("甲\r\n乙\r\n<b>", 3, 1),
    ("<style>*{display:none}</style>", 1, 1),
    ("<x-y>自定义</x-y>", 1, 1),
    ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', 1, 1),
    ('<math><mi//xlink:href="data:x,<script>alert(4)</script>">', 1, 1),
    ("<a/onmouseover=alert(1)//", None, None),
    ("甲 <a\n 没有完", None, None),
    ("<form><button formaction=javascript:alert(1)>X", 1, 1),
]


@pytest.mark.parametrize(("source", "line", "column"), RAW_HTML)
def test_raw_html_is_a_fault_at_its_place_and_comes_out_as_text(
    html_of: Render, source: str, line: int | None, column: int
) -> None:
    found = places(source)
    if line is None:
        assert found == []
    else:
        assert (line, column) in found
    assert "&lt;" in html_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "1 < 2，3 > 2",
        "`<script>`",
        "```html\n<b>\n```",
        "```\n    <div>\n```",
        r"\<b>",
        "&lt;b&gt;",
        "<3",
        "甲<乙>丙",
        "a <- b",
    ],
)
def test_what_only_looks_like_html_is_no_fault(html_of: Render, source: str) -> None:
    assert places(source) == []
    assert "&lt;" in html_of(source)


def test_each_line_with_html_is_named_once() -> None:
    assert places("<b>甲</b> <i>乙</i>\n丙 <u>丁</u>") == [(1, 1), (2, 3)]


def test_references_with_their_places() -> None:
    source = "甲\n乙 [丙](id:luyuan)，[丁][r]，`[戊](id:no)`\n\n[r]: id:zhuxi\n"
    assert [(mention.name, mention.line, mention.column) for mention in references(source)] == [
        ("luyuan", 2, 7),
        ("zhuxi", 4, 6),
    ]


def test_images_with_their_places() -> None:
    source = "![甲](photo.jpg)\n\n- ![乙](大门.PNG) ![丙](https://e.example/x.png)"
    assert [(image.name, image.line, image.column) for image in images(source)] == [
        ("photo.jpg", 1, 6),
        ("大门.PNG", 3, 8),
    ]


PIECES = [
    *"\n\n\n  ``*_[]()<>!#-|:\\&\"'\t甲：“”\u3000",
    *("\n\n", "```\n", "> ", "- ", "1. ", "|--|\n", "**", "&#58;", "](", "![", "]: ", "[a]", "[a]: "),
    *("<b>", "</b>", "<div>\n", "<!-- ", "-->", "<!-->", "<?", "?>", "<script>", "</script>", "<pre>", "</pre>"),
    *("javascript:", "<javascript:x>", "//e.example", "https://e.example", "id:luyuan", "photo.jpg"),
]


def test_random_markup_is_safe_and_its_raw_html_is_named(html_of: Render) -> None:
    dice = random.Random(20261124)
    for _ in range(3_000):
        source = "".join(dice.choices(PIECES, k=dice.randint(2, 25)))
        html_of(source)
        found = list(faults(source))
        holds_raw_html = markdown.holds_raw_html(source)
        assert any("HTML" in fault.message for fault in found) is holds_raw_html
        lines = source.split("\n")
        assert all(1 <= fault.line <= len(lines) for fault in found)
        assert all(1 <= fault.column <= len(lines[fault.line - 1]) + 1 for fault in found)

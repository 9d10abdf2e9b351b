"""Emphasis and line breaks follow Chinese usage and leave everything else to CommonMark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from macros.text.typesetting import mend_emphasis
from tests.support.looping import failures

Render = Callable[[str], str]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("**重要：**请", "**重要：\ufdd0**请"),
        ("请**（注）**看", "请**\ufdd0（注）\ufdd0**看"),
        ("**甲**，*乙*", "**甲**\ufdd0，\ufdd0*乙*"),
        ("**Note:**this", "**Note:**this"),
        ("没有", "没有"),
    ],
)
def test_mending_emphasis_twice_changes_nothing_more(text: str, mended: str) -> None:
    assert mend_emphasis(text) == mended
    assert mend_emphasis(mended) == mended


CLOSING = "：，。！？；、）」』】》〉”’…—·％～:,.!?;)]%\"'"

OPENING = "（「『【《〈“‘…—([\"'"


STARS = ("*", "**", "***")


def test_emphasis_closes_after_a_mark(html_of: Render) -> None:
    def closes(case: tuple[str, str, str]) -> None:
        mark, stars, after = case
        html = html_of(f"{stars}重要{mark}{stars}{after}")
        left_to_commonmark = mark.isascii() and after in {"A", "1"}
        assert ("*" in html) is left_to_commonmark
        assert left_to_commonmark or ("<strong>" in html) is (len(stars) > 1)

    assert failures(closes, product(CLOSING, STARS, ["请", "A", "1", "（", "。", "", " "])) == []


def test_emphasis_opens_before_a_mark(html_of: Render) -> None:
    def opens(case: tuple[str, str]) -> None:
        mark, stars = case
        html = html_of(f"请看{stars}{mark}重要{stars}部分，{stars}第二{stars}处")
        assert "*" not in html
        assert html.count("</em>") + html.count("</strong>") == 2 * (1 + (len(stars) == 3))

    assert failures(opens, product(OPENING, STARS)) == []


def test_strong_between_any_two_marks(html_of: Render) -> None:
    pairs = product(CLOSING + "（「『【《〈“‘", CLOSING)
    sources = [f"甲**{first}乙{last}**丙" for first, last in pairs]
    assert [source for source in sources if html_of(source).count("<strong>") != 1] == []


@pytest.mark.parametrize(
    ("source", "inner"),
    [
        ("**重要：**请预约", "<strong>重要：</strong>请预约"),
        ("**“甲”**与**“乙”**", "<strong>“甲”</strong>与<strong>“乙”</strong>"),
        ("**甲：**请，**乙：**看", "<strong>甲：</strong>请，<strong>乙：</strong>看"),
        ("**外*内：*外。**后", "<strong>外<em>内：</em>外。</strong>后"),
        ("*外**内：**外。*后", "<em>外<strong>内：</strong>外。</em>后"),
        ("**增长50%**的", "<strong>增长50%</strong>的"),
        ("请**[绿源](id:luyuan)**看", '请<strong><a href="../luyuan/">绿源</a></strong>看'),
        ("请**`代码`**看", "请<strong><code>代码</code></strong>看"),
        ("`**甲：**乙`", "<code>**甲：**乙</code>"),
        (r"\*\*甲：\*\*乙", "**甲：**乙"),
        ("价格*：100 元，优惠*：50 元", "价格*：100 元，优惠*：50 元"),
        ("**Note:**this", "**Note:**this"),
        ("2*3=6，4*5=20", "2<em>3=6，4</em>5=20"),
        ("甲\ufdd0**乙：**丙", "甲<strong>乙：</strong>丙"),
        ("[**甲：**乙](https://e.example/**：**x)", None),
    ],
)
def test_emphasis_in_chinese(html_of: Render, source: str, inner: str | None) -> None:
    html = html_of(source)
    if inner is None:
        assert '<a href="https://e.example/**%EF%BC%9A**x"' in html
    else:
        assert html == f"<p>{inner}</p>\n"


def test_code_blocks_keep_every_character(html_of: Render) -> None:
    assert html_of("```\n**甲：**乙\n丙\n```") == '<pre tabindex="0"><code>**甲：**乙\n丙\n</code></pre>\n'


@pytest.mark.parametrize(
    ("source", "inner"),
    [
        ("中文\n中文", "中文中文"),
        ("预约。\nABC", "预约。ABC"),
        ("ABC\n（注）", "ABC（注）"),
        ("中文\nABC", "中文\nABC"),
        ("one\ntwo", "one\ntwo"),
        ("“好”\n请", "“好”请"),
        ("请\n“好”", "请“好”"),
        ("“one”\n“two”", "“one”\n“two”"),
        ("**中文**\n中文", "<strong>中文</strong>中文"),
        ("中文\n**中文**", "中文<strong>中文</strong>"),
        ("**中文**\n[绿源](id:luyuan)", '<strong>中文</strong><a href="../luyuan/">绿源</a>'),
        ("**中文**\nABC", "<strong>中文</strong>\nABC"),
        ("中文  \n中文", "中文<br />\n中文"),
        ("𠮷\n中", "𠮷中"),
    ],
)
def test_line_breaks_in_chinese(html_of: Render, source: str, inner: str) -> None:
    html = html_of(source)
    assert html.replace("&quot;", '"') == f"<p>{inner}</p>\n"

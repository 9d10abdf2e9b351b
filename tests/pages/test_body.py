"""Pages by hand read as GitHub and editor programs show them, and hold no more HTML than the list allows."""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from macros.pages.body import Body, make_body
from macros.pages.handwritten import HandwrittenPage
from macros.pages.inline import MOST_MACROS, expand
from macros.pages.page_macros import PageMacros
from macros.pages.plan import PlannedPage
from macros.records.problems import Problem, ProblemsFound
from macros.site.session import Session
from macros.text import elements, half_markup, page_markup, paragraphs
from tests.support import open_session
from tests.support.looping import failures
from tests.support.projects import lay_project
from tests.support.steps import steps


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return open_session(lay_project(tmp_path_factory.mktemp("project")))


def body_of(session: Session, text: str, *, uses_macros: bool = True) -> Body:
    page = HandwrittenPage("notes.md", PlannedPage("notes/", "written.html", "说明", "说明"), text, 5, uses_macros)
    return make_body(expand(page, PageMacros(session.library, session.renderer)), lambda address: address)


def problems_of(session: Session, text: str) -> list[Problem]:
    with pytest.raises(ProblemsFound) as found:
        body_of(session, text)
    return found.value.problems


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("展厅有：\n- 甲\n- 乙", "<p>展厅有：</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("- 甲\n  - 乙\n    - 丙", "<ul>\n<li>甲\n<ul>\n<li>乙\n<ul>\n<li>丙</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"),
        ("1. 甲\n   - 乙\n2. 丙", "<ol>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n<li>丙</li>\n</ol>"),
        ("3. 甲\n4. 乙", '<ol start="3">\n<li>甲</li>\n<li>乙</li>\n</ol>'),
        ("这里\n讲课", "<p>这里讲课</p>"),
        ("这里\n[讲课](about.md)", '<p>这里<a href="about.md">讲课</a></p>'),
        ("看\n{{ link(\"wetland\") }}\n吧", '<p>看<a href="../bases/wetland/">湿地</a>吧</p>'),
        ("文字<!-- 待办：问王主任 -->完", "<p>文字完</p>"),
        ("文字{# 待办：问王主任 #}完", "<p>文字完</p>"),
        ("甲\n{# 待办\n问谁 #}\n乙", "<p>甲乙</p>"),
        ("<!-- 待办\n\n- 甲 -->\n\n乙", "<p>乙</p>"),
        ("`<!-- 甲 -->`", "<p><code>&lt;!-- 甲 --&gt;</code></p>"),
        ("<!-- {{ nothing() }} -->乙", "乙"),
        ("**重要：**请预约", "<p><strong>重要：</strong>请预约</p>"),
        ("## 甲 {#b}\n\n## 乙 丙", '<h2 id="b">甲</h2>\n<h2 id="乙-丙">乙 丙</h2>'),
        ("| 甲 | 乙 |\n|---|--:|\n| 1 | 2 |", '<table tabindex="0"><thead><tr><th>甲</th><th align="right">乙</th></tr></thead><tbody>\n<tr><td>1</td><td align="right">2</td></tr>\n</tbody></table>'),
        ("[甲](a/){: .more }", '<p><a class="more" href="a/">甲</a></p>'),
        ("9:00~11:30 和 ~~甲~~", "<p>9:00~11:30 和 ~~甲~~</p>"),
        ("<div markdown>\n\n**甲**\n\n</div>", "<div>\n<p><strong>甲</strong></p>\n</div>"),
        ('<figure>\n<svg viewBox="0 0 1 1"><path d="M0"/></svg>\n</figure>', '<figure>\n<svg viewBox="0 0 1 1"><path d="M0"></path></svg>\n</figure>'),
        ("    开头空四格。\n\n    第二段。", "<p>开头空四格。</p>\n<p>第二段。</p>"),
        ("要带：\n1、水壶\n（二）帽子", "<p>要带：<br>\n1、水壶<br>（二）帽子</p>"),
        ("```\n<!-- 甲\n```", '<pre tabindex="0"><code>&lt;!-- 甲\n</code></pre>'),
    ],
)  # fmt: skip
def test_text_reads_as_editors_see_it(text: str, html: str, session: Session) -> None:
    assert body_of(session, text).html.strip() == html


WORDS = st.sampled_from(
    ["甲乙", "展厅有：", "b c", "**重**", "[名](a/)", "`码`", "1", "（三）", "*轻*", "a_b", "![图](a.png)"]
)
LINE = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
MARKS = st.sampled_from(
    ["", "", "- ", "  - ", "    - ", "1. ", "   - ", "2. ", "> ", "# ", "### ", "* ", "10) ", "+ ", "    "]
)
# Two things are other than GitHub's on purpose: a line that begins like an item of a Chinese list stays a line, an indented first line
# is a paragraph (`macros.text.paragraphs`). One is not: an indented line right after a table is a row of it; so tables end here.
LINES = st.lists(
    st.one_of(
        st.just(""), st.tuples(MARKS, LINE).map("".join), st.just("---"), st.just("| a | b |\n|---|:-:|\n| 1 | 2 |\n")
    ),
    max_size=14,
)


class Outline(HTMLParser):
    """Gathers elements and their text, all space between words alike, without what names headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(name, value) for name, value in attrs if name in ("href", "src", "align", "start")]
        self.parts.append(f"<{tag} {kept}>")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if text := "".join(data.split()):
            self.parts.append(text)

    @property
    def whole(self) -> str:
        """All of it; the space beside tags is no matter, and neither is where one piece of text ends."""
        return re.sub(r"</(img|br|hr|input)>", "", "".join(self.parts))


@given(LINES)
def test_any_text_has_the_structure_that_github_gives_it(session: Session, lines: list[str]) -> None:
    text = paragraphs.prepare("\n".join(lines) + "\n").text
    if any(half_markup.find(text)):
        return
    theirs = cmarkgfm.markdown_to_html_with_extensions(text, options=Options.CMARK_OPT_UNSAFE, extensions=["table"])
    assert Outline(body_of(session, text).html).whole == Outline(theirs).whole


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("甲\n\n<script>alert(1)</script>", 7, 1, "<script>"),
        ("甲 <img src=x onerror=alert(1)>", 5, 14, "onerror"),
        ("<p\nonclick=x>", 6, 1, "onclick"),
        ("> <div>\n> <iframe src=x></iframe></div>", 6, 3, "<iframe>"),
        ("<style>p{}</style>", 5, 1, "<style>"),
        ('<p style="color:red">甲</p>', 5, 4, "style"),
        ("<svg><title><img src=x onerror=1></title></svg>", 5, 24, "onerror"),
        ('<svg><meta http-equiv="refresh" content="0;url=//e"></svg>', 5, 6, "<meta>"),
        ("<svg><title><i>甲</i></title></svg>", 5, 13, "<i>"),
        ('<svg><use href="https://e.example/#a"/></svg>', 5, 11, "href"),
        ('<svg><path fill="url(//e.example/a)" d="M0"/></svg>', 5, 12, "fill"),
        ('<svg><path fill="&#117;rl(//e.example/a)" d="M0"/></svg>', 5, 12, "fill"),
        ("<form action=x><input></form>", 5, 1, "<form>"),
        ("<math><mi>x</mi></math>", 5, 1, "<math>"),
        ("<p title='a>甲", 5, 1, "“<”"),
        ("<?php echo 1 ?>", 5, 1, "“<”"),
        ("<!DOCTYPE html>", 5, 1, "“<”"),
        ("<tr><td>甲</td></tr>", 5, 1, "<tr>"),
        ("<base href=x>", 5, 1, "<base>"),
        ("<x-a>甲</x-a>", 5, 1, "<x-a>"),
        ('<p data-a="1">', 5, 4, "data-a"),
        ("甲\u200b乙", 5, 2, "U+200B"),
        ("甲\n- \u202e乙", 6, 3, "U+202E"),
        ("甲 <!-- 乙", 5, 3, "-->"),
        ("甲\n<!-- 乙\n丙", 6, 1, "-->"),
    ],
)  # fmt: skip
def test_what_a_page_may_not_hold_is_told_where_it_stands(
    text: str, line: int, column: int, word: str, session: Session
) -> None:
    first = problems_of(session, text)[0]
    assert (first.line, first.column) == (line, column), first
    assert word in first.message


ALLOWED = [
    '<figure class="a"><img src="a.png" alt="甲" width="3"><figcaption>乙</figcaption></figure>',
    '<details open><summary>甲</summary>\n\n- 乙\n\n</details>',
    '<video src="a.mp4" controls poster="a.png"></video>',
    '<table>\n<tr><th scope="col">甲</th></tr>\n<tr><td colspan="2">乙</td></tr>\n</table>',
    'H<sub>2</sub>O，<kbd>Ctrl</kbd>，<ruby>甲<rt>jiǎ</rt></ruby>，<abbr title="a>b">乙</abbr>',
    '<svg role="img" aria-label="甲" viewBox="0 0 9 9"><defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
    '<rect fill="url(#a)" width="9" height="9"/><use href="#a"/></svg>',
    '<img src="data:image/png;base64,AAAA" alt="">',
]  # fmt: skip


def test_what_pages_need_passes(session: Session) -> None:
    def passes(text: str) -> None:
        html = body_of(session, text).html
        before, after = elements.count_tags(text), elements.count_tags(html)
        assert all(after.get(name, 0) >= count for name, count in before.items()), html

    assert failures(passes, ALLOWED) == []


def test_keys_reach_what_scrolls(session: Session) -> None:
    html = body_of(
        session, "|甲|乙|\n|-|-|\n|1|2|\n\n```\n丙\n```\n\n<table class='x'><tr><td>丁</td></tr></table>\n"
    ).html
    assert re.findall(r"<(?:table|pre)[^>]*>", html) == [
        '<table tabindex="0">',
        '<pre tabindex="0">',
        '<table tabindex="0" class="x">',
    ]


PIECES = ["<", ">", "script", "img", "svg", "title", "style", "p", "a", "math", "/", "!--", "-->", "![CDATA[", "]]>", " src=x", " onerror=1",
          ' href="javascript:1"', "\"", "'", "=", "&lt;", "\n", "\n\n", "> ", "- ", "`", "甲", " ", "[x](", ")", "noscript", "template", "select",
          "table", "tr", "desc", "foreignObject", "{{", "}}", "\x00"]  # fmt: skip


class Harmless(HTMLParser):
    """Refuses what runs, wherever a reader of tags might see it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "iframe", "meta", "base", "math", "template", "foreignobject", "noscript"}
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        assert not [value for name, value in attrs if name in ("href", "src") and (value or "").startswith("java")]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_typed_nothing_runs(session: Session, text: str) -> None:
    try:
        html = body_of(session, text, uses_macros=False).html
    except ProblemsFound:
        html = elements.clean(page_markup.to_html(text))
    Harmless().feed(html)
    assert elements.clean(html) == html or "data:" in html


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_the_list_refuses_is_what_cleaning_takes_out(text: str) -> None:
    if not list(elements.faults(text)):
        left, names = elements.count_tags(elements.clean(text)), elements.count_tags(text)
        assert not {"script", "style", "iframe", "meta"} & (left.keys() | names.keys())


LONG = {
    "angles": "<" * 20_000, "anchors": "<a " * 20_000, "comments": "<!--" * 20_000, "brackets": "[" * 20_000, "quotes": '<p a="' * 10_000,
    "headings": "# 甲\n" * 10_000, "links": "[甲](b)" * 10_000, "lists": "[a](b){: .c}" * 5_000, "spaces": " " * 50_000, "stars": "*a " * 20_000,
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 5_000, "pictures": "![" * 20_000, "ticks": "`" * 20_000 + "a", "quotations": "> " * 5_000,
}  # fmt: skip


def test_length_costs_no_more_than_its_share(session: Session) -> None:
    def is_linear(name: str) -> None:
        text = LONG[name]

        def work(part: str) -> None:
            with suppress(ProblemsFound):
                body_of(session, part, uses_macros=False)

        assert steps(lambda: work(text)) < 3 * steps(lambda: work(text[: len(text) // 2])) + 5_000

    assert failures(is_linear, LONG) == []


@pytest.mark.parametrize(
    "expression",
    [
        "9**(9**9)",
        "'甲' * 9999999999",
        "[1] * 99999",
        "'%9999999d' % 1",
        "9 // 2",
        "(1,) * 9 * 9",
        "9" * 2000,
        "(" * 900 + "1",
    ],
)
def test_an_expression_never_grows(expression: str, session: Session) -> None:
    assert [problem.line for problem in problems_of(session, f"{{{{ {expression} }}}}")] == [5]


def test_numbers_may_be_reckoned_with(session: Session) -> None:
    assert body_of(session, '{{ count("bases") + 2 * 3 - 1 }}').html == "<p>6</p>\n"


def test_macros_have_a_bound(session: Session) -> None:
    macro = '{{ count("bases") }} '
    assert body_of(session, macro * MOST_MACROS).html.count("1") == MOST_MACROS
    found = problems_of(session, macro * (MOST_MACROS + 3))
    assert [(problem.rule, problem.column) for problem in found] == [("too-many-macros", len(macro) * MOST_MACROS + 1)]


def test_comments_and_tags_are_in_no_index(session: Session) -> None:
    text = body_of(
        session, '<span class="a">甲</span><!-- 待办 -->乙{# 丙 #}\n\n<svg><text>丁</text></svg>\n\n- 戊'
    ).text
    assert text == "甲乙 戊"


def test_the_repository_is_as_its_editors_see_it(repository: Session, tmp_path: Path) -> None:
    for uri, body in repository.written.bodies.items():
        page = body.page
        bare = re.sub(r"\{\{.*?\}\}", "宏", page.body)
        theirs = cmarkgfm.markdown_to_html_with_extensions(bare, options=Options.CMARK_OPT_UNSAFE, extensions=["table"])
        ours = body_of(repository, bare).html
        assert [len(re.findall(f"<{tag}[ >]", ours)) for tag in ("p", "li", "h2", "h3", "table", "blockquote")] == [
            len(re.findall(f"<{tag}[ >]", theirs)) for tag in ("p", "li", "h2", "h3", "table", "blockquote")
        ], uri


def test_what_an_editor_wrote_does_not_decide_what_may_run(session: Session) -> None:
    planned = session.handwritten.pages[0].planned
    script = Markup("<script>alert(1)</script>")
    policy = re.compile(r'Content-Security-Policy" content="([^"]*)"')
    found = [policy.findall(session.layout.around(planned, script, trusted)) for trusted in (Markup(), script, None)]
    assert found[0] == policy.findall(session.layout.around(planned, Markup()))
    assert found[1] == found[2] != found[0]

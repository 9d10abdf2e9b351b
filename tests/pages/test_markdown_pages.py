"""``index.md`` beside each page: clean Markdown that tells what holds and until when, for programs that read."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from macros.pages.portable.plain_markdown import plain_markdown
from macros.site.page_files import page_jobs, written_markdown
from macros.site.session import Session
from macros.text.markdown import to_html
from tests.support import DISTRICT, open_session
from tests.support.attacks import ATTACKS
from tests.support.looping import failures
from tests.support.projects import lay_project, policy

CASES = {
    "<h2>来源</h2><p>一 <strong>二</strong>\n三</p>": "## 来源\n\n一 **二** 三\n",
    "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>": "- 甲\n  - 乙\n- 丙\n",
    "<ol><li><p>甲</p><p>乙</p></li><li>丙</li></ol>": "1. 甲\n\n   乙\n\n2. 丙\n",
    '<dl><div class="fact"><dt>票价</dt><dd>免费</dd></div></dl>': "- 票价：免费\n",
    "<table><tr><th>日</th><th>时</th></tr><tr><td>周一</td><td>9:00|10:00</td></tr></table>": "| 日 | 时 |\n| --- | --- |\n| 周一 | 9:00\\|10:00 |\n",
    '<p><a href="../x/">甲</a><svg><path d="M0 0"/></svg><span class="visually-hidden">（外部）</span></p>': "[甲](https://example.org/x/)\n",
    '<div hidden><p>以后</p></div><p>1. 不是列表</p><p># 不是标题</p><img src="a.png" alt="一[图]">': "1\\. 不是列表\n\n\\# 不是标题\n\n![一\\[图\\]](https://example.org/a.png)\n",
    "<pre><code>a `b`\n  c &lt;</code></pre><p><code>d*e</code></p>": "```\na `b`\n  c <\n```\n\n`d*e`\n",
    "<blockquote><p>引</p></blockquote><form><p>表</p></form><p>完</p>": "> 引\n\n完\n",
}


def absolute(address: str) -> str:
    return f"https://example.org/{address.removeprefix('../')}"


@pytest.fixture(scope="module")
def reading() -> Session:
    """The district with Markdown."""
    district = open_session(DISTRICT)
    return replace(district, site=replace(district.site, markdown=True))


def test_an_article_becomes_markdown_in_which_nothing_comes_alive() -> None:
    def becomes(case: tuple[str, str]) -> None:
        assert plain_markdown(case[0], absolute) == case[1]

    def stays_text(attack: str) -> None:
        read = to_html(plain_markdown(f"<p>甲{html.escape(attack)}</p>", absolute))
        assert html.unescape(read) == f"<p>甲{' '.join(attack.split())}</p>\n"

    assert failures(becomes, CASES.items()) == []
    assert failures(stays_text, [*ATTACKS.values(), "1) 2. - + # * _a_ `b` [c](d) ![e](f) <g>"]) == []


def test_each_page_has_its_markdown_only_where_the_site_wants_it(reading: Session, district: Session) -> None:
    pages = {page.template: page for page in [*reading.planned.values(), reading.planned["bases/star-hall/"]]}
    files = {
        path: content
        for job in page_jobs(reading.twins, reading.renderer, [*pages.values()])
        for path, content in job()
    }
    linked = {path for path, content in files.items() if path.endswith(".html") and b'type="text/markdown"' in content}
    beside = {f"{path.removesuffix('.md')}.html" for path in files if path.endswith("index.md")}
    assert (
        linked
        == beside
        == {f"{page.address}index.html" for page in pages.values() if page.indexed and not page.leads_to}
    )
    assert {path for path, _ in written_markdown(reading.written)} >= {"index.md", "about/index.md"}
    assert files["bases/star-hall/index.md"] == reading.file_at("bases/star-hall/index.md")
    assert "llms.txt" in reading.beside
    assert "llms.txt" not in district.beside
    assert b"text/markdown" not in district.layout.page(district.planned["bases/"])


def test_it_says_what_is_valid_and_until_when(reading: Session) -> None:
    def facts_of(address: str) -> dict[str, object]:
        content = reading.file_at(f"{address}index.md")
        assert content is not None
        facts = yaml.safe_load(content.decode().split("---\n")[1])
        assert isinstance(facts, dict)
        return facts

    hall, policy = facts_of("bases/star-hall/"), facts_of("policies/science-measures-2024/")
    assert hall["reviewed_on"] == "2026-06-01"
    assert hall["is_current"] is True
    assert hall["sources"][1] == {
        "title": "示例星空馆网站",
        "publisher": "示例天文学会",
        "url": "https://example.org/stars",
        "mark": "官方",
    }  # type: ignore[index]
    assert (policy["status"], policy["is_current"], policy["valid_until"]) == (
        ["有效期已过，待核对"],
        False,
        "2026-01-31",
    )
    assert facts_of("bases/small-pond/")["sources"][0]["url"] is None  # type: ignore[index]
    text = reading.beside["llms.txt"].decode()
    assert "science-measures-2024/index.md)：说明谁可以申请科普活动补助。（有效期已过，待核对、至 2026-01-31）" in text
    assert "<script" not in text.replace("\\<", "")


def test_a_policy_that_nobody_verified_is_not_told_to_hold(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "data" / "policies").mkdir(exist_ok=True)
    (project / "data" / "policies" / "measures.yml").write_text(policy(), "utf-8")
    session = open_session(project)
    content = replace(session, site=replace(session.site, markdown=True)).file_at("policies/measures/index.md")
    assert content is not None
    assert b"is_current" not in content
    assert "有效性待核对" in content.decode()

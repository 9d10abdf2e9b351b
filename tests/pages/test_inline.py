"""Macros in pages by hand: what they give, where it goes, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest

from macros.pages.handwritten import HandwrittenPage, address_of
from macros.pages.inline import Expansion, expand
from macros.pages.page_macros import MACROS, PageMacros
from macros.pages.plan import PlannedPage
from macros.records.problems import ProblemsFound
from macros.site.session import Session
from tests.support import open_session
from tests.support.projects import base, lay_project, target

EXTRA = """\
address: '东镇 <一号>'
aliases: [甲, 乙]
draft: 否
body: '**粗**和[湿地](id:wetland)'
reviewed_on: 2026-05-03
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    project = lay_project(tmp_path_factory.mktemp("project"))
    (project / "data/bases/pond.yml").write_text(base(EXTRA), "utf-8")
    (project / "data/bases/secret.yml").write_text(base("draft: 是\n"), "utf-8")
    (project / "data/targets/aim.yml").write_text(target(), "utf-8")
    return open_session(project)


def expanded(session: Session, body: str, uses_macros: bool = True) -> Expansion:
    page = HandwrittenPage("notes.md", PlannedPage("notes/", "", "说明", "说明"), body, 5, uses_macros)
    return expand(page, PageMacros(session.library, session.renderer))


def filled(session: Session, body: str) -> str:
    expansion = expanded(session, body)
    return expansion.fill(markdown.markdown(expansion.markdown, extensions=["attr_list", "tables", "toc"]))


def told(session: Session, body: str) -> list[tuple[str, int, int]]:
    with pytest.raises(ProblemsFound) as found:
        filled(session, body)
    return [(problem.rule, problem.line, problem.column) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ('{{ count("bases") }} 处', "<p>2 处</p>"),
        ('{{ count("bases", town="东镇") }} 处', "<p>1 处</p>"),
        ('{{count("bases",town="west")}} 处', "<p>0 处</p>"),
        ('看{{ link("pond") }}。', '<p>看<a href="../bases/pond/">池塘</a>。</p>'),
        ('{{ link("pond") }}', '<p><a href="../bases/pond/">池塘</a></p>'),
        ('{{ record("pond").address }}', "<p>东镇 &lt;一号&gt;</p>"),
        ('{{ record("pond").aliases }}', "<p>甲、乙</p>"),
        ('{{ record("pond").draft }}', "<p>否</p>"),
        ('{{ record("pond").host_unit }}', "<p>未公布</p>"),
        ('{{ record("pond").images }}', "<p>未公布</p>"),
        ('{{ record("pond").body }}', "<p>粗和湿地</p>"),
        ('{{ record("pond").reviewed_on }}', "<p>2026 年 5 月 3 日</p>"),
        ('{{ record("wetland").town }}', "<p>东镇</p>"),
        ('{{ "}}" }}', "<p>}}</p>"),
        ("## 标题 {#anchor}", '<h2 id="anchor">标题</h2>'),
        ("{ {甲} }", "<p>{ {甲} }</p>"),
        ('（甲）[乙](a.md) {{ count("bases") }} <b>丙</b>', '<p>（甲）<a href="a.md">乙</a> 2 <b>丙</b></p>'),
        ('1 < 2 {{ count("bases") }}', "<p>1 &lt; 2 2</p>"),
    ],
)  # fmt: skip
def test_what_macros_give(body: str, html: str, session: Session) -> None:
    assert filled(session, body) == html


def test_lists_stand_as_blocks_of_their_own(session: Session) -> None:
    html = filled(session, '前。\n\n{{ cards("bases", limit=1) }}\n{{ table("targets") }}\n\n后。')
    assert "<p><ul" not in html.replace("\n", "")
    assert html.startswith("<p>前。</p>\n<ul")
    assert html.endswith(">\n<p>后。</p>")
    assert not html.endswith("</p>\n<p>后。</p>")


def test_sorting_and_limits(session: Session) -> None:
    html = filled(session, '{{ cards("bases", sort="newest", limit=1) }}')
    assert "池塘" in html
    assert "湿地" not in html


def test_a_page_may_opt_out(session: Session) -> None:
    assert expanded(session, "{{ 7*7 }} {% raw %}", uses_macros=False).markdown == "{{ 7*7 }} {% raw %}"
    assert expanded(session, "{{ 7*7 }}", uses_macros=False).fill("<p>{{ 7*7 }}</p>") == "<p>{{ 7*7 }}</p>"


def test_an_author_can_write_no_token(session: Session) -> None:
    expansion = expanded(session, '{{ link("pond") }}')
    (token,) = expansion.outputs
    other = expanded(session, f'{token} {{{{ link("pond") }}}}')
    assert token not in other.outputs


@pytest.mark.parametrize(
    ("body", "rule", "line", "column"),
    [
        ("甲\n\n乙{{ nothing }}", "unknown-macro", 7, 2),
        ("{{ lipsum() }}", "unknown-macro", 5, 1),
        ('{{ record("pond").nothing }}', "unknown-macro", 5, 1),
        ('{{ link("nothing") }}', "dangling-reference", 5, 1),
        ('{{ link("secret") }}', "dangling-reference", 5, 1),
        ('{{ progress("pond") }}', "wrong-kind-of-reference", 5, 1),
        ('{{ cards("nothing") }}', "unknown-kind", 5, 1),
        ('{{ cards("bases", colour="red") }}', "unknown-filter", 5, 1),
        ('{{ cards("bases", town="north") }}', "unknown-term", 5, 1),
        ('{{ cards("bases", limit="3") }}', "wrong-argument", 5, 1),
        ('{{ cards("bases", sort="age") }}', "wrong-argument", 5, 1),
        ('{{ cards(["bases"]) }}', "wrong-argument", 5, 1),
        ("{{ link() }}", "wrong-argument", 5, 1),
        ('{{ link("pond", "湿地") }}', "wrong-argument", 5, 1),
        ("{{ link(none) }}", "wrong-argument", 5, 1),
        ('{{ record("pond") }}', "wrong-argument", 5, 1),
        ('{{ record("pond").bind }}', "wrong-argument", 5, 1),
        ("{{ link }}", "macro-syntax", 5, 1),
        ('{{ link("pond" }}', "macro-syntax", 5, 1),
        ("{{ }}", "macro-syntax", 5, 1),
        ('{{ link("pond") | safe }}', "macro-syntax", 5, 1),
        ("{{ 1 / 0 }}", "macro-failed", 5, 1),
        ("{{ cards.__class__ }}", "macro-failed", 5, 1),
        ('{{ record("pond").bind("lake", none) }}', "macro-failed", 5, 1),
        ('{{ link("pond").unescape() }}', "macro-failed", 5, 1),
        ('{{ link("pond) }}', "unclosed-macro", 5, 1),
        ("甲 {{ 乙", "unclosed-macro", 5, 3),
        ("{% for a in b %}", "statement", 5, 1),
        ("{# 说明", "statement", 5, 1),
        ('[甲]({{ link("pond") }})', "macro-in-attribute", 5, 5),
        ('甲\n\n![{{ record("pond").name }}](a.jpg)', "macro-in-attribute", 7, 3),
        ('<p title="{{ record("pond").name }}">', "macro-in-attribute", 5, 11),
        ('<script>var a = "{{ record("pond").name }}";</script>', "macro-in-attribute", 5, 18),
        ('## 共 {{ count("bases") }} 处', "macro-in-attribute", 5, 6),
        ('甲\n\n共 {{ count("bases") }} 处\n===', "macro-in-attribute", 7, 3),
        ('[甲]: ../{{ record("pond").id }}', "macro-in-attribute", 5, 9),
    ],
)  # fmt: skip
def test_what_macros_refuse(body: str, rule: str, line: int, column: int, session: Session) -> None:
    assert told(session, body) == [(rule, line, column)]


def test_every_fault_of_a_page_is_told_in_chinese(session: Session) -> None:
    with pytest.raises(ProblemsFound) as found:
        expanded(session, "{{ 1 / 0 }}\n{{ link() }}\n{{ cards.__class__ }}\n{{ nothing }}\n{% if %}\n")
    assert [problem.line for problem in found.value.problems] == [5, 6, 7, 8, 9]
    for problem in found.value.problems:
        assert not {"division", "argument", "attribute", "unsafe", "undefined"} & set(problem.message.split())


# What the messages name for an example, and what the invented district has of that sort.
OWN = {"luyuan": "star-hall", "duruan": "hill", "gaoqi-2022": "visitors-2025", "kechuang-beizeng": "example"}


@pytest.mark.parametrize("usage", MACROS.values(), ids=MACROS)
def test_macros_are_written_as_messages_say(usage: str, district: Session) -> None:
    for example, own in OWN.items():
        usage = usage.replace(f'"{example}"', f'"{own}"')
    assert expanded(district, f"{{{{ {usage} }}}}").outputs


@pytest.mark.parametrize(
    ("uri", "address"), [("index.md", ""), ("about.md", "about/"), ("a/index.md", "a/"), ("a/b.md", "a/b/")]
)
def test_pages_by_hand_have_the_addresses_that_mkdocs_gives(uri: str, address: str) -> None:
    assert address_of(uri) == address


def test_pages_by_hand_are_read_with_their_true_lines(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "content/notes.md").write_text("---\ntitle: 甲\ndescription: 乙\nmacros: 否\n---\n{{ 甲 }}\n", "utf-8")
    page = next(page for page in open_session(project).handwritten.pages if page.uri == "notes.md")
    assert (page.body, page.body_line, page.uses_macros) == ("{{ 甲 }}\n", 6, False)
    assert (page.path, page.planned.title, page.planned.address) == ("content/notes.md", "甲", "notes/")

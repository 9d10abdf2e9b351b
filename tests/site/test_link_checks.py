"""What a build would refuse in pages by hand and in prose is told by the check, where its editor wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from macros.publishing.crawl.crawl import verify
from macros.records.problems import Problem
from macros.site.link_checks import REQUIRED
from macros.site.plugin import render_site
from macros.site.session import Session
from tests.support import ROOT, open_session
from tests.support.projects import base, kepu, lay_project

ARTICLE = "---\ntitle: 说明\nsummary: 一篇。\nsources:\n  - ref: plan\n---\n{}\n"
PAGE = "---\ntitle: 说明\ndescription: 一页。\n---\n{}\n"
FIRST = 7
NEWS = "content/articles/news.md"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"


def laid(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    project = lay_project(folder)
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return project


def problems_of(folder: Path, files: Mapping[str, str | bytes]) -> list[Problem]:
    return open_session(laid(folder, files)).problems()


# What stands in an article, and the rule that it breaks, with its column; empty for what is right.
LINKS = {
    "[名](id:wetland)": ("", 0),
    "[名](ID:wetland)": ("", 0),
    "<a href='id:wetland'>名</a>": ("", 0),
    "[名][湿]\n\n[湿]: id:wetland": ("", 0),
    "[名](../about.md)": ("", 0),
    "[名](../about.md#corrections)": ("", 0),
    "[名](../bases/index.md)": ("", 0),
    "[名](../bases/wetland/index.md)": ("", 0),
    "[名](../../bases/wetland/)": ("", 0),
    "[名](rain.md)": ("", 0),
    "[名](#第-一)\n\n## 第 一": ("", 0),
    "[名](#x)\n\n<p id=x>甲</p>": ("", 0),
    "[名](https://example.org/a)": ("", 0),
    "[名](mailto:a@example.org)": ("", 0),
    "[名](tel:07501234567)": ("", 0),
    "![图](dot.png)": ("", 0),
    "![图](<点 一.png>)": ("", 0),
    "<img src='dot.png' alt=''>": ("", 0),
    "[数据](../data/index.md)": ("", 0),
    "[名](id:nothing)": ("dangling-reference", 5),
    "甲<a href='id:nothing'>名</a>": ("dangling-reference", 5),
    "[名](id:secret)": ("reference-to-draft", 5),
    "[x](../nope.md)": ("dead-link", 5),
    "甲\n\n- [x](../nope.md)": ("dead-link", 7),
    "[x](rain)": ("dead-link", 5),
    "[x](../../bases/wetland)": ("dead-link", 5),
    "[x](../About.md)": ("dead-link", 5),
    "[x](nope.pdf)": ("dead-link", 5),
    "[x]()": ("dead-link", 5),
    "[看](#没有)": ("dead-anchor", 5),
    "[看](../about.md#没有)": ("dead-anchor", 5),
    "[看](../bases/wetland/index.md#nope)": ("dead-anchor", 5),
    "![图](a.png)": ("missing-asset", 6),
    "![图](Dot.png)": ("missing-asset", 6),
    "![图](https://example.org/a.png)": ("foreign-request", 6),
    "![图](//example.org/a.png)": ("foreign-request", 6),
    "<img src='https://example.org/a.png'>": ("foreign-request", 6),
    "<video src='https://example.org/a.mp4'></video>": ("foreign-request", 8),
    "[x](../../../x/)": ("outside-site", 5),
    "[x](javascript:alert)": ("forbidden-scheme", 5),
    "[x](weixin:a)": ("forbidden-scheme", 5),
    "[x](data:text/html,a)": ("forbidden-scheme", 5),
    "# 一": ("headings", 1),
    "<h1>一</h1>": ("headings", 1),
    "<i id=a>一</i><i id=a>二</i>": ("duplicate-id", 17),
    "## 甲 {#content}": ("duplicate-id", 1),
}
BESIDE: dict[str, str | bytes] = {
    "content/articles/dot.png": PICTURE,
    "content/articles/点 一.png": PICTURE,
    "data/bases/secret.yml": base("draft: 是\n", name="秘密"),
}


def name_of(number: int) -> str:
    return f"note{chr(97 + number // 26)}{chr(97 + number % 26)}"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = {f"content/articles/{name_of(number)}.md": ARTICLE.format(text) for number, text in enumerate(LINKS)}
    return laid(tmp_path_factory.mktemp("many"), {**articles, **BESIDE})


def test_each_link_is_told_at_its_place(many: Path) -> None:
    found = {problem.path: problem for problem in open_session(many).problems() if problem.path.endswith(".md")}
    said = {}
    for number, text in enumerate(LINKS):
        problem = found.get(f"content/articles/{name_of(number)}.md")
        said[text] = (problem.rule, problem.column) if problem else ("", 0)
        if problem:
            assert problem.line == FIRST + text.partition("(../nope")[0].count("\n")
            assert "index.html" not in problem.message
    assert said == LINKS


def test_the_check_finds_what_the_crawl_finds(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session(many)
    told = {problem.path.rpartition("/")[2].removesuffix(".md") for problem in session.problems()}
    monkeypatch.setattr(Session, "problems", lambda self: [])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795492800")
    render_site(many, tmp_path / "site")
    crawled = {problem.path.split("/")[1] for problem in verify(tmp_path / "site", None) if "/" in problem.path}
    headings = {name_of(number) for number, text in enumerate(LINKS) if LINKS[text][0] == "headings"}
    # What can't be published is taken out of the page before it is crawled: addresses that run, and foreign schemes.
    taken_out = {name_of(number) for number, text in enumerate(LINKS) if LINKS[text][0] == "forbidden-scheme"}
    drafts = {name_of(number) for number, text in enumerate(LINKS) if "id:" in text or text == "[x]()"}
    assert crawled - headings - taken_out - drafts == told - headings - taken_out - drafts - {"dot.png", "点 一.png"}


def test_near_names_are_told(tmp_path: Path) -> None:
    text = "[甲](id:wetlnd)\n[乙](../abuot.md)\n![丙](dott.png)\n[丁](../about.md#correction)"
    found = problems_of(tmp_path, {NEWS: ARTICLE.format(text), **BESIDE})
    hints = [problem.message for problem in found if problem.path == NEWS]
    for hint, name in zip(hints, ("wetland", "../about.md", "dot.png", "#corrections"), strict=True):
        assert f"相近的有：{name}" in hint


def test_addresses_in_prose_of_records_are_told_too(tmp_path: Path) -> None:
    record = base(
        "body: |\n  看[这里](../nope/)和[那里](../wetland/#nope)，\n  再看[湿地](../wetland/)、[上面](#content)。\n"
    )
    found = problems_of(tmp_path, {"data/bases/pond.yml": record})
    assert [(one.path, one.line, one.column, one.rule) for one in found] == [
        ("data/bases/pond.yml", 5, 9, "dead-link"),
        ("data/bases/pond.yml", 5, 24, "dead-anchor"),
    ]


def test_links_to_what_is_wrong_itself_are_not_told_again(tmp_path: Path) -> None:
    text = "[甲](id:pond)\n[乙](../notes.md)\n[丙](../../bases/pond/)\n[丁](other.md)"
    files = {NEWS: ARTICLE.format(text), "data/bases/pond.yml": "name:甲\n", "content/notes.md": "甲\n"}
    found = problems_of(tmp_path, {**files, "content/articles/other.md": "乙\n"})
    assert {problem.path for problem in found} == {
        "data/bases/pond.yml",
        "content/notes.md",
        "content/articles/other.md",
    }


@pytest.mark.parametrize("file", [file for file, _ in REQUIRED.values()])
def test_pages_that_all_pages_link_to_are_missed(file: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "content" / file).unlink()
    found = open_session(project).problems()
    assert [(one.path, one.rule) for one in found] == [(f"content/{file}", "missing-page")]


def test_the_place_for_corrections_is_missed(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"content/about.md": PAGE.format("甲")})
    assert [(one.path, one.line, one.rule) for one in found] == [("content/about.md", 5, "dead-anchor")]
    assert "{#corrections}" in found[0].message


def test_templates_link_to_no_other_page_by_hand() -> None:
    """Whoever makes a template name a page by hand has to name it in `REQUIRED`."""
    named = {
        part.split('"')[0].partition("#")[0]
        for path in (ROOT / "overrides").rglob("*.html")
        for part in path.read_text("utf-8").split('url("')[1:]
    }
    assert {address for address in named if address.endswith("/") and address.count("/") == 1} - REQUIRED.keys() <= {
        "az/", "passport/", "quiz/", "search/", "updates/", "data/", "site-map/", "files/", "applications/", "policies/",
        "school-visits/", "activities/", "agenda/", "districts/", "embed/", "booklet/",
    }  # fmt: skip


def test_a_page_that_nothing_leads_to_is_told_when_all_else_is_right(tmp_path: Path) -> None:
    files = {"content/notes.md": PAGE.format("[甲](more.md)"), "content/more.md": PAGE.format("乙")}
    found = problems_of(tmp_path, files)
    assert [(one.path, one.rule) for one in found] == [
        ("content/more.md", "unreachable-page"),
        ("content/notes.md", "unreachable-page"),
    ]
    found = problems_of(tmp_path / "linked", {**files, NEWS: ARTICLE.format("[甲](../notes.md)")})
    assert found == []


def test_a_page_without_a_heading_gets_its_title_and_two_are_told(tmp_path: Path) -> None:
    files = {"content/notes.md": PAGE.format("甲"), NEWS: ARTICLE.format("[甲](../notes.md)")}
    session = open_session(laid(tmp_path, files))
    assert session.problems() == []
    assert (session.written.whole("notes.md") or "").count("<h1>说明</h1>") == 1
    found = problems_of(tmp_path / "two", {**files, "content/notes.md": PAGE.format("# 甲\n\n# 乙")})
    assert [(one.path, one.line, one.rule) for one in found] == [("content/notes.md", 7, "headings")]


@pytest.mark.parametrize(
    ("files", "path", "rule"),
    [
        ({"content/templates/x.md": PAGE.format("甲")}, "content/templates/x.md", "reserved-id"),
        ({"content/templates/x.png": PICTURE}, "content/templates/x.png", "reserved-id"),
        ({"content/robots.txt/x.md": PAGE.format("甲")}, "content/robots.txt/x.md", "address-taken"),
        ({NEWS.replace("news", "x"): ARTICLE.format("![甲](dot.png)"), "content/about.md": "former_addresses: [articles/dot.png/old]"}, "content/about.md", "former-address-taken"),
        ({"content/about.md": "former_addresses: [assets/images/favicon.svg/old]"}, "content/about.md", "former-address-taken"),
        ({"content/about.md": f"former_addresses: [{'旧' * 86}]"}, "content/about.md", "former-address-form"),
        ({"content/about.md": f"former_addresses: [a/{'b' * 256}]"}, "content/about.md", "former-address-form"),
        ({"content/notes/Plan.md": PAGE.format("甲"), "content/notes/plan.md": PAGE.format("乙")}, "content/notes/plan.md", "wrong-file-name"),
        ({"data/bases/pond.yml": base(f"former_ids: [{'b' * 256}]\n")}, "data/bases/pond.yml", "former-id-taken"),
    ],
)  # fmt: skip
def test_addresses_that_nothing_can_have_are_told(
    files: dict[str, str | bytes], path: str, rule: str, tmp_path: Path
) -> None:
    about = str(files.get("content/about.md", ""))
    if about:
        files["content/about.md"] = f"---\ntitle: 关于\ndescription: 一页。\n{about}\n---\n\n## 甲 {{#corrections}}\n"
    found = problems_of(tmp_path, {**BESIDE, **files})
    assert [(one.path, one.rule) for one in found if one.level.value == "错误"] == [(path, rule)]


def test_the_longest_addresses_can_be_had(tmp_path: Path) -> None:
    front = f"former_addresses: [{'旧' * 85}, a/{'b' * 255}]"
    about = f"---\ntitle: 关于\ndescription: 一页。\n{front}\n---\n\n## 甲 {{#corrections}}\n"
    done = kepu(laid(tmp_path, {"content/about.md": about}), "build", str(tmp_path / "site"))
    assert done.exit_code == 0, done.output


def test_what_an_editor_typed_is_in_no_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = lay_project(tmp_path)
    monkeypatch.setattr(
        "macros.site.written_pages.WrittenPages.whole", lambda self, uri: "<script>alert(1)</script></html>"
    )
    monkeypatch.setattr(Session, "problems", lambda self: [])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795492800")
    render_site(project, tmp_path / "site")
    assert "<script>alert(1)" in (tmp_path / "site/index.html").read_text("utf-8")
    policy = (tmp_path / "site/_headers").read_text("utf-8")
    assert "bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=" not in policy

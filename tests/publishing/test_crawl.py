"""The crawl finds what readers would trip over, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from macros.publishing.crawl import crawl
from macros.publishing.crawl.crawl import verify
from macros.publishing.crawl.shares import one_by_one
from macros.publishing.crawl.site_files import read_document
from macros.records.problems import Problem
from tests.support.looping import failures
from tests.support.steps import steps

BASE = "https://kepu.example.cn/kepu/"


def site(folder: Path, files: dict[str, str]) -> Path:
    """Write a site; ``index.html`` gets a start page with the given body."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path, body: str, base_url: str | None = BASE, **others: str) -> list[Problem]:
    """Return the problems of a site whose start page has a body, beside a page, a picture and a script."""
    files = {
        "index.html": f'<title>首页</title><a href="a/">甲</a>{body}',
        "a/index.html": '<h1 id="head">甲</h1><h2 id="开放时间">时间</h2><a name="old"></a>',
        "dot.png": "",
        "style.css": "",
        "code.js": "",
    }
    found = verify(site(folder, files | others), base_url)
    with pytest.MonkeyPatch.context() as patch:
        # What is found does not depend on which files are read together, nor in which order they are done.
        patch.setattr(crawl, "_FILES_IN_SHARE", 1)
        assert found == verify(folder, base_url, lambda work: one_by_one(work[::-1]))
    return found


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="a/#head">',
        '<a href="a/index.html?from=home#old">',
        '<a href="./a/#%E5%BC%80%E6%94%BE%E6%97%B6%E9%97%B4">',
        '<a href="a/#开放时间">',
        "<a href=a/>",
        "<A HREF='a/'>",
        '<a href="">',
        '<a href="?page=2">',
        '<a href="#">',
        '<a href="#top">',
        '<a href="/kepu/a/">',
        '<a href="/kepu/">',
        '<a href="https://kepu.example.cn/kepu/a/#head">',
        '<link rel="canonical" href="https://kepu.example.cn/kepu/">',
        '<link rel="license" href="https://example.com/">',
        '<a href="https://example.com/x" rel="noopener">',
        '<a href="https://kepu.example.cn/portal/">',
        '<a href="//example.com/x">',
        '<a href="mailto:kepu@example.cn">',
        '<a href="tel:0750-1234567">',
        '<img src="dot.png?v=1"><img srcset="dot.png, ./dot.png 2x">',
        '<img srcset="dot.png 1x,dot.png 2x">',
        '<img src="data:image/png;base64,AAAA">',
        '<p style="background: url(dot.png)">',
        "<style>@namespace url(http://www.w3.org/1999/xhtml); p { background: url('dot.png') }</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="s"/><use href="#s"/><path fill="url(#gone)"/></svg>',
        '<!-- <a href="gone/"> --><a href="a/">',
        '<!--><a href="a/"><!-- -- > <img src="gone.png"> --!>',
        "<script>\"<a href='gone/'>\"</script>",
        '<script type="application/ld+json">{"url": "<img src=gone.png>"}</script>',
        '<textarea><img src="gone.png"></textarea>',
        "<style>p::after { content: '<img src=gone.png>' }</style>",
        "<title><img src='gone.png'></title>",
        "<p title='<img src=\"gone.png\">'>",
        '<script type="module">import { x } from "./code.js"; import bare from "somewhere";</script>',
        '<form action="a/"></form>',
        '<blockquote cite="https://example.com/">',
        '<p title=it\'s><a href="a/">',
        '<meta name="description" content="https://example.com/dot.png">',
    ],
)
def test_sound_pages_pass(tmp_path: Path, body: str) -> None:
    assert problems_of(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<a href="gone/">', "dead-link"),
        ('<a href="a">', "dead-link"),
        ('<a href="A/">', "dead-link"),
        ('<a href="a/&#35;gone">', "dead-anchor"),
        ('<a href="a/#gone">', "dead-anchor"),
        ('<a href="#gone">', "dead-anchor"),
        ('<a href="../">', "outside-site"),
        ('<a href="/other/">', "outside-site"),
        ('<a href="a/%2e%2e/%2e%2e/x">', "outside-site"),
        ('<a href="https://kepu.example.cn/kepu/gone/">', "dead-link"),
        ('<link rel="canonical" href="https://kepu.example.cn/kepu/gone/">', "dead-link"),
        ('<meta property="og:image" content="https://kepu.example.cn/kepu/gone.png">', "dead-link"),
        ('<a href="javascript:alert(1)">', "forbidden-scheme"),
        ('<a href="java\nscript:alert(1)">', "forbidden-scheme"),
        ('<a href=" &#106;avascript:alert(1)">', "forbidden-scheme"),
        ('<a href="data:text/html,x">', "forbidden-scheme"),
        ('<a href="id:luyuan">', "forbidden-scheme"),
        ('<a href="ID:luyuan">', "forbidden-scheme"),
        ('<a href="weixin:a">', "forbidden-scheme"),
        ('<link rel="canonical" href="about:blank">', "forbidden-scheme"),
        ('<img src="gone.png">', "missing-asset"),
        ('<img src="">', "missing-asset"),
        ('<img src="Dot.png">', "missing-asset"),
        ('<img srcset="dot.png 1x, gone.png 2x">', "missing-asset"),
        ('<video poster="gone.png">', "missing-asset"),
        ('<link rel="stylesheet" href="gone.css">', "missing-asset"),
        ('<link rel="preload" imagesrcset="gone.png 2x" href="dot.png">', "missing-asset"),
        ('<script src="gone.js"></script>', "missing-asset"),
        ('<object data="gone.svg">', "missing-asset"),
        ('<p style="background: url(gone.png)">', "missing-asset"),
        ('<style>@import "gone.css";</style>', "missing-asset"),
        ('<script type="module">import "./gone.js"</script>', "missing-asset"),
        ('<iframe srcdoc="&lt;img src=gone.png&gt;"></iframe>', "missing-asset"),
        ('<svg><image xlink:href="gone.png"/></svg>', "missing-asset"),
        ('<img src="https://example.com/x.png">', "foreign-request"),
        ('<img src="//example.com/x.png">', "foreign-request"),
        (r'<img src="\\example.com\x.png">', "foreign-request"),
        (r'<img src="http:\\example.com\x.png">', "foreign-request"),
        ('<img src="HTTPS:example.com/x.png">', "foreign-request"),
        ('<img srcset="dot.png, //example.com/x.png 2x">', "foreign-request"),
        ('<link rel="stylesheet" href="https://example.com/x.css">', "foreign-request"),
        ('<link rel="preconnect" href="https://example.com">', "foreign-request"),
        ('<link rel="dns-prefetch" href="//example.com">', "foreign-request"),
        ('<link rel="icon" href="https://example.com/x.ico">', "foreign-request"),
        ('<link rel="prefetch" href="https://example.com/">', "foreign-request"),
        ('<link rel="modulepreload" href="https://example.com/x.js">', "foreign-request"),
        ('<script src="https://example.com/x.js"></script>', "foreign-request"),
        ('<script type="module">import "https://example.com/x.js"</script>', "foreign-request"),
        ('<iframe src="https://example.com/"></iframe>', "foreign-request"),
        ('<form action="https://example.com/"></form>', "foreign-request"),
        ('<button formaction="//example.com/">', "foreign-request"),
        ('<a href="a/" ping="https://example.com/">', "foreign-request"),
        ('<style>p { background: url("https://example.com/x.png") }</style>', "foreign-request"),
        ("<style>p { background: url(\\68ttps://example.com/x.png) }</style>", "foreign-request"),
        ("<style>@import url(//example.com/x.css);</style>", "foreign-request"),
        ('<meta http-equiv="refresh" content="0; url=https://example.com/">', "foreign-request"),
        ('<meta http-equiv="refresh" content="0; url=gone/">', "dead-link"),
        ('<script src="data:text/javascript,alert(1)"></script>', "forbidden-scheme"),
        ('<iframe src="data:text/html,x"></iframe>', "forbidden-scheme"),
        ('<p id="x"></p><p id="x"></p>', "duplicate-id"),
        ('<p title="never closed>', "broken-markup"),
    ],
)
def test_faults_are_found(tmp_path: Path, body: str, rule: str) -> None:
    problems = problems_of(tmp_path, body)
    assert rules(problems) == [rule]
    assert problems[0].path == "index.html"
    assert "；请" in problems[0].message


def test_a_foreign_base_is_found_and_a_relative_one_followed(tmp_path: Path) -> None:
    assert rules(problems_of(tmp_path / "1", '<base href="https://example.com/">')) == ["foreign-request"]
    moved = {"a/index.html": '<base href="../"><img src="dot.png"><a href="a/">'}
    assert problems_of(tmp_path / "2", "", **moved) == []


def test_a_problem_points_at_its_tag_and_says_what_to_do(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '\n<p>一\n<p>二 <a class="x" href="bases/gone/">')
    assert str(problem) == (
        "index.html:3:6: 错误：地址 “bases/gone/” 指向的文件 bases/gone/index.html 不存在；请改正地址，或补上这个文件"
    )


def test_an_address_with_signs_of_its_own_is_shown_as_written(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '<a href="100%s.html">')
    assert "“100%s.html”" in problem.message


def test_a_link_that_leaves_its_script_is_found(tmp_path: Path) -> None:
    twins = {
        "assets/zh-hant.js": "",
        "zh-hant/index.html": '<a href="../">首页</a><a href="a/">甲</a>',
        "zh-hant/a/index.html": '<a href="../../a/">甲</a><a href="../../">首页</a><a href="../../b/">乙</a>',
        "b/index.html": "",
    }
    (problem,) = problems_of(tmp_path, '<a href="zh-hant/">首頁</a>', **twins)
    assert (problem.path, problem.rule) == ("zh-hant/a/index.html", "crossed-scripts")
    assert "“../../”" in problem.message


def test_wrong_case_and_a_missing_slash_name_the_remedy(tmp_path: Path) -> None:
    case, slash = problems_of(tmp_path, '<img src="Dot.PNG"><a href="a">')
    assert "dot.png" in case.message
    assert "末尾补上" in slash.message


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("style.css", "/* url(gone.png) */ p { background: url(dot.png) }", []),
        ("style.css", "p { background: url(gone.png) }", ["missing-asset"]),
        ("style.css", "@font-face { src: url(//example.com/x.woff2) }", ["foreign-request"]),
        ("assets/style.css", "p { background: url(../dot.png) }", []),
        ("code.js", 'import{a}from"./gone.js";export*from"./code.js"', ["missing-asset"]),
        ("code.js", 'import {\n  a,\n  b,\n} from "./gone.js";', ["missing-asset"]),
        ("code.js", 'const a = await import("./gone.js")', ["missing-asset"]),
        ("code.js", '// import "./gone.js"\nconst b = "import"', []),
        ("site.webmanifest", '{"icons": [{"src": "gone.png"}], "start_url": "./"}', ["missing-asset"]),
        ("site.webmanifest", '{"icons": [{"src": "dot.png"}], "start_url": "gone/"}', ["dead-link"]),
        ("site.webmanifest", "{", ["broken-manifest"]),
        ("sitemap.xml", f"<urlset><url><loc>{BASE}a/</loc></url></urlset>", []),
        ("sitemap.xml", f"<urlset><url><loc>{BASE}gone/</loc></url></urlset>", ["dead-link"]),
        ("sitemap.xml", "<urlset><url><loc>https://example.com/</loc></url></urlset>", ["foreign-request"]),
        ("feed.xml", f'<feed><link rel="self" href="{BASE}gone.xml"/></feed>', ["dead-link"]),
        ("robots.txt", f"Sitemap: {BASE}sitemap.xml\n", ["dead-link"]),
        ("drawing.svg", '<svg><image href="https://example.com/x.png"/></svg>', ["foreign-request"]),
    ],
)
def test_other_files_are_read_too(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    problems = problems_of(tmp_path, "", **{name: text})
    assert rules(problems) == expected
    assert all(problem.path == name for problem in problems)


def test_pages_without_a_way_from_the_start_page_are_found(tmp_path: Path) -> None:
    others = {
        "island/index.html": '<a href="../islet/">',
        "islet/index.html": "",
        "404.html": "",
        "hidden/index.html": '<meta name="robots" content="noindex">',
        "old/index.html": '<meta http-equiv="refresh" content="0; url=../a/">',
    }
    problems = problems_of(tmp_path, "", **others)
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("island/index.html", "unreachable-page"),
        ("islet/index.html", "unreachable-page"),
    ]


def test_a_statement_is_no_way_to_a_page(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, '<link rel="next" href="b/">', **{"b/index.html": ""})
    assert rules(problems) == ["unreachable-page"]


def test_an_empty_folder_has_no_start_page(tmp_path: Path) -> None:
    assert rules(verify(tmp_path, None)) == ["missing-start-page"]
    assert rules(verify(tmp_path / "gone", None)) == ["missing-start-page"]


def test_symbolic_links_and_other_encodings_are_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "gbk.html").write_bytes("绿源".encode("gbk"))
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert rules(problems_of(tmp_path, "")) == ["not-utf-8", "symbolic-link"]


def test_without_an_address_of_its_own_the_site_stands_at_the_top(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, '<a href="/a/"><img src="https://kepu.example.cn/kepu/dot.png">', base_url=None)
    assert rules(problems) == ["foreign-request"]


def test_a_page_cannot_keep_the_crawl_busy(tmp_path: Path) -> None:
    hostile = "<a " + "x='" * 50_000 + "<!--" * 50_000 + "<script " * 50_000
    assert set(rules(problems_of(tmp_path, hostile))) == {"broken-markup"}

    def is_linear(piece: str) -> None:
        few, many = (steps(lambda n=n: read_document("index.html", piece * n)) for n in (500, 5000))
        assert many < 12 * few + 1000, (few, many)

    assert (
        failures(
            is_linear, ("<a ", "<p x='", "<!--", "<script ", "<script>", "<svg><title>", "</a", "<![CDATA[", "&amp")
        )
        == []
    )


def test_the_theme_passes(tmp_path: Path) -> None:
    pages = {
        "mkdocs.yml": (
            f"site_name: 示例\nsite_url: {BASE}\nplugins: []\ntheme: {{name: material, font: false, language: zh}}\n"
            "markdown_extensions: [toc, footnotes, tables]\n"
        ),
        "docs/index.md": "# 首页\n\n[甲](bases/a.md#_1) 注[^1]\n\n[^1]: 脚注\n",
        "docs/bases/a.md": "# 甲\n\n## 时间\n\n[首页](../index.md)\n\n```html\n<img src='gone.png'>\n```\n",
    }
    site(tmp_path, pages)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=tmp_path, check=True, capture_output=True)
    assert verify(tmp_path / "site", BASE) == []

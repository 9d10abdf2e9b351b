"""The comparison of sites that different engines built finds what differs, and explains nothing by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.differences import EXPLANATIONS, Difference, compare, explanation
from tests.engines.reading import read_site

PAGE = """<title>甲 - 站</title><main><nav><a href="../../">首页</a></nav><h1>甲</h1><template><h2>不算</h2></template>
<h2>乙 <em>丙</em></h2><a href="../b/#c">乙</a><a href="https://example.org/">外</a></main><h2>页脚</h2>"""


def written(folder: Path, html: str) -> Path:
    """Write a site of one page and return its folder."""
    (folder / "bases" / "a").mkdir(parents=True)
    (folder / "bases" / "a" / "index.html").write_text(html, "utf-8")
    return folder


def test_a_page_is_read_as_people_see_it(tmp_path: Path) -> None:
    (page,) = read_site(written(tmp_path, PAGE), "main").items()
    address, seen = page
    assert (address, seen.title) == ("bases/a/", "甲 - 站")
    assert seen.headings == [(1, "甲"), (2, "乙 丙")]
    assert seen.links == ["", "bases/b/#c", "https://example.org/"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("甲 - 站", "甲", "title"),
        ("<h1>甲</h1>", "", "headings"),
        ("<h2>乙 <em>丙</em></h2>", "<h3>乙 <em>丙</em></h3>", "headings"),
        ("乙 <em>", "丁 <em>", "headings"),
        ("../b/#c", "../b.md#c", "links"),
        ('<a href="https://example.org/">外</a>', "", "links"),
    ],
)
def test_a_fault_of_another_engine_is_found_and_not_explained(tmp_path: Path, old: str, new: str, what: str) -> None:
    ours = read_site(written(tmp_path / "ours", PAGE), "main")
    theirs = read_site(written(tmp_path / "theirs", PAGE.replace(old, new, 1)), "main")
    (found,) = compare(ours, theirs)
    assert (found.page, found.what, explanation(found)) == ("bases/a/", what, None)


def test_a_page_too_few_or_too_many_is_found(tmp_path: Path) -> None:
    site = read_site(written(tmp_path, PAGE), "main")
    for pair in ((site, {}), ({}, site)):
        (found,) = compare(*pair)
        assert (found.what, explanation(found)) == ("page", None)


def test_what_is_explained_is_exactly_that() -> None:
    assert explanation(Difference("", "title", "站", "站 - 站"))
    assert not explanation(Difference("a/", "title", "站", "站 - 站"))
    assert explanation(Difference("a/", "title", "<b>", "＜b＞"))
    assert not explanation(Difference("a/", "title", "<b>", "b"))


def test_what_no_site_asks_for_need_not_be_explained() -> None:
    about_scripts = next(one for one in EXPLANATIONS if one.setting == "traditional")
    assert about_scripts.is_expected(["    district: 甲\n", "    traditional: all\n"])
    assert not about_scripts.is_expected(["    district: 甲\n", "    traditional: off\n"])
    assert all(one.is_expected([]) for one in EXPLANATIONS if not one.setting)

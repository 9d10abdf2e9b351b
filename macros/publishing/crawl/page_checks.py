"""Checks of pages: whether pages are whole, nothing is too heavy for a phone, and the search finds its own files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from macros.publishing.crawl.shares import Runner, one_by_one
from macros.publishing.crawl.tags import read_tag, tokens
from macros.records.problems import Level, Problem

MANIFEST = "assets/search/manifest.json"

_HEADING = re.compile(rb"<h1[\s>]")
_TITLE = re.compile(rb"<title>\s*[^<\s]")
_LANGUAGE = re.compile(rb"<html[^>]*\slang=[\"']?[a-zA-Z]")
# It begins with letters, for which a page is searched ten times as fast as for any blank.
_MAYBE_HANDLER = re.compile(rb"on(?<=\son)[a-z]+\s*=")
# Left by a template that was not filled (macros.pages.layout).
_UNFILLED = b"-tols-upek"


class Budget(NamedTuple):
    """How heavy a kind of file may be.

    Attributes:
        pattern: of file names below the site's root.
        bytes: the most that one file may have, as it lies there, uncompressed.
        level: what it means to be heavier: an error for what programmers write, a notice for what grows with the data.
        remedy: what to do, in Chinese.
    """

    pattern: str
    bytes: int
    level: Level
    remedy: str


# The first pattern that fits counts.
BUDGETS = (
    Budget("assets/javascripts/*", 48_000, Level.ERROR, "请拆开这个脚本，只在用到的页面装入"),
    Budget("assets/stylesheets/*", 48_000, Level.ERROR, "请拆开这个样式表，只在用到的页面装入"),
    Budget("assets/search/*", 2_000_000, Level.NOTICE, "搜索会变慢；请把索引分成更多份"),
    Budget("*/index.html", 1_000_000, Level.NOTICE, "手机上打开会慢；请把这一页分成几页"),
)


_FILES_IN_SHARE = 1000


def check_pages(folder: Path, files: Iterable[str], run: Runner = one_by_one) -> list[Problem]:
    """Return what is unsound in a finished site, sorted.

    Args:
        folder: the site.
        files: every file of it, POSIX form.
        run: does the work, perhaps on all processors.
    """
    names = list(files)
    starts = range(0, len(names), _FILES_IN_SHARE)
    shares = run([partial(_files, folder, names[start : start + _FILES_IN_SHARE]) for start in starts])
    return sorted([*chain.from_iterable(shares), *_search(folder, names)])


def _files(folder: Path, names: Iterable[str]) -> list[Problem]:
    found: list[Problem] = []
    for name in names:
        if name.endswith(".html"):
            found += _page(name, (folder / name).read_bytes())
        found += _weight(name, folder)
    return found


def _page(name: str, source: bytes) -> Iterator[Problem]:
    """A page is whole: it ends, names its language, and has one title and one heading."""
    if not source.rstrip().endswith(b"</html>"):
        yield _problem(name, "cut-page", "页面没有写完，缺少结尾的 </html>；请重新生成")
    if _UNFILLED in source:
        yield _problem(name, "unfilled-page", "页面里有没有填上的位置；请检查 overrides/layout.html")
    if not _LANGUAGE.search(source):
        yield _problem(name, "no-language", "<html> 没有写 lang，读屏软件不知道用什么语言读；请补上 lang")
    if not _TITLE.search(source):
        yield _problem(name, "no-title", "没有标题 <title>；请补上")
    if len(_HEADING.findall(source)) != 1:
        yield _problem(name, "headings", "一页要有且只有一个一级标题 <h1>；请检查模板和正文里的 “#”")
    if _MAYBE_HANDLER.search(source) and _has_handler(source.decode("utf-8", "replace")):
        yield _problem(
            name, "inline-handler", "标签里写了 onclick 之类的脚本，浏览器按安全规则不会执行；请放进脚本文件"
        )


def _has_handler(source: str) -> bool:
    """Tell whether a tag runs a script by an attribute; the same letters in a text are none."""
    tags = filter(None, map(read_tag, tokens(source)))
    return any(name.startswith("on") for tag in tags for name in tag.attributes)


def _weight(name: str, folder: Path) -> Iterator[Problem]:
    """A file is within the budget of its kind."""
    budget = next((budget for budget in BUDGETS if fnmatchcase(name, budget.pattern)), None)
    size = (folder / name).stat().st_size if budget else 0
    if budget and size > budget.bytes:
        message = f"文件有 {size // 1000} KB，超过 {budget.bytes // 1000} KB；{budget.remedy}"
        yield Problem(name, 1, 1, message, "size-budget", budget.level)


def _search(folder: Path, names: list[str]) -> Iterator[Problem]:
    """The search's manifest leads to one folder, in which the index and every file that it counts on lie."""
    if MANIFEST not in names:
        return
    try:
        build = json.loads((folder / MANIFEST).read_bytes())["build"]
        place = f"assets/search/{build}/"
        shards = int(json.loads((folder / place / "index.json").read_bytes())["shards"])
    except (OSError, ValueError, KeyError, TypeError):
        yield _problem(MANIFEST, "search", "搜索的目录指不到能读的索引，搜索会没有结果；请重新生成")
        return
    present = {name for name in names if name.startswith("assets/search/")} - {MANIFEST}
    for number in range(shards):
        if (name := f"{place}postings/{number}.txt") not in present:
            yield _problem(name, "search", "搜索索引缺少这个文件，有的词会搜不到；请重新生成")
    for name in sorted(name for name in present if not name.startswith(place)):
        yield _problem(name, "search", "这个搜索文件不属于目录所指的索引；请重新生成到空文件夹")


def _problem(name: str, rule: str, message: str) -> Problem:
    return Problem(name, 1, 1, message, rule)

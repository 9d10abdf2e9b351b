"""Whatever is read, twice as much of it takes about twice as much work, and ends in an answer or a message.

Work is counted in steps: those that an expression takes back and forth (`tests.support.backtracking`), and the functions that
a reader calls. Nothing here looks at a clock.
"""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import random
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import macros
from macros.addresses.redirects import read_former_address, read_hosted
from macros.editing.fix import fix_file
from macros.media import svg, svg_fixes
from macros.media.content_checks import check_content
from macros.media.dimensions import Dimensions
from macros.pages.picture_files import PictureFacts
from macros.pages.picture_markup import with_pictures
from macros.publishing.crawl.destinations import Addresses
from macros.publishing.crawl.site_files import read_document
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.inventory import read_inventory
from macros.records import frontmatter, yaml
from macros.records.problems import ProblemsFound
from macros.spreadsheets.csv_file import read_csv
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Unusable
from macros.text import elements, half_markup, page_markup, prose
from macros.text.markdown import find_markup
from tests.house.code import MODULES, tree
from tests.spreadsheets.packages import book
from tests.support.backtracking import characters_of, steps_of
from tests.support.steps import steps

SHORT, MOST_GROWTH, FEW, MOST_STEPS = 16, 2.7, 500, 40_000
BOUNDED = {
    "macros.editing.excel.adopt.opening_text._CLOSED": "the text of one cell, of which 15,000 characters are read",
    "macros.pages.twin._PLAIN": "a line of a finished page of ours, in which < stands nowhere but at tags",
    "macros.records.scan._LEFT_BY": "the name of a file, which has at most 255 bytes",
    "macros.text.elements._ATTRIBUTE": "the attributes of a whole tag, where a name follows each run of spaces",
}
"""Expressions that take more on longer text, and what bounds the text that they are given."""


class Expression(NamedTuple):
    """One expression of the program: where it is named, and whether only the beginning of a text is tried."""

    name: str
    pattern: re.Pattern[Any]
    anchored: bool


def expressions() -> dict[str, Expression]:
    """Return every compiled expression of every module, the same one once."""
    found: dict[tuple[Any, int], Expression] = {}
    for module in pkgutil.walk_packages(macros.__path__, "macros."):
        if module.name.endswith("__main__"):
            continue
        uses = _uses(module.name.removeprefix("macros."))
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in _patterns(value):
                anchored = isinstance(value, re.Pattern) and uses.get(name, {"search"}) <= {
                    "match",
                    "fullmatch",
                    "pattern",
                }
                before = found.get((pattern.pattern, pattern.flags))
                first = before.name if before else f"{module.name}.{name}"
                only = anchored and (before is None or before.anchored)
                found[pattern.pattern, pattern.flags] = Expression(first, pattern, only)
    return {f"{one.name} {number}": one for number, one in enumerate(found.values())}


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _patterns(item)
    elif isinstance(value, dict):
        yield from _patterns(list(value.values()))


def _uses(module: str) -> dict[str, set[str]]:
    """Return how a module uses each of its names: as ``NAME.match``, or handed on."""
    if module not in MODULES:
        return {}
    uses: dict[str, set[str]] = {}
    owners = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            uses.setdefault(node.value.id, set()).add(node.attr)
            owners.add(node.value)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in owners:
            uses.setdefault(node.id, set()).add("handed on")
    return uses


def growth(expression: Expression, tries: int) -> Iterator[str]:
    """Yield texts of which twice as many repetitions take much more than twice the steps."""
    seed = random.Random(repr(expression.pattern.pattern))
    signs = [*characters_of(expression.pattern)[:60], "a", "\n", " ", "é"]
    for _ in range(tries):
        before, piece, behind = (
            "".join(seed.choices(signs, k=seed.randint(*span))) for span in ((0, 2), (1, 3), (0, 1))
        )
        counts = [
            steps_of(expression.pattern, before + piece * times + behind, MOST_STEPS, expression.anchored)
            for times in (SHORT, 2 * SHORT)
        ]
        if counts[1] > FEW and (counts[1] > MOST_GROWTH * counts[0] or counts[1] == MOST_STEPS):
            yield f"{before!r} + {piece!r} × n + {behind!r}: {counts}"


def superlinear(tries: int) -> dict[str, str]:
    """Return the expressions that take more and more on longer text, each with one."""
    found = {one.name: next(growth(one, tries), "") for one in expressions().values()}
    return {name: text for name, text in found.items() if text and name not in BOUNDED}


def on_a_deep_stack(work: Callable[[], Any]) -> Any:
    """Return what a piece of work returns that calls itself for each character."""
    result: list[Any] = []
    before, size = sys.getrecursionlimit(), threading.stack_size(512 * 1024 * 1024)
    sys.setrecursionlimit(100_000)
    try:
        thread = threading.Thread(target=lambda: result.append(work()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(before)
        threading.stack_size(size)
    return result[0]


def test_no_expression_looks_back_and_forth() -> None:
    assert len(expressions()) > 200
    assert on_a_deep_stack(lambda: superlinear(tries=6)) == {}


@pytest.mark.audit
def test_no_expression_looks_back_and_forth_on_many_texts() -> None:
    assert on_a_deep_stack(lambda: superlinear(tries=120)) == {}


def test_a_slow_expression_is_found_and_a_quick_one_is_not() -> None:
    slow = (r"\s*x", r"(?>\w+)-x", r"(a|aa)+$", r"<[^>]*>", r"[^,]*,[^;]*;", r"(?:a*)*b", r"\w+@")
    quick = (r"(?<!\s)\s+x", r"<[^<>]*>", r"[ab]{2,5}", r"(?<!\w)\w++@", r"(['\"]).\1")

    def check(pattern: str, tries: int = 60) -> bool:
        return any(growth(Expression("", re.compile(pattern), anchored=False), tries))

    assert on_a_deep_stack(lambda: [pattern for pattern in slow if not check(pattern, 300)]) == []
    assert on_a_deep_stack(lambda: [pattern for pattern in quick if check(pattern)]) == []


# --- Whole readers -----------------------------------------------------------------------------------------------------


def _refusing(read: Callable[[str], object]) -> Callable[[str], object]:
    """Return a reader whose own refusals are answers; any other exception is a fault."""

    def attempt(text: str) -> object:
        with suppress(ProblemsFound, PublishingError, Unusable):
            return read(text)
        return None

    return attempt


def _inventory(text: str) -> object:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "build.json")
        place.write_text(text, "utf-8", "surrogatepass")
        return read_inventory(place)


def _former(text: str) -> object:
    with suppress(ValueError):  # What pydantic makes messages of.
        return read_former_address(text)
    return None


def _prose(text: str) -> object:
    html = prose.render(text, lambda name: name, lambda name: name)
    return html, prose.plain(text), list(prose.faults(text)), list(prose.half_made(text)), list(prose.references(text))


def _page(text: str) -> object:
    html = elements.clean(page_markup.to_html(text))
    marks = page_markup.read(text), list(half_markup.find(text)), list(find_markup(text))
    return page_markup.name_headings(html), page_markup.text_of(html), list(elements.faults(text)), marks


def _record(text: str) -> object:
    fix_file("data/bases/a.yml", text.encode("utf-8", "surrogatepass"))
    return yaml.parse("data/bases/a.yml", text)


def _raw(read: Callable[[bytes], object]) -> Callable[[str], object]:
    return lambda text: read(text.encode("utf-8", "surrogatepass"))


HTML = (
    "<a ",
    "<img ",
    "<p>",
    "</p>",
    "<",
    ">",
    "/>",
    "x=",
    '"',
    "'",
    "<!--",
    "-->",
    "<script>",
    "</script",
    "<svg>",
    "href=",
    "a",
    " ",
    "\n",
    "&amp;",
)
MARKDOWN = ("[", "]", "(", ")", "![", "](", "<", ">", "*", "**", "_", "`", "```", "~", "|", "-", "- ", "1. ", "# ", "> ", "：", "，", "一、", "\n", "\n\n", "    ", "a", "甲", "\\", "[a]: b", "{#a}", "<b>", "<!--", "&lt;")  # fmt: skip
YAML = ("a", "甲", ": ", "：", ":", "- ", "-", "\n", "  ", "\n  ", "[", "]", "{", "}", ",", "，", '"', "'", "&a ", "*a", "!x ", "|\n", ">-\n", "#", " #", "? ", "---\n", "“", "\t", "\u3000", "\ufeff", "2020年5月1日", "0750-1234567", "〔2020〕1号")  # fmt: skip
DRAWING = ("<g>", "</g>", '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>", "<path d='M0 0'/>", "<style>", "</style>", "url(#a)", "/*", "*/", "@", "{", "}", ";", "<!--", "-->", "<![CDATA[", "]]>", "<?x ", "?>", "&#65;", "<!DOCTYPE svg [", "<i:a xmlns:i='urn:i'/>", " ")  # fmt: skip
CELLS = ("<row>", "</row>", '<c r="A1">', '<c r="B2" t="s">', '<c t="inlineStr">', "<is>", "<t>", "</t>", "</is>", "<v>", "1", "</v>", "</c>", "甲", "<sheetData>", "</sheetData>")  # fmt: skip
JSON = ("[", "]", "{", "}", '"generator": "kepu"', '"files": ', '"a": ', '"b"', ",", "1", "1e9", "null", "\\u0000", "-")
ADDRESS = ("a", "/", "..", ".", " ", "%", "%2e", "甲", "?", "#", ":", "//", "\\", "http:", "index.html", ".md", "&")

READERS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "a record": (_record, YAML),
    "front matter": (_raw(lambda raw: frontmatter.read("content/a.md", raw)), ("---\n", *YAML)),
    "prose": (_prose, MARKDOWN),
    "a page by hand": (_page, (*MARKDOWN, *HTML)),
    "a drawing": (_raw(lambda raw: (svg.objection(raw), svg_fixes.mended(raw))), DRAWING),
    "HTML of a site": (lambda text: read_document("a/index.html", text), HTML),
    "pictures of a page": (lambda text: with_pictures(text, "a/", lambda name: PictureFacts(Dimensions(3, 2)), str), HTML),
    "a workbook": (lambda text: read_xlsx(book(f"<sheetData>{text}</sheetData>")), CELLS),
    "CSV": (_raw(lambda raw: read_csv("科普基地", raw)), ("a", ",", '"', '""', "\n", "\r\n", "甲", "=", ";", "\t", "\ufeff")),
    "an inventory": (_inventory, JSON),
    "a former address": (_former, ADDRESS),
    "redirects": (lambda text: read_hosted(text), (*ADDRESS, "\n", " 301\n")),
    "a destination": (lambda text: Addresses("https://example.org/kepu/").resolve("a/", text), ADDRESS),
    "a JPEG": (_raw(lambda raw: list(check_content("a.jpg", b"\xff\xd8\xff" + raw))), ("\xff", "Exif\0\0", "II*\0", "\0\0", "a")),
    "a GIF": (_raw(lambda raw: list(check_content("a.gif", b"GIF89a" + raw))), ("!", "\xfe", ",", "\0", "\1", ";", "<x:xmpmeta")),
    "a PDF": (_raw(lambda raw: list(check_content("a.pdf", b"%PDF-1.4" + raw))), ("/Author ", "(", ")", "\\", "<", "41", ">", " ")),
}  # fmt: skip
TIMES, CONSTANT = 40, 4_000


@settings(max_examples=12)
@given(st.data())
def test_twice_as_much_takes_twice_the_work_and_ends_in_an_answer(data: st.DataObject) -> None:
    for name, (read, pieces) in READERS.items():
        before, piece, behind = (
            "".join(data.draw(st.lists(st.sampled_from(pieces), min_size=least, max_size=most)))
            for least, most in ((0, 3), (1, 4), (0, 2))
        )
        attempt = _refusing(read)
        attempt(piece)  # What is made once and kept counts for nobody.
        once, twice = (
            steps(functools.partial(attempt, before + piece * times + behind)) for times in (TIMES, 2 * TIMES)
        )
        assert twice <= 2.5 * once + CONSTANT, f"{name}: {before!r} + {piece!r} × n + {behind!r}: {once}, {twice}"

"""axe finds nothing on any template (WCAG 2.2 A and AA, best practices), and what can be pressed is large enough."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from macros.editing.inspection.outside_results import read_axe_results
from tests.accessibility.axe_results import OPTIONS, VIEWS, look
from tests.support.templates import SCHEMES, TEMPLATES, WIDTHS, reader, visit

# Targets under 24 px (WCAG 2.5.8), those in running text and those that stretch over a card or a tile left out.
SMALL = """() => [...document.querySelectorAll("button, input, select, summary, nav a, .maps a, .corrections a")]
  .filter((element) => !element.closest(".skips, .tile, [hidden]") && element.offsetParent)
  .filter((element) => !(["checkbox", "radio"].includes(element.type) && element.closest("label")))
  .map((element) => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([text, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${text}`)"""
ALL = [(scheme, width) for scheme in SCHEMES for width in WIDTHS]


@pytest.fixture(scope="module")
def page_as(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with the scheme and the width of the case; kept for all templates."""
    with reader(browser, *request.param) as page:
        yield page


def findings(page: Page) -> list[str]:
    """Return what is wrong with the page for somebody, each with the element."""
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    found = [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]
    return found + page.evaluate(SMALL)


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("page_as", VIEWS, indirect=True, ids=str)
def test_nothing_is_in_the_way(page_as: Page, district_address: str, name: str) -> None:
    visit(page_as, district_address + TEMPLATES[name])
    assert findings(page_as) == []


@pytest.mark.audit
@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("page_as", ALL, indirect=True, ids=str)
def test_nothing_is_in_the_way_at_any_width(page_as: Page, district_address: str, name: str) -> None:
    visit(page_as, district_address + TEMPLATES[name])
    assert findings(page_as) == []


@pytest.mark.parametrize("page_as", VIEWS, indirect=True, ids=str)
def test_nothing_is_in_the_way_in_the_open_search(page_as: Page, district_address: str) -> None:
    visit(page_as, f"{district_address}bases/star-hall/")
    page_as.keyboard.press("/")
    page_as.locator("#search-field").fill("星空")
    page_as.get_by_role("option").first.wait_for()
    assert findings(page_as) == []


@pytest.mark.audit
@pytest.mark.parametrize("page_as", VIEWS, indirect=True, ids=str)
def test_nothing_is_in_the_way_of_what_is_written_by_hand(
    page_as: Page, repository_site: Path, repository_address: str
) -> None:
    folders = {path.parent for path in repository_site.glob("articles/*/index.html") if path.parent.name != "by"}
    written = {repository_site / name for name in ("", "about", "accessibility", "privacy", "copyright")}
    for address in sorted(path.relative_to(repository_site).as_posix() for path in folders | written):
        visit(page_as, repository_address + (f"{address}/" if address != "." else ""))
        assert findings(page_as) == [], address


def test_what_axe_says_of_each_page_is_kept_for_the_self_check(browser: Browser, tmp_path: Path) -> None:
    page = '<!doctype html><html lang="zh-CN"><title>页</title><main><h1>页</h1>{}</main></html>'
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(page.format("好"), "utf-8")
    (tmp_path / "a/index.html").write_text(page.format('<img src="x.png">' * 2), "utf-8")
    found = read_axe_results("axe.json", json.dumps(look(browser, tmp_path)).encode())
    assert found.pages == {"/": {}, "a/": {"image-alt": 2}}

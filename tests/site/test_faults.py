"""What a citizen keeps when something fails: storage refused, scripts that don't come, a printer, no scripts at all."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from macros.site.session import Session
from tests.support.markup import read_markup
from tests.support.templates import TEMPLATES, visit

HOST = "http://site/"
REFUSED = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
}"""
FACTS = ("9:00–17:00", "示例山镇观星路 1 号", "0750-1234567", "高德地图", "每人 10 元", "停车场")


def complaints_of(page: Page) -> list[str]:
    """Return a list that fills with the errors that scripts leave uncaught."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_browser_that_refuses_storage_shows_and_switches_all_the_same(page: Page, district_address: str) -> None:
    found = complaints_of(page)
    page.add_init_script(REFUSED)
    page.goto(f"{district_address}bases/star-hall/")
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    expect(page.locator("[data-opening-today]")).to_contain_text("今天")
    page.locator("#site-search-field").click()
    page.locator("#search-field").fill("星空")
    expect(page.get_by_role("option").first).to_contain_text("星空")
    page.goto(f"{district_address}bases/")
    page.locator(".finder-choice", has_text="省级").click()
    expect(page.locator(".finder-sentence")).to_contain_text("1 处")
    assert found == []


@pytest.mark.parametrize(
    "scripts", ["**/*.js", "**/site.js", "**/opening/*.js", "**/search/*.js", "**/finder/*.js", "**/preferences.js"]
)
def test_the_content_stays_when_scripts_do_not_come(page: Page, district_address: str, scripts: str) -> None:
    page.route(scripts, lambda route: route.abort())
    page.goto(f"{district_address}bases/star-hall/")
    text = page.locator("main").inner_text()
    assert [fact for fact in FACTS if fact not in text] == []
    page.goto(f"{district_address}bases/")
    expect(page.locator("main").get_by_role("link", name="示例星空馆")).to_be_visible()
    page.goto(f"{district_address}az/")
    expect(page.locator("main").get_by_role("link", name="示例星空馆")).to_be_visible()


def test_one_part_that_fails_leaves_the_others(page: Page, district_address: str) -> None:
    found = complaints_of(page)
    page.route("**/site.js", _throwing)
    page.goto(f"{district_address}bases/star-hall/")
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    assert found == []


def _throwing(route: Route) -> None:
    response = route.fetch()
    start = "function startOpeningHours() {"
    route.fulfill(response=response, body=response.text().replace(start, f'{start} throw new Error("half way");'))


def test_a_search_without_its_script_leads_to_the_index(page: Page, district_address: str) -> None:
    page.route("**/search/*.js", lambda route: route.abort())
    page.goto(district_address)
    page.locator("#site-search-field").fill("星空")
    page.locator("#site-search-field").press("Enter")
    page.wait_for_url("**/az/**")


def test_a_page_whose_scripts_have_been_replaced_leads_to_the_page_of_results(
    page: Page, district_address: str
) -> None:
    page.route("**/search_dialog.js", lambda route: route.abort())
    page.goto(district_address)
    page.locator("#site-search-field").fill("星空")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#search-page-field")).to_have_value("星空")
    expect(page.locator(".search-list")).to_contain_text("星空")


def test_links_by_term_stay_where_a_browser_is_too_old_for_the_modules(page: Page, district_address: str) -> None:
    page.add_init_script("delete Element.prototype.replaceChildren")
    page.route("**/*.js", lambda route: route.continue_() if "preferences" in route.request.url else route.abort())
    page.goto(f"{district_address}bases/")
    expect(page.locator("html")).not_to_have_attribute("data-script", "on")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "light")
    expect(page.locator(".finder")).to_be_hidden()
    expect(page.locator(".facets").get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize("cached_per_record", [False, True], ids=["scheme of the system", "scheme of the reader"])
def test_paper_is_white_also_from_the_dark_scheme(
    browser: Browser, district_address: str, cached_per_record: bool
) -> None:
    context = browser.new_context(color_scheme="light" if cached_per_record else "dark")
    page = context.new_page()
    page.goto(f"{district_address}policies/science-measures-2024/")
    if cached_per_record:
        page.get_by_role("button", name="深色").click()
    assert luminance(page, "backgroundColor") < 60
    page.emulate_media(media="print")
    assert luminance(page, "backgroundColor") == 255
    assert luminance(page, "color") < 60
    text = page.locator("body").inner_text()
    assert [fact for fact in ("示府〔2024〕1号", "2024 年 1 月 15 日") if fact not in text] == []
    assert not page.locator(".sections").is_visible()
    assert page.pdf().startswith(b"%PDF")
    context.close()


def luminance(page: Page, colour: str) -> float:
    """Return how bright a colour of the page is, from 0 to 255; what is clear is white paper."""
    value = page.evaluate(f"getComputedStyle(document.body).{colour}")
    numbers = [float(number) for number in re.findall(r"[\d.]+", value)]
    return 255 if len(numbers) == 4 and numbers[3] == 0 else sum(numbers[:3]) / 3


def test_printing_names_the_address(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}bases/star-hall/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert f"{district_address}bases/star-hall/" in (page.locator("[data-print-address]").first.text_content() or "")


@pytest.mark.parametrize("name", ["base-filled", "base-minimal"])
def test_hours_and_maps_can_be_read_without_scripts(browser: Browser, district_address: str, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, district_address + TEMPLATES[name])
    text = page.locator("main").inner_text()
    assert "怎么去" in text
    assert ("9:00–17:00" if name == "base-filled" else "还没有公布：") in text
    for provider in ("高德地图", "百度地图", "腾讯地图"):
        assert page.get_by_role("link", name=provider).is_visible()
    context.close()


def test_every_record_is_at_most_four_links_from_home(repository: Session, repository_site: Path) -> None:
    steps = distances(repository_site)
    records = repository.library.published.values()
    far = {record.id: steps.get(repository.library.address(record)) for record in records}
    assert {name: number for name, number in far.items() if number is None or number > 4} == {}


def distances(site: Path) -> dict[str, int]:
    """Return how many links lead from the start page to each page, without scripts and without the site map."""
    steps, queue = {"": 0}, [""]
    for address in queue:
        for link in read_markup(site / address / "index.html").links:
            target = target_of(address, link)
            if target not in steps and target != "site-map/" and (site / target / "index.html").is_file():
                steps[target] = steps[address] + 1
                queue.append(target)
    return steps


def target_of(address: str, link: str) -> str:
    """Return the address, relative to the site's root, that a link of a page leads to; other hosts stay whole."""
    return unquote(urldefrag(urljoin(f"{HOST}{address}", link))[0]).removeprefix(HOST)

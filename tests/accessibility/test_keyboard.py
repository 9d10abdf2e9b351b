"""By keyboard alone: where focus is can always be seen, nothing moves, the way leads through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.templates import TEMPLATES, reader, visit

FOCUS = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const rings = [element, ...element.parentElement.closest("[class]") ? [element.parentElement.closest("[class]")] : []]
    .flatMap((place) => [getComputedStyle(place), getComputedStyle(place, "::after")]);
  const ringed = rings.some((style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow.includes("inset"));
  const on = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
  return {
    at: document.body === element ? "" : element.outerHTML.slice(0, 120),
    ringed,
    covered: !(on && (element.contains(on) || on.contains(element))),
    outside: box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth,
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].some((time) => time.split(", ").some(parseFloat))
    || style.scrollBehavior === "smooth";
}).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", params=[360, pytest.param(1440, marks=pytest.mark.audit)])
def reader_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a narrow and of a wide screen."""
    with reader(browser, "light", request.param) as page:
        yield page


def focused(page: Page, key: str) -> Iterator[dict[str, object]]:
    """Press a key until focus leaves the page, and tell of each place that it comes to."""
    for _ in range(200):
        page.keyboard.press(key)
        place = page.evaluate(FOCUS)
        if not place["at"]:
            return
        yield place


@pytest.mark.parametrize("name", ["home", "bases", "base-filled", "policy", "search"])
def test_focus_is_always_seen_and_never_covered(reader_page: Page, district_address: str, name: str) -> None:
    visit(reader_page, district_address + TEMPLATES[name])
    places = [*focused(reader_page, "Tab"), *focused(reader_page, "Shift+Tab")]
    assert len(places) > 20
    assert [place for place in places if not place["ringed"] or place["covered"] or place["outside"]] == []


def test_colours_of_the_system_tell_what_is_chosen(browser: Browser, district_address: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    looks = "(element) => { const { backgroundColor, borderBottomColor, borderTopWidth } = getComputedStyle(element); return [backgroundColor, borderBottomColor, borderTopWidth]; }"  # fmt: skip
    page.goto(district_address)
    assert page.locator(".hero-search input").evaluate(looks)[2] != "0px"
    page.goto(f"{district_address}bases/")
    links = page.locator(".sections a")
    lines = [link.evaluate(looks)[1] for link in links.all()]
    current = page.locator(".sections a[aria-current]").evaluate(looks)[1]
    assert lines.count(current) == 1
    button = page.locator(".reading-button").first
    before = button.evaluate(looks)[0]
    button.click()
    assert button.evaluate(looks)[0] != before
    page.keyboard.press("/")
    page.keyboard.type("星空")
    options = page.locator(".search-option")
    expect(options.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert options.nth(0).evaluate(looks)[0] != options.nth(1).evaluate(looks)[0]
    context.close()


@pytest.mark.parametrize("name", ["home", "bases", "base-filled"])
def test_nothing_moves_for_whoever_wants_rest(reader_page: Page, district_address: str, name: str) -> None:
    visit(reader_page, district_address + TEMPLATES[name])
    assert reader_page.evaluate(MOVING) == []


def test_four_skip_links_come_first_and_lead_there(page: Page, district_address: str) -> None:
    for number, place in enumerate(["content", "sections", "site-search", "footer"], 1):
        page.goto(f"{district_address}bases/star-hall/")
        for _ in range(number):
            page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == place


def test_large_type_and_dark_scheme_are_remembered(page: Page, district_address: str) -> None:
    page.goto(district_address)
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="深色").click()
    page.goto(f"{district_address}bases/star-hall/")
    assert page.locator("html").get_attribute("data-type") == "large"
    assert page.locator("html").get_attribute("data-color-scheme") == "dark"
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24


def press_on(page: Page, words: str, key: str) -> None:
    """Move focus on to the link or the box with these words, and press a key there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        text = page.evaluate("(document.activeElement.closest('label') || document.activeElement).textContent.trim()")
        if text.startswith(words):
            page.keyboard.press(key)
            return
    raise AssertionError(f"focus never comes to {words}")


def test_the_way_from_home_to_a_map_and_back_by_keyboard(page: Page, district_address: str) -> None:
    page.route("https://uri.amap.com/**", lambda route: route.fulfill(body="map", content_type="text/plain"))
    page.goto(district_address)
    press_on(page, "科普基地", "Enter")
    page.wait_for_url("**/bases/")
    press_on(page, "省级", "Space")
    press_on(page, "天文航天", "Space")
    expect(page.locator(".finder-sentence")).to_contain_text("1 处")
    press_on(page, "示例星空馆", "Enter")
    page.wait_for_url("**/bases/star-hall/")
    press_on(page, "高德地图", "Enter")
    page.wait_for_url("https://uri.amap.com/**")
    page.go_back()  # What the browser's own keys do, which a browser without a window doesn't know.
    assert page.locator("h1").inner_text() == "示例星空馆"

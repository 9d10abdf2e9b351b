"""The finder in a real browser: counts, sentence, address, back, and keyboard alone."""

from __future__ import annotations

import re
from itertools import product

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from macros.library.facets import facets_of
from macros.library.library import Library
from macros.pages.finder import TERMS
from macros.records.model.kinds import Record
from macros.site.session import Session
from tests.finder.conftest import FACETS as INVENTED
from tests.finder.conftest import Data, invent
from tests.support.looping import failures
from tests.support.sources import serve_sources

Choice = dict[str, list[str]]
MODULE = "finder/records.js"


def box(page: Page, facet: str, term: str) -> Locator:
    return page.locator(f'.finder input[name="{facet}"][value="{term}"]')


def count_beside(page: Page, facet: str, term: str) -> str:
    return box(page, facet, term).locator("xpath=..").locator(".count").inner_text()


def sentence(page: Page) -> Locator:
    return page.locator(".finder-sentence")


def names(page: Page) -> list[str]:
    return page.locator("#results .card-title").all_inner_texts()


def has(library: Library, record: Record, choice: Choice) -> bool:
    """Tell whether a record answers a choice, by the words of the specification."""
    terms = {facet.name: {term.id for term in library.terms(record, facet)} for facet in facets_of(type(record))}
    return all(terms[facet] & set(chosen) for facet, chosen in choice.items() if chosen)


def test_nothing_is_fetched_before_the_first_choice(tab: Page) -> None:
    fetched: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.reload()
    tab.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "/assets/finder/" in url or "answers.js" in url]
    with tab.expect_request("**/assets/finder/bases.*.json"):
        box(tab, "level", "provincial").check()
    expect(sentence(tab)).to_have_text("省级的科普基地：1 处")


def test_the_choice_is_said_and_stands_in_the_address(tab: Page, district_address: str) -> None:
    box(tab, "level", "provincial").check()
    box(tab, "field", "information").check()
    box(tab, "field", "astronomy").check()
    box(tab, "town", "hill").check()
    expect(sentence(tab)).to_have_text("省级、天文航天或信息技术、示例山镇的科普基地：1 处")
    query = "?level=provincial&field=astronomy&field=information&town=hill"
    assert tab.url == f"{district_address}bases/{query}"
    assert names(tab) == ["示例星空馆"]
    tab.reload()
    expect(sentence(tab)).to_have_text("省级、天文航天或信息技术、示例山镇的科普基地：1 处")
    expect(box(tab, "field", "astronomy")).to_be_checked()


def test_counts_and_results_are_those_of_the_records(tab: Page, district: Session) -> None:
    library, records = district.library, district.library.records("bases")
    for towns in product([[], ["hill"], ["river"], ["hill", "river"]], [[], ["provincial"]]):
        choice: Choice = dict(zip(("town", "level"), towns, strict=True))
        query = "&".join(f"{facet}={term}" for facet, terms in choice.items() for term in terms)
        tab.goto(f"{tab.url.partition('?')[0]}?{query or 'sort=newest'}")
        expected = [record.heading for record in records if has(library, record, choice)]
        expect(tab.locator("#results .card")).to_have_count(len(expected))
        assert sorted(names(tab)) == sorted(expected)
        for facet, term in (("town", "hill"), ("town", "river"), ("level", "provincial"), ("field", "astronomy")):
            others = {**choice, facet: [term]}
            assert count_beside(tab, facet, term) == str(sum(has(library, record, others) for record in records))


def test_back_and_forward_take_steps(tab: Page) -> None:
    box(tab, "town", "river").check()
    expect(sentence(tab)).to_have_text("示例河街道的科普基地：1 处")
    box(tab, "level", "provincial").check()
    expect(sentence(tab)).to_have_text("省级、示例河街道的科普基地：没有。可以少选几项")
    tab.go_back()
    expect(sentence(tab)).to_have_text("示例河街道的科普基地：1 处")
    expect(box(tab, "level", "provincial")).not_to_be_checked()
    tab.go_back()
    expect(sentence(tab)).to_have_text("全部科普基地：3 处")
    assert len(names(tab)) == 3
    tab.go_forward()
    expect(sentence(tab)).to_have_text("示例河街道的科普基地：1 处")


def test_a_record_and_back_gives_the_choice_again(tab: Page) -> None:
    box(tab, "town", "hill").check()
    expect(sentence(tab)).to_have_text("示例山镇的科普基地：1 处")
    tab.locator("#results a").first.click()
    tab.wait_for_url("**/bases/star-hall/")
    tab.go_back()
    expect(sentence(tab)).to_have_text("示例山镇的科普基地：1 处")
    expect(box(tab, "town", "hill")).to_be_checked()


def test_clearing_gives_the_page_as_it_came(tab: Page) -> None:
    before = tab.locator("#results").inner_html()
    clear = tab.get_by_role("button", name="清除筛选")
    expect(clear).to_be_hidden()
    box(tab, "town", "hill").check()
    clear.click()
    expect(sentence(tab)).to_have_text("全部科普基地：3 处")
    assert tab.locator("#results").inner_html() == before
    assert tab.url.endswith("/bases/")


def test_cards_are_those_of_the_page(tab: Page) -> None:
    """A card that a script makes is the card that came with the page, but for space between elements."""

    def tidy(html: str) -> str:
        return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html)

    before = {tidy(html) for html in tab.locator("#results .card").evaluate_all("cards => cards.map(c => c.outerHTML)")}
    box(tab, "town", "hill").check()
    box(tab, "town", "river").check()
    expect(tab.locator("#results .card")).to_have_count(2)
    made = {tidy(html) for html in tab.locator("#results .card").evaluate_all("cards => cards.map(c => c.outerHTML)")}
    assert made < before


def test_names_that_attack_stay_text(tab: Page) -> None:
    dialogs: list[str] = []
    tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    box(tab, "town", "river").check()
    expect(tab.locator("#results .card")).to_have_count(1)
    assert names(tab) == ["<script>alert(1)</script>{{ 7*7 }}"]
    assert tab.locator("#results script, #results img").count() == 0
    assert dialogs == []


@pytest.mark.parametrize("query", ["?level=nothing", "?town=%3Cscript%3E&sort=%27", "?q=1", "?level=", "?%E0%A4%A"])
def test_an_address_that_asks_for_nothing_known_shows_all(tab: Page, query: str) -> None:
    tab.goto(f"{tab.url}{query}")
    expect(sentence(tab)).to_have_text("全部科普基地：3 处")
    assert len(names(tab)) == 3


def test_sorting_by_date(tab: Page) -> None:
    tab.locator("select[name=sort]").select_option("newest")
    expect(tab.locator("#results .card-title").first).to_have_text("示例星空馆")
    assert tab.url.endswith("?sort=newest")
    expect(sentence(tab)).to_have_text("全部科普基地：3 处")


def test_without_data_the_links_serve(browser: Browser, district_address: str) -> None:
    for what in ("**/assets/finder/*.json", "**/finder/answers.js"):
        page = browser.new_page()
        page.route(what, lambda route: route.abort())
        page.goto(f"{district_address}bases/?town=hill")
        expect(page.get_by_role("navigation", name="按分类浏览")).to_be_visible()
        expect(sentence(page)).to_have_text("筛选暂时用不了，请用上面的链接。")
        assert len(names(page)) == 3
        page.close()


def test_without_its_script_the_form_leads_to_the_site_map(browser: Browser, district_address: str) -> None:
    page = browser.new_page()
    page.route("**/finder/finder_page.js", lambda route: route.abort())
    page.goto(f"{district_address}bases/")
    box(page, "town", "hill").check()
    page.get_by_role("button", name="看 3 处结果").click()
    page.wait_for_url("**/site-map/?*town=hill*")
    expect(page.locator("main").get_by_role("link", name="示例山镇").first).to_be_visible()
    page.close()


def test_without_any_script_there_are_links_and_no_form(browser: Browser, district_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{district_address}bases/")
    expect(page.locator(".finder")).to_be_hidden()
    expect(sentence(page)).to_be_hidden()
    page.get_by_role("navigation", name="按分类浏览").get_by_role("link", name="省级").click()
    assert page.url.endswith("/bases/by/level/provincial/")
    context.close()


def test_ten_thousand_records_are_never_ten_thousand_cards(crowd: Page) -> None:
    cards = crowd.locator("#results .card")
    crowd.locator("select[name=sort]").select_option("newest")
    expect(sentence(crowd)).to_have_text("全部科普基地：10000 处")
    expect(cards).to_have_count(24)
    crowd.get_by_role("button", name="再显示 24 条").click()
    expect(cards).to_have_count(48)
    expect(cards.nth(24).locator("a")).to_be_focused()
    box(crowd, "town", "hill").check()
    expect(cards).to_have_count(24)
    crowd.locator(".finder [type=submit]").click()
    expect(sentence(crowd)).to_be_in_viewport()
    expect(cards.first).to_be_in_viewport()


def test_the_number_of_cards_is_kept_on_the_way_back(crowd: Page, district_address: str) -> None:
    crowd.locator("select[name=sort]").select_option("newest")
    crowd.get_by_role("button", name="再显示 24 条").click()
    crowd.goto(f"{district_address}az/")
    crowd.go_back()
    expect(crowd.locator("#results .card")).to_have_count(48)


def test_the_focus_stays_where_it_is(tab: Page) -> None:
    box(tab, "town", "hill").focus()
    tab.keyboard.press("Space")
    expect(sentence(tab)).to_have_text("示例山镇的科普基地：1 处")
    expect(box(tab, "town", "hill")).to_be_focused()
    tab.get_by_role("button", name="看 1 处结果").press("Enter")
    expect(tab.locator("#results")).to_be_focused()


def test_the_form_stands_beside_what_was_found_where_there_is_room(tab: Page) -> None:
    def check(case: tuple[int, int, bool]) -> None:
        width, height, is_beside = case
        tab.set_viewport_size({"width": width, "height": height})
        form, card = tab.locator(".finder").bounding_box(), tab.locator("#results .card").first.bounding_box()
        assert form is not None
        assert card is not None
        assert (form["x"] + form["width"] < card["x"] and card["y"] < min(700, height)) == is_beside
        assert (form["y"] + form["height"] < card["y"]) != is_beside

    sizes = ((360, 740, False), (800, 1024, False), (801, 1024, True), (1024, 768, True), (1440, 900, True))
    assert failures(check, sizes) == []


CHOICES: list[Choice] = [
    {},
    {"level": ["national"]},
    {"level": ["national", "municipal"], "town": ["hill"]},
    {"level": ["provincial"], "field": ["astronomy", "information"], "town": ["river"]},
    {"field": ["astronomy"], "town": ["hill", "river"]},
]


def expected(data: Data, choice: Choice) -> tuple[list[str], dict[str, dict[str, int]]]:
    """Return ids and counts for a choice, worked out the long way."""
    rows = [(row[0], _terms(row[TERMS])) for row in data["records"]]

    def found(asked: Choice) -> list[str]:
        return [id_ for id_, terms in rows if all(terms[facet] & set(words) for facet, words in asked.items())]

    counts = {
        facet: {term: len([i for i, t in rows if i in chosen and term in t[facet]]) for term in INVENTED[facet]}
        for facet in INVENTED
        for chosen in [set(found({name: words for name, words in choice.items() if name != facet}))]
    }
    return found(choice), counts


def _terms(places: list[list[int]]) -> dict[str, set[str]]:
    return {facet: {INVENTED[facet][place] for place in found} for facet, found in zip(INVENTED, places, strict=True)}


FIND = """async ([module, data, choice, sort]) => {
  const { Records } = await import(module);
  const records = new Records(data);
  const asked = { terms: new Map(Object.entries(choice)), sort };
  const { rows, counts } = records.find(asked);
  const named = Object.fromEntries([...counts].map(([facet, terms]) => [facet, Object.fromEntries(terms)]));
  return { ids: rows.map(([id]) => id), counts: named };
}"""


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_what_is_found_and_counted(tab: Page, district_address: str, choice: Choice) -> None:
    data = invent(300)
    outcome = tab.evaluate(FIND, [serve_sources(tab, district_address) + MODULE, data, choice, ""])
    ids, counts = expected(data, choice)
    assert outcome["ids"] == ids
    assert outcome["counts"] == counts
    newest = tab.evaluate(FIND, [serve_sources(tab, district_address) + MODULE, data, choice, "newest"])
    assert newest["ids"] == ids[::-1]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as a reader without a mouse does."""
    handle = target.element_handle()
    for _ in range(80):
        page.keyboard.press("Tab")
        if handle.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def test_keyboard_alone_leads_from_home_to_a_map_and_back(browser: Browser, district_address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>map</title>")

    page.route(re.compile("^https://uri.amap.com/"), answer)
    page.goto(district_address)
    tab_to(page, page.get_by_role("navigation", name="栏目").get_by_role("link", name="科普基地", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bases/")
    tab_to(page, page.get_by_role("button", name="筛选"))
    page.keyboard.press("Space")
    for facet, term in (("level", "provincial"), ("town", "hill")):
        tab_to(page, box(page, facet, term))
        page.keyboard.press("Space")
    expect(sentence(page)).to_have_text("省级、示例山镇的科普基地：1 处")
    tab_to(page, page.locator("#results").get_by_role("link", name="示例星空馆"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bases/star-hall/")
    tab_to(page, page.get_by_role("link", name="高德地图"))
    page.keyboard.press("Enter")
    page.wait_for_url("https://uri.amap.com/**")
    page.go_back()
    page.wait_for_url("**/bases/star-hall/")
    page.go_back()
    expect(sentence(page)).to_have_text("省级、示例山镇的科普基地：1 处")
    page.close()


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_the_finder_fits(browser: Browser, district_address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(f"{district_address}bases/?town=hill")
    expect(sentence(page)).to_have_text("示例山镇的科普基地：1 处")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if width < 800:
        assert page.locator("#results .card").first.evaluate("card => card.getBoundingClientRect().top") < 1.5 * 740
        page.get_by_role("button", name="筛选（1）").click()
        expect(page.get_by_role("button", name="看 1 处结果")).to_be_in_viewport()
    heights = page.locator(".finder-choice").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= (44 if width < 800 else 24)
    page.close()

"""The dialog over every page, and the page with filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.search.sites import document, write_index, write_site
from tests.support import ASSETS, serve_folder

_DOCUMENTS = [
    document("绿源环保科普基地", "垃圾焚烧发电", id="luyuan", attributes={"level": ("省级",), "year": ("2019",)}),
    document("东仓里科普基地", "凉瓜栽培", id="dongcangli", attributes={"level": ("市级",), "year": ("2021",)}),
    document("科普基地", "2 处", id="list:bases", url="bases/", kind="lists", kind_label="目录"),
    document("内容有误", id="page:about/#corrections", url="about/#corrections", kind="pages", kind_label="页面"),
    document(
        "<b>科普基地</b>管理办法", "<img src=x onerror=alert(1)>申报", id="rules", kind="policies", kind_label="政策"
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("dialog") / "site", _DOCUMENTS)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    yield from serve_folder(site)


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert problems == []


def test_nothing_is_fetched_before_the_first_use(browser: Browser, address: str) -> None:
    page = browser.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(address)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [path for path in fetched if path.startswith("assets/") and "/search/" in path] == [
        ASSETS.script("search/search_box.js")
    ]
    with page.expect_response("**/index.json"):
        page.focus("#site-search-field")
    page.close()


def test_the_first_use_asks_for_all_at_once(browser: Browser, address: str) -> None:
    """None waits for another: scripts of the dialog and the worker, and the index as soon as its name is known."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    scripts = {ASSETS.script("search/search_dialog.js"), ASSETS.script("search/worker.js")}
    with page.expect_response("**/index.json"):
        assert held_of(page, address, lambda: page.focus("#site-search-field")) == scripts
    page.close()


def held_of(page: Page, address: str, act: Callable[[], object]) -> set[str]:
    """Return the scripts that are asked for while none of them comes."""
    held: list[Route] = []
    page.route("**/javascripts/**", lambda route: held.append(route))
    act()
    page.wait_for_timeout(500)
    asked = {route.request.url.removeprefix(address) for route in held}
    page.unroute_all(behavior="ignoreErrors")
    return asked


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_keys_open_and_close(tab: Page, keys: str) -> None:
    tab.keyboard.press(keys)
    expect(tab.get_by_role("dialog")).to_be_visible()
    expect(tab.locator("#search-field")).to_be_focused()
    expect(tab.locator("#search-field")).to_have_value("")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()


def test_escape_closes_the_dialog_before_its_script_has_come(tab: Page) -> None:
    waiting: list[Route] = []
    tab.route("**/search_dialog.js", lambda route: waiting.append(route))
    tab.keyboard.press("/")
    expect(tab.locator("#search-field")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()
    for route in waiting:
        route.continue_()
    tab.keyboard.press("/")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()


def test_typing_in_the_header_goes_on_in_the_dialog(tab: Page) -> None:
    tab.focus("#site-search-field")
    tab.keyboard.press("l")
    expect(tab.locator("#search-field")).to_have_value("l")
    expect(tab.locator("#search-field")).to_be_focused()
    tab.keyboard.type("vyuan")
    expect(tab.get_by_role("option")).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.locator("#site-search-field")).to_be_focused()


def test_arrows_move_and_enter_opens(tab: Page, address: str) -> None:
    tab.keyboard.press("/")
    field = tab.locator("#search-field")
    expect(field).to_have_attribute("aria-expanded", "false")
    tab.keyboard.type("科普基地")
    options = tab.get_by_role("option")
    expect(options).to_have_count(4)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(tab.get_by_role("group", name="科普基地")).to_be_visible()
    tab.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", "search-option-3")
    tab.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "search-option-0")
    target = options.first.get_attribute("href")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}{target.removeprefix('./')}")


def test_keys_of_an_input_method_are_left_alone(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("科普基地")
    expect(tab.get_by_role("option")).to_have_count(4)
    tab.evaluate("""() => {
      const field = document.querySelector("#search-field");
      for (const key of ["ArrowDown", "Enter", "Escape"])
        field.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true }));
      field.dispatchEvent(new CompositionEvent("compositionstart"));
      field.value = "kepu'jidi'bu'cun'zai";
      field.dispatchEvent(new InputEvent("input", { isComposing: true }));
    }""")
    tab.wait_for_timeout(300)
    expect(tab.get_by_role("dialog")).to_be_visible()
    expect(tab.get_by_role("option")).to_have_count(4)


def test_markup_in_records_stays_text(tab: Page) -> None:
    tab.goto(f"{tab.url}?q=管理办法")
    option = tab.get_by_role("option")
    expect(option).to_contain_text("<b>科普基地</b>管理办法")
    expect(option).to_contain_text("<img src=x onerror=alert(1)>申报")
    assert option.locator("b, img").count() == 0
    expect(option.locator("mark")).to_have_text(["管理办法"])


def test_query_stands_in_the_address(tab: Page, address: str) -> None:
    tab.goto(f"{address}?q=綠源")
    expect(tab.get_by_role("option")).to_have_count(1)
    expect(tab.locator(".search-name mark")).to_have_text("绿源")
    tab.fill("#search-field", "东仓里")
    tab.wait_for_url("**/?q=*")
    expect(tab.locator(".search-name mark")).to_have_text("东仓里")
    tab.click(".search-close")
    assert tab.url == address


def test_nothing_found_leads_on(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("火星移民局")
    expect(tab.locator("#search-dialog").get_by_role("status")).to_contain_text("没有找到“火星移民局”")
    ways = tab.locator(".search-ways")
    expect(ways.get_by_role("link")).to_have_text(["科普基地 2 处", "按拼音索引查找", "内容有误"])
    ways.get_by_role("button", name="东仓里科普基地").click()
    expect(tab.get_by_role("option").first).to_contain_text("东仓里科普基地")


def test_an_empty_dialog_and_an_empty_page_show_ways_on(tab: Page, address: str) -> None:
    tab.keyboard.press("/")
    expect(tab.locator("#search-dialog .search-doors a")).to_have_attribute("href", "./bases/")
    tab.goto(f"{address}search/")
    expect(tab.locator("#search-page .search-doors a")).to_have_attribute("href", "../bases/")


def test_what_was_not_understood_is_said(tab: Page) -> None:
    tab.goto(f"{tab.url}?q=附近的科普基地")
    expect(tab.locator("#search-dialog").get_by_role("status")).to_contain_text("没有按“附近”找")


def test_focus_stays_in_the_dialog(tab: Page) -> None:
    tab.keyboard.press("/")
    expect(tab.locator("#search-field")).to_be_focused()
    for _ in range(6):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('#search-dialog').contains(document.activeElement)")


def test_back_closes_the_dialog_and_stays_on_the_page(tab: Page, address: str) -> None:
    before = tab.evaluate("history.length")
    layer, field = tab.locator("#search-dialog"), tab.locator("#search-field")
    tab.focus("#site-search-field")
    tab.keyboard.type("东仓里")
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.wait_for_url(lambda url: unquote(url).endswith("?q=东仓里"))
    tab.go_back()
    expect(layer).to_be_hidden()
    expect(tab.locator("#site-search-field")).to_be_focused()
    assert tab.url == address
    tab.go_forward()
    expect(field).to_have_value("东仓里")
    for key in ("Escape", "Control+k", "Escape", "Control+k"):  # fast: a step forward waits for the step back
        tab.keyboard.press(key)
    expect(layer).to_be_visible()
    tab.click(".search-close")
    expect(layer).to_be_hidden()
    tab.wait_for_url(address)
    assert tab.evaluate("history.length") == before + 1
    tab.keyboard.press("Control+k")
    tab.keyboard.type("东仓里")
    tab.wait_for_url("**?q=*")  # what was found before stands there until then
    tab.get_by_role("option").first.click()
    tab.wait_for_url("**/bases/dongcangli/")
    tab.go_back()
    expect(field).to_have_value("东仓里")
    tab.keyboard.press("Escape")
    tab.wait_for_url(address)
    expect(layer).to_be_hidden()


def test_the_page_behind_the_dialog_is_out_of_reach(tab: Page) -> None:
    reach = "[...document.body.children].filter((part) => part.matches('[inert], [aria-hidden]')).length"
    for lacks in (False, True):
        if lacks:
            tab.evaluate("delete HTMLElement.prototype.inert")
        tab.keyboard.press("/")
        assert tab.evaluate(reach) == tab.evaluate("document.body.children.length") - 1
        assert tab.locator("body > [aria-hidden]").count() == (tab.evaluate(reach) if lacks else 0)
        tab.keyboard.press("Escape")
        expect(tab.locator("#search-dialog")).to_be_hidden()
        assert tab.evaluate(reach) == 0
        tab.wait_for_timeout(100)


def test_an_option_is_called_by_name_and_kind(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("东仓里")
    option = tab.get_by_role("option", name="东仓里科普基地，科普基地", exact=True)
    expect(option).to_have_accessible_description("凉瓜栽培")


def test_results_have_room_in_a_low_window(tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 256})
    tab.keyboard.press("/")
    tab.keyboard.type("科普基地")
    options = tab.get_by_role("option")
    expect(options).to_have_count(4)
    for number in range(4):
        tab.keyboard.press("ArrowDown")
        expect(options.nth(number)).to_be_in_viewport(ratio=0.99)


def test_page_filters_with_state_in_the_address(tab: Page, address: str) -> None:
    tab.goto(f"{address}search/?q=科普基地")
    cards, status = tab.locator(".search-card"), tab.locator("#search-page .search-status")
    expect(cards).to_have_count(4)
    tab.get_by_label("省级（1 条）").check()
    expect(cards).to_have_count(1)
    expect(tab.get_by_label("市级（1 条）")).to_be_visible()
    assert "level=" in tab.url
    tab.get_by_label("2019（1 条）").check()
    expect(status).to_have_text("找到 1 条")
    tab.go_back()
    tab.go_back()
    expect(cards).to_have_count(4)
    tab.go_forward()
    expect(tab.get_by_label("省级（1 条）")).to_be_checked()
    tab.reload()
    expect(cards).to_have_count(1)
    tab.get_by_role("button", name="清除筛选").click()
    expect(cards).to_have_count(4)


def test_page_lists_by_filter_alone(tab: Page, address: str) -> None:
    tab.goto(f"{address}search/?kind=policies")
    expect(tab.locator(".search-card")).to_have_count(1)


def test_without_script_the_form_leads_to_the_index(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    for start in (address, f"{address}search/"):
        page.goto(start)
        page.locator("main form, header form").last.locator("[name=q]").fill("绿源")
        page.keyboard.press("Enter")
        page.wait_for_url("**/az/?q=*")
    page.close()


def test_missing_index_says_so_and_recovers(browser: Browser, tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", _DOCUMENTS)
    (site / "assets/search/manifest.json").unlink()
    for address in serve_folder(site):
        page = browser.new_page()
        page.goto(address)
        page.keyboard.press("/")
        page.keyboard.type("绿源")
        expect(page.locator("#search-dialog .search-status")).to_contain_text("搜索暂时打不开")
        write_index(site, _DOCUMENTS)
        page.keyboard.type("环保")
        expect(page.get_by_role("option")).to_have_count(1)
        page.close()

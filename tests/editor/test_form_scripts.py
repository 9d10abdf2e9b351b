"""The live form in a browser, by mouse and keys: what is added, moved, searched, pasted and taken back is what is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Page, Route

from macros.editor.form import form_of
from macros.editor.reference_search import find_records
from macros.editor.submitted import data_of
from macros.records.collection import Collection
from macros.records.load import load
from macros.records.model.dates import PartialDate
from macros.records.model.registry import KINDS
from macros.text import prose

ROOT = Path(__file__).parents[2]
EDITOR = ROOT / "macros/editor"
STYLES = (ROOT / "overrides/assets/stylesheets/tokens.css", EDITOR / "static/editor.css", EDITOR / "static/form.css")
AXE: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
HOME = "http://editor.test/"
BASE: dict[str, Any] = {
    "name": "星空馆",
    "summary": "一处科普基地。",
    "aliases": ["甲"],
    "opening": [
        {"days": ["周二", "周三"], "from": "9:00", "to": "17:00"},
        {"days": ["周六"], "from": "10:00", "to": "12:00", "part": "天象厅"},
    ],
    "events": [
        {"date": "2020", "text": "一。", "sources": [{"title": "报道", "mark": "press"}]},
        {"date": "2021", "text": "二。"},
    ],
    "sources": [{"title": "网页", "mark": "official"}],
}


class Live:
    """A form in a browser."""

    def __init__(self, page: Page, kind: str, data: dict[str, Any]) -> None:
        self.page, self.model, self.data = page, KINDS[kind], data
        self.collection: Collection = load(ROOT / "tests/district", PartialDate.parse("2026-11-24")).collection
        environment = Environment(
            loader=FileSystemLoader(EDITOR / "templates"), autoescape=True, undefined=StrictUndefined
        )
        fields = environment.get_template("form.html").render(form=form_of(self.model, data, self.collection))
        self.html = (
            "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>编辑</title>"
            "<meta name='viewport' content='width=device-width'><link rel='icon' href='data:,'>"
            "<link rel='stylesheet' href='/all.css'><script type='module' src='/static/form.js'></script></head>"
            "<body><main><h1>星空馆</h1><form id='form' class='form' method='post' action='/save' data-home='/'>"
            f"<button type='submit'>保存</button><input type='hidden' name='_token' value='x'>{fields}</form></main></body></html>"
        )
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.route(f"{HOME}**", self._answer)
        page.goto(HOME)
        page.wait_for_selector(".form-tools")

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME).split("?")[0]
        if path == "names":
            query = route.request.url.split("q=")[1]
            found = find_records(self.collection, (), str(self.page.evaluate("decodeURIComponent", query)))
            answer = [{"id": one.id, "label": one.heading, "kind": ""} for one in found]
            route.fulfill(body=json.dumps(answer), content_type="application/json")
        elif path == "prose":
            text = parse_qs(route.request.post_data or "", keep_blank_values=True)["_text"][0]
            route.fulfill(body=prose.render(text, lambda name: None), content_type="text/plain; charset=utf-8")
        elif path == "all.css":
            route.fulfill(body="".join(style.read_text("utf-8") for style in STYLES), content_type="text/css")
        elif path.startswith("static/"):
            route.fulfill(path=EDITOR / path, content_type="text/javascript")
        else:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")

    def says(self) -> dict[str, Any]:
        """Return the values that the form would send now."""
        pairs = self.page.evaluate("[...new FormData(document.getElementById('form'))]")
        found: dict[str, Any] = data_of(self.model, [(name, text) for name, text in pairs], self.data)
        return found

    def button(self, name: str, within: str = "form") -> None:
        """Press a button."""
        self.page.locator(within).get_by_role("button", name=name, exact=True).click()


@pytest.mark.audit
def test_the_live_form(page: Page) -> None:
    live = Live(page, "bases", BASE)
    assert live.says() == BASE
    _items(live)
    _values(live)
    _week(live)
    _references(live)
    _prose(live)
    back = page.get_by_role("button", name="撤销")
    for _ in range(60):
        if back.is_enabled():
            back.click()
    assert live.says() == BASE
    for _ in range(2):  # The first brought an item in which nothing is written.
        page.get_by_role("button", name="重做").click()
    assert live.says() != BASE
    for width, scheme in ((320, "dark"), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scheme => document.documentElement.dataset.colorScheme = scheme", scheme)
        found = Axe().run(page, options=AXE).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
    page.set_viewport_size({"width": 320, "height": 900})
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert live.faults == []


def _items(live: Live) -> None:
    page, events = live.page, '[data-list="events"]'
    page.locator(f"{events} > .form-buttons").get_by_role("button", name="＋ 加一项大事").click()
    page.keyboard.type("2022")
    page.locator('[name="events.2.text"]').fill("三。")
    page.locator(f'{events} [data-item="events.2"]').get_by_role("button", name="用上一条的来源").click()
    added = {"date": "2022", "text": "三。", "sources": [{"title": "报道", "mark": "press"}]}
    assert live.says()["events"] == [*BASE["events"], added]
    page.locator('[data-item="events.2"] > details > .form-buttons').get_by_role("button", name="上移").click()
    assert live.says()["events"] == [BASE["events"][0], added, BASE["events"][1]]
    page.locator('[data-item="events.0"] > details > summary').click()
    page.locator('[data-item="events.0"] > details > .form-buttons').get_by_role("button", name="删去这一项").click()
    assert live.says()["events"] == [added, BASE["events"][1]]
    page.keyboard.press("Tab")
    live.page.wait_for_timeout(700)


def _values(live: Live) -> None:
    page = live.page
    page.locator("#field-aliases").locator("xpath=ancestor::details[1]").evaluate_all(
        "all => all.forEach(one => one.open = true)"
    )
    last = page.locator('#field-aliases input[type="text"]').last
    last.focus()
    page.evaluate(
        "() => { const data = new DataTransfer(); data.setData('text', '乙\\n丙\\n');"
        "document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"
    )
    assert live.says()["aliases"] == ["甲", "乙", "丙"]
    page.keyboard.type("丁")
    page.locator("#field-aliases li").first.get_by_role("button", name="删去 第 1 项").click()
    assert live.says()["aliases"] == ["乙", "丙", "丁"]


def _week(live: Live) -> None:
    page = live.page
    day = page.get_by_role("group", name="周二", exact=True)
    day.get_by_role("textbox", name="周二开始").fill("９点半")
    day.get_by_role("textbox", name="周二开始").blur()
    kept = BASE["opening"][1]
    first, second = {"from": "9:00", "to": "17:00"}, {"from": "9:30", "to": "17:00"}
    assert live.says()["opening"] == [{"days": ["周三"], **first}, kept, {"days": ["周二"], **second}]
    page.get_by_role("group", name="周二", exact=True).get_by_role("button", name="把周二的时间复制到其他天").click()
    assert live.says()["opening"] == [kept, {"days": ["周二", "周三"], **second}]
    page.get_by_role("group", name="周日", exact=True).get_by_role("checkbox").check()
    assert "周日" in live.says()["opening"][1]["days"]
    page.get_by_role("group", name="周日", exact=True).get_by_role("checkbox").uncheck()
    assert "周日" not in str(live.says()["opening"])


def _references(live: Live) -> None:
    page = live.page
    merged = page.locator("#field-merged_into")
    merged.locator("xpath=ancestor::details[1]").evaluate_all("all => all.forEach(one => one.open = true)")
    merged.click()
    page.keyboard.type(live.collection.records["small-pond"].heading[:-1])
    page.wait_for_selector('.form-found [role="option"]:visible')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert live.says()["merged_into"] == "small-pond"
    assert page.locator("#field-merged_into").input_value() == live.collection.records["small-pond"].heading


def _prose(live: Live) -> None:
    page = live.page
    body = page.locator("#field-body")
    body.locator("xpath=ancestor::details[1]").evaluate_all("all => all.forEach(one => one.open = true)")
    body.fill("甲\n乙")
    body.press("Control+a")
    tools = page.locator('[data-path="body"]')
    tools.get_by_role("button", name="列表").click()
    assert live.says()["body"] == "- 甲\n- 乙"
    tools.locator(".form-look li").nth(1).wait_for()
    assert tools.locator(".form-look li").all_inner_texts() == ["甲", "乙"]
    body.press("Control+z")
    assert live.says()["body"] == "甲\n乙"

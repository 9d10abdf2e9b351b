"""Pages of routes: found by a teacher in two choices, told stop by stop, and printed on one sheet."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, expect

from macros.site.session import Session
from tests.pages.test_print import RASTER, read
from tests.site.test_opening import reader_at

ROUTE = "routes/stars-and-seeds/"
WEDNESDAY = "2026-11-25T03:00:00Z"


def test_a_class_finds_its_route_and_what_it_must_know(browser: Browser, district_address: str) -> None:
    with reader_at(browser, "America/Los_Angeles", WEDNESDAY) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(f"{district_address}routes/?grade=grades-5-6&size=40")
        expect(page.locator(".finder-sentence")).to_have_text("小学五六年级、40 人的科普线路：1 条")
        assert page.locator(".results .card").count() == 1
        page.goto(district_address + ROUTE)
        expect(page.locator("#stop-1 .today")).to_have_text("今天（周三）9:00–17:00，现在开放，须预约；天文台不开放")
        assert page.locator(".route .today:visible").count() == 1
        links = page.locator("#stop-1 .maps a").evaluate_all("(links) => links.map((link) => link.href)")
        assert [link.split("?")[0] for link in links] == [
            "https://uri.amap.com/navigation",
            "https://api.map.baidu.com/direction",
            "https://apis.map.qq.com/uri/v1/routeplan",
        ]
        assert "from=113.08,22.59" in links[0]
        assert "mode=car" in links[0]
        assert page.locator("#stop-4 .maps").count() == 0


def test_the_sheet_is_one_page_with_a_code_for_each_stop(browser: Browser, district_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{district_address}{ROUTE}sheet/")
    expect(page.locator(".sheet-code svg")).to_have_count(4)
    codes = page.locator(".sheet-code svg").element_handles()
    assert [read(code.evaluate(RASTER))[0].removeprefix(district_address) for code in codes] == [
        "bases/star-hall/",
        "incubators/seed-park/",
        f"{ROUTE}#stop-3",
        "bases/small-pond/",
    ]
    assert codes[0].get_attribute("aria-label") == "示例星空馆的二维码"
    page.locator(".sheet > li").first.evaluate("(stop) => stop.after(stop.cloneNode(true), stop.cloneNode(true))")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.close()


def test_machines_are_told_of_the_trip_and_places_of_their_routes(district: Session) -> None:
    head = str(district.renderer.head(district.planned[ROUTE]))
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    trip = json.loads(text)["mainEntity"]
    assert (trip["@type"], trip["touristType"]) == ("TouristTrip", ["小学五六年级", "初中", "亲子家庭"])
    assert [item["item"]["name"] for item in trip["itinerary"]["itemListElement"]] == [
        "示例星空馆",
        "示例种子园",
        "示例河公园",
        "示例小池塘",
    ]
    for address in ("bases/star-hall/", "incubators/seed-park/", "bases/small-pond/"):
        html = str(district.renderer.content(district.planned[address]))
        here = html.partition('id="routes"')[2].partition("</section>")[0]
        assert "星空和种子一日线路" in here
        assert "老街半日线路" not in here
    assert f"{ROUTE}sheet/" not in district.files()["sitemap.xml"].decode()

"""A record that was split keeps its page, which names its parts; it stands on no list, and its parts tell of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.editing.diff import changes, show
from macros.library.library import Library
from macros.pages.plan import plan
from macros.search.documents import documents
from macros.site.session import Session
from tests.support.projects import base, load_project

OLD = "bases/sun-street/"


def test_its_page_leads_to_its_parts(district: Session) -> None:
    page = district.planned[OLD]
    content = district.renderer.content(page)
    assert re.search(
        r'这一条已分为：<a href="../../bases/star-hall/">示例星空馆</a>、<a href="../../bases/small-pond/">示例小池塘</a>',
        content,
    )
    assert "去之前看这里" not in content
    assert (page.indexed, page.leads_to) == (False, "")
    assert "/by/" not in content, "it is on no list of its terms"


def test_its_parts_tell_where_they_come_from(district: Session) -> None:
    for part in ("bases/star-hall/", "bases/small-pond/"):
        content = district.renderer.content(district.planned[part])
        assert '由 <a href="../../bases/sun-street/">示例科普街</a> 分出' in content


def test_it_stands_on_no_list_and_in_no_site_map(district: Session) -> None:
    library = district.library
    listed = {record.id for kind in library.kinds() for record in library.records(kind)}
    lettered = {record.id for group in library.alphabet for record in group.records}
    assert "sun-street" not in listed | lettered
    assert OLD not in district.files()["sitemap.xml"].decode()
    finder = district.planned["bases/"].data["finder"]
    assert "示例科普街" not in finder.content.decode()


def test_the_search_knows_its_name_and_puts_it_after_the_living(district: Session) -> None:
    [found] = [document for document in documents(district.library, {}) if document.id == "sun-street"]
    assert (found.name, bool(found.past), found.attributes, found.body) == ("示例科普街", True, {}, "")


def test_the_interface_for_programs_tells_of_it(district: Session) -> None:
    files = district.files()
    entries = {entry["id"]: entry for entry in json.loads(files["api/v1/bases/index.json"])["records"]}
    assert entries["sun-street"]["split_into"] == ["star-hall", "small-pond"]
    assert entries["star-hall"]["split_into"] == []
    assert entries["sun-street"]["is_current"] is False
    assert json.loads(files["api/v1/bases/sun-street.json"])["split_into"] == ["star-hall", "small-pond"]


def test_a_former_id_leads_to_its_page(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}bases/sun-lane/")
    page.wait_for_url(district_address + OLD)
    expect(page.locator(".notice")).to_contain_text("这一条已分为：示例星空馆、示例小池塘")


@pytest.mark.parametrize("address", ["legal/privacy/", "旧 栏目/隐私/", "articles/twinkling/"])
def test_pages_by_hand_and_articles_that_moved_lead_on(page: Page, district_address: str, address: str) -> None:
    page.goto(district_address + address)
    to = "articles/why-stars-twinkle/" if "articles" in address else "privacy/"
    page.wait_for_url(district_address + to)


def test_a_part_that_was_merged_leads_to_what_took_it_over(tmp_path: Path) -> None:
    files = {
        "data/bases/street.yml": base("split_into: [pond, lake]\n"),
        "data/bases/pond.yml": base(),
        "data/bases/lake.yml": base("merged_into: wetland\n"),
    }
    library = Library(load_project(tmp_path, files).collection)
    street = library.published["street"]
    assert [part.id for part in library.parts(street)] == ["pond", "wetland"]
    assert [origin.id for origin in library.split_from(library.published["pond"])] == ["street"]
    assert library.split_from(library.published["wetland"]) == (street,), "or nothing would lead to the old page"


def test_a_kind_whose_only_record_was_split_has_its_page_and_no_list(tmp_path: Path) -> None:
    text = "name: 育苗园\nsummary: 一处。\nsources: [{ref: plan}]\nsplit_into: [wetland, plan]\n"
    library = Library(load_project(tmp_path, {"data/incubators/seedbed.yml": text}).collection)
    pages = {page.address: page for page in plan(library)}
    assert "incubators/" not in pages
    assert pages["incubators/seedbed/"].section == ""


def test_a_split_is_told_in_words(tmp_path: Path) -> None:
    street = {"data/bases/street.yml": base(name="老街")}
    parts = {"data/bases/pond.yml": base(name="甲馆"), "data/bases/lake.yml": base(name="乙馆")}
    after = {**parts, "data/bases/street.yml": base("split_into: [pond, lake]\n", name="老街")}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    before = load_project(tmp_path / "a", street).collection
    told = show(changes(before, load_project(tmp_path / "b", after).collection), "text")
    assert "老街：已分为 新增 “甲馆”、“乙馆”" in told

"""A finder of many records: a choice fetches little, and shows the same as a finder whose records lie in one file."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from macros.pages import finder as finder_module
from macros.pages.finder import FOLDER, TERMS, TEXTS_IN_FILE, Data, files_of
from macros.pages.finder_columns import DIGITS
from tests.finder.conftest import invent
from tests.support import DISTRICT, open_session

COUNT = 2_000


def data_of(count: int) -> Data:
    """Return invented data; the later a record, the newer, four of each day."""
    invented = invent(count)
    days = [f"2026-{number // 28 % 12 + 1:02}-{number // 4 % 7 + 1:02}" for number in range(count)]
    return Data(invented["facets"], invented["badges"], invented["records"], days)


def read_column(column: Mapping[str, Any]) -> list[int]:
    """Read a column as the browser does."""
    digits, text = column["digits"], column["numbers"]
    pieces = (text[start : start + digits] for start in range(0, len(text), digits))
    numbers = []
    for piece in pieces:
        number = 0
        for digit in piece:
            number = number * len(DIGITS) + DIGITS.index(digit)
        numbers.append(number)
    return numbers


def test_few_records_lie_in_one_file() -> None:
    assert len(files_of("bases", data_of(finder_module.WHOLE))) == 1
    assert len(files_of("bases", data_of(finder_module.WHOLE + 1))) > 1


def test_every_record_is_there_with_terms_texts_and_day() -> None:
    data = data_of(COUNT)
    files = files_of("bases", data)
    first = json.loads(next(iter(files.values())))
    terms = [[column["sets"][place] for place in read_column(column)] for column in first["terms"]]
    assert [list(row) for row in zip(*terms, strict=True)] == [row[TERMS] for row in data.records]
    folder = f"{FOLDER}/{first['texts']['folder']}"
    shards = [json.loads(files[f"{folder}{number}.json"]) for number in range(-(-COUNT // TEXTS_IN_FILE))]
    assert [tuple(row) for shard in shards for row in shard] == [tuple(row[:TERMS]) for row in data.records]
    days = read_column(json.loads(files[f"{folder}days.json"]))
    assert sorted(range(COUNT), key=days.__getitem__, reverse=True) == data.newest


def test_the_files_are_named_after_their_content() -> None:
    one, other = files_of("bases", data_of(COUNT)), files_of("bases", data_of(COUNT + 1))
    assert not set(one) & set(other)
    assert all(re.fullmatch(r"assets/finder/bases[./][0-9a-f]{16}(\.json|/\w+\.json)", path) for path in one)
    assert one == files_of("bases", data_of(COUNT))


def test_a_first_choice_among_many_fetches_little() -> None:
    """The order of records is random here, which is the worst for compression; cards lie as far apart as they can."""
    files = {path: len(gzip.compress(content)) for path, content in files_of("bases", data_of(35_000)).items()}
    first, *others = files.values()
    assert first < 4 * 35_000
    assert first + 24 * max(others[:-1]) < 120_000


def test_the_site_has_all_files_of_a_finder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder_module, "WHOLE", 1)
    session = open_session(DISTRICT)
    finder = session.planned["bases/"].data["finder"]
    assert len(finder.files) == 4
    assert {path: session.files()[path] for path in finder.files} == finder.files


@pytest.fixture
def fetched() -> list[str]:
    """The files of the finder that were fetched, in their order."""
    return []


@pytest.fixture
def many(tab: Page, fetched: list[str]) -> Page:
    """The district's bases, whose finder gets many invented records in many files."""
    files = files_of("bases", data_of(COUNT))

    def answer(route: Route) -> None:
        fetched.append(FOLDER + route.request.url.partition(FOLDER)[2])
        content = files.get(fetched[-1]) or next(iter(files.values()))
        route.fulfill(status=200, content_type="application/json", body=content)

    tab.route(f"**/{FOLDER}/**", answer)
    return tab


def test_the_cards_shown_have_their_texts(many: Page, fetched: list[str]) -> None:
    many.locator('.finder input[name="town"][value="hill"]').check()
    found = [row for row in data_of(COUNT).records if 0 in row[TERMS][2]]
    expect(many.locator(".finder-sentence")).to_have_text(f"示例山镇的科普基地：{len(found)} 处")
    names = many.locator("#results .card-title")
    expect(names).to_have_text([row[1] for row in found[:24]])
    many.get_by_role("button", name="再显示 24 条").click()
    expect(names).to_have_text([row[1] for row in found[:48]])
    expect(many.locator("#results .card").nth(24).locator("a")).to_be_focused()
    assert len(fetched) == len(set(fetched)) < 12


def test_the_newest_lead_here_too(many: Page) -> None:
    many.locator("select[name=sort]").select_option("newest")
    data = data_of(COUNT)
    assert data.newest is not None
    names = [data.records[place][1] for place in data.newest[:24]]
    expect(many.locator("#results .card-title")).to_have_text(names)
    many.locator("select[name=sort]").select_option("")
    expect(many.locator("#results .card")).to_have_count(3)


def test_texts_that_do_not_come_leave_the_links(many: Page) -> None:
    many.route(f"**/{FOLDER}/bases/*/*.json", lambda route: route.fulfill(status=200, body="["))
    many.locator('.finder input[name="town"][value="hill"]').check()
    expect(many.locator(".finder-sentence")).to_have_text("筛选暂时用不了，请用上面的链接。")
    expect(many.locator("#results .card")).to_have_count(3)
    expect(many.get_by_role("navigation", name="按分类浏览")).to_be_visible()

"""A finder in a browser: a page that is watched for faults, and invented data of any size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

Data = dict[str, Any]
FACETS = {
    "level": ["national", "provincial", "municipal"],
    "field": ["astronomy", "information"],
    "town": ["hill", "river"],
}


def invent(count: int) -> Data:
    """Return the data of a finder with so many records, the same at every call."""
    random = Random(1)
    return {
        "facets": FACETS,
        "badges": [["省级", "level-provincial"], ["开放", "status-open"]],
        "records": [_row(random, number) for number in range(count)],
        "newest": list(range(count - 1, -1, -1)),
    }


def _row(random: Random, number: int) -> list[Any]:
    terms = [sorted(random.sample(range(len(ids)), random.randint(0, min(2, len(ids))))) for ids in FACETS.values()]
    return [
        f"place-{number}",
        f"示例馆 {number}",
        "一句话说明这是什么地方。",
        "免费 · 每天",
        "天文航天 · 示例山镇",
        [0, 1],
        terms,
    ]


@pytest.fixture
def tab(browser: Browser, district_address: str) -> Iterator[Page]:
    """A page on the district's bases that must not complain."""
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{district_address}bases/")
    yield page
    page.close()
    assert problems == []


@pytest.fixture
def crowd(tab: Page) -> Page:
    """The same page, whose finder gets 10,000 invented records."""
    body = json.dumps(invent(10_000))

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=body)

    tab.route("**/assets/finder/*.json", answer)
    return tab

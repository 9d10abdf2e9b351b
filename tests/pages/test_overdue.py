"""What a day brings about: overdue reviews and ended terms, at build time and again in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from macros.library.library import Library
from macros.pages.render import Renderer
from macros.pages.theme import theme_of
from macros.records.model.dates import PartialDate
from macros.site.session import Session
from tests.support.sources import serve_sources

RECORD = "bases/star-hall/"
NOTICE = re.compile(
    r'<div class="notice notice-plain" role="note" data-last-day="([\d-]+)"( hidden)?>.*?内容可能过时', re.DOTALL
)


def html_on(session: Session, day: PartialDate) -> str:
    """Return the record's page as it would be made on another day."""
    library = Library(replace(session.library.collection, as_of=day))
    return Renderer(library, session.site, theme_of()).content(session.planned[RECORD])


@pytest.fixture
def due(district: Session) -> PartialDate:
    """The day on which the record is to be reviewed."""
    record = district.library.get("star-hall")
    assert record is not None
    day = district.library.next_review(record)
    assert day is not None
    return day


def test_an_overdue_page_says_so_from_the_next_day_on(district: Session, due: PartialDate) -> None:
    for day, hidden in ((due, " hidden"), (PartialDate(due.year, due.month, (due.day or 0) + 1), None)):
        found = NOTICE.search(html_on(district, day))
        assert found is not None
        assert found.groups() == (due.iso, hidden)


def test_a_page_tells_of_its_next_review_and_of_all_updates(district: Session, due: PartialDate) -> None:
    html = html_on(district, due)
    assert f'下次核对</dt><dd><time datetime="{due.iso}">' in html
    assert '<a href="../../updates/">查看全部更新</a>' in html


def test_a_page_that_was_never_reviewed_has_no_day(district: Session) -> None:
    html = district.renderer.content(district.planned["bases/small-pond/"])
    assert "下次核对" not in html
    assert "内容可能过时" not in html
    assert "待编辑核对" in html


SHOW = "async ([module, today]) => (await import(module)).showOverdue(today)"


@pytest.fixture
def tab(browser: Browser, district_address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(district_address + RECORD)
    yield page
    page.close()


@pytest.mark.parametrize(("days", "is_seen"), [(0, False), (1, True), (400, True)])
def test_the_browser_looks_at_the_calendar_again(
    tab: Page, district_address: str, due: PartialDate, days: int, is_seen: bool
) -> None:
    tab.evaluate("document.querySelectorAll('[data-last-day]').forEach(notice => { notice.hidden = true; })")
    today = due.first_day + timedelta(days=days)
    tab.evaluate(SHOW, [serve_sources(tab, district_address) + "today.js", today.isoformat()])
    assert tab.locator(".notice", has_text="内容可能过时").is_visible() == is_seen

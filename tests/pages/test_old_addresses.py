"""Old addresses in a browser: it goes on at once, with scripts switched off too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

OLD = ("bases/old-observatory/", "bases/old-stars/")


@pytest.mark.parametrize("address", OLD)
def test_a_browser_goes_on_to_the_record_of_today(page: Page, district_address: str, address: str) -> None:
    page.goto(district_address + address)
    page.wait_for_url(f"{district_address}bases/star-hall/")
    expect(page.get_by_role("heading", level=1)).to_have_text("示例星空馆")


def test_it_needs_no_script(browser: Browser, district_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(district_address + OLD[0])
    page.wait_for_url(f"{district_address}bases/star-hall/")
    context.close()


def test_feeds_and_downloads_of_the_data_page_are_served(page: Page, district_address: str) -> None:
    page.goto(f"{district_address}data/")
    links = page.locator(".page a[href*='.']").evaluate_all("links => links.map(link => link.href)")
    own = [link for link in links if link.startswith(district_address) and not link.endswith("/")]
    assert len(own) > 20
    assert all(page.request.get(link).ok for link in own)

"""What several tests of this wing need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright


@pytest.fixture
def tab(playwright: Playwright) -> Iterator[Page]:
    """An empty page of a real browser, which asks no host of its own accord."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
    yield browser.new_page()
    browser.close()

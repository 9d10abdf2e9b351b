"""What several tests of this wing need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of, in the order of complaints; ``window.violations`` tells what was forbidden."""
    found: list[str] = []
    page.add_init_script(LISTEN)
    page.on("console", lambda message: found.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


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

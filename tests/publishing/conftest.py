"""What several tests of this wing need."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

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

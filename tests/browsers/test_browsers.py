"""Firefox, WebKit, an old and today's Chromium walk through the site, and their consoles stay empty (``make audit``)."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from tests.browsers import drivers
from tests.browsers.drivers import Browser
from tests.browsers.walk import walk
from tests.support import CHROMIUM, ROOT, serve_folder

OLD_CHROMIUM = str(ROOT / ".venv" / "old-chromium" / "chromium")
HERE = Path(__file__).parent
HEAD = '<meta charset="utf-8">'
BROWSERS: dict[str, tuple[Callable[[Path], AbstractContextManager[Browser]], str, str | None]] = {
    "Chromium": (drivers.chromium, " HeadlessChrome/", CHROMIUM["executable_path"]),
    "Chromium 86": (partial(drivers.chromium, program=OLD_CHROMIUM), " HeadlessChrome/86.", shutil.which(OLD_CHROMIUM)),
    "Firefox": (drivers.firefox, " Firefox/", shutil.which("firefox-esr")),
    "WebKit": (drivers.webkit, " AppleWebKit/605.", shutil.which("WebKitWebDriver") and shutil.which("Xvfb")),
}
# Each in the words of every browser, from `broken/`: without them an empty console would mean nothing.
WRONGS = ["missing.js", "unreadable.js", "written", "thrown", "rejected", "at work", "script-src"]


@pytest.mark.audit
@pytest.mark.parametrize("name", BROWSERS)
def test_a_reader_walks_through_the_site(name: str, district_site: Path, tmp_path: Path) -> None:
    opened, agent, program = BROWSERS[name]
    if name == "Chromium 86" and platform.machine() != "x86_64":
        pytest.skip("there is a Chromium 86 for x86-64 alone")
    if program is None:
        pytest.fail(f"{name} is missing: run `make browsers`, which installs it from Debian, an old one by npm")
    profile = tmp_path / "profile"
    profile.mkdir()
    for address in serve_folder(listened(district_site, tmp_path / "site")):
        with opened(profile) as browser:
            browser.go(address)
            assert agent in browser.run("return navigator.userAgent;")
            walk(browser, address)
            assert browser.complaints() == []
            browser.go(f"{address}broken/")
            drivers.patiently(lambda: hears_everything(browser))


def hears_everything(browser: Browser) -> None:
    """Look whether the browser has told all that is wrong with the broken page.

    Raises:
        ValueError: not yet.
    """
    heard = "\n".join(browser.complaints())
    if unheard := [wrong for wrong in WRONGS if wrong not in heard]:
        raise ValueError(f"{unheard} in {heard}")


def listened(site: Path, copy: Path) -> Path:
    """Return a copy of a site with the broken page, and with the listener before all other scripts of every page."""
    shutil.copytree(site, copy)
    shutil.copytree(HERE / "broken", copy / "broken")
    shutil.copy(HERE / "listener.js", copy)
    for page in copy.rglob("*.html"):
        text = page.read_text("utf-8")
        assert HEAD in text, page
        page.write_text(text.replace(HEAD, f'{HEAD}<script src="/listener.js"></script>', 1), "utf-8")
    return copy

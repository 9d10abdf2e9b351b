"""Walk through the site in Debian's Firefox: `make browsers`.

Firefox speaks WebDriver's commands over a socket of its own, so nothing but the browser itself is needed.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import DISTRICT, build_whole, serve_folder

PORT = 2828
DOWN_AND_ENTER = "\ue015\ue007"


class Firefox:
    """A session of Firefox, driven by Marionette: a length in decimal digits, a colon, an array in JSON."""

    def __init__(self, connection: socket.socket) -> None:
        """Begin a session on an open connection."""
        self._file = connection.makefile("rwb")
        self._number = 0
        self._read()
        self.ask("WebDriver:NewSession", {})

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command, and return what it answers.

        Raises:
            RuntimeError: the browser refuses it.
        """
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._file.write(b"%d:%b" % (len(message), message))
        self._file.flush()
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def run(self, script: str) -> Any:
        """Return what a script of the page returns."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": [], "sandbox": None})["value"]

    def go(self, address: str) -> None:
        """Go to an address."""
        self.ask("WebDriver:Navigate", {"url": address})

    def back(self) -> None:
        """Go back one step."""
        self.ask("WebDriver:Back", {})

    def press(self, keys: str) -> None:
        """Press keys one after another."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("WebDriver:PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def _read(self) -> Any:
        length = b""
        while (digit := self._file.read(1)) != b":":
            length += digit
        return json.loads(self._file.read(int(length)))


def wait(browser: Firefox, condition: str) -> None:
    """Wait until an expression of the page is true.

    Raises:
        SystemExit: it does not become true within 20 seconds.
    """
    end = time.monotonic() + 20
    while not browser.run(f"return Boolean({condition});"):
        if time.monotonic() > end:
            sys.exit(f"never true: {condition}")
        time.sleep(0.1)


def walk(browser: Firefox, site: str) -> None:
    """Finder, record, search by pinyin with keys alone, Back, both switches, code on paper."""
    browser.go(f"{site}bases/")
    wait(browser, "getComputedStyle(document.querySelector('.finder')).display !== 'none'")
    before = browser.run("return document.querySelector('.finder-sentence').textContent;")
    browser.run("document.querySelector('.finder input[type=checkbox]').click();")
    wait(browser, f"document.querySelector('.finder-sentence').textContent !== {json.dumps(before)}")
    for name in ("type", "scheme"):
        browser.run(f"document.querySelector('[data-preference={name}]').click();")
    wait(browser, "document.documentElement.matches('[data-type=large][data-color-scheme=dark]')")
    browser.go(f"{site}bases/star-hall/")
    wait(browser, "document.querySelector('[data-print-code] svg') || !dispatchEvent(new Event('beforeprint'))")
    browser.press("/")
    wait(browser, "document.activeElement.id === 'search-field'")
    browser.press("xingkong")
    wait(browser, "document.querySelector('.search-option')")
    browser.back()
    wait(browser, "document.getElementById('search-dialog').hidden && location.search === ''")
    browser.press("/xingkong")
    wait(browser, "document.querySelector('.search-option')")
    browser.press(DOWN_AND_ENTER)
    wait(browser, "location.pathname.startsWith('/bases/') && location.search === ''")


@contextmanager
def firefox(folder: str) -> Iterator[Firefox]:
    """Start Firefox without a window and with a profile of its own."""
    Path(folder, "user.js").write_text('user_pref("app.update.enabled", false);\n', "utf-8")
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", folder]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield Firefox(connected())
        finally:
            process.terminate()


def connected() -> socket.socket:
    """Connect as soon as the browser listens."""
    end = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", PORT), timeout=60)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def main() -> None:
    """Build the tests' district and walk through it."""
    with tempfile.TemporaryDirectory() as folder:
        site = build_whole(DISTRICT, Path(folder) / "site")
        profile = Path(folder) / "profile"
        profile.mkdir()
        for address in serve_folder(site):
            with firefox(str(profile)) as browser:
                walk(browser, address)
                print(browser.run("return navigator.userAgent;"), "good")


if __name__ == "__main__":
    main()

"""Let axe look at every page of a finished site, and keep what it says, for `kepu check --inspection --axe`.

python -m tests.accessibility.axe_results SITE FILE
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.support import CHROMIUM, serve_folder
from tests.support.templates import reader, visit

LAWS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": LAWS,
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
VIEWS = (("light", 360), ("dark", 1440))


def look(browser: Browser, site: Path) -> list[dict[str, Any]]:
    """Return axe's results for each page in each view; addresses are relative to the site's root."""
    pages = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    found = []
    with contextmanager(serve_folder)(site) as address:
        for scheme, width in VIEWS:
            with reader(browser, scheme, width) as page:
                for one in pages:
                    visit(page, address + one)
                    found.append(_kept(Axe().run(page, options=OPTIONS).response, one or "/"))
    return found


def _kept(response: dict[str, Any], address: str) -> dict[str, Any]:
    violations = [
        {key: one[key] for key in ("id", "impact", "help")} | {"nodes": [{"target": n["target"]} for n in one["nodes"]]}
        for one in response["violations"]
    ]
    return {"url": address, "timestamp": response["timestamp"], "violations": violations}


def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


def main() -> None:
    """Read the command line, look, and write."""
    site, out = map(Path, sys.argv[1:])
    with contextmanager(_chromium)() as browser:
        results = look(browser, site)
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len({one['url'] for one in results})} pages, {sum(len(one['violations']) for one in results)} violations")


if __name__ == "__main__":
    main()

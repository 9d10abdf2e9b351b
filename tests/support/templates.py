"""One page of the invented district for each template, in the states that look different."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Route

TEMPLATES: Mapping[str, str] = {
    "home": "",
    "bases": "bases/",
    "bases-chosen": "bases/?level=provincial&town=river",
    "activities": "activities/",
    "activity": "activities/star-talks/",
    "activity-cancelled": "activities/pond-walk/",
    "school-visits": "school-visits/",
    "visit-plan": "bases/star-hall/visit-plan/",
    "activities-month": "activities/2026-12/",
    "routes": "routes/",
    "route": "routes/stars-and-seeds/",
    "route-sheet": "routes/stars-and-seeds/sheet/",
    "incubators": "incubators/",
    "policies": "policies/",
    "platforms": "platforms/",
    "targets": "targets/",
    "articles": "articles/",
    "term": "bases/by/level/provincial/",
    "base-filled": "bases/star-hall/",
    "base-minimal": "bases/small-pond/",
    "incubator": "incubators/seed-park/",
    "policy": "policies/science-measures-2024/",
    "policy-replaced": "policies/science-measures-2020/",
    "platform": "platforms/lamp-institute/",
    "target-reached": "targets/visitors-2025/",
    "target-unknown": "targets/lamp-listed/",
    "article": "articles/why-stars-twinkle/",
    "quiz": "quiz/",
    "passport": "passport/",
    "az": "az/",
    "site-map": "site-map/",
    "search": "search/?q=星空",
    "updates": "updates/",
    "updates-month": "updates/2026-06/",
    "data": "data/",
    "written": "about/",
    "withdrawn": "notice/",
    "lost": "404.html",
    "redirect": "bases/old-observatory/",
}
RECORDS = tuple(
    address for name, address in TEMPLATES.items() if re.match("base-|incubator$|pol|platform$|target-", name)
)
SCHEMES = ("light", "dark")
WIDTHS = (360, 768, 1440)
_REFRESH = re.compile(r'<meta http-equiv="refresh"[^>]*>')


@contextmanager
def reader(browser: Browser, scheme: str, width: int) -> Iterator[Page]:
    """Open a page as a reader with a scheme and a width of screen sees it, without movement."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def visit(page: Page, address: str) -> None:
    """Go to an address, wait until it is there, and stay even if it leads on at once."""
    page.route(address, _stay)
    page.goto(address, wait_until="networkidle" if "?" in address else "load")
    page.unroute(address)


def _stay(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=_REFRESH.sub("", response.text()))

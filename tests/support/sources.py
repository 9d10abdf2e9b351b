"""Modules of ours as they are written, for tests of what only comes joined with others."""

from __future__ import annotations

from playwright.sync_api import Page, Route

from tests.support import ROOT

SOURCES = "sources/"


def serve_sources(page: Page, address: str) -> str:
    """Let a page import single modules; return the address of their folder.

    Args:
        page: which may import them.
        address: of the site that it is on, ending with a slash.
    """

    def answer(route: Route) -> None:
        path = ROOT / "overrides" / "assets" / "javascripts" / route.request.url.removeprefix(address + SOURCES)
        route.fulfill(path=path, content_type="text/javascript")

    page.route(f"{address}{SOURCES}**", answer)
    return address + SOURCES

"""The bundle: one zip that opens from a folder without a server, with search and finders."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.pages.scripts import classic
from macros.publishing.release.inventory import read_inventory
from macros.site.build import Demands, build_site
from macros.site.bundle import ADDRESS, FOLDER, START, bundled_page, whole
from tests.support import DISTRICT
from tests.support.looping import failures

ADDRESSES = {
    "../": "../index.html",
    "./": "./index.html",
    "../..": "../../index.html",
    "../bases/?town=x#results": "../bases/index.html?town=x#results",
    "bases/": "bases/index.html",
    "../files/旧%20栏目/a.pdf": "../files/旧%20栏目/a.pdf",
    "#content": "#content",
    "?q=1": "?q=1",
    "": "",
    "https://example.org/kepu/": "https://example.org/kepu/",
    "mailto:a@example.org": "mailto:a@example.org",
}


def test_pages_scripts_and_links_suit_a_folder() -> None:
    assert failures(lambda case: _is(whole(case[0]), case[1]), ADDRESSES.items()) == []
    module = 'const worker = new Worker(new URL("./w.js", import.meta.url));\nexport async function b() {\nreturn import("./../c.js");\n}\n'
    _is(
        classic("a/b.js", module),
        '"use strict";\nkepuBundle.module("a/b.js", ({ $load, fetch }, Worker) => {\n'
        'const worker = new Worker(({}));\nasync function b() {\nreturn $load("c.js");\n}\nreturn { b };\n});\n',
    )
    scripts = "../assets/javascripts/0123456789abcdef/"
    made = bundled_page(
        f'<meta http-equiv="Content-Security-Policy" content="script-src \'self\'"><link rel="modulepreload" href="{scripts}c.js">'
        f'<script type="module" src="{scripts}site.js"></script><p>写 \'self\'</p><form action="../az/" method="get">'
    )
    _is(
        made,
        '<meta http-equiv="Content-Security-Policy" content="script-src \'self\' file:">'
        f'<script src="{scripts}bundle.js"></script>\n<script defer src="{scripts}site.js"></script>'
        '<p>写 \'self\'</p><form action="../az/index.html" method="get">',
    )


def _is(made: str, expected: str) -> None:
    assert made == expected


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The district's site built with its bundle, and the folder of the unpacked bundle."""
    folder = tmp_path_factory.mktemp("带包")
    build_site(DISTRICT, folder / "site", Demands(bundle=True))
    with zipfile.ZipFile(folder / "site" / ADDRESS) as archive:
        archive.extractall(folder / "离线 网站")
    return folder / "site", folder / "离线 网站"


@pytest.fixture
def page(browser: Browser, sites: tuple[Path, Path]) -> Iterator[Page]:
    """A page opened from the folder, which must neither complain nor ask for anything elsewhere."""
    page, problems = browser.new_page(), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else problems.append(asked.url))
    page.goto(f"file://{quote(str(sites[1] / START))}")
    yield page
    page.close()
    assert problems == []


@pytest.mark.audit
def test_the_unpacked_bundle_searches_and_filters(page: Page) -> None:
    page.wait_for_url(f"**/{FOLDER}index.html")
    for query, name in (("星空馆", "星空馆"), ("xingkong", "星空馆")):
        page.locator("#site-search-field").click()
        page.locator("#search-dialog .search-field").fill(query)
        expect(page.locator("#search-dialog [role=option]").first).to_contain_text(name)
        page.keyboard.press("Escape")
        expect(page.locator("#search-dialog")).to_be_hidden()
    page.locator("nav a", has_text="科普基地").first.click()
    page.wait_for_url("**/bases/index.html")
    page.locator('.finder input[name="level"][value="provincial"]').check()
    expect(page.locator(".finder-sentence")).to_contain_text("省级的科普基地：1 处")
    page.locator("#results .card-title a").first.click()
    page.wait_for_url("**/bases/*/index.html")
    expect(page.locator("[data-opening-today]").first).not_to_be_empty()
    page.goto(page.url.split("/bases/")[0] + "/search/index.html?q=tianwen")
    expect(page.locator(".search-card").first).to_be_visible()


@pytest.mark.audit
def test_the_site_offers_its_bundle_and_both_are_the_same_each_time(sites: tuple[Path, Path], tmp_path: Path) -> None:
    site, folder = sites
    offer = (site / "data/index.html").read_text("utf-8")
    assert 'href="../data/offline.zip"' in offer
    assert "数据截至" in offer
    assert "offline.zip" not in (folder / FOLDER / "data/index.html").read_text("utf-8")
    build_site(DISTRICT, tmp_path / "again", Demands(bundle=True))
    assert read_inventory(tmp_path / "again").digest == read_inventory(site).digest
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    dead = [
        f"{name} → {link}"
        for name in sorted(names)
        if name.endswith(".html")
        for link in _links(folder / name)
        if not _leads(folder / name, link)
    ]
    assert dead == []
    assert not [name for name in names if name.endswith(("404.html", "robots.txt", "_headers", "build.json"))]


def _links(path: Path) -> Iterator[str]:
    """Yield where a page leads within the bundle; cards that a script fills in lead nowhere yet."""
    html = re.sub(r"<template\b.*?</template>", "", path.read_text("utf-8"), flags=re.DOTALL)
    for found in re.finditer(r'\s(?:href|src|action)="([^"#?]+)', html):
        if ":" not in found[1]:
            yield found[1]


def _leads(page: Path, link: str) -> bool:
    return (page.parent / unquote(unescape(link))).is_file()

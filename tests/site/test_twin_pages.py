"""Pages in traditional characters: what they say, where their links lead, and what is told to browsers and crawlers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, expect

from macros.exports import export_all
from macros.pages.site_settings import TRADITIONAL
from macros.site.notes_beside import notes_beside
from macros.site.session import Session
from macros.site.twin_pages import TwinPages, twin_pages
from tests.support import build_whole, project_copy, serve_folder

PINNED = Path(__file__).with_name("twin_pages.txt")
READ = 40
_BASE = "https://example.org/kepu/"
_LINK = re.compile(r'<(?:a|form|link|script|img)\b[^>]*?\s(?:href|action|src)="([^"]*)"[^>]*>')


@pytest.fixture(scope="module")
def twins(district: Session) -> TwinPages:
    """Makes the invented district's pages in both scripts."""
    renderer = replace(district.renderer, site=replace(district.site, traditional="all"))
    return twin_pages(district.library, renderer, district.layout.of(renderer))


@pytest.fixture(scope="module")
def pages(district: Session, twins: TwinPages) -> Mapping[str, str]:
    """All pages, by address."""
    written = district.written
    by_hand = {one.planned.address: written.whole(one.uri, twins.layout) or "" for one in district.handwritten.pages}
    made = {**dict(twins.pages(district.planned.values())), **dict(twins.written(written))}
    return {**by_hand, **{path.removesuffix("index.html"): content.decode() for path, content in made.items()}}


def read(html: str) -> str:
    """Return what a reader reads of a page: its title, and the text of what stands in its middle, a line for each element."""
    main = re.sub(
        r"<(script|style|template)\b.*?</\1>", "", html[html.index("<main") : html.index("</main>")], flags=re.DOTALL
    )
    lines = [Markup(re.sub(r"<[^>]*>", "", line)).unescape().strip() for line in main.split("\n")]
    title = re.search("<title>(.*?)</title>", html)
    return "\n".join(["# " + (title[1] if title else ""), *filter(None, lines)])


def test_forty_pages_read_as_pinned(pages: Mapping[str, str], request: pytest.FixtureRequest) -> None:
    twins = sorted(address for address in pages if address.startswith(TRADITIONAL))
    assert len(twins) * 2 == len(pages)
    one_each = [address for address in twins if "/by/" not in address and 'http-equiv="refresh"' not in pages[address]]
    text = "".join(f"{address}\n{read(pages[address])}\n\n" for address in one_each[:READ])
    if request.config.getoption("--bless"):
        PINNED.write_text(text, encoding="utf-8", newline="\n")
    assert len(one_each) >= READ
    assert text == PINNED.read_text("utf-8")


def test_no_link_leaves_its_script_but_the_way_to_the_same_page(pages: Mapping[str, str]) -> None:
    wrong, switches = [], 0
    for address, html in pages.items():
        own = TRADITIONAL if address.startswith(TRADITIONAL) else ""
        other = address.removeprefix(TRADITIONAL) if own else TRADITIONAL + address
        for found in _LINK.finditer(html):
            path = unquote(re.split("[?#]", found[1])[0].removeprefix(_BASE))
            if not path or re.match("[a-z]+:", path):
                continue
            place = normpath(join("/", address if _BASE not in found[1] else "", path)).strip("/")
            place += "/" if place and path.endswith("/") else ""
            if place and not place.endswith("/"):
                # What is no page is one for both scripts.
                is_right = not place.startswith(TRADITIONAL)
            elif "hreflang=" in found[0]:
                is_right = place in (address, other)
                switches += place == other
            else:
                is_right = place in pages and place.startswith(TRADITIONAL) == bool(own)
            wrong += [] if is_right else [(address, found[0])]
    assert wrong == []
    assert switches >= len(pages)


def test_heads_site_map_redirects_and_dead_links_know_both_scripts(
    district: Session, twins: TwinPages, pages: Mapping[str, str]
) -> None:
    place = "bases/star-hall/"
    for address, lang, territory in ((place, "zh-CN", "zh_CN"), (TRADITIONAL + place, "zh-Hant", "zh_HK")):
        assert f'<meta property="og:locale" content="{territory}">' in pages[address]
        assert f'<meta property="og:url" content="{_BASE}{address}">' in pages[address]
        assert f'"inLanguage": "{lang}"' in pages[address]
        assert f'"url": "{_BASE}{address}"' in pages[address]
        assert f'<html lang="{lang}"' in pages[address]
        assert f'<link rel="canonical" href="{_BASE}{address}">' in pages[address]
        for tag, other in (("zh-Hans", place), ("zh-Hant", TRADITIONAL + place), ("x-default", place)):
            assert f'<link rel="alternate" hreflang="{tag}" href="{_BASE}{other}">' in pages[address]
    old = pages[f"{TRADITIONAL}bases/old-stars/"]
    assert 'content="0; url=../../bases/star-hall/"' in old
    assert f'<link rel="canonical" href="{_BASE}{TRADITIONAL}{place}">' in old
    publication = replace(district.publication, twin_of=twins.layout.site.twin_of)
    files = export_all(publication) | notes_beside(twins.layout.site, district.library, twins, district.pages)
    assert f"/kepu/zh-hant/bases/old-stars/ /kepu/zh-hant/{place} 301" in files["_redirects"].decode()
    assert f"<loc>{_BASE}zh-hant/{place}</loc>" in files["sitemap.xml"].decode()
    assert files["sitemap.xml"].decode().count(f'hreflang="zh-Hant" href="{_BASE}zh-hant/{place}"') == 2
    lost, found = files["404.html"].decode(), files["zh-hant/404.html"].decode()
    assert all(one in lost for one in ('href="/kepu/zh-hant/"', "繁體版"))
    assert all(one in found for one in ("沒有找到這一頁", 'href="/kepu/zh-hant/bases/"', 'href="/kepu/" '))
    # What there is one of stays one.
    assert not [path for path in files if path.startswith(TRADITIONAL) and not path.endswith("404.html")]


def test_a_site_of_one_script_has_nothing_of_the_other(district: Session, twins: TwinPages) -> None:
    page = district.planned["bases/star-hall/"]
    alone = district.layout.page(page)
    assert dict(district.twins.pages([page])) == {f"{page.address}index.html": alone}
    assert "zh-hant" not in alone.decode()
    assert not district.words
    assert not {path for path in district.assets.files if path.rpartition("/")[2] in ("traditional.js", "scripts.css")}
    # Where some kinds alone have twins, links to others lead to the page that there is.
    site = replace(twins.layout.site, traditional="pages", without_twin=frozenset({"policies"}))
    renderer = replace(district.renderer, site=site)
    some = twin_pages(district.library, renderer, district.layout.of(renderer))
    made = dict(some.pages([page, district.planned["policies/"]]))
    assert [path for path in made if path.startswith(TRADITIONAL)] == [f"{TRADITIONAL}{page.address}index.html"]
    assert 'href="../../../policies/"' in made[f"{TRADITIONAL}{page.address}index.html"].decode()


@pytest.mark.audit
def test_a_browser_shows_what_scripts_say_in_the_readers_script(page: Page, tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  - kepu:\n", "  - kepu:\n      traditional: all\n"), "utf-8"
    )
    site = build_whole(project, tmp_path / "site")
    faults: list[str] = []
    for address in serve_folder(site):
        page.on("console", lambda message: faults.append(message.text) if message.type != "log" else None)
        page.goto(f"{address}zh-hant/bases/?town=hill")
        expect(page.locator(".finder-sentence")).to_have_text("示例山鎮的科普基地：1 處")
        expect(page.locator("#results a").first).to_have_text("示例星空館")
        page.locator("#results a").first.click()
        page.wait_for_url(f"{address}zh-hant/bases/star-hall/")
        expect(page.locator("[data-opening-today]").first).not_to_contain_text("开")
        page.keyboard.press("/")
        page.keyboard.type("種子园")
        option = page.locator("#search-results a").first
        expect(option).to_contain_text("種子")
        expect(page.locator("#search-dialog .search-status")).to_contain_text("找到")
        assert (option.get_attribute("href") or "").startswith("../../")
        option.click()
        page.wait_for_url(f"{address}zh-hant/**")
        page.get_by_role("link", name="简体").click()
        page.wait_for_url(lambda url: "zh-hant" not in url)
    assert faults == []

"""The site map: one file as long as the protocol allows, then an index."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from macros.exports import sitemap
from macros.records.model.dates import PartialDate

SITE = "https://example.org/kepu/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = [(f"bases/hall-{number}/", PartialDate(2026, 6, 1) if number % 2 else None) for number in range(7)]


def locations(content: bytes, name: str) -> list[str]:
    """Return the addresses of a file whose root has this name."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{NAMESPACE}{name}"
    return [str(entry.findtext(f"{NAMESPACE}loc")) for entry in root]


def test_what_the_protocol_allows_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LONGEST", len(PAGES))
    made = sitemap.sitemaps(SITE, PAGES)
    assert list(made) == ["sitemap.xml"]
    assert locations(made["sitemap.xml"](), "urlset") == [f"{SITE}{address}" for address, _ in PAGES]


def test_more_is_an_index_of_files_that_hold_every_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LONGEST", 3)
    made = sitemap.sitemaps(SITE, PAGES)
    named = [address.removeprefix(SITE) for address in locations(made["sitemap.xml"](), "sitemapindex")]
    assert named == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"] == list(made)[1:]
    parts = [locations(made[name](), "urlset") for name in named]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert [address for part in parts for address in part] == [f"{SITE}{address}" for address, _ in PAGES]


def test_addresses_are_written_as_the_protocol_wants_them() -> None:
    text = sitemap.sitemap("https://example.org/?a=1&b=", [("科普/", None), ("a/", PartialDate(2026, 6, 1))])
    assert "<loc>https://example.org/?a=1&amp;b=%E7%A7%91%E6%99%AE/</loc></url>" in text
    assert "a/</loc><lastmod>2026-06-01</lastmod></url>" in text


def test_the_limit_is_that_of_the_protocol() -> None:
    assert sitemap.LONGEST == 50_000

"""Booklets: every place once, with its code, on paper of two sizes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from macros.library.library import Library
from macros.pages.plan.booklet_pages import booklet_pages
from macros.records.collection import Collection
from macros.records.model.kinds import Record
from macros.site.booklet_printing import print_booklets
from macros.site.session import Session
from tests.support import DISTRICT, open_session

PLACES = {"A4": 200, "A5": 20}


@pytest.fixture(scope="module")
def booklets() -> Session:
    """The district with booklets."""
    district = open_session(DISTRICT)
    return replace(district, site=replace(district.site, booklets=True))


def test_a_booklet_has_each_current_record_once_with_the_way_to_its_page(booklets: Session, district: Session) -> None:
    assert not [address for address in district.planned if address.startswith("booklet/")]
    assert not [path for path in district.assets.files if "booklet" in path]
    pages = {page.address: page for page in booklet_pages(booklets.library)}
    assert {"booklet/", "booklet/bases/", "booklet/towns/river/"} <= pages.keys()
    for kind in ("bases", "policies"):
        page = pages[f"booklet/{kind}/"]
        html = str(booklets.renderer.content(page))
        current = [record.id for record in booklets.library.records(kind) if booklets.library.is_current(record)]
        assert Counter(re.findall(r'id="entry-([^"]+)"', html)) == Counter(current)
        assert Counter(re.findall(r'href="#entry-([^"]+)"', html)) == Counter(current)
        assert len(re.findall(r'data-code="https://example.org/kepu/', html)) == len(current)


@pytest.mark.audit
def test_a_pdf_of_200_places_has_each_once_and_whole_and_numbers_its_pages(booklets: Session, tmp_path: Path) -> None:
    for paper, places in PLACES.items():
        _write(booklets, _crowd(booklets.library, places), tmp_path / paper)
        [path] = print_booklets(tmp_path / paper, paper, tmp_path)
        pages = [_plain(one.extract_text()) for one in PdfReader(BytesIO(path.read_bytes())).pages]
        whole = "".join(pages)
        assert Counter(re.findall(r"始\d+末", whole)) == Counter({f"始{n}末": 1 for n in range(places)})
        for number in range(places):
            [of_start] = [one for one, text in enumerate(pages, 1) if f"始{number}末" in text]
            [of_end] = [one for one, text in enumerate(pages, 1) if f"尾{number}号" in text]
            assert of_start == of_end
            # In the contents the number of the page stands behind the name.
            assert f".示例馆第{number}处{of_start}" in whole
        assert "127.0.0.1" not in whole


def _plain(text: str) -> str:
    """Return the text of a PDF without white space, which lines bring in, and with characters in place of radicals (⼀ for 一)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _write(booklets: Session, library: Library, site: Path) -> None:
    """Write one booklet, with its styles and scripts, as a built site has it."""
    crowd = replace(booklets, day=booklets.day)
    crowd.__dict__["library"] = library
    page = next(page for page in booklet_pages(library) if page.address == "booklet/bases/")
    for path, content in {**crowd.assets.files, "booklet/bases/index.html": crowd.layout.page(page)}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def _crowd(library: Library, places: int) -> Library:
    """Return a library of many places, each with texts of its own that tell where it begins and ends."""
    base = library.get("star-hall")
    assert base is not None
    towns = library.collection.vocabularies["towns"].terms

    def bound(record: Record, number: int) -> Record:
        record.bind(f"place-{number}", base.document)
        return record

    records = {
        f"place-{n}": bound(
            base.model_copy(
                update={
                    "name": f"示例馆第{n}处",
                    "summary": f"始{n}末" + "看星星、学天文的地方。" * (n % 9),
                    "town": towns[n % len(towns)],
                    "address": f"示例路尾{n}号",
                }
            ),
            n,
        )
        for n in range(places)
    }
    collection: Collection = replace(library.collection, records=records)
    return Library(collection)

"""What grows with the number of records is spread over pages, every record stays on one of them, and no page grows."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from benchmarks.records import write_project
from macros.pages import cards
from macros.pages.plan import PlannedPage, alphabet, plan, related, updates
from macros.pages.plan.page import addresses_of, paginate
from macros.pages.render import Renderer
from macros.pages.theme import theme_of
from macros.site.session import Session
from tests.support import open_session

MOST_COMPRESSED = 100_000
# The frame around an article: measured 4 KB, of which most repeats what the article has.
FRAME = 8_000
EVERYWHERE = re.compile(r'href="([^"]*)"')


@pytest.fixture
def spread(district: Session, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, PlannedPage]:
    """The district planned as if its records were too many for every page."""
    _ = district.planned  # Other tests share the district: it is planned as it is before anything changes.
    monkeypatch.setattr(alphabet, "WHOLE", 0)
    monkeypatch.setattr(alphabet, "PAGE_SIZE", 2)
    monkeypatch.setattr(updates, "PAGE_SIZE", 1)
    monkeypatch.setattr(cards, "SHOWN", 1)
    monkeypatch.setattr(related, "PAGE_SIZE", 1)
    return {page.address: page for page in plan(district.library)}


def html_of(session: Session, page: PlannedPage) -> str:
    return str(session.renderer.content(page))


def linked(html: str, page: PlannedPage) -> list[str]:
    """Return the addresses that an article leads to, relative to the site's root."""
    up = "../" * page.depth
    return [link.removeprefix(up) for link in EVERYWHERE.findall(html) if link.startswith(up)]


def test_pages_below_the_first_have_numbers() -> None:
    assert addresses_of("az/z/", 0, 3) == addresses_of("az/z/", 3, 3) == ("az/z/",)
    assert addresses_of("az/z/", 4, 3) == ("az/z/", "az/z/page/2/")


def test_what_is_spread_is_spread_whole_and_once() -> None:
    cut = list(paginate("a/", range(10), 4))
    assert [list(sheet.items) for sheet in cut] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert [sheet.address for sheet in cut] == list(cut[0].addresses)
    assert all(sheet.addresses is cut[0].addresses for sheet in cut)


def test_a_short_index_is_one_page(district: Session) -> None:
    pages = [page for page in plan(district.library) if page.address.startswith("az/")]
    assert [page.template for page in pages] == ["alphabet.html"]


def test_a_long_index_names_every_record_once(district: Session, spread: Mapping[str, PlannedPage]) -> None:
    pages = [page for page in spread.values() if page.template == "letter.html"]
    records = {district.library.address(record) for group in district.library.alphabet for record in group.records}
    found = Counter(link for page in pages for link in linked(html_of(district, page), page) if link in records)
    assert found == Counter(records)
    assert any("/page/" in page.address for page in pages)


def test_a_long_index_leads_from_letter_and_syllable_to_the_place(
    district: Session, spread: Mapping[str, PlannedPage]
) -> None:
    overview = spread["az/"]
    html = html_of(district, overview)
    places = [link for link in linked(html, overview) if link.startswith("az/")]
    assert len(places) > len(district.library.alphabet)
    for place in places:
        address, _, anchor = place.partition("#")
        assert f'id="{anchor}"' in html_of(district, spread[address]) if anchor else address in spread


def test_places_in_the_short_index_are_places_in_the_long_one(
    district: Session, spread: Mapping[str, PlannedPage]
) -> None:
    short, long = html_of(district, district.planned["az/"]), html_of(district, spread["az/"])
    assert re.findall(r'id="(letter-[^"]+)"', short) == re.findall(r'id="(letter-[^"]+)"', long)


def test_every_change_stands_on_a_page_of_its_month(district: Session, spread: Mapping[str, PlannedPage]) -> None:
    pages = [page for page in spread.values() if page.template == "updates-month.html"]
    told = [item for page in pages for item in page.data["news"]]
    assert told == list(district.library.changes)
    assert len(pages) == len(told)


def test_days_lead_to_the_page_on_which_they_begin(district: Session, spread: Mapping[str, PlannedPage]) -> None:
    for page in spread.values():
        if page.template == "updates-month.html" and len(page.data["addresses"]) > 1:
            html = html_of(district, page)
            for place in (link for link in linked(html, page) if "#day-" in link):
                address, _, anchor = place.partition("#")
                assert f'id="{anchor}"' in html_of(district, spread[address])
                assert page.data["number"] > 1 or f'id="{anchor}"' in html


def test_a_record_with_many_relations_has_a_list_of_them(district: Session, spread: Mapping[str, PlannedPage]) -> None:
    library = district.library
    many = [record for record in library.published.values() if library.count_related(record) > 1]
    assert many
    for record in (record for record in many if library.successor(record) is record):
        first = f"{library.address(record)}related/"
        pages = [spread[address] for address in addresses_of(first, library.count_related(record), 1)]
        assert [other for page in pages for other in page.data["others"]] == list(library.related(record))
        if record.kind != "articles":
            html = html_of(district, spread[library.address(record)])
            assert 'href="../../' + first in html


def test_no_link_of_a_spread_page_is_dead(district: Session, spread: Mapping[str, PlannedPage]) -> None:
    known = {*spread, *(page.address for page in district.pages), *district.files()}
    for page in spread.values():
        for link in linked(html_of(district, page), page):
            if not link.startswith(("assets/", "files/")):
                assert link.partition("#")[0].partition("?")[0] in known, (page.address, link)


@pytest.mark.parametrize("last", [1, 2, 5, 9])
def test_the_pager_names_the_ends_and_what_is_near(district: Session, last: int) -> None:
    module = district.renderer.environment(1).get_template("pages/parts/lists.html").module
    for number in range(1, last + 1):
        html = str(module.pager(number, addresses_of("bases/", last, 1)))  # type: ignore[attr-defined]
        shown = [int(text) for text in re.findall(r">(?:第 )?(\d+)(?: 页)?</(?:a|span)>", html)]
        near = [one for one in range(1, last + 1) if one in (1, last) or abs(one - number) <= 2]
        assert shown == (near if last > 1 else [])


def test_the_pages_of_a_list_share_their_addresses(district: Session) -> None:
    pages = [page for page in district.planned.values() if page.address.startswith("bases/by/")]
    shared: dict[str, tuple[str, ...]] = {}
    for page in pages:
        assert shared.setdefault(page.data["addresses"][0], page.data["addresses"]) is page.data["addresses"]


@pytest.mark.audit
def test_no_page_of_ten_thousand_records_is_over_a_hundred_kilobytes(tmp_path: Path) -> None:
    write_project(tmp_path / "project", 10_000, body=800)
    session = open_session(tmp_path / "project")
    renderer = Renderer(session.library, session.site, theme_of())
    heaviest: Counter[str] = Counter()
    for page in _heavy(session):
        article = f"{renderer.head(page)}{renderer.content(page)}".encode()
        heaviest[page.template] = max(heaviest[page.template], len(gzip.compress(article)))
    assert {"letter.html", "syllables.html", "list.html", "updates-month.html"} <= set(heaviest)
    assert max(heaviest.values()) < MOST_COMPRESSED - FRAME, heaviest


def _heavy(session: Session) -> Iterable[PlannedPage]:
    """Yield all pages but those of records, and the records with the longest texts and the most relations."""
    pages = [page for page in session.planned.values() if "record" not in page.data]
    records = [page for page in session.planned.values() if "record" in page.data]
    count = session.library.count_related
    yield from pages
    yield from sorted(records, key=lambda page: -count(page.data["record"]))[:20]
    yield from sorted(records, key=lambda page: -len(page.data["record"].body or ""))[:20]

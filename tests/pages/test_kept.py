"""Lists that were published once go on answering when their last record has left."""

from __future__ import annotations

import pytest

from macros.pages.plan import plan
from macros.session import Session


def test_what_is_planned_anyway_stays_as_it_is(district: Session) -> None:
    addresses = [page.address for page in plan(district.library)]
    assert [page.address for page in plan(district.library, addresses)] == addresses


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("bases/page/7/", "bases/"),
        ("bases/by/town/river/page/2/", "bases/by/town/river/"),
        ("bases/by/town/gone/", "bases/"),
        ("bases/by/colour/red/", "bases/"),
        ("bases/by/status/suspended/", "bases/"),
    ],
)
def test_old_pages_of_lists_lead_on(district: Session, address: str, leads_to: str) -> None:
    page = list(plan(district.library, [address]))[-1]
    assert (page.address, page.leads_to, page.indexed) == (address, leads_to, False)
    assert f'href="{"../" * address.count("/")}{leads_to}"' in district.renderer.content(page)


def test_a_term_without_records_keeps_its_page(district: Session) -> None:
    possible = (f"{kind}/by/town/{town}/" for kind in ("incubators", "platforms") for town in ("river", "hill"))
    published = next(address for address in possible if address not in district.planned)
    page = list(plan(district.library, [published]))[-1]
    assert (page.address, page.template, page.indexed) == (published, "term.html", False)
    assert "暂无" in district.renderer.content(page)
    assert "noindex" in district.renderer.head(page)


@pytest.mark.parametrize("address", ["bases/gone/", "gone/", "gone/by/town/river/", "about/more/", ""])
def test_other_pages_are_not_made_up(district: Session, address: str) -> None:
    assert [page.address for page in plan(district.library, [address])] == [
        page.address for page in plan(district.library)
    ]

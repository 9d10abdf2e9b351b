"""Lists that were published once go on answering when their last record has left."""

from __future__ import annotations

import pytest

from macros.pages.plan import alphabet, plan
from macros.site.session import Session


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


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("az/z/", "az/"),
        ("az/other/page/2/", "az/"),
        ("updates/2026-06/page/3/", "updates/2026-06/"),
        ("updates/2020-01/", "updates/"),
        ("updates/2020-01/page/2/", "updates/"),
        ("bases/star-hall/related/", "bases/star-hall/"),
        ("bases/star-hall/related/page/2/", "bases/star-hall/"),
        ("bases/old-observatory/related/", "bases/star-hall/"),
    ],
)
def test_pages_that_many_records_needed_lead_on_when_fewer_are_left(
    district: Session, address: str, leads_to: str
) -> None:
    page = list(plan(district.library, [address]))[-1]
    assert (page.address, page.leads_to, page.indexed) == (address, leads_to, False)
    assert f'href="{"../" * address.count("/")}{leads_to}"' in district.renderer.content(page)


def test_a_page_of_a_letter_leads_to_the_letter_while_it_has_one(
    district: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alphabet, "WHOLE", 0)
    page = list(plan(district.library, ["az/s/page/99/"]))[-1]
    assert (page.address, page.leads_to) == ("az/s/page/99/", "az/s/")


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

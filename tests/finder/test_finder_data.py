"""The data of finders: all records of a kind with their terms, and nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from macros.library.agenda import offered
from macros.library.facets import DAY, facets_of
from macros.library.sorting import day_of, newest_first
from macros.pages.cards import Badge, badges_of, traits_of, visit_of
from macros.pages.finder import Finder
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.site.session import Session
from tests.support.looping import failures

KINDS_WITH_FINDER = [kind for kind, model in KINDS.items() if model.has_finder]


def finder_of(session: Session, kind: str) -> Finder:
    records = offered(session.library.records(kind), session.library.as_of.first_day)
    return Finder(session.library, kind, records)


def data_of(session: Session, kind: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(finder_of(session, kind).content)
    return content


def test_every_record_is_there_with_its_terms(repository: Session, district: Session) -> None:
    def check(kind: str) -> None:
        for session in (repository, district):
            records = finder_of(session, kind).records
            if records:
                compare(session, kind, records)

    assert failures(check, KINDS_WITH_FINDER) == []


def compare(session: Session, kind: str, records: tuple[Record, ...]) -> None:
    library, data = session.library, data_of(session, kind)
    facets = [facet for facet in facets_of(KINDS[kind]) if facet is not DAY]
    assert list(data["facets"]) == [facet.name for facet in facets]
    assert [row[0] for row in data["records"]] == [record.id for record in records]
    for record, (_, name, summary, visit, traits, badges, terms) in zip(records, data["records"], strict=True):
        assert (name, summary, visit) == (record.heading, record.summary, visit_of(library, record))
        assert traits == " · ".join(traits_of(record))
        assert tuple(Badge(*data["badges"][place]) for place in badges) == badges_of(library, record)
        for facet, places in zip(facets, terms, strict=True):
            found = [data["facets"][facet.name][place] for place in places]
            assert found == [term.id for term in library.terms(record, facet)]


def test_the_page_names_the_file_that_is_made(district: Session) -> None:
    def check(kind: str) -> None:
        finder = finder_of(district, kind)
        html = district.renderer.content(district.planned[f"{kind}/"])
        assert f'data-source="../{finder.path}"' in html
        assert district.files()[finder.path] == finder.content

    assert failures(check, KINDS_WITH_FINDER) == []


def test_the_form_offers_every_term_with_its_number_of_records(district: Session) -> None:
    def check(kind: str) -> None:
        html = district.renderer.content(district.planned[f"{kind}/"])
        named = re.findall(r'name="([a-z]+)" value="([^"]+)"><span>[^<]*</span> <span class="count">(\d+)</span>', html)
        records = finder_of(district, kind).records
        counts = [
            (facet.name, term.id, str(count))
            for facet in facets_of(KINDS[kind])
            if facet is not DAY
            for term, count in sorted(
                Counter(term for one in records for term in district.library.terms(one, facet)).items()
            )
        ]
        assert named == counts

    assert failures(check, KINDS_WITH_FINDER) == []


def test_the_name_of_the_file_changes_with_its_content(district: Session, repository: Session) -> None:
    one, other = finder_of(district, "bases"), finder_of(repository, "bases")
    assert one.path != other.path
    assert one.path == finder_of(district, "bases").path


def test_drafts_and_merged_records_are_left_out(district: Session) -> None:
    identifiers = {row[0] for row in data_of(district, "bases")["records"]}
    assert not identifiers & {"hidden-draft", "old-stars"}


def test_the_newest_lead_and_undated_ones_come_last(district: Session) -> None:
    library = district.library
    data = data_of(district, "policies")
    records = [library.records("policies")[place] for place in data["newest"]]
    assert records == list(newest_first(library, library.records("policies")))
    days = [day_of(library, record) for record in records]
    assert days == sorted(days, reverse=True)


def test_a_policy_is_as_new_as_its_publication(district: Session) -> None:
    policy = district.library.get("science-measures-2024")
    assert policy is not None
    assert day_of(district.library, policy) == policy.published.iso  # type: ignore[attr-defined]


def test_where_no_date_is_known_nobody_can_ask_for_the_newest(district: Session) -> None:
    kinds = {kind: finder_of(district, kind) for kind in KINDS_WITH_FINDER}
    for kind, finder in kinds.items():
        dated = any(day_of(district.library, record) for record in finder.records)
        assert (json.loads(finder.content)["newest"] is not None) == dated
        html = district.renderer.content(district.planned[f"{kind}/"])
        assert ('<select name="sort">' in html) == dated


def test_only_the_first_page_has_a_form(district: Session) -> None:
    page = district.planned["bases/"]
    second = replace(page, data={**page.data, "number": 2})
    assert 'class="finder"' in district.renderer.content(page)
    assert 'class="finder"' not in district.renderer.content(second)
    assert 'class="facets"' in district.renderer.content(second)


def test_a_list_of_one_term_leads_to_the_finder_with_that_term(district: Session) -> None:
    html = district.renderer.content(district.planned["bases/by/town/hill/"])
    assert 'href="../../../../bases/?town=hill"' in html
